import assert from 'node:assert/strict';
import { followChoice, hitsOf, rowsOf, type HitRow } from '../../../src/features/shared/hit-rows.ts';
import type { Hit } from '../../../src/features/shared/hits.ts';

const articles = new Map<string, Hit['entry']>();
const entryOf = (name: string) => {
  const entry = articles.get(name) ?? ({ path: name } as unknown as Hit['entry']);
  articles.set(name, entry);
  return entry;
};
/** Hits in articles, as `a a b`. */
const hits = (names: string): Hit[] =>
  names.split(' ').map((name, start) => ({ entry: entryOf(name), start }) as unknown as Hit);
const name = ({ kind, hits: own }: HitRow) => `${kind} ${own[0].entry.path} ${own.length}`;

describe('the rows of a preview', () => {
  it('are the hits, below their articles where there are several', () => {
    assert.deepEqual(rowsOf(hits('a a')).map(name), ['hit a 1', 'hit a 1']);
    assert.deepEqual(rowsOf(hits('a a b')).map(name), [
      'article a 2',
      'hit a 1',
      'hit a 1',
      'article b 1',
      'hit b 1',
    ]);
    assert.deepEqual(rowsOf([]), []);
  });

  it('are the articles where hits are too many, and one for the rest of those', () => {
    assert.deepEqual(rowsOf(hits('a a b'), 2).map(name), ['article a 2', 'article b 1']);
    assert.deepEqual(rowsOf(hits('a a b c c d'), 2).map(name), ['article a 2', 'rest b 4']);
    const rows = rowsOf(hits('a a b c c d'), 2);
    assert.deepEqual(
      hitsOf(rows, new Set(rows.slice(1))).map(({ start }) => start),
      [2, 3, 4, 5],
    );
  });

  it('are taken out and in with their article', () => {
    const rows = rowsOf(hits('a a b'));
    const [a, a1, a2, b, b1] = rows as [HitRow, HitRow, HitRow, HitRow, HitRow];
    const all = new Set(rows);
    const out = followChoice(rows, all, new Set([a1, a2, b, b1]));
    assert.deepEqual(out, new Set([b, b1]));
    assert.deepEqual(followChoice(rows, out, new Set([...out, a])), new Set([b, b1, a, a1, a2]));
    const one = followChoice(rows, all, new Set([a, a2, b, b1]));
    assert.deepEqual(one, new Set([a, a2, b, b1]), 'an article stays in with one of its hits');
    assert.deepEqual(followChoice(rows, one, new Set([a, b, b1])), new Set([b, b1]));
    assert.deepEqual(
      hitsOf(rows, one).map(({ start }) => start),
      [1, 2],
    );
  });
});
