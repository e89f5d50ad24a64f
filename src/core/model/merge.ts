import { byId, DELETED, type Annotations } from './records';
import { compareEntities, compareText, entityIdFrom, type Entity } from './entity';
import { mergeRecords, type Lost } from './merge-records';
import { contentKey, isOnlyMoved, mergeVersions, placeKey, smaller, withKnownPlace } from './merge-entity';

export interface Merge {
  readonly annotations: Annotations;
  /** How many entities both sides changed in ways that exclude each other; each is marked by `conflict`. */
  readonly conflicts: number;
  /** What a side made or changed, and could not be taken. */
  readonly lost: readonly Lost[];
}

/**
 * Merges what two sides made of the same annotations: entities by id, then by span and label; each field by
 * field, where the place, with the text and its context, is one field. What one side changed is taken.
 * Where both changed a field differently, both versions stay and name each other in `conflict`; so does,
 * marked `deleted`, what one side changed and the other deleted. A place that is not known yields to one that
 * is. Other records: see {@link mergeRecords}. Which side is which makes no difference.
 */
export function mergeAnnotations(base: Annotations, ours: Annotations, theirs: Annotations): Merge {
  const result = new Result();
  for (const row of matchEntities(base, ours, theirs)) result.add(row);
  const entities = result
    .entities(byId(base.entities), byId(ours.entities), byId(theirs.entities))
    .sort(compareEntities);
  const { records, lost } = mergeRecords([base, ours, theirs], entities, result.renamed);
  const status = ours.status === base.status ? theirs.status : ours.status;
  return { annotations: { status, entities, ...records }, conflicts: result.conflicts, lost };
}

/** One entity in the three states; without `base`, it was added. At least one side has it. */
interface Row {
  readonly base?: Entity | undefined;
  readonly ours?: Entity | undefined;
  readonly theirs?: Entity | undefined;
}

function matchEntities(base: Annotations, ours: Annotations, theirs: Annotations): Row[] {
  const inBase = byId(base.entities);
  const inTheirs = byId(theirs.entities);
  const inOurs = byId(ours.entities);
  const both = ours.entities.filter(({ id }) => inTheirs.has(id));
  return [
    ...both.map((entity) => ({ base: inBase.get(entity.id), ours: entity, theirs: inTheirs.get(entity.id) })),
    ...matchAlone(
      inBase,
      ours.entities.filter(({ id }) => !inTheirs.has(id)),
      theirs.entities.filter(({ id }) => !inOurs.has(id)),
    ),
  ];
}

type ById = ReadonlyMap<string, Entity>;

/**
 * Entities whose ids only one side has. Those with one span and label are the same mention, tagged twice or
 * deleted and tagged again, unless both were there before, when each side deleted one of two.
 */
function matchAlone(
  base: ReadonlyMap<string, Entity>,
  ours: readonly Entity[],
  theirs: readonly Entity[],
): Row[] {
  const rows: Row[] = [];
  const add = (mine?: Entity, other?: Entity) => {
    const before = base.get(mine?.id ?? '') ?? base.get(other?.id ?? '');
    rows.push({ base: before, ours: mine, theirs: other });
  };
  const groups = new Map<string, { ours: Twins; theirs: Twins }>();
  const sort = (side: 'ours' | 'theirs', entities: readonly Entity[]) => {
    for (const entity of [...entities].sort((a, b) => compareText(a.id, b.id))) {
      const key = `${placeKey(entity)} ${entity.label}`;
      const group = groups.get(key) ?? { ours: { added: [], known: [] }, theirs: { added: [], known: [] } };
      groups.set(key, group);
      group[side][base.has(entity.id) ? 'known' : 'added'].push(entity);
    }
  };
  sort('ours', ours);
  sort('theirs', theirs);
  for (const { ours, theirs } of groups.values()) {
    while (ours.added.length > 0 && theirs.added.length > 0) add(ours.added.shift(), theirs.added.shift());
    while (ours.added.length > 0 && theirs.known.length > 0) add(ours.added.shift(), theirs.known.shift());
    while (ours.known.length > 0 && theirs.added.length > 0) add(ours.known.shift(), theirs.added.shift());
    for (const entity of [...ours.added, ...ours.known]) add(entity, undefined);
    for (const entity of [...theirs.added, ...theirs.known]) add(undefined, entity);
  }
  return rows;
}

