import { compareText, withFields, type Anchored } from './entity';
import { isOnlyMoved, keyOf, placeKey, placeOf, smaller, withKnownPlace } from './merge-entity';
import {
  byId,
  idsOf,
  isAnchored,
  mapReferences,
  OTHER_KINDS,
  recordsOf,
  type Annotations,
  type AnyRecord,
  type Kind,
  type OtherKind,
} from './records';

/** A record, or a version of one, that one side made and a merge could not take. */
export interface Lost {
  readonly kind: OtherKind;
  readonly record: AnyRecord;
}

type Three<T> = readonly [base: T, ours: T, theirs: T];
type ById = ReadonlyMap<string, AnyRecord>;
type Sides = Readonly<Record<OtherKind, Three<ById>>>;

/**
 * Merges the records of all kinds but entities by their ids, field by field: what one side changed is taken. They follow
 * an entity that both sides have tagged; what both sides have made of the same is one; what hangs on what is gone goes
 * with it. Which side is which makes no difference.
 * @param entities those of the merge @param renamed what entities are called now that have another id
 * @returns nothing names what is not there, unless that was so before
 */
export function mergeRecords(
  states: Three<Annotations>,
  entities: Annotations['entities'],
  renamed: ReadonlyMap<string, string>,
): { readonly records: Omit<Annotations, 'status' | 'entities'>; readonly lost: readonly Lost[] } {
  const isThere = OTHER_KINDS.some((kind) => states.some((state) => recordsOf(state, kind).length > 0));
  if (!isThere) return { records: emptied(states), lost: [] };
  const lost: Lost[] = [];
  const names = new Map(renamed);
  const merged = {} as Record<OtherKind, Map<string, AnyRecord>>;
  const sides = {} as Record<OtherKind, Three<ById>>;
  for (const kind of OTHER_KINDS) {
    const read = (state: Annotations) => byId(recordsOf(state, kind).map((one) => named(kind, one, names)));
    const three = (sides[kind] = [read(states[0]), read(states[1]), read(states[2])]);
    merged[kind] = mergeKind(kind, three, lost);
    for (const [id, now] of dropTwins(kind, merged[kind], three)) names.set(id, now);
  }
  dropDangling(states, entities, merged, sides, lost);
  const records = Object.fromEntries(
    OTHER_KINDS.filter((kind) => states.some((state) => state[kind])).map((kind) => [
      kind,
      inOrder(merged[kind], sides[kind]),
    ]),
  );
  return { records, lost };
}

/** Of kinds of which there is no record, those that any state says so of. */
function emptied(states: Three<Annotations>): Omit<Annotations, 'status' | 'entities'> {
  return Object.fromEntries(
    OTHER_KINDS.filter((kind) => states.some((state) => state[kind])).map((kind) => [kind, []]),
  );
}

function named(kind: Kind, record: AnyRecord, names: ReadonlyMap<string, string>): AnyRecord {
  return mapReferences(kind, record, (id) => names.get(id) ?? id)!;
}

function mergeKind(kind: OtherKind, [base, ours, theirs]: Three<ById>, lost: Lost[]): Map<string, AnyRecord> {
  const merged = new Map<string, AnyRecord>();
  const added = [...new Set([...ours.keys(), ...theirs.keys()])].filter((id) => !base.has(id));
  for (const id of [...base.keys(), ...added.sort(compareText)]) {
    const merge = kind === 'comments' ? mergeComments : mergeOne;
    const record = merge(base.get(id), ours.get(id), theirs.get(id), (version) =>
      lost.push({ kind, record: version }),
    );
    if (record) merged.set(id, record);
  }
  return merged;
}

type Merger = (
  base: AnyRecord | undefined,
  ours: AnyRecord | undefined,
  theirs: AnyRecord | undefined,
  lose: (version: AnyRecord) => void,
) => AnyRecord | undefined;

/** Comments, of which all that says what they are about is merged as one, as are the places of entities. */
const mergeComments: Merger = (base, ours, theirs, lose) => {
  const [was, mine, other] = [base, ours, theirs].map((one) => (one && isAnchored(one) ? one : undefined));
  // Who deleted it knew all of it but where it has moved since.
  const left = ours && theirs ? undefined : (mine ?? other);
  if (was && left && isOnlyMoved(was, left)) return undefined;
  const sides = mine && other ? withOneContext(was, ...withKnownPlace(was, mine, other)) : [ours, theirs];
  const [first, second] = sides.map(asOne);
  return apart(mergeOne(asOne(base), first, second, (version) => lose(apart(version)!)));
};

/** Two versions with the same around them, where both have other text than before around the same place. */
function withOneContext<A extends Anchored>(base: A | undefined, ours: A, theirs: A): readonly [A, A] {
  const isAsBefore = [ours, theirs].some((one) => base && keyOf(placeOf(base)) === keyOf(placeOf(one)));
  const isHere = placeKey(ours) === placeKey(theirs) && ours.broken === theirs.broken;
  if (isAsBefore || !isHere) return [ours, theirs];
  const place = placeOf(smaller(ours, theirs));
  return [withFields(ours, place), withFields(theirs, place)];
}

