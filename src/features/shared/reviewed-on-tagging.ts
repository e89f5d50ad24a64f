import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';

/**
 * Whether what is tagged by hand is reviewed at once: where the setting says so, or, as it does not say, where nobody
 * else works on the corpus, so that it would be one's own work that waits for one's review.
 */
export function isReviewedOnTagging(store: CorpusStore, uri: vscode.Uri): boolean {
  // Before there was a choice of three, it was `true` or `false`.
  const setting = vscode.workspace
    .getConfiguration('corpusAnnotator', uri)
    .get<'auto' | 'always' | 'never' | boolean>('markReviewedOnTagging', 'auto');
  if (setting !== 'auto') return setting === 'always' || setting === true;
  const corpus = store.corpusAt(uri);
  return corpus !== undefined && !corpus.hasLayers && !store.index.hasOthers(corpus);
}
