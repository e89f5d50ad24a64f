import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LabelCounts } from '../../../src/features/labels-view/label-counts.ts';
import type { ArticleEntry } from '../../../src/workspace/corpus/article-entry.ts';
import type { Corpus } from '../../../src/workspace/corpus/corpus.ts';

type Labels = Map<string, number>;
type Article = { corpus: Corpus; summary: { labels: Labels }; uri: string };

const CORPORA = [{}, {}] as Corpus[];

/** Six articles of two corpora, of which the first are open. */
function makeStore(open: number) {
  const articles = Array.from({ length: 6 }, (_, n): Article => ({
    corpus: CORPORA[n % 2]!,
    summary: { labels: new Map() },
    uri: `${n}`,
  }));
  let passes = 0;
  const labelsOfGroup = (group: unknown) => {
    passes++;
    const sum: Labels = new Map();
    for (const { corpus, summary } of articles)
      if (corpus === group)
        for (const [label, count] of summary.labels) sum.set(label, (sum.get(label) ?? 0) + count);
    return sum;
  };
  const store = {
    catalog: {
      index: { labelsOfGroup },
      entry: (uri: unknown) => articles.find((article) => article.uri === uri),
    },
    live: { all: articles.slice(0, open) },
  } as unknown as ConstructorParameters<typeof LabelCounts>[0];
  return { articles, store, labelsOfGroup, passes: () => passes };
}

describe('counts of labels', () => {
  const labels = fc
    .array(fc.tuple(fc.constantFrom('PER', 'ORG', 'GPE'), fc.integer({ min: 1, max: 5 })), { maxLength: 3 })
    .map((pairs) => new Map(pairs));

  it('are those of a count of all, whatever changes', () => {
    const change = fc.record({ at: fc.nat(5), labels, corpus: fc.nat(1), isAsked: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(6), fc.array(change), (open, changes) => {
        const { articles, store, labelsOfGroup } = makeStore(open);
        const counts = new LabelCounts(store);
        for (const { at, labels: now, corpus, isAsked } of changes) {
          articles[at]!.summary = { labels: now };
          counts.follow([articles[at] as unknown as ArticleEntry]);
          const asked = CORPORA[corpus]!;
          if (isAsked) assert.deepEqual(new Map(counts.of(asked)), labelsOfGroup(asked));
        }
      }),
    );
  });

  it('of an article that is open cost no count of all', () => {
    const { articles, store, passes } = makeStore(1);
    const counts = new LabelCounts(store);
    counts.of(CORPORA[0]);
    for (let n = 1; n <= 20; n++) {
      articles[0]!.summary = { labels: new Map([['PER', n]]) };
      counts.follow([articles[0] as unknown as ArticleEntry]);
      assert.equal(counts.of(CORPORA[0]).get('PER'), n);
    }
    assert.equal(passes(), 1);
    counts.forget();
    counts.of(CORPORA[0]);
    assert.equal(passes(), 2);
  });
});
