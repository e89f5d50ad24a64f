import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import Papa from 'papaparse';
import {
  contextAt,
  CONTEXT_LENGTH,
  hasState,
  linesOf,
  type Line,
  type StateFilter,
} from '../../../src/core/concordance/lines';
import { contextKey, fold, insertSorted, keyOf, sortInSteps } from '../../../src/core/concordance/order';
import {
  findInTexts,
  InvalidPattern,
  NO_QUERY,
  patternOfQuery,
  type ConcordanceQuery,
} from '../../../src/core/concordance/query';
import { TSV_HEAD, toTsv } from '../../../src/core/concordance/tsv';
import type { Mention } from '../../../src/core/mention';
import { findForms } from '../../../src/core/occurrences';
import { TextIndex } from '../../../src/core/text';
import { hostileText } from './arbitraries';

/** What a query finds, marked in the text. */
function mark(text: string, query: Partial<ConcordanceQuery>): string {
  const pattern = patternOfQuery({ ...NO_QUERY, ...query });
  const found = pattern ? findInTexts(pattern, [text])[0]! : [];
  let [marked, at16] = ['', 0];
  for (let i = 0; i < found.length; i += 2) {
    marked += `${text.slice(at16, found[i])}[${text.slice(found[i], found[i + 1])}]`;
    at16 = found[i + 1]!;
  }
  return marked + text.slice(at16);
}

describe('a concordance query', () => {
  const cases: [why: string, text: string, query: Partial<ConcordanceQuery>, marked: string][] = [
    ['finds words in any case', 'Rome rome Romeo', { text: 'rome' }, '[Rome] [rome] Romeo'],
    ['may want the case', 'Rome rome', { text: 'rome', matchCase: true }, 'Rome [rome]'],
    ['may be within words', 'Romeo', { text: 'rome', wholeWords: false }, '[Rome]o'],
    ['takes signs as they are', 'a.b axb', { text: 'a.b' }, '[a.b] axb'],
    [
      'takes expressions',
      'Ab1 ab22',
      { text: '[a-z]+\\d', isRegex: true, wholeWords: false },
      '[Ab1] [ab2]2',
    ],
    ['takes whole words of them', 'ab1 ab22', { text: '[a-z]+\\d', isRegex: true }, '[ab1] ab22'],
    ['tries every alternative', 'Rome', { text: 'Rom|Rome', isRegex: true }, '[Rome]'],
    ['keeps groups', 'abab abba', { text: '(a)(b)\\1\\2', isRegex: true }, '[abab] abba'],
    ['skips what is empty', 'aab', { text: 'x*|b', isRegex: true, wholeWords: false }, 'aab'],
    ['knows paragraphs', 'Ab\nAc', { text: '^A.', isRegex: true }, '[Ab]\n[Ac]'],
    ['needs no spaces in Chinese', '在北京航', { text: '北.', isRegex: true }, '在[北京]航'],
    [
      'counts code points in an expression',
      '😀x',
      { text: '^.x', isRegex: true, wholeWords: false },
      '[😀x]',
    ],
    ['asks nothing without a text', 'a', { text: '  ' }, 'a'],
    ['asks nothing without an expression', 'a', { text: '', isRegex: true }, 'a'],
  ];
  for (const [why, text, query, marked] of cases) it(why, () => assert.equal(mark(text, query), marked));

  it('says what is wrong with an expression', () => {
    const wrong: [text: string, message: RegExp][] = [
      ['a(b', /^Unterminated group$/],
      ['a)(b', /^Unmatched '\)'$/],
      ['\\p{Nonsense}', /^Invalid property name$/],
      ['a: b(', /^Unterminated group$/],
    ];
    for (const [text, message] of wrong)
      assert.throws(
        () => patternOfQuery({ ...NO_QUERY, text, isRegex: true }),
        (error) => error instanceof InvalidPattern && message.test(error.message),
        text,
      );
  });

  it('runs from its own source, as in another thread', () => {
    const run = runInThisContext(`(${findInTexts.toString()})`) as typeof findInTexts;
    assert.deepEqual(run({ source: 'b', flags: 'gu' }, ['abb', 'c']), [[1, 2, 2, 3], []]);
  });

  it('finds the words that a search form by form finds', () => {
    const word = fc.constantFrom('a', 'word', '中', '😀', 'Ä', 'a b');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, hostileText)),
        word,
        fc.boolean(),
        fc.boolean(),
        (parts, text, wholeWords, matchCase) => {
          const all = parts.join('');
          const found = findInTexts(patternOfQuery({ ...NO_QUERY, text, wholeWords, matchCase })!, [all])[0]!;
          const naive = findForms(all, [text], { wholeWords, matchCase });
          assert.deepEqual(
            found,
            naive.flatMap(({ start16, end16 }) => [start16, end16]),
          );
        },
      ),
    );
  });

  it('finds a plain expression wherever the text is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', ' ', 'é', '😀')),
        fc.constantFrom('a', 'ab', '😀', 'é'),
        (parts, text) => {
          const all = parts.join('');
          const query = { ...NO_QUERY, text, isRegex: true, wholeWords: false, matchCase: true };
          const starts: number[] = [];
          for (let at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + text.length))
            starts.push(at, at + text.length);
          assert.deepEqual(findInTexts(patternOfQuery(query)!, [all]), [starts]);
        },
      ),
    );
  });
});

