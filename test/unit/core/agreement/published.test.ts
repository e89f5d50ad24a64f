import assert from 'node:assert/strict';
import { align } from '../../../../src/core/agreement/alignment.ts';
import { dissimilarity } from '../../../../src/core/agreement/near-units.ts';
import { expectedDisorder } from '../../../../src/core/agreement/gamma.ts';
import type { Row } from '../../../../src/core/agreement/index.ts';
import { articleOf, linesOf, measure, rowOf, tableOf, valueOf, type TestSpan } from './study.ts';

type Items = readonly (readonly (string | number | undefined)[])[];

/** Figures to three decimals, of items with a line each. */
function assertFigures(items: Items, expected: Partial<Record<Row['measure'], number>>): void {
  const measured = measure([linesOf(items)], { unit: 'line' });
  for (const [name, value] of Object.entries(expected))
    assert.equal(valueOf(measured, name as Row['measure'])?.toFixed(3), value.toFixed(3), name);
}

const U = undefined;

describe('published examples of agreement', () => {
  it('Cohen 1960, p. 45: κ .492', () => {
    assertFigures(
      tableOf([
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ]),
      { cohen_kappa: 0.492 },
    );
  });

  it('Fleiss 1971, p. 379: κ .430', () => {
    const diagnoses =
      '444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555';
    const items = diagnoses.split(' ').map((item) => [...item]);
    assertFigures(items, { fleiss_kappa: 0.43 });
  });

  it('Artstein & Poesio 2008, p. 558 and 568: π .341, .800, κ .348, .801', () => {
    assertFigures(
      tableOf([
        [20, 10],
        [20, 50],
      ]),
      { scott_pi: 0.341, cohen_kappa: 0.348 },
    );
    // The page has .799, of an expected agreement that was rounded before.
    assertFigures(
      tableOf([
        [46, 0, 0],
        [6, 32, 6],
        [0, 0, 10],
      ]),
      { scott_pi: 0.8, cohen_kappa: 0.801 },
    );
  });

  it('Krippendorff 2004, p. 224 and 227: α .095, .734', () => {
    assertFigures(
      [...'1011010000'].map((_, n) => ['1100000000'[n], '0110010100'[n]]),
      { krippendorff_alpha: 0.095 },
    );
    assertFigures(
      [...'aabbbbbccccc'].map((first, n) => [first, 'abbbbbcccccc'[n]]),
      { krippendorff_alpha: 0.734 },
    );
  });

  it('Krippendorff 2004, p. 230, and 2011: α .743, with missing values', () => {
    const data = ['1 1 . 1', '2 2 3 2', '3 3 3 3', '3 3 3 3', '2 2 2 2', '1 2 3 4', '4 4 4 4', '1 1 2 1'];
    const more = ['2 2 2 2', '. 5 5 5', '. . 1 1', '. . 3 .'];
    const items = [...data, ...more].map((row) => row.split(' ').map((value) => (value === '.' ? U : value)));
    assertFigures(items, { krippendorff_alpha: 0.743 });
  });

  it('Krippendorff 2004, p. 246: π .186, .186, κ .186, .258', () => {
    const marginals = [
      [12, 9, 9],
      [9, 14, 9],
      [9, 9, 20],
    ];
    assertFigures(tableOf(marginals), { scott_pi: 0.186, cohen_kappa: 0.186 });
    const other = [
      [12, 18, 18],
      [0, 14, 18],
      [0, 0, 20],
    ];
    assertFigures(tableOf(other), { scott_pi: 0.186, cohen_kappa: 0.258 });
  });

  it('Krippendorff 1995, p. 57: κ .385, π .314, α .329 of a continuum in digits', () => {
    const [bertha, bill] = ['001111111100001111110000', '000011110000000110000000'];
    assertFigures(
      [...bertha].map((digit, n) => [digit, bill[n]]),
      { cohen_kappa: 0.385, scott_pi: 0.314, krippendorff_alpha: 0.329 },
    );
  });

  it('a name with a first name stacked on it, on both sides: 1', () => {
    const spans: TestSpan[] = [
      [5, 19, 'name'],
      [5, 9, 'name.first'],
      [25, 29, 'name'],
      [25, 29, 'name.first'],
    ];
    const measured = measure([articleOf(60, [spans, [...spans].reverse()])]);
    for (const { measure, part, label, estimate } of measured.rows)
      if (measure !== 'relations' && measure !== 'attributes')
        assert.equal(estimate.value, 1, `${measure} ${part} ${label}`);
  });
});

