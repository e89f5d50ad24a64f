import assert from 'node:assert/strict';
import { Order, type SortBy } from '../../../src/features/articles-view/order.ts';
import { ArticleTree, entriesBelow, type TreeNode } from '../../../src/features/articles-view/tree.ts';
import type { ArticleEntry } from '../../../src/workspace/corpus/article-entry.ts';

const corpus = { name: 'corpus', root: { toString: () => 'file:///corpus' } };

/** An article as far as the tree looks at it. */
function article(path: string, state = 'untouched', date?: string, of = corpus): ArticleEntry {
  const uri = { path: `/corpus/${path}`, toString: () => `${of.root.toString()}/${path}` };
  return { uri, corpus: of, path, state, summary: { date } } as unknown as ArticleEntry;
}

function draw(tree: ArticleTree, nodes: readonly TreeNode[] = tree.roots, indent = ''): string[] {
  return nodes.flatMap((node) => {
    const name =
      node.kind === 'article'
        ? node.entry.path.split('/').at(-1)!
        : node.kind === 'range'
          ? `(${node.children.length})`
          : `${node.name}/`;
    return [indent + name, ...draw(tree, tree.children(node), indent + '  ')];
  });
}

function assertTree(by: SortBy, entries: ArticleEntry[], expected: string[], hasCorpusNodes = false): void {
  assert.deepEqual(draw(new ArticleTree(entries, Order.by[by], hasCorpusNodes)), expected);
}

describe('articles tree', () => {
  it('follows folders, which come first, and sorts numbers by value', () => {
    const paths = ['a10.txt', 'z/y/b.txt', 'a2.txt', 'z/a.txt', 'b/c.txt'];
    assertTree(
      'name',
      paths.map((path) => article(path)),
      ['b/', '  c.txt', 'z/', '  y/', '    b.txt', '  a.txt', 'a2.txt', 'a10.txt'],
    );
  });

  it('sorts by date in both directions, articles without one last', () => {
    const entries = [article('a'), article('b', 'done', '2022-01-02'), article('c', 'done', '2021-05-06')];
    assertTree('date', entries, ['c', 'b', 'a']);
    assertTree('newest', entries, ['b', 'c', 'a']);
  });

  it('sorts by state, what wants attention first', () => {
    const states = ['done', 'untouched', 'trouble', 'in-progress', 'done'];
    assertTree(
      'state',
      states.map((state, n) => article(`${n}`, state)),
      ['2', '3', '1', '0', '4'],
    );
  });

  it('goes through all articles in the order that it shows, from any of them on and round', () => {
    const paths = ['z/y/b.txt', 'a.txt', 'z/a.txt', 'b/c.txt', 'b.txt'];
    const long = Array.from({ length: 1200 }, (_, n) => `long/${n}.txt`);
    const entries = [...paths, ...long].map((path) => article(path));
    for (const hasCorpusNodes of [false, true]) {
      const tree = () => new ArticleTree(entries, Order.by.name, hasCorpusNodes);
      const all = [...tree().articlesFrom(undefined)];
      const drawn = draw(tree()).filter((line) => line.endsWith('.txt'));
      assert.deepEqual(
        all.map(({ path }) => path.split('/').at(-1)),
        drawn.map((line) => line.trim()),
      );
      for (const at of [0, 1, 2, 499, 500, 501, 1000, all.length - 1]) {
        const rest = [...tree().articlesFrom(all[at])];
        assert.deepEqual(rest, [...all.slice(at + 1), ...all.slice(0, at)]);
      }
      assert.deepEqual([...tree().articlesFrom(article('gone.txt'))], all);
    }
  });

  it('has a node for each of several corpora', () => {
    const other = { name: 'other', root: { toString: () => 'file:///other' } };
    const entries = [article('a.txt'), article('b.txt', 'done', undefined, other)];
    assertTree('name', entries, ['corpus/', '  a.txt', 'other/', '  b.txt'], true);
  });

  it('groups more than a thousand siblings, and finds articles in groups', () => {
    const entries = Array.from({ length: 1201 }, (_, n) => article(`long/${n}.txt`));
    const tree = new ArticleTree(entries, Order.by.name, false);
    const node = tree.find(entries[1200]!)!;
    assert.equal(tree.parent(node)?.kind, 'range');
    assert.equal(tree.parent(tree.parent(node)!)?.id, 'file:///corpus/long');
    assert.equal(tree.parent(tree.parent(tree.parent(node)!)!), undefined);
    const [long] = tree.roots;
    assert.deepEqual(
      tree.children(long!).map((range) =>
        entriesBelow(range)
          .map(({ path }) => path)
          .at(-1),
      ),
      ['long/499.txt', 'long/999.txt', 'long/1200.txt'],
    );
    assert.equal(entriesBelow(long!).length, 1201);
    assert.equal(new Set(tree.children(long!).map(({ id }) => id)).size, 3);
  });

  it('leaves a thousand siblings ungrouped', () => {
    const entries = Array.from({ length: 1000 }, (_, n) => article(`${n}.txt`));
    assert.ok(new ArticleTree(entries, Order.by.name, false).roots.every(({ kind }) => kind === 'article'));
  });

  it('tells when a change of an article moves its row', () => {
    const shown = article('a.txt', 'untouched', '2020-01-01');
    const hidden = article('b.txt');
    const tree = new ArticleTree([shown], Order.by.date, false);
    assert.equal(tree.find(shown)?.entry, shown);
    assert.equal(tree.isMisplaced(shown, true), false);
    assert.equal(tree.isMisplaced(shown, false), true);
    assert.equal(tree.isMisplaced(hidden, false), false);
    assert.equal(tree.isMisplaced(hidden, true), true);
    Object.assign(shown, { summary: { date: '2021-01-01' } });
    assert.equal(tree.isMisplaced(shown, true), true);
  });
});
