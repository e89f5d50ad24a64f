import * as vscode from 'vscode';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { FileNames } from './file-names';
import type { ArticleFilter } from './filter';
import { isSortBy, Order, type SortBy } from './order';
import { describe, rowOf } from './rows';
import { ArticleTree, type TreeNode } from './tree';

const SORT_KEY = 'articles.sort';
/** How long changes are gathered before rows follow, in ms. */
const PAUSE = 100;
/** With more changed rows than this, all rows that are shown are asked for again. */
const MANY = 200;

/** The rows of the Articles view: the store's articles, filtered, sorted and put into folders. */
export class ArticlesProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly treeChanged = new vscode.EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.treeChanged.event;
  private readonly updated = new vscode.EventEmitter<void>();
  /** Rows followed what changed. */
  readonly onDidUpdate = this.updated.event;

  sortBy: SortBy;
  private current: ArticleTree | undefined;
  private fileNames: FileNames | undefined;
  /** What was last shown behind a node's name. */
  private descriptions = new WeakMap<TreeNode, string>();
  private readonly pending = new Set<ArticleEntry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly store: CorpusStore,
    private readonly filter: ArticleFilter,
    private readonly memento: vscode.Memento,
  ) {
    const kept = memento.get(SORT_KEY);
    this.sortBy = isSortBy(kept) ? kept : 'name';
    this.subscriptions = vscode.Disposable.from(
      this.treeChanged,
      this.updated,
      filter.onDidChange(() => this.rebuild()),
      store.catalog.onDidChangeCorpora(() => void filter.follow([]).then(() => this.rebuild())),
      store.catalog.onDidChangeSummaries((entries) => {
        for (const entry of entries) this.pending.add(entry);
        this.timer ??= setTimeout(() => void this.followPending(), PAUSE);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  get tree(): ArticleTree {
    return (this.current ??= new ArticleTree(
      this.store.catalog.all.filter((entry) => this.filter.matches(entry)),
      Order.by[this.sortBy],
      this.store.catalog.corpora.length > 1,
    ));
  }

  async sort(by: SortBy): Promise<void> {
    this.sortBy = by;
    await this.memento.update(SORT_KEY, by);
    this.rebuild();
  }

  private rebuild(): void {
    this.current = undefined;
    this.fileNames = undefined;
    this.treeChanged.fire(undefined);
    this.updated.fire();
  }

  private async followPending(): Promise<void> {
    const changed = [...this.pending];
    this.pending.clear();
    this.timer = undefined;
    await this.filter.follow(changed);
    if (changed.some((entry) => this.tree.isMisplaced(entry, this.filter.matches(entry)))) {
      return this.rebuild();
    }
    const rows = changed.length > MANY ? undefined : this.rowsToRefresh(changed);
    if (rows?.length !== 0) this.treeChanged.fire(rows);
    this.updated.fire();
  }

  /** Rows of changed articles, and of what they are in where that shows something else now. */
  private rowsToRefresh(changed: readonly ArticleEntry[]): TreeNode[] {
    const rows = new Set<TreeNode>();
    const branches = new Set<TreeNode>();
    for (const entry of changed) {
      const node = this.tree.find(entry);
      if (node && this.descriptions.has(node)) rows.add(node);
      for (let above = node?.parent; above; above = above.parent) branches.add(above);
    }
    for (const branch of branches) {
      const shown = this.descriptions.get(branch);
      if (shown !== undefined && shown !== describe(branch, this.shortName)) rows.add(branch);
    }
    return [...rows];
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node) return [...this.tree.children(node)];
    // Until the articles are known there is a progress bar, not a welcome.
    await this.store.catalog.ready;
    await this.filter.restored;
    return [...this.tree.roots];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.tree.parent(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const row = rowOf(node, this.sortBy, this.shortName);
    this.descriptions.set(node, row.description as string);
    return row;
  }

  private readonly shortName = (entry: ArticleEntry): string =>
    (this.fileNames ??= new FileNames(this.store.catalog.all)).of(entry);
}
