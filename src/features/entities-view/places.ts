import { excerptOf, freeCandidates } from '../../core/placed';
import type { LiveArticle } from '../../workspace/live-article';
import type { EntityRow, PlaceRow } from './rows';

/** The places where an entity may belong, the best first, or a row that says that there is none. */
export function findPlaces(article: LiveArticle, row: EntityRow): PlaceRow[] {
  const { document, entities, index } = article;
  const { free, taken } = freeCandidates(row.entity, entities, index);
  if (free.length === 0) return [{ kind: 'no-candidate', parent: row, taken }];
  return free.map((span, rank) => ({
    kind: 'candidate',
    parent: row,
    rank,
    span,
    text: index.slice(span),
    line: document.positionAt(index.toUtf16(span.start)).line + 1,
    excerpt: excerptOf(index, span),
  }));
}
