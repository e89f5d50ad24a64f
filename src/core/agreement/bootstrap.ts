import { Random } from '../random';
import { addTo, type Figure, type Tally } from './tally';

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
/** How many corpora are drawn: of many articles fewer, since drawing takes its time, and chance evens out. */
const MOST = 1000;
const LEAST = 200;
const DRAWN = 1_000_000;
/** The part of what is drawn that the interval holds. */
const PART = 0.95;

/**
 * Estimates figures by the percentile bootstrap (B. Efron, R. J. Tibshirani, An introduction to the bootstrap, 1993,
 * chapter 13): as many articles as there are, are drawn from them with replacement, many times. The same articles
 * in the same order give the same intervals.
 */
export function estimate(tally: Tally, figures: readonly Figure[]): Estimate[] {
  const articles = tally.counted;
  const sums = tally.sum();
  const ofArticles = figures.map(() => [] as (number | undefined)[]);
  const scratch = new Float64Array(sums.length);
  for (const article of articles) {
    addTo(scratch, article);
    figures.forEach((figure, f) => ofArticles[f]!.push(figure(scratch)));
    for (const number of article.numbers) scratch[number] = 0;
  }
  const drawn = figures.map(() => ({ values: [] as number[], means: [] as number[] }));
  const random = new Random(SEED);
  const { length } = articles;
  const times = length < 2 ? 0 : Math.min(MOST, Math.max(LEAST, Math.ceil(DRAWN / length)));
  const chosen = new Int32Array(length);
  for (let time = 0; time < times; time++) {
    scratch.fill(0);
    for (let n = 0; n < length; n++) {
      chosen[n] = random.below(length);
      addTo(scratch, articles[chosen[n]!]!);
    }
    figures.forEach((figure, f) => {
      const value = figure(scratch);
      if (value !== undefined) drawn[f]!.values.push(value);
      const mean = meanOfSome(ofArticles[f]!, chosen);
      if (mean !== undefined) drawn[f]!.means.push(mean);
    });
  }
  return figures.map((figure, f) => {
    const single = ofArticles[f]!.filter((value) => value !== undefined);
    const mean = single.reduce((sum, value) => sum + value, 0) / single.length;
    return {
      value: figure(sums),
      interval: intervalOf(drawn[f]!.values, times),
      mean: {
        value: single.length === 0 ? undefined : mean,
        interval: intervalOf(drawn[f]!.means, times),
        articles: single.length,
      },
    };
  });
}

function meanOfSome(values: readonly (number | undefined)[], chosen: Int32Array): number | undefined {
  let [sum, count] = [0, 0];
  for (const article of chosen) {
    const value = values[article];
    if (value === undefined) continue;
    sum += value;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

/** Where the middle part of what was drawn lies; none where a figure is not defined in half of it. */
function intervalOf(values: number[], times: number): Interval | undefined {
  if (times === 0 || values.length * 2 < times) return undefined;
  const sorted = Float64Array.from(values).sort();
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  return { low: at((1 - PART) / 2), high: at((1 + PART) / 2) };
}
