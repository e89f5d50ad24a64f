import * as vscode from 'vscode';
import type { Edit } from '../../core/model/edit';
import { compareEntities, newEntityId, type Entity } from '../../core/model/entity';
import { excerptOf, type Excerpt } from '../../core/placed';
import type { Span } from '../../core/text';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { tellOutcome } from './bulk';
import { countArticles } from './counts';
import { showWarning } from './messages';
import { forEachWithProgress, withProgress } from './progress';
import { showSpan } from './targets';

/** A place that a command for all mentions is about. */
export interface Hit extends Span {
  readonly entry: ArticleEntry;
  readonly text: string;
  readonly excerpt: Excerpt;
  /** What stands around it, where its text occurs more than once; see `contextOf`. */
  readonly context?: Pick<Entity, 'before' | 'after'>;
  /** What is done to it, where that is not the same for all, or what to know of it. */
  readonly detail?: string;
  /** Whether it is not chosen until a person does. */
  readonly isOut?: boolean;
  /** The entity that is there; none where one is to be added. */
  readonly entity?: Entity;
}

/** Looks for places in articles, by article. @returns `undefined` where the person stopped it */
export async function collectHits(
  entries: readonly ArticleEntry[],
  title: string,
  find: (entry: ArticleEntry) => Promise<Hit[]>,
): Promise<Hit[] | undefined> {
  const found = new Map<ArticleEntry, Hit[]>();
  const look = async (entry: ArticleEntry) => {
    found.set(entry, await find(entry));
  };
  if (entries.length === 1) await look(entries[0]!);
  else if (!(await forEachWithProgress(title, entries, look))) return undefined;
  return entries.flatMap((entry) => found.get(entry) ?? []);
}

/** All entities of articles that are meant and have a place, in the order of the articles and their text. */
export function collectEntities(
  store: CorpusStore,
  entries: readonly ArticleEntry[],
  isMeant: (entity: Entity) => boolean,
  title: string,
): Promise<Hit[] | undefined> {
  return collectHits(entries, title, async (entry) => {
    const { entities, index } = store.live.of(entry) ?? (await entry.read());
    return entities
      .filter((entity) => !entity.broken && isMeant(entity))
      .sort(compareEntities)
      .map((entity) => {
        const { start, end, text } = entity;
        return { entry, start, end, text, entity, excerpt: excerptOf(index, entity) };
      });
  });
}

/** Tells of articles that have entities, perhaps, which nobody could look at. */
export function warnUnread(store: CorpusStore, entries: readonly ArticleEntry[]): void {
  const { t } = vscode.l10n;
  const isUnread = (entry: ArticleEntry) =>
    entry.summary.inTrouble && (store.live.of(entry)?.refusal !== undefined || entry.summary.entities === 0);
  const unread = entries.filter(isUnread);
  if (unread.length === 0) return;
  const [first] = unread;
  void showWarning(
    unread.length === 1
      ? t('{0} was not looked at: see its problems.', vscode.workspace.asRelativePath(first!.uri))
      : t('{0} were not looked at, as {1}: see their problems.', countArticles(unread.length), first!.path),
  );
}

/** Shows a place, and leaves the focus where it is. */
export async function showHit(store: CorpusStore, hit: Hit): Promise<void> {
  const article = await store.live.open(await vscode.workspace.openTextDocument(hit.entry.uri));
  if (article) await showSpan(article, hit, { preserveFocus: true });
}

/** A new entity at a place, with a label and perhaps a link. @param isReviewed see `isReviewedOnTagging` */
export function newEntity(
  { start, end, text, context }: Hit,
  { label, link }: Pick<Entity, 'label' | 'link'>,
  isReviewed: boolean,
): Entity {
  return {
    ...{ id: newEntityId(), label, start, end, text },
    ...(isReviewed && { reviewed: true }),
    ...(link !== undefined && { link }),
    ...context,
  };
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
  await applyChanges(store, title, changes);
}

/**
 * Changes articles as one step, and says what became of it. The next undo in the active article takes it back, also
 * where only others were changed.
 */
export async function applyChanges(
  store: CorpusStore,
  title: string,
  changes: ReadonlyMap<ArticleEntry, readonly Edit[]>,
): Promise<void> {
  const here = store.live.active && store.catalog.entry(store.live.active.uri);
  const all = here && !changes.has(here) ? new Map([...changes, [here, []]]) : changes;
  const outcome =
    changes.size === 1
      ? await store.bulk.apply(title, all)
      : await withProgress(title, (watch) => store.bulk.apply(title, all, watch));
  tellOutcome(outcome, 'done');
}
