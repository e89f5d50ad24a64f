import type { TextChange } from './change';
import { countCodePoints, type TextIndex } from './text';

/** How texts are cut for comparison, coarse to fine; what is left at the end is one replacement. */
const CUTS = [/[^\n]*\n|[^\n]+/g, /[\p{L}\p{M}\p{N}]+|[^]/gu];

/**
 * The changes that lead from one text to another where nobody saw them happen: what lines, then words,
 * both have once and in the same order is taken for the same.
 * @returns in the order in which they apply, each in the text that the one before left
 */
export function alignTexts(from: TextIndex, to: TextIndex): TextChange[] {
  const changes: TextChange[] = [];
  compare([from.text], [to.text], 0, 0, changes);
  return changes.reverse();
}

/** Collects changes in ascending order. @param start where the old tokens begin, in code points of the old text */
function compare(
  old: readonly string[],
  now: readonly string[],
  start: number,
  cut: number,
  changes: TextChange[],
): void {
  let prefix = 0;
  while (prefix < old.length && prefix < now.length && old[prefix] === now[prefix]) prefix++;
  let suffix = 0;
  const most = Math.min(old.length, now.length) - prefix;
  while (suffix < most && old.at(-1 - suffix) === now.at(-1 - suffix)) suffix++;
  const a = old.slice(prefix, old.length - suffix);
  const b = now.slice(prefix, now.length - suffix);
  if (a.length === 0 && b.length === 0) return;
  let at = start + lengthOf(old.slice(0, prefix));
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonTokens(a, b), [a.length, b.length] as const]) {
    const [left, right] = [a.slice(i, nextI), b.slice(j, nextJ)];
    refine(left, right, at, cut, changes);
    at += lengthOf(left) + lengthOf(a.slice(nextI, nextI + 1));
    [i, j] = [nextI + 1, nextJ + 1];
  }
}

function refine(
  left: readonly string[],
  right: readonly string[],
  at: number,
  cut: number,
  changes: TextChange[],
): void {
  if (left.length === 0 && right.length === 0) return;
  const finer = CUTS[cut];
  const [old, now] = [left.join(''), right.join('')];
  if (finer && old !== '' && now !== '') {
    compare(old.match(finer) ?? [], now.match(finer) ?? [], at, cut + 1, changes);
    return;
  }
  const [a, b] = [Array.from(old), Array.from(now)];
  let prefix = 0;
  while (prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix++;
  let suffix = 0;
  const most = Math.min(a.length, b.length) - prefix;
  while (suffix < most && a.at(-1 - suffix) === b.at(-1 - suffix)) suffix++;
  const inserted = b.length - prefix - suffix;
  changes.push({ start: at + prefix, end: at + a.length - suffix, inserted });
}

function lengthOf(tokens: readonly string[]): number {
  return tokens.reduce((sum, token) => sum + countCodePoints(token), 0);
}

/** Places of tokens that stand once on either side, in the longest order that both share (a patience diff). */
function commonTokens(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const inB = uniquePlaces(b);
  /** The last pair of the best chain of each length, each linked to the one before it. */
  const ends: Link[] = [];
  for (const [token, i] of uniquePlaces(a)) {
    const j = inB.get(token);
    if (j === undefined || !/[\p{L}\p{N}]/u.test(token)) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]!.pair[1] < j) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair: [i, j], previous: ends[low - 1] };
  }
  const pairs: (readonly [number, number])[] = [];
  for (let link = ends.at(-1); link; link = link.previous) pairs.push(link.pair);
  return pairs.reverse();
}

interface Link {
  readonly pair: readonly [number, number];
  readonly previous: Link | undefined;
}

function uniquePlaces(tokens: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  tokens.forEach((token, i) => {
    if (places.has(token)) repeated.add(token);
    else places.set(token, i);
  });
  for (const token of repeated) places.delete(token);
  return places;
}
