import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LostSidecar } from '../../src/workspace/open/lost-sidecars.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { Scratch } from '../support/scratch.ts';

const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
const SIDECAR = (name: string) =>
  `# Ours\nversion: 1\narticle: ${name}.txt\nentities:\n${BOB}relations:\n  - {id: rel111, label: IS, from: bbbbbb, to: bbbbbb}\n`;
const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';

describe('a sidecar that is deleted while its article is known @web', () => {
  let scratch: Scratch;
  let store: CorpusStore;

  beforeEach(async () => {
    const pairs = ['a', 'b', 'c'].flatMap((name) => [
      [`${name}.txt`, TEXT],
      [`${name}.ann.yaml`, SIDECAR(name)],
    ]);
    scratch = await Scratch.make(Object.fromEntries(pairs) as Record<string, string>);
    store = new CorpusStore(scratch.uri('.storage'));
    await store.catalog.ready;
    await store.catalog.summarized;
  });
  afterEach(async () => {
    await store.live.flush();
    store.dispose();
    await scratch.remove();
  });

  const open = async (name: string) =>
    (await store.live.open(await vscode.workspace.openTextDocument(scratch.uri(name))))!;
  const nextTold = () =>
    new Promise<readonly LostSidecar[]>((resolve) => store.lostSidecars.onDidLose(resolve));
  /** Deletes sidecars, as another program does. */
  const remove = async (...names: string[]) => {
    for (const name of names) {
      await scratch.delete(name);
      await store.followFile(scratch.uri(name), 'deleted');
    }
  };
  const facts = (lost: readonly LostSidecar[]) =>
    lost.map(({ entry, entities, source }) => [entry.uri.path.split('/').at(-1), entities, source]);

  it('is told, and comes back as it was, whole', async () => {
    const article = await open('a.txt');
    const told = nextTold();
    await remove('a.ann.yaml', 'b.ann.yaml');
    const lost = await told;
    assert.deepEqual(facts(lost), [
      ['a.txt', 1, SIDECAR('a')],
      ['b.txt', 1, undefined],
    ]);
    assert.equal(article.entities.length, 0);
    await store.lostSidecars.bringBack(lost[0]!);
    assert.equal(await scratch.read('a.ann.yaml'), SIDECAR('a'));
    assert.deepEqual(
      article.entities.map(({ id }) => id),
      ['bbbbbb'],
    );
  });

  it('is told where a new one was written before anybody heard of it, and comes back beside that', async () => {
    const article = await open('a.txt');
    await scratch.delete('a.ann.yaml');
    const ada = { id: 'aaaaaa', label: 'PER', start: 17, end: 20, text: 'Ada' };
    await article.apply('Tag', [{ kind: 'add', of: 'entities', record: ada }]);
    assert.doesNotMatch(await scratch.read('a.ann.yaml'), /Bob/);
    const told = nextTold();
    await store.followFile(scratch.uri('a.ann.yaml'), 'deleted');
    const [lost] = await told;
    assert.equal(lost?.entities, 1);
    await store.lostSidecars.bringBack(lost);
    const source = await scratch.read('a.ann.yaml');
    for (const part of ['text: Ada}', 'text: Bob}', 'id: rel111', '# Ours'])
      assert.ok(source.includes(part), part);
    assert.deepEqual(
      article.entities.map(({ id }) => id),
      ['aaaaaa', 'bbbbbb'],
      source,
    );
  });

  it('is not told where its article went, too, or where it is there again', async () => {
    await open('b.txt');
    const told = nextTold();
    await scratch.delete('a.txt');
    await remove('a.ann.yaml', 'b.ann.yaml');
    await scratch.write('b.ann.yaml', SIDECAR('b'));
    await store.followFile(scratch.uri('b.ann.yaml'), 'created');
    await remove('c.ann.yaml');
    assert.deepEqual(facts(await told), [['c.txt', 1, undefined]]);
  });
});
