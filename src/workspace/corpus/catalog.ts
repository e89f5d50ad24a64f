import * as vscode from 'vscode';
import { disk } from '#disk';
import { articleTitle } from '../../core/article-title';
import { parseHeader } from '../../core/header';
import { MentionIndex } from '../../core/mentions';
import { layerOf, isSidecarName, sharedSidecarName } from '../../core/sidecar/name';
import { currentStamps, forEachLimited, type ArticleEntry } from './article-entry';
import type { FileChange } from '../files/source-change';
import { CORPUS_YAML, innermost, type Corpus } from './corpus';
import { IndexCache, type SavedIndex } from './index-cache';
import { LayerIndexes } from './layer-indexes';
import type { LiveArticle } from '../open/live-article';
import type { OldTexts } from '../open/old-texts';
import { Orphans } from './orphans';
import { Pace } from '../files/pace';
import { scanWorkspace } from './scan';
import { ClosedSummary, isSameSummary, isToDecide, summarize, tally } from './summary';

/** How long articles that are read are gathered before the side bar shows them, in ms: each time it is drawn anew. */
const BATCH_PAUSE = 300;
/** How long changes of entities are gathered before the index tells of them, in ms. */
const PAUSE = 200;
/** Of how many articles the times of their files are asked for at once. */
const CHUNK = 500;

/**
 * The corpora of the workspace and their articles, open or not: the list, what the side bar shows of each,
 * and the index of all entities. Read in the background, kept up with files and live articles.
 */
export class Catalog implements vscode.Disposable {
  private readonly corporaChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCorpora = this.corporaChanged.event;
  private readonly labelsChanged = new vscode.EventEmitter<Corpus>();
  readonly onDidChangeLabels = this.labelsChanged.event;
  private readonly summariesChanged = new vscode.EventEmitter<readonly ArticleEntry[]>();
  readonly onDidChangeSummaries = this.summariesChanged.event;
  private readonly indexChanged = new vscode.EventEmitter<readonly ArticleEntry[]>();
  readonly onDidChangeIndex = this.indexChanged.event;
  private readonly layersChanged = new vscode.EventEmitter<readonly ArticleEntry[]>();
  /** Sidecars of other layers were read again, or are gone, and nothing else changed. */
  readonly onDidChangeLayers = this.layersChanged.event;

  corpora: readonly Corpus[] = [];
  /** When the summaries of all articles that are known now have been read. */
  summarized: Promise<void> = Promise.resolve();

  readonly orphans = new Orphans(this);

  private entries = new Map<string, ArticleEntry>();
  /** By their shared sidecars: articles whose names differ only in the extension have one. */
  private bySidecar = new Map<string, ArticleEntry[]>();
  private readonly mentions = new MentionIndex<ArticleEntry>(({ corpus }) => corpus);
  private readonly layerIndexes: LayerIndexes;
  /** Live articles whose entities the index does not know yet. */
  private readonly behind = new Set<ArticleEntry>();
  private readonly toTell = new Set<ArticleEntry>();
  private telling: ReturnType<typeof setTimeout> | undefined;
  private scanning: Promise<void> | undefined;
  private cache: IndexCache;
  /** What the last window knew, until all articles have been looked at once. */
  private saved: Promise<SavedIndex | undefined> | undefined;

  /**
   * @param liveOf the live article, in a layer or that which the window works in, if it is open and loaded
   * @param layer that the window works in; empty for the shared one
   */
  constructor(
    private readonly storage: vscode.Uri,
    private readonly texts: OldTexts,
    private readonly liveOf: (entry: ArticleEntry, layer?: string) => LiveArticle | undefined,
    public layer: string,
  ) {
    this.cache = new IndexCache(storage, layer);
    this.layerIndexes = new LayerIndexes(liveOf);
  }

  dispose(): void {
    clearTimeout(this.telling);
    this.cache.dispose();
    this.corporaChanged.dispose();
    this.labelsChanged.dispose();
    this.summariesChanged.dispose();
    this.indexChanged.dispose();
    this.layersChanged.dispose();
  }

  /** All of them, by corpus and path. */
  all: readonly ArticleEntry[] = [];

  entry(uri: vscode.Uri): ArticleEntry | undefined {
    return this.entries.get(uri.toString());
  }

  isKnown(entry: ArticleEntry): boolean {
    return this.entries.get(entry.key) === entry;
  }

  /** The articles that a sidecar is of, in the layer that the window works in. */
  entriesOf(sidecar: vscode.Uri): readonly ArticleEntry[] {
    return this.layersIn(sidecar).flatMap(({ entry, layer }) => (layer === this.layer ? entry : []));
  }

  /** The articles that have this shared sidecar, be it there or not. */
  sharing(sidecar: vscode.Uri): readonly ArticleEntry[] {
    return this.bySidecar.get(sidecar.toString()) ?? [];
  }

