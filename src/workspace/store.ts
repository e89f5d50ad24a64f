import * as vscode from 'vscode';
import { disk } from '#disk';
import { parseHeader } from '../core/header';
import { baseName, isSidecarName } from '../core/sidecar/name';
import { forEachLimited, isToDecide, summarize, type ArticleEntry, type ArticleSummary } from './catalog';
import { CORPUS_YAML, innermost, type Corpus } from './corpus';
import { isLeftoverName } from './disk';
import { Drafts } from './drafts';
import { HistoryFiles } from './history-files';
import { OldTexts } from './old-texts';
import { LiveArticle } from './live-article';
import { groupBySidecar, scanWorkspace } from './scan';

/**
 * Everything that features share: the corpora of the workspace, the catalog of their articles, and the
 * live articles of open documents. Features read it, change it through `LiveArticle.apply`, and follow
 * its events; they do not know each other.
 */
export class CorpusStore implements vscode.Disposable {
  private readonly corporaChanged = new vscode.EventEmitter<void>();
  /** The list of corpora or of articles changed. */
  readonly onDidChangeCorpora = this.corporaChanged.event;
  private readonly labelsChanged = new vscode.EventEmitter<Corpus>();
  readonly onDidChangeLabels = this.labelsChanged.event;
  private readonly articlesChanged = new vscode.EventEmitter<readonly ArticleEntry[]>();
  /** Summaries changed; several at once where many are read. */
  readonly onDidChangeArticles = this.articlesChanged.event;
  private readonly entitiesChanged = new vscode.EventEmitter<LiveArticle>();
  /** Annotations, positions or problems of a live article changed. Also fires when it goes live. */
  readonly onDidChangeEntities = this.entitiesChanged.event;
  private readonly activeChanged = new vscode.EventEmitter<LiveArticle | undefined>();
  readonly onDidChangeActive = this.activeChanged.event;
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidClose = this.closed.event;

  private readonly modeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeMode = this.modeChanged.event;
  /** The mode in which single keys tag or review; kept here because several features show it. */
  mode: 'tagging' | 'review' | undefined;

  corpora: readonly Corpus[] = [];
  /** The live article of the active editor, once it is loaded. */
  active: LiveArticle | undefined;

  private entries = new Map<string, ArticleEntry>();
  /** Articles whose names differ only in the extension have one sidecar. */
  private entriesBySidecar = new Map<string, ArticleEntry[]>();
  private readonly live = new Map<
    string,
    { article: LiveArticle; loaded: Promise<LiveArticle>; isLoaded: boolean }
  >();
  /** What could not go to the sidecars yet. */
  readonly drafts: Drafts;
  private readonly histories: HistoryFiles;
  private readonly texts: OldTexts;
  private scanning: Promise<void> | undefined;

  constructor(storage: vscode.Uri) {
    this.drafts = new Drafts(storage);
    this.histories = new HistoryFiles(storage);
    this.texts = new OldTexts(storage);
  }

  dispose(): void {
    for (const { article } of this.live.values()) article.dispose();
    this.drafts.dispose();
    this.histories.dispose();
    for (const emitter of [
      this.corporaChanged,
      this.labelsChanged,
      this.articlesChanged,
      this.entitiesChanged,
      this.activeChanged,
      this.closed,
      this.modeChanged,
    ]) {
      emitter.dispose();
    }
  }

  setMode(mode: CorpusStore['mode']): void {
    this.mode = mode;
    this.modeChanged.fire();
  }

  /** All articles, by corpus and path. */
  get articles(): readonly ArticleEntry[] {
    return [...this.entries.values()];
  }

  entry(uri: vscode.Uri): ArticleEntry | undefined {
    return this.entries.get(uri.toString());
  }

  /** The articles that a sidecar is for, by its name: one, unless names differ only in the extension. */
  entriesOf(sidecar: vscode.Uri): readonly ArticleEntry[] {
    return this.entriesBySidecar.get(sidecar.toString()) ?? [];
  }

