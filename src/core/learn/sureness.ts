import { LIKELY } from './learner';

/** Of how many decisions the threshold is made. */
const DECISIONS = 500;
/**
 * In which share of them what is sure must have been right. It is to be right in 92 of 100 from then on: of all
 * thresholds, the one that is taken was a little lucky.
 */
const RIGHT = 0.93;
/** How many decisions of one label make a threshold of its own. */
const ENOUGH = 30;
/** In which share of likely ones, of how many at least, they must have been right to be worth looking at. */
const WORTH_IT = { right: 0.5, of: 20 };
/** As long as few were decided, probabilities count for what they say: like so many decisions. */
const PRIOR = 10;

interface Decision {
  readonly label: string;
  readonly probability: number;
  readonly isRight: boolean;
}

/** From which probability on a suggestion is sure: where such ones were right, over the last decisions of people. */
export class Sureness {
  private readonly decisions: Decision[] = [];
  private thresholds = new Map<string, number>();
  private common = Infinity;

  /** Adds what people decided of an article. What is less than likely is not suggested, and says nothing here. */
  add(decided: readonly Decision[]): void {
    this.decisions.push(...decided.filter(({ probability }) => probability >= LIKELY));
    this.decisions.splice(0, this.decisions.length - DECISIONS);
    this.common = thresholdOf(this.decisions);
    this.thresholds = new Map();
    for (const label of new Set(this.decisions.map((one) => one.label))) {
      const own = this.decisions.filter((one) => one.label === label);
      if (own.length >= ENOUGH) this.thresholds.set(label, thresholdOf(own));
    }
  }

  /** Whether likely ones were mostly right: else looking at those that are not sure costs more than it saves. */
  get areWorthIt(): boolean {
    const right = this.decisions.filter(({ isRight }) => isRight).length;
    return this.decisions.length >= WORTH_IT.of && right >= WORTH_IT.right * this.decisions.length;
  }

  isSure(label: string, probability: number): boolean {
    return probability >= (this.thresholds.get(label) ?? this.common);
  }
}

/**
 * The least probability from which on so many were right: the mean of a beta distribution, whose prior is what the
 * model itself expects of them.
 */
function thresholdOf(decisions: readonly Decision[]): number {
  const sorted = [...decisions].sort((a, b) => b.probability - a.probability);
  let [right, expected, threshold] = [0, 0, Infinity];
  for (const [i, { probability, isRight }] of sorted.entries()) {
    if (isRight) right++;
    expected += probability;
    const share = (right + (PRIOR * expected) / (i + 1)) / (i + 1 + PRIOR);
    const isLastOfItsKind = sorted[i + 1]?.probability !== probability;
    if (isLastOfItsKind && share >= RIGHT) threshold = probability;
  }
  return threshold;
}
