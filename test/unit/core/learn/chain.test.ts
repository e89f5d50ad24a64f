import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Chain, tagSpan, type Sequence } from '../../../../src/core/learn/chain.ts';

/** What a chain has learned, for the sums that are made here the long way. */
interface Inside {
  readonly weights: Float32Array;
  readonly steps: Float64Array;
  look(sequence: Sequence): void;
  probability(token: number, tag: number): number;
}
const STEP = 0.05;
const START = 1e-2;

/** Whether a tag may come after another; `undefined` is the beginning or the end. */
function mayFollow(from: number | undefined, to: number | undefined): boolean {
  const kind = (tag: number | undefined) => (tag === undefined || tag === 0 ? 0 : ((tag - 1) % 4) + 1);
  const isOpen = kind(from) === 1 || kind(from) === 2;
  const goesOn = kind(to) === 2 || kind(to) === 3;
  if (!isOpen && !goesOn) return true;
  return isOpen && goesOn && Math.floor((from! - 1) / 4) === Math.floor((to! - 1) / 4);
}

function* allTags(count: number, tags: number, begun: readonly number[] = []): Generator<readonly number[]> {
  if (begun.length === count) {
    if (mayFollow(begun.at(-1), undefined)) yield begun;
    return;
  }
  for (let tag = 0; tag < tags; tag++)
    if (mayFollow(begun.at(-1), tag)) yield* allTags(count, tags, [...begun, tag]);
}

/** How probable each way to tag a sequence is. */
function distribution(chain: Chain, { offsets, rows }: Sequence): [tags: readonly number[], p: number][] {
  const { weights, steps } = chain as unknown as Inside;
  const count = offsets.length - 1;
  const scores = [...allTags(count, chain.tags)].map((tags): [readonly number[], number] => {
    let score = 0;
    for (const [i, tag] of tags.entries()) {
      for (const row of rows.slice(offsets[i], offsets[i + 1])) score += weights[row * chain.tags + tag]!;
      if (i > 0) score += steps[tags[i - 1]! * chain.tags + tag]!;
    }
    return [tags, Math.exp(score)];
  });
  const all = scores.reduce((sum, [, score]) => sum + score, 0);
  return scores.map(([tags, score]) => [tags, score / all]);
}

/** A chain that knows something, and a sequence in which each feature occurs once. */
const cases = fc
  .record({
    labels: fc.integer({ min: 1, max: 2 }),
    features: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }),
    numbers: fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })),
    pick: fc.nat(),
  })
  .map(({ labels, features, numbers, pick }) => {
    const chain = new Chain(labels);
    const { weights, steps } = chain as unknown as Inside;
    const next = () => numbers.next().value as number;
    const offsets = Int32Array.from([
      0,
      ...features.map((_, i) => features.slice(0, i + 1).reduce((a, b) => a + b)),
    ]);
    const rows = Uint16Array.from({ length: offsets.at(-1)! }, (_, i) => i * 7);
    for (const row of rows) for (let t = 0; t < chain.tags; t++) weights[row * chain.tags + t] = next();
    for (let k = 0; k < steps.length; k++) steps[k] = next();
    const ways = [...allTags(features.length, chain.tags)];
    return { chain, sequence: { offsets, rows }, gold: ways[pick % ways.length]! };
  });

const close = (a: number, b: number, what = '', by = 1e-5) =>
  assert.ok(Math.abs(a - b) < by, `${what} ${a} is not ${b}`);

