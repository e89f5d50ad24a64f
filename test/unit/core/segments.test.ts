import assert from 'node:assert/strict';
import fc from 'fast-check';
import { segmentsOf } from '../../../src/core/segments';
import { processorTime } from '../../support/processor-time';
import { hostileText } from './arbitraries';

const whole = (text: string, granularity: 'grapheme' | 'word') =>
  Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment, index }) => ({
    segment,
    index,
  }));

describe('segments of a text that is segmented in pieces', () => {
  const flags = fc.constantFrom(
    '🇩🇪',
    '🇫🇷🇩',
    '👩‍👩‍👧',
    'Zoe\u0308',
    '\r\n',
    '\n',
    ' ',
    'कि',
    '\u0600a',
    'a\u0301 \u0301',
  );
  const text = fc.array(fc.oneof(flags, hostileText), { maxLength: 12 }).map((parts) => parts.join(''));

  it('are the characters of the whole', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (raw, length) => {
        assert.deepEqual([...segmentsOf(raw, 'grapheme', length)], whole(raw, 'grapheme'));
      }),
    );
  });

  it('are the words of the whole, also where a dictionary tells them', () => {
    const word = fc.constantFrom(
      'Ada',
      "can't",
      '1,000',
      'กรุงเทพมหานคร',
      '我们在北京市',
      'Zoe\u0308',
      '. ',
      ' \u0301',
      '\r\n',
    );
    const gap = fc.constantFrom(' ', ' ', '\n', '  ');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { maxLength: 30 }), (pairs) => {
        const raw = pairs.flat().join('');
        assert.deepEqual([...segmentsOf(raw, 'word', 40)], whole(raw, 'word'));
      }),
    );
    // Without a space, but with signs that join what stands at both sides.
    const sign = fc.constantFrom(..."a1,.：，'’\u0301_", '\r\n', '。');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (signs, length) => {
        const raw = signs.join('');
        assert.deepEqual([...segmentsOf(raw, 'word', length)], whole(raw, 'word'));
      }),
      { numRuns: 500 },
    );
  });

  it('take time that grows with the text', () => {
    const time = (size: number) => {
      const raw = 'Ünï 😀 कि 我们, '.repeat(size);
      return processorTime(() => assert.ok([...segmentsOf(raw, 'grapheme')].length > 10 * size));
    };
    const [small, large] = [Math.min(time(500), time(500)), Math.min(time(4000), time(4000))];
    assert.ok(large < 20 * Math.max(small, 25), `${small} ms, eight times as much ${large} ms`);
  });
});
