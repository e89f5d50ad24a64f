import * as vscode from 'vscode';
import type { Entity } from '../core/model/entity';
import type { LiveArticle } from '../workspace/open/live-article';
import { entityRange } from '../workspace/files/positions';
import type { CorpusStore } from '../workspace/store';
import { ARTICLE_LANGUAGE } from './shared/language-id';

/** The commands that a hover's links may call; nothing else in a hover is trusted. */
const COMMANDS = {
  relabel: 'corpusAnnotator.relabel',
  delete: 'corpusAnnotator.deleteEntity',
  toggleReviewed: 'corpusAnnotator.toggleReviewed',
  note: 'corpusAnnotator.editNote',
  place: 'corpusAnnotator.placeEntity',
};

/** Shows what is known of the entities under the pointer, the innermost first. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover(document, position) {
        const article = store.live.at(document.uri);
        if (!article) return undefined;
        const at = article.index.toCodePoint(document.offsetAt(position));
        const isHere = (entity: Entity) =>
          entity.broken
            ? entityRange(document, article.index, entity).contains(position)
            : entity.start <= at && at < entity.end;
        const entities = article.entities.filter(isHere).sort((a, b) => a.end - a.start - (b.end - b.start));
        const innermost = entities[0];
        if (!innermost) return undefined;
        const description = (label: string) =>
          store.catalog.entry(document.uri)?.corpus.label(label)?.description;
        return new vscode.Hover(
          entities.flatMap((entity) => [facts(entity, description(entity.label)), links(article, entity)]),
          entityRange(document, article.index, innermost),
        );
      },
    }),
  );
}

/** What the corpus says; untrusted, so every word of it is escaped. */
function facts(entity: Entity, description: string | undefined): vscode.MarkdownString {
  const md = new vscode.MarkdownString(undefined, true);
  md.appendMarkdown('**').appendText(entity.label).appendMarkdown('**');
  if (description) md.appendText(` — ${description}`);
  const line = (icon: string, text: string) => md.appendMarkdown(`\n\n$(${icon}) `).appendText(text);
  if (entity.broken) line('warning', vscode.l10n.t('The article no longer has “{0}” here.', entity.text));
  line(
    entity.reviewed ? 'check' : 'circle-outline',
    entity.reviewed ? vscode.l10n.t('Reviewed') : vscode.l10n.t('Not reviewed yet'),
  );
  if (entity.suggestedBy) line('lightbulb', vscode.l10n.t('Suggested by {0}', entity.suggestedBy));
  if (entity.note) line('note', entity.note);
  if (entity.link) line('link', entity.link);
  for (const [key, value] of Object.entries(entity.attributes ?? {})) {
    line('symbol-field', `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  return md;
}

/** Links made of our own words and an id only. */
function links(article: LiveArticle, { id, reviewed, broken }: Entity): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([{ article: article.uri.toString(), id }]));
  const link = (text: string, command: string) => `[${text}](command:${command}?${argument})`;
  const md = new vscode.MarkdownString(
    [
      ...(broken ? [link(vscode.l10n.t('Place…'), COMMANDS.place)] : []),
      link(vscode.l10n.t('Relabel'), COMMANDS.relabel),
      link(
        reviewed ? vscode.l10n.t('Mark as not reviewed') : vscode.l10n.t('Mark as reviewed'),
        COMMANDS.toggleReviewed,
      ),
      link(vscode.l10n.t('Note'), COMMANDS.note),
      link(vscode.l10n.t('Delete'), COMMANDS.delete),
    ].join(' · '),
  );
  md.isTrusted = { enabledCommands: Object.values(COMMANDS) };
  return md;
}
