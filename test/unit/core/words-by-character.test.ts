import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  narrow,
  narrowByCharacter,
  taggableRange,
  trimRange,
  widen,
  widenByCharacter,
  wordAt,
  type Range16,
  type Side,
} from '../../../src/core/words';
import { processorTime } from '../../support/processor-time.ts';

/** `the [old] town`: a range in a text. */
function read(marked: string): { text: string; range: Range16 } {
  return {
    text: marked.replace(/[[\]]/g, ''),
    range: { start16: marked.indexOf('['), end16: marked.indexOf(']') - 1 },
  };
}

function show(text: string, { start16, end16 }: Range16): string {
  return `${text.slice(0, start16)}[${text.slice(start16, end16)}]${text.slice(end16)}`;
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What stands of the character around a place before it, and behind it; both are empty between two characters. */
function halves(text: string, at16: number): [before: string, behind: string] {
  const { segment, index } = characters.segment(text).containing(at16) ?? { segment: '', index: at16 };
  return [segment.slice(0, at16 - index), index === at16 ? '' : segment.slice(at16 - index)];
}

const UNSEEN = /^[\s\p{Cf}\p{Cc}]*$/u;

/** What is tagged begins and ends with what is seen, and has no character by half. */
function assertTaggable(text: string, { start16, end16 }: Range16): void {
  assert.ok(start16 < end16);
  const range = { start16, end16 };
  assert.deepEqual(trimRange(text, range), range);
  assert.match(halves(text, start16)[0], UNSEEN, `the start of ${JSON.stringify(show(text, range))}`);
  assert.match(halves(text, end16)[1], UNSEEN, `the end of ${JSON.stringify(show(text, range))}`);
}

/** Of many scripts: what is a character of several units, what nobody sees, and what joins and parts words. */
const PIECES = [
  ...['a', 'B', 'é', 'e\u0301', 'n\u0303\u0301', 'Ж', 'й', 'ß', 'ﬁ', "'", '’', '.', ',', '-', '"', '1', '23'],
  ...[
    ' ',
    '  ',
    '\u00a0',
    '\u3000',
    '\n',
    '\r\n',
    '\t',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u00ad',
    '\ufeff',
    '\u2060',
  ],
  ...['中', '国', '首都', '。', '，', 'か', 'が', 'か\u3099', '한', '\u1112\u1161\u11ab', '𠮷'],
  ...['ก', 'กำ', 'น้ำ', 'ภาษาไทย', 'क', 'क्ष', 'नि', 'क्', 'ব্য', 'தி', 'അവന്\u200d'],
  ...['شهر', 'مُحَمَّد', 'می\u200cخواهم', 'ه\u200d', '\u200f', '\u202b', '\u202c', 'שָׁ', 'צה"ל', '\u0600١'],
  ...['😀', '👩‍👩‍👧', '👋🏽', '🧑🏾‍🔬', '❤️', '🇨🇳', '🇩', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '\u0301', '\ufe0f', '🏽'],
];
const texts = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 })
  .map((all) => all.join(''));
/** A range whose edges are where an editor may put them, or in the middle of a character. */
const ranges = fc.record({ text: texts, a: fc.nat(60), b: fc.nat(60) }).map(({ text, a, b }) => {
  const [start16, end16] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
    number,
    number,
  ];
  return { text, range: { start16, end16 } };
});
const sides = fc.constantFrom<Side>('start', 'end');

