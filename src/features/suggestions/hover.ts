import * as vscode from 'vscode';
import { toRange } from '../../workspace/files/positions';
import type { ShownSuggestions } from '../../workspace/asking/shown-suggestions';
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
  const { start, label, link, source, reviewedAs } = suggestion;
  // What the corpus says is untrusted: it is text, apart from the links.
  const facts = new vscode.MarkdownString(undefined, true);
  facts.appendMarkdown('$(lightbulb) ').appendText(t('Suggested: {0}', label)).appendMarkdown('\n\n');
  facts.appendText(
    source === 'gazetteer'
      ? t('Listed in gazetteer.yaml')
      : reviewedAs.length > 0
        ? t('Reviewed elsewhere in the corpus')
        : t('Tagged elsewhere in the corpus'),
  );
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
