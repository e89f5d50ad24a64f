import * as vscode from 'vscode';
import type { Corpus } from '../../workspace/corpus/corpus';
import { colorIcon, labelColor } from '../shared/icons';
import type { Filter } from './filter';

/** What is shown, for the line above the rows. */
export function filterMessage(filter: Filter, shown: number, total: number): string {
  const parts = [...filter.labels];
  if (filter.unreviewed) parts.unshift(vscode.l10n.t('unreviewed'));
  return vscode.l10n.t('{0} of {1} shown: {2}', shown, total, parts.join(', '));
}

interface FilterItem extends vscode.QuickPickItem {
  readonly filters?: string | true;
}

/** Asks what to show. @param counts how many entities of the article have each label */
export async function pickFilter(
  filter: Filter,
  corpus: Corpus | undefined,
  counts: ReadonlyMap<string, number>,
): Promise<Filter | undefined> {
  const names = new Set(corpus?.labelSet.labels.map(({ name }) => name));
  for (const name of [...counts.keys(), ...filter.labels]) names.add(name);
  const items: FilterItem[] = [
    { label: vscode.l10n.t('Only unreviewed'), filters: true, picked: filter.unreviewed },
    { label: vscode.l10n.t('Labels'), kind: vscode.QuickPickItemKind.Separator },
    ...[...names].map((name) => ({
      label: name,
      filters: name,
      iconPath: colorIcon(labelColor(corpus, name)),
      description: String(counts.get(name) ?? 0),
      picked: filter.labels.includes(name),
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Filter entities'),
    placeHolder: vscode.l10n.t('Choose what to show; nothing chosen shows all'),
  });
  return (
    chosen && {
      labels: chosen.flatMap(({ filters }) => (typeof filters === 'string' ? [filters] : [])),
      unreviewed: chosen.some(({ filters }) => filters === true),
    }
  );
}
