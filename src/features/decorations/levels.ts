import type { Entity } from '../../core/model/entity';
import type { Corner } from '../shared/span-css';

/** Which of the lines an entity is drawn with: below the line of text, below its letters, above it. */
export type Level = 0 | 1 | 2;

/** How an entity is told from those with which it shares text: by the line that it has, and by where its label hangs. */
export interface Place {
  readonly level: Level;
  readonly corner: Corner;
}

/** The corners that labels hang at, by level, so that those of nested spans do not meet. */
const CORNERS: readonly Corner[] = ['end', 'start', 'below'];

/**
 * A line for each entity that no entity with which it shares text has, so that both are seen where one is in
 * another, or two labels are on one span: the first in text order, and of those the longest, has the lowest. Where
 * more than three share text, the others have the last.
 * @param entities in text order, longest first where they begin together
 */
export function placesOf(entities: readonly Entity[]): ReadonlyMap<Entity, Place> {
  const ends = [0, 0, 0];
  const places = new Map<Entity, Place>();
  for (const entity of entities) {
    if (entity.broken) continue;
    const free = ends.findIndex((end) => end <= entity.start);
    const level = (free < 0 ? 2 : free) as Level;
    // One that begins in another, and ends behind it, begins where the label of that hangs.
    const isCrossing = level === 1 && entity.end > ends[0]!;
    ends[level] = Math.max(ends[level]!, entity.end);
    places.set(entity, { level, corner: isCrossing ? 'end' : CORNERS[level]! });
  }
  return places;
}
