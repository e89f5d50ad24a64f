/** Of how many decisions the threshold is made. */
const DECISIONS = 500;
/** In which share of them what is sure must have been right. */
const RIGHT = 0.92;
/** How many decisions of one label make a threshold of its own. */
const ENOUGH = 60;
/** As long as nothing was decided, nothing is sure. */
const FEWEST = 20;

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

  /** Adds what people decided of an article. */
  add(decided: readonly Decision[]): void {
    this.decisions.push(...decided);
    this.decisions.splice(0, this.decisions.length - DECISIONS);
    this.common = thresholdOf(this.decisions);
    this.thresholds = new Map();
    for (const label of new Set(this.decisions.map((one) => one.label))) {
      const own = this.decisions.filter((one) => one.label === label);
      if (own.length >= ENOUGH) this.thresholds.set(label, thresholdOf(own));
    }
  }

  isSure(label: string, probability: number): boolean {
    return probability >= (this.thresholds.get(label) ?? this.common);
  }
}

/** The least probability from which on so many were right. */
function thresholdOf(decisions: readonly Decision[]): number {
  const sorted = [...decisions].sort((a, b) => b.probability - a.probability);
  let [right, threshold] = [0, Infinity];
  for (const [i, { probability, isRight }] of sorted.entries()) {
    if (isRight) right++;
    const isLastOfItsKind = sorted[i + 1]?.probability !== probability;
    if (isLastOfItsKind && i + 1 >= FEWEST && right >= RIGHT * (i + 1)) threshold = probability;
  }
  return threshold;
}
