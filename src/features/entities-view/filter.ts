import * as vscode from 'vscode';
import type { Entity } from '../../core/entity';
import type { Corpus } from '../../workspace/corpus';
import { colorIcon, labelColor } from '../shared/icons';

/** Which entities are shown; both parts must hold. */
export interface Filter {
  /** Any of these; all labels where it is empty. */
  readonly labels: readonly string[];
  readonly unreviewed: boolean;
}

export const NO_FILTER: Filter = { labels: [], unreviewed: false };

export function isActive(filter: Filter): boolean {
  return filter.unreviewed || filter.labels.length > 0;
}

export function passes(filter: Filter, entity: Entity): boolean {
  if (filter.unreviewed && entity.reviewed) return false;
  return filter.labels.length === 0 || filter.labels.includes(entity.label);
}

/** A filter from what a command was given or the workspace's state holds; `undefined` where that is none. */
export function readFilter(value: unknown): Filter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { labels, unreviewed } = value as Partial<Record<keyof Filter, unknown>>;
  if (labels === undefined && unreviewed === undefined) return undefined;
  return {
    labels: Array.isArray(labels)
      ? labels.filter((label) => typeof label === 'string')
      : typeof labels === 'string'
        ? [labels]
        : [],
    unreviewed: unreviewed === true,
  };
}

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
