import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countCodePoints,
  decodeUtf8,
  hashText,
  hashUtf8,
  normalizeText,
  TextIndex,
} from '../../../src/core/text';
import { hostileText, naive, spanIn } from './arbitraries';

describe('offsets of a text', () => {
  const examples: [title: string, raw: string, codePoints: number][] = [
    ['nothing', '', 0],
    ['plain letters', 'abc', 3],
    ['an emoji is one', 'a😀b', 3],
    ['a family is its parts', '👩‍👩‍👧', 5],
    ['a flag is two letters', '🇨🇳', 2],
    ['a combining mark counts', 'n\u0303', 2],
    ['a lone surrogate counts', '\ud83d!', 2],
    ['surrogates in the wrong order count', '\ude00\ud83d', 2],
    ['a line ending counts one, whatever it is', 'a\r\nb\rc\nd', 7],
    ['an old line ending before a new one', '\r\r\n', 2],
    ['a byte-order mark counts nothing', '\ufeffab', 2],
    ['a byte-order mark elsewhere counts', 'a\ufeffb', 3],
    ['a second byte-order mark counts', '\ufeff\ufeffab', 3],
  ];
  for (const [title, raw, length] of examples) {
    it(title, () => assert.equal(new TextIndex(raw).length, length));
  }

  it('agree with a naive count, both ways', () => {
    fc.assert(
      fc.property(hostileText, (raw) => {
        const index = new TextIndex(raw);
        const points = naive(raw);
        assert.equal(index.length, points.length);
        assert.equal(index.text, points.join(''));
        let last16 = -1;
        for (let offset = 0; offset <= points.length; offset++) {
          const offset16 = index.toUtf16(offset);
          assert.equal(index.toCodePoint(offset16), offset, 'round trip');
          assert.ok(offset16 > last16, 'monotone');
          last16 = offset16;
          assert.equal(normalizeText(raw.slice(0, offset16)), points.slice(0, offset).join(''));
          const around = raw.slice(offset16 - 1, offset16 + 1);
          if (offset16 > 0) assert.ok(!/^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(around), 'inside');
        }
        assert.equal(last16, raw === '' ? 0 : Math.max(last16, raw.length), 'ends where the text ends');
      }),
    );
  });

  it('count an offset inside of a character as its start', () => {
    fc.assert(
      fc.property(hostileText, (raw) => {
        const index = new TextIndex(raw);
        for (let offset16 = 0; offset16 <= raw.length; offset16++) {
          const back16 = index.toUtf16(index.toCodePoint(offset16));
          const isMark = offset16 === 0 && raw.startsWith('\ufeff');
          assert.ok(isMark ? back16 === 1 : back16 === offset16 || back16 === offset16 - 1);
        }
      }),
    );
  });

  it('clamp', () => {
    const index = new TextIndex('a😀');
    assert.deepEqual([index.toUtf16(-5), index.toUtf16(99)], [0, 3]);
    assert.deepEqual([index.toCodePoint(-5), index.toCodePoint(99)], [0, 2]);
    assert.equal(index.slice({ start: -3, end: 99 }), 'a😀');
  });

  it('cut slices as a naive model does', () => {
    const cases = hostileText.chain((raw) => fc.tuple(fc.constant(raw), spanIn(naive(raw).length)));
    fc.assert(
      fc.property(cases, ([raw, span]) => {
        const slice = new TextIndex(raw).slice(span);
        assert.equal(slice, naive(raw).slice(span.start, span.end).join(''));
      }),
    );
  });

  it('count a piece of a text', () => {
    fc.assert(
      fc.property(hostileText, (piece) => {
        assert.equal(countCodePoints(piece), Array.from(piece.replace(/\r\n?/g, '\n')).length);
      }),
    );
  });
});

describe('a hash of a text', () => {
  it('is sha256 of UTF-8, and known', async () => {
    assert.equal(
      await hashText('abc'),
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('does not depend on line endings and byte-order mark', async () => {
    const hashes = ['a\nb\n', 'a\r\nb\r\n', 'a\rb\r', '\ufeffa\r\nb\n'].map((text) => hashText(text));
    assert.equal(new Set(await Promise.all(hashes)).size, 1);
    assert.notEqual(await hashText('a\nb'), await hashText('a\nb\n'));
  });

  it('is that of its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, fc.boolean(), async (piece, hasMark) => {
        const text = (hasMark ? '\ufeff' : '') + piece;
        assert.equal(await hashUtf8(new TextEncoder().encode(text)), await hashText(text));
      }),
    );
  });
});

describe('decoding', () => {
  it('takes UTF-8 without its mark, and nothing else', () => {
    assert.equal(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])), 'a');
    assert.equal(decodeUtf8(new TextEncoder().encode('中😀')), '中😀');
    assert.equal(decodeUtf8(new Uint8Array([0x61, 0xff])), undefined);
  });
});
