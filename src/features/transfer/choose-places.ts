import * as vscode from 'vscode';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { countArticles } from '../shared/counts';

/** The files or the folder to import; a dialog can ask for one of the two only. */
export async function chooseInputs(): Promise<readonly vscode.Uri[] | undefined> {
  const { t } = vscode.l10n;
  const items = [
    { label: `$(files) ${t('Files…')}`, description: t('one or several'), isFolder: false },
    { label: `$(folder) ${t('A Folder…')}`, description: t('with all below it'), isFolder: true },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Import'),
    placeHolder: t('What to import; the format is told from the files'),
  });
  if (!chosen) return undefined;
  return vscode.window.showOpenDialog({
    title: t('Import'),
    openLabel: t('Import'),
    canSelectFiles: !chosen.isFolder,
    canSelectFolders: chosen.isFolder,
    canSelectMany: true,
  });
}

/**
 * The corpus, or the folder of one, where articles belong; asked where there are several.
 * @param mayAsk whether to; else it is the first corpus
 */
export async function chooseFolder(store: CorpusStore, mayAsk: boolean): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const { corpora } = store.catalog;
  const folders = new Map<string, { uri: vscode.Uri; articles: number }>();
  for (const { root } of corpora) folders.set(root.toString(), { uri: root, articles: 0 });
  for (const { uri } of store.catalog.all) {
    const folder = vscode.Uri.joinPath(uri, '..');
    const known = folders.get(folder.toString()) ?? { uri: folder, articles: 0 };
    known.articles++;
    folders.set(folder.toString(), known);
  }
  const all = [...folders.values()];
  if (all.length === 1 || !mayAsk) return all[0]?.uri;
  const items = all.map(({ uri, articles }) => {
    const corpus = store.catalog.corpusAt(vscode.Uri.joinPath(uri, 'x'));
    const path = corpus?.relativePath(uri);
    const name = corpus?.name ?? '';
    return {
      label: path === undefined ? `$(root-folder) ${name}` : `$(folder) ${path}`,
      description: path === undefined ? '' : name,
      detail: countArticles(articles),
      uri,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Import'),
    placeHolder: t('Where the articles belong'),
    matchOnDescription: true,
  });
  return chosen?.uri;
}

export type Scope = 'article' | 'filtered' | 'corpus' | 'all';

/** Which articles to export, where there is a choice. @returns `undefined` where the person wants none of it */
export async function chooseScope(
  store: CorpusStore,
  given?: Scope,
): Promise<readonly ArticleEntry[] | undefined> {
  const { t } = vscode.l10n;
  const { articleFilter } = store;
  const articles = store.catalog.all;
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && store.catalog.entry(active);
  const filtered = articleFilter && articles.filter(articleFilter);
  const corpora = store.catalog.corpora.map((corpus) => ({
    corpus,
    entries: articles.filter((entry) => entry.corpus === corpus),
  }));
  if (given === 'article') return own ? [own] : [];
  if (given === 'filtered') return filtered ?? articles;
  if (given === 'all') return articles;
  if (given === 'corpus') return own ? articles.filter(({ corpus }) => corpus === own.corpus) : articles;
  const items = [
    ...corpora.map(({ corpus, entries }) => ({
      label: `$(root-folder) ${t('The corpus {0}', corpus.name)}`,
      description: countArticles(entries.length),
      entries,
    })),
    ...(filtered
      ? [
          {
            label: `$(filter) ${t('What the filter shows')}`,
            description: countArticles(filtered.length),
            entries: filtered,
          },
        ]
      : []),
    ...(own ? [{ label: `$(file) ${t('This article')}`, description: own.path, entries: [own] }] : []),
  ];
  if (items.length <= 1) return items[0]?.entries;
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Export'),
    placeHolder: t('Which articles'),
  });
  return chosen?.entries;
}

/** Which entities to export, where there is a choice. */
export async function chooseOnly(entries: readonly ArticleEntry[]): Promise<'all' | 'reviewed' | undefined> {
  const { t } = vscode.l10n;
  const all = entries.reduce((sum, { summary }) => sum + summary.entities, 0);
  const unreviewed = entries.reduce((sum, { summary }) => sum + summary.unreviewed, 0);
  if (unreviewed === 0) return 'all';
  const items = [
    { label: t('All entities'), description: String(all), only: 'all' as const },
    { label: t('Reviewed entities only'), description: String(all - unreviewed), only: 'reviewed' as const },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Export'),
    placeHolder: t('Which entities'),
  });
  return chosen?.only;
}