  /** The corpus whose articles or files include a place; the innermost one. */
  corpusAt(uri: vscode.Uri): Corpus | undefined {
    return innermost(this.corpora, uri);
  }

  /** When the list of articles is known (their summaries follow). */
  get ready(): Promise<void> {
    return (this.scanning ??= this.scan());
  }

  /** When the summaries of all articles that are known now have been read. */
  summarized: Promise<void> = Promise.resolve();

  /** Looks at the folders again; only what is new or gone is read. */
  rescan(): Promise<void> {
    this.scanning = (this.scanning ?? Promise.resolve()).then(() => this.scan());
    return this.scanning;
  }

  private async scan(): Promise<void> {
    const { corpora, relabelled, entries, fresh } = await scanWorkspace(
      this.corpora,
      this.entries,
      this.texts,
    );
    this.corpora = corpora;
    this.entries = entries;
    this.entriesBySidecar = groupBySidecar(entries.values());
    this.corporaChanged.fire();
    for (const corpus of relabelled) this.labelsChanged.fire(corpus);
    this.summarized = this.summarized.then(() => this.refreshSummaries(fresh));
    for (const article of this.loadedArticles) if (article.refusal) void article.sync.followSidecar();
    for (const document of vscode.workspace.textDocuments)
      if (this.isVisible(document)) void this.open(document);
  }

  /** Reads summaries in the background and tells of them in batches. */
  private async refreshSummaries(entries: readonly ArticleEntry[]): Promise<void> {
    let batch: ArticleEntry[] = [];
    const tell = () => {
      if (batch.length > 0) this.articlesChanged.fire(batch);
      batch = [];
    };
    const timer = setInterval(tell, 150);
    try {
      await forEachLimited(entries, disk.concurrency, async (entry) => {
        const live = this.loadedArticle(entry.uri);
        if (live) this.summarizeLive(live, entry);
        else await entry.refresh();
        batch.push(entry);
      });
    } finally {
      clearInterval(timer);
      tell();
    }
  }

  /** What changed on disk (or in an editor): the file's article, label set or list is read again. */
  async followFile(uri: vscode.Uri, kind: 'created' | 'changed' | 'deleted'): Promise<void> {
    // In a browser, the watcher of a folder also tells of the editor's own files with such a path.
    if (!vscode.workspace.getWorkspaceFolder(uri) || isLeftoverName(baseName(uri.path))) return;
    if (uri.path.endsWith('/' + CORPUS_YAML)) return this.followCorpusYaml(uri, kind);
    if (isSidecarName(uri.path)) {
      const entries = this.entriesBySidecar.get(uri.toString()) ?? [];
      for (const entry of entries) {
        entry.hasSidecar = kind !== 'deleted';
        await this.loadedArticle(entry.uri)?.sync.followSidecar();
      }
      return this.refreshSummaries(entries);
    }
    const entry = this.entry(uri);
    if (entry && kind === 'changed') return this.refreshSummaries([entry]);
    const corpus = this.corpusAt(uri);
    const path = corpus?.relativePath(uri);
    const isArticle = path !== undefined && corpus?.isArticle(path);
    const isPerhapsFolder =
      kind === 'deleted' ? this.hasEntryBelow(uri) : kind === 'created' && !/\.[^/]*$/.test(uri.path);
    if (entry || isArticle || isPerhapsFolder) await this.rescan();
  }

  private hasEntryBelow(folder: vscode.Uri): boolean {
    return [...this.entries.values()].some((entry) => entry.uri.path.startsWith(folder.path + '/'));
  }

  private async followCorpusYaml(uri: vscode.Uri, kind: 'created' | 'changed' | 'deleted'): Promise<void> {
    const corpus = this.corpora.find((candidate) => candidate.yamlUri.toString() === uri.toString());
    const articles = corpus?.labelSet.articles.join('\n');
    if (corpus && (await corpus.refresh())) this.labelsChanged.fire(corpus);
    if (!corpus || kind !== 'changed' || articles !== corpus.labelSet.articles.join('\n'))
      await this.rescan();
  }

