import type * as vscode from 'vscode';
import { isSidecarName, sharedSidecarName, sidecarName } from '../../core/sidecar/name';
import { listFiles } from './article-entry';
import type { Corpus } from './corpus';
import type { CorpusStore } from '../store';

/** A sidecar that is not the shared one of an article. */
interface OtherSidecar {
  readonly uri: vscode.Uri;
  /** Whether it is an annotator's layer of an article that is there; else it has no article. */
  readonly isLayer: boolean;
}

/** Looks for them in the folders of a corpus: no list keeps them. */
export async function otherSidecars(store: CorpusStore, corpus: Corpus): Promise<OtherSidecar[]> {
  const paths = await listFiles(corpus.root);
  const articles = store.catalog.all.filter((entry) => entry.corpus === corpus);
  const shared = new Set(articles.map(({ path }) => sidecarName(path)));
  return paths
    .filter((path) => isSidecarName(path) && !shared.has(path))
    .map((path) => ({ uri: corpus.at(path), isLayer: shared.has(sharedSidecarName(path) ?? '') }))
    .filter(({ uri }) => store.catalog.corpusAt(uri) === corpus && store.catalog.entriesOf(uri).length === 0);
}
