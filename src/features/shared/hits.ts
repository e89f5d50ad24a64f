import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import type { Entity } from '../../core/entity';
import type { Excerpt } from '../../core/placed';
import type { Span } from '../../core/text';
import type { ArticleEntry } from '../../workspace/catalog';
import type { CorpusStore } from '../../workspace/store';
import { tellOutcome } from './bulk';
import { withProgress } from './progress';
import { showSpan } from './targets';

/** A place that a command for all mentions is about. */
export interface Hit extends Span {
  readonly entry: ArticleEntry;
  readonly text: string;
  readonly excerpt: Excerpt;
  /** What stands around it, where its text occurs more than once; see `contextOf`. */
  readonly context?: Pick<Entity, 'before' | 'after'>;
  /** What is done to it, where that is not the same for all. */
  readonly detail?: string;
  /** The entity that is there; none where one is to be added. */
  readonly entity?: Entity;
}

/** Shows a place, and leaves the focus where it is. */
export async function showHit(store: CorpusStore, hit: Hit): Promise<void> {
  const article = await store.open(await vscode.workspace.openTextDocument(hit.entry.uri));
  if (article) await showSpan(article, hit, { preserveFocus: true });
}

/** Makes changes at many places as one step, and says what became of it. */
export async function applyToHits(
  store: CorpusStore,
  title: string,
  hits: readonly Hit[],
  editsOf: (hit: Hit) => readonly Edit[],
): Promise<void> {
  const changes = new Map<ArticleEntry, Edit[]>();
  for (const hit of hits) {
    const edits = changes.get(hit.entry) ?? [];
    changes.set(hit.entry, edits);
    edits.push(...editsOf(hit));
  }
  const outcome =
    changes.size === 1
      ? await store.bulk.apply(title, changes)
      : await withProgress(title, (watch) => store.bulk.apply(title, changes, watch));
  tellOutcome(outcome, 'done');
}
