import * as vscode from 'vscode';
import { toRange } from '../../workspace/files/positions';
import type { ShownSuggestions } from '../../workspace/asking/shown-suggestions';
import { commandFix } from '../shared/quick-fixes';
import { shortText } from '../shared/targets';

/** What can be done about a suggestion, as quick fixes: it is no problem, so that they ask for no diagnostic. */
export class SuggestionActions implements vscode.CodeActionProvider {
  constructor(private readonly shown: ShownSuggestions) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { t } = vscode.l10n;
    const article = this.shown.article(document);
    if (!article) return [];
    const suggestion = this.shown
      .of(article)
      .find((one) => toRange(document, article.index, one).intersection(range));
    if (!suggestion) return [];
    const { start, text, label, reviewedAs } = suggestion;
    const quoted = shortText(text, 30);
    const fix = (title: string, command: string, more?: object) =>
      commandFix(title, command, { article: article.uri.toString(), start, ...more }, []);
    const labels = [...new Set([label, ...reviewedAs])];
    const [first, ...others] = labels.map((one) =>
      fix(t('Tag “{0}” as {1}', quoted, one), 'acceptSuggestion', { label: one }),
    );
    first!.isPreferred = labels.length === 1;
    return [
      first!,
      ...others,
      fix(t('Tag all “{0}” in the corpus as {1}…', quoted, label), 'acceptAllOfForm'),
      fix(t('Never as {0} here: refuse “{1}”', label, quoted), 'refuseSuggestion'),
      fix(t('Never suggest “{0}” as {1}', quoted, label), 'refuseAllOfForm'),
    ];
  }
}
