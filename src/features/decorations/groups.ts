import type { Entity } from '../../core/model/entity';
import type { Level, Place } from './levels';

export const BROKEN = 'broken';

/**
 * Entities by the decoration type that draws them: one a label, state and level, and a further one where spans
 * of the same overlap or touch, since the editor would draw these as one.
 */
export function groupByType(
  entities: readonly Entity[],
  places: ReadonlyMap<Entity, Place>,
): Map<string, Entity[]> {
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const { level, corner } = places.get(entity) ?? { level: 0, corner: 'end' };
    const name = `${level}${corner}${entity.reviewed ? '+' : '-'}${entity.label}`;
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
export function readKey(key: string): Place & { label: string; isReviewed: boolean } {
  const [, level, corner, sign, label = ''] = /^\d+\/(\d)(\w+)([+-])(.*)$/s.exec(key) ?? [];
  return {
    ...{ label, isReviewed: sign === '+' },
    ...{ level: Number(level) as Level, corner: corner as Place['corner'] },
  };
}