  /** The articles that a sidecar is of, in the layer that it is; that is empty for the shared one. */
  layersIn(sidecar: vscode.Uri): readonly { readonly entry: ArticleEntry; readonly layer: string }[] {
    const sharing = this.sharing(sidecar);
    if (sharing.length > 0) return sharing.map((entry) => ({ entry, layer: '' }));
    const shared = sharedSidecarName(sidecar.path);
    if (shared === undefined) return [];
    const layer = layerOf(sidecar.path);
    return this.sharing(sidecar.with({ path: shared })).map((entry) => ({ entry, layer }));
  }

  corpusAt(uri: vscode.Uri): Corpus | undefined {
    return innermost(this.corpora, uri);
  }

  /** A sidecar changed, came or went that is not one of the layer that the window works in. */
  async followOther(sidecar: vscode.Uri, kind: FileChange): Promise<void> {
    const corpus = kind === 'deleted' ? undefined : this.corpusAt(sidecar);
    this.orphans.follow(sidecar, corpus);
    const found = this.layersIn(sidecar);
    for (const { entry, layer } of found) {
      if (!corpus) entry.layers.delete(layer);
      else if (!entry.layers.has(layer)) entry.layers.set(layer, []);
      if (corpus && layer !== '') corpus.hasLayers = true;
    }
    await this.refreshLayers(found.map(({ entry }) => entry));
  }

  /** Reads the sidecars of other layers again, and tells of them. */
  async refreshLayers(entries: readonly ArticleEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await forEachLimited(entries, disk.concurrency, (entry) => entry.refreshLayers());
    this.layersChanged.fire(entries);
  }

  /** The entities of a layer of all articles, once all have been read. @param layer empty for the shared one */
  async indexOf(layer: string): Promise<MentionIndex<ArticleEntry>> {
    await this.ready;
    if (layer !== this.layer) return this.layerIndexes.of(layer, this.all);
    await this.summarized;
    return this.index;
  }

  /** The entities of all articles that have been read, in the layer that the window works in, as they are now. */
  get index(): MentionIndex<ArticleEntry> {
    // Some ask for each word of the corpus.
    if (this.behind.size === 0) return this.mentions;
    for (const entry of this.behind) {
      const live = this.liveOf(entry);
      if (live) this.mentions.set(entry, live.entities);
    }
    this.behind.clear();
    return this.mentions;
  }

  /** Counts the labels of texts in the index, in steps: who asks the index for them at once may wait for all. */
  async count(): Promise<void> {
    const pace = new Pace();
    const counting = this.index.countAll();
    while (!counting.next().done) if (pace.isDue) await pace.rest();
  }

  /** When the list is known (summaries and index follow). */
  get ready(): Promise<void> {
    return (this.scanning ??= this.scan());
  }

  /** Looks at the folders again; only what is new or gone is read. */
  rescan(): Promise<void> {
    this.scanning = (this.scanning ?? Promise.resolve()).then(() => this.scan());
    return this.scanning;
  }

  /** Reads all of another layer instead. @returns once the list is known */
  workIn(layer: string): Promise<void> {
    if (layer === this.layer) return this.ready;
    this.layer = layer;
    this.cache.dispose();
    this.cache = new IndexCache(this.storage, layer);
    this.saved = undefined;
    return this.rescan();
  }

  private async scan(): Promise<void> {
    const before = this.entries;
    const isFirst = this.saved === undefined;
    this.saved ??= this.cache.read(this.mentions);
    const found = await scanWorkspace(this.corpora, before, this.texts, this.layer);
    const { corpora, relabelled, entries, bySidecar, fresh } = found;
    this.corpora = corpora;
    this.entries = entries;
    this.all = [...entries.values()];
    this.bySidecar = bySidecar;
    this.orphans.reset(found.orphans);
    for (const [uri, entry] of before) if (entries.get(uri) !== entry) this.forget(entry);
    this.corporaChanged.fire();
    for (const corpus of relabelled) this.labelsChanged.fire(corpus);
    this.summarized = this.summarized.then(async () => {
      await this.refresh(fresh, await this.saved);
      if (isFirst) this.saved = Promise.resolve(undefined);
      void this.count();
    });
  }

  private forget(entry: ArticleEntry): void {
    this.behind.delete(entry);
    this.mentions.delete(entry);
    this.tellOfIndex(entry);
  }

