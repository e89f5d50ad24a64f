import * as vscode from 'vscode';
import { parseHeader } from '../../core/header';
import type { RuleFinding } from '../../core/rules';
import { datePrefix } from '../../core/rules/date-mismatch';
import { dateMeant, isHeaderDate, writeDate } from '../../core/rules/header-fixes';
import type { TextReplacement } from '../../core/text';
import type { LiveArticle } from '../../workspace/open/live-article';
import { rangeOf16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { askForText, say } from '../shared/messages';
import { commandFix } from '../shared/quick-fixes';
import { resolveArticle, type EntityArgument } from '../shared/targets';
import { headerChanges } from './header-changes';

/** What can be done about a header. The text is changed in the editor, so that spans follow. */
export function headerFixes(
  article: LiveArticle,
  finding: RuleFinding,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const { rule, values = {} } = finding;
  const changes = headerChanges(article.uri.path, article.index.raw, finding);
  const fixes = changes.map(({ title, edit }) => textFix(title, article, edit, diagnostics));
  const isDuplicate = rule === 'header-malformed' && values.problem === 'header-key-duplicate';
  if (isDuplicate || !['header-missing', 'header-malformed', 'date-mismatch'].includes(rule)) return fixes;
  const ask = rule === 'header-missing' ? t('Insert a date…') : t('Change the date…');
  return [...fixes, commandFix(ask, 'setDate', { article: article.uri.toString() }, diagnostics)];
}

function textFix(
  title: string,
  { uri, document }: LiveArticle,
  edit: TextReplacement,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(uri, rangeOf16(document, edit), edit.text);
  action.diagnostics = diagnostics;
  return action;
}

/** Asks for the date of an article, and writes it into the header. */
export async function setDate(store: CorpusStore, argument: EntityArgument | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const article = await resolveArticle(store, argument);
  if (!article) return;
  const { date, entries } = parseHeader(article.index.raw);
  const written = entries.find(({ key }) => key.toLowerCase() === 'date')?.value;
  const chosen = await askForText({
    title: t('Date of the article'),
    prompt: t('Year, month and day, as 2022-09-08'),
    value: date ?? (written && dateMeant(written)) ?? written ?? datePrefix(article.uri.path) ?? '',
    validateInput: (value) =>
      isHeaderDate(value.trim()) ? undefined : t('Year, month and day, as 2022-09-08'),
  });
  if (chosen === undefined) return;
  const edit = writeDate(article.index.raw, chosen.trim());
  const change = new vscode.WorkspaceEdit();
  change.replace(article.uri, rangeOf16(article.document, edit), edit.text);
  if (await vscode.workspace.applyEdit(change)) say(t('The date is {0}', chosen.trim()));
}
