import { anchoredOf, anchorKey, withAnchored, type AnchoredRecord, type Annotations } from '../model/records';
import { withFields, type Anchored } from '../model/entity';
import type { Carry } from '../place';
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
  const carry = carrier(anchoredOf(theirs), [ours]);
  const was = byKey(base && anchoredOf(base));
  const now = byKey(anchoredOf(before));
  const other = anchoredOf(theirs).map((one) =>
    was.get(anchorKey(one))?.text === one.text ? at(one, now.get(anchorKey(one))!) : carry(one),
  );
  return { ofText: [], states: [before, ours, withAnchored(theirs, other)] };
}

function toOneOf(base: Annotations, sides: readonly Annotations[]): Annotations {
  const anchored = anchoredOf(base);
  const carry = carrier(anchored, sides);
  return withAnchored(
    base,
    anchored.map((one) => carry(one)),
  );
}

function byKey(anchored: readonly AnchoredRecord[] = []): Map<string, AnchoredRecord> {
  return new Map(anchored.map((one) => [anchorKey(one), one]));
}

/** The base and a side of the same text in the text of the other side. */
function toTextOf(other: Sidecar, base: Sidecar, side: Sidecar): [Annotations, Annotations] {
  const [inBase, inSide] = [anchoredOf(base), anchoredOf(side)];
  const was = byKey(inBase);
  // What the side itself has moved since tells nothing of the texts.
  const anchors = [...inBase, ...inSide.filter((one) => !was.has(anchorKey(one)))];
  const carry = carrier(anchors, [other]);
  const shift = shifter(anchors, [other]);
  const before = inBase.map((one) => carry(one));
  const now = byKey(before);
  const anchored = inSide.map((one) => {
    const old = was.get(anchorKey(one));
    if (!old) return carry(one);
    return placeKey(old) === placeKey(one) ? at(one, now.get(anchorKey(one))!) : shift(one);
  });
  return [withAnchored(base, before), withAnchored(side, anchored)];
}

/** Puts what is anchored where some sides have it, who agree on the text; the rest goes along with its neighbours. */
function carrier(anchored: readonly AnchoredRecord[], sides: readonly Annotations[]): Carry {
  const shift = shifter(anchored, sides);
  const maps = sides.map((side) => byKey(anchoredOf(side)));
  return (entity) => {
    const found = maps.flatMap((map) => {
      const there = map.get(anchorKey(entity));
      return there?.text === entity.text ? [there] : [];
    });
    const isSure = found[0] && found.every((there) => placeKey(there) === placeKey(found[0]!));
    return isSure ? at(entity, found[0]!) : shift(entity);
  };
}

/** Moves what is anchored as far as the nearest that both texts have. */
function shifter(anchored: readonly AnchoredRecord[], sides: readonly Annotations[]): Carry {
  const maps = sides.map((side) => byKey(anchoredOf(side)));
  const anchors = anchored
    .flatMap((one) => {
      const { start, text } = one;
      const there = maps.map((map) => map.get(anchorKey(one))).find((other) => other?.text === text);
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

function movedBy<A extends Anchored>(entity: A, by: number): A {
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

/** What is anchored where another of the same text is. */
function at<A extends Anchored>(entity: A, { start, end, text, parts, before, after }: Anchored): A {
  return withFields(entity, { start, end, text, parts, before, after });
}
