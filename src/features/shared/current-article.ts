import * as vscode from 'vscode';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';

/**
 * The article that the side bar is about: the active editor's, and while another file, a panel or a view
 * has the focus, the last one, for as long as it is open.
 */
export class CurrentArticle implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  article: LiveArticle | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    const update = () => this.update();
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      store.live.onDidChangeActive(update),
      store.catalog.onDidChangeCorpora(update),
      store.live.onDidClose(update),
      store.live.onDidChangeEntities((article) => {
        // A document that was closed and opened again has a new live article.
        if (article !== this.article && article.uri.toString() === this.article?.uri.toString()) update();
      }),
      vscode.window.tabGroups.onDidChangeTabs(update),
    );
    update();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private update(): void {
    const article = this.find();
    if (article === this.article) return;
    this.article = article;
    this.changed.fire();
  }

  private find(): LiveArticle | undefined {
    if (this.store.live.active) return this.store.live.active;
    if (this.article && isOpen(this.article.uri)) return this.store.live.at(this.article.uri);
    for (const { document } of vscode.window.visibleTextEditors) {
      const visible = this.store.live.at(document.uri);
      if (visible) return visible;
    }
    return undefined;
  }
}

function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  if (vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === key)) return true;
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key),
  );
}
