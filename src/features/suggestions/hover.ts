import * as vscode from 'vscode';
import { toRange } from '../../workspace/files/positions';
import type { ShownSuggestions } from '../../workspace/asking/shown-suggestions';
import { sayReason, sourceOf } from '../shared/suggestion-source';
import { suggestionAt } from './place';

/** The commands that the hover's links may call. */
const COMMANDS = ['acceptSuggestion', 'refuseSuggestion', 'acceptAllOfForm', 'refuseAllOfForm'] as const;

/** What is suggested under the pointer, with what can be done about it. */
export function hoverOf(
  shown: ShownSuggestions,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const { t } = vscode.l10n;
  const found = suggestionAt(shown, document, position);
  if (!found) return undefined;
  const { article, suggestion } = found;
  const { start, label, link, reasons = [] } = suggestion;
  // What the corpus says is untrusted: it is text, apart from the links.
  const facts = new vscode.MarkdownString(undefined, true);
  facts.appendMarkdown('$(lightbulb) ').appendText(t('Suggested: {0}', label)).appendMarkdown('\n\n');
  facts.appendText(sourceOf(suggestion));
  if (reasons.length > 0)
    facts.appendMarkdown('\n\n').appendText(t('Because of: {0}', reasons.map(sayReason).join(' · ')));
  if (link !== undefined) facts.appendMarkdown('\n\n$(link) ').appendText(link);
  const argument = encodeURIComponent(JSON.stringify([{ article: article.uri.toString(), start }]));
  const titles: Record<(typeof COMMANDS)[number], string> = {
    acceptSuggestion: t('Accept'),
    refuseSuggestion: t('Refuse'),
    acceptAllOfForm: t('Accept all…'),
    refuseAllOfForm: t('Refuse all'),
  };
  const links = new vscode.MarkdownString(
    COMMANDS.map((name) => `[${titles[name]}](command:corpusAnnotator.${name}?${argument})`).join(' · '),
  );
  links.isTrusted = { enabledCommands: COMMANDS.map((name) => `corpusAnnotator.${name}`) };
  return new vscode.Hover([facts, links], toRange(article.document, article.index, suggestion));
}
