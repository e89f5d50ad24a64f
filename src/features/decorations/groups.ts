import type { Entity } from '../../core/entity';
import type { Level } from './levels';

export const BROKEN = 'broken';

/**
 * Entities by the decoration type that draws them: one a label, state and level, and a further one where spans
 * of the same overlap or touch, since the editor would draw these as one.
 */
export function groupByType(
  entities: readonly Entity[],
  levels: ReadonlyMap<Entity, Level>,
): Map<string, Entity[]> {
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const name = `${levels.get(entity) ?? 0}${entity.reviewed ? '+' : '-'}${entity.label}`;
    for (let lane = 0; ; lane++) {
      const key = entity.broken ? BROKEN : `${lane}/${name}`;
      const group = groups.get(key);
      if (!group) groups.set(key, [entity]);
      else if (entity.broken || group.at(-1)!.end < entity.start) group.push(entity);
      else continue;
      break;
    }
  }
  return groups;
}

/** What a key of {@link groupByType} says, other than {@link BROKEN}. */
export function readKey(key: string): { label: string; isReviewed: boolean; level: Level } {
  const [, level, sign, label = ''] = /^\d+\/(\d)([+-])(.*)$/s.exec(key) ?? [];
  return { label, isReviewed: sign === '+', level: Number(level) as Level };
}
