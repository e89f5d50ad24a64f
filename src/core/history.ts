import { invertChange, moveSpan, survives, type TextChange } from './change';
import { invertEdits, mapEdit, type Edit } from './edit';
import { withFields, type Entity } from './entity';
import type { Span, TextIndex } from './text';

/** One step of an article's history: a change of its text, or edits of its annotations. */
export type Step = TextStep | EditStep;

export interface EditStep {
  readonly kind: 'edits';
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface TextStep {
  readonly kind: 'text';
  readonly changes: readonly TextChange[];
  /** Identify the text before and after, to know it again when the editor undoes. */
  readonly keyBefore: string;
  readonly keyAfter: string;
  /** Where spans were that the inverse changes would not bring back. */
  readonly damaged: ReadonlyMap<string, Entity>;
}

/** Steps that are kept; older ones can no longer be undone. */
const LIMIT = 1000;

/**
 * One time line of what was done to an article: text and tags in the order in which they happened, so
 * that undo takes back the newest of either, and a span that an edit of the text destroyed comes back,
 * exactly, when the editor undoes that edit.
 */
export class History {
  private steps: (EditStep | RememberedText)[] = [];
  /** Steps before the cursor are done, those from it on were undone. */
  private cursor = 0;

  get undoStep(): Step | undefined {
    return this.steps[this.cursor - 1];
  }

  get redoStep(): Step | undefined {
    return this.steps[this.cursor];
  }

  /** Adds a step that was just done. Undone text stays behind new edits: the editor can still do it again. */
  push(step: Step): void {
    const undone = this.steps.splice(this.cursor);
    this.steps.push(step.kind === 'text' ? remember(step) : step);
    if (this.steps.length > LIMIT) this.steps.shift();
    this.cursor = this.steps.length;
    if (step.kind === 'edits') this.steps.push(...undone.filter(({ kind }) => kind === 'text'));
  }

  /**
   * Takes back the newest edits of annotations, also where the text was edited since.
   * @returns what to apply to the annotations as they are now (see {@link refreshEdits})
   */
  undoEdits(): { title: string; edits: Edit[] } | undefined {
    const at = this.steps.findLastIndex((step, i) => i < this.cursor && step.kind === 'edits');
    const step = this.steps[at];
    if (step?.kind !== 'edits') return undefined;
    const since = this.steps.slice(at + 1, this.cursor);
    const carried = carryStep(step, since, 'redo');
    this.steps.splice(at, since.length + 1, ...since, carried);
    this.cursor--;
    return { title: step.title, edits: invertEdits(carried.edits) };
  }

  /** Does the oldest undone edits of annotations again, also where undone text stands before them. */
  redoEdits(): { title: string; edits: readonly Edit[] } | undefined {
    const at = this.steps.findIndex((step, i) => i >= this.cursor && step.kind === 'edits');
    const step = this.steps[at];
    if (step?.kind !== 'edits') return undefined;
    const undone = this.steps.slice(this.cursor, at);
    const carried = carryStep(step, undone.toReversed(), 'undo');
    this.steps.splice(this.cursor, undone.length + 1, carried, ...undone);
    this.cursor++;
    return carried;
  }

  /**
   * Follows the editor's own undo or redo to a text that was there before. Edits of annotations on the
   * way stay as they are, done or undone; they now stand on the other side of the text that moved.
   * @param key identifies the text now, see {@link textKey}
   * @returns the entities where they were in that text; `undefined` where the text is not remembered
   */
  travel(direction: Direction, key: string, entities: readonly Entity[]): Entity[] | undefined {
    const target = this.find(direction, key);
    if (target === undefined) return undefined;
    const [from, to] = direction === 'undo' ? [target, this.cursor] : [this.cursor, target];
    const passed = this.steps.slice(from, to);
    const onTheWay = direction === 'undo' ? passed.toReversed() : passed;
    const placed = entities.map((entity) => cross(entity, onTheWay, direction));
    const texts = passed.filter((step) => step.kind === 'text');
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

type Direction = 'undo' | 'redo';

/** A text step with the entities, by id and place on one side, that moving alone would not put right on the other. */
interface RememberedText extends TextStep {
  readonly inverse: readonly TextChange[];
  readonly before: Map<string, Entity>;
  readonly after: Map<string, Entity>;
}

function remember(step: TextStep): RememberedText {
  const inverse = step.changes.map(invertChange).reverse();
  const before = new Map<string, Entity>();
  for (const entity of step.damaged.values()) before.set(placeKey(moveEntity(entity, step.changes)), entity);
  return { ...step, inverse, before, after: new Map() };
}

function placeKey({ id, start, end }: Entity): string {
  return `${start}:${end}:${id}`;
}

function carryStep(step: EditStep, crossed: readonly Step[], direction: Direction): EditStep {
  return {
    ...step,
    edits: step.edits.map((edit) => mapEdit(edit, (entity) => cross(entity, crossed, direction))),
  };
}

/** An entity on the other side of steps, which are given in the order in which they are crossed. */
function cross(entity: Entity, steps: readonly Step[], direction: Direction): Entity {
  return steps.reduce((placed, step) => {
    if (step.kind === 'edits') return placed;
    const { changes, inverse, before, after } = step as RememberedText;
    return direction === 'undo'
      ? crossText(placed, inverse, changes, before, after)
      : crossText(placed, changes, inverse, after, before);
  }, entity);
}

/** @param there the memory of the side that is gone to; what moving loses is put into that of `here` */
function crossText(
  entity: Entity,
  changes: readonly TextChange[],
  inverse: readonly TextChange[],
  there: ReadonlyMap<string, Entity>,
  here: Map<string, Entity>,
): Entity {
  const was = there.get(placeKey(entity));
  const placed = was ? atPlaceOf(entity, was) : moveEntity(entity, changes);
  const isDamaged = !isSamePlace(moveEntity(placed, inverse), entity);
  if (isDamaged && !here.has(placeKey(placed))) here.set(placeKey(placed), entity);
  return placed;
}

function isSamePlace(a: Entity, b: Entity): boolean {
  return a.start === b.start && a.end === b.end && JSON.stringify(a.parts) === JSON.stringify(b.parts);
}

/** An entity with everything of another that depends on the text. */
function atPlaceOf(entity: Entity, { start, end, text, parts, broken }: Entity): Entity {
  return withFields(entity, { start, end, text, parts, broken });
}

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

/**
 * The step for changes of the text, with what of the entities must be remembered to undo it.
 * @param changes in the order in which they apply, each in the text that the one before left
 */
export function textStep(
  entities: readonly Entity[],
  changes: readonly TextChange[],
  keyBefore: string,
  keyAfter: string,
): TextStep {
  const damaged = new Map<string, Entity>();
  for (const entity of entities) {
    let span: Span = entity;
    for (const change of changes) {
      const moved = moveSpan(span, change);
      if (!survives(span, moved, change)) damaged.set(entity.id, entity);
      span = moved;
    }
    if (entity.parts && !damaged.has(entity.id) && touches(entity, changes)) damaged.set(entity.id, entity);
  }
  return { kind: 'text', changes, keyBefore, keyAfter, damaged };
}

function touches(entity: Entity, changes: readonly TextChange[]): boolean {
  return changes.some((change) => change.start < entity.end && change.end > entity.start);
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

/**
 * A short key of a text: its length and a 53-bit hash of its UTF-16 units (cyrb53, public domain).
 * Good enough to know a text of the same article again, not to compare texts of strangers.
 */
export function textKey(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return `${text.length}:${4294967296 * (2097151 & b) + (a >>> 0)}`;
}
