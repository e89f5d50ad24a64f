import * as vscode from 'vscode';
import { disk } from '#disk';
import type { MentionIndex } from '../core/mentions';
import { decodeUtf8 } from '../core/text';
import { baseName, isSidecarName } from '../core/sidecar/name';
import { Articles, type FileChange } from './articles';
import { BulkChanges } from './bulk';
import type { ArticleEntry } from './catalog';
import type { Corpus } from './corpus';
import { isLeftoverName } from '../core/skipped';
import { Drafts } from './drafts';
import { HistoryFiles } from './history-files';
import { LostSidecars } from './lost-sidecars';
import { OldTexts } from './old-texts';
import { ShownSuggestions } from './shown-suggestions';
import { LiveArticle, type ArticleDocument, type Keepers } from './live-article';
import { Refusal } from './refusal';
import { isListName, Suggester } from './suggestions';

/**
 * Everything that features share: the corpora of the workspace, the catalog of their articles, and the
 * live articles of open documents. Features read it, change it through `LiveArticle.apply`, and follow
 * its events; they do not know each other.
 */
export class CorpusStore implements vscode.Disposable {
  private readonly entitiesChanged = new vscode.EventEmitter<LiveArticle>();
  /** Annotations, positions or problems of a live article changed. Also fires when it goes live. */
  readonly onDidChangeEntities = this.entitiesChanged.event;
  private readonly activeChanged = new vscode.EventEmitter<LiveArticle | undefined>();
  readonly onDidChangeActive = this.activeChanged.event;
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidClose = this.closed.event;

  private readonly modeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeMode = this.modeChanged.event;
  /** What single keys do in articles; kept here because several features show it. */
  mode: 'tagging' | 'review' | 'editing' = 'tagging';

  /** Which articles the Articles view shows, where it has a filter; kept here because an export may ask for those. */
  articleFilter: ((entry: ArticleEntry) => boolean) | undefined;

  /** The live article of the active editor, once it is loaded. */
  active: LiveArticle | undefined;

  private readonly known: Articles;
  /** What is suggested in untagged text. */
  readonly suggester: Suggester;
  /** Changes of many articles at once. */
  readonly bulk: BulkChanges;
  /** What is suggested in the articles that editors show. */
  readonly suggestions: ShownSuggestions;
  readonly lostSidecars = new LostSidecars(this);
  private readonly live = new Map<
    string,
    { article: LiveArticle; loaded: Promise<LiveArticle>; isLoaded: boolean }
  >();
  /** What knows more of live articles than their files say. */
  readonly keepers: Keepers;

  constructor(storage: vscode.Uri) {
    const texts = new OldTexts(storage);
    this.known = new Articles(storage, texts, (entry) => this.liveOf(entry));
    const { orphans } = this.known;
    this.keepers = { drafts: new Drafts(storage), histories: new HistoryFiles(storage), texts, orphans };
    this.known.onDidChangeCorpora(() => this.followScan());
    this.bulk = new BulkChanges(this, storage);
    this.suggester = new Suggester(this);
    this.suggestions = new ShownSuggestions(this, this.suggester);
  }

  /** The list of corpora or of articles changed. */
  get onDidChangeCorpora(): vscode.Event<void> {
    return this.known.onDidChangeCorpora;
  }

  get onDidChangeLabels(): vscode.Event<Corpus> {
    return this.known.onDidChangeLabels;
  }

  /** Summaries changed; several at once where many are read. */
  get onDidChangeArticles(): vscode.Event<readonly ArticleEntry[]> {
    return this.known.onDidChangeSummaries;
  }

  /** The entities of these articles changed, or came into the index, some time ago. */
  get onDidChangeIndex(): vscode.Event<readonly ArticleEntry[]> {
    return this.known.onDidChangeIndex;
  }

  dispose(): void {
    this.suggestions.dispose();
    this.lostSidecars.dispose();
    for (const { article } of this.live.values()) article.dispose();
    this.known.dispose();
    this.keepers.drafts.dispose();
    this.keepers.histories.dispose();
    for (const emitter of [this.entitiesChanged, this.activeChanged, this.closed, this.modeChanged]) {
      emitter.dispose();
    }
  }

  setMode(mode: CorpusStore['mode']): void {
    this.mode = mode;
    this.modeChanged.fire();
  }

  get corpora(): readonly Corpus[] {
    return this.known.corpora;
  }

  /** All articles, by corpus and path. */
  get articles(): readonly ArticleEntry[] {
    return this.known.all;
  }

  /** The entities of all articles that have been read, open or not, as they are now. */
  get index(): MentionIndex<ArticleEntry> {
    return this.known.index;
  }

  entry(uri: vscode.Uri): ArticleEntry | undefined {
    return this.known.entry(uri);
  }

  /** Whether an article is (still) one of the list. */
  isKnown(entry: ArticleEntry): boolean {
    return this.known.isKnown(entry);
  }

