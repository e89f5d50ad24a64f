import assert from 'node:assert/strict';
import fc from 'fast-check';
import { standing } from '../../../../src/core/learn/standing.ts';

const LENGTH = 30;
const span = fc
  .tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 8 }))
  .map(([start, length]) => ({ start, end: Math.min(LENGTH, start + length) }));
const guess = fc
  .record({ place: span, probability: fc.nat(1000), label: fc.constantFrom('PER', 'GPE') })
  .map(({ place, probability, label }) => ({
    ...place,
    label,
    probability: probability / 1000,
    isSure: false,
  }));
type Span = { start: number; end: number };
const touches = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
const isIn = (a: Span, b: Span) => a.start >= b.start && a.end <= b.end && a.end - a.start < b.end - b.start;
const isExclusive = (a: Span, b: Span) => touches(a, b) && !isIn(a, b) && !isIn(b, a);

describe('guesses that may all be entities', () => {
  it('share no text with what is taken, do not cross, and are all but those that a likelier one excludes', () => {
    fc.assert(
      fc.property(fc.array(guess, { maxLength: 12 }), fc.array(span, { maxLength: 3 }), (guesses, taken) => {
        const kept = standing(guesses, LENGTH, taken);
        for (const one of guesses) {
          const isObstructed = taken.some((other) => touches(one, other));
          const isExcluded = kept.some(
            (other) => other !== one && other.probability >= one.probability && isExclusive(one, other),
          );
          assert.equal(kept.includes(one), !isObstructed && !isExcluded);
        }
        // So what was written once is written no second time.
        assert.deepEqual(standing(guesses, LENGTH, [...taken, ...kept]), []);
      }),
    );
  });

  it('stand in text order, the outer before the inner', () => {
    const of = (start: number, end: number) => ({ start, end, label: 'PER', probability: 0.5, isSure: true });
    const [outer, inner, first] = [of(5, 9), of(5, 7), of(0, 2)];
    assert.deepEqual(standing([inner, outer, first], 9, []), [first, outer, inner]);
  });
});
