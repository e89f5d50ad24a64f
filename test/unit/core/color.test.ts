import assert from 'node:assert/strict';
import { nextColor, withContrast } from '../../../src/core/color';
import { difference, KINDS, seen } from './color-vision';

const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
/** As lines are drawn on them; see `features/shared/icons.ts`. */
const BACKGROUNDS = { light: '#ffffff', dark: '#1f1f1f' };

function defaultColors(count: number): string[] {
  const taken = new Set<string>();
  while (taken.size < count) taken.add(nextColor(taken));
  return [...taken];
}

/** How far the two of some colours that are most alike are apart, and which they are. */
function nearest(colors: readonly string[], background: string, kind: keyof typeof KINDS) {
  const looks = colors.map((color) => seen(withContrast(color, background, 3), kind));
  const pairs = looks.flatMap((one, i) =>
    looks.slice(0, i).map((other, j) => ({ apart: difference(one, other), pair: [colors[j], colors[i]] })),
  );
  return pairs.reduce((least, each) => (each.apart < least.apart ? each : least));
}

describe('the colours of labels', () => {
  it('are told apart in usual vision and in the three kinds of colour blindness', () => {
    for (const [theme, background] of Object.entries(BACKGROUNDS))
      for (const kind of kinds)
        for (const [count, least] of [
          [8, 9],
          [12, 6.5],
        ] as const) {
          const { apart, pair } = nearest(defaultColors(count), background, kind);
          assert.ok(apart >= least, `${theme}, ${kind}: ${pair.join(' and ')} are ${apart.toFixed(1)} apart`);
        }
  });

  it('are measured by CIEDE2000, as its authors computed it', () => {
    // Sharma, Wu and Dalal 2005, table 1: pairs 1, 9, 17, 21, 25 and 34.
    const pairs = [
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
      [[50, 2.5, 0], [73, 25, -18], 27.1492],
      [[50, 2.5, 0], [50, 3.1736, 0.5854], 1],
      [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
      [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    ] as const;
    for (const [one, other, expected] of pairs)
      assert.equal(difference(one, other).toFixed(4), expected.toFixed(4));
  });

  it('are seen as they are without colour blindness', () => {
    const [lightness, a, b] = seen('#ff0000', 'usual');
    assert.deepEqual([lightness, a, b].map(Math.round), [53, 80, 67]);
    // Red and green of one lightness are nearly one colour in deuteranopia.
    const [red, green] = ['#a05050', '#6b6b3a'] as const;
    assert.ok(
      difference(seen(red, 'deuteranopia'), seen(green, 'deuteranopia')) <
        difference(seen(red, 'usual'), seen(green, 'usual')) / 2,
    );
  });
});
