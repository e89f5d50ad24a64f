import * as vscode from 'vscode';
import { newLabel } from '../../core/labels';
import { severityOf } from '../../core/rules';
import type { Corpus } from '../../workspace/corpus';
import { addLabels } from '../../workspace/label-file';
import type { CorpusStore } from '../../workspace/store';
import { countEntities } from '../shared/counts';
import { say } from '../shared/messages';

/** A label that entities of a corpus have, and its label set has not. */
interface StrayLabel {
  readonly corpus: Corpus;
  readonly name: string;
  readonly count: number;
}

/** Of corpora in which such a label is a finding. */
export function strayLabels(store: CorpusStore, corpora: readonly Corpus[]): StrayLabel[] {
  const asking = corpora.filter(
    ({ labelSet }) => severityOf('unknown-label', labelSet.rules ?? {}) !== 'off',
  );
  return asking.flatMap((corpus) =>
    [...store.index.labelsOfGroup(corpus)]
      .filter(([name]) => !corpus.allows(name))
      .map(([name, count]) => ({ corpus, name, count })),
  );
}

/** Adds the labels that corpora lack to their label sets, those that stay chosen. */
export async function addStrayLabels(
  store: CorpusStore,
  title: string,
  labels: readonly StrayLabel[],
  hasPreview: boolean,
): Promise<void> {
  const { t } = vscode.l10n;
  const items = labels.map((stray) => ({
    label: stray.name,
    description: countEntities(stray.count),
    ...(store.corpora.length > 1 && { detail: stray.corpus.name }),
    picked: true,
    stray,
  }));
  const placeHolder = t('Labels for corpus.yaml. Space leaves one out, Enter adds the others');
  const chosen = hasPreview
    ? await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true })
    : items;
  if (!chosen || chosen.length === 0) return;
  for (const corpus of new Set(chosen.map(({ stray }) => stray.corpus))) {
    const names = chosen.filter(({ stray }) => stray.corpus === corpus).map(({ label }) => label);
    await addLabels(corpus, (known) => {
      const all = [...known];
      for (const name of names) if (!all.some((one) => one.name === name)) all.push(newLabel(name, all));
      return all.slice(known.length);
    });
    await store.followFile(corpus.yamlUri, 'changed');
  }
  say(t('Added to the label set: {0}', chosen.map(({ label }) => label).join(', ')));
}

/** Deletes sidecars without an article, those that stay chosen; the explorer's undo brings them back. */
export async function deleteOrphans(
  title: string,
  orphans: readonly vscode.Uri[],
  hasPreview: boolean,
): Promise<readonly vscode.Uri[]> {
  const { t } = vscode.l10n;
  const items = orphans.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), picked: true, uri }));
  const placeHolder = t('Sidecars without an article. Space keeps one, Enter deletes the others');
  const chosen = hasPreview
    ? await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true })
    : items;
  if (!chosen || chosen.length === 0) return [];
  const edit = new vscode.WorkspaceEdit();
  for (const { uri } of chosen) edit.deleteFile(uri, { ignoreIfNotExists: true });
  if (!(await vscode.workspace.applyEdit(edit))) return [];
  say(
    chosen.length === 1
      ? t('Deleted: {0}', chosen[0]!.label)
      : t('Deleted: {0} sidecars without an article', chosen.length),
  );
  return chosen.map(({ uri }) => uri);
}
