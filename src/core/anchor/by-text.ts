import { contextAgreement, occurrencesOf, type Occurrence } from '../candidates';
import type { Anchored } from '../model/entity';
import type { Span, TextIndex } from '../text';
import { fold, foldedOf } from './fold';

/** An entity whose place in the new text is known. */
interface Anchor {
  readonly entity: Anchored;
  readonly place: Span;
}

/**
 * Finds entities in a text where the text that their offsets belong to is not at hand: by their own text
 * and context, and by how far their neighbours have moved.
 * @param entities in the sidecar's order
 * @param isTrusted whether an entity is known to be where it says (as where a sidecar does not say which text it belongs to)
 * @returns the places that are certain, in code points
 */
export function anchorByText(
  entities: readonly Anchored[],
  index: TextIndex,
  isTrusted: (entity: Anchored) => boolean,
): Map<Anchored, Span> {
  const occurrences = memo((text: string) => occurrencesOf(text, index));
  const sure: Anchor[] = [];
  const moved: Anchor[] = [];
  for (const entity of entities) {
    const place = isTrusted(entity) ? entity : findAlone(entity, occurrences(entity.text), index);
    if (place) (hasContext(entity) || place === entity ? sure : moved).push({ entity, place });
  }
  const chain = longestChain([...sure, ...moved].sort(byOldPlace));
  const found = new Map<Anchored, Span>(sure.map(({ entity, place }) => [entity, place]));
  for (const anchor of keepConsistent(chain, moved)) found.set(anchor.entity, anchor.place);
  for (const anchor of blocks([...sure, ...moved].sort(byOldPlace), chain))
    found.set(anchor.entity, anchor.place);
  const fixed = chain.filter(({ entity }) => found.has(entity));
  for (const run of runsBetween(entities, found, fixed)) {
    for (const { entity, place } of placeRun(run, occurrences, index)) found.set(entity, place);
  }
  return found;
}

/**
 * The place of an entity that needs no neighbour to be certain: the only one with its text or, if it has
 * context, with all of that, where no other has half of it.
 */
export function findAlone(
  entity: Anchored,
  places: readonly Occurrence[],
  index: TextIndex,
): Occurrence | undefined {
  const wanted = contextLength(entity);
  const agreeing = places.filter((place) => agreementOf(entity, place, index) * 2 >= wanted);
  const [alone] = agreeing;
  if (!alone || agreeing.length > 1 || agreementOf(entity, alone, index) < wanted) return undefined;
  return wanted > 0 || isWholeWord(alone, index) ? alone : undefined;
}

function agreementOf(entity: Anchored, place: Occurrence, index: TextIndex): number {
  const { before, after } = contextAgreement(entity, place, index);
  return before + after;
}

/** The least of its context that must stand on either side of an entity, in UTF-16 units. */
const EITHER_SIDE = 4;

/** Whether the context of an entity is there on both sides: what begins or ends a sentence alike may be any sentence. */
function isBetween(entity: Anchored, place: Occurrence, index: TextIndex): boolean {
  const { before, after } = contextAgreement(entity, place, index);
  const isThere = (agreed: number, context = '') => agreed >= Math.min(EITHER_SIDE, fold(context).length);
  return isThere(before, entity.before) && isThere(after, entity.after);
}

function hasContext({ before = '', after = '' }: Anchored): boolean {
  return before !== '' || after !== '';
}

function contextLength({ before = '', after = '' }: Anchored): number {
  return fold(before).length + fold(after).length;
}

/** Whether a place does not begin or end inside of a word. */
function isWholeWord({ start16, end16 }: Occurrence, index: TextIndex): boolean {
  const { text } = foldedOf(index);
  const cuts = (at16: number) => /^[\p{L}\p{N}]{2}$/u.test(text.slice(at16 - 1, at16 + 1));
  return !(start16 > 0 && cuts(start16)) && !cuts(end16);
}

function shiftOf({ entity, place }: Anchor): number {
  return place.start - entity.start;
}

function byOldPlace(a: Anchor, b: Anchor): number {
  return a.entity.start - b.entity.start || b.entity.end - a.entity.end;
}

/** The most anchors that stand in one order in both texts. @param anchors in the old order */
function longestChain(anchors: readonly Anchor[]): Anchor[] {
  interface Link {
    readonly anchor: Anchor;
    readonly previous: Link | undefined;
  }
  /** The last of the best chain of each length. */
  const ends: Link[] = [];
  for (const anchor of anchors) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]!.anchor.place.start <= anchor.place.start) low = middle + 1;
      else high = middle;
    }
    ends[low] = { anchor, previous: ends[low - 1] };
  }
  const chain: Anchor[] = [];
  for (let link = ends.at(-1); link; link = link.previous) chain.push(link.anchor);
  return chain.reverse();
}

