import * as vscode from 'vscode';
import type { Label } from '../../core/labels';
import type { Corpus } from '../../workspace/corpus/corpus';
import { colorIcon } from '../shared/icons';

/** A label with how often it is used. Commands take it as it is: `label` is its name. */
export interface LabelRow {
  readonly kind: 'label';
  readonly label: string;
  /** `undefined` where it is not in the label set. */
  readonly known: Label | undefined;
  /** Its place in the label set, from 1. */
  readonly position: number;
  /** Entities in the current article; `undefined` without one. */
  readonly here: number | undefined;
  /** Entities in the corpus. */
  readonly everywhere: number;
}

export interface StrayGroup {
  readonly kind: 'strays';
  readonly children: readonly LabelRow[];
}

export type Row = LabelRow | StrayGroup;

/** The labels of the set in its order; below them those that sidecars use all the same. */
export function toRows(
  corpus: Corpus | undefined,
  here: ReadonlyMap<string, number> | undefined,
  everywhere: ReadonlyMap<string, number>,
): Row[] {
  if (!corpus) return [];
  const row = (label: string, known: Label | undefined, position: number): LabelRow => ({
    kind: 'label',
    label,
    known,
    position,
    here: here && (here.get(label) ?? 0),
    everywhere: everywhere.get(label) ?? 0,
  });
  const rows: Row[] = corpus.labelSet.labels.map((label, i) => row(label.name, label, i + 1));
  const strays = [...everywhere.keys()].filter((name) => !corpus.label(name)).sort();
  if (strays.length > 0)
    rows.push({ kind: 'strays', children: strays.map((name) => row(name, undefined, 0)) });
  return rows;
}

export function toTreeItem(row: Row): vscode.TreeItem {
  return row.kind === 'label' ? labelItem(row) : strayItem(row);
}

function labelItem({ label, known, position, here, everywhere }: LabelRow): vscode.TreeItem {
  const { t } = vscode.l10n;
  const key = known?.key;
  const counts = everywhere === 0 ? '' : here === undefined ? String(everywhere) : `${here} / ${everywhere}`;
  // The key stands out in front, and what a narrow side bar may cut comes last.
  const item = new vscode.TreeItem(
    key === undefined ? label : { label: `${key}  ${label}`, highlights: [[0, key.length]] },
  );
  item.id = known ? `label:${label}` : `stray:${label}`;
  item.description = [counts, known?.description].filter(Boolean).join(' · ');
  item.contextValue = known ? 'label' : 'strayLabel';
  const used = [
    ...(here === undefined ? [] : [t('{0} in this article', here)]),
    t('{0} in the corpus', everywhere),
  ].join(', ');
  const spokenKeys = [
    ...(key === undefined ? [] : [t('key {0}', [...key].join(' '))]),
    ...(known && position <= 9 ? [t('Alt+{0}', position)] : []),
  ];
  item.accessibilityInformation = {
    label: [label, known ? known.description : t('not in the label set'), used, ...spokenKeys]
      .filter(Boolean)
      .join(', '),
  };
  const tooltip = new vscode.MarkdownString();
  for (const line of [
    known?.description ? `${label} · ${known.description}` : label,
    ...(known ? [] : [t('Not in corpus.yaml: a label of another annotator or program, or a slip.')]),
    used,
    spokenKeys.join(', '),
  ]) {
    if (line !== '') tooltip.appendText(line).appendMarkdown('\n\n');
  }
  item.tooltip = tooltip;
  if (!known) {
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    return item;
  }
  item.iconPath = colorIcon(known.color);
  item.command = {
    command: 'corpusAnnotator.labels.tag',
    title: t('Tag the selection as {0}', label),
    arguments: [{ label, key }],
  };
  return item;
}

function strayItem({ children }: StrayGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Not in the label set'),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = 'strays';
  item.description = String(children.length);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = vscode.l10n.t('Labels that sidecars of this corpus use, but corpus.yaml does not have.');
  item.accessibilityInformation = {
    label:
      children.length === 1
        ? vscode.l10n.t('Not in the label set, 1 label')
        : vscode.l10n.t('Not in the label set, {0} labels', children.length),
  };
  return item;
}