  /** The live article of a document, if it is one of a corpus. Loads it the first time. */
  async open(document: vscode.TextDocument): Promise<LiveArticle | undefined> {
    const key = document.uri.toString();
    const existing = this.live.get(key);
    if (existing && existing.article.document === document) return existing.loaded;
    await this.ready;
    const entry = this.entry(document.uri);
    if (!entry || document.isClosed) return undefined;
    const raced = this.live.get(key);
    if (raced && raced.article.document === document) return raced.loaded;
    raced?.article.dispose();
    const article = new LiveArticle(document, entry.sidecarUri, this.drafts, this.histories, this.texts);
    const slot = { article, isLoaded: false, loaded: Promise.resolve(article) };
    this.live.set(key, slot);
    slot.loaded = article.load().then(() => {
      slot.isLoaded = true;
      article.onDidChange(() => this.followLive(article));
      this.followLive(article);
      this.updateActive();
      return article;
    });
    return slot.loaded;
  }

  /** The live article of a uri if it is loaded already. */
  loadedArticle(uri: vscode.Uri): LiveArticle | undefined {
    const slot = this.live.get(uri.toString());
    return slot?.isLoaded ? slot.article : undefined;
  }

  /** When everything that was done to any article is on disk (or, where an article is unsaved, in the drafts). */
  async whenSaved(): Promise<void> {
    await Promise.all(
      [...this.live.values()].map(({ loaded }) => loaded.then((article) => article.sync.whenSaved)),
    );
  }

  /** Ends what was begun: when nothing is in memory only. Never rejects, unlike {@link whenSaved}. */
  async flush(): Promise<void> {
    await Promise.all(this.loadedArticles.map((article) => article.sync.flush()));
    await Promise.all([this.drafts.settled, this.histories.flush()]);
  }

  get loadedArticles(): readonly LiveArticle[] {
    return [...this.live.values()].filter((slot) => slot.isLoaded).map((slot) => slot.article);
  }

  private followLive(article: LiveArticle): void {
    const entry = this.entry(article.uri);
    if (entry) {
      const { hasSidecar, summary } = entry;
      entry.hasSidecar = article.sync.file.source !== undefined;
      this.summarizeLive(article, entry);
      if (entry.hasSidecar !== hasSidecar || !isSameSummary(entry.summary, summary))
        this.articlesChanged.fire([entry]);
    }
    this.entitiesChanged.fire(article);
  }

  private summarizeLive(article: LiveArticle, entry: ArticleEntry): void {
    const { status, entities } = article.annotations;
    const inTrouble =
      article.refusal !== undefined || article.writeError !== undefined || entities.some(isToDecide);
    const { date } = parseHeader(article.index.raw);
    entry.summary = summarize(date, status, entities, { inTrouble });
  }

  /** The editor closed a document: its live article ends once all of it is written. */
  async close(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const slot = this.live.get(key);
    if (!slot || slot.article.document !== document) return;
    await slot.loaded.then((article) => article.sync.whenSaved).catch(() => undefined);
    if (this.live.get(key) !== slot || !document.isClosed) return;
    this.live.delete(key);
    slot.article.dispose();
    this.closed.fire(document.uri);
    const entry = this.entry(document.uri);
    if (entry) await this.refreshSummaries([entry]);
  }

  /** Follows the active editor. */
  updateActive(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const article = uri && this.loadedArticle(uri);
    if (article === this.active) return;
    this.active = article;
    this.activeChanged.fire(article);
  }

  private isVisible(document: vscode.TextDocument): boolean {
    return vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  }
}

function isSameSummary(a: ArticleSummary, b: ArticleSummary): boolean {
  return (
    a.date === b.date &&
    a.status === b.status &&
    a.entities === b.entities &&
    a.unreviewed === b.unreviewed &&
    a.toPlace === b.toPlace &&
    a.inTrouble === b.inTrouble &&
    a.labels.size === b.labels.size &&
    [...a.labels].every(([label, count]) => b.labels.get(label) === count)
  );
}
