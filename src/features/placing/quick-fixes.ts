import * as vscode from 'vscode';
import type { Entity } from '../../core/entity';
import { freeCandidates } from '../../core/placed';
import { SidecarPlaces } from '../../core/sidecar/locate';
import { isSidecarName } from '../../core/sidecar/name';
import type { Span } from '../../core/text';
import type { LiveArticle } from '../../workspace/live-article';
import { entityRange, rangeOf16 } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';
import { editorOf, shortText, spansOf } from '../shared/targets';
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
    if (broken.length === 0) return [];
    const isSidecar = isSidecarName(document.uri.path);
    const articles = isSidecar ? await this.articlesOf(document.uri) : [await this.store.open(document)];
    return articles.flatMap((article) => {
      if (!article || article.refusal) return [];
      const placeOf = isSidecar ? placesInSidecar(document) : placesInArticle(article);
      return article.entities
        .filter((entity) => entity.broken)
        .flatMap((entity) => {
          const place = placeOf(entity);
          const about = broken.filter((diagnostic) => place?.isEqual(diagnostic.range));
          return about.length > 0 ? fixesOf(article, entity, about) : [];
        });
    });
  }

  /** The articles of a sidecar, which need not be open in an editor. */
  private async articlesOf(sidecar: vscode.Uri): Promise<(LiveArticle | undefined)[]> {
    await this.store.ready;
    return Promise.all(
      this.store
        .entriesOf(sidecar)
        .map(async ({ uri }) => this.store.open(await vscode.workspace.openTextDocument(uri))),
    );
  }
}

type PlaceOf = (entity: Entity) => vscode.Range | undefined;

function placesInArticle({ document, index }: LiveArticle): PlaceOf {
  return (entity) => entityRange(document, index, entity);
}

function placesInSidecar(document: vscode.TextDocument): PlaceOf {
  const places = new SidecarPlaces(document.getText());
  return ({ id }) => {
    const place16 = places.entity(id);
    return place16 && rangeOf16(document, place16);
  };
}

function fixesOf(
  article: LiveArticle,
  entity: Entity,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const { index } = article;
  const name = shortText(entity.text, 30);
  const target = { article: article.uri.toString(), id: entity.id };
  const fix = (title: string, command: string, argument: object) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command: `corpusAnnotator.${command}`, title, arguments: [argument] };
    action.diagnostics = diagnostics;
    return action;
  };
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
