import assert from 'node:assert/strict';
import fc from 'fast-check';
import { brokenPlace } from '../../../src/core/check-article';
import type { Entity } from '../../../src/core/model/entity';
import { excerptOf, freeCandidates, placedAt } from '../../../src/core/placed';
import { TextIndex, type Span } from '../../../src/core/text';
import { hostileText } from './arbitraries';

/** The span of an occurrence of a text, from 0, in an article without wide characters. */
function spanOf(article: string, text: string, occurrence = 0): Span {
  let start = article.indexOf(text);
  for (let n = 0; n < occurrence; n++) start = article.indexOf(text, start + 1);
  return { start, end: start + text.length };
}

const CHINA: Entity = { id: 'aaaaaa', label: 'GPE', start: 0, end: 5, text: 'China', broken: true };

describe('an entity that a person places', () => {
  it('is no longer broken, and says what stands around it where its text is there twice', () => {
    const article = 'In China, not in China.';
    const placed = placedAt(
      { ...CHINA, before: 'old', note: 'x' },
      spanOf(article, 'China', 1),
      new TextIndex(article),
    );
    assert.deepEqual(placed, {
      id: 'aaaaaa',
      label: 'GPE',
      start: 17,
      end: 22,
      text: 'China',
      before: 'ina, not in ',
      after: '.',
      note: 'x',
    });
  });

  it('takes the text of its new place, and drops a context that is needed no more', () => {
    const article = 'In Zhōngguó 😀.';
    const placed = placedAt(
      { ...CHINA, before: 'old', after: 'old' },
      spanOf(article, 'Zhōngguó'),
      new TextIndex(article),
    );
    assert.deepEqual(placed, { id: 'aaaaaa', label: 'GPE', start: 3, end: 11, text: 'Zhōngguó' });
  });

  const both: Entity = {
    ...CHINA,
    start: 3,
    end: 22,
    text: 'North and South Sea',
    parts: [
      [3, 8],
      [19, 22],
    ],
  };
  const parts: [why: string, article: string, place: string, texts: string[] | undefined][] = [
    ['the same text', 'By the North and South Sea.', 'North and South Sea', ['North', 'Sea']],
    ['a text with more words', 'The North and the South Sea.', 'North and the South Sea', ['North', 'Sea']],
    ['a text that has one of them', 'The North Sea.', 'Sea', undefined],
  ];
  for (const [why, article, place, texts] of parts) {
    it(`keeps its parts in ${why}`, () => {
      const index = new TextIndex(article);
      const placed = placedAt(both, spanOf(article, place), index);
      assert.deepEqual(
        placed.parts?.map(([start, end]) => index.slice({ start, end })),
        texts,
      );
    });
  }

  it('has no parts where what is known of them is not of its text', () => {
    const article = 'North and South Sea';
    assert.equal(
      placedAt({ ...both, end: 3 }, spanOf(article, article), new TextIndex(article)).parts,
      undefined,
    );
  });
});

describe('the free places for an entity', () => {
  const article = 'China, China, China and China';
  const index = new TextIndex(article);
  const at = (occurrence: number, label: string, more: object = {}): Entity => ({
    ...CHINA,
    ...spanOf(article, 'China', occurrence),
    id: `other${occurrence}${label}`,
    label,
    broken: undefined,
    ...more,
  });

  it('are those that no other entity of its label has', () => {
    const others = [at(0, 'GPE'), at(1, 'ORG'), at(2, 'GPE', { broken: true })];
    const { free, taken } = freeCandidates(CHINA, [CHINA, ...others], index);
    assert.deepEqual(
      free,
      [1, 2, 3].map((n) => spanOf(article, 'China', n)),
    );
    assert.equal(taken, 1);
  });

  it('are no more than asked for, whatever is taken before them', () => {
    const { free, taken } = freeCandidates(CHINA, [at(0, 'GPE'), at(1, 'GPE')], index, 1);
    assert.deepEqual(free, [spanOf(article, 'China', 2)]);
    assert.equal(taken, 2);
  });
});

describe('an excerpt', () => {
  const excerpts: [why: string, article: string, mention: string, excerpt: string][] = [
    ['whole where it is short', 'In China,\n\nthen.', 'China', 'In |China|, then.'],
    [
      'cut at words',
      'One of the ports of the far north of China is ice-free, which is why the fleet that sails there, winters there.',
      'China',
      '…the far north of |China| is ice-free, which is why the fleet that sails…',
    ],
    [
      'cut anywhere without spaces',
      '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十中国。',
      '中国',
      '…三四五六七八九十一二三四五六七八九十|中国|。',
    ],
    [
      'of the beginning of a long mention',
      `${'ab '.repeat(40)}end`,
      'ab '.repeat(40).trim(),
      `|${'ab '.repeat(40).slice(0, 59)}…| end`,
    ],
  ];
  for (const [why, article, mention, expected] of excerpts) {
    it(`is ${why}`, () => {
      const excerpt = excerptOf(new TextIndex(article), spanOf(article, mention));
      assert.equal(`${excerpt.before}|${excerpt.mention}|${excerpt.after}`, expected);
    });
  }

  it('is one line of whole characters in any text', () => {
    fc.assert(
      fc.property(hostileText, fc.nat(), fc.nat(), (raw, a, b) => {
        const index = new TextIndex(raw.replace(/\p{Cs}/gu, ''));
        const [start = 0, end = 0] = [a, b].map((n) => n % (index.length + 1)).sort((x, y) => x - y);
        const { before, mention, after } = excerptOf(index, { start, end });
        for (const piece of [before, mention, after]) {
          assert.doesNotMatch(piece, /[\r\n\u2028]/);
          assert.doesNotMatch(piece, /\p{Cs}/u);
        }
      }),
    );
  });
});

describe('the place of a broken entity', () => {
  const places: [article: string, start: number, word: string][] = [
    ['Ada met Bob.', 4, 'met'],
    ['Ada met Bob.', 5, 'met'],
    ['Ada met Bob.', 7, 'met'],
    ['Ada met Bob.', 12, 'Bob'],
    ['Ada met Bob.”\n\n', 999, 'Bob'],
    ['😀😀 Ada', 3, 'Ada'],
    ['', 3, ''],
  ];
  for (const [article, start, word] of places) {
    it(`is the word at ${start} in ${JSON.stringify(article)}`, () => {
      const { start16, end16 } = brokenPlace(new TextIndex(article), { start, end: start + 2 });
      assert.equal(article.slice(start16, end16), word);
    });
  }
});
