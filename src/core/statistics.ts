import { parseHeader } from './header';
import type { Entity } from './model/entity';
import type { Status } from './model/records';
import type { TextIndex } from './text';

/** How many entities there are, of a label or in all. */
export interface Count {
  entities: number;
  reviewed: number;
  /** Those whose place is not certain. */
  toPlace: number;
}

export interface Month {
  articles: number;
  done: number;
  entities: number;
}

/** What is counted in articles. */
export interface Counted extends Count {
  articles: number;
  /** In code points. */
  characters: number;
  annotated: number;
  done: number;
  /** Those whose text or sidecar cannot be used. */
  invalid: number;
  readonly labels: Map<string, Count>;
  /** By `YYYY-MM` of the date in the header; articles without one are in none. */
  readonly months: Map<string, Month>;
}

/** What is counted of an article. */
export interface CountedArticle {
  readonly index: TextIndex;
  /** Whether its text and its sidecar can be used. */
  readonly isValid: boolean;
  readonly status: Status | undefined;
  /** Those that could be read. */
  readonly entities: readonly Entity[];
}

export function noneCounted(): Counted {
  return {
    ...{ articles: 0, characters: 0, annotated: 0, done: 0, invalid: 0 },
    ...{ entities: 0, reviewed: 0, toPlace: 0 },
    ...{ labels: new Map(), months: new Map() },
  };
}

const noCount = (): Count => ({ entities: 0, reviewed: 0, toPlace: 0 });
const noMonth = (): Month => ({ articles: 0, done: 0, entities: 0 });

/** Adds what was counted in other articles. */
export function addCounted(sum: Counted, { labels, months, ...numbers }: Counted): void {
  addNumbers(sum, numbers);
  for (const [label, count] of labels) addNumbers(at(sum.labels, label, noCount), count);
  for (const [month, count] of months) addNumbers(at(sum.months, month, noMonth), count);
}

function addNumbers<K extends string>(
  sum: Record<NoInfer<K>, number>,
  more: Readonly<Record<K, number>>,
): void {
  for (const key of Object.keys(more) as K[]) sum[key] += more[key];
}

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (!value) map.set(key, (value = make()));
  return value;
}

/** Adds what is in an article, or in one layer of it. */
export function addArticle(sum: Counted, { index, isValid, status, entities }: CountedArticle): void {
  const isDone = isValid && status === 'done';
  sum.articles++;
  sum.characters += index.length;
  sum.entities += entities.length;
  if (!isValid) sum.invalid++;
  if (isDone) sum.done++;
  if (entities.length > 0) sum.annotated++;
  for (const { label, reviewed, broken } of entities) {
    const ofLabel = at(sum.labels, label, noCount);
    ofLabel.entities++;
    if (reviewed) {
      sum.reviewed++;
      ofLabel.reviewed++;
    }
    if (broken) {
      sum.toPlace++;
      ofLabel.toPlace++;
    }
  }
  const date = parseHeader(index.raw).date?.slice(0, 7);
  if (date === undefined) return;
  const month = at(sum.months, date, noMonth);
  month.articles++;
  month.entities += entities.length;
  if (isDone) month.done++;
}
