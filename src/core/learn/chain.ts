/**
 * A linear-chain conditional random field over the tags of one group of labels that do not nest in each other (Lafferty,
 * McCallum, Pereira 2001), with hashed features in rows of typed arrays, learned by AdaGrad (Duchi, Hazan, Singer 2011).
 * Tag 0 is *no entity*; each label has four: it begins, goes on, ends, or is one token (B, I, E, S).
 */

/** How many rows features are hashed into; a power of two. */
export const ROWS = 2 ** 16;
const STEP = 0.05;
/** What is added to the squares of gradients, so that the first step is none of any size. */
const START = 1e-2;
/** Gradients that are smaller change nothing that matters. */
const SMALL = 1e-3;

const [B, I, E, S] = [1, 2, 3, 4];

/** The tags of a sequence of tokens, one each. */
export type Tags = Uint8Array | Uint16Array;

/** Tokens that follow each other, each with the rows of its features: those of token `i` are `rows[offsets[i]..offsets[i+1])`. */
export interface Sequence {
  readonly offsets: Int32Array;
  readonly rows: Uint16Array;
  /** Of which kind each feature is, where that is asked; see `features.ts`. */
  readonly kinds?: Uint8Array;
}

/** A span of tokens, its label as its number in the chain, and how probable it is. */
export interface Candidate {
  readonly first: number;
  /** The last token of it. */
  readonly last: number;
  readonly label: number;
  readonly probability: number;
}

export class Chain {
  readonly tags: number;
  /** By row, then tag. */
  private readonly weights: Float32Array;
  private readonly squares: Float32Array;
  /** From tag to tag, where that can be. */
  private readonly steps: Float64Array;
  private readonly stepSquares: Float64Array;
  /** Tags that may come first, and those that may come last. */
  private readonly openers: readonly number[];
  private readonly closers: readonly number[];
  // Of the sequence that was looked at last, token by token.
  private emissions = new Float64Array(0);
  private forward = new Float64Array(0);
  private backward = new Float64Array(0);
  private scales = new Float64Array(0);
  private expSteps: Float64Array;

  /** @param labels how many */
  constructor(readonly labels: number) {
    this.tags = 1 + 4 * labels;
    this.weights = new Float32Array(ROWS * this.tags);
    this.squares = new Float32Array(ROWS * this.tags);
    this.steps = new Float64Array(this.tags * this.tags);
    this.stepSquares = new Float64Array(this.tags * this.tags);
    this.expSteps = new Float64Array(this.tags * this.tags);
    const all = Array.from({ length: labels }, (_, label) => 4 * label);
    this.openers = [0, ...all.flatMap((at) => [at + B, at + S])];
    this.closers = [0, ...all.flatMap((at) => [at + E, at + S])];
  }

  /** Scores of a sequence, and the sums over all ways to tag it. @param weight of each feature */
  private look({ offsets, rows }: Sequence, weight = 1): void {
    const { tags, weights } = this;
    const count = offsets.length - 1;
    if (this.emissions.length < count * tags) {
      const size = count * tags * 2;
      this.emissions = new Float64Array(size);
      this.forward = new Float64Array(size);
      this.backward = new Float64Array(size);
      this.scales = new Float64Array(count * 2);
    }
    const { emissions } = this;
    for (let i = 0; i < count; i++) {
      const at = i * tags;
      for (let t = 0; t < tags; t++) emissions[at + t] = 0;
      for (let f = offsets[i]!; f < offsets[i + 1]!; f++) {
        const row = rows[f]! * tags;
        for (let t = 0; t < tags; t++) emissions[at + t]! += weights[row + t]!;
      }
      let most = -Infinity;
      for (let t = 0; t < tags; t++) most = Math.max(most, emissions[at + t]!);
      for (let t = 0; t < tags; t++) emissions[at + t] = Math.exp(weight * (emissions[at + t]! - most));
    }
    for (let k = 0; k < this.steps.length; k++) this.expSteps[k] = Math.exp(this.steps[k]!);
    this.sum(count);
  }

  /** Forward and backward sums, scaled token by token (Rabiner 1989). */
  private sum(count: number): void {
    const { tags, emissions, forward, backward, scales, expSteps, openers, closers } = this;
    forward.fill(0, 0, count * tags);
    backward.fill(0, 0, count * tags);
    for (let i = 0; i < count; i++) {
      const at = i * tags;
      const before = at - tags;
      let scale = 0;
      for (const t of openers) {
        let sum = 0;
        if (i === 0) sum = 1;
        else for (const from of closers) sum += forward[before + from]! * expSteps[from * tags + t]!;
        scale += forward[at + t] = sum * emissions[at + t]!;
      }
      if (i > 0)
        for (let b = B; b < tags; b += 4) {
          const [begin, inner] = [forward[before + b]!, forward[before + b + 1]!];
          for (let t = b + 1; t <= b + 2; t++) {
            const sum = begin * expSteps[b * tags + t]! + inner * expSteps[(b + 1) * tags + t]!;
            scale += forward[at + t] = sum * emissions[at + t]!;
          }
        }
      scales[i] = scale;
      for (let t = 0; t < tags; t++) forward[at + t]! /= scale;
    }
    const end = (count - 1) * tags;
    let all = 0;
    for (const t of closers) all += forward[end + t]!;
    for (const t of closers) backward[end + t] = 1 / all;
    for (let i = count - 2; i >= 0; i--) {
      const [at, next] = [i * tags, (i + 1) * tags];
      const scale = scales[i + 1]!;
      for (const from of closers) {
        let sum = 0;
        for (const t of openers)
          sum += expSteps[from * tags + t]! * emissions[next + t]! * backward[next + t]!;
        backward[at + from] = sum / scale;
      }
      for (let b = B; b < tags; b += 4)
        for (let from = b; from <= b + 1; from++) {
          let sum = 0;
          for (let t = b + 1; t <= b + 2; t++)
            sum += expSteps[from * tags + t]! * emissions[next + t]! * backward[next + t]!;
          backward[at + from] = sum / scale;
        }
    }
  }

