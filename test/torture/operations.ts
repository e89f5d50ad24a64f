import assert from 'node:assert/strict';
import { adding, removing, changing, type Edit } from '../../src/core/model/edit.ts';
import { compareEntities, contextOf, withFields, type Entity } from '../../src/core/model/entity.ts';
import { mergeAnnotations } from '../../src/core/model/merge.ts';
import { carrier, placeEntities } from '../../src/core/place.ts';
import { readSidecar } from '../../src/core/sidecar/read.ts';
import { NEW_FRAME } from '../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../src/core/sidecar/write.ts';
import { hashText, type Span, type TextIndex } from '../../src/core/text.ts';
import { narrow, widen } from '../../src/core/words.ts';
import { EditedArticle } from '../support/edited-article.ts';
import { charactersOf, ModelArticle, rawOf, type ModelEdit, type ModelEntity } from './model-article.ts';
import { randomBelow, type Below } from './random.ts';
import { count, type Scenario } from './scenario.ts';

const TEXT =
  ' date 2022-09-09 Nanjing, 南京市 in Chinese, became the meeting place.\r\n\r\n' +
  'A letter came from Xi Jinping (习近平) 😀 on Thursday; Xi Jinping was in Beijing.\r\n\nNanjing thanked him. 👩‍👩‍👧';

/** Operations on one article before the next begins anew. */
const EACH = 200;

/** Random operations on an article, its sidecar and its history, and the same on a model. */
export const operations: Scenario = {
  name: 'operations',
  async run(isLong) {
    const articles = isLong ? 800 : 20;
    const tally = new Map<string, number>();
    let failures = 0;
    for (let seed = 1; seed <= articles; seed++) {
      const run = new Run(randomBelow(seed));
      let at = '';
      try {
        for (let n = 1; n <= EACH; n++) {
          const name = run.choose();
          at = `operation ${n}, ${name}`;
          await run.do(name);
          run.check();
          tally.set(name, (tally.get(name) ?? 0) + 1);
        }
      } catch (error) {
        failures++;
        console.error(`Seed ${seed}, ${at}: ${String(error)}`);
      }
    }
    const done = [...tally.values()].reduce((sum, n) => sum + n, 0);
    const [others = 0, reloads = 0] = ['other', 'reopen'].map((name) => tally.get(name));
    return [
      {
        what: 'Random operations: typing, tagging, undo and redo of both, saving, other writers, reloads',
        tried: `${count(done)} operations on ${count(articles)} articles`,
        outcome: `every span where a simple model has it, ${count(others)} times after another writer, ${count(reloads)} times after a reload`,
        failures,
      },
    ];
  },
};

