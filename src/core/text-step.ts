import { invertChanges, type TextChange } from './change';
import type { Anchored } from './model/entity';
import { anchorKey } from './model/records';
import { atPlaceOf, isSamePlace, moveEntities, moveEntity } from './follow-text';

/**
 * A change of an article's text, as its history remembers it: with the entities, and what else is anchored,
 * by id and place on one side, that moving alone would not put right on the other.
 */
export interface TextStep {
  readonly kind: 'text';
  readonly changes: readonly TextChange[];
  readonly inverse: readonly TextChange[];
  /** Identify the text before and after, to know it again when the editor undoes. */
  readonly keyBefore: string;
  readonly keyAfter: string;
  /** Entities of the text before, by their place in the text after, and the other way round. */
  readonly before: Places;
  readonly after: Places;
}

/** Entities of one side, by what they are on the other: the very object, else its place. */
class Places {
  private readonly byObject = new WeakMap<Anchored, Anchored>();
  private readonly byKey = new Map<string, Anchored>();

  get isEmpty(): boolean {
    return this.byKey.size === 0;
  }

  /**
   * Keeps where an entity is on one side, by where it is on the other. Of a place there is one memory: that of
   * the entity as it is, else, as edits hold other versions of it, the first.
   */
  remember(here: Anchored, there: Anchored, isAsItIs: boolean): void {
    this.byObject.set(here, there);
    for (const key of placeKeys(here)) if (isAsItIs || !this.byKey.has(key)) this.byKey.set(key, there);
  }

  recall(here: Anchored): Anchored | undefined {
    if (this.isEmpty) return undefined;
    const own = this.byObject.get(here);
    if (own) return own;
    const key = placeKeys(here).find((one) => this.byKey.has(one));
    return key === undefined ? undefined : this.byKey.get(key);
  }
}

export type Direction = 'undo' | 'redo';

/**
 * The step for changes of the text, with what of the entities must be remembered to undo it.
 * @param changes of one event, from the last to the first
 * @param moved the entities in the text after, in their order
 */
export function textStep<A extends Anchored>(
  entities: readonly A[],
  changes: readonly TextChange[],
  keyBefore: string,
  keyAfter: string,
  moved: readonly A[] = moveEntities(entities, changes),
): TextStep {
  const [before, after] = [new Places(), new Places()];
  const step: TextStep = {
    kind: 'text',
    changes,
    inverse: invertChanges(changes),
    keyBefore,
    keyAfter,
    before,
    after,
  };
  entities.forEach((was, i) => rememberPlace(step, was, moved[i]!));
  return step;
}

/** Remembers where an entity is before and after a step, where moving it alone would not tell. */
export function rememberPlace(step: TextStep, was: Anchored, is: Anchored): void {
  const { changes, inverse, before, after } = step;
  if (!isAt(moveEntity(was, changes), is)) after.remember(was, is, true);
  if (!isAt(moveEntity(is, inverse), was)) before.remember(is, was, true);
}

function isAt(moved: Anchored, wanted: Anchored): boolean {
  return isSamePlace(moved, wanted) && moved.broken === wanted.broken;
}

/** What one place is known by, the surest first: where nothing is left of two, their texts tell them apart. */
function placeKeys(anchored: Anchored): string[] {
  const { start, end, text } = anchored;
  const key = `${start}:${end}:${anchorKey(anchored)}`;
  return start === end ? [`${key} ${text}`, key] : [key];
}

/**
 * An entity on the other side of changes of the text, which are given in the order in which they are crossed.
 * Where it was is remembered, so that it can come back the same way.
 * @param isAsItIs whether it is the article's entity, or a version of one in an edit
 */
export function crossTexts<A extends Anchored>(
  entity: A,
  texts: readonly TextStep[],
  direction: Direction,
  isAsItIs = false,
): A {
  return cross(entity, texts, direction, (places, here, there) => places.remember(here, there, isAsItIs));
}

/** Like {@link crossTexts}, for many entities that will not come back: nothing is remembered. */
export function crossingOnce(
  texts: readonly TextStep[],
  direction: Direction,
): <A extends Anchored>(entity: A) => A {
  return (entity) => cross(entity, texts, direction);
}

function cross<A extends Anchored>(
  entity: A,
  texts: readonly TextStep[],
  direction: Direction,
  remember?: (places: Places, here: Anchored, there: Anchored) => void,
): A {
  let placed = entity;
  for (const step of texts) {
    const [forth, back] = direction === 'undo' ? [step.inverse, step.changes] : [step.changes, step.inverse];
    const [there, here] = direction === 'undo' ? [step.before, step.after] : [step.after, step.before];
    const from = placed;
    const was = there.recall(from);
    placed = was ? atPlaceOf(from, was) : moveEntity(from, forth);
    if (remember && !isAt(moveEntity(placed, back), from)) remember(here, placed, from);
  }
  return placed;
}
