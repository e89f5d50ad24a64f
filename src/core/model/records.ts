import { compareEntities, type Anchored, type Entity, type Plain } from './entity';

/** A typed pair of entities. */
export interface Relation {
  readonly id: string;
  readonly label: string;
  /** Ids of entities. */
  readonly from: string;
  readonly to: string;
  /** Whether `from` and `to` could as well be the other way round. */
  readonly undirected?: boolean | undefined;
  readonly note?: string | undefined;
  /** What another tool calls it. */
  readonly externalId?: string | undefined;
  readonly attributes?: { readonly [key: string]: Plain } | undefined;
}

/** Something that happens in the text: the entity that tells of it, and who or what has which role in it. */
export interface EventRecord {
  readonly id: string;
  readonly label: string;
  /** The id of an entity. */
  readonly trigger: string;
  /** Ids of entities or events, by role. */
  readonly roles: { readonly [role: string]: readonly string[] };
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  readonly attributes?: { readonly [key: string]: Plain } | undefined;
}

/** Mentions of one thing. */
export interface Chain {
  readonly id: string;
  readonly label?: string | undefined;
  readonly name?: string | undefined;
  /** See `Entity.link`. */
  readonly link?: string | undefined;
  /** Ids of entities. */
  readonly mentions: readonly string[];
}

interface Thread {
  readonly id: string;
  readonly thread: readonly { readonly [key: string]: Plain }[];
}

/** What people say to each other about a record. */
export interface RecordComment extends Thread {
  /** The id of a record. */
  readonly about: string;
}

/** What people say to each other about a span of the text. */
export interface SpanComment extends Thread, Omit<Anchored, 'parts'> {
  readonly about?: undefined;
}

export type Comment = RecordComment | SpanComment;

/** Whatever an article's annotations hold that has an id, by its kind, which is its list's key in a sidecar. */
export interface Records {
  readonly entities: Entity;
  readonly relations: Relation;
  readonly events: EventRecord;
  readonly chains: Chain;
  readonly comments: Comment;
}

export type Kind = keyof Records;
/** The kinds that are not entities: they have no order but that of their list. */
export type OtherKind = Exclude<Kind, 'entities'>;
/** A record of whatever kind. */
export type AnyRecord = Records[Kind];

export const OTHER_KINDS: readonly OtherKind[] = ['relations', 'events', 'chains', 'comments'];
export const KINDS: readonly Kind[] = ['entities', ...OTHER_KINDS];

export type Status = 'open' | 'done';

/** What a layer says about its article; the value that edits change. Ids are unique among the records of a kind. */
export type Annotations = {
  readonly status: Status;
  /** In the sidecar's order (see `compareEntities`). */
  readonly entities: readonly Entity[];
} & {
  /** In the sidecar's order; where nothing is said of a kind, there are none. */
  readonly [K in OtherKind]?: readonly Records[K][] | undefined;
};

/** The records of a kind. */
export function recordsOf<K extends Kind>(annotations: Annotations, kind: K): readonly Records[K][] {
  return (annotations[kind] ?? []) as readonly Records[K][];
}

/** What a layer says, if it is there, and no more than that. */
export function annotationsOf(layer: Annotations | undefined): Annotations {
  const others = OTHER_KINDS.flatMap((kind) => (layer?.[kind] ? [[kind, layer[kind]] as const] : []));
  return { status: layer?.status ?? 'open', entities: layer?.entities ?? [], ...Object.fromEntries(others) };
}

/** A record that is about a span of the text. */
export type AnchoredRecord = Entity | SpanComment;

export function isAnchored<R extends AnyRecord>(record: R): record is R & AnchoredRecord {
  return (record as Partial<Anchored>).start !== undefined;
}

export function isEntity(record: Anchored): record is Entity {
  return 'label' in record;
}

/** Identifies what is anchored among the records of all kinds. */
export function anchorKey(record: Anchored): string {
  return isEntity(record) ? `e${record.id}` : `c${record.id}`;
}

/** All records that are about a span of the text: the entities, then comments. */
export function anchoredOf({
  entities,
  comments = [],
}: Pick<Annotations, 'entities' | 'comments'>): readonly AnchoredRecord[] {
  const onSpans = comments.filter((comment) => isAnchored(comment));
  return onSpans.length > 0 ? [...entities, ...onSpans] : entities;
}