/** Those of a chain that do not stand alone against neighbours which agree with each other. */
function keepConsistent(chain: readonly Anchor[], doubtful: readonly Anchor[]): Anchor[] {
  const doubted = new Set(doubtful);
  return chain.filter((anchor, i) => {
    if (!doubted.has(anchor)) return true;
    const before = i === 0 ? 0 : shiftOf(chain[i - 1]!);
    const next = chain[i + 1];
    return !next || before !== shiftOf(next) || before === shiftOf(anchor);
  });
}

/** Anchors outside of the chain that moved together with the one beside them: a paragraph that stands elsewhere now. */
function blocks(anchors: readonly Anchor[], chain: readonly Anchor[]): Anchor[] {
  const inOrder = new Set(chain);
  const isTogether = (a: Anchor, b: Anchor | undefined) =>
    b !== undefined && !inOrder.has(b) && b.entity.text !== a.entity.text && shiftOf(a) === shiftOf(b);
  return anchors.filter(
    (anchor, i) =>
      !inOrder.has(anchor) && (isTogether(anchor, anchors[i - 1]) || isTogether(anchor, anchors[i + 1])),
  );
}

/** Entities in a row that have no place yet, and the anchors on both sides. */
interface Run {
  readonly previous: Anchor | undefined;
  readonly next: Anchor | undefined;
  readonly entities: readonly Anchored[];
}

function runsBetween(
  entities: readonly Anchored[],
  found: ReadonlyMap<Anchored, Span>,
  fixed: readonly Anchor[],
): Run[] {
  const runs: Run[] = [];
  let open: Anchored[] = [];
  let i = 0;
  const close = () => {
    if (open.length > 0) runs.push({ previous: fixed[i - 1], next: fixed[i], entities: open });
    open = [];
  };
  for (const entity of entities) {
    if (entity === fixed[i]?.entity) {
      close();
      i++;
    } else if (!found.has(entity)) {
      open.push(entity);
    }
  }
  close();
  return runs;
}

/** The share of its context that an entity must have at a place which is not told by its neighbours. */
const MOST_OF_IT = 0.6;

function placeRun(
  { previous, next, entities }: Run,
  occurrences: (text: string) => readonly Occurrence[],
  index: TextIndex,
): Anchor[] {
  const shift = previous ? shiftOf(previous) : 0;
  const nextShift = next && shiftOf(next);
  const at = (entity: Anchored, by: number | undefined) =>
    by === undefined ? undefined : occurrences(entity.text).find(({ start }) => start === entity.start + by);
  // Where the text between two anchors has the length that it had, everything in it moved as they did.
  if (shift === nextShift) {
    return entities.flatMap((entity) => {
      const told = at(entity, shift);
      const place = told && isBetween(entity, told, index) && isBest(entity, told) ? told : byContext(entity);
      return place ? [{ entity, place }] : [];
    });
  }
  // Else something was inserted or deleted somewhere between: before it the one shift holds, behind it the other.
  const firstOff = entities.findIndex((entity) => !at(entity, shift));
  const prefix = firstOff < 0 ? entities.length : firstOff;
  const suffix = entities.findLastIndex((entity) => !at(entity, nextShift)) + 1;
  return entities.flatMap((entity, i) => {
    const told =
      prefix < suffix
        ? undefined
        : i < suffix
          ? at(entity, shift)
          : i >= prefix
            ? at(entity, nextShift)
            : undefined;
    const place = told && isBorneOut(entity, told) ? told : byContext(entity);
    return place ? [{ entity, place }] : [];
  });

  function inside(place: Span): boolean {
    return (!previous || place.start >= previous.place.start) && (!next || place.start <= next.place.start);
  }

  /** Whether no other place has more of an entity's context. */
  function isBest(entity: Anchored, place: Occurrence): boolean {
    const agreement = agreementOf(entity, place, index);
    return occurrences(entity.text).every((other) => agreementOf(entity, other, index) <= agreement);
  }

  /** Whether more than the distance speaks for a place. */
  function isBorneOut(entity: Anchored, place: Occurrence): boolean {
    if (!hasContext(entity)) return occurrences(entity.text).filter(inside).length === 1;
    const agreement = agreementOf(entity, place, index);
    const isRivalled = occurrences(entity.text).some(
      (other) => other !== place && inside(other) && agreementOf(entity, other, index) >= agreement,
    );
    return !isRivalled && isBetween(entity, place, index) && agreement * 2 >= contextLength(entity);
  }

  function byContext(entity: Anchored): Occurrence | undefined {
    const [best, second] = occurrences(entity.text)
      .map((place) => ({ place, agreement: agreementOf(entity, place, index) }))
      .sort((a, b) => b.agreement - a.agreement);
    if (!best || !inside(best.place) || best.agreement < contextLength(entity) * MOST_OF_IT) return undefined;
    if (!hasContext(entity) || !isBetween(entity, best.place, index)) return undefined;
    const isRivalled = second && second.agreement * 2 >= contextLength(entity);
    return isRivalled ? undefined : best.place;
  }
}

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}