/** How often each is chosen among the others. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ type: 8, join: 6, cut: 6, replace: 4, both: 3, undo: 7, redo: 4 },
  ...{ tag: 14, untag: 3, relabel: 4, review: 4, note: 3, resize: 6, bulk: 3, undoTags: 7, redoTags: 4 },
  ...{ save: 4, other: 6, reopen: 2 },
};
const NAMES = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array<string>(weight).fill(name));

class Run {
  private readonly article = new EditedArticle(TEXT);
  private readonly model = new ModelArticle(charactersOf(TEXT));
  private made = 0;
  /** The sidecar on disk, what it says, and the text that it belongs to. */
  private disk = '';
  private synced: readonly Entity[] = [];
  private savedIndex: TextIndex = this.article.index;

  constructor(private readonly below: Below) {}

  choose(): string {
    return NAMES[this.below(NAMES.length)]!;
  }

  async do(name: string): Promise<void> {
    switch (name) {
      case 'type':
      case 'join':
        return this.type([this.spot(0)], name === 'join');
      case 'cut':
        return this.type([{ ...this.spot(12), text: '' }], this.below(2) === 0);
      case 'replace':
        return this.type([this.spot(12)], false);
      case 'both':
        return this.type([this.spot(4), this.spot(4)], false);
      case 'undo':
      case 'redo':
        this.model.travel(name);
        return this.article.travel(name);
      case 'undoTags':
      case 'redoTags':
        return this.travelTags(name === 'undoTags' ? 'undo' : 'redo');
      case 'tag':
        return this.edit([this.tag()]);
      case 'bulk':
        return this.edit([this.tag(), ...this.change('relabel', 4), ...this.change('review', 4)]);
      case 'save':
        return this.save();
      case 'other':
        return this.other();
      case 'reopen':
        return this.reopen();
      default:
        return this.edit(this.change(name, 1));
    }
  }

  /** The article must be as the model says. */
  check(): void {
    const { article, model } = this;
    assert.equal(article.text, model.raw);
    const expected = [...model.entities].map(([id, { label, reviewed, note, place }]) => {
      const { start, end } = model.spanOf(place) ?? { start: 'gone', end: 'gone' };
      return { id, label, reviewed, note, start, end };
    });
    const actual = article.entities.map(({ id, label, reviewed, note, broken, ...span }) => {
      const { start, end } = broken ? { start: 'gone', end: 'gone' } : span;
      return { id, label, reviewed, note, start, end };
    });
    const inOrder = (all: { id: string }[]) => all.sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(inOrder(actual), inOrder(expected));
  }

  // --- The text ---

  /** A place of up to so many characters, and a word to put there. */
  private spot(longest: number): Span & { text: string } {
    const start = this.below(this.model.length + 1);
    const end = Math.min(this.model.length, start + this.below(longest + 1));
    const text = ['x', ' y ', '南', '😀z', '\r\n', 'Nanjing'][this.below(6)]! + this.made++;
    return { start, end, text };
  }

  private type(spots: readonly (Span & { text: string })[], wantsToJoin: boolean): void {
    const { model } = this;
    const [first, second] = [...spots].sort((a, b) => b.start - a.start);
    // What stands between them is longer than what the editor takes for one.
    const apart = second && first!.start - second.end > 3 ? [first!, second] : [first!];
    const replacements = apart
      // Which of two mentions that belongs to is not certain where one of them changes, too.
      .filter(({ start, end }) => apart.length === 1 || start < end || !model.isBetween(start))
      .filter(({ start, end, text }) => isAnother(rawOf(model.slice(start, end)), text))
      .map(({ start, end, text }) => ({ start, end, characters: charactersOf(text) }));
    if (replacements.length === 0) return;
    const offset16 = (at: number) => rawOf(model.slice(0, at)).length;
    const inEditor = replacements.map(({ start, end, characters }) => ({
      start16: offset16(start),
      end16: offset16(end),
      text: rawOf(characters),
    }));
    this.article.type(inEditor, model.type(replacements, wantsToJoin));
  }

  // --- The tags ---

  private tag(): Edit | undefined {
    const { start, end } = this.spot(9);
    if (start === end) return undefined;
    const { index } = this.article;
    const label = this.label();
    const isThere = this.article.entities.some(
      (one) => one.start === start && one.end === end && one.label === label,
    );
    if (isThere) return undefined;
    const entity = { id: `e${this.made++}`, label, start, end, text: index.slice({ start, end }) };
    return adding({ ...entity, ...contextOf(index.text, entity, (part) => index.slice(part)) });
  }

  private label(): string {
    return `L${this.below(40)}`;
  }

  /** Changes of up to so many entities. */
  private change(name: string, most: number): Edit[] {
    const { entities } = this.article;
    const chosen = new Set(Array.from({ length: most }, () => entities[this.below(entities.length)]));
    return [...chosen].flatMap((before): Edit[] => {
      if (!before) return [];
      if (name === 'untag') return [removing(before)];
      return [changing(before, this.changed(before, name))];
    });
  }

  private changed(entity: Entity, name: string): Entity {
    if (name === 'relabel') return { ...entity, label: this.label() };
    if (name === 'review') return withFields(entity, { reviewed: entity.reviewed ? undefined : true });
    if (name === 'note')
      return withFields(entity, { note: this.below(3) ? `note ${this.made++}` : undefined });
    assert.equal(name, 'resize');
    return entity.broken ? entity : this.resized(entity);
  }

  private resized(entity: Entity): Entity {
    const { index } = this.article;
    const range16 = { start16: index.toUtf16(entity.start), end16: index.toUtf16(entity.end) };
    const way = this.below(2) ? widen : narrow;
    const { start16, end16 } = way(index.raw, range16, this.below(2) ? 'start' : 'end');
    const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
    if (span.start === entity.start && span.end === entity.end) return entity;
    return { ...entity, ...span, text: index.slice(span) };
  }

  /** Does the same to both, as one step. */
  private edit(edits: readonly (Edit | undefined)[]): void {
    const { model } = this;
    const made = edits.filter((edit) => edit !== undefined);
    // A bulk action changes each entity once.
    const seen = new Set<string>();
    const step = made.filter((edit) => {
      const modelEdit = this.inModel(edit);
      const isNew = !seen.has(modelEdit.id) && modelEdit.before !== modelEdit.after;
      seen.add(modelEdit.id);
      return isNew;
    });
    if (step.length === 0) return;
    model.edit(step.map((edit) => this.inModel(edit)));
    this.article.edit(step);
  }

  private inModel(edit: Edit): ModelEdit {
    assert.ok(edit.kind !== 'status' && edit.of === 'entities');
    if (edit.kind === 'remove')
      return { id: edit.record.id, before: this.model.entities.get(edit.record.id) };
    if (edit.kind === 'add') return { id: edit.record.id, after: this.modelEntity(edit.record) };
    const { id } = edit.after;
    const before = this.model.entities.get(id)!;
    const isHere = edit.before.start === edit.after.start && edit.before.end === edit.after.end;
    const { place } = isHere ? before : this.modelEntity(edit.after);
    return {
      id,
      before,
      after: edit.after === edit.before ? before : { ...this.modelEntity(edit.after), place },
    };
  }

  private modelEntity({ label, reviewed, note, start, end }: Entity): ModelEntity {
    return { label, reviewed, note, place: new Set(this.model.slice(start, end)) };
  }

  private travelTags(direction: 'undo' | 'redo'): void {
    const obstacles = this.article.travelTags(direction);
    assert.equal(obstacles && obstacles.length === 0, this.model.travelTags(direction));
  }

  // --- The disk ---

  /** The article and its sidecar are written; what the sidecar then says is what was written. */
  private async save(): Promise<void> {
    const { index, entities } = this.article;
    const textHash = await hashText(index.raw);
    this.disk = writeSidecar({ article: 'a.txt', textHash, status: 'open', entities, frame: NEW_FRAME });
    this.savedIndex = index;
    this.synced = this.readDisk();
    const known = (all: readonly Entity[]) => all.map((entity) => withFields(entity, { broken: undefined }));
    assert.deepEqual(known(this.synced), known(entities));
  }

  private readDisk(): readonly Entity[] {
    const { sidecar, problems } = readSidecar(this.disk);
    assert.deepEqual(problems, []);
    return placeEntities(sidecar!.entities, this.savedIndex, 'same').entities;
  }

  /**
   * Another writer changes one entity in the sidecar, while this one has perhaps changed others since it wrote.
   * Where the article has unsaved changes, the other writer does not know them, and changes no span.
   */
  private async other(): Promise<void> {
    if (this.disk === '') await this.save();
    const { article, model, savedIndex } = this;
    const isSaved = article.index === savedIndex;
    const { sidecar } = readSidecar(this.disk);
    const edit = this.otherEdit(sidecar!.entities, isSaved);
    if (!edit) return;
    const [was, now] = edit;
    const others = sidecar!.entities.filter(({ id }) => id !== was?.id);
    const theirs = [...others, ...(now ? [now] : [])].sort(compareEntities);
    this.disk = writeSidecar({ ...sidecar!, entities: theirs });

    const read = [...this.readDisk()].sort(compareEntities);
    const carry = carrier(savedIndex, article.index);
    const stateOf = (entities: readonly Entity[]) => ({ status: 'open', entities }) as const;
    const { annotations, conflicts } = mergeAnnotations(
      stateOf(this.synced.map(carry)),
      stateOf(article.entities),
      stateOf(read.map(carry)),
    );
    assert.equal(conflicts, 0);
    this.synced = read;
    if (!now) model.apply([{ id: was!.id, before: model.entities.get(was!.id) }]);
    else if (!was) model.apply([{ id: now.id, after: this.modelEntity(now) }]);
    else {
      const before = model.entities.get(was.id)!;
      const isMoved = was.start !== now.start || was.end !== now.end;
      const after = { ...this.modelEntity(now), ...(!isMoved && { place: before.place }) };
      model.apply([{ id: was.id, before, after }]);
    }
    article.takeOver(annotations.entities);
  }

  /** What another writer changes: nothing that was changed here, too. */
  private otherEdit(
    theirs: readonly Entity[],
    isSaved: boolean,
  ): [was: Entity | undefined, now: Entity | undefined] | undefined {
    const here = new Map(this.article.entities.map((entity) => [entity.id, entity]));
    const synced = new Map(this.synced.map((entity) => [entity.id, entity]));
    const isUntouched = ({ id }: Entity) => {
      const [now, was] = [here.get(id), synced.get(id)!];
      if (!now || now.label !== was.label || now.note !== was.note || now.reviewed !== was.reviewed)
        return false;
      return !isSaved || (now.start === was.start && now.end === was.end && now.text === was.text);
    };
    const free = theirs.filter(isUntouched);
    const was = free[this.below(free.length)];
    const kind = ['relabel', 'note', 'resize', 'untag', 'tag'][this.below(isSaved ? 5 : 2)]!;
    if (kind === 'tag') {
      const added = this.tag();
      return added?.kind === 'add' && added.of === 'entities' ? [undefined, added.record] : undefined;
    }
    if (!was) return undefined;
    if (kind === 'untag') return [was, undefined];
    const now = this.changed(here.get(was.id)!.broken ? withFields(was, { broken: true }) : was, kind);
    return [was, withFields(now, { broken: undefined })];
  }

  /** All is saved, the window closed and opened again: tags come from the sidecar, their steps from the storage. */
  private async reopen(): Promise<void> {
    await this.save();
    this.article.reopen();
    this.article.takeOver([...this.readDisk()].sort(compareEntities));
    this.model.reopen();
  }
}

/** Whether one text replaces another as a whole: what both begin or end with would not be replaced. */
function isAnother(old: string, text: string): boolean {
  const [a, b] = [old, text].map((one) => Array.from(one.replaceAll('\r\n', '\n'))) as [string[], string[]];
  return (
    a.length + b.length > 0 && (a.length === 0 || b.length === 0 || (a[0] !== b[0] && a.at(-1) !== b.at(-1)))
  );
}
