import * as vscode from 'vscode';
import type { Format } from '../../formats/shared/format';
import { baseName } from '../../core/sidecar/name';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import { loadFormats } from '#formats';
import type { CorpusStore } from '../../workspace/store';
import { exportArticles } from '../../workspace/transfer/export';
import { formatErrorMessage } from '../../wording/format-errors';
import { countArticles, countDocuments, countEntities } from '../shared/counts';
import { confirm, say, showWarning } from '../shared/messages';
import { withProgress } from '../shared/progress';
import { chooseTarget, type FormatChoice, type Options } from './choose-format';
import { chooseOnly, chooseScope, type Scope } from './choose-places';
import { finish, type Summary } from './finish';
import { reportText } from './report';
import type { Reports } from './reports';

export interface ExportArgument {
  /** The id of the format. */
  readonly to?: string;
  /** Of the format. */
  readonly options?: Options;
  /** The file, or the folder of a format with a file for each document. */
  readonly target?: vscode.Uri | string;
  /** Whether files that are there are replaced, where nothing is asked. */
  readonly replace?: boolean;
  readonly only?: 'all' | 'reviewed';
  readonly scope?: Scope;
  /** The articles, in place of a scope. */
  readonly articles?: readonly (vscode.Uri | string)[];
  /** Stops it, as the person can. */
  readonly token?: vscode.CancellationToken;
}

/** How many files that would be replaced are named. */
const TOLD = 5;

/** Exports articles to another tool's format. @returns `undefined` where the person wanted none of it */
export async function exportCorpus(
  store: CorpusStore,
  reports: Reports,
  argument: ExportArgument = {},
): Promise<Summary | undefined> {
  const { t } = vscode.l10n;
  await store.catalog.ready;
  const { FormatError } = await loadFormats();
  const choice = await formatOf(argument);
  if (!choice) return undefined;
  const { format } = choice;
  const entries = argument.articles
    ? argument.articles.flatMap(
        (uri) => store.catalog.entry(typeof uri === 'string' ? vscode.Uri.parse(uri) : uri) ?? [],
      )
    : await chooseScope(store, argument.scope ?? (argument.target ? 'corpus' : undefined));
  if (!entries) return undefined;
  if (entries.length === 0) return void say(t('There is no article to export.'));
  const only = argument.only ?? (argument.target ? 'all' : await chooseOnly(entries));
  const target = only && (await targetOf(argument, format, entries));
  if (!target) return undefined;
  const isSaid = argument.target !== undefined;
  const mayReplace = (paths: readonly string[]) => {
    if (isSaid) return Promise.resolve((argument.replace ?? false) || refuse(paths));
    // The dialog has asked for the file of all documents already, but not for that of labels beside it.
    const others = paths.filter((path) => format.layout !== 'one-file' || path !== baseName(target.path));
    return others.length === 0 ? Promise.resolve(true) : askToReplace(others);
  };
  try {
    const log = await withProgress(
      t('Exporting to {0}', format.title),
      (watch) => exportArticles(store, { ...choice, entries, only, target }, mayReplace, watch),
      argument.token,
    );
    if (!log) return undefined;
    const { documents, entities, relations } = log.report;
    const path = vscode.workspace.asRelativePath(target);
    const name = t('Export to {0}', format.title);
    const counts = [
      `${countDocuments(documents)}, ${countEntities(entities)}${only === 'reviewed' ? t(', reviewed ones only') : ''}`,
      ...(relations > 0 ? [t('Relations: {0}', relations)] : []),
      t('{0}, to {1}', countArticles(entries.length), path),
    ];
    const report = reports.add(name, reportText(name, counts, log));
    const done = t('Exported {0} with {1} to {2}', countDocuments(documents), countEntities(entities), path);
    return finish(reports, report, log, done);
  } catch (error) {
    if (error instanceof FormatError) return warn(formatErrorMessage(t, error));
    const { code, message } = error as { code?: string; message?: string };
    return warn(t('Nothing was exported to {0} ({1}).', target.path, code ?? message ?? String(error)));
  }
}

async function formatOf({ to, options = {} }: ExportArgument): Promise<FormatChoice | undefined> {
  if (to === undefined) return chooseTarget();
  const { formatById } = await loadFormats();
  const format = formatById(to);
  if (format) return { format, options };
  return warn(vscode.l10n.t('There is no format “{0}” to export to.', to));
}

async function targetOf(
  { target }: ExportArgument,
  { title, layout, extensions }: Format,
  entries: readonly ArticleEntry[],
): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  if (target !== undefined) return typeof target === 'string' ? vscode.Uri.parse(target, true) : target;
  const [{ corpus, path }] = entries as [ArticleEntry];
  const dialogTitle = t('Export to {0}', title);
  if (layout === 'file-per-document') {
    const chosen = await vscode.window.showOpenDialog({
      title: t('Export to {0}: the folder for its files', title),
      openLabel: t('Export Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: corpus.root,
    });
    return chosen?.[0];
  }
  const stem = entries.length === 1 ? baseName(path).replace(/\.[^.]*$/, '') : corpus.name;
  return vscode.window.showSaveDialog({
    title: dialogTitle,
    saveLabel: t('Export'),
    defaultUri: vscode.Uri.joinPath(corpus.root, stem + extensions[0]),
    filters: { [title]: extensions.map((extension) => extension.slice(1)) },
  });
}

async function askToReplace(paths: readonly string[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const more = paths.length > TOLD ? `\n${t('… and {0} more.', paths.length - TOLD)}` : '';
  return confirm(
    paths.length === 1
      ? t('1 file is there already, with another content. Replace it?')
      : t('{0} files are there already, with another content. Replace them?', paths.length),
    paths.slice(0, TOLD).join('\n') + more,
    t('Replace'),
    { isDangerous: true },
  );
}

function refuse(paths: readonly string[]): boolean {
  warn(vscode.l10n.t('Nothing was exported: {0} is there already, with another content.', paths[0] ?? ''));
  return false;
}

function warn(message: string): undefined {
  void showWarning(message);
  return undefined;
}
