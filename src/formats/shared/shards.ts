import { quickHash } from '../../core/text';

/** One of several parts of a corpus. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** More parts than this are a mistake. */
const MOST_SHARDS = 100_000;

/** Reads `3/16`: the third of sixteen. @returns `undefined` where it is none */
export function parseShard(source: string): Shard | undefined {
  const [, number, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(source) ?? []).map(Number);
  if (number === undefined || of === undefined) return undefined;
  return number >= 1 && number <= of && of <= MOST_SHARDS ? { number, of } : undefined;
}

/**
 * Whether a document is in a shard. Its name alone decides, so that each document is in one shard, and in the
 * same one on every machine, in whatever order documents are read and whichever others there are.
 * @param name with `/`; composed and decomposed letters count the same
 */
export function isInShard(name: string, { number, of }: Shard): boolean {
  return quickHash(name.normalize('NFC')) % of === number - 1;
}
