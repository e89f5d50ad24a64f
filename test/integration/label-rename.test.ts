import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { usesOfLabel } from '../../src/workspace/steps/label-rename.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const sidecar = (article: string, ...entities: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${entities.map((entity) => `  - {${entity}}\n`).join('')}`;

const LABELS = '# ours\nversion: 1\nlabels:\n  GPE: {key: g} # places\n  PER: {key: p}\n';
const GAZETTEER = 'version: 1\nforms:\n  - {text: Oslo, label: GPE}\n  - {text: Zora, label: PER}\n';
const REFUSED = 'version: 1\nrefused:\n  - {text: Tor, label: GPE, article: a.txt}\n';

describe('renaming a label', () => {
  let scratch: Scratch;
  const files = [
    'corpus.yaml',
    'gazetteer.yaml',
    'refused.yaml',
    'a.ann.yaml',
    'b.ann.yaml',
    'b.ada.ann.yaml',
  ] as const;
  const all = async () => {
    const sources = await Promise.all(files.map((name) => scratch.read(name)));
    // The first write of a sidecar puts the hash of its article in.
    return sources.map((source) => source.replace(/text_hash: .*\n/, '').replace('status: open\n', ''));
  };
  const rename = (argument: object) =>
    run('renameLabel', { root: scratch.folder, preview: false, from: 'GPE', to: 'PLACE', ...argument });

  beforeEach(async () => {
    scratch = await Scratch.make({
      'corpus.yaml': LABELS,
      'gazetteer.yaml': GAZETTEER,
      'refused.yaml': REFUSED,
      'a.txt': 'Zora met Tor in Oslo.\n',
      'a.ann.yaml': sidecar(
        'a.txt',
        'id: aaaaaa, label: PER, start: 0, end: 4, text: Zora',
        'id: bbbbbb, label: GPE, start: 16, end: 20, text: Oslo',
        'id: cccccc, label: GPE, start: 90, end: 94, text: gone',
      ),
      'b.txt': 'Oslo.\n',
      'b.ann.yaml': sidecar('b.txt', 'id: dddddd, label: GPE, start: 0, end: 4, text: Oslo, reviewed: true'),
      'b.ada.ann.yaml': sidecar('b.txt', 'id: eeeeee, label: GPE, start: 0, end: 4, text: Oslo, x: 1'),
    });
    await scratch.article('b.txt');
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    await vscode.window.showTextDocument(document);
    await until(async () => (await scratch.api.findEntities({ text: 'Oslo' })).length === 2, 'the index');
  });

  afterEach(() => scratch.remove());

  it('changes the label set, all sidecars and the lists as one step, and nothing else in them @web', async () => {
    const before = await all();
    await rename({});
    assert.deepEqual(
      await all(),
      before.map((source) => source.replaceAll('GPE', 'PLACE')),
    );
    await run('undoBulk');
    assert.deepEqual(await all(), before);
    await run('redoBulk');
    assert.match(await scratch.read('corpus.yaml'), /PLACE: \{key: g\} # places/);
    await scratch.untilCodes('a.ann.yaml', 'entity-not-found');
    await run('undoAny');
    assert.deepEqual(await all(), before);
  });

  it('makes one of two labels where the new name is there', async () => {
    await rename({ to: 'PER' });
    assert.equal(await scratch.read('corpus.yaml'), '# ours\nversion: 1\nlabels:\n  PER: {key: p}\n');
    assert.match(await scratch.read('b.ann.yaml'), /label: PER, .*text: Oslo/);
    await run('undoBulk');
    assert.equal(await scratch.read('corpus.yaml'), LABELS);
    assert.match(await scratch.read('b.ann.yaml'), /label: GPE, .*text: Oslo/);
  });

  it('renames a label that only sidecars have, without touching the label set', async () => {
    await scratch.write('corpus.yaml', 'version: 1\nlabels:\n  PER: {key: p}\n');
    await scratch.untilCodes('b.ann.yaml', 'unknown-label');
    await rename({});
    assert.equal(await scratch.read('corpus.yaml'), 'version: 1\nlabels:\n  PER: {key: p}\n');
    assert.match(await scratch.read('b.ann.yaml'), /label: PLACE/);
    await run('undoBulk');
  });

  it('changes nothing at all where one of the files cannot be changed', async () => {
    const before = await all();
    await scratch.write('gazetteer.yaml', 'forms: [');
    await rename({});
    await scratch.write('gazetteer.yaml', GAZETTEER);
    const layer = await scratch.read('b.ada.ann.yaml');
    await scratch.write('b.ada.ann.yaml', 'entities: [');
    await rename({});
    await scratch.write('b.ada.ann.yaml', layer);
    await scratch.type('corpus.yaml', (text) => text + '# typed\n');
    await rename({});
    assert.deepEqual(await all(), before);
    await vscode.workspace.save(scratch.uri('corpus.yaml'));
  });

  it('is not taken back where a file was changed since, but in the others where that is asked for', async () => {
    await rename({});
    const changed = (await scratch.read('corpus.yaml')) + '  NEW: {key: n}\n';
    await scratch.write('corpus.yaml', changed);
    await run('undoBulk');
    assert.equal(await scratch.read('corpus.yaml'), changed);
    assert.match(await scratch.read('b.ann.yaml'), /label: PLACE/);
    await scratch.write('corpus.yaml', changed.replace('  NEW: {key: n}\n', ''));
    await run('undoBulk');
    assert.match(await scratch.read('b.ann.yaml'), /label: GPE/);
  });

  it('is not what a label needs that nothing has: it is deleted, which can be undone @web', async () => {
    const before = await all();
    const remove = (label: string) => run('deleteLabel', { label, root: scratch.folder });
    const withSlip = LABELS + '  PRE: {key: e}\n';
    await scratch.write('corpus.yaml', withSlip);
    await remove('PRE');
    assert.equal(await scratch.read('corpus.yaml'), LABELS);
    await run('undoBulk');
    assert.equal(await scratch.read('corpus.yaml'), withSlip);
    await run('redoBulk');
    assert.deepEqual(await all(), before);
  });

  it('is offered for one that is used, in a layer or a list only, too: nothing is deleted', async () => {
    const before = await all();
    for (const label of ['GPE', 'PER']) {
      // The message waits for an answer.
      void run('deleteLabel', { label, root: scratch.folder });
    }
    const store = new CorpusStore(scratch.uri('.storage'));
    try {
      await store.catalog.summarized;
      await store.catalog.ready;
      const corpus = store.catalog.corpusAt(scratch.uri('a.txt'))!;
      const uses = (label: string) => usesOfLabel(store, corpus, label);
      assert.deepEqual(await uses('GPE'), { articles: 3, entities: 4, forms: 2 });
      assert.deepEqual(await uses('PER'), { articles: 1, entities: 1, forms: 1 });
      assert.deepEqual(await uses('NONE'), { articles: 0, entities: 0, forms: 0 });
    } finally {
      store.dispose();
    }
    assert.deepEqual(await all(), before);
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('is asked for on the name of a label in corpus.yaml only', async () => {
    const uri = scratch.uri('corpus.yaml');
    const document = await vscode.workspace.openTextDocument(uri);
    await until(() => document.getText() === LABELS, 'the file in the editor');
    const prepare = (line: number, character: number) =>
      vscode.commands.executeCommand<{ range: vscode.Range; placeholder: string }>(
        'vscode.prepareRename',
        uri,
        new vscode.Position(line, character),
      );
    const { range, placeholder } = await prepare(3, 3);
    assert.deepEqual([document.getText(range), placeholder], ['GPE', 'GPE']);
    await assert.rejects(Promise.resolve(prepare(3, 9)), /label/);
    await assert.rejects(Promise.resolve(prepare(2, 2)), /label/);
  });
});