  /** How probable a tag of a token is. */
  private probability(token: number, tag: number): number {
    const k = token * this.tags + tag;
    return this.forward[k]! * this.backward[k]!;
  }

  /** How probable a tag is, where the token before it has another. */
  private stepProbability(token: number, from: number, to: number): number {
    const { tags, expSteps, emissions, backward, scales } = this;
    const next = token * tags + to;
    return (
      (expSteps[from * tags + to]! * emissions[next]! * backward[next]!) /
      (scales[token]! * backward[(token - 1) * tags + from]!)
    );
  }

  /**
   * All spans that are at least so probable: exact, by the sums over all ways to tag the rest.
   * @param weight of each feature: the share of them that counted in each step of learning
   */
  candidates(sequence: Sequence, least: number, weight = 1): Candidate[] {
    this.look(sequence, weight);
    const count = sequence.offsets.length - 1;
    const found: Candidate[] = [];
    for (let i = 0; i < count; i++)
      for (let label = 0; label < this.labels; label++) {
        const at = 4 * label;
        const alone = this.probability(i, at + S);
        if (alone >= least) found.push({ first: i, last: i, label, probability: alone });
        let from = at + B;
        let open = this.probability(i, from);
        for (let last = i + 1; last < count && open >= least; last++) {
          const probability = open * this.stepProbability(last, from, at + E);
          if (probability >= least) found.push({ first: i, last, label, probability });
          open *= this.stepProbability(last, from, at + I);
          from = at + I;
        }
      }
    return found;
  }

  /** How much each feature of a span's tokens speaks for it, and not for no entity, in the order of its rows. */
  gains({ offsets, rows }: Sequence, { first, last, label }: Omit<Candidate, 'probability'>): Float64Array {
    const { tags, weights } = this;
    const tagsOf = new Uint16Array(last - first + 1);
    tagSpan(tagsOf, 0, last - first, label);
    const from = offsets[first]!;
    const gains = new Float64Array(offsets[last + 1]! - from);
    for (let i = first; i <= last; i++)
      for (let f = offsets[i]!; f < offsets[i + 1]!; f++) {
        const row = rows[f]! * tags;
        gains[f - from] = weights[row + tagsOf[i - first]!]! - weights[row]!;
      }
    return gains;
  }

  /**
   * One step towards the tags of a sequence.
   * @param doubt a token without a label that is one with at least this probability may not be tagged yet, and teaches nothing
   */
  learn(sequence: Sequence, gold: Tags, doubt = 1): void {
    this.look(sequence);
    const { tags } = this;
    const { offsets, rows } = sequence;
    const count = offsets.length - 1;
    const gradient = new Float64Array(tags);
    const isDoubtful = (i: number) => gold[i] === 0 && 1 - this.probability(i, 0) > doubt;
    // Before weights change: these are of the sums as they are.
    const stepGradients = new Float64Array(tags * tags);
    for (let i = 1; i < count; i++) {
      if (isDoubtful(i) || isDoubtful(i - 1)) continue;
      this.addStepGradients(stepGradients, i, gold[i - 1]!, gold[i]!);
    }
    for (let i = 0; i < count; i++) {
      if (isDoubtful(i)) continue;
      for (let t = 0; t < tags; t++) gradient[t] = -this.probability(i, t);
      gradient[gold[i]!]! += 1;
      for (let t = 0; t < tags; t++) {
        const g = gradient[t]!;
        if (Math.abs(g) < SMALL) continue;
        for (let f = offsets[i]!; f < offsets[i + 1]!; f++) {
          const k = rows[f]! * tags + t;
          const square = (this.squares[k]! += g * g);
          this.weights[k]! += (STEP * g) / Math.sqrt(square + START);
        }
      }
    }
    for (let k = 0; k < stepGradients.length; k++) {
      const g = stepGradients[k]!;
      if (Math.abs(g) < SMALL) continue;
      const square = (this.stepSquares[k]! += g * g);
      this.steps[k]! += (STEP * g) / Math.sqrt(square + START);
    }
  }

  private addStepGradients(gradients: Float64Array, token: number, goldFrom: number, goldTo: number): void {
    const { tags, openers, closers } = this;
    const take = (from: number, to: number) => {
      const probability = this.probability(token - 1, from);
      if (probability > SMALL)
        gradients[from * tags + to]! -= probability * this.stepProbability(token, from, to);
    };
    for (const from of closers) for (const to of openers) take(from, to);
    for (let b = B; b < tags; b += 4)
      for (let from = b; from <= b + 1; from++) for (let to = b + 1; to <= b + 2; to++) take(from, to);
    gradients[goldFrom * tags + goldTo]! += 1;
  }
}

/** The tags of a span of tokens. */
export function tagSpan(tags: Tags, first: number, last: number, label: number): void {
  const at = 4 * label;
  if (first === last) tags[first] = at + S;
  else {
    tags[first] = at + B;
    for (let i = first + 1; i < last; i++) tags[i] = at + I;
    tags[last] = at + E;
  }
}
