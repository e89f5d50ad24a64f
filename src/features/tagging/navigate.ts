import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { LiveArticle } from '../../workspace/open/live-article';
import { entityRange, toSpan } from '../../workspace/files/positions';
import type { CorpusStore } from '../../workspace/store';
import { describeEntity } from '../shared/describe-entity';
import { say } from '../shared/messages';
import type { Acted, Press } from '../shared/presses';
import { editorOf, resolveArticle, selectionsIn, selectRange } from '../shared/targets';

/** Selects the mention of the entity after or before the cursor, round the ends of the article. */
export async function goToEntity(
  store: CorpusStore,
  direction: 'next' | 'previous',
  at: Press,
): Promise<Acted | void> {
  const article = await resolveArticle(store, undefined, at);
  if (!article || !at.editor || article.entities.length === 0)
    return say(vscode.l10n.t('There is no entity in this article.'));
  const entity = neighbour(article, article.entities, direction, at);
  say(describeEntity(entity));
  return { rest: selectRange(at.editor, entityRange(article.document, article.index, entity)) };
}

/**
 * The neighbour of the cursor in a list in the sidecar's order; the list's other end where there is none.
 * An entity that has exactly the selection is where the cursor is; one that starts at a bare cursor is next.
 */
export function neighbour(
  article: LiveArticle,
  entities: readonly Entity[],
  direction: 'next' | 'previous',
  at: Press,
): Entity {
  const [selection] = selectionsIn(editorOf(article), at);
  const here = selection && toSpan(article.document, article.index, selection);
  const isCaret = here?.start === here?.end;
  const isAfter = (entity: Entity) =>
    !here || entity.start > here.start || (entity.start === here.start && (isCaret || entity.end < here.end));
  const isBefore = (entity: Entity) =>
    !here || entity.start < here.start || (entity.start === here.start && !isCaret && entity.end > here.end);
  return direction === 'next'
    ? (entities.find(isAfter) ?? entities[0]!)
    : (entities.findLast(isBefore) ?? entities.at(-1)!);
}
