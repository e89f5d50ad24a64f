import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold, FoldedText } from '../../../src/core/anchor/fold';
import { placeEntities, type Origin } from '../../../src/core/place';
import { TextIndex } from '../../../src/core/text';
import { tallyOf } from '../../torture/outside-edits';
import { entity, hostileText } from './arbitraries';

describe('texts in which ways to write the same are one', () => {
  const alike: readonly [what: string, ways: readonly string[], folded: string][] = [
    ['an apostrophe', ["'", '’', '‘', '‚', '‛', '′', '`', '´', 'ʼ', '＇'], "'"],
    ['a quotation mark', ['"', '“', '”', '„', '‟', '″', '«', '»', '＂'], '"'],
    ['a dash', ['-', '‐', '‑', '‒', '–', '—', '―', '−'], '-'],
    ['three stops', ['...', '…'], '...'],
    ['white space', [' ', '  ', '\n', '\r\n \t', '\u00a0', '\u0085', '\u3000'], ' '],
    ['a letter with its mark', ['é', 'e\u0301'], 'é'],
    ['several marks', ['ǭ', 'o\u0328\u0304', 'o\u0304\u0328', 'ō\u0328'], 'ǭ'],
    ['a syllable', ['한', '\u1112\u1161\u11ab'], '한'],
    ['what nobody sees', ['', '\u00ad', '\u200b', '\u200c\u200d', '\u2060\u2060\u00ad'], ''],
  ];
  for (const [what, ways, folded] of alike)
    it(`have one for ${what}`, () => {
      for (const way of ways) {
        assert.equal(fold(way), folded, JSON.stringify(way));
        assert.equal(fold(`a${way}b`), `a${folded}b`, JSON.stringify(way));
      }
    });

  it('leave apart what is not the same', () => {
    const others = [...'AaÀàeé\'"-,;:.!?()[]{}<>@#$%^&*+=/|~_0１Ａ한하北😀'];
    assert.equal(new Set(others.map(fold)).size, others.length);
    for (const one of others) assert.equal(fold(fold(one)), fold(one));
  });

  const unit = fc.constantFrom(...'ab ’“…é', 'e\u0301', '\r\n', '\u200b', '😀', '한', '\u1112\u1161\u11ab');
  const text = fc.oneof(
    fc.array(unit, { maxLength: 12 }).map((units) => units.join('')),
    hostileText,
  );

  it('know where what they have stands in the text, and cut nothing that is written as one', () => {
    fc.assert(
      fc.property(text, fc.nat(14), fc.nat(14), (drawn, a, b) => {
        // A byte-order mark has no place.
        const raw = drawn.replace(/^\ufeff+/, '');
        const index = new TextIndex(raw);
        const folded = new FoldedText(index);
        assert.equal(folded.text, fold(raw));
        const [start, end] = [
          Math.min(a, b, folded.text.length),
          Math.min(Math.max(a, b), folded.text.length),
        ];
        const span = folded.span(start, end);
        if (start === end) assert.equal(span, undefined);
        if (span) {
          assert.equal(fold(index.slice(span)), folded.text.slice(start, end));
          assert.ok(span.start < span.end);
          assert.equal(folded.offset16(span.start), start);
        }
        const starts = new Set(Array.from({ length: index.length + 1 }, (_, at) => folded.offset16(at)));
        const isWhole = start < end && starts.has(start) && starts.has(end);
        assert.equal(span !== undefined, isWhole, JSON.stringify([raw, start, end]));
      }),
      { numRuns: 500 },
    );
  });

  it('say what stands at or behind a place', () => {
    const folded = new FoldedText(new TextIndex('a\u200b…  b'));
    assert.equal(folded.text, 'a... b');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((offset) => folded.offset16(offset)),
      [0, 1, 1, 4, 4, 5, 6],
    );
    assert.deepEqual(folded.span(1, 4), { start: 2, end: 3 });
    assert.deepEqual(
      [folded.span(1, 3), folded.span(2, 4), folded.span(3, 3)],
      [undefined, undefined, undefined],
    );
  });
});

describe('the first Rome of an older text', () => {
  const GOES = 'In spring all of us went to Rome by train.';
  /** What stands before it in the text of now; `undefined` where it is left to a person. */
  const cases: readonly [why: string, old: string, now: string, before: string | undefined][] = [
    [
      'is left to a person where what stands before it was rewritten',
      'The long road that leads from the harbour up to Rome was closed. Later, Rome slept.',
      'Nobody who came by a new railway line went to Rome was closed. Later, Rome slept.',
      undefined,
    ],
    [
      'is left to a person where what stands behind it was rewritten',
      'It was in Rome that the long road from the harbour ended at last. Later, Rome slept.',
      'It was in Rome, as every child here can tell you today. Later, Rome slept.',
      undefined,
    ],
    [
      'stays where a little was put before it',
      'They saw Rome at noon, and Rome at night.',
      'They, after a month, saw Rome at noon, and Rome at night.',
      'They, after a month, saw ',
    ],
    ['is not the one that is left', 'Rome is old. Rome is big.', 'Rome is big.', undefined],
    ['is not one of another sentence', 'We saw Rome there.', 'We saw Rom there. Rome is far.', undefined],
    [
      'stays where a copy stands elsewhere',
      'Rome is old. Rome is big.',
      'Rome is old. Rome is big. Rome is old.',
      '',
    ],
    [
      'follows its sentence',
      `${GOES} Rome slept.`,
      `Rome slept. ${GOES}`,
      'Rome slept. In spring all of us went to ',
    ],
  ];
  for (const [why, old, now, before] of cases)
    it(why, () => {
      const start = old.indexOf('Rome');
      const was = entity({ start, end: start + 4, text: 'Rome' });
      const [is] = placeEntities([was], new TextIndex(now), new TextIndex(old)).entities;
      assert.equal(is!.broken ? undefined : now.slice(0, is!.start), before);
    });
});

describe('entities of articles that were edited outside', () => {
  // These edits are the same each time. More may be put right than now, but never fewer, and none to a wrong place.
  const known: readonly [what: string, originOf: (text: string) => Origin, right: number][] = [
    ['the old text', (text) => new TextIndex(text), 1806],
    ['nothing but the sidecar', () => 'another', 1783],
  ];
  for (const [what, originOf, right] of known)
    it(`are put right as often as ever with ${what}`, () => {
      const tally = tallyOf(40, originOf);
      assert.equal(tally.wrong, 0);
      assert.ok(tally.right >= right, `${tally.right} of ${tally.there} put right`);
    });
});
