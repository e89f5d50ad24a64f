import { NO_QUERY } from '../../core/concordance/query';
import { ORDERS, type Order } from '../../core/concordance/order';
import type { StateFilter } from '../../core/concordance/lines';
import type { ArticleState } from '../../workspace/corpus/summary';
import { NO_REQUEST, type ConcordanceRequest } from '../../workspace/asking/concordance-request';
import type { Kept } from './protocol';

/** What the command may be given. */
export interface ConcordanceArgument {
  readonly word?: string;
  readonly regex?: string;
  readonly label?: string;
  readonly wholeWords?: boolean;
  readonly matchCase?: boolean;
  readonly state?: StateFilter;
  readonly articles?: ArticleState | 'any';
  readonly from?: string;
  readonly to?: string;
  readonly sort?: Order;
}

export const STATE_FILTERS: readonly StateFilter[] = [
  ...(['any', 'untagged', 'tagged', 'unreviewed', 'reviewed', 'suggestion'] as const),
];
export const ARTICLE_STATES: readonly (ArticleState | 'any')[] = [
  ...(['any', 'untouched', 'in-progress', 'done', 'trouble'] as const),
];

/** The request of an argument; `undefined` where it asks for nothing. */
export function requestOf(argument: ConcordanceArgument): ConcordanceRequest | undefined {
  const { word, regex, label } = argument;
  if (![word, regex, label].some((part) => typeof part === 'string' && part !== '')) return undefined;
  const text = regex ?? word ?? '';
  const wholeWords = argument.wholeWords ?? regex === undefined;
  return readKept({
    request: { ...argument, query: { ...argument, text, isRegex: regex !== undefined, wholeWords } },
  }).request;
}

/** What was kept, or came from the page, with a plain value for whatever is not what it should be. */
export function readKept(value: unknown): Kept {
  const { request, order } = fields(value);
  const { query, state, articles, from, to } = fields(request);
  const { text, isRegex, wholeWords, matchCase, label } = fields(query);
  const string = (one: unknown) => (typeof one === 'string' ? one : '');
  const flag = (one: unknown, otherwise: boolean) => (typeof one === 'boolean' ? one : otherwise);
  return {
    order: oneOf(ORDERS, order, 'place'),
    request: {
      query: {
        text: string(text),
        label: string(label),
        isRegex: flag(isRegex, NO_QUERY.isRegex),
        wholeWords: flag(wholeWords, NO_QUERY.wholeWords),
        matchCase: flag(matchCase, NO_QUERY.matchCase),
      },
      state: oneOf(STATE_FILTERS, state, NO_REQUEST.state),
      articles: oneOf(ARTICLE_STATES, articles, NO_REQUEST.articles),
      from: string(from),
      to: string(to),
    },
  };
}

function fields(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>;
}

function oneOf<T extends string>(all: readonly T[], value: unknown, otherwise: T): T {
  return all.find((one) => one === value) ?? otherwise;
}
