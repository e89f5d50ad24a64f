import type { StateFilter } from '../../core/concordance/lines';
import { NO_QUERY, type ConcordanceQuery } from '../../core/concordance/query';
import type { ArticleEntry } from '../corpus/article-entry';
import type { ArticleState } from '../corpus/summary';

/** What is asked of the corpus. */
export interface ConcordanceRequest {
  readonly query: ConcordanceQuery;
  readonly state: StateFilter;
  /** Of the article; `any` asks nothing. */
  readonly articles: ArticleState | 'any';
  /** Dates as `YYYY-MM-DD`, both included; empty asks nothing. An article without a date is in no range. */
  readonly from: string;
  readonly to: string;
}

export const NO_REQUEST: ConcordanceRequest = {
  query: NO_QUERY,
  state: 'any',
  articles: 'any',
  from: '',
  to: '',
};

/** Whether no day is between the dates that are asked for, since the first is the later one. */
export function isBackwards({ from, to }: ConcordanceRequest): boolean {
  return from !== '' && to !== '' && from > to;
}

/** Whether lines may be in an article, by what is known of it without reading it. */
export function isMeant(
  { summary: { date = '', labels }, state }: Pick<ArticleEntry, 'summary' | 'state'>,
  { query, articles, from, to }: ConcordanceRequest,
): boolean {
  return (
    (query.label === '' || labels.has(query.label)) &&
    (articles === 'any' || state === articles) &&
    (from === '' || date >= from) &&
    (to === '' || (date !== '' && date <= to))
  );
}
