import * as vscode from 'vscode';
import { disk } from '#disk';
import { contextAt, hasState, linesOf, type Context, type Line } from '../../core/concordance/lines';
import { insertSorted, keyOf, sortInSteps, sortsByContext, type Order } from '../../core/concordance/order';
import { patternOfQuery } from '../../core/concordance/query';
import { compareText } from '../../core/model/entity';
import type { TextIndex } from '../../core/text';
import { ArticleTexts } from '../corpus/article-texts';
import { forEachLimited, type ArticleEntry } from '../corpus/article-entry';
import { isMeant, NO_REQUEST, type ConcordanceRequest } from './concordance-request';
import { PatternSearch } from './pattern-search';
import type { CorpusStore } from '../store';

/** A line, where in the corpus it is, and what it is sorted by. */
export interface CorpusLine extends Line {
  readonly entry: ArticleEntry;
  readonly key: string;
}

/** More lines are not listed: nobody reads them, and sorting them takes seconds. */
export const MOST_LINES = 100_000;

/** How a search ended: with all lines, with as many as are listed, or before its end by a person or another search. */
export type Outcome = 'done' | 'cut' | 'stopped';

/** How many articles, and how many UTF-16 units of text, are looked through at once. */
const BATCH = { articles: 256, length: 2 ** 20 };
/** For how long the host may be busy at once, in ms. */
const BUSY = 15;

/** Ends a search that another has taken the place of, or that a person stopped. */
class Stopped extends Error {}