/** Annotations whose anchored records are elsewhere: the one function that puts spans back. @param anchored all of them */
export function withAnchored<A extends Annotations>(annotations: A, anchored: readonly AnchoredRecord[]): A {
  const entities = anchored.filter(isEntity).sort(compareEntities);
  const onSpans = byId(anchored.filter((record) => !isEntity(record)));
  if (onSpans.size === 0) return { ...annotations, entities };
  const comments = annotations.comments?.map((comment) => onSpans.get(comment.id) ?? comment);
  return { ...annotations, entities, comments };
}

/** Whether there is a record of any kind. */
export function hasRecords(annotations: Annotations): boolean {
  return KINDS.some((kind) => recordsOf(annotations, kind).length > 0);
}

/** Annotations with other records of a kind. */
export function withRecords(
  annotations: Annotations,
  kind: Kind,
  records: readonly AnyRecord[],
): Annotations {
  return { ...annotations, [kind]: records };
}

/** The ids of all records. */
export function idsOf(...states: readonly Annotations[]): ReadonlySet<string> {
  return new Set(
    states.flatMap((annotations) =>
      KINDS.flatMap((kind) => recordsOf(annotations, kind).map(({ id }) => id)),
    ),
  );
}

/** Records by their ids. */
export function byId<R extends AnyRecord>(records: readonly R[]): Map<string, R> {
  return new Map(records.map((record) => [record.id, record]));
}

/** What `conflict` says where the other side deleted the entity; no id of the program's is that. */
export const DELETED = 'deleted';

/**
 * How a field names other records: by an id that the record is nothing without, by one that it can do without, by a
 * list of ids that may become shorter, or by a map of such lists. Of a list, and of all lists of a map, something must
 * be left where it is all that the record says.
 */
type Reference = 'needed' | 'optional' | 'list' | 'lists';

const REFERENCES: Readonly<Record<Kind, Readonly<Record<string, Reference>>>> = {
  entities: { conflict: 'optional' },
  relations: { from: 'needed', to: 'needed' },
  events: { trigger: 'needed', roles: 'lists' },
  chains: { mentions: 'list' },
  comments: { about: 'needed' },
};

/** All ids that a record names. */
export function referencesOf(kind: Kind, record: AnyRecord): readonly string[] {
  const found: string[] = [];
  mapReferences(kind, record, (id) => {
    found.push(id);
    return id;
  });
  return found;
}

/**
 * A record with other ids in place of those that it names: the one function that rewrites references.
 * @param map gives what an id is now; `undefined` where what it names is gone
 * @returns the record itself where nothing changed; `undefined` where nothing is left of it
 */
export function mapReferences<R extends AnyRecord>(
  kind: Kind,
  record: R,
  map: (id: string) => string | undefined,
): R | undefined {
  let result: Record<string, unknown> | undefined;
  const put = (field: string, value: unknown) => ((result ??= { ...record })[field] = value);
  for (const [field, reference] of Object.entries(REFERENCES[kind])) {
    const value = (record as unknown as Record<string, unknown>)[field];
    if (value === undefined || value === DELETED) continue;
    if (reference === 'needed' || reference === 'optional') {
      const now = map(value as string);
      if (now === undefined && reference === 'needed') return undefined;
      if (now !== value) put(field, now);
    } else if (reference === 'list') {
      const now = mapIds(value as readonly string[], map);
      if (now.length === 0 && (value as readonly string[]).length > 0) return undefined;
      if (now !== value) put(field, now);
    } else {
      const roles = Object.entries(value as Readonly<Record<string, readonly string[]>>);
      const now = roles.map(([role, ids]) => [role, mapIds(ids, map)] as const);
      if (now.some(([, ids], i) => ids !== roles[i]![1]))
        put(field, Object.fromEntries(now.filter(([, ids]) => ids.length > 0)));
    }
  }
  if (!result) return record;
  return Object.fromEntries(
    Object.entries(result).filter(([, value]) => value !== undefined),
  ) as unknown as R;
}

/** Without what is gone, and what is there twice then. @returns the list itself where nothing changed */
function mapIds(ids: readonly string[], map: (id: string) => string | undefined): readonly string[] {
  const now = ids.map(map);
  if (now.every((id, i) => id === ids[i])) return ids;
  return [...new Set(now.filter((id) => id !== undefined))];
}
