import * as vscode from 'vscode';
import { severityOf } from '../../core/rules';
import { readSidecar } from '../../core/sidecar/read';
import type { Corpus } from '../../workspace/corpus/corpus';
import { addingLabels, labelsNamed } from '../../workspace/files/label-file';
import { deletion, readToChange } from '../../workspace/files/source-change';
import type { CorpusStore } from '../../workspace/store';
import { tellOutcome } from '../shared/bulk';
import { countEntities } from '../shared/counts';

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
    [...store.catalog.index.labelsOfGroup(corpus)]
      .filter(([name]) => !corpus.allows(name))
      .map(([name, count]) => ({ corpus, name, count })),
  );
}

/** Adds the labels that corpora lack to their label sets, those that stay chosen, as one step. */
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
    ...(store.catalog.corpora.length > 1 && { detail: stray.corpus.name }),
    picked: true,
    stray,
  }));
  const placeHolder = t('Labels for corpus.yaml. Space leaves one out, Enter adds the others');
  const chosen = hasPreview
    ? await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true })
    : items;
  if (!chosen || chosen.length === 0) return;
  const asked = [...new Set(chosen.map(({ stray }) => stray.corpus))];
  const changes = asked.map(async (corpus) => {
    const names = chosen.filter(({ stray }) => stray.corpus === corpus).map(({ label }) => label);
    return (await addingLabels(corpus, labelsNamed(names))).change;
  });
  const step = t('Add to the label set: {0}', chosen.map(({ label }) => label).join(', '));
  tellOutcome(await store.bulk.apply(step, new Map(), {}, await Promise.all(changes)), 'done');
}

/** Deletes sidecars without an article, those that stay chosen, as one step. */
export async function deleteOrphans(
  store: CorpusStore,
  title: string,
  orphans: readonly vscode.Uri[],
  hasPreview: boolean,
): Promise<void> {
  const { t } = vscode.l10n;
  const read = orphans.map(async (uri) => {
    const source = await readToChange(uri);
    const entities = source === undefined ? undefined : readSidecar(source).sidecar?.entities;
    return { uri, source, ...(entities && { description: countEntities(entities.length) }) };
  });
  const items = (await Promise.all(read)).map((one) => ({
    ...one,
    label: vscode.workspace.asRelativePath(one.uri),
    picked: true,
  }));
  const placeHolder = t('Sidecars without an article. Space keeps one, Enter deletes the others');
  const chosen = hasPreview
    ? await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true })
    : items;
  const changes = (chosen ?? []).flatMap(({ uri, source }) =>
    source === undefined ? [] : [deletion(uri, source)],
  );
  if (!chosen || changes.length === 0) return;
  const step =
    changes.length === 1
      ? t('Delete {0}', chosen[0]!.label)
      : t('Delete {0} sidecars without an article', changes.length);
  tellOutcome(await store.bulk.apply(step, new Map(), {}, changes), 'done');
}
