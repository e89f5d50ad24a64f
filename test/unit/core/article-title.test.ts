import assert from 'node:assert/strict';
import fc from 'fast-check';
import { articleTitle } from '../../../src/core/article-title';

describe('the title of an article', () => {
  const cases: readonly (readonly [what: string, text: string, title: string | undefined])[] = [
    ['behind a date', ' date 2022-09-09 The ferry left.\n\nIt was late.\n', 'The ferry left.'],
    ['on a line of its own', 'date: 2022-09-09\n\nThe ferry left.\nIt was late.\n', 'The ferry left.'],
    ['in the header', 'Title: Of ferries\nauthor: Ada\n\nThe ferry left.\n', 'Of ferries'],
    ['as a headline', 'date 2022-09-09\nheadline Of ferries\n\nThe ferry left.\n', 'Of ferries'],
    ['that is empty there', 'title:\nauthor: Ada\n\nThe ferry left.\n', 'The ferry left.'],
    ['with white space', 'The\t ferry\u00a0left \r\nlate.', 'The ferry left'],
    ['that turns directions', '\u202eThe \u2067ferry', 'The ferry'],
    ['of an empty article', ' \n', undefined],
    ['of a header alone', 'date 2022-09-09\n', undefined],
    [
      'that is long',
      'The ferry left the old harbour of the small town in the morning, long before noon.',
      'The ferry left the old harbour of the small town in the…',
    ],
    ['without spaces', '渡'.repeat(80), `${'渡'.repeat(59)}…`],
  ];
  for (const [what, text, title] of cases)
    it(`${what} is what it begins with`, () => assert.equal(articleTitle(text), title));

  it('is short, on one line, and splits no character', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 700 }));
    fc.assert(
      fc.property(fc.constantFrom('', ' date 2022-09-09 ', 'title: '), text, (header, rest) => {
        const title = articleTitle(header + rest);
        if (title === undefined) return;
        assert.ok(Array.from(title).length <= 60 && title.trim() === title && title !== '');
        assert.doesNotMatch(title, /[\r\n\t]/);
        const splits = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
        assert.ok(!splits.test(title) || splits.test(rest));
      }),
    );
  });
});
