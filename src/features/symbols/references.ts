import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { locateMentions } from '../shared/locate-mentions';
import { identityOf } from '../shared/same-entity';
import { entityAt } from '../shared/targets';

/** All mentions in the corpus of the entity at a place. */
export async function findReferences(
  store: CorpusStore,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Location[] | undefined> {
  const article = await store.live.open(document);
  const entity = article && entityAt(article, new vscode.Range(position, position));
  if (!entity) return undefined;
  return locateMentions(store, store.catalog.corpusAt(document.uri), [identityOf(entity)], token);
}
