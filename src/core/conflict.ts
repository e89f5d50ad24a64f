import { removing, changing, type Edit } from './model/edit';
import { withFields, type Entity } from './model/entity';
import { byId, DELETED } from './model/records';
import { differences } from './model/merge-entity';
import type { Problem } from './problem';
import type { Side } from './sidecar/conflict-markers';
import type { Range16 } from './words';

/** How many conflicts of a file are told. */
const MOST = 100;

/** The other version that a merge kept of an entity, if it is still there and still stands against this one. */
export function otherVersion(entity: Entity, entities: readonly Entity[]): Entity | undefined {
  return entities.find(({ id, conflict }) => id === entity.conflict && conflict === entity.id);
}

/**
 * Whose each version in conflict is, by its id. A version has what its side said where the two differ; all else of it
 * may be merged.
 */
export function sidesOf(
  merged: readonly Entity[],
  sides: Readonly<Record<Side, readonly Entity[]>>,
): Map<string, Side> {
  const found = new Map<string, Side>();
  const known = { ours: byId(sides.ours), theirs: byId(sides.theirs) };
  for (const entity of merged) {
    if (entity.conflict === undefined) continue;
    const other = otherVersion(entity, merged);
    const differing = new Set(other ? differences(entity, other) : []);
    const isOf = (side: Side) =>
      [entity.id, entity.conflict!].some((id) => {
        const said = known[side].get(id);
        return said && !differences(entity, said).some((name) => differing.has(name));
      });
    const side = isOf('ours') ? 'ours' : isOf('theirs') ? 'theirs' : undefined;
    if (side === undefined) continue;
    found.set(entity.id, side);
    if (other && !found.has(other.id)) found.set(other.id, side === 'ours' ? 'theirs' : 'ours');
  }
  return found;
}

/**
 * The edits that settle conflicts by keeping some versions. The others are deleted, but for those that are
 * to be kept as well.
 */
export function keepVersions(kept: readonly Entity[], entities: readonly Entity[]): Edit[] {
  const ids = new Set(kept.map(({ id }) => id));
  return kept.flatMap((entity): Edit[] => {
    if (entity.conflict === undefined) return [];
    const other = otherVersion(entity, entities);
    const deletion: Edit[] = other && !ids.has(other.id) ? [removing(other)] : [];
    return [...deletion, changing(entity, withFields(entity, { conflict: undefined }))];
  });
}

/** The edits that settle conflicts by keeping all versions. */
export function keepAllVersions(some: readonly Entity[], entities: readonly Entity[]): Edit[] {
  const all = new Set(some.flatMap((entity) => [entity, otherVersion(entity, entities) ?? entity]));
  return keepVersions([...all], entities);
}

/** A problem for each entity that stands against another. @param placeOf where it shows in the file */
export function checkConflicts(
  entities: readonly Entity[],
  placeOf: (entity: Entity) => Range16 | undefined,
): Problem[] {
  const marked = entities.filter(({ conflict }) => conflict !== undefined).slice(0, MOST);
  return marked.map((entity): Problem => {
    const { id, label, text, conflict } = entity;
    const other = otherVersion(entity, entities);
    const state = other ? 'other' : conflict === DELETED ? 'deleted' : 'gone';
    const fields = other ? differences(entity, other).join(', ') : '';
    const { start16, end16 } = placeOf(entity) ?? { start16: 0, end16: 0 };
    return {
      code: 'entity-conflict',
      severity: 'warning',
      start16,
      end16,
      values: { id, label, text, state, fields },
    };
  });
}
