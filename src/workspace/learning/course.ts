import * as vscode from 'vscode';
import type { Guess } from '../../core/learn/prequential';
import { compareText, type Entity } from '../../core/model/entity';
import type { TextIndex } from '../../core/text';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Catalog } from '../corpus/catalog';
import type { Corpus } from '../corpus/corpus';
import { Pace } from '../files/pace';
import { readText } from '../files/source';
import type { LiveArticles } from '../open/live-articles';
import { LearningThread } from './learning-thread';

/** How long articles that were learned must rest after a change before all is learned anew, in ms. */
const PAUSE = 2000;
/** The same as a multiple of how long that took last: it is to be a small share of the time. */
const SHARE = 10;
/** Longer texts, and such with longer lines, are neither learned nor guessed in: UTF-16 units. */
const LONGEST = { text: 1_000_000, line: 50_000 };
/** How much text is counted at once, and how much in all, in UTF-16 units. */
const BATCH = 200_000;
const MOST_COUNTED = 64 * 2 ** 20;
/** Guesses in how many articles are kept, open or not. */
const MOST_KEPT = 50;

/** What was guessed in an article. */
interface Kept {
  /** The text that it is about, and after how many trainings; none while nothing was guessed. */
  readonly raw?: string;
  readonly version?: number;
  readonly guesses: readonly Guess[];
}

/**
 * What is learned from the articles of one corpus that are done: in the order of their names, then as they become done.
 * What changes in them is learned anew, from the beginning, once they rest. Nothing runs before one is done.
 */