const mention = (start: number, end: number, label: string, more: Partial<Mention> = {}): Mention => ({
  ...{ start, end, text: 'x'.repeat(end - start), label, link: undefined },
  ...{ reviewed: false, suggested: false, isKnown: true, broken: false, isSpecial: false, ...more },
});
const hit = (start: number, end: number) => ({ start, end, text: 'x'.repeat(end - start) });
const show = (lines: readonly Line[]) =>
  lines.map(({ start, end, label, state }) => `${start}-${end} ${label ?? '-'} ${state}`);

describe('the lines of a concordance', () => {
  const mentions = [
    mention(0, 4, 'PER', { reviewed: true }),
    mention(0, 4, 'GPE'),
    mention(0, 4, 'GPE', { reviewed: true }),
    mention(5, 20, 'ORG', { suggested: true }),
    mention(30, 34, 'PER', { broken: true }),
  ];

  it('are hits with each entity that is exactly there', () => {
    assert.deepEqual(show(linesOf([hit(0, 4), hit(10, 14), hit(30, 34)], mentions, '')), [
      '0-4 PER reviewed',
      '0-4 GPE unreviewed',
      '10-14 - untagged',
      '30-34 - untagged',
    ]);
  });
  it('are the entities of a label', () => {
    assert.deepEqual(show(linesOf(undefined, mentions, 'PER')), ['0-4 PER reviewed']);
  });
  it('are the entities of a label that hold a hit', () => {
    assert.deepEqual(show(linesOf([hit(0, 4), hit(10, 14)], mentions, 'ORG')), ['5-20 ORG suggestion']);
    assert.deepEqual(show(linesOf([hit(2, 6), hit(18, 22)], mentions, 'ORG')), []);
  });
  it('hold a hit where a look at each hit says so', () => {
    const span = fc.tuple(fc.nat(20), fc.nat(5)).map(([start, length]) => hit(start, start + 1 + length));
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (spans, hits) => {
        let end = 0;
        const apart = hits
          .sort((a, b) => a.start - b.start)
          .filter((one) => one.start >= end && (end = one.end));
        const all = spans.map((one) => mention(one.start, one.end, 'A'));
        const found = linesOf(apart, all, 'A').map(({ start, end }) => `${start}-${end}`);
        const naive = spans.filter((one) => apart.some((h) => one.start <= h.start && h.end <= one.end));
        assert.deepEqual(found, [...new Set(naive.map((one) => `${one.start}-${one.end}`))]);
      }),
    );
  });
  it('are filtered by state', () => {
    const states: [filter: StateFilter, count: number][] = [
      ...([
        ['any', 4],
        ['untagged', 1],
        ['tagged', 3],
      ] as const),
      ...([
        ['unreviewed', 1],
        ['reviewed', 1],
        ['suggestion', 1],
      ] as const),
    ].map(([filter, count]) => [filter, count]);
    const lines = [
      ...linesOf([hit(0, 4), hit(10, 14)], mentions, ''),
      ...linesOf(undefined, mentions, 'ORG'),
    ];
    for (const [filter, count] of states)
      assert.equal(lines.filter((line) => hasState(line, filter)).length, count, filter);
  });
});

describe('the context of a line', () => {
  it('is on one line, cut at a number of code points', () => {
    const text = `${'a'.repeat(150)} 😀\n\nKey\tword ${'b'.repeat(150)}`;
    const start = Array.from(text).indexOf('K');
    const { left, keyword, right } = contextAt(new TextIndex(text), { start, end: start + 8 });
    assert.equal(left, `${'a'.repeat(96)} 😀 `);
    assert.equal(keyword, 'Key word');
    assert.equal(right, ` ${'b'.repeat(99)}`);
  });
  it('keeps what a person sees as one character whole', () => {
    const family = '👨‍👩‍👧';
    const text = `${family.repeat(30)}x${family.repeat(30)}`;
    const at = Array.from(family).length * 30;
    const { left, right } = contextAt(new TextIndex(text), { start: at, end: at + 1 });
    assert.equal(left, family.repeat(20));
    assert.equal(right, family.repeat(20));
  });
  it('is what stands there in any text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (before, keyword, after) => {
        const index = new TextIndex(before + keyword + after);
        const [start, end] = [new TextIndex(before).length, new TextIndex(before + keyword).length];
        const context = contextAt(index, { start, end });
        const flat = (from: number, to: number) => index.slice({ start: from, end: to }).replace(/\s+/g, ' ');
        assert.ok(flat(0, start).endsWith(context.left));
        assert.ok(flat(end, index.length).startsWith(context.right));
        assert.ok(Array.from(context.left).length <= CONTEXT_LENGTH);
      }),
    );
  });
});

