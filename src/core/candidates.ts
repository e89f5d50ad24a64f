import { fold, foldedOf } from './anchor/fold';
import type { Entity } from './model/entity';
import type { Span, TextIndex } from './text';

/** A place that holds an entity's text, perhaps written in another way (see `FoldedText`). */
export interface Occurrence extends Span {
  /** UTF-16 offsets into the folded text. */
  readonly start16: number;
  readonly end16: number;
}

/** All places that hold an entity's text, in text order; overlapping ones count. */
export function occurrencesOf(text: string, index: TextIndex): Occurrence[] {
  const wanted = fold(text).trim();
  if (wanted === '') return [];
  const folded = foldedOf(index);
  const found: Occurrence[] = [];
  for (let at16 = folded.text.indexOf(wanted); at16 >= 0; at16 = folded.text.indexOf(wanted, at16 + 1)) {
    const span = folded.span(at16, at16 + wanted.length);
    if (span) found.push({ ...span, start16: at16, end16: at16 + wanted.length });
  }
  return found;
}

/** How many units of `before` and of `after` stand around a place, counted from it. */
export function contextAgreement(
  { before = '', after = '' }: Pick<Entity, 'before' | 'after'>,
  { start16, end16 }: Occurrence,
  index: TextIndex,
): { readonly before: number; readonly after: number } {
  const { text } = foldedOf(index);
  return { before: commonSuffix(fold(before), text, start16), after: commonPrefix(fold(after), text, end16) };
}

/** How many units of `piece` stand before a place of a text. */
function commonSuffix(piece: string, text: string, end16: number): number {
  let n = 0;
  while (n < piece.length && n < end16 && piece[piece.length - 1 - n] === text[end16 - 1 - n]) n++;
  return n;
}

function commonPrefix(piece: string, text: string, start16: number): number {
  let n = 0;
  while (n < piece.length && piece[n] === text[start16 + n]) n++;
  return n;
}

/**
 * The places where an entity that cannot be placed for certain may belong, best first: those with more of
 * its context, then those that are nearer to where it was. In code points.
 */
export function candidatesOf(entity: Entity, index: TextIndex, limit = 8): Span[] {
  return occurrencesOf(entity.text, index)
    .map((place) => {
      const { before, after } = contextAgreement(entity, place, index);
      return { place, agreement: before + after };
    })
    .sort(
      (a, b) =>
        b.agreement - a.agreement ||
        Math.abs(a.place.start - entity.start) - Math.abs(b.place.start - entity.start),
    )
    .slice(0, limit)
    .map(({ place: { start, end } }) => ({ start, end }));
}
