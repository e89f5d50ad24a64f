import assert from 'node:assert/strict';
import fc from 'fast-check';
import { narrow, trimRange, trimText, widen, wordAt, type Range16, type Side } from '../../../src/core/words';
import { hostileText } from './arbitraries';
import { processorTime } from '../../support/processor-time.ts';

/** `the [old] town`: a range in a text; `the o|ld town`: a place in it. */
function read(marked: string): { text: string; range: Range16 } {
  return {
    text: marked.replace(/[[\]]/g, ''),
    range: { start16: marked.indexOf('['), end16: marked.indexOf(']') - 1 },
  };
}

function show(text: string, range: Range16 | undefined): string {
  if (!range) return text;
  return `${text.slice(0, range.start16)}[${text.slice(range.start16, range.end16)}]${text.slice(range.end16)}`;
}

describe('the word at a place', () => {
  const table: [what: string, at: string, found: string][] = [
    ['inside of a word', 'the o|ld town', 'the [old] town'],
    ['at its start', 'the |old town', 'the [old] town'],
    ['at its end', 'the old| town', 'the [old] town'],
    ['at the start of the text', '|the', '[the]'],
    ['at the end of the text', 'the|', '[the]'],
    ['between two words without a space', '“old|”', '“[old]”'],
    ['an apostrophe parts words', "Chi|na's coast", "[China]'s coast"],
    ['wherever the cursor is in it', "China|'s coast", "[China]'s coast"],
    ['behind the apostrophe', "China'|s coast", "[China]'s coast"],
    ['at its end', "China's| coast", "[China]'s coast"],
    ['a curly apostrophe too', 'Xi’|s visit', '[Xi]’s visit'],
    ['an apostrophe within a name', "O'Bri|en", "O'[Brien]"],
    ['a full stop parts words', 'the U.|S. army', 'the U.[S]. army'],
    ['a number with a point', 'of 3.|5 metres', 'of [3.5] metres'],
    ['an underscore does not', 'a_|b', '[a_b]'],
    ['a hyphen is not', 'so-c|alled', 'so-[called]'],
    ['a number with a comma', 'of 1,0|00 people', 'of [1,000] people'],
    ['Chinese', '中国的首|都', '中国的[首都]'],
    ['a sign where no word is', 'so … |€ no', 'so … [€] no'],
    ['an emoji', 'a |😀 b', 'a [😀] b'],
    ['an emoji of several', 'a |👩‍👩‍👧 b', 'a [👩‍👩‍👧] b'],
    ['a flag', '|🇨🇳', '[🇨🇳]'],
    ['a combining mark belongs to its letter', 'Sa\u0303o| Paulo', '[Sa\u0303o] Paulo'],
    ['none in white space', 'a  |  b', 'a    b'],
    ['none at the end of an empty line', 'a\n|\nb', 'a\n\nb'],
    ['none in an empty text', '|', ''],
  ];
  for (const [what, at, found] of table) {
    it(`${what}: ${at}`, () => {
      const text = at.replace('|', '');
      assert.equal(show(text, wordAt(text, at.indexOf('|'))), found);
    });
  }

  it('is found in a long paragraph, with and without spaces', () => {
    const english = 'The quick brown fox jumps over it. '.repeat(1000);
    const at16 = english.indexOf('brown', 17_000) + 2;
    assert.equal(show(english, wordAt(english, at16)).slice(at16 - 3, at16 + 5), ' [brown]'.slice(0, 8));
    const chinese = '北京是中国的首都。'.repeat(1000);
    const found = wordAt(chinese, 4500)!;
    assert.equal(chinese.slice(found.start16, found.end16), '北京');
  });

  it('does not cost more in a longer paragraph', () => {
    const long = 'word '.repeat(2_000_000);
    const find20 = () => {
      for (let i = 0; i < 20; i++) wordAt(long, 5_000_000 + i);
    };
    assert.ok(processorTime(find20) < 1000);
  });
});

