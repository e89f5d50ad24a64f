import assert from 'node:assert/strict';
import { alignTexts } from '../../src/core/align';
import { toTextChanges } from '../../src/core/change';
import { applyEdits, type Edit } from '../../src/core/model/edit';
import { findObstacles, type Obstacle } from '../../src/core/model/obstacles';
import { withFields, type Anchored, type Entity } from '../../src/core/model/entity';
import {
  anchoredOf,
  byId,
  withAnchored,
  type AnchoredRecord,
  type Annotations,
  type SpanComment,
} from '../../src/core/model/records';
import { refreshEdits, refreshTexts } from '../../src/core/follow-text';
import { History, textKey } from '../../src/core/model/history';
import { Overtyping } from '../../src/core/overtyping';
import { HistoryWriter, readHistory } from '../../src/core/model/saved-history';
import { TextIndex, type TextReplacement } from '../../src/core/text';
import { textStep } from '../../src/core/text-step';

/** What of an entity depends on the text. */
type Place = Pick<Anchored, 'start' | 'end' | 'text' | 'broken' | 'parts'>;

interface Group {
  readonly before: string;
  after: string;
  readonly texts: Set<string>;
}

/**
 * An article in an editor, reduced to what its history needs, beside a model that remembers for every text
 * where the entities were when it was left: when the editor brings that text back, they must be there again.
 * Whatever is done to an entity is done to a comment on the same span, too, which must always be where that is.
 */
export class EditedArticle {
  history = new History();
  index: TextIndex;
  private annotations: Annotations = { status: 'open', entities: [], comments: [] };
  private hasOthers = false;
  private readonly writer = new HistoryWriter();
  private readonly overtyping = new Overtyping();
  private undoStack: Group[] = [];
  private redoStack: Group[] = [];
  private readonly seen = new Map<string, Map<string, Place>>();
  /** Texts that came back without undo. */
  private readonly twice = new Set<string>();

  constructor(text: string) {
    this.index = new TextIndex(text);
  }

  get text(): string {
    return this.index.raw;
  }

  get entities(): readonly Entity[] {
    return this.annotations.entities;
  }

  private get anchored(): readonly AnchoredRecord[] {
    return anchoredOf(this.annotations);
  }

  /** One event of the editor, its replacements from the last to the first. @param joins the undo step before it */
  type(replacements: readonly TextReplacement[], joins = false): void {
    const before = this.index;
    let text = before.raw;
    for (const one of replacements) text = text.slice(0, one.start16) + one.text + text.slice(one.end16);
    const changes = toTextChanges(before, replacements);
    if (text === before.raw) return;
    this.leave();
    this.index = new TextIndex(text);
    const old = this.anchored;
    const texts = replacements.map((one) => one.text);
    const moved = refreshTexts(this.overtyping.move(old, changes, texts), old, this.index);
    this.history.push(textStep(old, changes, textKey(before.text), textKey(this.index.text), moved));
    this.settle(moved);
    const group = this.undoStack.at(-1);
    if (joins && group && this.redoStack.length === 0 && !group.texts.has(text)) {
      group.after = text;
      group.texts.add(text);
    } else {
      this.undoStack.push({ before: before.raw, after: text, texts: new Set([before.raw, text]) });
    }
    this.redoStack = [];
  }

  /** Shorthand for one replacement, by what is replaced (its first occurrence). */
  replace(old: string, text: string, joins = false): void {
    const start16 = this.text.indexOf(old);
    assert.ok(start16 >= 0, `no “${old}”`);
    this.type([{ start16, end16: start16 + old.length, text }], joins);
  }

  /** Texts that were there before. @returns the nearest first */
  get earlier(): string[] {
    return this.undoStack.map(({ before }) => before).reverse();
  }

  /** A text that was there before comes back without undo, as where unsaved text is thrown away. */
  bringBack(text: string): void {
    const before = this.index;
    if (text === before.raw) return;
    this.leave();
    this.index = new TextIndex(text);
    const old = this.anchored;
    const [from, to] = [textKey(before.text), textKey(this.index.text)];
    this.overtyping.end();
    const known = this.history.placesIn(to, old);
    assert.ok(known, 'the history knows the text');
    this.history.push(textStep(old, alignTexts(before, this.index), from, to, known));
    this.undoStack.push({ before: before.raw, after: text, texts: new Set([before.raw, text]) });
    this.redoStack = [];
    this.settle(known);
    this.expectSeen('it came back');
    this.twice.add(text);
  }

  private expectSeen(when: string): void {
    // Where it stands twice in the history, what was done there since is remembered on one side only.
    if (this.twice.has(this.text)) return;
    for (const entity of this.entities) {
      const expected = this.seen.get(this.text)?.get(entity.id);
      if (expected) assert.deepEqual(placeOf(entity), expected, `${entity.id} after ${when}`);
    }
  }

