import assert from 'node:assert/strict';
import { runsOf } from '../../../../src/core/agreement/items.ts';
import type { ITEM_UNITS } from '../../../../src/core/agreement/study.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { spanOf, type TestSpan } from './study.ts';

/** Each run as `count×category`, of one annotator; what is missing as `?`. */
function runs(raw: string, spans: readonly TestSpan[], unit: (typeof ITEM_UNITS)[number]): string {
  const article = { index: new TextIndex(raw), layers: [{ entities: spans.map(spanOf) }] };
  return runsOf(article, unit)
    .map(({ count, values }) => `${count}×${(values[0] ?? '?').replaceAll('\u001e', '+')}`)
    .join(' ');
}

describe('items and their categories', () => {
  const text = '😀 Ada Byron\r\n\r\nwent, 中文.\r\n';

  it('are words and signs, code points, or lines with something on them', () => {
    assert.equal(runs(text, [], 'token'), '8×');
    assert.equal(runs(text, [], 'character'), '23×');
    assert.equal(runs(text, [], 'line'), '2×?');
  });

  it('have the labels of the spans that stand on them, at offsets in code points', () => {
    const name: TestSpan = [2, 11, 'PER'];
    assert.equal(runs(text, [name], 'token'), '1× 2×PER 5×');
    assert.equal(runs(text, [name], 'character'), '2× 9×PER 12×');
    assert.equal(runs(text, [name], 'line'), '1×PER 1×?');
    assert.equal(runs(text, [[19, 21, 'LANG']], 'token'), '5× 2×LANG 1×');
  });

  it('have all of them, in an order of their own, also where one stands on a part of a word only', () => {
    const stacked: TestSpan[] = [
      [2, 11, 'b'],
      [2, 5, 'a'],
      [8, 11, 'a'],
    ];
    assert.equal(runs(text, stacked, 'token'), '1× 1×a+b 1×a+b 5×');
    assert.equal(runs(text, stacked, 'character'), '2× 3×a+b 3×b 3×a+b 12×');
    assert.equal(runs(text, [[2, 11, 'b'], [2, 11, 'b']], 'token'), '1× 2×b 5×'); // prettier-ignore
  });

  it('cover lines, as many as a span goes over', () => {
    assert.equal(runs('one\ntwo\nthree\n', [[0, 7, 'a']], 'line'), '2×a 1×?');
    assert.equal(runs('', [], 'line'), '');
    assert.equal(runs('', [], 'token'), '');
  });
});
