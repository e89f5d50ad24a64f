import * as vscode from 'vscode';
import type { Mention } from '../../core/mentions';
import { forEachLimited, type ArticleEntry } from '../../workspace/catalog';
import { locate } from '../../workspace/locations';
import type { CorpusStore } from '../../workspace/store';
import { entityAt } from '../shared/targets';
import { identityOf } from '../shared/same-entity';

const AT_ONCE = 16;

/** All mentions in the corpus of the entity at a place. */
export async function findReferences(
  store: CorpusStore,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Location[] | undefined> {
  const article = await store.open(document);
  const entity = article && entityAt(article, new vscode.Range(position, position));
  if (!entity) return undefined;
  const corpus = store.corpusAt(document.uri);
  const byArticle = new Map<ArticleEntry, Mention[]>();
  for (const { key, mention } of store.index.find(identityOf(entity))) {
    if (key.corpus !== corpus || mention.broken) continue;
    byArticle.set(key, [...(byArticle.get(key) ?? []), mention]);
  }
  const found = new Map<ArticleEntry, vscode.Location[]>();
  await forEachLimited([...byArticle], AT_ONCE, async ([entry, mentions]) => {
    if (!token.isCancellationRequested) found.set(entry, await locate(store, entry.uri, mentions));
  });
  return [...byArticle.keys()].flatMap((entry) => found.get(entry) ?? []);
}
