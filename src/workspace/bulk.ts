import * as vscode from 'vscode';
import { disk } from '#disk';
import { findObstacles, type Edit } from '../core/edit';
import { entityIdFrom } from '../core/entity';
import { refreshEdits } from '../core/follow-text';
import type { TextIndex } from '../core/text';
import type { Direction } from '../core/text-step';
import { decodeUtf8 } from '../core/text';
import type { FileChange } from './articles';
import { forEachLimited, type ArticleEntry } from './catalog';
import { changeSource, isSourceChange, stateOf, type SourceChange } from './source-change';
import type { ArticleDocument, LiveArticle } from './live-article';
import { Refusal } from './refusal';

/** How many articles are read or written at once. */
const AT_ONCE = 16;
/** How many changes of many articles can be taken back. */
const MOST_STEPS = 50;

/** Why an article was left as it is: it cannot be changed, or is no longer what the change was made for. */
export type Left = Refusal | 'changed';

export interface BulkOutcome {
  readonly title: string;
  readonly done: readonly ArticleEntry[];
  /** How many edits were made. */
  readonly edits: number;
  /** How many other files were changed, such as `corpus.yaml`. */
  readonly files: number;
  readonly left: ReadonlyMap<vscode.Uri, Left>;
}

/** How far a task is, and whether the person wants no more of it. */
export interface Watch {
  readonly token?: vscode.CancellationToken | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** A change of many articles that can be taken back, or done again. */
export interface BulkStep {
  readonly id: string;
  readonly title: string;
  readonly articles: readonly string[];
  /** Other files that were changed with them. */
  readonly files?: readonly SourceChange[];
  readonly isUndone: boolean;
}

/** Edits of an article, or what makes them of the article as it is. */
export type EditsOf = readonly Edit[] | ((article: LiveArticle<ArticleDocument>) => readonly Edit[]);

/** What is needed of the store. */
interface Articles {
  entry(uri: vscode.Uri): ArticleEntry | undefined;
  use<T>(entry: ArticleEntry, task: (article: LiveArticle<ArticleDocument>) => Promise<T>): Promise<T>;
  refresh(entries: readonly ArticleEntry[]): Promise<void>;
  liveOf(entry: ArticleEntry): unknown;
  followFile(uri: vscode.Uri, kind: FileChange): Promise<void>;
}

/**
 * Changes many articles, open or not, as one step: a step in the history of each, and the list of those
 * articles here and in the extension's storage, so that all of it is taken back at once.
 */
export class BulkChanges {
  private readonly uri: vscode.Uri;
  private steps: Promise<BulkStep[]> | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly articles: Articles,
    private readonly storage: vscode.Uri,
  ) {
    this.uri = vscode.Uri.joinPath(storage, 'bulk.json');
  }

  /**
   * Makes edits in many articles. An article that is no longer what they were made for is left as it is.
   * Where the person stops it, what was done stays done, and can be taken back.
   * @param files changed first: where one cannot be, nothing is done
   * @param id identifies the change, see {@link newStepId}
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
      const articles = [...changes.keys()].map(({ uri }) => uri.toString());
      const steps = (await this.all()).filter(({ isUndone }) => !isUndone);
      const step = { id, title, articles, ...(files.length > 0 && { files }), isUndone: false };
      await this.keep([...steps, step]);
      try {
        await this.changeFiles(files, 'redo');
      } catch (error) {
        await this.keep(steps);
        throw error;
      }
      const outcome = await this.forEach(title, [...changes.keys()], watch, async (article, entry) => {
        if (article.refusal) throw article.refusal;
        const given = changes.get(entry)!;
        const edits = typeof given === 'function' ? given(article) : given;
        if (!fits(article, edits)) return 'changed';
        if (edits.length > 0) await article.apply(title, edits, id);
        return edits.length;
      });
      const done = outcome.done.map(({ uri }) => uri.toString());
      const isNothing = done.length === 0 && files.length === 0;
      await this.keep(isNothing ? steps : [...steps, { ...step, articles: done }]);
      return { ...outcome, files: files.length };
    });
  }

  /** The change that would be taken back, or done again, next. */
  async next(direction: Direction): Promise<BulkStep | undefined> {
    const steps = await this.all();
    return direction === 'undo'
      ? steps.findLast(({ isUndone }) => !isUndone)
      : steps.find(({ isUndone }) => isUndone);
  }

