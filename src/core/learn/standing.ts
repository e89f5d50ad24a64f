import type { Span } from '../text';
import type { Guess } from './prequential';

/**
 * Guesses that may all be entities: none that shares text with what is taken. They may stand in each other; of those
 * that cross, or have one place, it is the likelier.
 * @param length of the text, in code points
 */
export function standing(guesses: readonly Guess[], length: number, taken: readonly Span[]): Guess[] {
  const isTaken = new Uint8Array(length);
  for (const { start, end } of taken) isTaken.fill(1, start, end);
  const kept: Guess[] = [];
  const free = guesses
    .filter(({ start, end }) => !isTaken.subarray(start, end).includes(1))
    .sort((a, b) => b.probability - a.probability);
  for (const one of free) if (!kept.some((other) => excludes(one, other))) kept.push(one);
  return kept.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Whether two spans have one place, or cross. */
function excludes(a: Span, b: Span): boolean {
  if (a.end <= b.start || b.end <= a.start) return false;
  const isWithin = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end;
  return isWithin(a, b) === isWithin(b, a);
}
