import * as vscode from 'vscode';
import type { Entity } from '../../core/entity';
import type { LiveArticle } from '../../workspace/live-article';
import { toSpan } from '../../workspace/positions';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';
import { editorOf, resolveArticle, shortText, showEntity } from '../shared/targets';

let turn: Promise<void> = Promise.resolve();

/**
 * Selects the mention of the entity after or before the cursor, round the ends of the article. Keys may
 * come faster than the editor selects: each goes on from where the one before has led.
 */
export function goToEntity(store: CorpusStore, direction: 'next' | 'previous'): Promise<void> {
  const gone = turn.then(() => goNow(store, direction));
  turn = gone.catch(() => undefined);
  return gone;
}

async function goNow(store: CorpusStore, direction: 'next' | 'previous'): Promise<void> {
  const article = await resolveArticle(store, undefined);
  if (!article || article.entities.length === 0)
    return say(vscode.l10n.t('There is no entity in this article.'));
  const entity = neighbour(article, article.entities, direction);
  await showEntity(article, entity);
  say(describe(entity));
}

/**
 * The neighbour of the cursor in a list in the sidecar's order; the list's other end where there is none.
 * An entity that has exactly the selection is where the cursor is; one that starts at a bare cursor is next.
 */
export function neighbour(
  article: LiveArticle,
  entities: readonly Entity[],
  direction: 'next' | 'previous',
): Entity {
  const selection = editorOf(article)?.selection;
  const at = selection && toSpan(article.document, article.index, selection);
  const isCaret = at?.start === at?.end;
  const isAfter = (entity: Entity) =>
    !at || entity.start > at.start || (entity.start === at.start && (isCaret || entity.end < at.end));
  const isBefore = (entity: Entity) =>
    !at || entity.start < at.start || (entity.start === at.start && !isCaret && entity.end > at.end);
  return direction === 'next'
    ? (entities.find(isAfter) ?? entities[0]!)
    : (entities.findLast(isBefore) ?? entities.at(-1)!);
}

export function describe(entity: Entity): string {
  const parts = [`${entity.label} “${shortText(entity.text)}”`];
  parts.push(entity.reviewed ? vscode.l10n.t('reviewed') : vscode.l10n.t('to review'));
  if (entity.note) parts.push(shortText(entity.note));
  return parts.join(' · ');
}