describe('a range without white space', () => {
  const table: [before: string, after: string | undefined][] = [
    ['a[ b ]c', 'a [b] c'],
    ['[\r\n\u00a0b c\t]', '\r\n\u00a0[b c]\t'],
    ['[b]', '[b]'],
    ['a[ \n ]b', undefined],
    ['a[]b', undefined],
    // What nobody sees: a space and joiners of no width, a mark of byte order, a soft hyphen, marks of direction.
    ['[\u200bParis\u200b]', '\u200b[Paris]\u200b'],
    ['[\ufeff\u2060 Paris \u00ad\u200d]', '\ufeff\u2060 [Paris] \u00ad\u200d'],
    ['[\u200f\u202bشهر\u202c\u200e]', '\u200f\u202b[شهر]\u202c\u200e'],
    ['[\u2068Paris\u2069\u061c]', '\u2068[Paris]\u2069\u061c'],
    ['[\u200b\u200c\u200d]', undefined],
    ['[Pa\u200bris]', '[Pa\u200bris]'],
    // Within and at the ends of words that are written with them.
    ['[\u200cمی‌خواهم\u200c]', '\u200c[می‌خواهم]\u200c'],
    ['[ه\u200d]', '[ه\u200d]'],
    ['[\u200dه ]', '[\u200dه] '],
    ['[അവന്\u200d ]', '[അവന്\u200d] '],
    ['[क्\u200c]', '[क्\u200c]'],
    ['[क\u200c]', '[क]\u200c'],
    ['[👩‍🚀\u200d]', '[👩‍🚀]\u200d'],
    ['[❤️]', '[❤️]'],
    ['[🏴󠁧󠁢󠁥󠁮󠁧󠁿]', '[🏴󠁧󠁢󠁥󠁮󠁧󠁿]'],
  ];
  for (const [before, after] of table) {
    it(JSON.stringify(before), () => {
      const { text, range } = read(before);
      const trimmed = trimRange(text, range);
      assert.equal(trimmed && show(text, trimmed), after);
    });
  }
});

describe('a range without what nobody sees', () => {
  it('is no shorter the second time, and loses nothing that is seen', () => {
    const unseen = fc.constantFrom(...' \t\u00a0\u00ad\u200b\u200c\u200d\u200e\u2060\u2067\u2069\ufeff');
    const piece = fc.oneof(unseen, fc.constantFrom('a', 'ه', '\u094d', '👩', '北', '.', '\u0301'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const trimmed = trimText(text);
        assert.equal(trimText(trimmed), trimmed);
        assert.equal(trimmed.replace(/[\s\p{Cf}]/gu, ''), text.replace(/[\s\p{Cf}]/gu, ''));
        assert.doesNotMatch(trimmed, /^[\s\u00ad\u200b\u200c\u2060]|[\s\u00ad\u200b\u2060]$/);
      }),
    );
  });
});

describe('a word', () => {
  it('has nothing at its ends that nobody sees', () => {
    for (const [text, word] of [
      ['Par|is\u00ad, x', 'Paris'],
      ['\u200ePar|is\u2060 x', 'Paris'],
      ['می‌|خواهم\u200c x', 'می‌خواهم'],
      ['\u200b|Paris', 'Paris'],
    ] as const) {
      const found = wordAt(text.replace('|', ''), text.indexOf('|'));
      assert.equal(found && text.replace('|', '').slice(found.start16, found.end16), word, text);
    }
  });
});

