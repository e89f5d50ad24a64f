import * as vscode from 'vscode';
import { disk } from '#disk';
import { pathBeside, type Orphan } from '../../core/sidecar/orphans';
import type { ArticleEntry } from '../corpus/article-entry';
import type { CorpusStore } from '../store';

/**
 * Gives sidecars without an article to one that has none, by renaming them. They say its name then.
 * @returns `false`, and nothing is moved, where a place is taken
 */
export async function giveOrphans(
  store: CorpusStore,
  orphans: readonly Orphan[],
  entry: ArticleEntry,
): Promise<boolean> {
  const { corpus, path } = entry;
  const moves = orphans.map(
    (orphan) => [corpus.at(orphan.path), corpus.at(pathBeside(orphan, path))] as const,
  );
  for (const [from, to] of moves)
    if (store.catalog.layersIn(from).length > 0 || (await disk.exists(to))) return false;
  for (const [from, to] of moves) {
    await vscode.workspace.fs.rename(from, to, { overwrite: false });
    await store.followFile(from, 'deleted');
    await store.followFile(to, 'created');
  }
  // Where entities have another place now, that is shown there.
  await store.live.use(entry, (article) => article.sync.adopt());
  await store.catalog.refresh([entry]);
  return true;
}
