import { invertEdits, mapEdit, type Edit } from './edit';
import type { Anchored } from './entity';
import { quickHash } from '../text';
import { crossingOnce, crossTexts, rememberPlace, type Direction, type TextStep } from '../text-step';

/** One step of an article's history: a change of its text, or edits of its annotations. */
export type Step = TextStep | EditStep;

export interface EditStep {
  readonly kind: 'edits';
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Identifies the change of many articles that it is part of. */
  readonly bulk?: string | undefined;
}

/** What remains of a history where its texts are gone: edits, the nearest to the present first. */
export interface SavedSteps {
  readonly done: readonly EditStep[];
  readonly undone: readonly EditStep[];
}

/** A step and the changes of the text that lead from it to the present, see {@link carryEdits}. */
export interface StepAway {
  readonly step: EditStep;
  readonly way: readonly TextStep[];
  readonly crossing: Direction;
}

/** Steps that are kept; older ones can no longer be undone, or recognised when the editor undoes them. */
const LIMITS = { edits: 500, text: 1000 } as const;

/**
 * One time line of what was done to an article: text and tags in the order in which they happened, so
 * that undo takes back the newest of either, and a span that an edit of the text destroyed comes back,
 * exactly, when the editor undoes that edit.
 */
export class History {
  private readonly steps: Step[];
  /** Steps before the cursor are done, those from it on were undone. */
  private cursor: number;

  /** @param saved steps of an earlier time line, in coordinates of the text as it is now; the nearest first */
  constructor(saved: SavedSteps = { done: [], undone: [] }) {
    this.steps = [...saved.done.toReversed(), ...saved.undone];
    this.cursor = saved.done.length;
  }

  get undoStep(): Step | undefined {
    return this.steps[this.cursor - 1];
  }

  get redoStep(): Step | undefined {
    return this.steps[this.cursor];
  }

  /** Adds a step that was just done. Undone text stays behind new edits: the editor can still do it again. */
  push(step: Step): void {
    const undone = this.steps.splice(this.cursor);
    this.steps.push(step);
    this.cursor = this.steps.length;
    this.forgetOldest(step.kind);
    if (step.kind === 'edits') this.steps.push(...textsOf(undone));
  }

  /** Keeps to the limit of a kind. All steps are done. Edits below a text that is forgotten stay, carried past it. */
  private forgetOldest(kind: Step['kind']): void {
    if (this.steps.filter((step) => step.kind === kind).length <= LIMITS[kind]) return;
    const at = this.steps.findIndex((step) => step.kind === kind);
    const [gone] = this.steps.splice(at, 1);
    this.cursor--;
    if (gone?.kind !== 'text') return;
    for (let i = 0; i < at; i++) {
      const step = this.steps[i]!;
      if (step.kind === 'edits') this.steps[i] = carryEdits({ step, way: [gone], crossing: 'redo' }, false);
    }
  }

  /**
   * Takes back the newest edits of annotations, also where the text was edited since.
   * @param bulk those of this change of many articles, whatever was done since
   * @returns what to apply to the annotations as they are now (see {@link refreshEdits})
   */
  undoEdits(bulk?: string): { title: string; edits: Edit[] } | undefined {
    const at = this.steps.findLastIndex((step, i) => i < this.cursor && isEditsOf(step, bulk));
    const step = this.steps[at];
    if (step?.kind !== 'edits') return undefined;
    const since = this.steps.slice(at + 1, this.cursor);
    const carried = carryStep(step, since, 'redo');
    this.steps.splice(at, since.length + 1, ...since, carried);
    this.cursor--;
    return { title: step.title, edits: invertEdits(carried.edits) };
  }

  /** Does the oldest undone edits of annotations again, also where undone text stands before them. */
  redoEdits(bulk?: string): { title: string; edits: readonly Edit[] } | undefined {
    const at = this.steps.findIndex((step, i) => i >= this.cursor && isEditsOf(step, bulk));
    const step = this.steps[at];
    if (step?.kind !== 'edits') return undefined;
    const undone = this.steps.slice(this.cursor, at);
    const carried = carryStep(step, undone.toReversed(), 'undo');
    this.steps.splice(this.cursor, undone.length + 1, carried, ...undone);
    this.cursor++;
    return carried;
  }

  /** What {@link undoEdits} or {@link redoEdits} would do, and of which change of many articles that is part. */
  nextEdits(direction: Direction, bulk?: string): Pick<EditStep, 'edits' | 'bulk'> | undefined {
    for (const away of this.editsFromHere(direction)) {
      if (bulk !== undefined && away.step.bulk !== bulk) continue;
      const { edits } = carryEdits(away, false);
      return { edits: direction === 'undo' ? invertEdits(edits) : edits, bulk: away.step.bulk };
    }
    return undefined;
  }