  /**
   * Takes a change of many articles back, or does it again: in all of them, or, where it no longer applies in
   * some and is not forced, in none.
   * @returns what was done, with the articles in which it does not apply; `undefined` where it is not known
   */
  travel(
    direction: Direction,
    id: string,
    watch: Watch & { isForced?: boolean } = {},
  ): Promise<BulkOutcome | undefined> {
    return this.inTurn(async () => {
      const step = (await this.all()).find((one) => one.id === id);
      if (!step) return undefined;
      const { title } = step;
      const uris = step.articles.map((uri) => vscode.Uri.parse(uri));
      const entries = uris.flatMap((uri) => this.articles.entry(uri) ?? []);
      const obstacles = new Map<vscode.Uri, Left>();
      for (const uri of uris)
        if (!this.articles.entry(uri)) obstacles.set(uri, new Refusal('article-gone', uri));
      const files: SourceChange[] = [];
      for (const file of step.files ?? []) {
        const state = await stateOf(file, direction);
        if (state === 'ready') files.push(file);
        else if (state !== 'there') obstacles.set(vscode.Uri.parse(file.uri), state);
      }
      const able = new Set<ArticleEntry>();
      const look = await this.forEach(title, entries, { token: watch.token }, (article, entry) => {
        if (article.refusal) throw article.refusal;
        const next = article.history.nextEdits(direction, id);
        // It was never done there, as the window ended, or is no longer remembered.
        if (!next) return 'changed';
        const edits = refreshEdits(next.edits, article.index);
        if (findObstacles(article.annotations, edits).length > 0) return 'changed';
        able.add(entry);
        return 0;
      });
      for (const [uri, left] of look.left) obstacles.set(uri, left);
      const isStopped = obstacles.size > 0 && watch.isForced !== true;
      if (isStopped || watch.token?.isCancellationRequested)
        return { title, done: [], edits: 0, files: 0, left: obstacles };
      await this.changeFiles(files, direction);
      const outcome = await this.forEach(title, [...able], watch, async (article) => {
        const done = article.travel(direction, id);
        await done?.saved;
        return done?.obstacles.length === 0 ? done.edits.length : 'changed';
      });
      const isUndone = direction === 'undo';
      await this.keep((await this.all()).map((one) => (one.id === id ? { ...one, isUndone } : one)));
      return { ...outcome, files: files.length, left: new Map([...obstacles, ...outcome.left]) };
    });
  }

  /** Changes all of these files or none. @throws Refusal */
  private async changeFiles(files: readonly SourceChange[], direction: Direction): Promise<void> {
    const done: SourceChange[] = [];
    try {
      for (const file of files) {
        const kind = await changeSource(file, direction);
        done.push(file);
        await this.articles.followFile(vscode.Uri.parse(file.uri), kind);
      }
    } catch (error) {
      const back = direction === 'undo' ? 'redo' : 'undo';
      for (const file of done) {
        const kind = await changeSource(file, back);
        await this.articles.followFile(vscode.Uri.parse(file.uri), kind);
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
    await forEachLimited(entries, AT_ONCE, async (entry) => {
      if (token?.isCancellationRequested) return;
      try {
        const result = await this.articles.use(entry, async (article) => task(article, entry));
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
    await this.articles.refresh(done.filter((entry) => !this.articles.liveOf(entry)));
    return { title, done, edits, files: 0, left };
  }

  private all(): Promise<BulkStep[]> {
    return (this.steps ??= this.read());
  }

  private async read(): Promise<BulkStep[]> {
    try {
      const bytes = await disk.read(this.uri);
      const steps: unknown = JSON.parse((bytes && decodeUtf8(bytes)) ?? '[]');
      return Array.isArray(steps) ? steps.filter(isStep) : [];
    } catch {
      return [];
    }
  }

  private async keep(steps: readonly BulkStep[]): Promise<void> {
    const kept = steps.slice(-MOST_STEPS);
    this.steps = Promise.resolve(kept);
    try {
      await disk.makeFolder(this.storage);
      await disk.write(this.uri, new TextEncoder().encode(JSON.stringify(kept)));
    } catch {
      // It can be taken back as long as the window is there.
    }
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.queue.then(task);
    this.queue = done.catch(() => undefined);
    return done;
  }
}

/** What identifies a change of many articles, in its list and in the history of each. */
export function newStepId(title: string): string {
  return entityIdFrom(`${title} ${Date.now()} ${Math.random()}`);
}

function isStep(value: unknown): value is BulkStep {
  const { id, title, articles, files = [], isUndone } = Object(value) as Record<keyof BulkStep, unknown>;
  return (
    typeof id === 'string' &&
    typeof title === 'string' &&
    typeof isUndone === 'boolean' &&
    Array.isArray(files) &&
    files.every(isSourceChange) &&
    Array.isArray(articles) &&
    articles.every((uri) => typeof uri === 'string')
  );
}

/** Whether an article is still what edits were made for: nothing stands against them, and added texts are there. */
function fits(
  { annotations, index }: { annotations: LiveArticle['annotations']; index: TextIndex },
  edits: readonly Edit[],
): boolean {
  const isThere = (edit: Edit) =>
    edit.kind !== 'add' || edit.entity.broken === true || index.slice(edit.entity) === edit.entity.text;
  return edits.every(isThere) && findObstacles(annotations, edits).length === 0;
}
