import type { AnyRecord } from './records';

/** Whether two versions of a record say the same. */
export function isSameRecord(a: AnyRecord, b: AnyRecord): boolean {
  return a === b || Object.keys(changedFields(a, b)).length === 0;
}

/** The fields of the second version in which it differs from the first, with `undefined` for those that it lacks. */
export function changedFields<R extends AnyRecord>(before: R, after: R): Partial<R> {
  const fields: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof R & string>) {
    if (!isSame(before[key], after[key])) fields[key] = after[key];
  }
  return fields as Partial<R>;
}

/** Whether two values of fields say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
