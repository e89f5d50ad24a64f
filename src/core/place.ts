import { alignTexts } from './align';
import { anchorByDiff } from './anchor/by-diff';
import { anchorByText } from './anchor/by-text';
import { fold, FoldedText } from './anchor/fold';
import { mapEdit, type Edit } from './model/edit';
import {
  anchoredOf,
  anchorKey,
  annotationsOf,
  isEntity,
  withAnchored,
  type Annotations,
} from './model/records';
import { compareSpans, compareText, holdsText, withFields, type Anchored } from './model/entity';
import { atPlaceOf, isSamePlace, moveEntity, refreshText } from './follow-text';
import { TextIndex, type Span } from './text';

export interface Placement<A extends Anchored> {
  /** In the order in which they were given. */
  readonly entities: readonly A[];
  /** How many entities were found at another place than their sidecar says. */
  readonly moved: number;
}

/**
 * What is known of the text that the offsets of entities belong to: that text itself; that it is the
 * article's `same` text, by its hash; that it is `another`; or nothing, since the sidecar does not say.
 */
export type Origin = TextIndex | 'same' | 'another' | 'unsaid';

/** Whether a sidecar was written for an article, by the text that it belongs to: that of now, or one that it had. */
export function isOwnText(origin: Origin): boolean {
  return origin === 'same' || typeof origin === 'object';
}

/**
 * Puts entities, and what else is anchored, as a sidecar holds them, into the article's text. One whose place is
 * certain stays or moves; any other stays where it was and is marked broken. None is dropped, none moves on a guess:
 * in the same text a span that is broken, or does not hold its text, was left to a person already.
 */
export function placeEntities<A extends Anchored>(
  entities: readonly A[],
  index: TextIndex,
  known: Origin = 'unsaid',
): Placement<A> {
  const origin = typeof known === 'object' && known.text === index.text ? 'same' : known;
  // So are nearly all.
  const isAsSaid =
    origin === 'same' && entities.every((entity) => !entity.broken && holdsText(entity, index));
  if (isAsSaid) return { entities, moved: 0 };
  const places = origin === 'same' ? new Map<Anchored, Span>() : findPlaces(entities, index, origin);
  let moved = 0;
  const placed = entities.map((entity) => {
    const isHere = holdsText(entity, index);
    if (origin === 'same' && entity.broken) return entity;
    const isTrusted = origin === 'same' || (origin === 'unsaid' && isHere && !entity.broken);
    const place = isTrusted ? entity : places.get(entity);
    if (place && isHere && place.start === entity.start && place.end === entity.end) return mended(entity);
    const found = place && putAt(entity, place, index);
    if (!found) return entity.broken ? entity : { ...entity, broken: true };
    if (isEntity(entity)) moved++;
    return mended(found);
  });
  return { entities: placed, moved };
}

/** What a layer says, if it is there, with what is anchored where it is in a text; see {@link placeEntities}. */
export function placeAnnotations(
  layer: Annotations | undefined,
  index: TextIndex,
  origin?: Origin,
): { readonly annotations: Annotations; readonly moved: number } {
  const annotations = annotationsOf(layer);
  const { entities, moved } = placeEntities(anchoredOf(annotations), index, origin);
  return { annotations: withAnchored(annotations, entities), moved };
}

/** Edits whose entities were kept without their text, placed in it as {@link placeEntities} does. */
export function placeEdits(edits: readonly Edit[], index: TextIndex): Edit[] {
  return edits.map((edit) => mapEdit(edit, (one) => placeEntities([one], index).entities[0]!));
}

function findPlaces(
  entities: readonly Anchored[],
  index: TextIndex,
  origin: Exclude<Origin, 'same'>,
): ReadonlyMap<Anchored, Span> {
  if (entities.length === 0) return new Map();
  if (typeof origin === 'object') return anchorByDiff(entities, origin, index);
  const isTrusted = (entity: Anchored) => origin === 'unsaid' && !entity.broken && holdsText(entity, index);
  if (entities.every(isTrusted)) return new Map();
  // Entities are where they are, whoever comments on what.
  const kinds = [entities.filter(isEntity), entities.filter((one) => !isEntity(one))];
  return new Map(
    kinds.flatMap((some) => [...anchorByText([...some].sort(compareAnchored), index, isTrusted)]),
  );
}

function compareAnchored(a: Anchored, b: Anchored): number {
  const labels = isEntity(a) && isEntity(b) ? compareText(a.label, b.label) : 0;
  return compareSpans(a, b) || labels || compareText(a.id, b.id);
}

function mended<A extends Anchored>(entity: A): A {
  return entity.broken ? withFields(entity, { broken: undefined }) : entity;
}

/**
 * An entity at a place that holds its text, perhaps written in another way; white space at the text's
 * ends, which a place does not have, is looked for around it.
 * @returns `undefined` where something of the entity has no place there
 */
function putAt<A extends Anchored>(entity: A, place: Span, index: TextIndex): A | undefined {
  // What nobody sees, such as a space or a joiner, is like any other, and like nothing.
  if (fold(entity.text).trim() === '') return undefined;
  const [lead = '', trail = ''] = [/^\s*/, /\s*$/].map((ends) => ends.exec(entity.text)?.[0] ?? '');
  const [start, end] = [place.start - lead.length, place.end + trail.length];
  const text = index.slice({ start, end });
  if (start < 0 || end > index.length || fold(text) !== fold(entity.text)) return undefined;
  const put = { ...entity, start, end, text };
  if (!entity.parts) return put;
  const parts = entity.parts.map(([from, to]) =>
    partAt({ start: from - entity.start, end: to - entity.start }, entity.text, text),
  );
  if (!parts.every((part) => part !== undefined)) return undefined;
  return { ...put, parts: parts.map((part) => [part.start + start, part.end + start]) };
}

/** A piece of a text in another that is the same but for the way in which it is written. */
function partAt(part: Span, from: string, to: string): Span | undefined {
  if (from === to) return part;
  const old = new FoldedText(new TextIndex(from));
  return new FoldedText(new TextIndex(to)).span(old.offset16(part.start), old.offset16(part.end));
}

/**
 * Entities of unsaved text in the saved text that came back in its place: those that nobody moved meanwhile are
 * where they were, what was added is where the comparison of the two leads.
 * @param from the unsaved text
 * @param known the entities that were there, as they are in the saved text
 */
export function returnEntities<A extends Anchored>(
  entities: readonly A[],
  from: TextIndex,
  known: readonly Anchored[],
  saved: TextIndex,
): A[] {
  const carry = carrier(saved, from);
  const carryBack = carrier(from, saved);
  const places = new Map(known.map((entity) => [anchorKey(entity), entity]));
  return entities.map((entity) => {
    const was = places.get(anchorKey(entity));
    if (!was || !isSamePlace(carry(was), entity)) return carryBack(entity);
    return atPlaceOf(entity, was);
  });
}

/** Puts what is anchored elsewhere. */
export type Carry = <A extends Anchored>(anchored: A) => A;

/**
 * Carries entities, and what else is anchored, of an older text into a newer one, as unsaved edits make it. One whose
 * text is all gone is left empty where it was, and marked broken.
 */
export function carrier(from: TextIndex, to: TextIndex): Carry {
  if (from === to) return (entity) => entity;
  const changes = alignTexts(from, to);
  return (entity) => refreshText(moveEntity(entity, changes), to);
}

/** Annotations with what is anchored elsewhere, see {@link carrier}. */
export function carryAnnotations(annotations: Annotations, carry: Carry): Annotations {
  return withAnchored(
    annotations,
    anchoredOf(annotations).map((one) => carry(one)),
  );
}
