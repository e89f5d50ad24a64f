import type { Plain } from '../../core/model/entity';
import { quickHash, type TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { isCount, isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { splitAtSpaces, tokenize, type Tokens } from '../shared/tokens';

/** The key of what is carried, for the format in JSON lines and in Parquet alike. */
export const CARRIED = 'huggingface';

/** How the records of a document were that are not as this program writes them, so that they go back so. */
export interface Kept {
  /** The names of the columns, in their order. */
  readonly columns: readonly string[];
  readonly places16: Uint32Array;
  /** The number of the first token of each record. */
  readonly starts: readonly number[];
  readonly ids: readonly (string | number | null)[];
  /** What the columns that this program does not know hold, by record. */
  readonly rest: readonly JsonObject[];
}

/** As {@link Kept} in a sidecar. `of` is a hash of the text: in another one the tokens may be elsewhere. */
export function packKept(kept: Kept, index: TextIndex): Plain {
  const { columns, places16, starts, ids, rest } = kept;
  const hasRest = rest.some((values) => Object.keys(values).length > 0);
  return {
    of: quickHash(index.raw),
    columns,
    tokens: packTokens(places16, index.raw),
    ids,
    ...(starts.length > 1 && { starts }),
    ...(hasRest && { rest: rest as readonly Plain[] }),
  };
}

/** What was kept of a document, where it is there, is sound and of its text. */
export function unpackKept({ index, carried }: AnnotatedDocument): Kept | undefined {
  const value = carried[CARRIED] as Json | undefined;
  if (!isObject(value) || value.of !== quickHash(index.raw)) return undefined;
  const tokens = unpackTokens(value.tokens, index.raw);
  const { columns, ids, starts = [0], rest = itemsOf(ids).map(() => ({})) } = value;
  const isSound =
    itemsOf(columns).every(isText) &&
    itemsOf(ids).every((id) => id === null || isText(id) || isCount(id)) &&
    itemsOf(rest).every(isObject) &&
    itemsOf(starts).every(isCount) &&
    itemsOf(starts)[0] === 0 &&
    [ids, rest].every((list) => itemsOf(list).length === itemsOf(starts).length);
  if (!tokens || !isSound) return undefined;
  const kept = { columns, starts, ids, rest } as unknown as Omit<Kept, 'places16'>;
  const isAscending = kept.starts.every((start, i) => i === 0 || start >= kept.starts[i - 1]!);
  return isAscending && kept.starts.at(-1)! <= tokens.length / 2 ? { ...kept, places16: tokens } : undefined;
}

/** How a text is cut: by a name, or the space before each token and its length, in UTF-16 units. */
function packTokens(places16: Uint32Array, raw: string): Plain {
  for (const [name, cut] of Object.entries(CUTS)) if (areSame(cut(raw).places16, places16)) return name;
  return Array.from(places16, (place16, i) => place16 - (places16[i - 1] ?? 0));
}

const CUTS: Readonly<Record<string, (raw: string) => Tokens>> = {
  spaces: splitAtSpaces,
  simple: (raw) => tokenize(raw, 'simple'),
};

function unpackTokens(packed: Json | undefined, raw: string): Uint32Array | undefined {
  if (isText(packed)) return Object.hasOwn(CUTS, packed) ? CUTS[packed]!(raw).places16 : undefined;
  const steps = itemsOf(packed);
  if (!Array.isArray(packed) || steps.length % 2 > 0 || !steps.every(isCount)) return undefined;
  const places16 = new Uint32Array(steps.length);
  let at16 = 0;
  for (const [i, step] of steps.entries()) {
    at16 += step;
    if (at16 > raw.length) return undefined;
    places16[i] = at16;
  }
  return places16;
}

export function areSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
