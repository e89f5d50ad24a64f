import assert from 'node:assert/strict';
import fc from 'fast-check';
import { align } from '../../../../src/core/agreement/alignment.ts';
import { goodCost } from '../../../../src/core/agreement/near-alignment.ts';
import { dissimilarity, nearUnits, type Unit } from '../../../../src/core/agreement/near-units.ts';
import { articleOf, linesOf, measure, valueOf, type TestSpan } from './study.ts';

function near(found: number | undefined, expected: number | undefined): void {
  if (found === undefined || expected === undefined) assert.equal(found, expected);
  else assert.ok(Math.abs(found - expected) < 1e-9, `${found} is not ${expected}`);
}

describe('naive ways to the same figures', () => {
  it('α: all pairs of values in an item, and all pairs of values', () => {
    const value = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined, freq: 4 });
    const items = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(items, (items) => {
        const said = items
          .map((item) => item.filter((one) => one !== undefined))
          .filter((item) => item.length > 1);
        const all = said.flat();
        const apart = (values: readonly string[]) =>
          values.reduce(
            (sum, one, i) => sum + values.filter((other, j) => i !== j && one !== other).length,
            0,
          );
        const observed = said.reduce((sum, item) => sum + apart(item) / (item.length - 1), 0) / all.length;
        const expected = apart(all) / (all.length * (all.length - 1));
        near(
          valueOf(measure([linesOf(items)], { unit: 'line' }), 'krippendorff_alpha'),
          expected > 0 ? 1 - observed / expected : undefined,
        );
      }),
    );
  });

  /** Spans that do not overlap: some of so many that stand one after the other. */
  const LENGTH = 24;
  const units = fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 }), fc.constantFrom('a', 'b')), { maxLength: 5 })
    .map((parts) => {
      let at = 0;
      return parts.flatMap(([gap, length, label]): TestSpan[] => {
        const start = at + gap;
        at = start + length;
        return at <= LENGTH ? [[start, at, label]] : [];
      });
    });
  const observers = fc.array(units, { minLength: 2, maxLength: 3 });

  /** A whole continuum in sections; those of gaps have no label. */
  function sections(spans: readonly TestSpan[]): TestSpan[] {
    const found: TestSpan[] = [];
    let at = 0;
    for (const one of [...spans, [LENGTH, LENGTH, ''] as const]) {
      if (one[0] > at) found.push([at, one[0], '']);
      if (one[1] > one[0]) found.push(one);
      at = one[1];
    }
    return found;
  }

  it('α_U of 2004: all pairs of sections, and all places that a unit could have', () => {
    fc.assert(
      fc.property(observers, (observers) => {
        const [m, L] = [observers.length, LENGTH];
        let [observed, expected] = [0, 0];
        for (const label of ['a', 'b']) {
          const of = observers.map((spans) => sections(spans.filter((one) => one[2] === label)));
          let difference = 0;
          of.forEach((one, i) =>
            of.forEach((other, j) => {
              if (i === j) return;
              for (const [s, e, c] of one)
                for (const [t, f, k] of other) {
                  if (c && k && s < f && t < e) difference += (s - t) ** 2 + (e - f) ** 2;
                  // Once from each side.
                  if (c && !k && s >= t && e <= f) difference += 2 * (e - s) ** 2;
                }
            }),
          );
          // Of both sides the pairs of units were counted twice, and those with gaps once, doubled.
          observed += difference / (m * (m - 1) * L * L);
          const lengths = of.flat().flatMap(([s, e, c]) => (c ? [e - s] : []));
          const gaps = of.flat().flatMap(([s, e, c]) => (c ? [] : [e - s]));
          let sum = 0;
          for (const l of lengths) {
            sum += ((lengths.length - 1) * (2 * l ** 3 - 3 * l ** 2 + l)) / 3;
            for (const gap of gaps) if (gap >= l) sum += l ** 2 * (gap - l + 1);
          }
          const own = lengths.reduce((all, l) => all + l * (l - 1), 0);
          expected += ((2 / L) * sum) / (m * L * (m * L - 1) - own);
        }
        near(
          valueOf(measure([articleOf(LENGTH, observers)]), 'krippendorff_alpha_u'),
          expected > 0 ? 1 - observed / expected : undefined,
        );
      }),
    );
  });

  it('_uα of 2016: code point by code point', () => {
    fc.assert(
      fc.property(observers, (observers) => {
        const m = observers.length;
        const of = observers.map(sections);
        const points = of.map((one) =>
          one.flatMap(([s, e, c], n) => Array.from({ length: e - s }, () => ({ c, n }))),
        );
        let disagreeing = 0;
        for (let p = 0; p < LENGTH; p++)
          for (let i = 0; i < m; i++)
            for (let j = 0; j < m; j++) if (i !== j && points[i]![p]!.c !== points[j]![p]!.c) disagreeing++;
        // All pairs of points but those of one unit with itself, and of a point in a gap with itself.
        let [pairs, different] = [0, 0];
        for (let i = 0; i < m; i++)
          for (let j = 0; j < m; j++)
            for (let p = 0; p < LENGTH; p++)
              for (let q = 0; q < LENGTH; q++) {
                const [one, other] = [points[i]![p]!, points[j]![q]!];
                if (i === j && one.n === other.n && (one.c !== '' || p === q)) continue;
                pairs++;
                if (one.c !== other.c) different++;
              }
        const observed = disagreeing / (m - 1) / (m * LENGTH);
        near(
          valueOf(measure([articleOf(LENGTH, observers)]), 'krippendorff_alpha_u_2016'),
          different > 0 ? 1 - (observed * pairs) / different : undefined,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('the best alignment of γ: all partitions', () => {
    const unit = fc
      .tuple(fc.nat(12), fc.integer({ min: 1, max: 6 }), fc.constantFrom('a', 'b'))
      .map(([start, length, label]): Unit => ({ start, end: start + length, label }));
    const annotators = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.array(fc.tuple(fc.nat(3), unit), { maxLength: 6 }))
      .map(([count, units]) =>
        Array.from({ length: count }, (_, a) =>
          units.flatMap(([who, one]) => (who % count === a ? [one] : [])),
        ),
      );
    const weights = fc.constantFrom(
      { position: 1, label: 1 },
      { position: 3, label: 1 },
      { position: 1, label: 3 },
    );
    fc.assert(
      fc.property(annotators, weights, (annotators, weights) => {
        const pairs = (annotators.length * (annotators.length - 1)) / 2;
        const costOf = (group: readonly Unit[]) => {
          let sum = pairs - (group.length * (group.length - 1)) / 2;
          group.forEach((one, i) =>
            group.slice(i + 1).forEach((other) => (sum += dissimilarity(one, other, weights))),
          );
          return sum / pairs;
        };
        const units = annotators.flatMap((own, who) => own.map((one) => ({ who, one })));
        const cheapest = (at: number, groups: (typeof units)[]): number => {
          if (at === units.length)
            return groups.reduce((sum, group) => sum + costOf(group.map(({ one }) => one)), 0);
          const next = units[at]!;
          const alone = cheapest(at + 1, [...groups, [next]]);
          return groups.reduce((best, group, g) => {
            if (group.some(({ who }) => who === next.who)) return best;
            return Math.min(best, cheapest(at + 1, groups.with(g, [...group, next])));
          }, alone);
        };
        const { cost, isBest } = align(annotators, weights);
        assert.ok(isBest);
        near(cost, cheapest(0, []));
      }),
    );
  });

  it('where too many units lie about one place, an alignment that is nearly the best', () => {
    const unit = fc
      .tuple(fc.nat(200), fc.integer({ min: 3, max: 20 }), fc.constantFrom('a', 'b'))
      .map(([start, length, label]): Unit => ({ start, end: start + length, label }));
    const annotators = fc.array(fc.array(unit, { maxLength: 8 }), { minLength: 2, maxLength: 4 });
    const weights = { position: 1, label: 1 };
    const sums: [number, number] = [0, 0];
    fc.assert(
      fc.property(annotators, (annotators) => {
        const { cost, isBest } = align(annotators, weights);
        const good = goodCost(nearUnits(annotators, weights));
        const alone = annotators.flat().length;
        assert.ok(isBest && good >= cost - 1e-9 && good <= alone + 1e-9, `${good} ${cost}`);
        sums[0] += cost;
        sums[1] += good;
        assert.equal(goodCost(nearUnits([annotators[0]!, annotators[0]!], weights)), 0);
      }),
      { seed: 1 },
    );
    assert.ok(sums[1] < sums[0] * 1.05, `${sums[1] / sums[0]}`);
    const lines = Array.from({ length: 40 }, (_, n) => ({ start: 7 * n, end: 7 * n + 6, label: `${n % 3}` }));
    const six = Array.from({ length: 6 }, (_, a) =>
      lines.map((one, n) => (n === a ? { ...one, label: 'x' } : one)),
    );
    const dense = align(six, weights);
    // Each of six units is apart from those of five others by its label.
    assert.deepEqual([dense.isBest, dense.cost.toFixed(9)], [false, ((6 * 5) / 15).toFixed(9)]);
  });
});
