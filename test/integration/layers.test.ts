import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { disk } from '#disk';
import { ArticleEntry } from '../../src/workspace/corpus/article-entry.ts';
import { OldTexts } from '../../src/workspace/open/old-texts.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';
const ADA = '  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada}\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';

describe('layers of annotators', () => {
  editText();
  let scratch: Scratch;
  let article: vscode.Uri;
  afterEach(() => scratch.remove());

  const open = async (files: Record<string, string> = {}) => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + ADA, ...files });
    article = await scratch.article('a.txt');
  };
  const entities = async (layer?: string) =>
    (await scratch.api.getEntities(article, layer)).map(({ label, text }) => `${label} ${text}`);
  const rome = { label: 'GPE', start: 32, end: 36 };

  it('are each read and written for themselves, in the text as it is now @web', async () => {
    await open({ 'a.ada.ann.yaml': HEAD + BOB });
    await until(async () => (await scratch.api.getLayers(article)).join() === 'ada', 'her layer');
    assert.deepEqual([await entities(), await entities('ada')], [['PER Ada'], ['PER Bob']]);
    const shared = await scratch.read('a.ann.yaml');
    await scratch.api.addEntities(article, [rome], 'ada');
    assert.match(await scratch.read('a.ada.ann.yaml'), /text: Bob\}\n.*label: GPE, start: 32, end: 36/);
    assert.equal(await scratch.read('a.ann.yaml'), shared);
    assert.deepEqual(await entities(), ['PER Ada']);
    const document = await scratch.type('a.txt', (text) => text.replace('2020', '02020'));
    await document.save();
    await until(async () => /start: 18.*Ada/.test(await scratch.read('a.ann.yaml')), 'the shared one');
    await until(async () => /start: 26.*Bob/.test(await scratch.read('a.ada.ann.yaml')), "Ada's");
  });

  it('come to be with what is written into them, and are not shown as the shared one', async () => {
    await open();
    assert.deepEqual(await scratch.api.getLayers(article), []);
    assert.deepEqual(await entities('bo'), []);
    const [added] = await scratch.api.addEntities(article, [rome], 'bo');
    assert.match(await scratch.read('a.bo.ann.yaml'), /^article: a\.txt\n[^]*text: Rome/m);
    await until(async () => (await scratch.api.getLayers(article)).join() === 'bo', 'the layer in the list');
    assert.deepEqual(await entities(), ['PER Ada']);
    assert.equal((await scratch.api.findEntities({ text: 'Rome' })).length, 0);
    await scratch.api.removeEntities(article, [added!.id], 'bo');
    assert.deepEqual(await entities('bo'), []);
    for (const name of ['../x', 'a.b', 'a/b']) await assert.rejects(entities(name), TypeError);
  });

  it('follow what other programs do to their sidecars, and keep what waits for unsaved text apart', async () => {
    await open({ 'a.ada.ann.yaml': HEAD + BOB });
    await entities('ada');
    await scratch.write('a.ada.ann.yaml', `${HEAD}${ADA}${BOB}`);
    await until(async () => (await entities('ada')).length === 2, 'their entity');
    const document = await scratch.type('a.txt', (text) => text.replace('Rome.', 'Rome!'));
    await scratch.api.addEntities(article, [rome], 'ada');
    assert.doesNotMatch(await scratch.read('a.ada.ann.yaml'), /Rome/);
    assert.deepEqual([await entities(), (await entities('ada')).length], [['PER Ada'], 3]);
    await document.save();
    await until(async () => (await scratch.read('a.ada.ann.yaml')).includes('Rome'), 'it on disk');
    assert.doesNotMatch(await scratch.read('a.ann.yaml'), /Rome/);
  });

  it('are found in all articles by what is tagged in them, as that is now @web', async () => {
    const line = (id: string, label: string, start: number) =>
      `  - {id: ${id}, label: ${label}, start: ${start}, end: ${start + 3}, text: Bob}\n`;
    await open({
      'a.ada.ann.yaml': HEAD + BOB,
      'a.bo.ann.yaml': HEAD + BOB.replace('PER', 'GPE'),
      'b.txt': 'Bob.\n',
      'b.ada.ann.yaml': HEAD.replace('a.txt', 'b.txt') + line('cccccc', 'GPE', 0),
    });
    await scratch.article('b.txt');
    const found = async (filter: Parameters<typeof scratch.api.findEntities>[0]) =>
      (await scratch.api.findEntities({ text: 'Bob', ...filter }))
        .filter(({ article }) => article.path.startsWith(scratch.folder.path))
        .map(({ article, label, start }) => `${article.path.slice(-5)} ${label} ${start}`)
        .sort();
    assert.deepEqual(await found({ layer: 'ada' }), ['a.txt PER 25', 'b.txt GPE 0']);
    assert.deepEqual(await found({ layer: 'ada', label: 'GPE' }), ['b.txt GPE 0']);
    assert.deepEqual(await found({ layer: 'bo' }), ['a.txt GPE 25']);
    assert.deepEqual([await found({}), await found({ layer: 'nobody' })], [[], []]);
    await scratch.write('b.ada.ann.yaml', HEAD.replace('a.txt', 'b.txt') + line('cccccc', 'PER', 0));
    await until(async () => (await found({ layer: 'ada', label: 'GPE' })).length === 0, 'what others wrote');
    await scratch.write('a.txt', `Well: ${TEXT}`);
    await until(async () => (await found({ layer: 'ada' }))[0] === 'a.txt PER 31', 'the text that changed');
    const [added] = await scratch.api.addEntities(article, [{ label: 'GPE', start: 31, end: 34 }], 'ada');
    assert.deepEqual((await found({ layer: 'ada' }))[0], 'a.txt GPE 31');
    await scratch.api.removeEntities(article, [added!.id], 'ada');
    await scratch.delete('b.ada.ann.yaml');
    await until(async () => (await found({ layer: 'ada' })).join() === 'a.txt PER 31', 'the sidecar gone');
    await assert.rejects(found({ layer: '../x' }), TypeError);
  });

  it('are read with the text of their article, which is read once for all of them', async () => {
    await open({ 'a.ada.ann.yaml': HEAD + BOB, 'a.bo.ann.yaml': 'version: 1\n- x\n' });
    const store = new CorpusStore(scratch.uri('.storage'));
    await store.catalog.ready;
    await store.catalog.summarized;
    const { key, corpus, path } = store.catalog.entry(article)!;
    const entry = new ArticleEntry(key, corpus, path, true, new OldTexts(scratch.uri('.storage')));
    for (const layer of ['ada', 'bo']) entry.layers.set(layer, []);
    const read = disk.read.bind(disk);
    const counted: string[] = [];
    disk.read = (uri) => {
      if (uri.path.startsWith(scratch.folder.path)) counted.push(uri.path.split('/').at(-1)!);
      return read(uri);
    };
    const { entities } = await entry.refresh(undefined).finally(() => (disk.read = read));
    store.dispose();
    assert.deepEqual(
      entities.map(({ text }) => text),
      ['Ada'],
    );
    assert.deepEqual(
      counted.filter((name) => name === 'a.txt'),
      ['a.txt'],
    );
    assert.deepEqual([...entry.layers].map(([layer, problems]) => [layer, problems.length > 0]), [['ada', false], ['bo', true]]); // prettier-ignore
  });

  describe('are among the problems', () => {
    it('with what is wrong in their sidecars, for themselves, as they change and go @web', async () => {
      await open({ 'a.ada.ann.yaml': 'version: 1\narticle: a.txt\nentities: [\n' });
      await scratch.untilCodes('a.ada.ann.yaml', 'yaml-syntax');
      assert.deepEqual(scratch.problems('a.ann.yaml'), []);
      await scratch.write('a.ada.ann.yaml', HEAD + BOB.replace('PER', 'XYZ') + ADA.replace('17', '1'));
      await scratch.untilCodes('a.ada.ann.yaml', 'unknown-label', 'entity-not-found');
      assert.deepEqual(scratch.diagnostics('a.txt'), [], 'the article shows the shared layer');
      await scratch.write('a.bo.ann.yaml', 'version: 1\n- x\n');
      await until(() => scratch.diagnostics('a.bo.ann.yaml').length > 0, 'those of a layer that is new');
      await scratch.untilCodes('a.ada.ann.yaml', 'unknown-label', 'entity-not-found');
      await scratch.delete('a.bo.ann.yaml');
      await scratch.untilCodes('a.bo.ann.yaml');
      await scratch.delete('a.txt');
      await scratch.untilCodes('a.ada.ann.yaml');
    });

    it('in the light of the text and of the label set as they are, with the article open or not', async () => {
      await open({ 'a.ada.ann.yaml': HEAD + BOB });
      await scratch.write('corpus.yaml', 'version: 1\nlabels:\n  GPE: {key: g}\n');
      await scratch.untilCodes('a.ada.ann.yaml', 'unknown-label');
      await scratch.write('corpus.yaml', 'version: 1\nlabels:\n  PER: {key: p}\n');
      await scratch.untilCodes('a.ada.ann.yaml');
      await scratch.write('a.txt', TEXT.replace('Bob', 'Eve'));
      await scratch.untilCodes('a.ada.ann.yaml', 'entity-not-found');
      const document = await scratch.type('a.txt', (text) => text.replace('Eve', 'Bob'));
      await document.save();
      await scratch.untilCodes('a.ada.ann.yaml');
    });

    it('as they stand in an editor that has their sidecar open', async () => {
      await open({ 'a.ada.ann.yaml': HEAD + BOB });
      await scratch.type('a.ada.ann.yaml', (text) => text.replace('PER', 'XYZ'));
      await scratch.untilCodes('a.ada.ann.yaml', 'unknown-label');
    });
  });
});