  /** Takes the step that was just undone or redone out of the time line: it turned out not to apply. */
  forget(direction: Direction): void {
    if (direction === 'redo') this.cursor--;
    this.steps.splice(this.cursor, 1);
  }

  /**
   * The steps of annotations that can be undone (or done again), the nearest first, each with the way that
   * carries it into the text as it is now.
   */
  *editsFromHere(direction: Direction): Generator<StepAway> {
    let way: readonly TextStep[] = [];
    const [steps, crossing] =
      direction === 'undo'
        ? ([this.steps.slice(0, this.cursor).reverse(), 'redo'] as const)
        : ([this.steps.slice(this.cursor), 'undo'] as const);
    for (const step of steps) {
      if (step.kind === 'text') way = [step, ...way];
      else yield { step, way, crossing };
    }
  }

  /**
   * Follows the editor's own undo or redo to a text that was there before. Edits of annotations on the
   * way stay as they are, done or undone; they now stand on the other side of the text that moved.
   * @param key identifies the text now, see {@link textKey}
   * @returns the entities where they were in that text; `undefined` where the text is not remembered
   */
  travel<A extends Anchored>(direction: Direction, key: string, entities: readonly A[]): A[] | undefined {
    const target = this.find(direction, key);
    if (target === undefined) return undefined;
    const [from, to] = direction === 'undo' ? [target, this.cursor] : [this.cursor, target];
    const passed = this.steps.slice(from, to);
    const texts = textsOf(passed);
    const onTheWay = direction === 'undo' ? texts.toReversed() : texts;
    const placed = entities.map((entity) => crossTexts(entity, onTheWay, direction, true));
    const edits = passed.flatMap((step, i) => {
      if (step.kind !== 'edits') return [];
      const crossed = direction === 'undo' ? passed.slice(0, i).reverse() : passed.slice(i + 1);
      return [carryStep(step, crossed, direction)];
    });
    this.steps.splice(
      from,
      passed.length,
      ...(direction === 'undo' ? [...edits, ...texts] : [...texts, ...edits]),
    );
    this.cursor = from + (direction === 'undo' ? edits.length : texts.length);
    return placed;
  }

  /**
   * Where entities were in a text that was there before, though nothing is undone: it came back in another way.
   * @param key identifies that text, see {@link textKey}
   * @returns in the order of the entities; `undefined` where the text is not remembered
   */
  placesIn<A extends Anchored>(key: string, entities: readonly A[]): A[] | undefined {
    const target = this.find('undo', key);
    if (target === undefined) return undefined;
    const passed = textsOf(this.steps.slice(target, this.cursor)).reverse();
    const cross = crossingOnce(passed, 'undo');
    return entities.map((entity) => cross(entity));
  }

  /**
   * Remembers that entities are elsewhere in the text that a step led to than moving alone told.
   * @param key identifies that text
   * @param places of entities before that step and now
   */
  rememberPlaces(key: string, places: readonly (readonly [was: Anchored, is: Anchored])[]): void {
    const isIt = (step: Step, i: number) => i < this.cursor && step.kind === 'text' && step.keyAfter === key;
    const step = this.steps.findLast(isIt);
    if (step?.kind === 'text') for (const [was, is] of places) rememberPlace(step, was, is);
  }

  private find(direction: Direction, key: string): number | undefined {
    if (direction === 'undo') {
      for (let i = this.cursor - 1; i >= 0; i--) {
        const step = this.steps[i]!;
        if (step.kind === 'text' && step.keyBefore === key) return i;
      }
    } else {
      for (let i = this.cursor; i < this.steps.length; i++) {
        const step = this.steps[i]!;
        if (step.kind === 'text' && step.keyAfter === key) return i + 1;
      }
    }
    return undefined;
  }
}

function isEditsOf(step: Step, bulk: string | undefined): boolean {
  return step.kind === 'edits' && (bulk === undefined || step.bulk === bulk);
}

/** Edits on the other side of the changes of the text among steps. @param crossed in the order of the way */
function carryStep(step: EditStep, crossed: readonly Step[], crossing: Direction): EditStep {
  return carryEdits({ step, way: textsOf(crossed), crossing }, true);
}

/** A step at the end of its way. @param remembers whether it may come back the same way */
export function carryEdits({ step, way, crossing }: StepAway, remembers: boolean): EditStep {
  if (way.length === 0) return step;
  const carry = remembers
    ? <A extends Anchored>(anchored: A) => crossTexts(anchored, way, crossing)
    : crossingOnce(way, crossing);
  return { ...step, edits: step.edits.map((edit) => mapEdit(edit, carry)) };
}

function textsOf(steps: readonly Step[]): TextStep[] {
  return steps.filter((step) => step.kind === 'text');
}

/** A short key of a text: its length and {@link quickHash}. */
export function textKey(text: string): string {
  return `${text.length}:${quickHash(text)}`;
}
