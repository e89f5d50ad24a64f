import * as vscode from 'vscode';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { countArticles, countDone } from '../shared/counts';
import { showInformation } from '../shared/messages';
import { markAll, resolveEntries, tellMarked, type ArticleArgument } from './actions';
import { NO_FILTER, type ArticleFilter } from './filter';
import type { ArticlesProvider } from './provider';

/**
 * Marks articles as done and opens the next one that is not, in the order of the view: those that it shows behind
 * them, then those before.
 * @returns the article that it opened; `undefined` where all are done, or one could not be marked
 */
export async function doneAndNext(
  store: CorpusStore,
  { tree }: ArticlesProvider,
  filter: ArticleFilter,
  argument: ArticleArgument,
  selected: unknown,
): Promise<vscode.Uri | undefined> {
  const entries = await resolveEntries(store, argument, selected);
  const last = entries.at(-1);
  if (!last) return undefined;
  const { changed, refused } = await markAll(store, 'done', entries);
  if (refused > 0) return undefined;
  // What nobody has read yet may be done.
  await store.catalog.summarized;
  const next = firstOpen(tree.articlesFrom(last));
  const progress = countDone(store.catalog.all.filter(isDone).length, store.catalog.all.length);
  if (next) await vscode.window.showTextDocument(next.uri, { viewColumn: columnOf(last) });
  tellMarked(store, entries, changed, 'done', progress);
  if (!next) return void sayDone(store, filter);
  return next.uri;
}

function firstOpen(entries: Iterable<ArticleEntry>): ArticleEntry | undefined {
  for (const entry of entries) if (isOpen(entry)) return entry;
  return undefined;
}

/** What the folders of the view count as done. */
function isDone({ state }: ArticleEntry): boolean {
  return state === 'done';
}

function isOpen({ summary }: ArticleEntry): boolean {
  return summary.status !== 'done';
}

/** Where an article is shown: a sidecar beside it may have the focus. */
function columnOf({ key }: ArticleEntry): vscode.ViewColumn {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
  return editor?.viewColumn ?? vscode.ViewColumn.Active;
}

/** At the end: that all are done, with what there is to do next. */
async function sayDone({ catalog }: CorpusStore, filter: ArticleFilter): Promise<void> {
  const articles = catalog.all;
  const hidden = articles.filter(isOpen).length;
  const unreviewed = articles.some(({ summary }) => summary.unreviewed > 0);
  const [clear, review, exporting] = [
    vscode.l10n.t('Clear Filter'),
    vscode.l10n.t('Review Next'),
    vscode.l10n.t('Export…'),
  ];
  const message =
    hidden > 0
      ? vscode.l10n.t('All articles that the filter shows are done; {0} that it hides are not.', hidden)
      : vscode.l10n.t('All articles are done ({0}).', countArticles(articles.length));
  const chosen = await showInformation(message, hidden > 0 ? clear : unreviewed ? review : exporting);
  if (chosen === clear) await filter.set(NO_FILTER);
  else if (chosen)
    await vscode.commands.executeCommand(`corpusAnnotator.${chosen === review ? 'reviewNext' : 'export'}`);
}