/** The lines of one request, sorted, and kept up with the corpus. */
export class Concordance implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** The lines changed since the search ended. */
  readonly onDidChange = this.changed.event;
  request = NO_REQUEST;
  order: Order = 'place';
  lines: readonly CorpusLine[] = [];
  outcome: Outcome = 'done';

  private readonly texts: ArticleTexts;
  private readonly subscriptions: vscode.Disposable;
  /** Where an article stands in the list of all. */
  private places = new Map<ArticleEntry, number>();
  private search: PatternSearch | undefined;
  /** Identifies the search that counts. */
  private run = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private busySince = 0;

  constructor(private readonly store: CorpusStore) {
    this.texts = new ArticleTexts(store);
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      store.catalog.onDidChangeIndex((entries) => void this.follow(entries)),
    );
  }

  dispose(): void {
    this.stop();
    this.texts.clear();
    this.subscriptions.dispose();
  }

  /** Stops what runs; the lines that it has found stay. */
  stop(): void {
    this.run++;
    this.search?.end();
  }

  /**
   * Looks through the corpus; a search that runs is stopped.
   * @throws InvalidPattern at once, PatternTooSlow later
   */
  async find(
    request: ConcordanceRequest,
    order: Order,
    onProgress: (done: number, of: number) => void,
  ): Promise<Outcome> {
    this.stop();
    const run = this.run;
    this.request = request;
    this.order = order;
    this.lines = [];
    this.outcome = 'stopped';
    this.search = undefined;
    const pattern = patternOfQuery(request.query);
    this.search = pattern && new PatternSearch(pattern);
    return this.inTurn(async () => {
      await this.store.catalog.summarized;
      this.places = new Map(this.store.catalog.all.map((entry, i) => [entry, i]));
      const found: CorpusLine[] = [];
      const entries = this.isAsked ? this.meant(this.store.catalog.all) : [];
      try {
        await this.findIn(entries, run, (lines, done) => {
          for (const line of lines) if (found.length < MOST_LINES) found.push(line);
          onProgress(done, entries.length);
          return found.length < MOST_LINES;
        });
        this.lines = await sortInSteps(found, this.compare, () => this.breathe(run));
        this.outcome = found.length < MOST_LINES ? 'done' : 'cut';
      } catch (error) {
        if (run === this.run) {
          // It would be as slow with whatever changes in the corpus.
          this.search = undefined;
          throw error;
        }
        // Another search has its own lines by now.
        if (this.request === request) this.lines = found.sort(this.compare);
      }
      return this.request === request ? this.outcome : 'stopped';
    });
  }

  /** Sorts the lines in another way. */
  async sort(order: Order): Promise<void> {
    const run = this.run;
    await this.inTurn(async () => {
      if (order === this.order || run !== this.run) return;
      const byEntry = new Map<ArticleEntry, CorpusLine[]>();
      for (const line of this.lines) {
        const lines = byEntry.get(line.entry);
        if (lines) lines.push(line);
        else byEntry.set(line.entry, [line]);
      }
      this.order = order;
      const keyed: CorpusLine[] = [];
      try {
        await forEachLimited([...byEntry], disk.concurrency, async ([entry, lines]) => {
          const index = sortsByContext(order) ? await this.texts.of(entry) : undefined;
          for (const line of lines)
            keyed.push({ ...line, key: keyOf(line, this.order, entry.summary.date, index) });
          await this.breathe(run);
        });
        this.lines = await sortInSteps(keyed, this.compare, () => this.breathe(run));
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
      }
    });
  }

  /** What stands around lines; nothing where an article can no longer be read. */
  async contexts(lines: readonly CorpusLine[]): Promise<Context[]> {
    await Promise.all([...new Set(lines.map(({ entry }) => entry))].map((entry) => this.texts.of(entry)));
    return Promise.all(
      lines.map(async (line) => {
        const index = this.texts.known(line.entry) ?? (await this.texts.of(line.entry));
        return index ? contextAt(index, line) : { left: '', keyword: line.text, right: '' };
      }),
    );
  }

  /** Articles changed: their lines are found again. */
  async follow(entries: readonly ArticleEntry[]): Promise<void> {
    for (const entry of entries) this.texts.forget(entry);
    await this.inTurn(async () => {
      const { run } = this;
      const gone = new Set(entries);
      const now = this.meant(entries.filter((entry) => this.store.catalog.entry(entry.uri) === entry));
      const hadOne = this.lines.some(({ entry }) => gone.has(entry));
      if (!this.isAsked || (!hadOne && now.length === 0)) return;
      if (entries.some((entry) => !this.places.has(entry)))
        this.places = new Map(this.store.catalog.all.map((entry, i) => [entry, i]));
      const found: CorpusLine[] = [];
      try {
        await this.findIn(now, run, (lines) => {
          for (const line of lines) found.push(line);
          return true;
        });
      } catch {
        // Another search has begun, which finds them; a pattern too slow for what is new leaves the old lines.
        return;
      }
      const kept = this.lines.filter(({ entry }) => !gone.has(entry));
      this.lines = insertSorted(kept, found, this.compare).slice(0, MOST_LINES);
      this.changed.fire();
    });
  }

  /** Whether anything is looked for. */
  get isAsked(): boolean {
    return this.search !== undefined || this.request.query.label !== '';
  }

  private meant(entries: readonly ArticleEntry[]): ArticleEntry[] {
    return entries.filter((entry) => isMeant(entry, this.request));
  }

  /** @param take is given the lines of each batch; says whether more are wanted */
  private async findIn(
    entries: readonly ArticleEntry[],
    run: number,
    take: (lines: CorpusLine[], done: number) => boolean,
  ): Promise<void> {
    for (let at = 0; at < entries.length; at += BATCH.articles) {
      const batch = entries.slice(at, at + BATCH.articles);
      const texts = await this.textsOf(batch, run);
      const lines = this.search ? await this.findHits(batch, texts, run) : [];
      if (!this.search)
        for (const entry of batch) {
          for (const line of this.linesIn(entry, texts.get(entry), undefined)) lines.push(line);
          await this.breathe(run);
        }
      if (!take(lines, at + batch.length)) return;
    }
  }

  private async textsOf(batch: readonly ArticleEntry[], run: number): Promise<Map<ArticleEntry, TextIndex>> {
    const texts = new Map<ArticleEntry, TextIndex>();
    if (!this.search && !sortsByContext(this.order)) return texts;
    await forEachLimited(batch, disk.concurrency, async (entry) => {
      const index = await this.texts.of(entry);
      if (index) texts.set(entry, index);
      await this.breathe(run);
    });
    return texts;
  }

  private async findHits(
    batch: readonly ArticleEntry[],
    texts: ReadonlyMap<ArticleEntry, TextIndex>,
    run: number,
  ): Promise<CorpusLine[]> {
    const lines: CorpusLine[] = [];
    const readable = batch.filter((entry) => texts.has(entry));
    for (let at = 0; at < readable.length;) {
      let to = at;
      for (let length = 0; to < readable.length && (to === at || length < BATCH.length); to++)
        length += texts.get(readable[to]!)!.raw.length;
      const part = readable.slice(at, to);
      const found = await this.search!.find(part.map((entry) => texts.get(entry)!.raw));
      for (const [i, entry] of part.entries()) {
        if (found[i]!.length > 0)
          for (const line of this.linesIn(entry, texts.get(entry), found[i])) lines.push(line);
        await this.breathe(run);
      }
      at = to;
    }
    return lines;
  }

  /** @param found starts and ends in UTF-16 units; `undefined` where the label alone is asked for */
  private linesIn(
    entry: ArticleEntry,
    index: TextIndex | undefined,
    found: readonly number[] | undefined,
  ): CorpusLine[] {
    const hits: { start: number; end: number; text: string }[] = [];
    for (let i = 0; index && found && i < found.length; i += 2) {
      const span = { start: index.toCodePoint(found[i]!), end: index.toCodePoint(found[i + 1]!) };
      if (span.start < span.end) hits.push({ ...span, text: index.slice(span) });
    }
    const { query, state } = this.request;
    return linesOf(found && hits, this.store.catalog.index.of(entry), query.label)
      .filter((line) => hasState(line, state))
      .map((line) => ({ ...line, entry, key: keyOf(line, this.order, entry.summary.date, index) }));
  }

  private readonly compare = (a: CorpusLine, b: CorpusLine): number =>
    compareText(a.key, b.key) ||
    (this.places.get(a.entry) ?? 0) - (this.places.get(b.entry) ?? 0) ||
    a.start - b.start ||
    a.end - b.end ||
    compareText(a.label ?? '', b.label ?? '');

  /** Lets the host do other things once it was busy for a while. @throws Stopped where another search has begun */
  private async breathe(run: number): Promise<void> {
    if (performance.now() - this.busySince > BUSY) {
      await new Promise((resolve) => setTimeout(resolve));
      this.busySince = performance.now();
    }
    if (run !== this.run) throw new Stopped();
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.queue.then(task);
    this.queue = done.catch(() => undefined);
    return done;
  }
}
