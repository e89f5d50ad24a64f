import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assignHints, HINT_LETTERS, hintedWords, hintsFor } from '../../../src/core/hints';
import { nameRuns } from '../../../src/core/name-runs';
import { untaggedNames } from '../../../src/core/untagged';
import { processorTime } from '../../support/processor-time.ts';

function assertDistinct(hints: readonly string[]): void {
  assert.equal(new Set(hints).size, hints.length);
  const single = new Set(hints.filter((hint) => hint.length === 1));
  assert.ok(
    hints.every((hint) => hint.length === 1 || !single.has(hint.charAt(0))),
    'one begins with another',
  );
  assert.ok(hints.every((hint) => hint.length === 1 || hint.length === 2));
}

describe('hints', () => {
  it('are one easy letter each for as many places as there are letters', () => {
    assert.deepEqual(hintsFor(5), ['s', 'a', 'd', 'f', 'j']);
    assert.deepEqual(hintsFor(26).sort(), [...'abcdefghijklmnopqrstuvwxyz']);
    assert.deepEqual(hintsFor(0), []);
  });

  it('are different, of two letters at most, and none begins with another', () => {
    fc.assert(
      fc.property(fc.nat(800), (count) => {
        const hints = hintsFor(count);
        assert.equal(hints.length, Math.min(count, HINT_LETTERS.length ** 2));
        assertDistinct(hints);
        const single = hints.filter((hint) => hint.length === 1).length;
        // As many of one letter as can be: with one more, there would be too few.
        const letters = HINT_LETTERS.length;
        if (single < Math.min(count, letters))
          assert.ok(single + 1 + (letters - single - 1) * letters < count);
        assert.deepEqual(
          [...hints].sort((a, b) => a.length - b.length),
          hints,
        );
      }),
    );
  });

  it('stay with their places from one drawing to the next', () => {
    const places = fc.uniqueArray(fc.nat(300), { maxLength: 60 });
    fc.assert(
      fc.property(places, places, (first, second) => {
        const before = assignHints(first);
        const fewer = first.filter((place) => second.includes(place));
        const again = assignHints(fewer, before, first.length);
        for (const place of fewer) assert.equal(again.get(place), before.get(place));
        const others = assignHints(second, before, first.length);
        assert.deepEqual([...others.keys()], second);
        assertDistinct([...others.values()]);
        if (second.length <= first.length)
          for (const place of fewer) assert.equal(others.get(place), before.get(place));
      }),
    );
  });
});

describe('the words that have hints', () => {
  const show = (text: string, view = { start16: 0, end16: text.length }) =>
    hintedWords(text, view, untaggedNames(nameRuns(text), []), nameRuns(text)).map(({ start16, end16 }) =>
      text.slice(start16, end16),
    );

  it('are names, then words with a capital and numbers, then others; short ones are left out', () => {
    assert.deepEqual(show("In 2022, the coast of China's Jiangsu Province saw Liu He at sea."), [
      ...['China', 'Jiangsu Province', 'Liu He', 'In', '2022', 'Province', 'He', 'coast'],
    ]);
  });

  it('within a name go to the end of its part', () => {
    assert.deepEqual(show('so Vice Premier Liu He of China'), [
      ...['Vice Premier Liu He of China', 'Premier Liu He', 'Liu He', 'He', 'China'],
    ]);
  });

  it('are the words of a script without capitals, but what joins them', () => {
    assert.deepEqual(show('北京是中国的首都。'), ['北京', '中国', '首都']);
    assert.deepEqual(show('東京は日本の首都です。'), ['東京', '日本', '首都']);
  });

  it('are those in view', () => {
    const text = 'They saw Paris.\nThey saw Rome and Oslo.\nThey saw Kyiv.';
    const start16 = text.indexOf('\n') + 1;
    assert.deepEqual(show(text, { start16, end16: text.indexOf('\n', start16) }), ['Rome', 'Oslo', 'They']);
  });

  it('are found fast in a text without spaces', () => {
    const text = '北京是中国的首都。'.repeat(110_000);
    const view = { start16: 500_000, end16: 504_000 };
    assert.ok(processorTime(() => hintedWords(text, view, [], [])) < 300);
  });
});