describe('a chain', () => {
  it('gives each tag and each span the probability that all ways to tag the sequence give it', () => {
    fc.assert(
      fc.property(cases, ({ chain, sequence }) => {
        const all = distribution(chain, sequence);
        const inside = chain as unknown as Inside;
        inside.look(sequence);
        const count = sequence.offsets.length - 1;
        for (let i = 0; i < count; i++) {
          const own = Array.from({ length: chain.tags }, (_, t) => inside.probability(i, t));
          close(
            own.reduce((a, b) => a + b),
            1,
            'the sum of marginals',
            1e-9,
          );
          for (const [t, p] of own.entries())
            close(
              p,
              all.reduce((sum, [tags, q]) => sum + (tags[i] === t ? q : 0), 0),
              `tag ${t} of ${i}`,
            );
        }
        const spans = new Map<string, number>();
        for (const [tags, p] of all)
          for (const [first, tag] of tags.entries()) {
            const kind = tag === 0 ? 0 : ((tag - 1) % 4) + 1;
            if (kind !== 1 && kind !== 4) continue;
            let last = first;
            while (kind === 1 && (tags[last]! - 1) % 4 !== 2) last++;
            const key = [first, last, Math.floor((tag - 1) / 4)].join();
            spans.set(key, (spans.get(key) ?? 0) + p);
          }
        const found = chain.candidates(sequence, 1e-6);
        for (const { first, last, label, probability } of found)
          close(probability, spans.get([first, last, label].join()) ?? 0, `${first} to ${last}`);
        for (const [key, p] of spans)
          if (p > 1e-4)
            assert.ok(
              found.some(({ first, last, label }) => [first, last, label].join() === key),
              key,
            );
      }),
      { numRuns: 60 },
    );
  });

  it('learns along the gradient of the likelihood', () => {
    fc.assert(
      fc.property(cases, ({ chain, sequence, gold }) => {
        const { weights, steps } = chain as unknown as Inside;
        const all = distribution(chain, sequence);
        const [weightsBefore, stepsBefore] = [weights.slice(), steps.slice()];
        chain.learn(sequence, Uint8Array.from(gold));
        // The first step of AdaGrad tells its gradient.
        const gradientOf = (change: number) =>
          (change * Math.sqrt(START)) / Math.sqrt(STEP ** 2 - change ** 2);
        const { offsets, rows } = sequence;
        const T = chain.tags;
        for (let i = 0; i < gold.length; i++)
          for (const row of rows.slice(offsets[i], offsets[i + 1]))
            for (let t = 0; t < T; t++) {
              const expected = all.reduce(
                (sum, [tags, p]) => sum - (tags[i] === t ? p : 0),
                gold[i] === t ? 1 : 0,
              );
              const is = gradientOf(weights[row * T + t]! - weightsBefore[row * T + t]!);
              close(
                is,
                Math.abs(expected) < 1e-3 ? 0 : expected,
                `tag ${t} of ${i}`,
                2e-3 + Math.abs(expected) / 50,
              );
            }
        for (let from = 0; from < T; from++)
          for (let to = 0; to < T; to++) {
            const countIn = (tags: readonly number[]) =>
              tags.filter((tag, i) => i > 0 && tags[i - 1] === from && tag === to).length;
            const expected = countIn(gold) - all.reduce((sum, [tags, p]) => sum + p * countIn(tags), 0);
            const is = gradientOf(steps[from * T + to]! - stepsBefore[from * T + to]!);
            close(is, expected, `${from} to ${to}`, 6e-3 + Math.abs(expected) / 50);
          }
      }),
      { numRuns: 60 },
    );
  });

  it('is not taught by a token without a label that may not be tagged yet', () => {
    const chain = new Chain(1);
    const sequence = { offsets: Int32Array.of(0, 1, 2), rows: Uint16Array.of(3, 4) };
    const tagged = Uint8Array.of(4, 0);
    for (let n = 0; n < 200; n++) chain.learn(sequence, tagged);
    const probability = () => chain.candidates(sequence, 0.01)[0]!.probability;
    const before = probability();
    assert.ok(before > 0.9, String(before));
    chain.learn(sequence, Uint8Array.of(0, 0), 0.15);
    assert.ok(probability() >= before);
    chain.learn(sequence, Uint8Array.of(0, 0));
    assert.ok(probability() < before);
  });

  it('tags a span of one token, of two, and of more', () => {
    const tags = new Uint8Array(8);
    tagSpan(tags, 0, 0, 0);
    tagSpan(tags, 1, 2, 1);
    tagSpan(tags, 4, 7, 0);
    assert.deepEqual([...tags], [4, 5, 7, 0, 1, 2, 2, 3]);
  });
});
