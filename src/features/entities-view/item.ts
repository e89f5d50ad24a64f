import * as vscode from 'vscode';
import type { Corpus } from '../../workspace/corpus';
import { colorIcon, labelColor } from '../shared/icons';
import { shortText } from '../shared/targets';
import type { EntityRow, GroupRow, Row } from './rows';

export function toTreeItem(row: Row, corpus: Corpus | undefined): vscode.TreeItem {
  return row.kind === 'entity' ? entityItem(row, corpus) : groupItem(row, corpus);
}

function entityItem(row: EntityRow, corpus: Corpus | undefined): vscode.TreeItem {
  const { entity, line } = row;
  const text = shortText(entity.text) || vscode.l10n.t('(nothing)');
  const isUnderLabel = row.parent?.kind === 'label' || row.parent?.parent?.kind === 'label';
  const details = [
    ...(isUnderLabel ? [] : [entity.label]),
    ...(entity.broken ? [] : [vscode.l10n.t('line {0}', line)]),
    ...(entity.suggestedBy && !entity.reviewed
      ? [vscode.l10n.t('suggested by {0}', entity.suggestedBy)]
      : []),
    ...(entity.note ? [shortText(entity.note, 200)] : []),
  ];
  const item = new vscode.TreeItem(text);
  item.id = `${row.article}#${row.id}`;
  item.description = details.join(' · ');
  item.iconPath = entity.broken
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : colorIcon(labelColor(corpus, entity.label));
  item.contextValue = 'entity';
  item.command = {
    command: 'corpusAnnotator.entities.reveal',
    title: vscode.l10n.t('Go to Mention'),
    arguments: [{ article: row.article, id: row.id }],
  };
  if (!entity.broken) item.checkboxState = checkbox(entity.reviewed === true);
  item.accessibilityInformation = { label: spoken(row, details, isUnderLabel) };
  return item;
}

function checkbox(isReviewed: boolean): NonNullable<vscode.TreeItem['checkboxState']> {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  return {
    state: isReviewed ? Checked : Unchecked,
    tooltip: isReviewed ? vscode.l10n.t('Reviewed') : vscode.l10n.t('Mark as reviewed'),
    accessibilityInformation: { label: vscode.l10n.t('Reviewed') },
  };
}

/** What a screen reader says: the mention first, then everything in words. */
function spoken({ entity }: EntityRow, details: readonly string[], isUnderLabel: boolean): string {
  const state = entity.broken
    ? vscode.l10n.t('not found in the text')
    : entity.reviewed
      ? vscode.l10n.t('reviewed')
      : vscode.l10n.t('to review');
  return [shortText(entity.text), ...(isUnderLabel ? [entity.label] : []), ...details, state].join(', ');
}

/** Made when a row is pointed at. */
export function entityTooltip({ entity }: EntityRow, corpus: Corpus | undefined): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  const paragraph = (text: string) => tooltip.appendText(text).appendMarkdown('\n\n');
  if (entity.broken) {
    paragraph(
      vscode.l10n.t(
        'The article no longer has “{0}” where this entity was, nor at one other place for certain.',
        shortText(entity.text, 200),
      ),
    );
    paragraph(vscode.l10n.t('Select the mention in the text and tag it again, then delete this entity.'));
    return tooltip;
  }
  paragraph(shortText(entity.text, 500));
  const description = corpus?.label(entity.label)?.description;
  paragraph(description ? `${entity.label} · ${description}` : entity.label);
  if (entity.suggestedBy) {
    paragraph(
      entity.reviewed
        ? vscode.l10n.t('Suggested by {0}, and accepted', entity.suggestedBy)
        : vscode.l10n.t('Suggested by {0}; nobody has accepted it yet', entity.suggestedBy),
    );
  }
  if (entity.note) paragraph(entity.note);
  if (entity.link) paragraph(entity.link);
  return tooltip;
}

function groupItem(row: GroupRow, corpus: Corpus | undefined): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const name = row.kind === 'broken' ? vscode.l10n.t('To place') : row.name;
  const count = row.count === 1 ? vscode.l10n.t('1 entity') : vscode.l10n.t('{0} entities', row.count);
  const item = new vscode.TreeItem(name, row.kind === 'part' ? Collapsed : Expanded);
  item.id = row.key;
  item.contextValue = row.kind;
  item.accessibilityInformation = { label: `${name}, ${count}` };
  if (row.kind === 'part') return item;
  item.description = String(row.count);
  if (row.kind === 'label') {
    item.iconPath = colorIcon(labelColor(corpus, row.name));
    item.tooltip = corpus?.label(row.name)?.description ?? row.name;
  } else {
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = vscode.l10n.t(
      'The text of these entities is no longer where it was. None is lost: they stay in the sidecar.',
    );
  }
  return item;
}
