import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameRuns, widenToRun } from '../../../src/core/name-runs';
import { neighbourOf, untaggedNames } from '../../../src/core/untagged';
import type { Range16, Side } from '../../../src/core/words';
import { processorTime } from '../../support/processor-time.ts';
import { hostileText } from './arbitraries';

const sliceOf = (text: string) => (range: Range16) => text.slice(range.start16, range.end16);
const rangeOf = (text: string, piece: string): Range16 => {
  const start16 = text.indexOf(piece);
  assert.ok(start16 >= 0, piece);
  return { start16, end16: start16 + piece.length };
};

describe('runs of capitalised words', () => {
  const table: [what: string, text: string, runs: string[]][] = [
    ['names', 'we met Xi Jinping in Nanjing.', ['Xi Jinping', 'Nanjing']],
    [
      'go on over small words',
      'the Bank of China and the Duke van der Berg',
      ['Bank of China', 'Duke van der Berg'],
    ],
    [
      'and an article after them',
      'a Bureau of the CPC, on March 14 the Day',
      ['Bureau of the CPC', 'March 14', 'Day'],
    ],
    ['but not over an article alone, nor "and"', 'of Oslo and Rome the City', ['Oslo', 'Rome', 'City']],
    [
      'with initials and short titles',
      'by J. R. R. Tolkien, Dr. Who and U.S. troops',
      ['J. R. R. Tolkien', 'Dr. Who', 'U.S.'],
    ],
    [
      'with signs within a word',
      "for O'Brien of Asia-Pacific, AT&T and Xi'an",
      ["O'Brien of Asia-Pacific", 'AT&T', "Xi'an"],
    ],
    ['without what is added to a name', 'a China-based firm', ['China']],
    ['with Arabic articles', 'to Bashar al-Assad and Ali bin Omar', ['Bashar al-Assad', 'Ali bin Omar']],
    ['end at a genitive', "off China's Jiangsu Province", ['China', 'Jiangsu Province']],
    ['a curly one too', 'off China’s Jiangsu', ['China', 'Jiangsu']],
    [
      'but not at that of a common noun',
      "people in the People's Republic of China",
      ["People's Republic of China"],
    ],
    ['with a number behind them', 'on Shenzhou 13 in March 2022', ['Shenzhou 13', 'March 2022']],
    ['end behind a year', 'in June 2022 Emma Iwao', ['June 2022', 'Emma Iwao']],
    ['are no numbers', 'in 2026, at 9:56, with 13 people', []],
    ['end at signs and line ends', 'in Rome, Italy (Lazio)\nOslo', ['Rome', 'Italy', 'Lazio']],
    ['no word alone that begins a sentence', 'They went. Then “We saw” him! So what? Yes… 😀 No.', []],
    ['unless it is a name elsewhere', 'Xi spoke. Then Xi left.', ['Xi', 'Xi']],
    ['not because another name ends with it', 'He met Liu He. He left.', ['Liu He']],
    ['of several words at the beginning', 'Liu He spoke.', ['Liu He']],
    ['without a common word that begins them', 'The CPC met in the hall.', ['CPC']],
    ['no pronoun', 'and I saw J in a T', []],
    [
      'Greek, Cyrillic, Armenian',
      'и Владимир Путин στην Αθήνα է Երևան',
      ['Владимир Путин', 'Αθήνα', 'Երևան'],
    ],
    ['with marks', 'à São Paulo, Vie\u0323\u0302t Nam', ['São Paulo', 'Vie\u0323\u0302t Nam']],
    ['nothing in the middle of a word', 'an iPhone of eBay', []],
    ['nothing in scripts without capitals', '北京是中国的首都。ภาษาไทย شهر 한국', []],
    ['in a text between others', '我在 New York 见到了 Xi。', ['New York', 'Xi']],
    [
      'no key of the header, but values',
      'Title: The Life of Pi\nAuthor: Yann Martel\n\nA tiger.',
      ['Life of Pi', 'Yann Martel'],
    ],
    ['nor the first word behind an inline date', ' date 2022-09-09 Governments met Xi.', ['Xi']],
  ];
  for (const [what, text, runs] of table) {
    it(`${what}: ${text.replace(/\s+/g, ' ')}`, () => {
      assert.deepEqual(nameRuns(text).map(sliceOf(text)), runs);
    });
  }

  it('have parts between small words', () => {
    const text = "of people: the People's Republic of China";
    assert.deepEqual(nameRuns(text)[0]?.parts.map(sliceOf(text)), ['People', 'Republic', 'China']);
  });

  const pieces = [
    'Xi',
    'Bank',
    'of',
    'the',
    'and',
    'a',
    "'s",
    '.',
    ',',
    ' ',
    ' ',
    ' ',
    '\n',
    '“',
    '13',
    '2022',
    '北京',
    'É',
    'J.',
  ];
  const names = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((all) => all.join(''));

  it('are apart, in order, and begin and end with a word, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, names), (text) => {
        let behind = 0;
        for (const { start16, end16, parts } of nameRuns(text)) {
          assert.ok(behind <= start16 && start16 < end16 && end16 <= text.length);
          behind = end16;
          assert.match(text.slice(start16, end16), /^[\p{Lu}\p{Lt}](?:.*[\p{L}\p{M}\p{N}.])?$/u);
          assert.equal(parts[0]?.start16, start16);
          assert.equal(parts.at(-1)?.end16, end16);
          parts.forEach((part, i) => assert.ok(i === 0 || parts[i - 1]!.end16 < part.start16));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are found in time by the length of the text', () => {
    const word = "They met Xi Jinping of the Bank of China's Board in Nanjing. ";
    const times = [20_000, 1_000_000].map((length) => {
      const text = word.repeat(length / word.length);
      nameRuns(text);
      return processorTime(() => nameRuns(`${text} `)) / length;
    });
    assert.ok(times[1]! < 20 * Math.max(times[0]!, 1e-5), String(times));
    for (const hostile of ['A', 'A ', "A'", 'A.', 'A of ', 'Aa-', ' of', '“', 'Aa\n', '1 ', 'a\u0301'])
      assert.ok(processorTime(() => nameRuns(hostile.repeat(100_000))) < 2000, hostile);
  });
});

