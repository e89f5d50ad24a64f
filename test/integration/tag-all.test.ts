import { adding } from '../../src/core/model/edit.ts';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CorpusStore } from '../../src/workspace/store';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

describe('all mentions of a text', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    scratch = await Scratch.make({
      'a.txt': 'Zora met Tor. Zora left, and Zoras came.\n',
      'b.txt': 'Tor 😀 and Zora.\r\nThen Zora went.\n',
      'c.txt': 'Nobody.\n',
      'd.txt': 'Zora again.\n',
      'd.ann.yaml':
        'version: 1\narticle: d.txt\nentities:\n  - {id: dddddd, label: PER, start: 0, end: 4, text: Zora}\n',
    });
    await scratch.article('d.txt');
  });

  afterEach(() => scratch.remove());

  /** The entities of the corpus, from the index: article, label, place. */
  async function all(): Promise<string[]> {
    const found = await scratch.api.findEntities({});
    return found
      .filter(({ article }) => article.path.startsWith(scratch.folder.path + '/'))
      .map(({ article, label, text, start }) => `${article.path.slice(-5)} ${label} ${text} ${start}`)
      .sort();
  }

  async function select(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(scratch.uri(name));
    const at = document.getText().indexOf(text);
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
    await vscode.window.showTextDocument(document, { selection: range });
    await until(() => scratch.api.getEntities(document.uri).then(() => true), 'the live article');
  }

  const TAGGED = [
    'a.txt PER Zora 0',
    'a.txt PER Zora 14',
    'b.txt PER Zora 10',
    'b.txt PER Zora 21',
    'd.txt PER Zora 0',
  ];

  it('are tagged in the article at whole words, as one step', async () => {
    await select('a.txt', 'Zora');
    await run('tagAllInArticle', { label: 'PER', preview: false });
    assert.deepEqual(await all(), ['a.txt PER Zora 0', 'a.txt PER Zora 14', 'd.txt PER Zora 0']);
    await run('undo');
    assert.deepEqual(await all(), ['d.txt PER Zora 0']);
  });

  it('are tagged longest first, where several texts are selected, and never twice on a span', async () => {
    const text = 'New York, New York City. In New York City; 北京在北京市。\n';
    await scratch.write('e.txt', text);
    await scratch.write(
      'e.ann.yaml',
      'version: 1\narticle: e.txt\nentities:\n  - {id: eeeeee, label: ORG, start: 0, end: 8, text: New York}\n',
    );
    await scratch.article('e.txt');
    await select('e.txt', 'New York City');
    const editor = vscode.window.activeTextEditor!;
    const selectionOf = (form: string, from: number) => {
      const at = text.indexOf(form, from);
      return new vscode.Selection(0, at, 0, at + form.length);
    };
    editor.selections = [selectionOf('New York City', 0), selectionOf('York', 0), selectionOf('北京', 0)];
    await run('tagAllInArticle', { label: 'GPE', preview: false });
    const own = async () => (await all()).filter((line) => line.startsWith('e.txt'));
    const expected = [
      'e.txt GPE New York City 10',
      'e.txt GPE New York City 28',
      'e.txt GPE York 4',
      'e.txt GPE 北京 43',
      'e.txt GPE 北京 46',
      'e.txt ORG New York 0',
    ];
    await until(async () => (await own()).join() === expected.join(), 'all of them').catch(async () =>
      assert.deepEqual(await own(), expected),
    );
    editor.selections = [selectionOf('New York', 10)];
    await run('tagAllInArticle', { label: 'GPE', preview: false });
    assert.equal((await own()).filter((line) => line.endsWith(' 0')).length, 1, 'nothing on the span of ORG');
    assert.equal((await own()).filter((line) => line.includes('New York ')).length, 5);
  });

  it('are tagged in the corpus, open or not, and taken back at once @web', async () => {
    await select('a.txt', 'Zora');
    await run('tagAllInCorpus', { label: 'PER', preview: false });
    await until(async () => (await all()).join() === TAGGED.join(), 'all mentions');
    assert.match(await scratch.read('b.ann.yaml'), /start: 10, end: 14, text: Zora.*\n.*start: 21, end: 25/);
    assert.ok(!(await scratch.exists('c.ann.yaml')));
    await run('undo');
    assert.deepEqual(await all(), ['d.txt PER Zora 0']);
    assert.ok(!(await scratch.exists('b.ann.yaml')), 'a sidecar that was made is gone with what it was for');
    await run('redo');
    assert.deepEqual(await all(), TAGGED);
    assert.ok(await scratch.exists('b.ann.yaml'));
    await run('undoBulk');
    assert.deepEqual(await all(), ['d.txt PER Zora 0']);
    await run('redoBulk');
    assert.deepEqual(await all(), TAGGED);
  });

  it('are taken back by the next undo also where all of them are in other articles', async () => {
    await select('c.txt', 'Nobody');
    await run('tagSelection', { label: 'PER' });
    const like = { article: scratch.uri('d.txt').toString(), id: 'dddddd' };
    await run('tagAllInCorpus', { ...like, label: 'PER', preview: false });
    assert.equal((await all()).length, TAGGED.length + 1);
    await run('undoAny');
    assert.deepEqual(await all(), ['c.txt PER Nobody 0', 'd.txt PER Zora 0']);
    await run('redoAny');
    assert.equal((await all()).length, TAGGED.length + 1);
    await run('undoAny');
    await run('undoAny');
    assert.deepEqual(await all(), ['d.txt PER Zora 0']);
  });

  it('are tagged like the entity at the cursor', async () => {
    await select('d.txt', 'Zora');
    await run('tagAllInCorpus', { preview: false });
    assert.deepEqual(await all(), TAGGED);
  });

  it('are relabelled and untagged, and each is taken back', async () => {
    await select('d.txt', 'Zora');
    await run('tagAllInCorpus', { preview: false });
    await run('relabelAllInCorpus', { label: 'GPE', preview: false });
    assert.deepEqual(
      await all(),
      TAGGED.map((line) => line.replace('PER', 'GPE')),
    );
    await run('untagAllInCorpus', { preview: false });
    assert.deepEqual(await all(), []);
    await run('undo');
    await run('undo');
    assert.deepEqual(await all(), TAGGED);
  });

  it('leave a sidecar without entities where there was one', async () => {
    const sidecar = 'version: 1\narticle: b.txt\nstatus: open\nentities: []\n';
    await scratch.write('b.ann.yaml', sidecar);
    await select('a.txt', 'Zora');
    await run('tagAllInCorpus', { label: 'PER', preview: false });
    assert.match(await scratch.read('b.ann.yaml'), /text: Zora/);
    await run('undo');
    assert.match(await scratch.read('b.ann.yaml'), /entities: \[\]/);
  });

  it('are relabelled and untagged whatever their case and white space, where that is asked for', async () => {
    const entities = [
      '  - {id: e00001, label: PER, start: 0, end: 8, text: New York}',
      '  - {id: e00002, label: PER, start: 10, end: 18, text: "New\\nYork"}',
      '  - {id: e00003, label: PER, start: 20, end: 28, text: NEW YORK}',
    ];
    await scratch.write('e.txt', 'New York, New\nYork, NEW YORK.\n');
    await scratch.write(
      'e.ann.yaml',
      ['version: 1', 'article: e.txt', 'entities:', ...entities, ''].join('\n'),
    );
    await scratch.article('e.txt');
    const own = async () => (await all()).filter((line) => line.startsWith('e.txt'));
    await until(async () => (await own()).length === 3, 'the index');
    await select('e.txt', 'New York');
    await run('relabelAllInCorpus', { label: 'GPE', preview: false });
    assert.deepEqual(await own(), [
      'e.txt GPE New\nYork 10',
      'e.txt GPE New York 0',
      'e.txt PER NEW YORK 20',
    ]);
    await run('undo');
    await run('untagAllInCorpus', { matchCase: false, preview: false });
    assert.deepEqual(await own(), []);
  });

  it('are relabelled and untagged in one article only, where that is asked for', async () => {
    await select('a.txt', 'Zora');
    await run('tagAllInCorpus', { label: 'PER', preview: false });
    await until(async () => (await all()).join() === TAGGED.join(), 'all mentions');
    await run('relabelAllInArticle', { label: 'GPE', preview: false });
    const relabelled = TAGGED.map((one) => (one.startsWith('a.txt') ? one.replace('PER', 'GPE') : one));
    assert.deepEqual(await all(), relabelled);
    await run('untagAllInArticle', { preview: false });
    assert.deepEqual(
      await all(),
      TAGGED.filter((one) => !one.startsWith('a.txt')),
    );
    await run('undo');
    assert.deepEqual(await all(), relabelled);
  });

  it('are taken back in none where one was changed since, until that is asked for', async () => {
    await select('a.txt', 'Zora');
    await run('tagAllInCorpus', { label: 'PER', preview: false });
    const sidecar = await scratch.read('b.ann.yaml');
    await scratch.write('b.ann.yaml', sidecar.replace(/(start: 10.*)\}/, '$1, note: mine}'));
    const before = await all();
    await run('undo');
    assert.deepEqual(await all(), before);
  });

  it('are tagged and taken back in more articles than are open, all of them', async () => {
    const many = Array.from({ length: 230 }, (_, i) => `m${i}.txt`);
    for (const name of many) await scratch.write(name, 'Quill left.\n');
    await scratch.article(many.at(-1)!);
    await select('m0.txt', 'Quill');
    const count = async () => (await scratch.api.findEntities({ text: 'Quill' })).length;
    await run('tagAllInCorpus', { label: 'PER', preview: false });
    assert.equal(await count(), many.length);
    await run('undoBulk');
    assert.equal(await count(), 0);
    const left = (await vscode.workspace.fs.readDirectory(scratch.folder)).map(([name]) => name);
    assert.deepEqual(
      left.filter((name) => /^m\d+\.ann/.test(name)),
      [],
    );
    await run('redoBulk');
    assert.equal(await count(), many.length);
  });

  it('are taken back and done again in several goes where that is stopped', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `m${i}.txt`);
    for (const name of names) await scratch.write(name, 'Quill left.\n');
    const store = new CorpusStore(scratch.uri('storage'));
    await store.catalog.ready;
    const entries = store.catalog.all.filter(({ uri }) => /\/m\d+\.txt$/.test(uri.path));
    assert.equal(entries.length, names.length);
    const entity = (id: string) => ({ id, label: 'PER', start: 0, end: 5, text: 'Quill' });
    const edits = entries.map((entry, i) => [entry, [adding(entity(`quill${i}`))]] as const);
    await store.bulk.apply('Tag', new Map(edits));
    const count = async () => {
      const files = await Promise.all(entries.map(({ sidecarUri }) => scratch.readIfThere(sidecarUri)));
      return files.filter((source) => source.includes('Quill')).length;
    };
    assert.equal(await count(), names.length);
    for (const direction of ['undo', 'redo', 'undo'] as const) {
      const stop = new vscode.CancellationTokenSource();
      const id = (await store.bulk.next(direction))!.id;
      // It looks at all of them first.
      const onProgress = (done: number) => done > 3 && stop.cancel();
      const stopped = await store.bulk.travel(direction, id, { token: stop.token, onProgress });
      assert.ok(stopped!.done.length > 3 && stopped!.stopped > 0);
      assert.equal(stopped!.done.length + stopped!.stopped, names.length);
      assert.ok((await count()) > 0 && (await count()) < names.length);
      assert.equal((await store.bulk.next(direction))?.id, id);
      const rest = await store.bulk.travel(direction, id);
      assert.deepEqual([rest!.done.length, rest!.left.size], [stopped!.stopped, 0]);
      assert.equal(await count(), direction === 'undo' ? 0 : names.length);
      assert.equal(await store.bulk.next(direction), undefined);
    }
    await store.live.flush();
    store.dispose();
  });

  it('are found with their preview, from which each can be taken out', async () => {
    await select('a.txt', 'Zora');
    const done = run('tagAllInCorpus', { label: 'GPE' });
    const moved = vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await moved;
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await all()).length > 1;
    }, 'what was chosen');
    await done;
    assert.deepEqual(await all(), [
      ...TAGGED.slice(0, 4).map((line) => line.replace('PER', 'GPE')),
      'd.txt PER Zora 0',
    ]);
  });
});
