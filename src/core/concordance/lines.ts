import type { Mention } from '../mention';
import type { Span, TextIndex } from '../text';

/** What is known of the entity of a line; `untagged` where there is none. */
export type LineState = 'untagged' | 'unreviewed' | 'reviewed' | 'suggestion';

/** A line of a concordance: a keyword at a place of an article, in code points. */
export interface Line extends Span {
  /** The keyword, line endings as `\n`. */
  readonly text: string;
  /** Of the entity that is exactly there; `undefined` where none is. */
  readonly label: string | undefined;
  readonly state: LineState;
}

/** Which lines are asked for by what is known of their entity; `tagged` is all but `untagged`. */
export type StateFilter = LineState | 'tagged' | 'any';

export function hasState({ state }: Pick<Line, 'state'>, filter: StateFilter): boolean {
  if (filter === 'any') return true;
  return filter === 'tagged' ? state !== 'untagged' : state === filter;
}

/**
 * The lines of an article, in text order. Without a label, each hit is a line for each entity that is exactly
 * there, or an untagged one. With a label, the lines are the entities that have it and hold a hit.
 * @param hits what was looked for; `undefined` where all entities with the label are
 */
export function linesOf(
  hits: readonly (Span & { readonly text: string })[] | undefined,
  mentions: Iterable<Mention>,
  label: string,
): Line[] {
  const labelled =
    label === '' ? mentions : Array.from(mentions).filter((mention) => mention.label === label);
  const placed = unique(labelled);
  if (!hits) return placed.map(lineOf);
  if (label !== '') return placed.filter((mention) => holdsOne(hits, mention)).map(lineOf);
  const at = new Map<string, Line[]>();
  for (const mention of placed) {
    const key = `${mention.start}:${mention.end}`;
    at.set(key, [...(at.get(key) ?? []), lineOf(mention)]);
  }
  return hits.flatMap(
    (hit): Line[] => at.get(`${hit.start}:${hit.end}`) ?? [{ ...hit, label: undefined, state: 'untagged' }],
  );
}

/** Whether a span holds one of some hits, which are apart from each other: the first that begins in it tells. */
function holdsOne(hits: readonly Span[], { start, end }: Span): boolean {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hits[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  const first = hits[low];
  return first !== undefined && first.end <= end;
}

/** Those that have a place; of several with one span and label, the first. */
function unique(mentions: Iterable<Mention>): Mention[] {
  const seen = new Set<string>();
  return Array.from(mentions).filter(({ start, end, label, broken }) => {
    const { size } = seen;
    return !broken && seen.add(`${start}:${end}:${label}`).size > size;
  });
}

function lineOf({ start, end, text, label, reviewed, suggested }: Mention): Line {
  return { start, end, text, label, state: reviewed ? 'reviewed' : suggested ? 'suggestion' : 'unreviewed' };
}

/** What stands around a keyword, on one line. */
export interface Context {
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
}

/** How much of the text stands on each side of a keyword, in code points. */
export const CONTEXT_LENGTH = 100;
/** How much of a keyword is shown, in code points. */
export const KEYWORD_LENGTH = 200;

/** The context of a place. It never begins or ends within what a person sees as one character. */
export function contextAt(index: TextIndex, { start, end }: Span): Context {
  const from = wholeCharacters(index, Math.max(0, start - CONTEXT_LENGTH), 1);
  const to = wholeCharacters(index, Math.min(index.length, end + CONTEXT_LENGTH), -1);
  const isCut = end - start > KEYWORD_LENGTH;
  const keywordEnd = isCut ? wholeCharacters(index, start + KEYWORD_LENGTH, -1) : end;
  return {
    left: oneLine(index.slice({ start: Math.min(from, start), end: start })),
    keyword: oneLine(index.slice({ start, end: keywordEnd })) + (isCut ? '…' : ''),
    right: oneLine(index.slice({ start: end, end: Math.max(to, end) })),
  };
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

let graphemes: Intl.Segmenter | undefined;
/** How far around a place a character may reach, in code points. */
const REACH = 16;

/** The nearest place in a direction that is not within a character as a person sees it. */
function wholeCharacters(index: TextIndex, at: number, direction: 1 | -1): number {
  if (at <= 0 || at >= index.length) return at;
  const around = index.slice({ start: Math.max(0, at - REACH), end: Math.min(index.length, at + REACH) });
  // Below U+0300 nothing joins what stands before it, line endings are one already.
  if (!/[^\0-\u02ff]/.test(around)) return at;
  const before = index.slice({ start: Math.max(0, at - REACH), end: at });
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const segment = graphemes.segment(around).containing(before.length);
  if (!segment || segment.index === before.length) return at;
  const end16 = segment.index + segment.segment.length;
  return direction > 0
    ? at + Array.from(around.slice(before.length, end16)).length
    : at - Array.from(around.slice(segment.index, before.length)).length;
}
