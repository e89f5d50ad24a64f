import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MEASURES, type Agreement, type Row } from '../../../../src/core/agreement/index.ts';
import type { StudyArticle } from '../../../../src/core/agreement/study.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { articleOf, measure, rowOf, type TestSpan } from './study.ts';

/** The length of an article, in whole words. */
const LENGTH = 40;
const LABELS = ['A', 'B', 'A.b'];

const span = fc
  .tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 12 }), fc.constantFrom(...LABELS))
  .map(([start, length, label]): TestSpan => [start, Math.min(LENGTH, start + length), label]);
const layer = fc.array(span, { maxLength: 6 });
const someLayer = fc.option(layer, { nil: undefined, freq: 5 });
const article = (annotators: number, one: fc.Arbitrary<TestSpan[] | undefined> = someLayer) =>
  fc.array(one, { minLength: annotators, maxLength: annotators }).map((layers) => articleOf(LENGTH, layers));
const study = fc
  .integer({ min: 2, max: 3 })
  .chain((annotators) => fc.array(article(annotators), { minLength: 1, maxLength: 4 }));
const unit = fc.constantFrom('token', 'character', 'line' as const);

/** What does not tell annotators apart, with a name each. */
function figures({ rows, confusion }: Agreement): Record<string, string> {
  const named = rows
    .filter(({ pair }) => pair === undefined)
    .flatMap(({ measure, part, label, estimate: { value, mean } }): [string, string][] => [
      [`${measure} ${part} ${label}`, rounded(value)],
      [`${measure} ${part} ${label}, mean of ${mean.articles}`, rounded(mean.value)],
    ]);
  const cells = confusion
    .slice(0, 1)
    .flatMap(({ matrix }) =>
      Object.entries(matrix).flatMap(([row, columns]) =>
        Object.entries(columns).map(([column, count]) => ({ labels: [row, column].sort().join(' '), count })),
      ),
    );
  const confused: Record<string, number> = {};
  for (const { labels, count } of cells) confused[labels] = (confused[labels] ?? 0) + count;
  return Object.fromEntries([
    ...named,
    ...Object.entries(confused).map(([labels, count]): [string, string] => [
      `confused ${labels}`,
      `${count}`,
    ]),
  ]);
}

/** Sums in another order differ in the last digits. */
function rounded(value: number | undefined): string {
  return value === undefined ? 'undefined' : (value + 0).toFixed(9).replace(/^-(0\.0+)$/, '$1');
}

