import * as vscode from 'vscode';
import { readSidecar } from '../../core/sidecar/read';
import { hashText } from '../../core/text';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import { giveOrphans } from '../../workspace/steps/give-orphans';
import { readText } from '../../workspace/files/source';
import { readSource } from '../../workspace/files/source';
import type { CorpusStore } from '../../workspace/store';
import { confirm, say } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import { commandFix } from '../shared/quick-fixes';

/** What can be done about a sidecar without an article. */
export function orphanFixes(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const about = diagnostics.filter(({ code }) => code === 'orphan-sidecar');
  if (about.length === 0) return [];
  const { t } = vscode.l10n;
  return [
    commandFix(t('Give this sidecar to an article…'), 'attachOrphan', uri.toString(), about),
    commandFix(t('Delete this sidecar'), 'deleteOrphan', uri.toString(), about),
  ];
}

interface ArticleItem extends vscode.QuickPickItem {
  readonly entry?: ArticleEntry;
}

/**
 * Gives a sidecar, with those of its layers, to an article that has none, by renaming it.
 * @param given the article's uri; asked for where it is missing
 * @returns whether it was done
 */
export async function attachOrphan(
  store: CorpusStore,
  sidecar: vscode.Uri,
  given: string | undefined,
): Promise<boolean> {
  await store.catalog.ready;
  const entry =
    given === undefined
      ? await chooseArticle(store, sidecar)
      : store.catalog.entry(vscode.Uri.parse(given, true));
  if (!entry) return false;
  const source = await readSource(sidecar);
  // Problems are found on disk, perhaps before the watcher has told of the file.
  await store.followFile(sidecar, source === undefined ? 'deleted' : 'changed');
  const orphans = await store.live.keepers.orphans.withLayers(sidecar);
  const isDone = orphans.length > 0 && (await giveOrphans(store, orphans, entry));
  const file = vscode.workspace.asRelativePath(sidecar);
  if (isDone) say(vscode.l10n.t('{0} has this sidecar now', entry.path));
  else if (orphans.length === 0) say(vscode.l10n.t('{0} is gone, or has an article.', file));
  else say(vscode.l10n.t('{0} has a sidecar already; nothing was moved.', entry.path));
  return isDone;
}

/** Asks which. Articles with the very text that the sidecar belongs to stand first. */
async function chooseArticle(store: CorpusStore, sidecar: vscode.Uri): Promise<ArticleEntry | undefined> {
  const { t } = vscode.l10n;
  const corpus = store.catalog.corpusAt(sidecar);
  const free = store.catalog.all.filter((entry) => entry.corpus === corpus && !entry.hasSidecar);
  if (free.length === 0) {
    say(t('Every article has a sidecar of its own.'));
    return undefined;
  }
  const hash = readSidecar((await readSource(sidecar)) ?? '').sidecar?.textHash ?? '';
  const same = new Set<ArticleEntry>();
  const look = async (entry: ArticleEntry) => {
    const text = await readText(entry.uri);
    if (text !== undefined && (await hashText(text)) === hash) same.add(entry);
  };
  if (hash !== '' && !(await forEachWithProgress(t('Looking for its article'), free, look))) return undefined;
  const section = (label: string, entries: readonly ArticleEntry[]): ArticleItem[] =>
    entries.length === 0
      ? []
      : [
          { label, kind: vscode.QuickPickItemKind.Separator },
          ...entries.map((entry) => ({ label: entry.path, entry })),
        ];
  const others = free.filter((entry) => !same.has(entry));
  const chosen = await vscode.window.showQuickPick(
    [...section(t('with the same text'), [...same]), ...section(t('with another text'), others)],
    { title: t('Give This Sidecar to an Article'), placeHolder: t('Articles without a sidecar') },
  );
  return chosen?.entry;
}

/** Deletes a sidecar that has no article, after asking. @returns whether it was done */
export async function deleteOrphan(store: CorpusStore, uri: vscode.Uri): Promise<boolean> {
  const { t } = vscode.l10n;
  const file = vscode.workspace.asRelativePath(uri);
  const isWanted = await confirm(
    t('Delete {0}? No article of the corpus has this sidecar.', file),
    t('It goes to the trash, if there is one.'),
    t('Delete'),
    { isDangerous: true },
  );
  if (!isWanted || store.catalog.layersIn(uri).length > 0) return false;
  await vscode.workspace.fs
    .delete(uri, { useTrash: true })
    .then(undefined, () => vscode.workspace.fs.delete(uri));
  return true;
}
