import * as vscode from 'vscode';
import { addedBy, type Edit } from '../../core/model/edit';
import type { Entity } from '../../core/model/entity';
import { findObstacles } from '../../core/model/obstacles';
import { refreshEdits } from '../../core/follow-text';
import type { TextIndex } from '../../core/text';
import type { Direction } from '../../core/text-step';
import { BulkSteps, newStepId, type BulkStep } from './bulk-steps';
import { forEachLimited, type ArticleEntry } from '../corpus/article-entry';
import { removeMade, stateOfMade, type MadeArticle } from './made-articles';
import { changeSource, stateOf, type FileChange, type SourceChange } from '../files/source-change';
import type { LiveArticle } from '../open/live-article';
import type { Catalog } from '../corpus/catalog';
import type { LiveArticles } from '../open/live-articles';
import type { ArticleDocument } from '../open/open-article';
import { Refusal } from '../files/refusal';
import type { Left, Watch } from './watch';

/** How many articles are read or written at once: enough for their files to be read together, see `FileReads`. */
const AT_ONCE = 64;

export interface BulkOutcome {
  readonly title: string;
  readonly done: readonly ArticleEntry[];
  /** How many edits were made. */
  readonly edits: number;
  /** How many other files were changed, such as `corpus.yaml`. */
  readonly files: number;
  /** How many articles that the change had made are gone; doing it again does not bring them back. */
  readonly unmade?: number;
  readonly left: ReadonlyMap<vscode.Uri, Left>;
  /** How many articles a person who stopped it has left as they were. */
  readonly stopped: number;
}

/** Edits of an article, or what makes them of the article as it is. */
export type EditsOf = readonly Edit[] | ((article: LiveArticle<ArticleDocument>) => readonly Edit[]);

/** What is needed of the store. */
interface Store {
  readonly catalog: Pick<Catalog, 'entry' | 'refresh' | 'rescan'>;
  readonly live: Pick<LiveArticles, 'use' | 'of'>;
  followFile(uri: vscode.Uri, kind: FileChange): Promise<void>;
}

/**
 * Changes many articles, open or not, as one step: a step in the history of each, and the list of those
 * articles here and in the extension's storage, so that all of it is taken back at once.
 */
