import type { Entity } from '../entity';

/** What a format in which several labels of one place are one record calls an entity. */
export function keyOf({ externalId, id }: Entity): string {
  return externalId ?? id;
}

/**
 * Entities as records of a format in which several labels of one place, with all else the same, are one: those
 * that came from one record are one again. In the order of their first.
 */
export function groupByPlace(
  entities: readonly Entity[],
): [key: string, group: readonly [Entity, ...Entity[]]][] {
  const groups = new Map<string, [Entity, ...Entity[]]>();
  for (const entity of entities) {
    const group = groups.get(keyOf(entity));
    if (!group) groups.set(keyOf(entity), [entity]);
    else if (essenceOf(group[0]) === essenceOf(entity)) group.push(entity);
    else groups.set(entity.id, [entity]);
  }
  return [...groups];
}

function essenceOf(entity: Entity): string {
  const { start, end, parts, note, link, attributes, reviewed, suggestedBy } = entity;
  return JSON.stringify([start, end, parts, note, link, attributes, reviewed, suggestedBy]);
}
