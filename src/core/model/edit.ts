import { compareEntities, withFields, type Anchored, type Entity } from './entity';
import {
  byId,
  isAnchored,
  KINDS,
  recordsOf,
  withRecords,
  type Annotations,
  type AnyRecord,
  type Kind,
  type Records,
  type Status,
} from './records';
import { changedFields } from './same';

interface Add<K extends Kind> {
  readonly kind: 'add';
  readonly of: K;
  readonly record: Records[K];
  readonly at?: number;
}

interface Remove<K extends Kind> extends Omit<Add<K>, 'kind'> {
  readonly kind: 'remove';
}

interface Change<K extends Kind> {
  readonly kind: 'change';
  readonly of: K;
  readonly before: Records[K];
  readonly after: Records[K];
}

type EditOf<K extends Kind> = Add<K> | Remove<K> | Change<K>;

/**
 * A reversible change of annotations: of a record (`change` has one id on both sides), or of the status. `at` says
 * where in its list a record is put, or was, where its kind has no other order.
 */
export type Edit =
  | { readonly [K in Kind]: EditOf<K> }[Kind]
  | { readonly kind: 'status'; readonly before: Status; readonly after: Status };

/** The edit that adds an entity. */
export function adding(entity: Entity): Edit {
  return { kind: 'add', of: 'entities', record: entity };
}

/** The edit that removes an entity. */
export function removing(entity: Entity): Edit {
  return { kind: 'remove', of: 'entities', record: entity };
}

/** The edit that makes of an entity another with its id. */
export function changing(before: Entity, after: Entity): Change<'entities'> {
  return { kind: 'change', of: 'entities', before, after };
}

/** The entities that edits add. */
export function addedBy(edits: readonly Edit[]): Entity[] {
  return edits.flatMap((edit) => (edit.kind === 'add' && edit.of === 'entities' ? [edit.record] : []));
}

/**
 * Edits that were kept as JSON, also by a version that knew entities alone.
 * @returns `undefined` where any is none
 */
export function readEdits(value: unknown): readonly Edit[] | undefined {
  const edits = Array.isArray(value) ? value.map(modern) : [undefined];
  return edits.every(isEdit) ? edits : undefined;
}

function modern(value: unknown): unknown {
  const { kind, of, entity, ...others } = Object(value) as Partial<Record<string, unknown>>;
  if (of !== undefined || kind === 'status') return value;
  return { kind, of: 'entities', ...others, ...(entity !== undefined && { record: entity }) };
}

function isEdit(value: unknown): value is Edit {
  const edit = value as Partial<Record<'kind' | 'of' | 'record' | 'before' | 'after', unknown>>;
  const isOne = edit.of === 'entities' ? isEntity : edit.of === 'comments' ? isComment : isRecord;
  switch (edit.kind) {
    case 'add':
    case 'remove':
      return isKind(edit.of) && isOne(edit.record);
    case 'change':
      return isKind(edit.of) && isOne(edit.before) && isOne(edit.after);
    case 'status':
      return isStatus(edit.before) && isStatus(edit.after);
    default:
      return false;
  }
}

function isStatus(value: unknown): boolean {
  return value === 'open' || value === 'done';
}

function isKind(value: unknown): boolean {
  return (KINDS as readonly unknown[]).includes(value);
}

function isRecord(value: unknown): boolean {
  return typeof (Object(value) as { id?: unknown }).id === 'string';
}

function isEntity(value: unknown): boolean {
  return typeof (Object(value) as Partial<Entity>).label === 'string' && isPlaced(value);
}

function isComment(value: unknown): boolean {
  return isRecord(value) && (!isAnchored(value as AnyRecord) || isPlaced(value));
}

function isPlaced(value: unknown): boolean {
  const { id, text, start, end } = Object(value) as Partial<Record<keyof Anchored, unknown>>;
  return [id, text].every((one) => typeof one === 'string') && [start, end].every(Number.isInteger);
}

export function invertEdit(edit: Edit): Edit {
  switch (edit.kind) {
    case 'add':
      return { ...edit, kind: 'remove' };
    case 'remove':
      return { ...edit, kind: 'add' };
    default:
      return { ...edit, before: edit.after, after: edit.before } as Edit;
  }
}

