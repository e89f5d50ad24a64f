/**
 * Measures over items of which each has one category.
 *
 * - Cohen's κ: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20
 *   (1960), 37–46. Of more than two annotators: the mean of the κ of all pairs (R. J. Light, Measures of response
 *   agreement for qualitative data, Psychological Bulletin 76 (1971), 365–377).
 * - Scott's π: W. A. Scott, Reliability of content analysis, Public Opinion Quarterly 19 (1955), 321–325; of more than
 *   two annotators, the mean over pairs, too.
 * - Fleiss' κ: J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971),
 *   378–382. Each item has the same number of categories, not of the same people.
 * - Krippendorff's α, nominal: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011); values may be missing.
 */
import { runsOf, type Run } from './items';
import { pairsOf, type ItemUnit, type Pair, type StudyArticle } from './study';
import type { CountIndex, Counter, Figure } from './tally';

/** Counts the items of an article. */
export function countItems(article: StudyArticle, unit: ItemUnit, counter: Counter): void {
  const runs = runsOf(article, unit);
  countAll(runs, counter);
  for (const pair of pairsOf(article.layers.length)) countPair(runs, pair, counter);
}

function countPair(runs: readonly Run[], [a, b]: Pair, counter: Counter): void {
  const [ofFirst, ofSecond] = [counter.of('category', a, b, a), counter.of('category', a, b, b)];
  let [both, same] = [0, 0];
  for (const { count, values } of runs) {
    const [first, second] = [values[a], values[b]];
    if (first === undefined || second === undefined) continue;
    both += count;
    if (first === second) same += count;
    ofFirst(first, count);
    ofSecond(second, count);
  }
  if (both > 0) counter.add(['both', a, b], both);
  if (same > 0) counter.add(['same', a, b], same);
}

/** By how many annotators have said something of an item: what α and Fleiss' κ are made of. */
function countAll(runs: readonly Run[], counter: Counter): void {
  const [items, agreeing] = [counter.of('items'), counter.of('agreeing')];
  for (const { count, values } of runs) {
    const said = values.filter((value) => value !== undefined);
    if (said.length < 2) continue;
    items(said.length, count);
    const add = counter.of('said', said.length);
    let alike = 0;
    for (const value of said) {
      add(value, count);
      for (const other of said) if (other === value) alike++;
    }
    if (alike > said.length) agreeing(said.length, count * (alike - said.length));
  }
}

/** How two annotators agree by chance: by the categories of each, or by those of both together. */
type Chance = (first: number, second: number, items: number) => number;

const OF_EACH: Chance = (first, second, items) => (first / items) * (second / items);
const OF_BOTH: Chance = (first, second, items) => ((first + second) / (2 * items)) ** 2;

/** Cohen's κ of a pair. */
export function cohenKappa(index: CountIndex, pair: Pair): Figure {
  return ofPair(index, pair, OF_EACH);
}

/** Scott's π of a pair. */
export function scottPi(index: CountIndex, pair: Pair): Figure {
  return ofPair(index, pair, OF_BOTH);
}

function ofPair(index: CountIndex, [a, b]: Pair, chance: Chance): Figure {
  const [both, same] = [index.reader('both', a, b), index.reader('same', a, b)];
  const values = new Set([a, b].flatMap((who) => index.next('category', a, b, who)));
  const categories = [...values].map((value) =>
    [a, b].map((who) => index.reader('category', a, b, who, value)),
  );
  return (sums) => {
    const items = both(sums);
    if (items === 0) return undefined;
    let expected = 0;
    for (const [first, second] of categories) expected += chance(first!(sums), second!(sums), items);
    return corrected(same(sums) / items, expected);
  };
}

/** Agreement without that of chance; not defined where all is the same by chance. */
function corrected(observed: number, expected: number): number | undefined {
  return expected >= 1 - ROUNDING ? undefined : (observed - expected) / (1 - expected);
}

const ROUNDING = 1e-12;

/** How many categories most items have, at least two; the greater number where two are as common. */
export function usualNumber(index: CountIndex, sums: Float64Array): number | undefined {
  const numbers = index.next('items').map(Number);
  const items = (number: number) => index.reader('items', number)(sums);
  return numbers.sort((a, b) => items(b) - items(a) || b - a)[0];
}

/** Fleiss' κ of the items that so many annotators have said something of. */
export function fleissKappa(index: CountIndex, number: number): Figure {
  const [count, agreeing] = [index.reader('items', number), index.reader('agreeing', number)];
  const categories = index.next('said', number).map((value) => index.reader('said', number, value));
  return (sums) => {
    const items = count(sums);
    if (items === 0) return undefined;
    let expected = 0;
    for (const said of categories) expected += (said(sums) / (items * number)) ** 2;
    return corrected(agreeing(sums) / (items * number * (number - 1)), expected);
  };
}

/** Krippendorff's α: one minus the observed disagreement by that of all values put together at random. */
export function krippendorffAlpha(index: CountIndex): Figure {
  const numbers = index.next('said').map((number) => ({
    others: Number(number) - 1,
    agreeing: index.reader('agreeing', number),
  }));
  const values = [...new Set(numbers.flatMap(({ others }) => index.next('said', others + 1)))];
  const readers = values.map((value) => numbers.map(({ others }) => index.reader('said', others + 1, value)));
  return (sums) => {
    let [all, alike, observed] = [0, 0, 0];
    for (const { others, agreeing } of numbers) observed += agreeing(sums) / others;
    for (const ofValue of readers) {
      let said = 0;
      for (const reader of ofValue) said += reader(sums);
      all += said;
      alike += said * (said - 1);
    }
    const pairs = all * (all - 1);
    return alike >= pairs ? undefined : 1 - ((all - observed) * (all - 1)) / (pairs - alike);
  };
}

/** The mean of the figures that are defined. */
export function meanOf(figures: readonly Figure[]): Figure {
  return (sums) => {
    const values = figures.map((figure) => figure(sums)).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}