  /** Reads articles in the background and tells of them in batches. @param saved what need not be read again */
  async refresh(entries: readonly ArticleEntry[], saved?: SavedIndex): Promise<void> {
    let batch: ArticleEntry[] = [];
    const tell = () => {
      if (batch.length > 0) this.summariesChanged.fire(batch);
      batch = [];
    };
    const add = (entry: ArticleEntry) => {
      batch.push(entry);
      this.tellOfIndex(entry);
    };
    const timer = setInterval(tell, BATCH_PAUSE);
    const pace = new Pace();
    const chunkAt = (at: number) => entries.slice(at, at + CHUNK);
    try {
      let coming = currentStamps(chunkAt(0));
      for (let at = 0; at < entries.length; at += CHUNK) {
        const chunk = chunkAt(at);
        const stamps = await coming;
        // Those of the next are asked for while these are worked through.
        coming = currentStamps(chunkAt(at + CHUNK));
        const toRead: { entry: ArticleEntry; stamp: string | undefined }[] = [];
        for (const [i, entry] of chunk.entries()) {
          if (pace.isDue) await pace.rest();
          // Another look at the folders may have found it gone: the index would keep it for good.
          if (!this.isKnown(entry)) continue;
          const isRead = this.followIfLive(entry)
            ? entry.layers.size === 0
            : saved?.restore(entry, stamps[i]);
          if (isRead) add(entry);
          else toRead.push({ entry, stamp: stamps[i] });
        }
        await forEachLimited(toRead, disk.concurrency, async ({ entry, stamp }) => {
          await this.read(entry, stamp);
          if (this.isKnown(entry)) add(entry);
        });
      }
    } finally {
      clearInterval(timer);
      tell();
    }
    this.cache.follow(entries.length, () => ({ entries: this.entries.values(), index: this.index }));
  }

  private async read(entry: ArticleEntry, stamp: string | undefined): Promise<void> {
    if (this.followIfLive(entry)) return entry.refreshLayers();
    const { entities, ...facts } = await entry.refresh(stamp);
    // It may have gone, or been opened, meanwhile.
    if (!this.isKnown(entry) || this.followIfLive(entry)) return;
    this.mentions.set(entry, entities);
    entry.summary = new ClosedSummary(
      { ...facts, ...tally(entities) },
      this.mentions.rows(entry),
      this.mentions,
    );
  }

  private followIfLive(entry: ArticleEntry): boolean {
    const live = this.isKnown(entry) ? this.liveOf(entry) : undefined;
    if (!live) return false;
    this.summarizeLive(live, entry);
    this.behind.add(entry);
    return true;
  }

  private tellOfIndex(entry: ArticleEntry): void {
    this.toTell.add(entry);
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      const entries = [...this.toTell];
      this.toTell.clear();
      this.indexChanged.fire(entries);
    }, PAUSE);
  }

  /** A live article's entities or problems changed. */
  followLive(article: LiveArticle): void {
    const entry = this.entry(article.uri);
    if (entry?.layer !== article.layer) return;
    const { hasSidecar, summary } = entry;
    entry.hasSidecar = article.sync.file.source !== undefined;
    this.summarizeLive(article, entry);
    if (entry.hasSidecar !== hasSidecar || !isSameSummary(entry.summary, summary))
      this.summariesChanged.fire([entry]);
    this.behind.add(entry);
    this.tellOfIndex(entry);
  }

  private summarizeLive(article: LiveArticle, entry: ArticleEntry): void {
    const { status, entities } = article.annotations;
    const inTrouble =
      article.refusal !== undefined || article.writeError !== undefined || entities.some(isToDecide);
    const { raw } = article.index;
    const facts = { date: parseHeader(raw).date, title: articleTitle(raw), status, inTrouble };
    entry.summary = summarize(facts, entities);
    entry.stamp = undefined;
  }

  /** What changed on disk (or in an editor), but sidecars: the article, the label set or the list is read again. */
  async followFile(uri: vscode.Uri, kind: FileChange): Promise<void> {
    if (uri.path.endsWith('/' + CORPUS_YAML)) return this.followCorpusYaml(uri, kind);
    const entry = this.entry(uri);
    if (entry && kind === 'changed') return this.refresh([entry]);
    const corpus = this.corpusAt(uri);
    const path = corpus?.relativePath(uri);
    const isArticle = path !== undefined && corpus?.isArticle(path);
    const isPerhapsFolder =
      kind === 'deleted' ? this.hasEntryBelow(uri) : kind === 'created' && !/\.[^/]*$/.test(uri.path);
    if ((entry || isArticle || isPerhapsFolder) && !isSidecarName(uri.path)) await this.rescan();
  }

  private hasEntryBelow(folder: vscode.Uri): boolean {
    return this.all.some((entry) => entry.uri.path.startsWith(folder.path + '/'));
  }

  private async followCorpusYaml(uri: vscode.Uri, kind: FileChange): Promise<void> {
    const corpus = this.corpora.find((candidate) => candidate.yamlUri.toString() === uri.toString());
    const articles = corpus?.labelSet.articles.join('\n');
    if (corpus && (await corpus.refresh())) this.labelsChanged.fire(corpus);
    if (!corpus || kind !== 'changed' || articles !== corpus.labelSet.articles.join('\n'))
      await this.rescan();
  }
}
