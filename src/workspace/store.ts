import * as vscode from 'vscode';
import type { MentionIndex } from '../core/mentions';
import { baseName, isSidecarName } from '../core/sidecar/name';
import { Articles } from './articles';
import { BulkChanges } from './bulk';
import type { ArticleEntry } from './catalog';
import type { Corpus } from './corpus';
import { isLeftoverName } from '../core/skipped';
import { Drafts } from './drafts';
import { HistoryFiles } from './history-files';
import { LostSidecars } from './lost-sidecars';
import { OldTexts } from './old-texts';
import { ShownSuggestions } from './shown-suggestions';
import type { LiveArticle } from './live-article';
import { LiveArticles } from './live-articles';
import type { ArticleDocument } from './open-article';
import type { FileChange } from './source-change';
import { isListName, Suggester } from './suggestions';

/**
 * Everything that features share: the corpora of the workspace, the catalog of their articles, and the
 * live articles of open documents. Features read it, change it through `LiveArticle.apply`, and follow
 * its events; they do not know each other.
 */
export class CorpusStore implements vscode.Disposable {
  private readonly modeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeMode = this.modeChanged.event;
  /** What single keys do in articles; kept here because several features show it. */
  mode: 'tagging' | 'review' | 'editing' = 'tagging';

  /** Which articles the Articles view shows, where it has a filter; kept here because an export may ask for those. */
  articleFilter: ((entry: ArticleEntry) => boolean) | undefined;

  /** The corpora, their articles, and the index of all entities. */
  readonly catalog: Articles;
  /** The articles that are open in editors. */
  readonly live: LiveArticles;
  /** What is suggested in untagged text. */
  readonly suggester: Suggester;
  /** Changes of many articles at once. */
  readonly bulk: BulkChanges;
  /** What is suggested in the articles that editors show. */
  readonly suggestions: ShownSuggestions;
  /** Tells of sidecars that other programs delete. */
  readonly lostSidecars = new LostSidecars(this);

  constructor(storage: vscode.Uri) {
    const texts = new OldTexts(storage);
    this.catalog = new Articles(storage, texts, (entry) => this.live.of(entry));
    const { orphans } = this.catalog;
    const [drafts, histories] = [new Drafts(storage), new HistoryFiles(storage)];
    this.live = new LiveArticles(this.catalog, { drafts, histories, texts, orphans });
    this.catalog.onDidChangeCorpora(() => this.followScan());
    this.bulk = new BulkChanges(this, storage);
    this.suggester = new Suggester(this.catalog);
    this.suggestions = new ShownSuggestions(this.catalog, this.live, this.suggester);
  }

  /** The list of corpora or of articles changed. */
  get onDidChangeCorpora(): vscode.Event<void> {
    return this.catalog.onDidChangeCorpora;
  }

  get onDidChangeLabels(): vscode.Event<Corpus> {
    return this.catalog.onDidChangeLabels;
  }

  /** Summaries changed; several at once where many are read. */
  get onDidChangeArticles(): vscode.Event<readonly ArticleEntry[]> {
    return this.catalog.onDidChangeSummaries;
  }

  /** The entities of these articles changed, or came into the index, some time ago. */
  get onDidChangeIndex(): vscode.Event<readonly ArticleEntry[]> {
    return this.catalog.onDidChangeIndex;
  }

  dispose(): void {
    this.suggestions.dispose();
    this.lostSidecars.dispose();
    this.live.dispose();
    this.catalog.dispose();
    this.modeChanged.dispose();
  }

  setMode(mode: CorpusStore['mode']): void {
    this.mode = mode;
    this.modeChanged.fire();
  }

  get corpora(): readonly Corpus[] {
    return this.catalog.corpora;
  }

  /** All articles, by corpus and path. */
  get articles(): readonly ArticleEntry[] {
    return this.catalog.all;
  }

  /** The entities of all articles that have been read, open or not, as they are now. */
  get index(): MentionIndex<ArticleEntry> {
    return this.catalog.index;
  }

