import { normalizeLineEndings, type TextIndex } from '../../../core/text';
import { isCount, isText, type Json } from '../json';
import { offsetsOf, type Offsets, type OffsetUnit } from '../offsets';

/** The ends of a span as a record says them. */
export interface SaidEnds {
  readonly start: Json | undefined;
  readonly end: Json | undefined;
  /** What stands there, where the record says that. */
  readonly text?: Json | undefined;
}

/**
 * The units in which the offsets of a record can be counted, where its own is proved not to be theirs: in it, one
 * of them is within a character, behind the text, not where the text is that the record says, or within a token; and
 * in another unit none is.
 * @param others in which they may be counted instead
 * @param edges of the record's tokens, in code points, where it has such
 * @returns those of the others in which all agrees; none where nothing is proved
 */
export function unitsProved(
  spans: readonly SaidEnds[],
  index: TextIndex,
  own: OffsetUnit,
  others: readonly OffsetUnit[],
  edges?: ReadonlySet<number>,
): readonly OffsetUnit[] {
  // Elsewhere, all units are the same, or none is known to be wrong.
  if (spans.length === 0 || !/[\ud800-\udbff]/.test(index.raw)) return [];
  const fits = (unit: OffsetUnit) => {
    const offsets = offsetsOf(index, unit);
    return spans.every(({ start, end, text }) => {
      if (!isCount(start) || !isCount(end)) return true;
      const ends = [start, end];
      if (!ends.every((offset) => isBetweenCharacters(offset, offsets))) return false;
      const [first, last] = ends.map((offset) => offsets.toCodePoint(offset)) as [number, number];
      if (edges && !(edges.has(first) && edges.has(last))) return false;
      return !isText(text) || index.slice({ start: first, end: last }) === normalizeLineEndings(text);
    });
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

/**
 * The unit in which spans are at the edges of words much better than in their own; `undefined` where there is none.
 * @param others the units that it may be
 */
export function likelierUnit(
  spans: readonly SaidEnds[],
  index: TextIndex,
  own: OffsetUnit,
  others: readonly OffsetUnit[],
): OffsetUnit | undefined {
  // Elsewhere, the units are the same, or it is marks that tell graphemes from code points.
  if (!/[\ud800-\udbff]/.test(index.raw)) return undefined;
  const faults = countFaults(spans, index, own);
  if (faults === 0) return undefined;
  const likely = leastFaults(others, spans, index);
  return 2 * likely.faults < faults ? likely.unit : undefined;
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** How many ends of spans are within a word, beside white space within the span, or outside the text. */
function countFaults(spans: readonly SaidEnds[], index: TextIndex, unit: OffsetUnit): number {
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
