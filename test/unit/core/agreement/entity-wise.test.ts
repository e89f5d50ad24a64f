import assert from 'node:assert/strict';
import type { StudyArticle, StudyLayer } from '../../../../src/core/agreement/study.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { articleOf, measure, rowOf, valueOf, type TestSpan } from './study.ts';

/** F1 of each way to match, in the order of the module. */
function assertF1(
  first: readonly TestSpan[],
  second: readonly TestSpan[],
  expected: readonly number[],
): void {
  const measured = measure([articleOf(40, [first, second])]);
  const found = (['exact', 'same_edges', 'overlap', 'same_label'] as const).map((match) =>
    valueOf(measured, 'f1', match),
  );
  assert.deepEqual(found, expected);
}

describe('entities of two annotators', () => {
  it('match by edges and label, by edges, by what they share, and by that and their label', () => {
    assertF1([[0, 4, 'A']], [[0, 4, 'A']], [1, 1, 1, 1]);
    assertF1([[0, 4, 'A']], [[0, 4, 'B']], [0, 1, 1, 0]);
    assertF1([[0, 9, 'A']], [[5, 14, 'A']], [0, 0, 1, 1]);
    assertF1([[0, 9, 'A']], [[5, 14, 'B']], [0, 0, 1, 0]);
    assertF1([[0, 4, 'A']], [[4, 9, 'A']], [0, 0, 0, 0]);
  });

  it('match one for one, so that two that lie in one do not count twice', () => {
    assertF1(
      [[0, 14, 'A']],
      [
        [0, 4, 'A'],
        [5, 9, 'A'],
      ],
      [0, 0, 2 / 3, 2 / 3],
    );
  });

  it('match what is the same first, also where others would do', () => {
    const measured = measure([
      articleOf(40, [
        [
          [0, 9, 'A'],
          [0, 4, 'A'],
        ],
        [
          [0, 4, 'B'],
          [0, 4, 'A'],
        ],
      ]),
    ]);
    assert.deepEqual(JSON.parse(JSON.stringify(measured.confusion[0]!.matrix)), { A: { A: 1, B: 1 } });
    assert.equal(valueOf(measured, 'f1', 'exact'), 0.5);
  });

  it('have parts, which all must be the same', () => {
    const of = (parts: readonly (readonly [number, number])[]): StudyLayer => ({
      entities: [{ id: 'a', start: parts[0]![0], end: parts.at(-1)![1], label: 'A', parts }],
    });
    const both = (one: StudyLayer, other: StudyLayer) => {
      const article: StudyArticle = { index: new TextIndex('word '.repeat(8)), layers: [one, other] };
      const measured = measure([article]);
      return [valueOf(measured, 'f1', 'exact'), valueOf(measured, 'f1', 'overlap')];
    };
    const [apart, gap] = [of([[0, 4], [10, 14]]), of([[5, 9]])]; // prettier-ignore
    assert.deepEqual(both(apart, of([[0, 4], [10, 14]])), [1, 1]); // prettier-ignore
    assert.deepEqual(both(apart, of([[0, 14]])), [0, 1]);
    assert.deepEqual(both(apart, gap), [0, 0], 'what stands between its parts is not of it');
  });

  it('of which nobody has any have no F1, and one alone has 0', () => {
    const none = measure([articleOf(20, [[], []])]);
    const { estimate, precision, recall } = rowOf(none.rows, 'f1', 'exact');
    assert.deepEqual(
      [estimate.value, estimate.mean.articles, precision, recall],
      [undefined, 0, undefined, undefined],
    );
    const alone = rowOf(measure([articleOf(20, [[[0, 4, 'A']], []])]).rows, 'f1', 'exact');
    assert.deepEqual([alone.estimate.value, alone.precision, alone.recall], [0, undefined, 0]);
  });

  it('are counted in articles that both have, and not where one has no layer', () => {
    const measured = measure([
      articleOf(20, [[[0, 4, 'A']], [[0, 4, 'A']], undefined]),
      articleOf(20, [[[0, 4, 'A']], undefined, [[5, 9, 'A']]]),
    ]);
    const pairs = measured.rows.filter(({ part, pair }) => part === 'exact' && pair);
    assert.deepEqual(
      pairs.map(({ pair, estimate }) => [pair, estimate.value]),
      [
        [[0, 1], 1],
        [[0, 2], 0],
        [[1, 2], undefined],
      ],
    );
    assert.equal(valueOf(measured, 'f1', 'exact'), 0.5);
  });

  it('may have labels that are written in any way', () => {
    const labels = ['__proto__', 'a","b', '\u001f', '\u001e', 'constructor', '[]'];
    const spans = labels.map((label, n): TestSpan => [5 * n, 5 * n + 4, label]);
    const { rows, confusion } = measure([articleOf(40, [spans, spans])]);
    for (const label of labels) {
      assert.equal(rowOf(rows, 'f1', 'exact', label).estimate.value, 1);
      assert.equal(confusion[0]!.matrix[label]![label], 1);
    }
  });

  it('are told missed by a name that no label has', () => {
    const { confusion } = measure([articleOf(20, [[[0, 4, 'missed']], [[5, 9, 'A']]])]);
    assert.deepEqual(JSON.parse(JSON.stringify(confusion[0]!.matrix)), {
      missed: { '(missed)': 1 },
      '(missed)': { A: 1 },
    });
  });
});

