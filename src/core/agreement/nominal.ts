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
import { nameOf, type CountIndex, type Counter, type Figure } from './tally';

/** Counts the items of an article. */
export function countItems(article: StudyArticle, unit: ItemUnit, counter: Counter): void {
  const pairs = pairsOf(article.layers.length);
  for (const run of runsOf(article, unit)) {
    countAll(run, counter);
    for (const pair of pairs) countPair(run, pair, counter);
  }
}

function countPair({ count, values }: Run, [a, b]: Pair, counter: Counter): void {
  const [first, second] = [values[a], values[b]];
  if (first === undefined || second === undefined) return;
  counter.add(nameOf('both', a, b), count);
  if (first === second) counter.add(nameOf('same', a, b), count);
  counter.add(nameOf('category', a, b, first, a), count);
  counter.add(nameOf('category', a, b, second, b), count);
}

/** By how many annotators have said something of an item: what α and Fleiss' κ are made of. */
function countAll({ count, values }: Run, counter: Counter): void {
  const byValue = new Map<string, number>();
  let said = 0;
  for (const value of values) {
    if (value === undefined) continue;
    said++;
    byValue.set(value, (byValue.get(value) ?? 0) + 1);
  }
  if (said < 2) return;
  counter.add(nameOf('items', said), count);
  for (const [value, times] of byValue) {
    counter.add(nameOf('said', said, value), count * times);
    if (times > 1) counter.add(nameOf('agreeing', said), count * times * (times - 1));
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
  const categories = index
    .next('category', a, b)
    .map((value) => [a, b].map((who) => index.reader('category', a, b, value, who)));
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
