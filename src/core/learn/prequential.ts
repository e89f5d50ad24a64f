import type { Entity } from '../model/entity';
import type { TextIndex } from '../text';
import { isTaught, Learner, LIKELY, type Prediction } from './learner';
import { Sureness } from './sureness';

/** How good what was predicted of an article was, before that was learned. */
export interface Score {
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
  readonly sure: number;
  readonly sureCorrect: number;
  /** By probability: the mean of the candidates, how many there are, how many of them are right. */
  readonly bins: readonly (readonly [mean: number, candidates: number, right: number])[];
}

/** How many articles are learned once more after each. */
export const REPLAYED = 12;
/** How many bins there are, from 0 to 1. */
const BINS = 10;

/** What is likely, and whether such predictions were mostly right. */
export interface Guess extends Prediction {
  readonly isSure: boolean;
}

/** Predicts each article with what was learned of those before it, then learns it: the only honest figure. */
export class Prequential {
  readonly learner = new Learner();
  private readonly sureness = new Sureness();

  /** What is likely in an article that was not learned, with reasons. */
  suggest(index: TextIndex): Guess[] {
    return this.learner
      .predict(this.learner.featuresOf(index, true))
      .filter(({ probability }) => probability >= LIKELY)
      .map((one) => ({ ...one, isSure: this.sureness.isSure(one.label, one.probability) }));
  }

  /** The same, but for what is not sure as long as such predictions were mostly wrong. */
  suggestWhatIsWorthIt(index: TextIndex): Guess[] {
    const { areWorthIt } = this.sureness;
    return this.suggest(index).filter(({ isSure }) => isSure || areWorthIt);
  }

  /** Scores an article by exact span and label, then learns it. */
  next(index: TextIndex, entities: readonly Entity[]): Score {
    const gold = new Set(entities.filter(isTaught).map(keyOf));
    const features = this.learner.featuresOf(index);
    const candidates = this.learner
      .predict(features)
      .map((one) => ({ ...one, isRight: gold.has(keyOf(one)) }));
    const predicted = candidates.filter(({ probability }) => probability >= LIKELY);
    const sure = predicted.filter(({ label, probability }) => this.sureness.isSure(label, probability));
    const right = (list: readonly { isRight: boolean }[]) => list.filter(({ isRight }) => isRight).length;
    const bins = Array.from({ length: BINS }, (_, bin) => {
      const inBin = candidates.filter(({ probability }) => binOf(probability) === bin);
      const sum = inBin.reduce((all, { probability }) => all + probability, 0);
      return [inBin.length === 0 ? 0 : sum / inBin.length, inBin.length, right(inBin)] as const;
    }).filter(([, count]) => count > 0);
    this.sureness.add(candidates);
    this.learner.learn(features, entities);
    for (let n = 0; n < REPLAYED; n++) this.learner.replay();
    return {
      ...{ gold: gold.size, predicted: predicted.length, correct: right(predicted) },
      ...{ sure: sure.length, sureCorrect: right(sure), bins },
    };
  }
}

/**
 * How far the probabilities of candidates are from what was right: the mean over all, bin by bin (expected calibration
 * error, Naeini, Cooper, Hauskrecht 2015).
 */
export function calibrationError(scores: readonly Score[]): number {
  const apart = new Float64Array(BINS);
  let count = 0;
  for (const { bins } of scores)
    for (const [mean, candidates, right] of bins) {
      apart[binOf(mean)]! += mean * candidates - right;
      count += candidates;
    }
  return apart.reduce((sum, one) => sum + Math.abs(one), 0) / Math.max(1, count);
}

function binOf(probability: number): number {
  return Math.min(BINS - 1, Math.floor(probability * BINS));
}

function keyOf({ start, end, label }: Pick<Prediction, 'start' | 'end' | 'label'>): string {
  return `${start} ${end} ${label}`;
}
