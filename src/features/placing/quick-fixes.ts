import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { freeCandidates } from '../../core/placed';
import type { Span } from '../../core/text';
import type { CorpusStore } from '../../workspace/store';
import { commandFix, concernedEntities, type Concerned } from '../shared/quick-fixes';
import { editorOf, nameOf, shortText, spansOf } from '../shared/targets';
import { lineAndExcerpt } from './choose';

/** What can be done about an entity that could not be placed, in its article and in its sidecar. */
export class QuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly store: CorpusStore) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const broken = diagnostics.filter(({ code }) => code === 'entity-broken' || code === 'entity-not-found');
    const isMeant = (entity: Entity) => entity.broken === true;
    const concerned = await concernedEntities(this.store, document, broken, isMeant);
    return [...certainFixes(concerned), ...concerned.flatMap(fixesOf)];
  }
}

/** One for all entities of an article whose place is certain. */
function certainFixes(concerned: readonly Concerned[]): vscode.CodeAction[] {
  return [...new Set(concerned.map(({ article }) => article))].flatMap((article) => {
    const { misplaced } = article;
    const about = concerned.filter((one) => one.article === article && misplaced.has(one.entity.id));
    if (about.length === 0) return [];
    const title = vscode.l10n.t('Place all that are certain ({0})', misplaced.size);
    const target = nameOf(article);
    const fix = commandFix(
      title,
      'placeCertain',
      target,
      about.flatMap(({ diagnostics }) => diagnostics),
    );
    fix.isPreferred = true;
    return [fix];
  });
}

function fixesOf({ article, entity, diagnostics }: Concerned): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const { index } = article;
  const name = shortText(entity.text, 30);
  const target = { ...nameOf(article), id: entity.id };
  const fix = (title: string, command: string, argument: object) =>
    commandFix(title, command, argument, diagnostics);
  const { free } = freeCandidates(entity, article.entities, index);
  const selection = spansOf(article, editorOf(article)?.selections.slice(0, 1) ?? [])[0];
  const isCandidate = free.some(({ start, end }) => start === selection?.start && end === selection.end);
  const place = (title: string, span: Span) =>
    fix(title, 'placeEntity', { ...target, ...span, text: index.slice(span) });
  const atSelection = selection
    ? place(
        t('Place “{0}” at the selection in the article: “{1}”', name, shortText(index.slice(selection), 30)),
        selection,
      )
    : fix(t('Place “{0}” at a selection in the article…', name), 'placeAtSelection', target);
  return [
    ...free.map((span) => place(t('Place “{0}” at line {1}', name, lineAndExcerpt(article, span)), span)),
    ...(isCandidate ? [] : [atSelection]),
    fix(t('Delete the entity {0} “{1}”', entity.label, name), 'deleteEntity', target),
  ];
}
