import { Random } from '../random';
import { addTo, type Figure, type SparseCounts, type Tally } from './tally';

/** A figure with what it would be in other articles like these, and the mean of those of single articles. */
export interface Estimate {
  /** Of all articles as one text; `undefined` where it is not defined. */
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  readonly mean: Mean;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The mean over the articles in which a figure is defined. */
export interface Mean {
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  readonly articles: number;
}

const SEED = 1;
/** How many corpora are drawn, and of how many groups of articles at most: drawing takes its time. */
const TIMES = 1000;
const TIMES_OF_MANY = 200;
const MOST_GROUPS = 500;
/** The part of what is drawn that the interval holds. */
const PART = 0.95;

/**
 * Estimates figures by the percentile bootstrap (B. Efron, R. J. Tibshirani, An introduction to the bootstrap, 1993,
 * chapter 13): as many articles as there are, are drawn from them with replacement, many times. Of many articles, those
 * that follow each other are drawn in groups. The same articles in the same order give the same intervals.
 */
export function estimate(tally: Tally, figures: readonly Figure[]): Estimate[] {
  const articles = tally.counted;
  const sums = tally.sum();
  const ofArticles = figures.map(() => new Float64Array(articles.length).fill(NaN));
  const scratch = new Float64Array(sums.length);
  articles.forEach((article, at) => {
    addTo(scratch, article);
    figures.forEach((figure, f) => (ofArticles[f]![at] = figure(scratch) ?? NaN));
    for (const number of article.numbers) scratch[number] = 0;
  });
  const groups = groupsOf(articles, scratch);
  const means = ofArticles.map((values) => meansOf(values, groups.length));
  const drawn = figures.map(() => ({ values: [] as number[], means: [] as number[] }));
  const random = new Random(SEED);
  const times = groups.length < 2 ? 0 : groups.length < MOST_GROUPS ? TIMES : TIMES_OF_MANY;
  const chosen = new Int32Array(groups.length);
  for (let time = 0; time < times; time++) {
    scratch.fill(0);
    for (let n = 0; n < groups.length; n++) {
      chosen[n] = random.below(groups.length);
      addTo(scratch, groups[chosen[n]!]!);
    }
    figures.forEach((figure, f) => {
      const value = figure(scratch);
      if (value !== undefined) drawn[f]!.values.push(value);
      const mean = meanOfSome(means[f]!, chosen);
      if (mean !== undefined) drawn[f]!.means.push(mean);
    });
  }
  const all = Int32Array.from(groups.keys());
  return figures.map((figure, f) => ({
    value: figure(sums),
    interval: intervalOf(drawn[f]!.values, times),
    mean: {
      value: meanOfSome(means[f]!, all),
      interval: intervalOf(drawn[f]!.means, times),
      articles: means[f]!.counts.reduce((sum, count) => sum + count, 0),
    },
  }));
}

/** Where a group of articles begins. */
function beginOf(group: number, groups: number, articles: number): number {
  return Math.floor((group * articles) / groups);
}

/** Articles one after the other as one, where there are many. @param scratch is 0 before and after */
function groupsOf(articles: readonly SparseCounts[], scratch: Float64Array): readonly SparseCounts[] {
  if (articles.length <= MOST_GROUPS) return articles;
  return Array.from({ length: MOST_GROUPS }, (_, group) => {
    const numbers = new Set<number>();
    const end = beginOf(group + 1, MOST_GROUPS, articles.length);
    for (let at = beginOf(group, MOST_GROUPS, articles.length); at < end; at++) {
      addTo(scratch, articles[at]!);
      for (const number of articles[at]!.numbers) numbers.add(number);
    }
    const own = Int32Array.from(numbers);
    const values = Float64Array.from(own, (number) => scratch[number]!);
    for (const number of own) scratch[number] = 0;
    return { numbers: own, values };
  });
}

/** Sums of the values of single articles, by group, and how many are defined. */
interface Sums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

function meansOf(values: Float64Array, groups: number): Sums {
  const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)];
  for (let group = 0; group < groups; group++) {
    const end = beginOf(group + 1, groups, values.length);
    for (let at = beginOf(group, groups, values.length); at < end; at++) {
      if (Number.isNaN(values[at])) continue;
      sums[group]! += values[at]!;
      counts[group]!++;
    }
  }
  return { sums, counts };
}

function meanOfSome({ sums, counts }: Sums, chosen: Int32Array): number | undefined {
  let [sum, count] = [0, 0];
  for (const group of chosen) {
    sum += sums[group]!;
    count += counts[group]!;
  }
  return count === 0 ? undefined : sum / count;
}

/** Where the middle part of what was drawn lies; none where a figure is not defined in half of it. */
function intervalOf(values: readonly number[], times: number): Interval | undefined {
  if (times === 0 || values.length * 2 < times) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  return { low: at((1 - PART) / 2), high: at((1 + PART) / 2) };
}
