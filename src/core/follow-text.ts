import { moveSpan, type TextChange } from './change';
import { mapEdit, type Edit } from './edit';
import type { Entity } from './entity';
import type { Span, TextIndex } from './text';

/**
 * An entity after changes of the text; its `text` is the caller's to refresh (see {@link refreshTexts}).
 * @returns the entity itself where nothing of it changed, not even within its span
 */
export function moveEntity(entity: Entity, changes: readonly TextChange[]): Entity {
  let span: Span = entity;
  let parts = entity.parts;
  let isTouched = false;
  for (const change of changes) {
    isTouched ||= change.start < span.end && change.end > span.start;
    span = moveSpan(span, change);
    parts = parts?.map(([start, end]) => {
      const moved = moveSpan({ start, end }, change);
      return [moved.start, moved.end] as const;
    });
  }
  const moved = { ...entity, start: span.start, end: span.end, ...(parts && { parts }) };
  return !isTouched && isSamePlace(moved, entity) ? entity : moved;
}

export function isSamePlace(a: Entity, b: Entity): boolean {
  return a.start === b.start && a.end === b.end && JSON.stringify(a.parts) === JSON.stringify(b.parts);
}

/**
 * Entities after a change of the text, with the text that their spans now hold; one whose text is all
 * gone keeps its old text and is marked broken.
 * @param moved the entities where they are now, in the order of `before`
 */
export function refreshTexts(
  moved: readonly Entity[],
  before: readonly Entity[],
  index: TextIndex,
): Entity[] {
  return moved.map((entity, i) => (entity === before[i] ? entity : refreshText(entity, index)));
}

/** Edits that crossed changes of the text, with the text that their entities now hold. */
export function refreshEdits(edits: readonly Edit[], index: TextIndex): Edit[] {
  return edits.map((edit) => mapEdit(edit, (entity) => refreshText(entity, index)));
}

/** An entity with the text that its span holds, see {@link refreshTexts}. */
export function refreshText(entity: Entity, index: TextIndex): Entity {
  if (entity.broken) return entity;
  if (entity.start === entity.end) return { ...entity, broken: true };
  const text = index.slice(entity);
  return text === entity.text ? entity : { ...entity, text };
}
