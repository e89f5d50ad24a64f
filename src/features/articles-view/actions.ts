import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Status } from '../../core/model/records';
import { baseName } from '../../core/sidecar/name';
import { forEachLimited, type ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { countArticles, countEntities, countSuggestions } from '../shared/counts';
import { attempt, say, sayNothingHere, showInformation } from '../shared/messages';
import { showEntity, showSpan } from '../shared/targets';
import { entriesBelow, type TreeNode } from './tree';

/** What commands may be given to name an article; nothing means the active editor's. */
export type ArticleArgument =
  TreeNode | vscode.Uri | string | { readonly article: vscode.Uri | string } | undefined;

/** How many articles are opened at once to be marked. */
const AT_ONCE = 8;

/**
 * The articles that a command is about.
 * @param selected the selected rows, where the command was chosen on one of several
 */
export async function resolveEntries(
  store: CorpusStore,
  argument: ArticleArgument,
  selected: unknown,
): Promise<ArticleEntry[]> {
  await store.catalog.ready;
  const wanted =
    Array.isArray(selected) && selected.length > 0 ? (selected as ArticleArgument[]) : [argument];
  const entries = new Set(wanted.flatMap((one) => entryOf(store, one) ?? []));
  if (entries.size === 0) sayNothingHere(false);
  return [...entries];
}

function entryOf(store: CorpusStore, argument: ArticleArgument): ArticleEntry | undefined {
  if (argument === undefined) {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri && store.catalog.entry(uri);
  }
  if (typeof argument === 'string') return store.catalog.entry(vscode.Uri.parse(argument, true));
  if (argument instanceof vscode.Uri) return store.catalog.entry(argument);
  if ('kind' in argument)
    return argument.kind === 'article' ? store.catalog.entry(argument.entry.uri) : undefined;
  return 'article' in argument ? entryOf(store, argument.article) : undefined;
}

/** All articles of a row, or of the rows that are selected with it. */
export function entriesOf(node: TreeNode, selected: unknown): ArticleEntry[] {
  const nodes = Array.isArray(selected) && selected.length > 0 ? (selected as TreeNode[]) : [node];
  return [...new Set(nodes.flatMap(entriesBelow))];
}

/** Marks articles as done or open. @returns how many it changed */
export async function mark(
  store: CorpusStore,
  status: Status,
  argument: ArticleArgument,
  selected: unknown,
): Promise<number> {
  const entries = await resolveEntries(store, argument, selected);
  const { changed, refused } = await markAll(store, status, entries);
  if (entries.length > refused) tellMarked(store, entries, changed, status);
  return changed.length;
}

/** @returns those that it changed, and how many could not be written, which is told */
export async function markAll(store: CorpusStore, status: Status, entries: readonly ArticleEntry[]) {
  const changed: ArticleEntry[] = [];
  let refused = 0;
  await forEachLimited(entries, AT_ONCE, async (entry) => {
    const outcome = await attempt(() => markOne(store, entry, status));
    if (outcome === undefined) refused++;
    else if (outcome) changed.push(entry);
  });
  return { changed, refused };
}

async function markOne(store: CorpusStore, entry: ArticleEntry, status: Status): Promise<boolean> {
  const article = await store.live.open(await vscode.workspace.openTextDocument(entry.uri));
  if (!article) return false;
  const before = article.annotations.status;
  if (before === status) return false;
  const title = status === 'done' ? vscode.l10n.t('Mark as done') : vscode.l10n.t('Open again for tagging');
  await article.apply(title, [{ kind: 'status', before, after: status }]);
  return true;
}

/** Says what was marked, and, of what is done now, what was left for a person to look at, with a way there. */
export function tellMarked(
  store: CorpusStore,
  all: readonly ArticleEntry[],
  changed: readonly ArticleEntry[],
  status: Status,
  progress = '',
): void {
  const left = status === 'done' ? leftIn(store, changed) : undefined;
  const message = `${markedMessage(all, changed, status, left)} ${progress}`.trimEnd();
  say(message);
  if (!left) return;
  const show = vscode.l10n.t('Show Them');
  // The same words each time: the editor then shows the newest of them only.
  const text = vscode.l10n.t('Marked as done, with something left that nobody has decided on.');
  void showInformation(text, show).then((chosen) => {
    if (chosen === show) void attempt(() => showLeft(store, left.entry));
  });
}

/** What nobody has decided on in articles: their entities, and, where an editor shows them, what is suggested there. */
export interface LeftToDecide {
  /** The first article that has some. */
  readonly entry: ArticleEntry;
  readonly entities: number;
  readonly suggestions: number;
}

function leftIn(store: CorpusStore, entries: readonly ArticleEntry[]): LeftToDecide | undefined {
  const all = entries.map((entry) => {
    const live = store.live.of(entry);
    const suggestions = live ? store.suggestions.of(live).length : 0;
    return { entry, entities: entry.summary.unreviewed, suggestions };
  });
  const left = all.filter(({ entities, suggestions }) => entities + suggestions > 0);
  return left.length === 0
    ? undefined
    : left.reduce((a, b) => ({
        entry: a.entry,
        entities: a.entities + b.entities,
        suggestions: a.suggestions + b.suggestions,
      }));
}

/** Shows the first entity of an article that is to be reviewed, else the first suggestion. */
async function showLeft(store: CorpusStore, { uri }: ArticleEntry): Promise<void> {
  const article = await store.live.open(await vscode.workspace.openTextDocument(uri));
  const entity = article?.entities.find(({ reviewed, broken }) => !reviewed && !broken);
  if (article && entity) return void (await showEntity(article, entity));
  const suggestions = article && (await store.suggestions.update(article));
  if (suggestions?.[0]) await showSpan(article!, suggestions[0]);
  else await vscode.window.showTextDocument(uri);
}

export function markedMessage(
  all: readonly ArticleEntry[],
  changed: readonly ArticleEntry[],
  status: Status,
  left?: LeftToDecide,
): string {
  const isDone = status === 'done';
  const name = baseName((changed[0] ?? all[0])!.uri.path);
  if (changed.length === 0) {
    if (all.length > 1)
      return isDone
        ? vscode.l10n.t('All of them are done already.')
        : vscode.l10n.t('All of them are open already.');
    return isDone ? vscode.l10n.t('{0} is done already.', name) : vscode.l10n.t('{0} is open already.', name);
  }
  const what = changed.length > 1 ? countArticles(changed.length) : name;
  if (!isDone)
    return changed.length > 1
      ? vscode.l10n.t('{0} are open again.', what)
      : vscode.l10n.t('{0} is open again.', what);
  return left
    ? vscode.l10n.t('Marked {0} as done. Left: {1}.', what, countLeft(left))
    : vscode.l10n.t('Marked {0} as done.', what);
}

function countLeft({ entities, suggestions }: LeftToDecide): string {
  return [
    ...(entities > 0 ? [vscode.l10n.t('{0} to review', countEntities(entities))] : []),
    ...(suggestions > 0 ? [countSuggestions(suggestions)] : []),
  ].join(', ');
}

/** Shows an article's sidecar beside the article. Never makes one. */
export async function openSidecar(store: CorpusStore, argument: ArticleArgument): Promise<void> {
  const [entry] = await resolveEntries(store, argument, undefined);
  if (!entry) return;
  if (!(await disk.exists(entry.sidecarUri))) {
    const name = baseName(entry.uri.path);
    return say(vscode.l10n.t('{0} has no sidecar yet. It is written with the first entity.', name));
  }
  const columnOf = (uri: vscode.Uri) =>
    vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString())
      ?.viewColumn;
  const shown = columnOf(entry.sidecarUri);
  if (shown === undefined) {
    await vscode.window.showTextDocument(entry.uri, {
      viewColumn: columnOf(entry.uri) ?? vscode.ViewColumn.Active,
    });
  }
  await vscode.window.showTextDocument(entry.sidecarUri, { viewColumn: shown ?? vscode.ViewColumn.Beside });
}
