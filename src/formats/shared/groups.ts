import type { Entity } from '../../core/model/entity';

/** What a format in which several labels of one place are one record calls an entity. */
export function keyOf({ externalId, id }: Entity): string {
  return externalId ?? id;
}

/** The list of a key among others, to be added to; a new one where there is none. */
export function groupOf<K, T>(groups: Map<K, T[]>, key: K): T[] {
  let group = groups.get(key);
  if (!group) groups.set(key, (group = []));
  return group;
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