export class Course implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ArticleEntry>();
  /** Something else is guessed in an article. */
  readonly onDidChange = this.changed.event;
  /** The layer whose sidecars it learns from. */
  readonly layer: string;
  private readonly thread = new LearningThread();
  /** What was learned, in this order, with what each article said then. */
  private learned = new Map<ArticleEntry, number>();
  /** How often something was learned that answers now; 0 before anything was. */
  private version = 0;
  private readonly kept = new Map<ArticleEntry, Kept>();
  private readonly asking = new Set<ArticleEntry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private took = 0;
  private queue: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(
    private readonly corpus: Corpus,
    private readonly catalog: Catalog,
    private readonly live: LiveArticles,
  ) {
    this.layer = catalog.layer;
    void catalog.ready.then(() => catalog.summarized).then(() => this.follow(catalog.all));
  }

  dispose(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.thread.end();
    this.changed.dispose();
  }

  /** What is guessed in a text, as far as that is known at once; else it is asked for. */
  guessesIn(entry: ArticleEntry, { raw }: TextIndex): readonly Guess[] {
    const kept = this.kept.get(entry);
    if (!kept) this.kept.set(entry, { guesses: [] });
    if (kept?.raw !== raw || kept.version !== this.version) void this.ask(entry, raw);
    return kept?.raw === raw ? kept.guesses : [];
  }

  /** Guesses in a text. @returns when {@link guessesIn} knows it */
  async ask(entry: ArticleEntry, raw: string): Promise<void> {
    const { version } = this;
    const kept = this.kept.get(entry);
    if (version === 0 || (kept?.raw === raw && kept.version === version)) return;
    if (this.asking.has(entry)) return;
    this.asking.add(entry);
    const guesses = isReadable(raw) ? await this.follows({ kind: 'suggest', raw }) : [];
    this.asking.delete(entry);
    if (!guesses || this.isOver) return;
    this.kept.delete(entry);
    this.kept.set(entry, { raw, version, guesses });
    for (const old of this.kept.keys())
      if (this.kept.size > MOST_KEPT && !this.live.of(old)) this.kept.delete(old);
    if (kept?.raw !== raw || JSON.stringify(kept.guesses) !== JSON.stringify(guesses))
      this.changed.fire(entry);
    // It may be another by now, or more was learned meanwhile.
    const live = this.live.of(entry);
    if (live) await this.ask(entry, live.index.raw);
  }

  /** Articles may say other things than before, or be done, or gone. */
  follow(entries: readonly ArticleEntry[]): void {
    if (this.isOver) return;
    this.queue = this.queue.then(async () => {
      const pace = new Pace();
      for (const entry of entries) {
        if (entry.corpus !== this.corpus || this.isOver) continue;
        if (pace.isDue) await pace.rest();
        const [was, is] = [this.learned.get(entry), this.saidBy(entry)];
        if (was === is) continue;
        // The first that is done, or all of a window that was just opened.
        if (this.version === 0) return this.train();
        if (was === undefined) await this.learn(entry);
        else this.trainSoon();
      }
    });
    this.queue = this.queue.catch(() => undefined);
  }

  /** What an article says, as a number; `undefined` for one that is not to be learned. */
  private saidBy(entry: ArticleEntry): number | undefined {
    const { status, inTrouble } = entry.summary;
    if (status !== 'done' || inTrouble || !this.catalog.isKnown(entry)) return undefined;
    // FNV-1a over the columns of the index.
    let hash = 0x811c9dc5;
    for (const value of this.catalog.index.rows(entry)) hash = Math.imul(hash ^ value, 0x01000193);
    return hash;
  }

  private trainSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.queue = this.queue.then(() => this.train()).catch(() => undefined);
      },
      Math.max(PAUSE, SHARE * this.took),
    );
  }

  /** Learns all from the beginning; what was learned before answers until that is done. */
  private async train(): Promise<void> {
    clearTimeout(this.timer);
    const began = performance.now();
    const all = this.catalog.all.filter(({ corpus }) => corpus === this.corpus);
    const isDone = (entry: ArticleEntry) => this.saidBy(entry) !== undefined;
    const before = [...this.learned.keys()].filter(isDone);
    const others = all.filter((entry) => isDone(entry) && !this.learned.has(entry));
    const order = [...before, ...others.sort((a, b) => compareText(a.path, b.path))];
    this.learned = new Map();
    if (order.length === 0 && this.version === 0) return;
    await this.follows({ kind: 'begin' });
    await this.count(all);
    for (const entry of order) await this.teach(entry);
    await this.follows({ kind: 'end' });
    this.took = performance.now() - began;
    this.answerAnew();
  }

  /** Learns an article that is done now. */
  private async learn(entry: ArticleEntry): Promise<void> {
    await this.teach(entry);
    this.answerAnew();
  }

  private async teach(entry: ArticleEntry): Promise<void> {
    const said = this.saidBy(entry);
    if (said === undefined) return;
    const { raw, entities } = await this.read(entry);
    if (this.isOver) return;
    this.learned.set(entry, said);
    if (isReadable(raw)) await this.follows({ kind: 'learn', raw, entities });
  }

  private async read(entry: ArticleEntry): Promise<{ raw: string; entities: readonly Entity[] }> {
    const live = this.live.of(entry);
    const { index, entities } = live ?? (await entry.read({ isWhole: true }));
    return { raw: index.raw, entities };
  }

  /** Counts the words of all texts, tagged or not. */
  private async count(entries: readonly ArticleEntry[]): Promise<void> {
    let texts: string[] = [];
    let [size, all] = [0, 0];
    for (const entry of entries) {
      if (this.isOver || all > MOST_COUNTED) break;
      const raw = this.live.of(entry)?.index.raw ?? (await readText(entry.uri));
      if (raw === undefined || !isReadable(raw)) continue;
      texts.push(raw);
      size += raw.length;
      all += raw.length;
      if (size < BATCH) continue;
      await this.follows({ kind: 'read', texts });
      [texts, size] = [[], 0];
    }
    await this.follows({ kind: 'read', texts });
  }

  /** What was learned is another: what editors show is guessed again. */
  private answerAnew(): void {
    this.version++;
    for (const entry of [...this.kept.keys()]) {
      const live = this.live.of(entry);
      if (live) void this.ask(entry, live.index.raw);
      else this.kept.delete(entry);
    }
  }

  /** `undefined` where the thread has ended: nothing is guessed then. */
  private follows(order: Parameters<LearningThread['follow']>[0]): Promise<readonly Guess[] | undefined> {
    return this.thread.follow(order).catch(() => undefined);
  }
}

function isReadable(raw: string): boolean {
  if (raw.length <= LONGEST.line) return true;
  return raw.length <= LONGEST.text && raw.split('\n').every(({ length }) => length <= LONGEST.line);
}
