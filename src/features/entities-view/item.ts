import * as vscode from 'vscode';
import { DELETED } from '../../core/model/records';
import type { Corpus } from '../../workspace/corpus/corpus';
import { countEntities } from '../shared/counts';
import { colorIcon, labelColor } from '../shared/icons';
import { sourceOf } from '../shared/suggestion-source';
import { shortText } from '../shared/targets';
import type { CandidateRow, EntityRow, GroupRow, NoCandidateRow, Row, SuggestionRow } from './rows';

/** @param owner whose version an entity is, where a merge kept two */
export function toTreeItem(row: Row, corpus: Corpus | undefined, owner: string | undefined): vscode.TreeItem {
  switch (row.kind) {
    case 'entity':
      return entityItem(row, corpus, owner);
    case 'candidate':
      return candidateItem(row);
    case 'no-candidate':
      return noCandidateItem(row);
    case 'suggestion':
      return suggestionItem(row, corpus);
    default:
      return groupItem(row, corpus);
  }
}

function entityItem(row: EntityRow, corpus: Corpus | undefined, owner: string | undefined): vscode.TreeItem {
  const { entity, line } = row;
  const text = shortText(entity.text) || vscode.l10n.t('(nothing)');
  const isUnderLabel = row.parent?.kind === 'label' || row.parent?.parent?.kind === 'label';
  const details = [
    ...(isUnderLabel ? [] : [entity.label]),
    ...(owner === undefined ? [] : [owner]),
    ...(entity.broken ? [] : [vscode.l10n.t('line {0}', line)]),
    ...(entity.suggestedBy && !entity.reviewed
      ? [vscode.l10n.t('suggested by {0}', entity.suggestedBy)]
      : []),
    ...(entity.conflict === DELETED ? [vscode.l10n.t('deleted on the other side')] : []),
    ...(entity.note ? [shortText(entity.note, 200)] : []),
  ];
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(text, entity.broken ? Collapsed : None);
  item.id = `${row.article}#${row.id}`;
  item.description = details.join(' · ');
  item.iconPath = entity.broken
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : colorIcon(labelColor(corpus, entity.label));
  item.contextValue = entity.broken
    ? 'entity.toPlace'
    : entity.conflict !== undefined
      ? 'entity.conflict'
      : 'entity';
  item.command = {
    command: 'corpusAnnotator.entities.reveal',
    title: vscode.l10n.t('Go to Mention'),
    arguments: [{ article: row.article, id: row.id }],
  };
  if (!entity.broken) item.checkboxState = checkbox(entity.reviewed === true);
  item.accessibilityInformation = { label: spoken(row, details, isUnderLabel) };
  return item;
}

/** A place where an entity may belong: the line first, since a narrow side bar cuts what is behind. */
function candidateItem({ parent, rank, span, line, excerpt }: CandidateRow): vscode.TreeItem {
  const { before, mention, after } = excerpt;
  const start = `${line}: ${before}`;
  const label = start + mention + after;
  const item = new vscode.TreeItem({
    label,
    highlights: [[start.length, start.length + mention.length]],
  });
  const { article, id } = parent;
  item.id = `${article}#${id}@${rank}`;
  item.contextValue = 'candidate';
  item.tooltip = label;
  item.command = {
    command: 'corpusAnnotator.entities.reveal',
    title: vscode.l10n.t('Show in the Article'),
    arguments: [{ article, id, start: span.start, end: span.end }],
  };
  const words = vscode.l10n.t('Possible place {0}, line {1}', rank + 1, line);
  item.accessibilityInformation = { label: `${words}, ${before}${mention}${after}` };
  return item;
}

function noCandidateItem({ parent, taken }: NoCandidateRow): vscode.TreeItem {
  const { label, text } = parent.entity;
  const why =
    taken === 0
      ? vscode.l10n.t('Its text is gone.')
      : vscode.l10n.t('Every “{0}” is {1} already.', shortText(text, 20), label);
  const todo =
    taken === 0
      ? vscode.l10n.t('Select its new place and run Place at Selection, or delete it.')
      : vscode.l10n.t('Delete it, or select its new place and run Place at Selection.');
  const item = new vscode.TreeItem(why);
  item.id = `${parent.article}#${parent.id}@none`;
  item.description = todo;
  item.iconPath = new vscode.ThemeIcon('info');
  item.contextValue = 'noCandidate';
  item.tooltip = `“${shortText(text, 200)}”\n${why}\n${todo}`;
  item.accessibilityInformation = { label: `${why} ${todo}` };
  return item;
}

function suggestionItem(row: SuggestionRow, corpus: Corpus | undefined): vscode.TreeItem {
  const { article, key, line } = row;
  const { label, text, link, start, end, score } = row.suggestion;
  const mention = shortText(text);
  const item = new vscode.TreeItem(mention);
  const percent = score === undefined ? [] : [`${Math.round(score * 100)} %`];
  const details = [label, ...percent, vscode.l10n.t('line {0}', line)];
  item.id = `${article}#suggested:${key}`;
  item.description = details.join(' · ');
  item.iconPath = colorIcon(labelColor(corpus, label));
  item.contextValue = 'suggestion';
  const known = sourceOf(row.suggestion);
  item.tooltip = [shortText(text, 500), label, known, ...(link === undefined ? [] : [link])].join('\n');
  item.command = {
    command: 'corpusAnnotator.entities.reveal',
    title: vscode.l10n.t('Show in the Article'),
    arguments: [{ article, start, end }],
  };
  item.accessibilityInformation = { label: [mention, ...details, vscode.l10n.t('suggested')].join(', ') };
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
    paragraph(
      vscode.l10n.t(
        'Unfold it and place it at one of the lines, select its new place in the text and run Place at Selection, or delete it.',
      ),
    );
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
  const names: Partial<Record<GroupRow['kind'], string>> = {
    conflict: vscode.l10n.t('Conflicts'),
    broken: vscode.l10n.t('To place'),
    suggested: vscode.l10n.t('Suggested'),
  };
  const name = names[row.kind] ?? row.name;
  const isSuggested = row.kind === 'suggested' || row.parent?.kind === 'suggested';
  const count = isSuggested ? vscode.l10n.t('{0} suggested', row.count) : countEntities(row.count);
  const isFolded = row.kind === 'part' || row.kind === 'suggested';
  const item = new vscode.TreeItem(name, isFolded ? Collapsed : Expanded);
  item.id = row.key;
  item.contextValue = row.kind;
  item.accessibilityInformation = { label: `${name}, ${count}` };
  if (row.kind === 'part') return item;
  item.description = String(row.count);
  if (row.kind === 'label') {
    item.iconPath = colorIcon(labelColor(corpus, row.name));
    item.tooltip = corpus?.label(row.name)?.description ?? row.name;
  } else if (row.kind === 'suggested') {
    item.iconPath = new vscode.ThemeIcon('lightbulb');
    item.tooltip = vscode.l10n.t(
      'Names in untagged text that the corpus knows. None is an entity until it is accepted.',
    );
  } else if (row.kind === 'conflict') {
    item.iconPath = new vscode.ThemeIcon('git-merge', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = vscode.l10n.t(
      'Both sides of a merge changed these entities. Nothing is lost: keep one version of each, or both.',
    );
  } else {
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    item.tooltip = vscode.l10n.t(
      'The text of these entities is no longer where it was, nor at one other place for certain. None is lost: unfold each to place it.',
    );
  }
  return item;
}
