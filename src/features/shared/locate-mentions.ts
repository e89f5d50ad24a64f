import type * as vscode from 'vscode';
import type { Mention, MentionFilter } from '../../core/mention';
import { forEachLimited, type ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import { locate } from '../../workspace/asking/locations';
import type { CorpusStore } from '../../workspace/store';

const AT_ONCE = 16;

/** Where all mentions in a corpus are that have what one of the filters asks for, article by article. */
export async function locateMentions(
  store: CorpusStore,
  corpus: Corpus | undefined,
  filters: readonly MentionFilter[],
  token: vscode.CancellationToken,
): Promise<vscode.Location[]> {
  const byArticle = new Map<ArticleEntry, Mention[]>();
  for (const filter of filters) {
    for (const { key, mention } of store.catalog.index.find(filter)) {
      if (key.corpus !== corpus || mention.broken) continue;
      const mentions = byArticle.get(key);
      if (mentions) mentions.push(mention);
      else byArticle.set(key, [mention]);
    }
  }
  const found = new Map<ArticleEntry, vscode.Location[]>();
  await forEachLimited([...byArticle], AT_ONCE, async ([entry, mentions]) => {
    if (!token.isCancellationRequested) found.set(entry, await locate(store, entry.uri, mentions));
  });
  return [...byArticle.keys()].flatMap((entry) => found.get(entry) ?? []);
}
