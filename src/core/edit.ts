import { compareEntities, withFields, type Entity } from './entity';

export type Status = 'open' | 'done';

/** What a sidecar says about its article; the value that edits change. */
export interface Annotations {
  readonly status: Status;
  /** In the sidecar's order (see `compareEntities`). */
  readonly entities: readonly Entity[];
}

/** A reversible change of annotations. `change` covers relabel, move and set: both sides have one id. */
export type Edit =
  | { readonly kind: 'add'; readonly entity: Entity }
  | { readonly kind: 'remove'; readonly entity: Entity }
  | { readonly kind: 'change'; readonly before: Entity; readonly after: Entity }
  | { readonly kind: 'status'; readonly before: Status; readonly after: Status };

/** Whether a value that was kept as JSON is an edit. */
export function isEdit(value: unknown): value is Edit {
  const edit = value as Partial<Record<'kind' | 'entity' | 'before' | 'after', unknown>> | null;
  switch (edit?.kind) {
    case 'add':
    case 'remove':
      return isEntity(edit.entity);
    case 'change':
      return isEntity(edit.before) && isEntity(edit.after);
    case 'status':
      return isStatus(edit.before) && isStatus(edit.after);
    default:
      return false;
  }
}

function isStatus(value: unknown): boolean {
  return value === 'open' || value === 'done';
}

function isEntity(value: unknown): boolean {
  const { id, label, text, start, end } = (value ?? {}) as Partial<Record<keyof Entity, unknown>>;
  return [id, label, text].every((one) => typeof one === 'string') && [start, end].every(Number.isInteger);
}

export function invertEdit(edit: Edit): Edit {
  switch (edit.kind) {
    case 'add':
      return { kind: 'remove', entity: edit.entity };
    case 'remove':
      return { kind: 'add', entity: edit.entity };
    default:
      return { ...edit, before: edit.after, after: edit.before } as Edit;
  }
}

/** The edits that take back a list of edits, in the order in which they must run. */
export function invertEdits(edits: readonly Edit[]): Edit[] {
  return edits.map(invertEdit).reverse();
}

/** An edit with its entities put elsewhere: how edits follow the text. */
export function mapEdit(edit: Edit, place: (entity: Entity) => Entity): Edit {
  if (edit.kind === 'status') return edit;
  if (edit.kind === 'change') return { ...edit, before: place(edit.before), after: place(edit.after) };
  return { ...edit, entity: place(edit.entity) };
}

/**
 * Annotations with edits applied. An edit touches only the fields that it changes, so it still applies
 * after another writer changed other fields; one whose entity is gone (or is there already) has no effect.
 */
export function applyEdits(annotations: Annotations, edits: readonly Edit[]): Annotations {
  let status = annotations.status;
  const changed = new Map<string, Entity | undefined>();
  const byId = new Map(annotations.entities.map((entity) => [entity.id, entity]));
  const current = (id: string) => (changed.has(id) ? changed.get(id) : byId.get(id));
  for (const edit of edits) {
    if (edit.kind === 'status') {
      status = edit.after;
    } else if (edit.kind === 'add') {
      if (!current(edit.entity.id)) changed.set(edit.entity.id, edit.entity);
    } else if (edit.kind === 'remove') {
      if (current(edit.entity.id)) changed.set(edit.entity.id, undefined);
    } else {
      const entity = current(edit.after.id);
      if (entity) changed.set(entity.id, withFields(entity, changedFields(edit.before, edit.after)));
    }
  }
  if (changed.size === 0) return { ...annotations, status };
  const kept = annotations.entities.filter((entity) => !changed.has(entity.id));
  const placed = [...changed.values()].filter((entity) => entity !== undefined).sort(compareEntities);
  return { status, entities: mergeSorted(kept, placed) };
}

/** Why an edit no longer does what it was made for: its entity is gone, is there already, or is another now. */
export type Obstacle = 'gone' | 'there' | 'changed';

/**
 * What stands against edits that were right when they were made, one for each edit that no longer
 * applies: what they take for given was changed by another writer since. What another wrote on an entity
 * that would be removed counts; where the text has moved that to does not.
 */
