import { invertChange, moveSpan, survives, type TextChange } from './change';
import { invertEdits, mapEdit, type Edit } from './edit';
import type { Entity } from './entity';
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
  private steps: Step[] = [];
  /** Steps before the cursor are done, those from it on were undone. */
  private cursor = 0;

  get undoStep(): Step | undefined {
    return this.steps[this.cursor - 1];
  }

  get redoStep(): Step | undefined {
    return this.steps[this.cursor];
  }

  push(step: Step): void {
    this.steps.length = this.cursor;
    this.steps.push(step);
    if (this.steps.length > LIMIT) this.steps.shift();
    this.cursor = this.steps.length;
  }

  /**
   * Takes back the newest edits of annotations, also where the text was edited since.
   * @returns what to apply to the annotations as they are now
   */
  undoEdits(): { title: string; edits: Edit[] } | undefined {
    const at = this.steps.findLastIndex((step, i) => i < this.cursor && step.kind === 'edits');
    if (at < 0) return undefined;
    const step = this.steps[at] as EditStep;
    const since = this.steps.slice(at + 1, this.cursor);
    const place = (entity: Entity) => since.reduce((placed, text) => forth(text)(placed), entity);
    const carried = { ...step, edits: step.edits.map((edit) => mapEdit(edit, place)) };
    this.steps.splice(at, since.length + 1, ...since, carried);
    this.cursor--;
    return { title: step.title, edits: invertEdits(carried.edits) };
  }

  /** Does the oldest undone edits of annotations again, also where undone text stands before them. */
  redoEdits(): { title: string; edits: readonly Edit[] } | undefined {
    const at = this.steps.findIndex((step, i) => i >= this.cursor && step.kind === 'edits');
    if (at < 0) return undefined;
    const step = this.steps[at] as EditStep;
    const undone = this.steps.slice(this.cursor, at);
    const place = (entity: Entity) => undone.reduceRight((placed, text) => back(text)(placed), entity);
    const carried = { ...step, edits: step.edits.map((edit) => mapEdit(edit, place)) };
    this.steps.splice(this.cursor, undone.length + 1, carried, ...undone);
    this.cursor++;
    return carried;
  }

  /** Whether there is anything of annotations to undo or to redo. */
  has(direction: 'undo' | 'redo'): boolean {
    const steps = direction === 'undo' ? this.steps.slice(0, this.cursor) : this.steps.slice(this.cursor);
    return steps.some((step) => step.kind === 'edits');
  }

  /**
   * Follows the editor's own undo or redo to a text that was there before.
   * @param key identifies the text now, see {@link textKey}
   * @returns the entities where they were in that text; `undefined` where the text is not remembered
   */
  travel(direction: 'undo' | 'redo', key: string, entities: readonly Entity[]): Entity[] | undefined {
    const target = this.find(direction, key);
    if (target === undefined) return undefined;
    let placed = [...entities];
    if (direction === 'undo') {
      for (let i = this.cursor - 1; i >= target; i--) placed = placed.map(back(this.steps[i]!));
      this.moveEditsBehind(target);
    } else {
      for (let i = this.cursor; i < target; i++) placed = placed.map(forth(this.steps[i]!));
      this.cursor = target;
    }
    return placed;
  }

  private find(direction: 'undo' | 'redo', key: string): number | undefined {
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

  /**
   * After the editor undid text from `target` on: edits of annotations that were done since are still
   * done. They now stand before the undone text, with their entities where they are in the older text.
   */
  private moveEditsBehind(target: number): void {
    const since = this.steps.slice(target, this.cursor);
    const undone = since.filter((step) => step.kind === 'text');
    const still = since.flatMap((step, i) => {
      if (step.kind !== 'edits') return [];
      const earlier = since.slice(0, i).reverse();
      const place = (entity: Entity) => earlier.reduce((placed, text) => back(text)(placed), entity);
      return [{ ...step, edits: step.edits.map((edit) => mapEdit(edit, place)) }];
    });
    this.steps.splice(target, since.length, ...still, ...undone);
    this.cursor = target + still.length;
  }
}

function back(step: Step): (entity: Entity) => Entity {
  if (step.kind === 'edits') return (entity) => entity;
  const inverse = step.changes.map(invertChange).reverse();
  return (entity) => {
    const was = step.damaged.get(entity.id);
    if (!was) return moveEntity(entity, inverse);
    const { start, end, text, parts, broken } = was;
    return { ...entity, start, end, text, parts, broken };
  };
}

function forth(step: Step): (entity: Entity) => Entity {
  return (entity) => (step.kind === 'text' ? moveEntity(entity, step.changes) : entity);
}

/** An entity after changes of the text; its `text` is the caller's to refresh (see {@link refreshTexts}). */
export function moveEntity(entity: Entity, changes: readonly TextChange[]): Entity {
  let span: Span = entity;
  let parts = entity.parts;
  for (const change of changes) {
    span = moveSpan(span, change);
    parts = parts?.map(([start, end]) => {
      const moved = moveSpan({ start, end }, change);
      return [moved.start, moved.end] as const;
    });
  }
  if (span.start === entity.start && span.end === entity.end)
    return parts === entity.parts ? entity : { ...entity, parts };
  return { ...entity, start: span.start, end: span.end, ...(parts && { parts }) };
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
  return moved.map((entity, i) => {
    if (entity === before[i] || entity.broken) return entity;
    if (entity.start === entity.end) return { ...entity, broken: true };
    const text = index.slice(entity);
    return text === entity.text ? entity : { ...entity, text };
  });
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