  entry(uri: vscode.Uri): ArticleEntry | undefined {
    return this.catalog.entry(uri);
  }

  /** Whether an article is (still) one of the list. */
  isKnown(entry: ArticleEntry): boolean {
    return this.catalog.isKnown(entry);
  }

  /** The articles that a sidecar is for, by its name: one, unless names differ only in the extension. */
  entriesOf(sidecar: vscode.Uri): readonly ArticleEntry[] {
    return this.catalog.entriesOf(sidecar);
  }

  /** The corpus whose articles or files include a place; the innermost one. */
  corpusAt(uri: vscode.Uri): Corpus | undefined {
    return this.catalog.corpusAt(uri);
  }

  /** When the list of articles is known (their summaries and the index follow). */
  get ready(): Promise<void> {
    return this.catalog.ready;
  }

  /** When the summaries of all articles that are known now have been read, and the index knows them. */
  get summarized(): Promise<void> {
    return this.catalog.summarized;
  }

  /** Counts the labels of texts in the index, in steps: who asks the index for them at once may wait for all. */
  count(): Promise<void> {
    return this.catalog.count();
  }

  /** Looks at the folders again; only what is new or gone is read. */
  rescan(): Promise<void> {
    return this.catalog.rescan();
  }

  private followScan(): void {
    this.followOrphans();
    for (const { document } of vscode.window.visibleTextEditors) void this.live.open(document);
  }

  /** What an article without a sidecar that can be used waits for may have come or gone. */
  private followOrphans(): void {
    for (const article of this.live.all)
      if (article.refusal || !article.hasSidecar) void article.sync.followSidecar();
  }

  /** What changed on disk (or in an editor): the file's article, label set or list is read again. */
  async followFile(uri: vscode.Uri, kind: FileChange): Promise<void> {
    // In a browser, the watcher of a folder also tells of the editor's own files with such a path.
    if (!vscode.workspace.getWorkspaceFolder(uri) || isLeftoverName(baseName(uri.path))) return;
    if (isListName(uri.path)) this.suggester.followList(uri);
    if (!isSidecarName(uri.path)) return this.catalog.followFile(uri, kind);
    const entries = this.entriesOf(uri);
    if (entries.length === 0) {
      this.catalog.followOther(uri, kind);
      this.followOrphans();
      await this.live.ofSidecar(uri)?.sync.followSidecar();
    }
    if (kind === 'deleted') this.lostSidecars.follow(entries);
    for (const entry of entries) {
      entry.hasSidecar = kind !== 'deleted';
      await this.live.of(entry)?.sync.followSidecar();
    }
    await this.catalog.refresh(entries);
  }

  /** Reads articles again that are not live, at once, before the watcher tells of them. */
  refresh(entries: readonly ArticleEntry[]): Promise<void> {
    return this.catalog.refresh(entries);
  }

  get onDidChangeEntities() {
    return this.live.onDidChangeEntities;
  }
  get onDidChangeActive() {
    return this.live.onDidChangeActive;
  }
  get onDidClose() {
    return this.live.onDidClose;
  }
  get active() {
    return this.live.active;
  }
  get keepers() {
    return this.live.keepers;
  }
  open(document: vscode.TextDocument, layer?: string) {
    return this.live.open(document, layer);
  }
  use<T>(entry: ArticleEntry, task: (article: LiveArticle<ArticleDocument>) => Promise<T>) {
    return this.live.use(entry, task);
  }
  loadedArticle(uri: vscode.Uri, layer?: string) {
    return this.live.at(uri, layer);
  }
  liveOf(entry: ArticleEntry) {
    return this.live.of(entry);
  }
  whenSaved() {
    return this.live.whenSaved();
  }
  flush() {
    return this.live.flush();
  }
  get loadedArticles() {
    return this.live.all;
  }
  close(document: vscode.TextDocument) {
    return this.live.close(document);
  }
  updateActive() {
    this.live.updateActive();
  }
}
