import type { Entity } from '../model/entity';
import type { Span, TextIndex } from '../text';
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
const REPLAYED = 12;
/** How many bins there are, from 0 to 1. */
const BINS = 10;

/** A prediction that is shown or written, and whether such ones were right. */
export interface Suggestion extends Prediction {
  readonly isSure: boolean;
}

/** Predicts each article with what was learned of those before it, then learns it: the only honest figure. */
export class Prequential {
  readonly learner = new Learner();
  private readonly sureness = new Sureness();

  /** Scores an article by exact span and label, then learns it. */
  next(index: TextIndex, entities: readonly Entity[]): Score {
    const gold = new Set(entities.filter(isTaught).map(keyOf));
    const features = this.learner.featuresOf(index);
    const candidates = this.learner
      .predict(features)
      .map((one) => ({ ...one, isRight: gold.has(keyOf(one)) }));
    const predicted = candidates.filter(({ probability }) => probability >= LIKELY);
    const sure = predicted.filter((one) => this.isSure(one));
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

  /**
   * What is likely in an article that was not learned, in text order: nothing that shares text with what is taken.
   * Suggestions may stand in each other; of those that cross, or have one place, it is the likelier.
   */
  suggest(index: TextIndex, taken: readonly Span[]): Suggestion[] {
    const isTaken = new Uint8Array(index.length);
    for (const { start, end } of taken) isTaken.fill(1, start, end);
    const kept: Prediction[] = [];
    const likely = this.learner
      .predict(this.learner.featuresOf(index))
      .filter(
        ({ start, end, probability }) => probability >= LIKELY && !isTaken.subarray(start, end).includes(1),
      )
      .sort((a, b) => b.probability - a.probability);
    for (const one of likely) if (!kept.some((other) => excludes(one, other))) kept.push(one);
    return kept
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .map((one) => ({ ...one, isSure: this.isSure(one) }));
  }

  private isSure({ label, probability }: Prediction): boolean {
    return this.sureness.isSure(label, probability);
  }
}

/** Whether two spans have one place, or cross. */
function excludes(a: Span, b: Span): boolean {
  if (a.end <= b.start || b.end <= a.start) return false;
  const isWithin = (inner: Span, outer: Span) => inner.start >= outer.start && inner.end <= outer.end;
  return isWithin(a, b) === isWithin(b, a);
}

function binOf(probability: number): number {
  return Math.min(BINS - 1, Math.floor(probability * BINS));
}

function keyOf({ start, end, label }: Pick<Prediction, 'start' | 'end' | 'label'>): string {
  return `${start} ${end} ${label}`;
}
