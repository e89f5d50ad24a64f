import * as vscode from 'vscode';
import { baseName, isSidecarName } from '../core/sidecar/name';
import { Catalog } from './corpus/catalog';
import { BulkChanges } from './steps/bulk';
import type { ArticleEntry } from './corpus/article-entry';
import { isLeftoverName } from '../core/skipped';
import { Drafts } from './open/drafts';
import { HistoryFiles } from './open/history-files';
import { LostSidecars } from './open/lost-sidecars';
import { OldTexts } from './open/old-texts';
import { ShownSuggestions } from './asking/shown-suggestions';
import { LiveArticles } from './open/live-articles';
import type { FileChange } from './files/source-change';
import { FormLists, isListName } from './asking/form-lists';
import { Proposers } from './asking/proposers';
import { LearnedEntities } from './learning/learned-entities';

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
  readonly catalog: Catalog;
  /** The articles that are open in editors. */
  readonly live: LiveArticles;
  /** What is known as an entity, and what is refused, in lists and by what was tagged. */
  readonly lists: FormLists;
  /** What is learned from articles that are done. */
  private readonly learned: LearnedEntities;
  /** What proposes entities in untagged text. */
  readonly proposers: Proposers;
  /** Changes of many articles at once. */
  readonly bulk: BulkChanges;
  /** What is suggested in the articles that editors show. */
  readonly suggestions: ShownSuggestions;
  /** Tells of sidecars that other programs delete. */
  readonly lostSidecars = new LostSidecars(this);

  /** @param layer that the window works in; empty for the shared one */
  constructor(storage: vscode.Uri, layer = '') {
    const texts = new OldTexts(storage);
    this.catalog = new Catalog(storage, texts, (entry, of) => this.live.of(entry, of), layer);
    const { orphans } = this.catalog;
    const [drafts, histories] = [new Drafts(storage), new HistoryFiles(storage)];
    this.live = new LiveArticles(this.catalog, { drafts, histories, texts, orphans });
    this.catalog.onDidChangeCorpora(() => this.followScan());
    this.bulk = new BulkChanges(this, storage);
    this.lists = new FormLists(this.catalog);
    this.learned = new LearnedEntities(this.catalog, this.live, this.lists);
    this.proposers = new Proposers([this.lists, this.learned]);
    this.suggestions = new ShownSuggestions(this.catalog, this.live, this.proposers);
  }

  dispose(): void {
    this.suggestions.dispose();
    this.proposers.dispose();
    this.learned.dispose();
    this.lists.dispose();
    this.lostSidecars.dispose();
    this.live.dispose();
    this.catalog.dispose();
    this.modeChanged.dispose();
  }

  setMode(mode: CorpusStore['mode']): void {
    this.mode = mode;
    this.modeChanged.fire();
  }

  /** Shows and writes another layer from now on. @returns once the articles that editors show are those of it */
  async workIn(layer: string): Promise<void> {
    const working = this.catalog.workIn(layer);
    // No key may tag in the layer that was left.
    this.live.updateActive();
    await working;
    await Promise.all(vscode.window.visibleTextEditors.map(({ document }) => this.live.open(document)));
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
    // A sidecar that came after the folders were listed is that of an article which the list does not have yet.
    await this.catalog.ready;
    if (isListName(uri.path)) this.lists.followList(uri);
    if (!isSidecarName(uri.path)) return this.catalog.followFile(uri, kind);
    const entries = this.catalog.entriesOf(uri);
    if (entries.length === 0) {
      const followed = this.catalog.followOther(uri, kind);
      this.followOrphans();
      await this.live.ofSidecar(uri)?.sync.followSidecar();
      await followed;
    }
    if (kind === 'deleted') this.lostSidecars.follow(entries);
    for (const entry of entries) {
      entry.hasSidecar = kind !== 'deleted';
      await this.live.of(entry)?.sync.followSidecar();
    }
    await this.catalog.refresh(entries);
  }
}
