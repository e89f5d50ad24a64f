import { findAlone } from './anchor/by-text';
import { occurrencesOf } from './candidates';
import { holdsText, type Entity } from './model/entity';
import type { Span, TextIndex } from './text';

/**
 * Where entities belong that a sidecar has elsewhere than their text, though it was written for the very text of its
 * article, by its hash: a slip of a hand. Certain is the only place that has an entity's text and its context, at
 * whole words, if no other entity of its label has it. Not of one that is said to be to place, nor of one of several
 * parts, whose places are not told by that of their hull.
 * @param entities as the sidecar has them
 * @returns the places by id
 */
export function misplaced(entities: readonly Entity[], index: TextIndex): Map<string, Span> {
  const keyOf = ({ label }: Entity, { start, end }: Span) => `${start}:${end}:${label}`;
  const claims = new Map<string, number>();
  const claim = (key: string) => claims.set(key, (claims.get(key) ?? 0) + 1);
  const slips: [Entity, Span][] = [];
  for (const entity of entities) {
    if (holdsText(entity, index)) claim(keyOf(entity, entity));
    else if (!entity.broken && !entity.parts) {
      const place = findAlone(entity, occurrencesOf(entity.text, index), index);
      if (!place) continue;
      claim(keyOf(entity, place));
      slips.push([entity, { start: place.start, end: place.end }]);
    }
  }
  const certain = slips.filter(([entity, place]) => claims.get(keyOf(entity, place)) === 1);
  return new Map(certain.map(([{ id }, place]) => [id, place]));
}
