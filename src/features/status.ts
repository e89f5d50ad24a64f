import * as vscode from 'vscode';
import { plainText } from '../wording/plain-text';
import type { CorpusStore } from '../workspace/store';
import { countEntities } from './shared/counts';
import { ARTICLE_LANGUAGE } from './shared/language-id';
import { refusalMessage } from './shared/messages';

/** One status item: the mode, and what is left to review; and a language status where an article is in trouble. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const item = vscode.window.createStatusBarItem(
    'corpusAnnotator.status',
    vscode.StatusBarAlignment.Left,
    50,
  );
  item.name = vscode.l10n.t('Corpus Annotator');
  item.command = 'corpusAnnotator.chooseMode';
  const trouble = vscode.languages.createLanguageStatusItem('corpusAnnotator.trouble', ARTICLE_LANGUAGE);
  trouble.name = vscode.l10n.t('Corpus Annotator');

  const update = () => {
    const article = store.live.active;
    if (store.catalog.all.length === 0) return item.hide();
    item.text = `${modeText(store)} ${article ? countText(article.entities) : ''}`.trim();
    item.tooltip = tooltipOf(store);
    item.backgroundColor =
      store.mode === 'editing' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
    const reason = article?.refusal ?? article?.writeError;
    trouble.text = reason ? vscode.l10n.t('Entities cannot be written') : vscode.l10n.t('Entities are saved');
    trouble.detail = reason ? plainText(refusalMessage(reason)) : '';
    trouble.severity = reason
      ? vscode.LanguageStatusSeverity.Error
      : vscode.LanguageStatusSeverity.Information;
  };
  context.subscriptions.push(
    item,
    trouble,
    store.live.onDidChangeActive(update),
    store.onDidChangeMode(update),
    store.catalog.onDidChangeCorpora(update),
    store.catalog.onDidChangeSummaries((entries) => {
      const active = store.live.active?.uri.toString();
      if (entries.some((entry) => entry.key === active)) update();
    }),
  );
}

function modeText({ mode }: CorpusStore): string {
  if (mode === 'editing') return '$(edit) ' + vscode.l10n.t('Editing the text');
  if (mode === 'review') return '$(checklist) ' + vscode.l10n.t('Review');
  return '$(tag) ' + vscode.l10n.t('Tagging');
}

function tooltipOf({ mode }: CorpusStore): string {
  if (mode === 'editing') return vscode.l10n.t('Lock the text of articles again (alt+a)');
  if (mode === 'review')
    return vscode.l10n.t('Enter accepts, a label’s key relabels, delete deletes, escape ends the review.');
  return vscode.l10n.t(
    'A label’s key tags what is selected, or the word at the cursor. The text is locked; alt+a unlocks it.',
  );
}

function countText(entities: readonly { reviewed?: boolean | undefined }[]): string {
  const left = entities.filter((entity) => !entity.reviewed).length;
  if (entities.length === 0) return '';
  return left === 0
    ? `· ${countEntities(entities.length)}`
    : vscode.l10n.t('· {0}, {1} to review', countEntities(entities.length), left);
}
