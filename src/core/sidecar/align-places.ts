import { byId, type Annotations } from '../model/records';
import { withFields, type Entity } from '../model/entity';
import { placeKey } from '../model/merge-entity';
import type { Sidecar } from './sidecar';

/** Three states of a sidecar with all places in one text. */
export interface AlignedStates {
  /** The sidecars that belong to that text: their places, as they are, are those that `text_hash` vouches for. */
  readonly ofText: readonly Sidecar[];
  /** Base, ours and theirs. */
  readonly states: [Annotations, Annotations, Annotations];
}

/**
 * Puts the places of three states of a sidecar into the text of one side, as far as that can be done
 * without the texts: what a side has with the same id and text is where that side has it, and whatever
 * stands between goes along. Else every span behind an edited sentence would seem to be moved by hand.
 */
export function alignPlaces(base: Sidecar | undefined, ours: Sidecar, theirs: Sidecar): AlignedStates {
  const empty: Annotations = { status: 'open', entities: [] };
  if (ours.textHash === theirs.textHash) {
    const before = base && base.textHash !== ours.textHash ? toOneOf(base, [ours, theirs]) : base;
    return { ofText: [ours, theirs], states: [before ?? empty, ours, theirs] };
  }
  if (base?.textHash === ours.textHash) {
    const [before, mine] = toTextOf(theirs, base, ours);
    return { ofText: [theirs], states: [before, mine, theirs] };
  }
  if (base?.textHash === theirs.textHash) {
    const [before, other] = toTextOf(ours, base, theirs);
    return { ofText: [ours], states: [before, ours, other] };
  }
  // Both articles changed. Nobody has the text that comes of it; ours is as near to it as theirs.
  const before = base ? toOneOf(base, [ours]) : empty;
  const carry = carrier(theirs.entities, [ours]);
  const was = byId(base?.entities ?? []);
  const now = byId(before.entities);
  const other = theirs.entities.map((entity) =>
    was.get(entity.id)?.text === entity.text ? at(entity, now.get(entity.id)!) : carry(entity),
  );
  return { ofText: [], states: [before, ours, { ...theirs, entities: other }] };
}

function toOneOf(base: Annotations, sides: readonly Annotations[]): Annotations {
  return { ...base, entities: base.entities.map(carrier(base.entities, sides)) };
}

/** The base and a side of the same text in the text of the other side. */
function toTextOf(other: Sidecar, base: Sidecar, side: Sidecar): [Annotations, Annotations] {
  const was = byId(base.entities);
  // What the side itself has moved since tells nothing of the texts.
  const anchors = [...base.entities, ...side.entities.filter(({ id }) => !was.has(id))];
  const carry = carrier(anchors, [other]);
  const shift = shifter(anchors, [other]);
  const before = base.entities.map(carry);
  const now = byId(before);
  const entities = side.entities.map((entity) => {
    const old = was.get(entity.id);
    if (!old) return carry(entity);
    return placeKey(old) === placeKey(entity) ? at(entity, now.get(entity.id)!) : shift(entity);
  });
  return [
    { ...base, entities: before },
    { ...side, entities },
  ];
}

/** Puts entities where some sides have them, who agree on the text; others go along with their neighbours. */
function carrier(entities: readonly Entity[], sides: readonly Annotations[]): (entity: Entity) => Entity {
  const shift = shifter(entities, sides);
  const maps = sides.map((side) => byId(side.entities));
  return (entity) => {
    const found = maps.flatMap((map) => {
      const there = map.get(entity.id);
      return there?.text === entity.text ? [there] : [];
    });
    const isSure = found[0] && found.every((there) => placeKey(there) === placeKey(found[0]!));
    return isSure ? at(entity, found[0]!) : shift(entity);
  };
}

/** Moves an entity as far as the nearest one that both texts have. */
function shifter(entities: readonly Entity[], sides: readonly Annotations[]): (entity: Entity) => Entity {
  const maps = sides.map((side) => byId(side.entities));
  const anchors = entities
    .flatMap(({ id, start, text }) => {
      const there = maps.map((map) => map.get(id)).find((other) => other?.text === text);
      return there ? [{ start, by: there.start - start }] : [];
    })
    .sort((a, b) => a.start - b.start);
  return (entity) => {
    let low = 0;
    let high = anchors.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (anchors[middle]!.start <= entity.start) low = middle + 1;
      else high = middle;
    }
    const [left, right] = [anchors[low - 1], anchors[low]];
    const isRightNearer = !left || (right && right.start - entity.start < entity.start - left.start);
    return movedBy(entity, (isRightNearer ? right : left)?.by ?? 0);
  };
}

function movedBy(entity: Entity, by: number): Entity {
  const within = Math.max(by, -entity.start);
  if (within === 0) return entity;
  const { start, end, parts } = entity;
  return {
    ...entity,
    start: start + within,
    end: end + within,
    ...(parts && { parts: parts.map(([from, to]) => [from + within, to + within] as const) }),
  };
}

/** An entity where another of the same text is. */
function at(entity: Entity, { start, end, text, parts, before, after }: Entity): Entity {
  return withFields(entity, { start, end, text, parts, before, after });
}
