import { moveSpan, replacedSpan, type TextChange } from './change';
import { mapEdit, type Edit } from './model/edit';
import { withFields, type Anchored } from './model/entity';
import { placeOfParts } from './model/parts';
import { isEntity } from './model/records';
import type { Span, TextIndex } from './text';

/** Where a span is after the changes of one event. */
interface Moved {
  readonly span: Span;
  /** Whether text that was put at its start, or at its end, is in it now. */
  readonly takes: { readonly start: boolean; readonly end: boolean };
}

/**
 * Where a span is after the changes of one event, seen together: a person replaces a mention as a whole, also
 * where the editor hands that over in pieces. So text at an edge of a span in which something else changes
 * belongs to the span; else it stays outside.
 * @param changes from the last to the first
 * @param isOpen whether text at its end belongs to it anyway
 */
function moveThrough(span: Span, changes: readonly TextChange[], isOpen = false): Moved {
  const isChanged = changes.some((change) => isInside(change, span));
  let { start, end } = span;
  const takes = { start: false, end: false };
  for (const change of changes) {
    const atEdge = isChanged || (isOpen && change.start === span.end) ? edgeOf(change, span) : undefined;
    if (atEdge) takes[atEdge] = true;
    if (atEdge || isInside(change, span)) {
      end += change.inserted - (change.end - change.start);
    } else {
      ({ start, end } = moveSpan({ start, end }, change));
    }
  }
  return { span: { start, end }, takes };
}

/** Whether a change, or all of what was replaced by it, is within a span, and not only at its edge. */
function isInside(change: TextChange, span: Span): boolean {
  return [change, replacedSpan(change)].some(
    (replaced) => overlaps(replaced, span) && replaced.start >= span.start && replaced.end <= span.end,
  );
}

/** The edge of a span at which a change puts text in, and does nothing else. */
function edgeOf(change: TextChange, { start, end }: Span): 'start' | 'end' | undefined {
  const replaced = replacedSpan(change);
  if (replaced.start < replaced.end) return undefined;
  return replaced.start === end ? 'end' : replaced.start === start ? 'start' : undefined;
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && a.end > b.start;
}

/**
 * An entity, or what else is anchored, after the changes of one event of the text, given from the last to the first;
 * its `text` is the caller's to refresh (see {@link refreshTexts}).
 * @param isOpen whether text that is put at its end belongs to it
 * @returns the entity itself where nothing of it changed, not even within its span
 */
export function moveEntity<A extends Anchored>(entity: A, changes: readonly TextChange[], isOpen = false): A {
  if (!isOpen && !isTouched(entity, changes)) return shifted(entity, changes);
  if (!entity.parts) return { ...entity, ...moveThrough(entity, changes, isOpen).span };
  const parts = entity.parts.map(([start, end]) => moveThrough({ start, end }, changes).span);
  return withFields(entity, placeOfParts(parts));
}

function shifted<A extends Anchored>(entity: A, changes: readonly TextChange[]): A {
  let shift = 0;
  for (const { start, end, inserted } of changes) if (end <= entity.start) shift += inserted - (end - start);
  if (shift === 0) return entity;
  const { start, end, parts } = entity;
  return {
    ...entity,
    start: start + shift,
    end: end + shift,
    ...(parts && { parts: parts.map(([from, to]) => [from + shift, to + shift] as const) }),
  };
}

/**
 * Entities, and what else is anchored, after the changes of one event, see {@link moveEntity}. Text that is put where
 * one mention ends and another begins may belong to either: what it would belong to is broken.
 */
export function moveEntities<A extends Anchored>(
  entities: readonly A[],
  changes: readonly TextChange[],
  isOpen: (entity: A) => boolean = () => false,
): A[] {
  const placed = entities.filter((entity) => !entity.broken && isEntity(entity));
  const starts = new Set(placed.map(({ start }) => start));
  const ends = new Set(placed.map(({ end }) => end));
  return entities.map((entity) => {
    const moved = moveEntity(entity, changes, isOpen(entity));
    if (!isTouched(entity, changes)) return moved;
    const { takes } = moveThrough(entity, changes);
    const isDisputed = (takes.start && ends.has(entity.start)) || (takes.end && starts.has(entity.end));
    return isDisputed ? { ...moved, broken: true } : moved;
  });
}

/**
 * Entities after changes that nobody saw, but that a comparison of two texts found: what of them changed is
 * not certain to be what stands there now.
 */
export function moveByComparison<A extends Anchored>(
  entities: readonly A[],
  changes: readonly TextChange[],
): A[] {
  return entities.map((entity) => {
    const moved = moveEntity(entity, changes);
    return isTouched(entity, changes) ? { ...moved, broken: true } : moved;
  });
}

/** Whether something within an entity changed. */
export function isTouched(entity: Span, changes: readonly TextChange[]): boolean {
  return changes.some((change) => overlaps(change, entity) || isInside(change, entity));
}

/** What is anchored where another version of it is, with everything of that which depends on the text. */
export function atPlaceOf<A extends Anchored>(anchored: A, { start, end, text, parts, broken }: Anchored): A {
  return withFields(anchored, { start, end, text, parts, broken });
}

export function isSamePlace(a: Anchored, b: Anchored): boolean {
  return a.start === b.start && a.end === b.end && JSON.stringify(a.parts) === JSON.stringify(b.parts);
}

/**
 * Entities after a change of the text, with the text that their spans now hold; one whose text is all
 * gone keeps its old text and is marked broken.
 * @param moved the entities where they are now, in the order of `before`
 */
export function refreshTexts<A extends Anchored>(
  moved: readonly A[],
  before: readonly A[],
  index: TextIndex,
): A[] {
  return moved.map((entity, i) => (entity === before[i] ? entity : refreshText(entity, index)));
}

/** Edits that crossed changes of the text, with the text that their entities now hold. */
export function refreshEdits(edits: readonly Edit[], index: TextIndex): Edit[] {
  return edits.map((edit) => mapEdit(edit, (entity) => refreshText(entity, index)));
}

/** An entity with the text that its span holds, see {@link refreshTexts}. */
export function refreshText<A extends Anchored>(entity: A, index: TextIndex): A {
  if (entity.broken) return entity;
  if (entity.start === entity.end) return { ...entity, broken: true };
  const text = index.slice(entity);
  return text === entity.text ? entity : { ...entity, text };
}
