import * as vscode from 'vscode';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { CorpusStore } from '../../workspace/store';
import type { CurrentArticle } from '../shared/current-article';
import { rowsOfKey } from '../shared/rows-of-key';
import { LabelCounts } from './label-counts';
import { toRows, toTreeItem, type Row } from './rows';

/** How long changes are gathered before the counts follow, in ms. */
const PAUSE = 150;

export class LabelsView implements vscode.Disposable, vscode.TreeDataProvider<Row> {
  private readonly treeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.treeChanged.event;
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private drawn = '';
  private readonly counts: LabelCounts;

  constructor(
    private readonly store: CorpusStore,
    private readonly current: CurrentArticle,
  ) {
    this.counts = new LabelCounts(store);
    this.view = vscode.window.createTreeView('corpusAnnotator.labels', { treeDataProvider: this });
    const refresh = () => this.refresh();
    this.subscriptions = vscode.Disposable.from(
      this.view,
      this.treeChanged,
      this.view.onDidChangeVisibility(refresh),
      current.onDidChange(refresh),
      store.catalog.onDidChangeLabels(refresh),
      store.catalog.onDidChangeCorpora(() => {
        this.counts.forget();
        this.refresh();
      }),
      store.catalog.onDidChangeSummaries((entries) => {
        this.counts.follow(entries);
        this.schedule();
      }),
    );
    this.refresh();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  /** The corpus whose labels are shown: that of the current article, else the first. */
  get corpus(): Corpus | undefined {
    const uri = this.current.article?.uri;
    return (uri && this.store.catalog.entry(uri)?.corpus) ?? this.store.catalog.corpora[0];
  }

  /** The row that a key is about. */
  async rowOfKey(): Promise<Row | undefined> {
    return (await rowsOfKey(this.view)).at(-1);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return toTreeItem(row);
  }

  getChildren(row?: Row): Row[] {
    if (row) return row.kind === 'strays' ? [...row.children] : [];
    return this.rows();
  }

  private rows(): Row[] {
    const { corpus } = this;
    const uri = this.current.article?.uri;
    const here = uri && this.store.catalog.entry(uri)?.summary.labels;
    return toRows(corpus, here, this.counts.of(corpus));
  }

  /** Counts come one by one while the corpus is read: the first of a burst starts the clock. */
  private schedule(): void {
    this.timer ??= setTimeout(() => this.refresh(), PAUSE);
  }

  private refresh(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { corpus } = this;
    void vscode.commands.executeCommand(
      'setContext',
      'corpusAnnotator.hasLabelSet',
      corpus?.hasYaml === true,
    );
    this.view.description = corpus && this.store.catalog.corpora.length > 1 ? corpus.name : '';
    this.view.message = messageFor(corpus);
    if (!this.view.visible) return;
    const drawn = JSON.stringify(this.rows());
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.treeChanged.fire();
  }
}

/** What to do next, where the labels are not the corpus's own, or there is none. */
function messageFor(corpus: Corpus | undefined): string {
  if (corpus?.hasYaml && corpus.labelSet.labels.length === 0)
    return vscode.l10n.t('The label set is empty. Point here and press + above, or run Corpus: Add Label….');
  if (corpus && !corpus.hasYaml)
    return vscode.l10n.t(
      'These are common labels to begin with. To make your own, point here and press the button above, or run Corpus: Create Label Set….',
    );
  return '';
}
