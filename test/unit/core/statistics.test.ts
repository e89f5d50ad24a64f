import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addArticle, addCounted, noneCounted, type CountedArticle } from '../../../src/core/statistics.ts';
import { TextIndex } from '../../../src/core/text.ts';

const entity = (label: string, more: object = {}) => ({
  ...{ id: 'aaaaaa', label, start: 0, end: 1, text: 'A' },
  ...more,
});
const article = (raw: string, more: Partial<CountedArticle> = {}): CountedArticle => ({
  ...{ index: new TextIndex(raw), isValid: true, status: 'open' as const, entities: [] },
  ...more,
});
const counted = (articles: readonly CountedArticle[]) => {
  const sum = noneCounted();
  for (const one of articles) addArticle(sum, one);
  return sum;
};

describe('statistics', () => {
  it('count characters in code points, entities by label and by what a person did, and articles by month', () => {
    const entities = [
      entity('PER', { reviewed: true }),
      entity('PER'),
      entity('GPE', { broken: true, reviewed: true }),
    ];
    const sum = counted([
      article(' date 2020-05-01 😀', { entities, status: 'done' }),
      article('No date.'),
      article(' date 2020-05-09 x', { isValid: false, status: 'done' }),
    ]);
    assert.deepEqual(sum, {
      ...{ articles: 3, characters: 18 + 8 + 18, annotated: 1, done: 1, invalid: 1 },
      ...{ entities: 3, reviewed: 2, toPlace: 1 },
      labels: new Map([
        ['PER', { entities: 2, reviewed: 1, toPlace: 0 }],
        ['GPE', { entities: 1, reviewed: 1, toPlace: 1 }],
      ]),
      months: new Map([['2020-05', { articles: 2, done: 1, entities: 3 }]]),
    });
  });

  it('of a corpus are those of its parts together, in whatever order', () => {
    const entities = fc.array(
      fc.record({ label: fc.constantFrom('PER', 'GPE', ''), reviewed: fc.boolean(), broken: fc.boolean() }),
      { maxLength: 4 },
    );
    const one = fc
      .record({
        date: fc.constantFrom('', ' date 2020-05-01 ', ' date 2021-01-02 '),
        text: fc.string({ unit: 'grapheme', maxLength: 5 }),
        isValid: fc.boolean(),
        status: fc.constantFrom('open' as const, 'done' as const, undefined),
        entities,
      })
      .map(({ date, text, entities, ...rest }) =>
        article(date + text, { ...rest, entities: entities.map((more) => entity(more.label, more)) }),
      );
    fc.assert(
      fc.property(fc.array(one), fc.nat(), (all, at) => {
        const cut = at % (all.length + 1);
        const [first, second] = [counted(all.slice(0, cut)), counted(all.slice(cut))];
        addCounted(second, first);
        assert.deepEqual(second, counted(all));
      }),
    );
  });
});