/** The edits that take back a list of edits, in the order in which they must run. */
export function invertEdits(edits: readonly Edit[]): Edit[] {
  return edits.map(invertEdit).reverse();
}

/** An edit with what is anchored in it put elsewhere: how edits follow the text. */
export function mapEdit(edit: Edit, place: <A extends Anchored>(anchored: A) => A): Edit {
  if (edit.kind === 'status') return edit;
  const put = <R extends AnyRecord>(record: R): R => (isAnchored(record) ? place(record) : record);
  if (edit.kind === 'change') return { ...edit, before: put(edit.before), after: put(edit.after) } as Edit;
  return { ...edit, record: put(edit.record) } as Edit;
}

/**
 * Annotations with edits applied. An edit touches only the fields that it changes, so it still applies
 * after another writer changed other fields; one whose record is gone (or is there already) has no effect.
 */
export function applyEdits(annotations: Annotations, edits: readonly Edit[]): Annotations {
  let result = annotations;
  const byKind = new Map<Kind, EditOf<Kind>[]>();
  for (const edit of edits) {
    if (edit.kind === 'status') result = { ...result, status: edit.after };
    else if (byKind.has(edit.of)) byKind.get(edit.of)!.push(edit);
    else byKind.set(edit.of, [edit]);
  }
  for (const [kind, some] of byKind) {
    const apply = kind === 'entities' ? applyToSorted : applyToList;
    const records = apply(recordsOf(annotations, kind) as never, some as never);
    result = withRecords(result, kind, records);
  }
  return result;
}

function applyToSorted(entities: readonly Entity[], edits: readonly EditOf<'entities'>[]): readonly Entity[] {
  const changed = new Map<string, Entity | undefined>();
  const there = byId(entities);
  const current = (id: string) => (changed.has(id) ? changed.get(id) : there.get(id));
  for (const edit of edits) {
    if (edit.kind === 'change') {
      const entity = current(edit.after.id);
      if (entity) changed.set(entity.id, withFields(entity, changedFields(edit.before, edit.after)));
      continue;
    }
    const { record } = edit;
    if (edit.kind === 'add' ? !current(record.id) : current(record.id))
      changed.set(record.id, edit.kind === 'add' ? record : undefined);
  }
  if (changed.size === 0) return entities;
  const kept = entities.filter((entity) => !changed.has(entity.id));
  const placed = [...changed.values()].filter((entity) => entity !== undefined).sort(compareEntities);
  return mergeSorted(kept, placed);
}

function applyToList(records: readonly AnyRecord[], edits: readonly EditOf<Kind>[]): readonly AnyRecord[] {
  const list = [...records];
  const ids = new Set(list.map(({ id }) => id));
  const indexOf = (id: string) => (ids.has(id) ? list.findIndex((record) => record.id === id) : -1);
  for (const edit of edits) {
    if (edit.kind === 'add') {
      if (ids.has(edit.record.id)) continue;
      ids.add(edit.record.id);
      list.splice(edit.at ?? list.length, 0, edit.record);
    } else {
      const at = indexOf(edit.kind === 'remove' ? edit.record.id : edit.after.id);
      if (at < 0) continue;
      if (edit.kind === 'change') list[at] = withFields(list[at]!, changedFields(edit.before, edit.after));
      else ids.delete(list.splice(at, 1)[0]!.id);
    }
  }
  return list;
}

/** The entities that edits were about, once they are applied: those that went are as they were. */
export function touchedEntities({ entities }: Annotations, edits: readonly Edit[]): Entity[] {
  const touched = new Map<string, Entity>();
  for (const edit of edits) {
    if (edit.kind === 'status' || edit.of !== 'entities') continue;
    const entity = edit.kind === 'change' ? edit.after : edit.record;
    touched.set(entity.id, entity);
  }
  for (const entity of entities) if (touched.has(entity.id)) touched.set(entity.id, entity);
  return [...touched.values()].sort(compareEntities);
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
