import type * as vscode from 'vscode';
import type { Authorities } from '../../workspace/asking/authorities';
import type { CorpusStore } from '../../workspace/store';
import { locateMentions } from '../shared/locate-mentions';

/** All mentions that link to the entry of an authority file whose id is at a place. */
export async function findMentions(
  store: CorpusStore,
  authorities: Authorities,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Location[] | undefined> {
  await store.catalog.ready;
  const corpus = authorities.corpusOf(document.uri);
  if (!corpus) return undefined;
  const { index, rangeOf } = await authorities.of(corpus);
  const entry = index.entries.find((one) => rangeOf(one).contains(position));
  if (!entry) return undefined;
  const links = store.catalog.index.tables.links.filter((link) => link !== '' && index.find(link) === entry);
  return locateMentions(store, corpus, links.map((link) => ({ link })), token); // prettier-ignore
}
