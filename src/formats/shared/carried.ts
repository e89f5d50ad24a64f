import type { Plain } from '../../core/model/entity';
import { isObject, itemsOf, type Json, type JsonObject } from './json';

/** Things that a format may carry and that can be counted. */
export const THINGS = [
  'event',
  'equivalence',
  'relation',
  'attribute',
  'link',
  'title',
  'note',
  'comment',
  'annotation',
  'prediction',
  'result',
  'group',
  'row',
] as const;

export type Thing = (typeof THINGS)[number];

/**
 * What is carried of a document that says something of its text, and that other formats lose. What only says how a
 * file looked, how its text was cut, or how a tool keeps its books (ids, hashes, times) is none of it.
 */
export class Contents {
  private readonly counts = new Map<Thing, number>();
  private readonly names = new Set<string>();

  add(thing: Thing, count = 1): this {
    if (count > 0) this.counts.set(thing, (this.counts.get(thing) ?? 0) + count);
    return this;
  }

  /** Fields, columns, layers or elements. */
  name(...names: readonly string[]): this {
    for (const name of names) this.names.add(name);
    return this;
  }

  /**
   * The fields of an object that hold anything.
   * @param books those that are bookkeeping
   * @param prefix before each name
   */
  nameFields(value: Json | undefined, books: ReadonlySet<string>, prefix = ''): this {
    const fields = Object.entries(isObject(value) ? value : {});
    return this.name(
      ...fields.flatMap(([key, item]) => (books.has(key) || holdsNothing(item) ? [] : [prefix + key])),
    );
  }

  get isEmpty(): boolean {
    return this.counts.size + this.names.size === 0;
  }

  /** For a note: things with their number, and `names`. */
  get values(): Readonly<Record<string, string>> {
    const counts = [...this.counts].map(([thing, count]) => [thing, String(count)]);
    const names = this.names.size > 0 ? [['names', [...this.names].join(', ')]] : [];
    return Object.fromEntries([...counts, ...names]) as Record<string, string>;
  }
}

/** Says what is carried. All of it may come from a sidecar that is not ours. */
export type Describe = (carried: Plain | undefined, contents: Contents) => unknown;

/** Whether a value is one that tools write where there is nothing. */
export function holdsNothing(value: Json | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(holdsNothing);
  return value === undefined || value === null || value === '';
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Of a format that says no more: its keys, but for `form`, or nothing where that is `true`. */
export const describeKeys: Describe = (carried, contents) => {
  const { form, ...rest } = objectOf(carried);
  if (form !== true) contents.nameFields(rest, new Set());
};

/** The number of a list's items that hold anything. */
export function countOf(list: Json | undefined): number {
  return itemsOf(list).filter((item) => !holdsNothing(item)).length;
}