describe('relations and attributes', () => {
  const layer = (relations: string, attributes: readonly (string | undefined)[] = []): StudyLayer => ({
    entities: [0, 5, 10].map((start, n) => ({
      id: `e${n}`,
      start,
      end: start + 4,
      label: 'A',
      ...(attributes[n] !== undefined && { attributes: { mood: attributes[n] } }),
    })),
    relations: relations.split(' ').flatMap((one, n) => {
      const [label, from, to] = one.split('');
      return label ? [{ id: `r${n}`, label, from: `e${from}`, to: `e${to}` }] : [];
    }),
  });
  const both = (one: StudyLayer, other: StudyLayer) =>
    measure([{ index: new TextIndex('word '.repeat(4)), layers: [one, other] }]);

  it('F1 counts what is there, κ each two entities in both directions', () => {
    const measured = both(layer('x01 x12'), layer('x01 y12'));
    assert.equal(valueOf(measured, 'relations', 'f1'), 0.5);
    // Of six: x and nothing are the same in five; by chance 2/6·1/6 + 4/6·4/6.
    const chance = (2 / 6) * (1 / 6) + (4 / 6) * (4 / 6);
    const kappa = valueOf(measured, 'relations', 'cohen_kappa')!;
    assert.ok(Math.abs(kappa - (5 / 6 - chance) / (1 - chance)) < 1e-12);
    assert.equal(valueOf(both(layer('x01'), layer('x10')), 'relations', 'f1'), 0, 'the other way round');
  });

  it('are compared where both have the entities only', () => {
    const other: StudyLayer = { ...layer(''), entities: layer('').entities.slice(0, 2) };
    assert.equal(
      valueOf(both(layer('x01 x12'), { ...other, relations: layer('x01').relations }), 'relations', 'f1'),
      1,
    );
  });

  it('of attributes, a value that one left out is another', () => {
    const measured = both(layer('', ['good', 'bad', undefined]), layer('', ['good', undefined, undefined]));
    assert.equal(valueOf(measured, 'attributes', 'f1'), 2 / 3);
    const chance = (1 / 3) * (1 / 3) + (1 / 3) * (2 / 3);
    const kappa = valueOf(measured, 'attributes', 'cohen_kappa')!;
    assert.ok(Math.abs(kappa - (2 / 3 - chance) / (1 - chance)) < 1e-12);
    assert.equal(valueOf(both(layer(''), layer('')), 'attributes', 'f1'), undefined);
  });
});
