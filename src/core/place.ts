import { alignTexts } from './align';
import { withFields, type Entity } from './entity';
import { moveEntity, refreshText } from './follow-text';
import { countCodePoints, type TextIndex } from './text';

export interface Placement {
  readonly entities: readonly Entity[];
  /** How many were found at another place than their sidecar says. */
  readonly moved: number;
}

/**
 * Puts entities, as a sidecar holds them, into the article's text. A span whose text stands where the
 * sidecar says stays; else it moves to the only occurrence of its text (with its `before` and `after`,
 * where it has them); else it stays where it was and is marked broken. None is dropped.
 */
export function placeEntities(entities: readonly Entity[], index: TextIndex): Placement {
  let moved = 0;
  const placed = entities.map((entity) => {
    if (entity.end <= index.length && entity.start < entity.end && index.slice(entity) === entity.text) {
      return mended(entity);
    }
    const found = findOnly(entity, index);
    if (!found) return { ...entity, broken: true };
    moved++;
    return mended(found);
  });
  return { entities: placed, moved };
}

function mended(entity: Entity): Entity {
  return entity.broken ? withFields(entity, { broken: undefined }) : entity;
}

function findOnly(entity: Entity, index: TextIndex): Entity | undefined {
  const { before = '', text, after = '', parts } = entity;
  if (text === '') return undefined;
  const wanted = before + text + after;
  const first16 = index.text.indexOf(wanted);
  if (first16 < 0 || index.text.indexOf(wanted, first16 + 1) >= 0) return undefined;
  const start = countCodePoints(index.text.slice(0, first16 + before.length));
  const end = start + countCodePoints(text);
  // Half of a character is not a place.
  if (index.slice({ start, end }) !== text) return undefined;
  const by = start - entity.start;
  return { ...entity, start, end, ...(parts && { parts: parts.map(([from, to]) => [from + by, to + by]) }) };
}

/**
 * Carries entities of an older text into a newer one, as unsaved edits make it. One whose text is all gone
 * is left empty where it was, and marked broken.
 */
export function carrier(from: TextIndex, to: TextIndex): (entity: Entity) => Entity {
  if (from === to) return (entity) => entity;
  const changes = alignTexts(from, to);
  return (entity) => refreshText(moveEntity(entity, changes), to);
}
