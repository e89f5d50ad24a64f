import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { SidecarPlaces } from '../../core/sidecar/locate';
import { isSidecarName } from '../../core/sidecar/name';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange, rangeOf16 } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';

/** An entity with the problems in a document that are about it. */
export interface Concerned {
  readonly article: LiveArticle;
  readonly entity: Entity;
  readonly diagnostics: vscode.Diagnostic[];
}

/**
 * The entities that problems are about, in their article or in its sidecar, by where they stand. The
 * articles of a sidecar, which may be that of a layer, need not be open in an editor.
 */
export async function concernedEntities(
  store: CorpusStore,
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
  isMeant: (entity: Entity) => boolean,
): Promise<Concerned[]> {
  if (diagnostics.length === 0) return [];
  const isSidecar = isSidecarName(document.uri.path);
  const articles = isSidecar ? await articlesOf(store, document.uri) : [await store.live.open(document)];
  return articles.flatMap((article) => {
    if (!article || article.refusal) return [];
    const placeOf = isSidecar ? placesInSidecar(document) : placesInArticle(article);
    return article.entities.filter(isMeant).flatMap((entity) => {
      const place = placeOf(entity);
      const about = diagnostics.filter(({ range }) => place?.isEqual(range));
      return about.length > 0 ? [{ article, entity, diagnostics: about }] : [];
    });
  });
}

/** A quick fix that runs a command of the extension. */
export function commandFix(
  title: string,
  command: string,
  argument: object | string,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  fix.command = { command: `corpusAnnotator.${command}`, title, arguments: [argument] };
  fix.diagnostics = diagnostics;
  return fix;
}

async function articlesOf(store: CorpusStore, sidecar: vscode.Uri): Promise<(LiveArticle | undefined)[]> {
  await store.catalog.ready;
  return Promise.all(
    store.catalog
      .layersIn(sidecar)
      .map(async ({ entry, layer }) =>
        store.live.open(await vscode.workspace.openTextDocument(entry.uri), layer),
      ),
  );
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