export function findObstacles({ status, entities }: Annotations, edits: readonly Edit[]): Obstacle[] {
  const now = new Map(entities.map((entity) => [entity.id, entity]));
  return edits.flatMap((edit): Obstacle[] => {
    if (edit.kind === 'status') {
      const obstacles: Obstacle[] = edit.before === status ? [] : ['changed'];
      status = edit.after;
      return obstacles;
    }
    const { id } = edit.kind === 'change' ? edit.after : edit.entity;
    const entity = now.get(id);
    if (edit.kind === 'add') {
      now.set(id, edit.entity);
      return entity ? ['there'] : [];
    }
    if (!entity) return ['gone'];
    const [expected, after] = edit.kind === 'change' ? [edit.before, edit.after] : [edit.entity, undefined];
    if (after) now.set(id, withFields(entity, changedFields(expected, after)));
    else now.delete(id);
    return isAsExpected(entity, expected, after) ? [] : ['changed'];
  });
}

/** The entities that edits were about, once they are applied: those that went are as they were. */
export function touchedEntities({ entities }: Annotations, edits: readonly Edit[]): Entity[] {
  const touched = new Map<string, Entity>();
  for (const edit of edits) {
    if (edit.kind === 'change') touched.set(edit.after.id, edit.after);
    else if (edit.kind !== 'status') touched.set(edit.entity.id, edit.entity);
  }
  for (const entity of entities) if (touched.has(entity.id)) touched.set(entity.id, entity);
  return [...touched.values()].sort(compareEntities);
}

const PLACE_FIELDS: readonly string[] = ['start', 'end'];
/** Fields that follow from the place and the text. */
const DERIVED_FIELDS: readonly string[] = ['text', 'parts', 'broken', 'before', 'after'];

/** Whether an entity still has what an edit found: the fields that it changes, or, to be removed, all but its place. */
function isAsExpected(entity: Entity, expected: Entity, after?: Entity): boolean {
  const fields = after
    ? Object.keys(changedFields(expected, after))
    : Object.keys({ ...entity, ...expected });
  const ignored = after ? DERIVED_FIELDS : [...PLACE_FIELDS, ...DERIVED_FIELDS];
  return (fields as (keyof Entity)[]).every(
    (field) => ignored.includes(field) || isSame(entity[field] || undefined, expected[field] || undefined),
  );
}

/**
 * The edits that lead from one list of entities to another, entity by entity and field by field: what
 * another writer did to a sidecar, as a value that can be applied to ours.
 */
export function diffAnnotations(before: Annotations, after: Annotations): Edit[] {
  const edits: Edit[] = [];
  const old = new Map(before.entities.map((entity) => [entity.id, entity]));
  for (const entity of after.entities) {
    const was = old.get(entity.id);
    old.delete(entity.id);
    if (!was) edits.push({ kind: 'add', entity });
    else if (!isSameEntity(was, entity)) edits.push({ kind: 'change', before: was, after: entity });
  }
  for (const entity of old.values()) edits.push({ kind: 'remove', entity });
  if (before.status !== after.status) {
    edits.push({ kind: 'status', before: before.status, after: after.status });
  }
  return edits;
}

/** Whether two versions of an entity say the same. */
export function isSameEntity(a: Entity, b: Entity): boolean {
  return a === b || Object.keys(changedFields(a, b)).length === 0;
}

function changedFields(before: Entity, after: Entity): Partial<Entity> {
  const fields: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Entity>) {
    if (!isSame(before[key], after[key])) fields[key] = after[key];
  }
  return fields;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function mergeSorted(a: readonly Entity[], b: readonly Entity[]): Entity[] {
  const merged: Entity[] = [];
  let i = 0;
  for (const entity of b) {
    while (i < a.length && compareEntities(a[i]!, entity) < 0) merged.push(a[i++]!);
    merged.push(entity);
  }
  while (i < a.length) merged.push(a[i++]!);
  return merged;
}
