import type { AgreementSpan } from './study';

export type Piece = readonly [start: number, end: number];

/** Where a span stands: its parts in their order, those that touch as one. */
export function piecesOf({ start, end, parts }: Pick<AgreementSpan, 'start' | 'end' | 'parts'>): Piece[] {
  if (!parts || parts.length === 0) return [[start, end]];
  const pieces: [number, number][] = [];
  for (const [from, to] of [...parts].sort((a, b) => a[0] - b[0])) {
    const last = pieces.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else pieces.push([from, to]);
  }
  return pieces;
}

export function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** How many code points two spans share. */
export function sharedLength(a: readonly Piece[], b: readonly Piece[]): number {
  let shared = 0;
  for (const [start, end] of a)
    for (const [from, to] of b) shared += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return shared;
}
