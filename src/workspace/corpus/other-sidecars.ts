import type * as vscode from 'vscode';
import { isSidecarName, sidecarName } from '../../core/sidecar/name';
import { listFiles } from './article-entry';
import type { Corpus } from './corpus';
import type { CorpusStore } from '../store';

/** A sidecar that is not of the layer that the window works in. */
interface OtherSidecar {
  readonly uri: vscode.Uri;
  /** Whether it is another layer of an article that is there; else it has no article. */
  readonly isLayer: boolean;
}

/** Looks for them in the folders of a corpus: no list keeps them. */
export async function otherSidecars(store: CorpusStore, corpus: Corpus): Promise<OtherSidecar[]> {
  const paths = await listFiles(corpus.root);
  const articles = store.catalog.all.filter((entry) => entry.corpus === corpus);
  const own = new Set(articles.map(({ path, layer }) => sidecarName(path, layer)));
  return paths
    .filter((path) => isSidecarName(path) && !own.has(path))
    .map((path) => corpus.at(path))
    .filter((uri) => store.catalog.corpusAt(uri) === corpus && store.catalog.entriesOf(uri).length === 0)
    .map((uri) => ({ uri, isLayer: store.catalog.layersIn(uri).length > 0 }));
}
