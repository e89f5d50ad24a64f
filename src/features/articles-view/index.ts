import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { countArticles, countDone } from '../shared/counts';
import { say } from '../shared/messages';
import { entriesOf, mark, openSidecar, type ArticleArgument } from './actions';
import { chooseFilter } from './choose-filter';
import { doneAndNext } from './done-and-next';
import { DragAndDrop } from './drag-and-drop';
import { ArticleFilter, NO_FILTER, toFilterSpec } from './filter';
import { isSortBy, type SortBy } from './order';
import { ArticlesProvider } from './provider';
import type { TreeNode } from './tree';

/** The Articles view: the corpus as a tree, with filter, order and actions. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const filter = new ArticleFilter(store, context.workspaceState);
  const provider = new ArticlesProvider(store, filter, context.workspaceState);
  const view = vscode.window.createTreeView('corpusAnnotator.articles', {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: new DragAndDrop(store),
  });
  context.subscriptions.push(
    filter,
    provider,
    view,
    showCounts(view, store, filter, provider),
    showReading(store),
    revealActive(view, store, provider),
    registerCommand('articles.sort', async (argument?: unknown) => {
      const given = (argument as { by?: unknown } | undefined)?.by;
      const by = isSortBy(given) ? given : await chooseSort(provider.sortBy);
      if (by) await provider.sort(by);
    }),
    registerCommand('articles.filter', async (argument?: unknown) => {
      const spec = toFilterSpec(argument) ?? (await chooseFilter(store, filter.spec));
      if (spec) await filter.set(spec);
    }),
    registerCommand('articles.clearFilter', () => filter.set(NO_FILTER)),
    registerCommand('articles.refresh', async () => {
      await store.catalog.rescan();
      say(vscode.l10n.t('The corpus has {0}.', countArticles(store.catalog.all.length)));
    }),
    registerCommand('articles.export', (node: TreeNode, selected: unknown) =>
      vscode.commands.executeCommand('corpusAnnotator.export', {
        articles: entriesOf(node, selected).map(({ uri }) => uri),
      }),
    ),
    registerCommand('openSidecar', (argument: ArticleArgument) => openSidecar(store, argument)),
    registerCommand('markDone', (argument: ArticleArgument, selected: unknown) =>
      mark(store, 'done', argument, selected),
    ),
    registerCommand('markOpen', (argument: ArticleArgument, selected: unknown) =>
      mark(store, 'open', argument, selected),
    ),
    registerCommand('doneAndNext', (argument: ArticleArgument, selected: unknown) =>
      doneAndNext(store, provider, filter, argument, selected),
    ),
  );
}

/** Keeps the badge (what is left to review), how far the work is, and the message (what the filter hides) true. */
function showCounts(
  view: vscode.TreeView<TreeNode>,
  store: CorpusStore,
  filter: ArticleFilter,
  provider: ArticlesProvider,
): vscode.Disposable {
  const update = () => {
    let [value, done] = [0, 0];
    for (const { summary, state } of store.catalog.all) {
      value += summary.unreviewed;
      if (state === 'done') done++;
    }
    const tooltip =
      value === 1 ? vscode.l10n.t('1 entity to review') : vscode.l10n.t('{0} entities to review', value);
    if (value !== view.badge?.value) view.badge = value === 0 ? undefined : { value, tooltip };
    const count = provider.tree.size;
    const words = filter.describe();
    // A message would hide the welcome that says that nothing matches; without a filter there are no words.
    const hasMessage = filter.isOn && count > 0;
    const progress = store.catalog.all.length === 0 ? [] : [countDone(done, store.catalog.all.length)];
    view.description = [...progress, ...(hasMessage || words === '' ? [] : [words])].join(' · ');
    view.message = hasMessage
      ? vscode.l10n.t('{0} of {1}: {2}', count, countArticles(store.catalog.all.length), words)
      : '';
  };
  return provider.onDidUpdate(update);
}

/** The bar at the top of the view runs while articles are read. */
function showReading(store: CorpusStore): vscode.Disposable {
  return store.catalog.onDidChangeCorpora(() => {
    const location = { viewId: 'corpusAnnotator.articles' };
    // What is to be read is known once all that follows the list has been told of it.
    void Promise.resolve().then(() =>
      vscode.window.withProgress({ location }, () => store.catalog.summarized),
    );
  });
}

/** Selects the active editor's article in the view while the view is visible, without taking the focus. */
function revealActive(
  view: vscode.TreeView<TreeNode>,
  store: CorpusStore,
  provider: ArticlesProvider,
): vscode.Disposable {
  let wanted: vscode.Uri | undefined;
  const reveal = () => {
    const entry = wanted && store.catalog.entry(wanted);
    const node = entry && view.visible ? provider.tree.find(entry) : undefined;
    if (!node) return;
    wanted = undefined;
    if (view.selection.some(({ id }) => id === node.id)) return;
    view.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
  };
  const follow = () => {
    wanted = vscode.window.activeTextEditor?.document.uri;
    reveal();
  };
  follow();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(follow),
    view.onDidChangeVisibility(follow),
    // An article may be shown before it is known.
    provider.onDidUpdate(reveal),
  );
}

async function chooseSort(current: SortBy): Promise<SortBy | undefined> {
  const names: Record<SortBy, string> = {
    name: vscode.l10n.t('Name'),
    date: vscode.l10n.t('Date, oldest first'),
    newest: vscode.l10n.t('Date, newest first'),
    state: vscode.l10n.t('State, what wants attention first'),
  };
  const items = (Object.keys(names) as SortBy[]).map((by) => ({
    by,
    label: names[by],
    iconPath: new vscode.ThemeIcon(by === current ? 'check' : 'blank'),
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Sort articles by') });
  return chosen?.by;
}