describe('the order of lines', () => {
  const index = new TextIndex('The old port, and the New  port; Élan port. 北京的port');
  const at = (n: number): Line => {
    let start = -1;
    for (let i = 0; i <= n; i++) start = index.text.indexOf('port', start + 1);
    return { start, end: start + 4, text: 'port', label: undefined, state: 'untagged' };
  };
  it('goes by the words before, from the keyword outwards', () => {
    const keys = [0, 1, 2, 3].map((n) => contextKey(at(n), index, 'left').split('\0').slice(0, 2));
    assert.deepEqual(keys, [
      ['old', 'the'],
      ['new', 'the'],
      ['elan', 'port'],
      ['的', '京'],
    ]);
  });
  it('goes by the words after', () => {
    assert.deepEqual(contextKey(at(0), index, 'right').split('\0').slice(0, 3), ['and', 'the', 'new']);
  });
  it('goes by date, keyword or place', () => {
    const line = at(0);
    assert.equal(keyOf(line, 'date', '2020-01-02', undefined), '2020-01-02');
    assert.equal(keyOf({ ...line, text: 'ÉTÉ' }, 'keyword', undefined, undefined), 'ete');
    assert.equal(keyOf(line, 'place', '2020-01-02', index), '');
    assert.equal(fold('Ünë'), 'une');
  });
  it('is that of a stable sort, whatever the pauses', async () => {
    const item = fc.record({ key: fc.nat(50), id: fc.nat() });
    const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 40 }), fc.nat(400), async (some, times) => {
        const items = Array.from({ length: times }, () => some).flat();
        let pauses = 0;
        const sorted = await sortInSteps(items, compare, () => Promise.resolve(void pauses++));
        assert.deepEqual(sorted, items.toSorted(compare));
        assert.ok(pauses >= Math.floor(items.length / 4096));
      }),
      { numRuns: 30 },
    );
  });
  it('is kept where lines come in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.array(fc.nat(30)), (one, two) => {
        const compare = (a: number, b: number) => a - b;
        assert.deepEqual(insertSorted(one.sort(compare), two, compare), [...one, ...two].sort(compare));
      }),
    );
  });
});

describe('a concordance as TSV', () => {
  it('is read again as it was', () => {
    const text = fc.oneof(hostileText, fc.constantFrom('a\tb', '"q"', 'a\nb', ' x ', '', '=1+1', '\r'));
    const row = fc.record({
      ...{ article: text, date: fc.option(text, { nil: undefined }), start: fc.nat(), end: fc.nat(), text },
      ...{ label: fc.option(text, { nil: undefined }), state: fc.constant('untagged' as const) },
      context: fc.record({ left: text, keyword: text, right: text }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const { data } = Papa.parse<string[]>(TSV_HEAD + toTsv(rows), { delimiter: '\t', newline: '\n' });
        const values = rows.map(({ article, date, start, end, label, state, context, text: keyword }) =>
          [article, date ?? '', start, end, label ?? '', state, context.left, keyword, context.right].map(
            // No cell is a formula for a spreadsheet: texts of strangers may be one.
            (value) => (/^'*[=+\-@\t\r\n]/.test(String(value)) ? `'${value}` : String(value)),
          ),
        );
        assert.deepEqual(data.slice(1, -1), values);
        for (const cell of data.flat()) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
      }),
    );
  });
  it('has a head, a line a row, and quotes where they are needed', () => {
    const context = { left: 'in ', keyword: '', right: ' "now"' };
    const row = {
      article: 'a.txt',
      date: undefined,
      start: 3,
      end: 7,
      text: 'New\nYork',
      label: 'GPE',
      context,
    };
    assert.equal(
      TSV_HEAD + toTsv([{ ...row, state: 'reviewed' }]),
      'article\tdate\tstart\tend\tlabel\tstate\tleft\tkeyword\tright\na.txt\t\t3\t7\tGPE\treviewed\t"in "\t"New\nYork"\t" ""now"""\n',
    );
    const formula = { ...row, text: '=HYPERLINK("x")', context: { ...context, left: '-', right: '+1' } };
    assert.equal(
      toTsv([{ ...formula, state: 'reviewed' }]),
      `a.txt\t\t3\t7\tGPE\treviewed\t'-\t"'=HYPERLINK(""x"")"\t'+1\n`,
    );
  });
});