describe('what is tagged of a range', () => {
  const table: [before: string, after: string][] = [
    ['[e]\u0301té', '[e\u0301]té'],
    ['e[\u0301té]', '[e\u0301té]'],
    ['[👩]‍👩‍👧 x', '[👩‍👩‍👧] x'],
    ['👩‍[👩]‍👧', '[👩‍👩‍👧]'],
    ['[👋]🏽', '[👋🏽]'],
    ['🇨🇳[🇩]🇪', '🇨🇳[🇩🇪]'],
    ['[न]ि', '[नि]'],
    ['[か]\u3099', '[か\u3099]'],
    ['[ China ]', ' [China] '],
    ['[China\u200b]', '[China]\u200b'],
    ['[China]\u200d', '[China]\u200d'],
  ];
  for (const [before, after] of table) {
    it(JSON.stringify(before), () => {
      const { text, range } = read(before);
      assert.equal(show(text, taggableRange(text, range)!), after);
    });
  }

  it('has no edge that nobody sees and no character by half, whatever the script', () => {
    fc.assert(
      fc.property(ranges, ({ text, range }) => {
        const tagged = taggableRange(text, range);
        if (tagged) {
          assertTaggable(text, tagged);
          assert.deepEqual(taggableRange(text, tagged), tagged);
        } else assert.match(text.slice(range.start16, range.end16), UNSEEN);
        const word = wordAt(text, range.start16);
        if (word) assertTaggable(text, word);
      }),
      { numRuns: 2000 },
    );
  });

  it('parts no sign from the tone of skin that stands on it', () => {
    const { text, range } = read("[a]'🏽a");
    assert.equal(show(text, narrow(text, widen(text, range, 'end'), 'start')), "a'🏽[a]");
  });

  it('has none after it was widened and narrowed, by words and by characters', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom(widen, narrow, widenByCharacter, narrowByCharacter), sides),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(ranges, steps, ({ text, range }, all) => {
        let tagged = taggableRange(text, range);
        if (!tagged) return;
        for (const [step, side] of all) {
          tagged = step(text, tagged, side);
          assertTaggable(text, tagged);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a word', () => {
  /** As `getWordAtText` of the editor does with `editor.wordSeparators`: what stands between separators. */
  const SEPARATORS = '`~!@#$%^&*()-=+[{]}\\|;:\'",.<>/? \t\n';

  it('is what the double click of the editor takes', () => {
    const text = fc
      .array(fc.constantFrom(...'abcXYZéß_', ...SEPARATORS), { minLength: 1, maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.nat(19), (text, at) => {
        const at16 = at % text.length;
        if (SEPARATORS.includes(text.charAt(at16))) return;
        let [start16, end16] = [at16, at16 + 1];
        while (start16 > 0 && !SEPARATORS.includes(text.charAt(start16 - 1))) start16--;
        while (end16 < text.length && !SEPARATORS.includes(text.charAt(end16))) end16++;
        // The sign of connection alone is no word.
        if (/^_+$/.test(text.slice(start16, end16))) return;
        assert.deepEqual(wordAt(text, at16), { start16, end16 });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a range by a character', () => {
  const table: [what: string, how: typeof widenByCharacter, side: Side, before: string, after: string][] = [
    ['the next letter', widenByCharacter, 'end', '[ol]d town', '[old] town'],
    ['the letter before', widenByCharacter, 'start', 'the o[ld]', 'the [old]'],
    ['over white space', widenByCharacter, 'end', '[old] town', '[old t]own'],
    ['over white space, back', widenByCharacter, 'start', 'the [old]', 'th[e old]'],
    ['over what nobody sees', widenByCharacter, 'end', '[old]\u200b \u00adtown', '[old\u200b \u00adt]own'],
    ['a sign', widenByCharacter, 'end', '[Inc]. of', '[Inc.] of'],
    ['with its marks', widenByCharacter, 'end', '[a]e\u0301\u0303x', '[ae\u0301\u0303]x'],
    ['a family', widenByCharacter, 'end', '[a]👩‍👩‍👧x', '[a👩‍👩‍👧]x'],
    ['a family, back', widenByCharacter, 'start', 'x👩‍👩‍👧[a]', 'x[👩‍👩‍👧a]'],
    ['a flag of two', widenByCharacter, 'start', '🇨🇳🇩🇪[a]', '🇨🇳[🇩🇪a]'],
    ['Chinese', widenByCharacter, 'end', '[中国]的首都', '[中国的]首都'],
    ['not over the end of the line', widenByCharacter, 'end', '[old]\ntown', '[old]\ntown'],
    ['not over a windows line ending', widenByCharacter, 'start', 'the \r\n[old]', 'the \r\n[old]'],
    ['nothing behind the end', widenByCharacter, 'end', 'the [old] ', 'the [old] '],
    ['nothing before the start', widenByCharacter, 'start', '[the] old', '[the] old'],
    ['the last letter', narrowByCharacter, 'end', '[old]', '[ol]d'],
    ['the first letter', narrowByCharacter, 'start', '[old]', 'o[ld]'],
    ['with the space before it', narrowByCharacter, 'end', '[old t]own', '[old] town'],
    ['with the space behind it', narrowByCharacter, 'start', '[e old]', 'e [old]'],
    ['a family', narrowByCharacter, 'end', '[a👩‍👩‍👧]', '[a]👩‍👩‍👧'],
    ['its only character stays', narrowByCharacter, 'end', 'x[👩‍👩‍👧]', 'x[👩‍👩‍👧]'],
  ];
  for (const [what, how, side, before, after] of table) {
    it(`${how.name}: ${what}`, () => {
      const { text, range } = read(before);
      assert.equal(show(text, how(text, range, side)), after);
    });
  }

  it('does not cost more in a longer paragraph with spaces, nor much in one without', () => {
    const long = { spaced: 'word '.repeat(2_000_000), chinese: '北京是中国的首都。'.repeat(50_000) };
    const range = { start16: 200_001, end16: 200_003 };
    const find20 = (text: string) => () => {
      for (let i = 0; i < 20; i++) {
        widenByCharacter(text, range, 'end');
        narrowByCharacter(text, range, 'start');
      }
    };
    assert.ok(processorTime(find20(long.spaced)) < 100);
    assert.ok(processorTime(find20(long.chinese)) < 1000);
  });
});