describe('a range by a word', () => {
  const table: [what: string, how: typeof widen, side: Side, before: string, after: string][] = [
    ['the next word', widen, 'end', 'the [old] town', 'the [old town]'],
    ['the word before', widen, 'start', 'the [old] town', '[the old] town'],
    ['the rest of its word', widen, 'end', 'the [ol]d town', 'the [old] town'],
    ['the beginning of its word', widen, 'start', 'the o[ld] town', 'the [old] town'],
    ['over signs', widen, 'end', '[St]. (John)', '[St. (John])'],
    ['over signs, back', widen, 'start', 'a (b) [c]', 'a ([b) c]'],
    ['nothing behind the last word', widen, 'end', 'the [old].', 'the [old].'],
    ['nothing before the first', widen, 'start', '“[the] old', '“[the] old'],
    ['not over the end of the line', widen, 'end', '[one]\ntwo', '[one]\ntwo'],
    ['not over a windows line ending', widen, 'start', 'one\r\n[two]', 'one\r\n[two]'],
    ['Chinese', widen, 'end', '[中国]的首都', '[中国的]首都'],
    ['Chinese, back', widen, 'start', '中国的[首都]', '中国[的首都]'],
    ['over an emoji', widen, 'end', '[a] 😀 b', '[a 😀 b]'],
    ['without its last word', narrow, 'end', '[the old town]', '[the old] town'],
    ['without its first word', narrow, 'start', '[the old town]', 'the [old town]'],
    ['without the rest of a word', narrow, 'end', '[the ol]d', '[the] old'],
    ['without signs', narrow, 'end', '[the old, ]town', '[the old], town'],
    ['its only word stays', narrow, 'end', 'the [old] town', 'the [old] town'],
    ['its only word stays, from the other side', narrow, 'start', 'the [old] town', 'the [old] town'],
    ['a part of a word stays', narrow, 'end', 't[h]e', 't[h]e'],
    ['Chinese, narrower', narrow, 'end', '[中国的首都]', '[中国的]首都'],
    ['over what nobody sees', widen, 'end', '[old]\u00ad \u200etown\u200b.', '[old\u00ad \u200etown]\u200b.'],
    ['over it, back', widen, 'start', '\u200bold\u00ad [town]', '\u200b[old\u00ad town]'],
    ['without it', narrow, 'end', '[old\u00ad town]', '[old]\u00ad town'],
    ['with an apostrophe', narrow, 'end', "[Xi's visit]", "[Xi's] visit"],
  ];
  for (const [what, how, side, before, after] of table) {
    it(`${how.name}: ${what}`, () => {
      const { text, range } = read(before);
      assert.equal(show(text, how(text, range, side)), after);
    });
  }

  const words = fc
    .array(fc.constantFrom('one', 'two,', 'Ünï', "don't", '(four)', '😀', '1,000', '北京', '-', 'B.'), {
      minLength: 1,
      maxLength: 12,
    })
    .map((all) => all.join(' '));
  const sides = fc.constantFrom<Side>('start', 'end');

  it('widened and narrowed again is what it was, from a whole word', () => {
    fc.assert(
      fc.property(words, fc.nat(80), sides, (text, at, side) => {
        const word = wordAt(text, at % (text.length + 1));
        if (!word || !/[\p{L}\p{N}]/u.test(text.slice(word.start16, word.end16))) return;
        let range = word;
        const before: Range16[] = [];
        for (let i = 0; i < 5; i++) {
          const wider = widen(text, range, side);
          if (wider.start16 === range.start16 && wider.end16 === range.end16) break;
          before.push(range);
          range = wider;
        }
        for (const expected of before.reverse()) {
          range = narrow(text, range, side);
          assert.deepEqual(range, expected);
        }
      }),
    );
  });

  it('never leaves the text, splits a character or turns round', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, words), fc.nat(60), fc.nat(60), sides, (text, a, b, side) => {
        const places = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        const range = { start16: places[0], end16: places[1] };
        for (const found of [
          widen(text, range, side),
          narrow(text, range, side),
          wordAt(text, a),
          trimRange(text, range),
        ]) {
          if (!found) continue;
          assert.ok(0 <= found.start16 && found.start16 <= found.end16 && found.end16 <= text.length);
          for (const at16 of [found.start16, found.end16]) {
            if (at16 === range.start16 || at16 === range.end16) continue;
            assert.ok(!/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at16 - 1, at16 + 1)));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
