/**
 * γ of Y. Mathet, A. Widlöcher, J.-P. Métivier (2015; see `alignment.ts`): one minus the disorder of the best alignment
 * by the one that chance would give. Units may nest, cross and have other labels, and small shifts count little. A
 * discontinuous mention is taken from its first to its last code point.
 *
 * Chance is sampled as their section 5.2 says: each annotator of a random continuum has the units of one of the real
 * ones, shifted all together, around the end of the text, by an amount of her own. So many are sampled that the mean is
 * as precise as is asked for, 19 times in 20.
 *
 * The corpus is taken article by article: its disorder is that of all its units, and so is what is expected.
 */
import { Random } from '../random';
import { quickHash } from '../text';
import { align } from './alignment';
import type { Unit, Weights } from './near-units';
import type { StudyArticle } from './study';
import type { CountIndex, Counter, Figure } from './tally';

export interface GammaOptions {
  readonly weights: Weights;
  /** How far the mean of what is sampled may be from the true one, as a part of it. */
  readonly precision: number;
}

export const GAMMA: GammaOptions = { weights: { position: 1, label: 1 }, precision: 0.02 };

/** How many continua are sampled, at least and at most. */
const LEAST = 30;
const MOST = 1000;
/** Of a normal distribution, for 19 of 20. */
const QUANTILE = 1.96;

/** Counts the disorder of an article, and the expected one. */
export function countDisorder(
  { index, layers }: StudyArticle,
  options: GammaOptions,
  counter: Counter,
): void {
  const annotators = layers.flatMap((layer) => (layer ? [layer.entities] : []));
  const units = annotators.reduce((sum, own) => sum + own.length, 0);
  if (annotators.length < 2 || units === 0) return;
  const average = units / annotators.length;
  const { cost, isBest } = align(annotators, options.weights);
  counter.add(['gamma', 'cost'], cost);
  counter.add(['gamma', 'average'], average);
  counter.add(['gamma', 'expected'], average * expectedDisorder(annotators, index.length, options));
  if (!isBest) counter.add(['gamma', 'not best']);
}

/** The mean disorder of the best alignments of sampled continua. The same units give the same one. */
export function expectedDisorder(
  annotators: readonly (readonly Unit[])[],
  length: number,
  { weights, precision }: GammaOptions,
): number {
  // Whoever is named first, and whatever was read first.
  const sorted = annotators
    .map((own) => [...own].sort(compareUnits))
    .map((own) => ({ own, key: own.map(({ start, end, label }) => `${start} ${end} ${label}`).join('\n') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const random = new Random(quickHash(sorted.map(({ key }) => key).join('\n\n')));
  const continuum = sorted.map(({ own }) => own);
  const disorders: number[] = [];
  for (let wanted = LEAST; disorders.length < wanted;) {
    const sampled = sample(continuum, length, random);
    const units = sampled.reduce((sum, own) => sum + own.length, 0);
    // Somebody who has tagged nothing may be drawn for all.
    if (units === 0) continue;
    disorders.push(align(sampled, weights).cost / (units / sampled.length));
    if (disorders.length === LEAST) wanted = enough(disorders, precision);
  }
  return meanOf(disorders);
}

function enough(disorders: readonly number[], precision: number): number {
  const mean = meanOf(disorders);
  const variance = disorders.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (disorders.length - 1);
  const needed = (Math.sqrt(variance) / mean / precision) ** 2 * QUANTILE ** 2;
  return Math.min(MOST, Math.max(LEAST, Math.ceil(needed)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function compareUnits(a: Unit, b: Unit): number {
  return a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}

/** A continuum by chance. Shifts are no nearer to each other than units are long, where there is room. */
function sample(continuum: readonly (readonly Unit[])[], length: number, random: Random): Unit[][] {
  const all = continuum.flat();
  const apart = all.reduce((sum, { start, end }) => sum + end - start, 0) / all.length;
  const shifts: number[] = [];
  return continuum.map(() => {
    const units = continuum[random.below(continuum.length)]!;
    const shift = shiftFrom(shifts, apart, length, random);
    shifts.push(shift);
    return units.map(({ start, end, label }) => {
      const from = (start + shift) % length;
      return { start: from, end: from + end - start, label };
    });
  });
}

/** How often a shift is drawn that is not near others. */
const TRIES = 20;

function shiftFrom(others: readonly number[], apart: number, length: number, random: Random): number {
  for (let tries = 0; ; tries++) {
    const shift = random.below(length);
    const isNear = others.some((other) => {
      const distance = Math.abs(shift - other);
      return Math.min(distance, length - distance) < apart;
    });
    if (!isNear || tries === TRIES) return shift;
  }
}

/** γ, with the disorders that it is made of. */
export function gamma(index: CountIndex): Record<'gamma' | 'disorder' | 'expected', Figure> {
  const [cost, average, expected] = ['cost', 'average', 'expected'].map((name) =>
    index.reader('gamma', name),
  );
  const ratio = (part: typeof cost, whole: typeof cost): Figure => {
    return (sums) => (whole!(sums) > 0 ? part!(sums) / whole!(sums) : undefined);
  };
  const ofChance = ratio(cost, expected);
  return {
    gamma: (sums) => {
      const part = ofChance(sums);
      return part === undefined ? undefined : 1 - part;
    },
    disorder: ratio(cost, average),
    expected: ratio(expected, average),
  };
}
