import type { Edit } from './edit';
import { withFields } from './entity';
import { byId, KINDS, recordsOf, referencesOf, type Annotations, type AnyRecord } from './records';
import { changedFields, isSame } from './same';

/** Why an edit no longer does what it was made for: its record is gone, is there already, or is another now. */
export type Obstacle = 'gone' | 'there' | 'changed';

/**
 * What stands against edits that were right when they were made, one for each edit that no longer
 * applies: what they take for given was changed by another writer since. What another wrote on a record
 * that would be removed counts, and so does what another wrote that names it; where the text has moved it to does not.
 */
export function findObstacles(annotations: Annotations, edits: readonly Edit[]): Obstacle[] {
  const now = new Map(KINDS.map((kind) => [kind, byId(recordsOf(annotations, kind))]));
  let { status } = annotations;
  const obstacles = edits.flatMap((edit): Obstacle[] => {
    if (edit.kind === 'status') {
      const found: Obstacle[] = edit.before === status ? [] : ['changed'];
      status = edit.after;
      return found;
    }
    const records = now.get(edit.of)!;
    const { id } = edit.kind === 'change' ? edit.after : edit.record;
    const record = records.get(id);
    if (edit.kind === 'add') {
      records.set(id, edit.record);
      return record ? ['there'] : [];
    }
    if (!record) return ['gone'];
    const [expected, after] = edit.kind === 'change' ? [edit.before, edit.after] : [edit.record, undefined];
    if (after) records.set(id, withFields(record, changedFields(expected, after)));
    else records.delete(id);
    return isAsExpected(record, expected, after) ? [] : ['changed'];
  });
  if (obstacles.length > 0 || !edits.some(({ kind }) => kind === 'remove')) return obstacles;
  const ids = new Set([...now.values()].flatMap((records) => [...records.keys()]));
  const isRemoved = (id: string) =>
    !ids.has(id) && edits.some((edit) => edit.kind === 'remove' && edit.record.id === id);
  return [...now].flatMap(([kind, records]) =>
    [...records.values()].flatMap((record): Obstacle[] =>
      referencesOf(kind, record).some(isRemoved) ? ['changed'] : [],
    ),
  );
}

const PLACE_FIELDS: readonly string[] = ['start', 'end'];
/** Fields that follow from the place and the text. */
const DERIVED_FIELDS: readonly string[] = ['text', 'parts', 'broken', 'before', 'after'];

/** Whether a record still has what an edit found: the fields that it changes, or, to be removed, all but its place. */
function isAsExpected(record: AnyRecord, expected: AnyRecord, after?: AnyRecord): boolean {
  const fields = after
    ? Object.keys(changedFields(expected, after))
    : Object.keys({ ...record, ...expected });
  const ignored = after ? DERIVED_FIELDS : [...PLACE_FIELDS, ...DERIVED_FIELDS];
  return (fields as (keyof AnyRecord)[]).every(
    (field) => ignored.includes(field) || isSame(record[field] || undefined, expected[field] || undefined),
  );
}
