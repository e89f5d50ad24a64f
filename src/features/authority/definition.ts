import * as vscode from 'vscode';
import { LineIndex } from '../../core/lines';
import { SidecarPlaces } from '../../core/sidecar/locate';
import type { Authorities } from '../../workspace/asking/authorities';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { entityAt } from '../shared/targets';

/**
 * Where an entity is defined: its entry in the authority file, else its line in the sidecar. Addresses in the web
 * are none: the editor asks for definitions also where a pointer only passes, and then nothing must be opened.
 */
export async function findDefinition(
  store: CorpusStore,
  authorities: Authorities,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.DefinitionLink[] | undefined> {
  const article = await store.live.open(document);
  const entity = article && entityAt(article, new vscode.Range(position, position));
  const corpus = store.catalog.entry(document.uri)?.corpus;
  if (!entity || !corpus) return undefined;
  const target = (await entryOf(authorities, corpus, entity.link)) ?? lineOf(article, entity.id);
  if (!target) return undefined;
  return [
    {
      originSelectionRange: entityRange(document, article.index, entity),
      targetUri: target.uri,
      targetRange: target.range,
    },
  ];
}

/** The entry of a link in the authority file of a corpus. */
export async function entryOf(
  authorities: Authorities,
  corpus: Parameters<Authorities['of']>[0],
  link: string | undefined,
): Promise<vscode.Location | undefined> {
  if (link === undefined) return undefined;
  const { uri, index, rangeOf } = await authorities.of(corpus);
  const entry = index.find(link);
  return entry && new vscode.Location(uri, rangeOf(entry));
}

/** The line of an entity in its sidecar, as that was read last. */
function lineOf({ sync }: LiveArticle, id: string): vscode.Location | undefined {
  const { source, uri } = sync.file;
  const place = source === undefined ? undefined : new SidecarPlaces(source).entity(id);
  if (source === undefined || !place) return undefined;
  const lines = new LineIndex(source);
  const [start, end] = [lines.at(place.start16), lines.at(place.end16)];
  return new vscode.Location(uri, new vscode.Range(start.line, start.character, end.line, end.character));
}