describe('a range that is widened to a run', () => {
  const table: [before: string, after: string, side?: Side][] = [
    ['the Ministry of [Foreign] Affairs', 'the [Ministry of Foreign Affairs]'],
    ['the Min[]istry of Foreign Affairs', 'the [Ministry of Foreign Affairs]'],
    ['the Ministry of [Foreign] Affairs', 'the Ministry of [Foreign Affairs]', 'end'],
    ['the Ministry of [Foreign] Affairs', 'the [Ministry of Foreign] Affairs', 'start'],
    ['[east] China and', '[east China] and'],
    ['the [Ministry of Industry] and Technology', 'the [Ministry of Industry and Technology]'],
    ['on [Thursday], September 8', 'on [Thursday, September 8]'],
    ['of Xi and [Ma]', 'of [Xi and Ma]', 'start'],
    ['the [2022] Oslo meeting', 'the [2022 Oslo] meeting'],
    ['he met [Xi]. Then Ma left', 'he met [Xi]. Then Ma left'],
    ['he met [Xi]\nof Ma', 'he met [Xi]\nof Ma'],
    ['he [met] them', 'he [met] them'],
    [`he [met] ${'them and '.repeat(6)}Xi`, `he [met] ${'them and '.repeat(6)}Xi`],
  ];
  for (const [before, after, side] of table) {
    it(`${side ?? 'both sides'}: ${before}`, () => {
      const text = before.replace(/[[\]]/g, '');
      const range = { start16: before.indexOf('['), end16: before.indexOf(']') - 1 };
      const wider = widenToRun(text, nameRuns(text), range, side);
      const { start16, end16 } = wider;
      assert.equal(`${text.slice(0, start16)}[${sliceOf(text)(wider)}]${text.slice(end16)}`, after);
    });
  }

  it('never loses what it had', () => {
    const text =
      "They met Xi Jinping of the Bank of China's Board, and Ma. Then the Ministry of Foreign Affairs met.";
    const runs = nameRuns(text);
    const offset = fc.nat(text.length);
    const sides = fc.constantFrom<Side | undefined>('start', 'end', undefined);
    fc.assert(
      fc.property(offset, offset, sides, (a, b, side) => {
        const range = { start16: Math.min(a, b), end16: Math.max(a, b) };
        const wider = widenToRun(text, runs, range, side);
        assert.ok(wider.start16 <= range.start16 && wider.end16 >= range.end16);
        if (side === 'start') assert.equal(wider.end16, range.end16);
        if (side === 'end') assert.equal(wider.start16, range.start16);
      }),
    );
  });
});

describe('the names that are not tagged', () => {
  const text = 'Yet Oslo of China met the Bank of China; the coast is long.';
  const runs = nameRuns(text);
  const names = (tagged: string[], suggested: string[] = []) =>
    untaggedNames(
      runs,
      tagged.map((piece) => rangeOf(text, piece)),
      suggested.map((piece) => rangeOf(text, piece)),
    ).map(sliceOf(text));

  it('are runs of capitals where nothing is known', () => {
    assert.deepEqual(names([]), ['Oslo of China', 'Bank of China']);
  });

  it('are no entities, nor what is within one', () => {
    assert.deepEqual(names(['Oslo of China', 'the Bank of China']), []);
  });

  it('are the parts of a run that nothing is tagged in', () => {
    assert.deepEqual(names(['Oslo']), ['China', 'Bank of China']);
  });

  it('are what is suggested, and not the run that has it', () => {
    assert.deepEqual(names([], ['Oslo', 'coast']), ['Oslo', 'China', 'Bank of China', 'coast']);
    assert.deepEqual(names(['coast'], ['coast']), ['Oslo of China', 'Bank of China']);
  });

  it('are all reached by going on, and by going back', () => {
    const range = fc
      .tuple(fc.nat(40), fc.integer({ min: 1, max: 9 }))
      .map(([start16, length]): Range16 => ({ start16, end16: start16 + length }));
    fc.assert(
      fc.property(
        fc.uniqueArray(range, { maxLength: 12, selector: (one) => JSON.stringify(one) }),
        (suggested) => {
          const all = untaggedNames([], [], suggested);
          assert.equal(all.length, suggested.length);
          const walk = (direction: 'next' | 'previous', from: number) => {
            const seen: Range16[] = [];
            let at: Range16 | undefined = { start16: from, end16: from };
            while ((at = neighbourOf(all, at, direction))) seen.push(at);
            return seen;
          };
          assert.deepEqual(walk('next', 0), all);
          assert.deepEqual(walk('previous', 60), [...all].reverse());
        },
      ),
    );
  });

  it('stay few steps apart with many entities', () => {
    const long = 'They met Xi Jinping in Nanjing. '.repeat(10_000);
    const found = nameRuns(long);
    const tagged = found.filter((_, i) => i % 2 === 0);
    assert.ok(processorTime(() => assert.equal(untaggedNames(found, tagged).length, 10_000)) < 300);
  });
});
