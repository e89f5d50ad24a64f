import { estimate, type Estimate } from './bootstrap';
import {
  confusionOf,
  countSpans,
  labelsIn,
  MATCHES,
  scoresOf,
  type Confusion,
  type Match,
  type Scores,
} from './entity-wise';
import { countDisorder, gamma, type GammaOptions } from './gamma';
import {
  cohenKappa,
  countItems,
  fleissKappa,
  krippendorffAlpha,
  meanOf,
  scottPi,
  usualNumber,
} from './nominal';
import { countRecords, recordFigures, RECORDS } from './records';
import { pairsOf, type ItemUnit, type Pair, type StudyArticle } from './study';
import { Counter, CountIndex, type CountNames, type Figure, type SparseCounts, type Tally } from './tally';
import { alphaU, alphaU2016, countUnits } from './unitizing';

/** In the order in which they are told. */
export const MEASURES = [
  'f1',
  'cohen_kappa',
  'scott_pi',
  'fleiss_kappa',
  'krippendorff_alpha',
  'krippendorff_alpha_u',
  'krippendorff_alpha_u_2016',
  'gamma',
  'relations',
  'attributes',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface AgreementOptions {
  readonly unit: ItemUnit;
  readonly measures: readonly Measure[];
  readonly gamma: GammaOptions;
}

/** One figure of a measure. */
export interface Row {
  readonly measure: Measure;
  /** Of F1, what a match is; of relations and attributes, what their figure is. */
  readonly part: Match | 'f1' | 'cohen_kappa' | undefined;
  /** Of which annotators; of all, where nothing is said. */
  readonly pair?: Pair;
  /** Of which label; of all, where nothing is said. */
  readonly label?: string;
  /** Of what there is one category, or what is counted. */
  readonly unit: ItemUnit | 'span' | 'relation' | 'attribute';
  readonly estimate: Estimate;
  readonly precision?: number | undefined;
  readonly recall?: number | undefined;
}

/** How well annotators agree. */
export interface Agreement {
  readonly rows: readonly Row[];
  /** What pairs confuse; with more than one pair, all together first. */
  readonly confusion: readonly { readonly pair?: Pair; readonly matrix: Confusion }[];
  /** Of Fleiss' κ: how many annotators have said something of its items, and how many items these are. */
  readonly fleiss:
    { readonly annotators: number; readonly items: number; readonly allItems: number } | undefined;
  /** Of γ: the disorder of the best alignments and that of chance, and in how many articles better ones may be. */
  readonly disorder:
    | { readonly value: number | undefined; readonly expected: number | undefined; readonly notBest: number }
    | undefined;
}

const NOMINAL: readonly Measure[] = ['cohen_kappa', 'scott_pi', 'fleiss_kappa', 'krippendorff_alpha'];
const UNITIZING: readonly Measure[] = ['krippendorff_alpha_u', 'krippendorff_alpha_u_2016'];

/** Counts in an article all that measures are made of. @param names get those that are new */
export function countArticle(
  article: StudyArticle,
  options: AgreementOptions,
  names: CountNames,
): SparseCounts {
  const counter = new Counter(names);
  const wants = (...some: readonly Measure[]) => some.some((one) => options.measures.includes(one));
  // What people confuse is told with every measure.
  countSpans(article, counter);
  if (wants(...NOMINAL)) countItems(article, options.unit, counter);
  if (wants(...UNITIZING)) countUnits(article, counter);
  if (wants('gamma')) countDisorder(article, options.gamma, counter);
  if (wants(...RECORDS)) countRecords(article, counter);
  return counter.finish();
}

/** What a row is before it is estimated. */
type Plan = Omit<Row, 'estimate' | 'precision' | 'recall'> & {
  readonly figure: Figure;
  readonly scores?: Scores;
};

/** The figures of what was counted. @param annotators how many there are */
export function agreementOf(tally: Tally, annotators: number, options: AgreementOptions): Agreement {
  const index = CountIndex.of(tally.names.all);
  const sums = tally.sum();
  const pairs = pairsOf(annotators);
  const number = usualNumber(index, sums);
  const plans = options.measures.flatMap((measure) => planOf(measure, index, pairs, options.unit, number));
  const estimates = estimate(
    tally,
    plans.map(({ figure }) => figure),
  );
  const rows = plans.map(({ figure: _, scores, ...row }, i) => ({
    ...row,
    estimate: estimates[i]!,
    ...(scores && { precision: scores.precision(sums), recall: scores.recall(sums) }),
  }));
  const ofPairs = pairs.map((pair) => ({ pair, matrix: confusionOf(index, [pair], sums) }));
  const items = index.next('items').map((each) => index.reader('items', each)(sums));
  const { disorder, expected } = gamma(index);
  return {
    rows,
    confusion: [{ matrix: confusionOf(index, pairs, sums) }, ...(pairs.length > 1 ? ofPairs : [])],
    fleiss:
      number === undefined || !options.measures.includes('fleiss_kappa')
        ? undefined
        : {
            annotators: number,
            items: index.reader('items', number)(sums),
            allItems: items.reduce((sum, one) => sum + one, 0),
          },
    disorder: options.measures.includes('gamma')
      ? {
          value: disorder(sums),
          expected: expected(sums),
          notBest: index.reader('gamma', 'not best')(sums),
        }
      : undefined,
  };
}

function planOf(
  measure: Measure,
  index: CountIndex,
  pairs: readonly Pair[],
  unit: ItemUnit,
  number: number | undefined,
): Plan[] {
  const one = (figure: Figure, of: Plan['unit'] = unit): Plan[] => [
    { measure, part: undefined, unit: of, figure },
  ];
  const byPair = (ofPair: (index: CountIndex, pair: Pair) => Figure): Plan[] => {
    const figures = pairs.map((pair) => ofPair(index, pair));
    const ofPairs = pairs.map((pair, i) => ({ measure, part: undefined, unit, pair, figure: figures[i]! }));
    return [...one(meanOf(figures)), ...ofPairs];
  };
  const labels = labelsIn(index, pairs);
  switch (measure) {
    case 'cohen_kappa':
      return byPair(cohenKappa);
    case 'scott_pi':
      return byPair(scottPi);
    case 'fleiss_kappa':
      return one(number === undefined ? () => undefined : fleissKappa(index, number));
    case 'krippendorff_alpha':
      return one(krippendorffAlpha(index));
    case 'krippendorff_alpha_u':
      return [
        ...one(alphaU(index, labels), 'character'),
        ...labels.map((label) => ({ ...one(alphaU(index, [label]), 'character')[0]!, label })),
      ];
    case 'krippendorff_alpha_u_2016':
      return one(alphaU2016(index), 'character');
    case 'gamma':
      return one(gamma(index).gamma, 'character');
    case 'f1':
      return MATCHES.flatMap((match) => f1Plans(index, match, pairs, labels));
    case 'relations':
    case 'attributes': {
      const { f1, kappa } = recordFigures(index, measure, pairs);
      const of = measure === 'relations' ? 'relation' : 'attribute';
      return [
        { measure, part: 'f1', unit: of, figure: f1 },
        { measure, part: 'cohen_kappa', unit: of, figure: kappa },
      ];
    }
  }
}

function f1Plans(index: CountIndex, match: Match, pairs: readonly Pair[], labels: readonly string[]): Plan[] {
  const plan = (scores: Scores, what: { pair?: Pair; label?: string } = {}): Plan => {
    return { measure: 'f1', part: match, unit: 'span', ...what, figure: scores.f1, scores };
  };
  return [
    plan(scoresOf(index, match, pairs)),
    ...pairs.map((pair) => plan(scoresOf(index, match, [pair]), { pair })),
    ...labels.map((label) => plan(scoresOf(index, match, pairs, label), { label })),
  ];
}
