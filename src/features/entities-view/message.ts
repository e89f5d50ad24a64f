import * as vscode from 'vscode';
import type { LiveArticle } from '../../workspace/open/live-article';
import { countEntities } from '../shared/counts';
import { refusalMessage } from '../shared/messages';
import { filterMessage } from './choose-filter';
import { isActive, type Filter } from './filter';

/**
 * What stands above the rows: what is in the way, what the keys do in review, and what the filter hides. Where there
 * is no row and no message, the editor shows what to do instead.
 * @param shown how many entities the filter lets through
 */
export function messageOf(
  article: LiveArticle | undefined,
  isReview: boolean,
  filter: Filter,
  shown: number,
): string {
  if (article?.refusal) return refusalMessage(article.refusal);
  const parts = [];
  if (isReview)
    parts.push(
      vscode.l10n.t('enter accepts · tab skips · delete deletes · a label’s key relabels · escape leaves'),
    );
  if (shown > 0 && isActive(filter)) parts.push(filterMessage(filter, shown, article?.entities.length ?? 0));
  return parts.join(' — ');
}

/** How many entities there are, and how many of them are to review. */
export function countText(entities: number, unreviewed: number): string {
  const { t } = vscode.l10n;
  if (entities === 0) return t('no entity');
  const count = countEntities(entities);
  return unreviewed === 0 ? t('{0}, all reviewed', count) : t('{0}, {1} to review', count, unreviewed);
}
