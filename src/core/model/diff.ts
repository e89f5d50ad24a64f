import type { Edit } from './edit';
import { byId, KINDS, recordsOf, type Annotations } from './records';
import { isSameRecord } from './same';

/**
 * The edits that lead from one state of annotations to another, record by record and field by field: what
 * another writer did to a sidecar, as a value that can be applied to ours.
 */
export function diffAnnotations(before: Annotations, after: Annotations): Edit[] {
  const edits: Edit[] = [];
  for (const kind of KINDS) {
    const [old, now] = [recordsOf(before, kind), recordsOf(after, kind)];
    if (old === now) continue;
    const left = byId(old);
    const added: Edit[] = [];
    now.forEach((record, at) => {
      const was = left.get(record.id);
      left.delete(record.id);
      const place = kind === 'entities' ? {} : { at };
      if (!was) added.push({ kind: 'add', of: kind, record, ...place } as Edit);
      else if (!isSameRecord(was, record))
        edits.push({ kind: 'change', of: kind, before: was, after: record } as Edit);
    });
    // What goes makes room first: `at` counts in the list that is to be.
    for (const record of left.values()) edits.push({ kind: 'remove', of: kind, record } as Edit);
    edits.push(...added);
  }
  if (before.status !== after.status) {
    edits.push({ kind: 'status', before: before.status, after: after.status });
  }
  return edits;
}