  travel(direction: 'undo' | 'redo'): void {
    const [from, to] =
      direction === 'undo' ? [this.undoStack, this.redoStack] : [this.redoStack, this.undoStack];
    const group = from.pop();
    if (!group) return;
    to.push(group);
    this.leave();
    const old = this.anchored;
    this.index = new TextIndex(direction === 'undo' ? group.before : group.after);
    this.overtyping.end();
    const placed = this.history.travel(direction, textKey(this.index.text), old);
    assert.ok(placed, 'the history knows the text');
    this.settle(placed);
    this.expectSeen(direction);
  }

  edit(edits: readonly Edit[]): void {
    const all = [...edits, ...edits.map(commenting)];
    this.history.push({ kind: 'edits', title: 'edit', edits: all });
    this.run(all);
  }

  /**
   * Undo or redo of tags; one that no longer applies is forgotten.
   * @returns what stood against it; `undefined` where there was nothing to do
   */
  travelTags(direction: 'undo' | 'redo'): readonly Obstacle[] | undefined {
    const step = direction === 'undo' ? this.history.undoEdits() : this.history.redoEdits();
    if (!step) return undefined;
    const edits = refreshEdits(step.edits, this.index);
    const obstacles = findObstacles(this.annotations, edits);
    if (obstacles.length > 0) {
      assert.ok(this.hasOthers, 'nobody else wrote');
      this.history.forget(direction);
    } else {
      this.run(edits);
    }
    return obstacles;
  }

  /** Takes over what another writer made of the entities. */
  takeOver(entities: readonly Entity[]): void {
    this.hasOthers = true;
    this.become({ status: 'open', entities, comments: entities.map(commentOn) });
  }

  save(): string | undefined {
    return this.writer.write(this.history, 'a', this.index, textKey(this.index.text));
  }

  /** The window is opened again: the editor's own steps are gone. @param keeps the history, as one who did not close */
  reopen(keeps = false): void {
    this.undoStack = [];
    this.redoStack = [];
    if (keeps) return;
    const key = textKey(this.index.text);
    const source = this.save();
    this.history = new History(source === undefined ? undefined : readHistory(source, 'a', this.index, key));
  }

  /** Each entity's id, label and place. */
  get places(): readonly unknown[] {
    return this.entities.map((entity) => [entity.id, entity.label, placeOf(entity)]);
  }

  find(id: string): Entity | undefined {
    return this.entities.find((entity) => entity.id === id);
  }

  private run(edits: readonly Edit[]): void {
    this.become(applyEdits(this.annotations, edits));
  }

  private become(annotations: Annotations): void {
    const old = new Map(this.entities.map((entity) => [entity.id, entity]));
    this.annotations = annotations;
    // Where a tag was before it was changed by hand no longer says where it belongs.
    for (const id of new Set([...old.keys(), ...this.entities.map((entity) => entity.id)])) {
      const [was, now] = [old.get(id), this.find(id)];
      const isHere = was && now && JSON.stringify(placeOf(was)) === JSON.stringify(placeOf(now));
      if (isHere && was.text === now.text) continue;
      for (const places of this.seen.values()) places.delete(id);
    }
    this.check();
  }

  private leave(): void {
    this.seen.set(this.text, new Map(this.entities.map((entity) => [entity.id, placeOf(entity)])));
  }

  private settle(moved: readonly AnchoredRecord[]): void {
    const ids = this.entities.map(({ id }) => id).sort();
    this.annotations = withAnchored(this.annotations, refreshTexts(moved, this.anchored, this.index));
    assert.deepEqual(this.entities.map(({ id }) => id).sort(), ids, 'none is lost');
    this.check();
  }

  private check(): void {
    for (const entity of this.entities) {
      assert.ok(0 <= entity.start && entity.start <= entity.end && entity.end <= this.index.length);
      if (!entity.broken) {
        assert.equal(entity.text, this.index.slice(entity));
        assert.ok(entity.start < entity.end);
      }
    }
    const comments = byId(this.annotations.comments!);
    assert.equal(comments.size, this.entities.length);
    for (const entity of this.entities) assert.deepEqual(comments.get(entity.id), commentOn(entity));
  }
}

/** A comment on the span of an entity, with its id. */
function commentOn({ id, start, end, text, broken, before, after }: Entity): SpanComment {
  return withFields<SpanComment>({ id, start, end, text, thread: [] }, { broken, before, after });
}

/** What is done to an entity, done to the comment on it. */
function commenting(edit: Edit): Edit {
  assert.ok(edit.kind !== 'status' && edit.of === 'entities');
  return edit.kind === 'change'
    ? { ...edit, of: 'comments', before: commentOn(edit.before), after: commentOn(edit.after) }
    : { ...edit, of: 'comments', record: commentOn(edit.record) };
}

/** The text that a broken entity keeps is a help for people: which of its texts it is does not matter. */
function placeOf({ start, end, text, broken, parts }: Anchored): Place {
  return { start, end, text: broken ? '' : text, ...(broken && { broken }), ...(parts && { parts }) };
}
