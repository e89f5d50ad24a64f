import { WORDS } from '../occurrences';
import { contextAt, type Line } from './lines';
import type { TextIndex } from '../text';

/**
 * What lines are sorted by: their place (article by article), the article's date, the keyword, or the words
 * beside it, from the keyword outwards.
 */
export type Order = 'place' | 'date' | 'keyword' | 'left' | 'right';
export const ORDERS: readonly Order[] = ['place', 'date', 'left', 'keyword', 'right'];

/** Whether the text around a line must be known to sort it. */
export function sortsByContext(order: Order): boolean {
  return order === 'left' || order === 'right';
}

/** How many words beside the keyword count. */
const WORDS_COUNTED = 6;
const words = new RegExp(WORDS, 'gv');
/** Below any letter, so that a shorter word comes first. */
const BETWEEN = '\0';

/**
 * What stands beside a keyword, for comparing: its words from the keyword outwards, as concordancers sort.
 * Case, accents and punctuation do not count.
 */
export function contextKey(line: Line, index: TextIndex, side: 'left' | 'right'): string {
  const context = fold(contextAt(index, line)[side]).match(words) ?? [];
  const outwards = side === 'left' ? context.reverse() : context;
  return outwards.slice(0, WORDS_COUNTED).join(BETWEEN);
}

/**
 * What a line is compared by; lines with one key are in the order of their places.
 * @param index the article's text; where it is not known, there is no context to sort by
 */
export function keyOf(
  line: Line,
  order: Order,
  date: string | undefined,
  index: TextIndex | undefined,
): string {
  switch (order) {
    case 'place':
      return '';
    case 'date':
      return date ?? '';
    case 'keyword':
      return fold(line.text);
    case 'left':
    case 'right':
      return index ? contextKey(line, index, order) : '';
  }
}

/** A text for comparing: without case and accents. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

/** How many items are sorted or merged at once: some milliseconds. */
const STEP = 4096;

/**
 * Sorts as `Array.sort` does (stable), but with pauses between pieces of work that take some milliseconds.
 * @param pause awaited between them; it may throw, to stop
 */
export async function sortInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += STEP) {
    runs.push(items.slice(at, at + STEP).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [a, b] = [runs[i]!, runs[i + 1]];
      merged.push(b ? await merge(a, b, compare, pause) : a);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    merged.push(compare(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!);
    if (merged.length % STEP === 0) await pause();
  }
  while (i < a.length) merged.push(a[i++]!);
  while (j < b.length) merged.push(b[j++]!);
  return merged;
}

/** A sorted list with some more items in their places. Takes over neither list. */
export function insertSorted<T>(
  sorted: readonly T[],
  more: readonly T[],
  compare: (a: T, b: T) => number,
): T[] {
  const all: T[] = [];
  let from = 0;
  for (const item of [...more].sort(compare)) {
    let [low, high] = [from, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(sorted[middle]!, item) <= 0) low = middle + 1;
      else high = middle;
    }
    while (from < low) all.push(sorted[from++]!);
    all.push(item);
  }
  while (from < sorted.length) all.push(sorted[from++]!);
  return all;
}
