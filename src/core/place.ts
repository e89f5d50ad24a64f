import { moveEntity } from './history';
import type { Entity } from './entity';
import { toTextChange } from './change';
import { TextIndex } from './text';

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
      return entity;
    }
    const found = findOnly(entity, index);
    if (!found) return { ...entity, broken: true };
    moved++;
    return found;
  });
  return { entities: placed, moved };
}

function findOnly(entity: Entity, index: TextIndex): Entity | undefined {
  const { before = '', text, after = '' } = entity;
  if (text === '' || entity.parts) return undefined;
  const wanted = before + text + after;
  const first16 = index.text.indexOf(wanted);
  if (first16 < 0 || index.text.indexOf(wanted, first16 + 1) >= 0) return undefined;
  const start = new TextIndex(index.text.slice(0, first16 + before.length)).length;
  return { ...entity, start, end: start + new TextIndex(text).length };
}

/** Carries entities of an older text into a newer one that differs from it in one region, as an unsaved edit does. */
export function carrier(from: TextIndex, to: TextIndex): (entity: Entity) => Entity {
  if (from === to) return (entity) => entity;
  const change = toTextChange(from, { start16: 0, end16: from.raw.length, text: to.raw });
  return (entity) => (change ? moveEntity(entity, [change]) : entity);
}
