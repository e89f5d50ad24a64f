import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { disk } from '#disk';
import { MentionIndex } from '../../src/core/mentions.ts';
import { ArticleEntry, currentStamps, listFiles } from '../../src/workspace/corpus/article-entry.ts';
import { IndexCache } from '../../src/workspace/corpus/index-cache.ts';
import { OldTexts } from '../../src/workspace/open/old-texts.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { isSameSummary } from '../../src/workspace/corpus/summary.ts';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { entity } from '../unit/core/arbitraries.ts';
import { until } from '../support/until.ts';

const sidecar = (article: string, ...lines: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${lines.map((line) => `  - {${line}}\n`).join('')}`;

describe('the index of all entities @web', () => {
  editText();
  let scratch: Scratch;

  afterEach(() => scratch.remove());

  /** Where a text is tagged in the corpus of the test: article, label, start. */
  async function found(text: string): Promise<string[]> {
    const all = await scratch.api.findEntities({ text });
    return all
      .filter(({ article }) => article.path.startsWith(scratch.folder.path))
      .map(
        ({ article, label, start }) =>
          `${article.path.slice(scratch.folder.path.length + 1)} ${label} ${start}`,
      )
      .sort();
  }

  async function make(): Promise<void> {
    scratch = await Scratch.make({
      'a.txt': 'Zora met Tor.\n',
      'a.ann.yaml': sidecar('a.txt', 'id: aaaaaa, label: PER, start: 0, end: 4, text: Zora'),
      'b.txt': 'Tor and Zora 😀 Zora.\n',
      'b.ann.yaml': sidecar(
        'b.txt',
        'id: bbbbbb, label: PER, start: 0, end: 3, text: Tor',
        'id: cccccc, label: GPE, start: 15, end: 19, text: Zora, link: "wikidata:Q1"',
      ),
    });
    await scratch.article('b.txt');
  }

  it('knows a sidecar that comes when the folders have been listed, and the list is not there yet', async () => {
    scratch = await Scratch.make({ 'a.txt': 'Zora met Tor.\n' });
    const store = new CorpusStore(scratch.uri('.storage'));
    const list = disk.list.bind(disk);
    let listed = () => undefined as void;
    let go = () => undefined as void;
    const [isListed, isLeft] = [
      new Promise<void>((resolve) => (listed = resolve)),
      new Promise<void>((resolve) => (go = resolve)),
    ];
    disk.list = async (folders) => {
      const names = await list(folders);
      if (!folders.some(({ path }) => path.replace(/\/$/, '') === scratch.folder.path)) return names;
      listed();
      await isLeft;
      return names;
    };
    try {
      const scanned = store.catalog.ready;
      await isListed;
      const zora = sidecar('a.txt', 'id: aaaaaa, label: PER, start: 0, end: 4, text: Zora');
      const followed = store.followFile(await scratch.write('a.ann.yaml', zora), 'created');
      go();
      await Promise.all([scanned, followed]);
      await store.catalog.summarized;
      const entry = store.catalog.entry(scratch.uri('a.txt'))!;
      assert.deepEqual(
        Array.from(store.catalog.index.of(entry), ({ text }) => text),
        ['Zora'],
      );
    } finally {
      disk.list = list;
      go();
      store.dispose();
    }
  });

  it('does not know again what is gone, though it is open and was to be read', async () => {
    await make();
    const store = new CorpusStore(scratch.uri('.storage'));
    try {
      await store.catalog.ready;
      await store.catalog.summarized;
      const document = await vscode.workspace.openTextDocument(scratch.uri('a.txt'));
      assert.equal((await store.live.open(document))!.entities.length, 1);
      const entry = store.catalog.entry(document.uri)!;
      const known = () => Array.from(store.catalog.index.of(entry), ({ text }) => text);
      assert.deepEqual(known(), ['Zora']);
      await scratch.delete('a.txt');
      await store.catalog.rescan();
      assert.equal(store.catalog.entry(document.uri), undefined);
      await store.catalog.refresh([entry]);
      assert.deepEqual(known(), []);
    } finally {
      store.dispose();
    }
  });

  it('knows what is in sidecars, opened or not', async () => {
    await make();
    await until(async () => (await found('Zora')).length === 2, 'both articles');
    assert.deepEqual(await found('Zora'), ['a.txt PER 0', 'b.txt GPE 15']);
    assert.deepEqual((await scratch.api.findEntities({ link: 'wikidata:Q1', label: 'GPE' })).length, 1);
    assert.deepEqual(await scratch.api.findEntities({ link: 'wikidata:Q1', label: 'PER' }), []);
  });

  it('lists articles in folders of any name, in order', async () => {
    // More folders than are asked for one by one.
    const folders = ['ä ö', 'c#', '😀', 'a', 'a.b', '100%', 'b+', 'x~', "o'clock", '中文'];
    const files = folders.flatMap((folder) => [`${folder}/1.txt`, `${folder}/in/Ü 2.txt`]);
    scratch = await Scratch.make({
      ...Object.fromEntries(files.map((file) => [file, 'Zora.\n'])),
      'c.txt': '',
      '.hidden/no.txt': '',
      'a/.no.txt': '',
      'node_modules/no.txt': '',
      'b+/node_modules/no.txt': '',
    });
    const expected = [...files, 'c.txt', 'corpus.yaml'].sort();
    assert.deepEqual(await listFiles(scratch.folder), expected);
    const store = new CorpusStore(vscode.Uri.joinPath(scratch.folder, '.storage'));
    await store.catalog.ready;
    const own = store.catalog.all.filter(({ key }) => key.startsWith(`${scratch.folder.toString()}/`));
    assert.deepEqual(
      own.map(({ path }) => path),
      expected.filter((path) => path.endsWith('.txt')),
    );
    for (const entry of own) {
      assert.equal(entry.key, scratch.uri(entry.path).toString());
      assert.equal(entry.uri.toString(), entry.key);
      assert.equal(store.catalog.entry(scratch.uri(entry.path)), entry);
      assert.deepEqual(store.catalog.entriesOf(entry.sidecarUri), [entry]);
    }
    store.dispose();
  });

  it('follows tags, text and undo as they come', async () => {
    await make();
    await until(async () => (await found('Zora')).length === 2, 'both articles');
    await scratch.tag('b.txt', 'Zora');
    assert.deepEqual(await found('Zora'), ['a.txt PER 0', 'b.txt GPE 15', 'b.txt PER 8']);
    await scratch.type('b.txt', (text) => `Now ${text}`);
    assert.deepEqual(await found('Zora'), ['a.txt PER 0', 'b.txt GPE 19', 'b.txt PER 12']);
    await vscode.window.showTextDocument(scratch.uri('b.txt'));
    await vscode.commands.executeCommand('undo');
    await until(async () => (await found('Zora')).includes('b.txt PER 8'), 'the text before');
  });

  it('is kept for the next window, which takes over what did not change', async function () {
    await make();
    // In a browser, the times of files are not known.
    if (scratch.folder.scheme !== 'file') this.skip();
    const storage = vscode.Uri.joinPath(scratch.folder, '.storage');
    const store = new CorpusStore(storage);
    await store.catalog.ready;
    await store.catalog.summarized;
    const known = store.catalog.all.filter(({ stamp, summary }) => stamp !== undefined && !summary.inTrouble);
    assert.ok(known.some(({ summary }) => summary.entities > 20));
    const range = new vscode.Range(1, 2, 3, 4);
    const [first] = known;
    first!.layers.set('ada', [{ code: 'yaml-syntax', severity: 'error', values: {}, range }]);
    assert.deepEqual(await currentStamps([first!]), [undefined], 'her sidecar is one of the files');
    const cache = new IndexCache(storage, '');
    await cache.write(store.catalog.all, store.catalog.index);

    const next = () => new MentionIndex<ArticleEntry>(({ corpus }) => corpus);
    const index = next();
    index.set(store.catalog.all[0]!, [entity({ text: 'what other texts have no number of' })]);
    const saved = (await cache.read(index))!;
    const texts = new OldTexts(storage);
    for (const entry of known) {
      const { key, corpus, path, hasSidecar, stamp } = entry;
      const again = new ArticleEntry(key, corpus, path, hasSidecar, texts);
      for (const layer of entry.layers.keys()) again.layers.set(layer, []);
      assert.equal(saved.restore(again, `${stamp}1`), false);
      assert.equal(saved.restore(again, undefined), false);
      assert.deepEqual([...index.of(again)], []);
      assert.ok(saved.restore(again, stamp), path);
      assert.ok(isSameSummary(again.summary, entry.summary), path);
      assert.deepEqual(again.problems, entry.problems);
      assert.deepEqual(again.layers, entry.layers);
      assert.deepEqual([...index.of(again)], [...store.catalog.index.of(entry)]);
    }

    // What was cut off, or is of another kind, is not believed.
    const file = vscode.Uri.joinPath(storage, 'index.bin');
    const bytes = await vscode.workspace.fs.readFile(file);
    for (const part of [bytes.slice(0, bytes.length / 2), new Uint8Array(99), new Uint8Array()]) {
      await vscode.workspace.fs.writeFile(file, part);
      assert.equal(await cache.read(next()), undefined);
    }
    store.dispose();
  });

  it('follows files that change, come and go', async () => {
    await make();
    await until(async () => (await found('Tor')).length === 1, 'both articles');
    const tor = 'id: dddddd, label: PER, start: 9, end: 12, text: Tor';
    await scratch.write('a.ann.yaml', sidecar('a.txt', tor));
    await until(async () => (await found('Tor')).join() === 'a.txt PER 9,b.txt PER 0', 'the sidecar');
    assert.deepEqual(await found('Zora'), ['b.txt GPE 15']);
    await scratch.delete('b.txt');
    await until(async () => (await found('Tor')).join() === 'a.txt PER 9', 'the article gone');
    await scratch.delete('a.ann.yaml');
    await until(async () => (await found('Tor')).length === 0, 'the sidecar gone');
  });
});
