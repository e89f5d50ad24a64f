import type { Entity } from '../../core/entity';

/** Which of the lines an entity is drawn with: below the line of text, below its letters, above it. */
export type Level = 0 | 1 | 2;

/**
 * A line for each entity that no entity with which it shares text has, so that both are seen where one is in
 * another, or two labels are on one span: the first in text order, and of those the longest, has the lowest. Where
 * more than three share text, the others have the last.
 * @param entities in text order, longest first where they begin together
 */
export function levelsOf(entities: readonly Entity[]): ReadonlyMap<Entity, Level> {
  const ends = [0, 0, 0];
  const levels = new Map<Entity, Level>();
  for (const entity of entities) {
    if (entity.broken) continue;
    const free = ends.findIndex((end) => end <= entity.start);
    const level = (free < 0 ? 2 : free) as Level;
    ends[level] = Math.max(ends[level]!, entity.end);
    levels.set(entity, level);
  }
  return levels;
}
