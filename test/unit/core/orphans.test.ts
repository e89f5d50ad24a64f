import assert from 'node:assert/strict';
import { orphansFor, pathBeside, type Orphan } from '../../../src/core/sidecar/orphans';

const orphan = (path: string, article: string, textHash: string): Orphan => ({ path, article, textHash });
const X = orphan('old/x.ann.yaml', 'x.txt', 'h1');
const X_ADA = orphan('old/x.ada.ann.yaml', 'x.txt', 'h0');
const XB = orphan('old/x.b.ann.yaml', 'x.b.txt', 'h1');
const Y = orphan('y.ann.yaml', 'y.txt', 'h2');
const UNSAID = orphan('z.ann.yaml', '', '');
const ALL = [X_ADA, X, XB, Y, UNSAID];

/** The sets of paths, with how they were found. */
const found = (article: string, hash: string) =>
  orphansFor(ALL, article, hash).map(({ orphans, isSameText }) => [
    isSameText ? 'text' : 'name',
    ...orphans.map(({ path }) => path),
  ]);

describe('sidecars without an article', () => {
  it('are found by the text that they are about, with their layers', () => {
    assert.deepEqual(found('new/n.md', 'h1'), [
      ['text', 'old/x.ada.ann.yaml', 'old/x.ann.yaml'],
      ['text', 'old/x.b.ann.yaml'],
    ]);
    assert.deepEqual(found('n.txt', 'h0'), [['text', 'old/x.ada.ann.yaml', 'old/x.ann.yaml']]);
  });

  it('are found by the name of their article where no text is theirs', () => {
    assert.deepEqual(found('new/x.txt', 'h9'), [['name', 'old/x.ada.ann.yaml', 'old/x.ann.yaml']]);
    assert.deepEqual(found('new/X.TXT', 'h9').length, 1);
    assert.deepEqual(found('new/x.txt', 'h2'), [['text', 'y.ann.yaml']]);
    assert.deepEqual(found('new/x.md', 'h9'), []);
    assert.deepEqual(found('new/z.txt', ''), []);
  });

  const places: [orphan: Orphan, article: string, path: string][] = [
    [X, 'new/n.txt', 'new/n.ann.yaml'],
    [X_ADA, 'new/n.txt', 'new/n.ada.ann.yaml'],
    [XB, 'n.m.txt', 'n.m.ann.yaml'],
    [UNSAID, 'n', 'n.ann.yaml'],
    [orphan('renamed.ann.yaml', 'x.txt', ''), 'n.txt', 'n.ann.yaml'],
  ];
  for (const [one, article, path] of places)
    it(`belong beside ${article} as ${path}`, () => assert.equal(pathBeside(one, article), path));
});
