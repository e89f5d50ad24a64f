import type { TextIndex } from '../../text';
import { isCount, type Json } from '../json';
import { offsetsOf, type Offsets, type OffsetUnit } from '../offsets';

/** The ends of a span as a record says them. */
export interface SaidEnds {
  readonly start: Json | undefined;
  readonly end: Json | undefined;
}

/**
 * The units in which the offsets of a record can be counted, where its own is proved not to be theirs: one of
 * them is within a character in it, or behind the text, and in another unit none is.
 * @param others in which they may be counted instead
 * @returns those of the others in which every offset is between characters; none where nothing is proved
 */
export function unitsProved(
  spans: readonly SaidEnds[],
  index: TextIndex,
  own: OffsetUnit,
  others: readonly OffsetUnit[],
): readonly OffsetUnit[] {
  // Elsewhere, all units are the same, or none is known to be wrong.
  if (spans.length === 0 || !/[\ud800-\udbff]/.test(index.raw)) return [];
  const said = spans.flatMap(({ start, end }) => [start, end]).filter(isCount);
  const fits = (unit: OffsetUnit) => {
    const offsets = offsetsOf(index, unit);
    return said.every((offset) => isBetweenCharacters(offset, offsets));
  };
  return fits(own) ? [] : others.filter(fits);
}

function isBetweenCharacters(offset: number, offsets: Offsets): boolean {
  return offset <= offsets.length && offsets.fromCodePoint(offsets.toCodePoint(offset)) === offset;
}

/** The unit that puts spans at the edges of words best, the first where several do. */
export function leastFaults(
  units: readonly OffsetUnit[],
  spans: readonly SaidEnds[],
  index: TextIndex,
): { readonly unit: OffsetUnit; readonly faults: number } {
  return units
    .map((unit) => ({ unit, faults: countFaults(spans, index, unit) }))
    .reduce((best, other) => (other.faults < best.faults ? other : best));
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** How many ends of spans are within a word, beside white space within the span, or outside the text. */
export function countFaults(spans: readonly SaidEnds[], index: TextIndex, unit: OffsetUnit): number {
  const offsets = offsetsOf(index, unit);
  let faults = 0;
  for (const { start, end } of spans) {
    if (!isCount(start) || !isCount(end) || start >= end) continue;
    if (end > offsets.length) {
      faults += 2;
      continue;
    }
    const span = { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
    const text = index.slice(span);
    const before = index.slice({ start: span.start - 1, end: span.start });
    const after = index.slice({ start: span.end, end: span.end + 1 });
    const [first = ''] = text;
    const last = Array.from(text.slice(-2)).at(-1) ?? '';
    for (const [outer, inner] of [
      [before, first],
      [after, last],
    ] as const)
      if (inner.trim() === '' || (WORD.test(outer) && WORD.test(inner))) faults++;
  }
  return faults;
}