describe('published examples of unitizing', () => {
  const at = (spans: readonly (readonly [number, number, string])[], from: number): TestSpan[] =>
    spans.map(([start, length, label]) => [start - from, start - from + length, label]);
  const first = [
    [225, 70, 'c'],
    [370, 30, 'c'],
    [180, 60, 'k'],
    [300, 50, 'k'],
  ] as const;
  const second = [
    [220, 80, 'c'],
    [355, 20, 'c'],
    [400, 20, 'c'],
    [180, 60, 'k'],
    [300, 50, 'k'],
  ] as const;

  it('Krippendorff 2004, p. 254: α_U .859 (c .729, k 1)', () => {
    const { rows } = measure([articleOf(300, [at(first, 150), at(second, 150)])]);
    const figure = (label?: string) =>
      rowOf(rows, 'krippendorff_alpha_u', U, label).estimate.value?.toFixed(3);
    assert.deepEqual([figure(), figure('c'), figure('k')], ['0.859', '0.729', '1.000']);
  });
});

describe('published disorders of γ', () => {
  const equal = { position: 1, label: 1 };
  const unitsOf = (text: string) =>
    text.split(' ').map((unit) => {
      const [label, start, end] = unit.split(',');
      return { label: label!, start: Number(start), end: Number(end) };
    });
  const disorder = (annotators: readonly string[], weights = equal) => {
    const units = annotators.map(unitsOf);
    const { cost, isBest } = align(units, weights);
    assert.ok(isBest);
    return cost / (units.flat().length / units.length);
  };
  const near = (value: number, expected: number) =>
    assert.ok(Math.abs(value - expected) < 1e-6, `${value} is not ${expected}`);

  it('pygamma-agreement, AlexPaulSuzan.csv, α 3: .960625, and γ between .44 and .47', () => {
    const annotators = [
      '1,2,9 2,11,17 5,24,30 6,32,36 6,36,44 7,44,60',
      '1,2,9 3,11,17 5,19,25 6,32,44',
      '1,2,9 4,11,17 5,21,27 6,32,36 6,36,40 6,40,44',
    ];
    const weights = { position: 3, label: 1 };
    const found = disorder(annotators, weights);
    near(found, 0.960625);
    const expected = expectedDisorder(annotators.map(unitsOf), 60, { weights, precision: 0.01 });
    const gamma = 1 - found / expected;
    assert.ok(gamma > 0.44 && gamma < 0.48, `γ ${gamma}`);
  });

  // Made with pygamma-agreement 0.5.9 and its solver for integer programs: fixtures of DKPro Statistics.
  it('of two annotators with four and two units: .708333', () => {
    near(disorder(['a,1,5 b,6,10 a,20,24 b,30,34', 'a,2,6 b,31,35']), 0.708333333);
  });

  it('of three annotators: .408756, and between pairs of units', () => {
    const [one, two, three] = ['a,1,5 b,10,14', 'a,2,6 b,11,15', 'a,1,4 c,9,14'];
    near(disorder([one, two, three]), 0.408756435);
    near(dissimilarity(unitsOf(one)[1]!, unitsOf(three)[1]!, equal), 1.012345679);
    near(dissimilarity(unitsOf(two)[0]!, unitsOf(three)[1]!, equal), 3.777777672);
  });

  it('of two annotators with sixteen units, each with another label: 1.074380', () => {
    const units = (start: number, length: number, labels: string) =>
      Array.from({ length: 16 }, (_, n) => `${labels[n % 3]},${10 * n + start},${10 * n + start + length}`);
    near(disorder([units(1, 5, 'abc').join(' '), units(2, 6, 'bca').join(' ')]), 1.074380165);
  });
});