export class BulkChanges {
  private readonly steps: BulkSteps;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    storage: vscode.Uri,
  ) {
    this.steps = new BulkSteps(storage);
  }

  /**
   * Makes edits in many articles. An article that is no longer what they were made for is left as it is.
   * Where the person stops it, what was done stays done, and can be taken back.
   * @param changes with no edits for an open article in which undo takes back a change of files only
   * @param files changed first: where one cannot be, nothing is done
   * @param id identifies the change, see {@link newStepId}; of one that only changed files, it becomes a part
   * @returns when all of it is on disk (or, of articles with unsaved changes, in the drafts)
   * @throws Refusal of a file
   */
  apply(
    title: string,
    changes: ReadonlyMap<ArticleEntry, EditsOf>,
    watch: Watch = {},
    files: readonly SourceChange[] = [],
    id = newStepId(title),
  ): Promise<BulkOutcome> {
    return this.inTurn(async () => {
      // Kept before anything is done, so that it can be taken back where the window ends meanwhile.
      const articles = [...changes.keys()].map(({ key }) => key);
      const steps = (await this.steps.all()).filter(({ isUndone }) => !isUndone);
      const known = steps.find((one) => one.id === id);
      const others = steps.filter((one) => one !== known);
      const all = [...(known?.files ?? []), ...files];
      const step = { id, title, articles, ...(all.length > 0 && { files: all }), isUndone: false };
      await this.steps.keep([...others, step]);
      try {
        await this.changeFiles(files, 'redo');
      } catch (error) {
        await this.steps.keep(steps);
        throw error;
      }
      const created: string[] = [];
      const outcome = await this.forEach(title, [...changes.keys()], watch, async (article, entry) => {
        if (article.refusal) throw article.refusal;
        const given = changes.get(entry)!;
        const edits = typeof given === 'function' ? given(article) : given;
        if (!fits(article, edits)) return 'changed';
        if (!article.hasSidecar) created.push(entry.key);
        if (edits.length > 0)
          await writtenOrBack(article.apply(title, edits, id), () => article.withdraw(id));
        return edits.length;
      });
      // From those that are given without edits, a change of other files can be taken back, too.
      const from = [...changes].filter(([, given]) => Array.isArray(given) && given.length === 0);
      for (const [entry] of from) this.store.live.of(entry)?.remember(title, id);
      const done = [...outcome.done, ...from.map(([entry]) => entry)].map(({ key }) => key);
      const isNothing = done.length === 0 && files.length === 0;
      await this.steps.keep(isNothing ? steps : [...others, { ...step, articles: done, created }]);
      return { ...outcome, files: files.length };
    });
  }

  /** Adds articles that were made to a change, or makes it one. @param id of the change */
  addMade(id: string, title: string, made: readonly MadeArticle[]): Promise<void> {
    return this.inTurn(async () => {
      const steps = (await this.steps.all()).filter(({ isUndone }) => !isUndone);
      const known = steps.find((one) => one.id === id);
      if (known) await this.steps.keep(steps.map((one) => (one === known ? { ...one, made } : one)));
      else await this.steps.keep([...steps, { id, title, articles: [], made, isUndone: false }]);
    });
  }

  /** The change that would be taken back, or done again, next. */
  async next(direction: Direction): Promise<BulkStep | undefined> {
    const steps = await this.steps.all();
    return direction === 'undo'
      ? steps.findLast(({ isUndone }) => !isUndone)
      : steps.find(({ isUndone }) => isUndone);
  }

  /**
   * Takes a change of many articles back, or does it again: in all of them, or, where it no longer applies in
   * some and is not forced, in none.
   * @param wanted its id; the one that is next when all before it are done, where it is missing
   * @returns what was done, with the articles in which it does not apply; `undefined` where it is not known
   */
  travel(
    direction: Direction,
    wanted: string | undefined,
    watch: Watch & { isForced?: boolean } = {},
  ): Promise<(BulkOutcome & { readonly id: string }) | undefined> {
    return this.inTurn(async () => {
      const step =
        wanted === undefined
          ? await this.next(direction)
          : (await this.steps.all()).find((one) => one.id === wanted);
      if (!step) return undefined;
      const { id, title } = step;
      const back = direction === 'undo' ? 'redo' : 'undo';
      const uris = step.articles.map((uri) => vscode.Uri.parse(uri));
      const entries = uris.flatMap((uri) => this.store.catalog.entry(uri) ?? []);
      const obstacles = new Map<vscode.Uri, Left>();
      for (const uri of uris)
        if (!this.store.catalog.entry(uri)) obstacles.set(uri, new Refusal('article-gone', uri));
      const files: SourceChange[] = [];
      for (const file of step.files ?? []) {
        const state = await stateOf(file, direction);
        if (state === 'ready') files.push(file);
        else if (state !== 'there') obstacles.set(vscode.Uri.parse(file.uri), state);
      }
      const made: MadeArticle[] = [];
      await forEachLimited(direction === 'undo' ? (step.made ?? []) : [], AT_ONCE, async (one) => {
        const state = await stateOfMade(one);
        if (state === 'ready') made.push(one);
        else if (state !== 'gone') obstacles.set(vscode.Uri.parse(one.uri), state);
      });
      const able = new Set<ArticleEntry>();
      const look = await this.forEach(title, entries, { token: watch.token }, (article, entry) => {
        if (article.refusal) throw article.refusal;
        const next = article.history.nextEdits(direction, id);
        // Where it was stopped on its way there, some are there already. Else it was never done in this one, as the
        // window ended, or is no longer remembered.
        if (!next) return article.history.nextEdits(back, id) ? 0 : 'changed';
        const edits = refreshEdits(next.edits, article.index);
        if (findObstacles(article.annotations, edits).length > 0) return 'changed';
        able.add(entry);
        return 0;
      });
      for (const [uri, left] of look.left) obstacles.set(uri, left);
      const isStopped = obstacles.size > 0 && watch.isForced !== true;
      if (isStopped || watch.token?.isCancellationRequested)
        return { id, title, done: [], edits: 0, files: 0, left: obstacles, stopped: able.size + made.length };
      await this.changeFiles(files, direction);
      const created = new Set(direction === 'undo' ? step.created : []);
      const outcome = await this.forEach(title, [...able], watch, async (article, entry) => {
        const done = article.travel(direction, id);
        if (done) await writtenOrBack(done.saved, () => article.travel(back, id)?.saved);
        if (created.has(entry.key)) await article.removeEmptySidecar();
        return done?.obstacles.length === 0 ? done.edits.length : 'changed';
      });
      const { removed, rest, left } = await removeMade(made, watch);
      if (removed > 0) await this.store.catalog.rescan();
      const stopped = outcome.stopped + rest.length;
      // Where it was stopped, the next of its kind goes on.
      const isUndone = (direction === 'undo') === (stopped === 0);
      const unmade = (step.unmade ?? 0) + removed;
      const next = { ...step, isUndone, unmade, ...(direction === 'undo' && { made: rest }) };
      // Without the articles that it made, its labels are nothing to do again.
      const isForRedo = next.articles.length > 0 || (!step.made && step.files !== undefined);
      await this.steps.keep(
        (await this.steps.all()).flatMap((one) =>
          one.id !== id ? [one] : isUndone && !isForRedo ? [] : [next],
        ),
      );
      const all = new Map([...obstacles, ...outcome.left, ...left]);
      return { ...outcome, id, files: files.length + removed, left: all, stopped, unmade };
    });
  }

  /** Changes all of these files or none. @throws Refusal */
  private async changeFiles(files: readonly SourceChange[], direction: Direction): Promise<void> {
    const done: SourceChange[] = [];
    try {
      for (const file of files) {
        const kind = await changeSource(file, direction);
        done.push(file);
        await this.store.followFile(vscode.Uri.parse(file.uri), kind);
      }
    } catch (error) {
      const back = direction === 'undo' ? 'redo' : 'undo';
      for (const file of done) {
        const kind = await changeSource(file, back);
        await this.store.followFile(vscode.Uri.parse(file.uri), kind);
      }
      throw error;
    }
  }

  private async forEach(
    title: string,
    entries: readonly ArticleEntry[],
    { token, onProgress }: Watch,
    task: (
      article: LiveArticle<ArticleDocument>,
      entry: ArticleEntry,
    ) => Promise<number | 'changed'> | number | 'changed',
  ): Promise<BulkOutcome> {
    const done: ArticleEntry[] = [];
    const left = new Map<vscode.Uri, Left>();
    let edits = 0;
    let stopped = 0;
    await forEachLimited(entries, AT_ONCE, async (entry) => {
      if (token?.isCancellationRequested) return void stopped++;
      try {
        const result = await this.store.live.use(entry, async (article) => task(article, entry));
        if (result === 'changed') left.set(entry.uri, result);
        else if (result > 0) {
          done.push(entry);
          edits += result;
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        left.set(entry.uri, error);
      }
      onProgress?.(done.length + left.size, entries.length);
    });
    await this.store.catalog.refresh(done.filter((entry) => !this.store.live.of(entry)));
    return { title, done, edits, files: 0, left, stopped };
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.queue.then(task);
    this.queue = done.catch(() => undefined);
    return done;
  }
}

/** Waits for a write. Where it fails, what was to be written is taken back: the article is left as it is. */
async function writtenOrBack(saved: Promise<void>, takeBack: () => Promise<void> | undefined): Promise<void> {
  try {
    await saved;
  } catch (error) {
    await takeBack()?.catch(() => undefined);
    throw error;
  }
}

/** Whether an article is still what edits were made for: nothing stands against them, and added texts are there. */
function fits(
  { annotations, index }: { annotations: LiveArticle['annotations']; index: TextIndex },
  edits: readonly Edit[],
): boolean {
  const isThere = (entity: Entity) => entity.broken === true || index.slice(entity) === entity.text;
  return addedBy(edits).every(isThere) && findObstacles(annotations, edits).length === 0;
}