  /** The articles that a sidecar is for, by its name: one, unless names differ only in the extension. */
  entriesOf(sidecar: vscode.Uri): readonly ArticleEntry[] {
    return this.known.entriesOf(sidecar);
  }

  /** The corpus whose articles or files include a place; the innermost one. */
  corpusAt(uri: vscode.Uri): Corpus | undefined {
    return this.known.corpusAt(uri);
  }

  /** When the list of articles is known (their summaries and the index follow). */
  get ready(): Promise<void> {
    return this.known.ready;
  }

  /** When the summaries of all articles that are known now have been read, and the index knows them. */
  get summarized(): Promise<void> {
    return this.known.summarized;
  }

  /** Counts the labels of texts in the index, in steps: who asks the index for them at once may wait for all. */
  count(): Promise<void> {
    return this.known.count();
  }

  /** Looks at the folders again; only what is new or gone is read. */
  rescan(): Promise<void> {
    return this.known.rescan();
  }

  private followScan(): void {
    this.followOrphans();
    for (const { document } of vscode.window.visibleTextEditors) void this.open(document);
  }

  /** What an article without a sidecar that can be used waits for may have come or gone. */
  private followOrphans(): void {
    for (const article of this.loadedArticles)
      if (article.refusal || !article.hasSidecar) void article.sync.followSidecar();
  }

  /** What changed on disk (or in an editor): the file's article, label set or list is read again. */
  async followFile(uri: vscode.Uri, kind: FileChange): Promise<void> {
    // In a browser, the watcher of a folder also tells of the editor's own files with such a path.
    if (!vscode.workspace.getWorkspaceFolder(uri) || isLeftoverName(baseName(uri.path))) return;
    if (isListName(uri.path)) this.suggester.followList(uri);
    if (!isSidecarName(uri.path)) return this.known.followFile(uri, kind);
    const entries = this.entriesOf(uri);
    if (entries.length === 0) {
      this.known.followOther(uri, kind);
      this.followOrphans();
    }
    if (kind === 'deleted') this.lostSidecars.follow(entries);
    for (const entry of entries) {
      entry.hasSidecar = kind !== 'deleted';
      await this.liveOf(entry)?.sync.followSidecar();
    }
    await this.known.refresh(entries);
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
    const article = new LiveArticle(document, entry.sidecarUri, this.keepers);
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

  /** Does a task with an article as it is: the live one, or one that is read from its file for the task only. */
  async use<T>(entry: ArticleEntry, task: (article: LiveArticle<ArticleDocument>) => Promise<T>): Promise<T> {
    const slot = this.live.get(entry.key);
    if (slot) return task(await slot.loaded);
    const bytes = await disk.read(entry.uri);
    if (!bytes) throw new Refusal('article-gone', entry.uri);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw new Refusal('article-not-utf8', entry.uri);
    const document = { uri: entry.uri, isDirty: false, getText: () => text };
    const article = new LiveArticle<ArticleDocument>(document, entry.sidecarUri, this.keepers);
    try {
      await article.load();
      return await task(article);
    } finally {
      entry.hasSidecar = article.sync.file.source !== undefined;
      article.dispose();
    }
  }

  /** Reads articles again that are not live, at once, before the watcher tells of them. */
  refresh(entries: readonly ArticleEntry[]): Promise<void> {
    return this.known.refresh(entries);
  }

  /** The live article of a uri if it is loaded already. */
  loadedArticle(uri: vscode.Uri): LiveArticle | undefined {
    return this.liveAt(uri.toString());
  }

  /** The same for an article of the list. */
  liveOf(entry: ArticleEntry): LiveArticle | undefined {
    return this.liveAt(entry.key);
  }

  private liveAt(key: string): LiveArticle | undefined {
    const slot = this.live.get(key);
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
    await Promise.all([this.keepers.drafts.settled, this.keepers.histories.flush()]);
  }

  get loadedArticles(): readonly LiveArticle[] {
    return [...this.live.values()].filter((slot) => slot.isLoaded).map((slot) => slot.article);
  }

  private followLive(article: LiveArticle): void {
    this.known.followLive(article);
    this.entitiesChanged.fire(article);
  }

  /** The editor closed a document: its live article ends once all of it is written. */
  async close(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const slot = this.live.get(key);
    if (!slot || slot.article.document !== document) return;
    await slot.loaded.then((article) => article.sync.whenSaved).catch(() => undefined);
    if (this.keepers.drafts.has(document.uri)) await slot.article.textFollower.settle();
    if (this.live.get(key) !== slot || !document.isClosed) return;
    this.live.delete(key);
    slot.article.dispose();
    this.closed.fire(document.uri);
    const entry = this.entry(document.uri);
    if (entry) await this.known.refresh([entry]);
  }

  /** Follows the active editor. */
  updateActive(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const article = uri && this.loadedArticle(uri);
    if (article === this.active) return;
    this.active = article;
    this.activeChanged.fire(article);
  }
}
