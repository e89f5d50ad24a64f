import { applyEdits, type Edit } from './edit';
import { KINDS, idsOf, mapReferences, recordsOf, type Annotations, type Kind } from './records';

/**
 * Edits with what must go along: what hangs on a record goes with it, or names it no more. Each that takes a record out
 * of a list says where it was, so that it comes back there.
 */
export function withDependents(annotations: Annotations, edits: readonly Edit[]): readonly Edit[] {
  if (!edits.some(({ kind }) => kind === 'remove')) return edits;
  const all = withPlaces(annotations, edits);
  for (let before = annotations, after = applyEdits(before, all); ;) {
    const gone = goneIds(before, after);
    const more = gone.size > 0 ? dependentEdits(after, gone) : [];
    if (more.length === 0) return all;
    const placed = withPlaces(after, more);
    all.push(...placed);
    [before, after] = [after, applyEdits(after, placed)];
  }
}

/** The ids that no record has any more. */
function goneIds(before: Annotations, after: Annotations): ReadonlySet<string> {
  const left = idsOf(after);
  return new Set([...idsOf(before)].filter((id) => !left.has(id)));
}

/** What is to be done where records are gone, so that nothing names them. */
function dependentEdits(annotations: Annotations, gone: ReadonlySet<string>): Edit[] {
  return KINDS.flatMap((kind) =>
    recordsOf(annotations, kind).flatMap((record): Edit[] => {
      const left = mapReferences(kind, record, (id) => (gone.has(id) ? undefined : id));
      if (left === record) return [];
      if (!left) return [{ kind: 'remove', of: kind, record } as Edit];
      return [{ kind: 'change', of: kind, before: record, after: left } as Edit];
    }),
  );
}

/** Edits that say where in its list each record is that they take out. */
function withPlaces(annotations: Annotations, edits: readonly Edit[]): Edit[] {
  const isPlaced = (edit: Edit) => edit.kind !== 'remove' || edit.of === 'entities' || edit.at !== undefined;
  if (edits.every(isPlaced)) return [...edits];
  const lists = new Map<Kind, string[]>();
  return edits.map((edit) => {
    if (edit.kind === 'status' || edit.kind === 'change' || edit.of === 'entities') return edit;
    const ids = lists.get(edit.of) ?? recordsOf(annotations, edit.of).map(({ id }) => id);
    lists.set(edit.of, ids);
    const { id } = edit.record;
    const at = edit.kind === 'add' ? (edit.at ?? ids.length) : ids.indexOf(id);
    if (at < 0) return edit;
    ids.splice(at, edit.kind === 'add' ? 0 : 1, ...(edit.kind === 'add' ? [id] : []));
    return edit.kind === 'remove' ? { ...edit, at } : edit;
  });
}