/** Entities of one side with the same span and label, by id. */
interface Twins {
  readonly added: Entity[];
  readonly known: Entity[];
}

/** An entity that needs an id of its own beside the one that it was made from. */
interface Copy {
  readonly entity: Entity;
  readonly isConflict: boolean;
}

/** Collects merged entities; copies get their ids once all others are known. */
class Result {
  conflicts = 0;
  /** What entities of either side are called now whose ids are others: one mention that both sides have tagged. */
  readonly renamed = new Map<string, string>();
  private readonly byId = new Map<string, Entity>();
  private readonly copies: Copy[] = [];

  add({ base, ours, theirs }: Row): void {
    if (ours && theirs) this.addBoth(base, ...withKnownPlace(base, ours, theirs));
    else this.addAlone(base, (ours ?? theirs)!);
  }

  /** What only one side has: it was added there, or deleted on the other side. */
  private addAlone(base: Entity | undefined, entity: Entity): void {
    // Who deleted it knew all of it but where it has moved since.
    if (base && isOnlyMoved(base, entity)) return;
    if (base) this.conflicts++;
    this.put(base && entity.conflict === undefined ? { ...entity, conflict: DELETED } : entity);
  }

  private addBoth(base: Entity | undefined, ours: Entity, theirs: Entity): void {
    const isClash = !base && ours.id === theirs.id && placeKey(ours) !== placeKey(theirs);
    const [first, second] = isClash ? [ours, theirs] : mergeVersions(base, ours, theirs);
    const id = mergedId(base?.id, ours.id, theirs.id);
    if (!second) {
      for (const side of [ours, theirs]) if (side.id !== id) this.renamed.set(side.id, id);
      return this.put(first.id === id ? first : { ...first, id });
    }
    if (!isClash) this.conflicts++;
    if (ours.id === theirs.id) {
      const original = smaller(first, second);
      this.put(original);
      this.copies.push({ entity: original === first ? second : first, isConflict: !isClash });
    } else {
      this.put({ ...ours, conflict: theirs.id });
      this.put({ ...theirs, conflict: ours.id });
    }
  }

  private put(entity: Entity): void {
    this.byId.set(entity.id, entity);
  }

  entities(base: ById, ...sides: readonly ById[]): Entity[] {
    const contentOf = ({ entity }: Copy) => `${entity.id} ${contentKey(entity)}`;
    for (const copy of this.copies.sort((a, b) => compareText(contentOf(a), contentOf(b))))
      this.putCopy(copy);
    this.copies.length = 0;
    return [...this.byId.values()].map((entity) => this.withLink(entity, base, sides));
  }

  /**
   * An entity that names the other version of it as that is called now. What a side has left as it was in the base it
   * names as it does itself, be that there or not.
   */
  private withLink(entity: Entity, base: ById, sides: readonly ById[]): Entity {
    const { conflict = '' } = entity;
    const now = this.renamed.get(conflict) ?? entity.id;
    if (now === entity.id) return entity;
    const isNew = (one: Entity) => !base.has(conflict) || base.get(one.id)?.conflict !== conflict;
    const names = (side: ById) =>
      side.has(conflict) && [...side.values()].some((one) => one.conflict === conflict && isNew(one));
    return sides.some(names) ? { ...entity, conflict: now } : entity;
  }

  /** A copy of an earlier merge of the same versions is the same copy. */
  private putCopy({ entity, isConflict }: Copy): void {
    const content = contentKey(entity);
    const isTaken = (id: string) => this.byId.has(id) && contentKey(this.byId.get(id)!) !== content;
    let seed = `${entity.id} ${content}`;
    while (isTaken(entityIdFrom(seed))) seed += '+';
    const id = entityIdFrom(seed);
    const { conflict, ...others } = this.byId.get(id) ?? entity;
    const link = isConflict ? entity.id : conflict;
    this.put({ ...others, id, ...(link !== undefined && { conflict: link }) });
    if (isConflict) this.put({ ...this.byId.get(entity.id)!, conflict: id });
  }
}

/** The id that changed; where both sides added the entity, the smaller one. */
function mergedId(base: string | undefined, ours: string, theirs: string): string {
  if (base === ours) return theirs;
  if (base === theirs) return ours;
  return compareText(ours, theirs) < 0 ? ours : theirs;
}