function shuffled<T>(items: readonly T[], order: readonly number[]): T[] {
  return items
    .map((item, n) => ({ item, at: order[n % order.length]! * 1000 + n }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const order = fc.array(fc.nat(9), { minLength: 4, maxLength: 4 });

describe('laws of agreement', () => {
  it('figures do not depend on the order of annotators, articles or spans', () => {
    fc.assert(
      fc.property(study, unit, order, order, order, (articles, unit, ofAnnotators, ofArticles, ofSpans) => {
        const other = shuffled(articles, ofArticles).map(({ index, layers }) => ({
          index,
          layers: shuffled(layers, ofAnnotators).map(
            (one) => one && { entities: shuffled(one.entities, ofSpans) },
          ),
        }));
        const options = { unit, measures: MEASURES };
        assert.deepEqual(figures(measure(other, options)), figures(measure(articles, options)));
      }),
      { numRuns: 60 },
    );
  });

  it('identical layers give 1 wherever a figure is defined', () => {
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 3 }), unit, (layers, unit) => {
        const articles = layers.map((one) => articleOf(LENGTH, [one, [...one].reverse(), one]));
        for (const { measure: name, part, estimate } of measure(articles, { unit, measures: MEASURES }).rows)
          for (const value of [estimate.value, estimate.mean.value])
            assert.equal(rounded(value ?? 1), rounded(1), `${name} ${part}`);
      }),
      { numRuns: 60 },
    );
  });

  it('one text has the figures of its pieces together, but for α_U of 2004, whose gaps end with an article', () => {
    const whole = article(3, layer);
    fc.assert(
      fc.property(fc.array(whole, { minLength: 2, maxLength: 3 }), unit, (articles, unit) => {
        const together: StudyArticle = {
          index: new TextIndex(articles.map(({ index }) => index.raw.replace(/.$/, '\n')).join('')),
          layers: [0, 1, 2].map((annotator) => ({
            entities: articles.flatMap(({ layers }, n) =>
              // The last code point of an article parts it from the next one: no span holds it.
              layers[annotator]!.entities.map((one) => ({
                ...one,
                start: Math.min(one.start, LENGTH - 2) + n * LENGTH,
                end: Math.min(one.end, LENGTH - 1) + n * LENGTH,
              })),
            ),
          })),
        };
        const apart = articles.map((_, n) => ({
          index: new TextIndex(together.index.raw.slice(n * LENGTH, (n + 1) * LENGTH)),
          layers: together.layers.map((one) => ({
            entities: one!.entities
              .filter(({ start }) => Math.floor(start / LENGTH) === n)
              .map((one) => ({ ...one, start: one.start - n * LENGTH, end: one.end - n * LENGTH })),
          })),
        }));
        const micro = (agreement: Agreement) =>
          agreement.rows
            .filter(({ measure: name }) => name !== 'krippendorff_alpha_u')
            .map(({ measure: name, part, label, pair, estimate }) => [
              name,
              part,
              label,
              pair,
              rounded(estimate.value),
            ]);
        assert.deepEqual(micro(measure(apart, { unit })), micro(measure([together], { unit })));
      }),
      { numRuns: 40 },
    );
  });

  it('a span that is removed changes nothing of other annotators, and no exact match of other labels', () => {
    const without = (rows: readonly Row[], label: string) =>
      rows.filter(
        (row) =>
          (row.pair && !row.pair.includes(0)) ||
          (row.part === 'exact' && row.label !== undefined && row.label !== label),
      );
    fc.assert(
      fc.property(fc.array(layer, { minLength: 3, maxLength: 3 }), unit, (layers, unit) => {
        fc.pre(layers[0]!.length > 0);
        const [removed, ...rest] = layers[0]!;
        const values = (of: readonly TestSpan[]) =>
          without(measure([articleOf(LENGTH, [of, layers[1], layers[2]])], { unit }).rows, removed![2])
            .map(({ measure: name, part, label, pair, estimate }) => ({
              name: [name, part, label, pair].join(' '),
              value: estimate.value,
            }))
            .sort((a, b) => (a.name < b.name ? -1 : 1));
        assert.deepEqual(values(rest), values(layers[0]!));
      }),
    );
  });

  it('exact F1 counts each span once on each side, however they are stacked', () => {
    fc.assert(
      fc.property(layer, layer, (first, second) => {
        const left = second.map((one) => one.join());
        let hits = 0;
        for (const one of first) {
          const at = left.indexOf(one.join());
          if (at < 0) continue;
          left.splice(at, 1);
          hits++;
        }
        const { rows, confusion } = measure([articleOf(LENGTH, [first, second])]);
        const row = rowOf(rows, 'f1', 'exact');
        const all = first.length + second.length;
        assert.equal(row.estimate.value, all === 0 ? undefined : (2 * hits) / all);
        assert.equal(row.precision, second.length === 0 ? undefined : hits / second.length);
        assert.equal(row.recall, first.length === 0 ? undefined : hits / first.length);
        const rowsOf = Object.entries(confusion[0]!.matrix);
        const sumOf = (columns: Readonly<Record<string, number>>) =>
          Object.values(columns).reduce((sum, count) => sum + count, 0);
        const ofFirst = rowsOf.flatMap(([label, columns]) => (label === 'missed' ? [] : [sumOf(columns)]));
        assert.equal(
          ofFirst.reduce((sum, count) => sum + count, 0),
          first.length,
          'none is lost',
        );
      }),
    );
  });
});
