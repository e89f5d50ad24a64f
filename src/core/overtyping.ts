import { replacedSpan, type TextChange } from './change';
import type { Anchored } from './model/entity';
import { anchorKey } from './model/records';
import { moveEntities } from './follow-text';
import type { Span } from './text';

/** What a person types into a word: letters, their marks, and digits. */
const WORD = /^[\p{L}\p{M}\p{N}]+$/u;

/**
 * Moves entities with what a person types, key by key. Who types over a mention, or over its end, replaces it by a
 * word, of which the first key is only the beginning: the word belongs to the mention until another key is pressed.
 * Where that comes at once, what else belongs to the mention is not certain.
 */
export class Overtyping {
  /** Those whose end was just typed over. */
  private open: ReadonlySet<string> = new Set();

  /** No key was pressed: what was being typed is done. */
  end(): void {
    this.open = new Set();
  }

  /**
   * Entities after the changes of one event.
   * @param changes from the last to the first
   * @param texts what was put in, at all cursors; none where nobody typed
   */
  move<A extends Anchored>(
    entities: readonly A[],
    changes: readonly TextChange[],
    texts: readonly string[],
  ): A[] {
    const [key = '', ...others] = new Set(texts);
    // A new line brings its indentation along.
    const isKey = key !== '' && Array.from(key.trim()).length <= 1 && others.length === 0;
    const isWord = isKey && WORD.test(key);
    const goesOn = (entity: A) =>
      this.open.has(anchorKey(entity)) && changes.some((one) => isPutAt(one, entity.end));
    const isReplaced = (entity: A) => changes.some((one) => replaces(one, entity));
    const moved = moveEntities(entities, changes, (entity) => isWord && goesOn(entity));
    const result = moved.map((entity, i) =>
      isKey && !isWord && (goesOn(entities[i]!) || isReplaced(entities[i]!))
        ? { ...entity, broken: true }
        : entity,
    );
    this.open = new Set(
      isWord
        ? entities
            .filter((entity) => goesOn(entity) || changes.some((change) => replacesEnd(change, entity)))
            .map(anchorKey)
        : [],
    );
    return result;
  }
}

function isPutAt(change: TextChange, at: number): boolean {
  const { start, end } = replacedSpan(change);
  return start === at && end === at;
}

function replaces(change: TextChange, { start, end }: Span): boolean {
  const replaced = replacedSpan(change);
  return replaced.start === start && replaced.end === end;
}

function replacesEnd(change: TextChange, { start, end }: Span): boolean {
  const replaced = replacedSpan(change);
  return replaced.start >= start && replaced.start < replaced.end && replaced.end === end;
}