/** A comment with all that says what it is about in one field. */
function asOne(comment: AnyRecord | undefined): AnyRecord | undefined {
  if (!comment || !isAnchored(comment)) return comment;
  const place = placeOf(comment);
  const nothing = Object.fromEntries(Object.keys(place).map((name) => [name, undefined]));
  return withFields<AnyRecord>(comment, { ...nothing, about: { place } } as never);
}

function apart(comment: AnyRecord | undefined): AnyRecord | undefined {
  const place = (comment as { about?: { place?: object } } | undefined)?.about?.place;
  return place ? withFields<AnyRecord>(comment!, { about: undefined, ...place } as never) : comment;
}

/** @param lose takes the version of which a field was not taken, though its side had changed it */
function mergeOne(
  base: AnyRecord | undefined,
  ours: AnyRecord | undefined,
  theirs: AnyRecord | undefined,
  lose: (version: AnyRecord) => void,
): AnyRecord | undefined {
  const [b, o, t] = [base, ours, theirs].map(keyOf);
  if (o === t || b === t) return ours;
  if (b === o) return theirs;
  // What one side deleted and the other changed stays.
  if (!ours || !theirs) return ours ?? theirs;
  const [first, second] = compareText(o!, t!) < 0 ? [ours, theirs] : [theirs, ours];
  let isLost = false;
  const field = (record: AnyRecord | undefined, name: string) =>
    (record as unknown as Readonly<Record<string, unknown>> | undefined)?.[name];
  const names = new Set([...Object.keys(base ?? {}), ...Object.keys(first), ...Object.keys(second)]);
  const fields = [...names].flatMap((name): [string, unknown][] => {
    const [was, one, other] = [field(base, name), field(first, name), field(second, name)];
    const isOnlyTheirs = keyOf(was) === keyOf(one);
    isLost ||= !isOnlyTheirs && keyOf(was) !== keyOf(other) && keyOf(one) !== keyOf(other);
    const value = isOnlyTheirs ? other : one;
    return value === undefined ? [] : [[name, value]];
  });
  if (isLost) lose(second);
  return Object.fromEntries(fields) as unknown as AnyRecord;
}

/** Of two records that say the same of the same, one added by each side, that with the smaller id stays. */
function dropTwins(
  kind: OtherKind,
  merged: Map<string, AnyRecord>,
  [base, ...sides]: Three<ById>,
): Map<string, string> {
  const seen = new Map<string, string>();
  const dropped = new Map<string, string>();
  // What two people say is not one thing, though it be the same.
  if (kind === 'comments') return dropped;
  for (const [id, record] of merged) {
    if (base.has(id)) continue;
    const key = keyOf({ ...record, id: undefined });
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, id);
    else if (!sides.some((side) => side.has(id) && side.has(twin))) {
      merged.delete(id);
      dropped.set(id, twin);
    }
  }
  return dropped;
}

/** Takes out what names a record that was there, and is not any more. What a side has made or changed of it is lost. */
function dropDangling(
  states: Three<Annotations>,
  entities: Annotations['entities'],
  merged: Readonly<Record<OtherKind, Map<string, AnyRecord>>>,
  sides: Sides,
  lost: Lost[],
): void {
  const before = idsOf(...states);
  const left = new Set(entities.map(({ id }) => id));
  for (const kind of OTHER_KINDS) for (const id of merged[kind].keys()) left.add(id);
  const fit = (id: string) => (before.has(id) && !left.has(id) ? undefined : id);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const kind of OTHER_KINDS)
      for (const [id, record] of merged[kind]) {
        const now = mapReferences(kind, record, fit);
        if (now === record) continue;
        isChanged = true;
        const was = sides[kind][0].get(id);
        if (now) merged[kind].set(id, now);
        else {
          merged[kind].delete(id);
          left.delete(id);
          if (!was || keyOf(was) !== keyOf(record)) lost.push({ kind, record });
        }
      }
  }
}

/** The list of a side that has just these records, rather than that of the base; else what was there first. */
function inOrder(
  merged: ReadonlyMap<string, AnyRecord>,
  [base, ...sides]: Three<ById>,
): readonly AnyRecord[] {
  const keyOfAll = (records: ReadonlyMap<string, AnyRecord>) => keyOf(Object.fromEntries(records));
  const order = (records: ReadonlyMap<string, AnyRecord>) => [...records.keys()].join('\n');
  const wanted = keyOfAll(merged);
  const [side] = sides
    .filter((records) => keyOfAll(records) === wanted)
    .sort(
      (a, b) =>
        Number(order(a) === order(base)) - Number(order(b) === order(base)) ||
        compareText(order(a), order(b)),
    );
  return [...(side ?? merged).values()];
}
