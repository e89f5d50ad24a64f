import { compareText, withFields, type Anchored, type Entity, type Plain } from './entity';

/**
 * The fields that say where an entity, or what else is anchored, is; they are merged as one. `before` and `after`
 * follow the others.
 */
const PLACE = ['start', 'end', 'text', 'parts', 'broken', 'before', 'after'] as const;
type Place = Pick<Anchored, (typeof PLACE)[number]>;

/**
 * Merges two versions of one entity, field by field.
 * @param base what both come from; `undefined` where both sides added it
 * @returns one version, or, where they exclude each other, ours and theirs with everything else merged;
 * their ids are the caller's
 */
export function mergeVersions(
  base: Entity | undefined,
  ours: Entity,
  theirs: Entity,
): readonly [Entity] | readonly [Entity, Entity] {
  if (isSame(ours, theirs)) return [smaller(ours, theirs)];
  if (base && isSame(base, ours)) return [theirs];
  if (base && isSame(base, theirs)) return [ours];
  const [b, o, t] = [unitsOf(base), unitsOf(ours), unitsOf(theirs)];
  const added = [...o.keys(), ...t.keys()].filter((name) => !b.has(name));
  const [mine, other] = [new Map<string, unknown>(), new Map<string, unknown>()];
  let isConflict = false;
  for (const name of [...b.keys(), ...added.sort()]) {
    const choice = choose(name, b.get(name), o.get(name), t.get(name));
    isConflict ||= !choice;
    mine.set(name, choice ? choice.value : o.get(name));
    other.set(name, choice ? choice.value : t.get(name));
  }
  return isConflict ? [fromUnits(ours, mine), fromUnits(theirs, other)] : [fromUnits(ours, mine)];
}

/**
 * Two versions of one text that both have another place than before, of which at least one is broken, with
 * one place: the one that is known, or, where neither is, either. Where a broken version is, nobody said, so
 * that it stands against nothing.
 */
export function withKnownPlace<A extends Anchored>(
  base: A | undefined,
  ours: A,
  theirs: A,
): readonly [ours: A, theirs: A] {
  if (ours.text !== theirs.text || !(ours.broken || theirs.broken)) return [ours, theirs];
  const isThere = (entity: A) => base !== undefined && keyOf(placeOf(base)) === keyOf(placeOf(entity));
  if (isThere(ours) || isThere(theirs)) return [ours, theirs];
  const place = placeOf(ours.broken && theirs.broken ? smaller(ours, theirs) : ours.broken ? theirs : ours);
  return [withFields(ours, place), withFields(theirs, place)];
}

/** Whether what is anchored differs from what it was in nothing but where the same text stands. */
export function isOnlyMoved<A extends Anchored>(base: A, now: A): boolean {
  return base.text === now.text && isSame(base, withFields(now, placeOf(base)));
}

/** The fields in which two versions differ, by their keys in a sidecar; `place` for all that say where. */
export function differences(a: Entity, b: Entity): string[] {
  const [one, other] = [unitsOf(a), unitsOf(b)];
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (name) =>
      name !== 'conflict' && keyOf(essence(name, one.get(name))) !== keyOf(essence(name, other.get(name))),
  );
}

/** Identifies where an entity is, and what is there. */
export function placeKey({ start, end, text, parts }: Anchored): string {
  return keyOf([start, end, text, parts]);
}

/** Identifies all that an entity says, whatever its id and whether it stands against another. */
export function contentKey(entity: Anchored): string {
  return keyOf({ ...entity, id: undefined, conflict: undefined });
}

/** The one of two versions that comes first in an order that has no other meaning. */
export function smaller<A extends Anchored>(a: A, b: A): A {
  if (a === b) return a;
  const [one, other] = [a, b].map((entity) => JSON.stringify(entity)) as [string, string];
  // Nearly all that a merge meets are the same on both sides.
  if (one === other) return a;
  const order = compareText(contentKey(a), contentKey(b)) || compareText(one, other);
  return order <= 0 ? a : b;
}

/** The fields that are merged each for itself: `place`, and each attribute as `attributes.` and its key. */
function unitsOf(entity: Entity | undefined): Map<string, unknown> {
  const units = new Map<string, unknown>();
  if (!entity) return units;
  units.set('place', placeOf(entity));
  for (const [name, value] of Object.entries(entity)) {
    if (name === 'id' || isPlaceField(name) || value === undefined) continue;
    units.set(name, name === 'attributes' ? true : value);
  }
  for (const [key, value] of Object.entries(entity.attributes ?? {})) units.set(`attributes.${key}`, value);
  return units;
}

function fromUnits({ id }: Entity, units: ReadonlyMap<string, unknown>): Entity {
  const attributes: [string, Plain][] = [];
  const fields: [string, unknown][] = [];
  for (const [name, value] of units) {
    if (value === undefined || name === 'place' || name === 'attributes') continue;
    if (name.startsWith('attributes.')) attributes.push([name.slice('attributes.'.length), value as Plain]);
    else fields.push([name, value]);
  }
  if (units.get('attributes') !== undefined || attributes.length > 0) {
    fields.push(['attributes', Object.fromEntries(attributes)]);
  }
  const place = units.get('place') as Place;
  return withFields({ id, ...place } as Entity, Object.fromEntries(fields));
}

/** All that says where an entity, or what else is anchored, is. */
export function placeOf(entity: Anchored): Place {
  return Object.fromEntries(PLACE.map((name) => [name, entity[name]])) as unknown as Place;
}

function isPlaceField(name: string): boolean {
  return (PLACE as readonly string[]).includes(name);
}

/** @returns `undefined` where both sides changed a unit and not to the same */
function choose(name: string, base: unknown, ours: unknown, theirs: unknown): { value: unknown } | undefined {
  const keys = [base, ours, theirs].map(keyOf) as [string, string, string];
  const essences = [base, ours, theirs].map((value) => keyOf(essence(name, value))) as typeof keys;
  for (const [b, o, t] of [keys, essences]) {
    if (o === t) return { value: compareText(keys[1], keys[2]) <= 0 ? ours : theirs };
    if (b === o) return { value: theirs };
    if (b === t) return { value: ours };
  }
  return undefined;
}

/** What of a unit must not differ: context follows the place, `reviewed` may be left out, marks and scores are no content. */
function essence(name: string, value: unknown): unknown {
  if (name === 'conflict' || name === 'score') return undefined;
  if (name === 'reviewed') return Boolean(value);
  return name === 'place' && value ? { ...value, before: undefined, after: undefined } : value;
}

function isSame<A extends Anchored>(a: A, b: A): boolean {
  if (a === b) return true;
  const names = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof A)[]);
  names.delete('id');
  return [...names].every((name) => a[name] === b[name] || keyOf(a[name]) === keyOf(b[name]));
}

/** A string that two values share where they are equal, in whatever order their keys stand. */
export function keyOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const keys = entries.map(([key, item]) => `${JSON.stringify(key)}:${keyOf(item)}`);
  return `{${keys.sort().join()}}`;
}
