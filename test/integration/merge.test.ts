import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n\nAda left.\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
const ROME = '  - {id: rrrrrr, label: GPE, start: 32, end: 36, text: Rome}\n';
const SIDECAR = 'version: 1\narticle: a.txt\nstatus: open\nentities:\n' + BOB;

describe('a sidecar that another program changes while the article is unsaved', () => {
  let scratch: Scratch;
  let article: vscode.Uri;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SIDECAR });
    article = await scratch.article('a.txt');
    document = await scratch.type('a.txt', (text) => text.replace('2020', '02020'));
  });
  afterEach(() => scratch.remove());

  const entities = async () =>
    (await scratch.api.getEntities(article)).map(({ label, text }) => `${label} ${text}`);
  const run = (command: string, argument: object) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, { article, id: 'bbbbbb', ...argument });

  it('is merged: what both added is there, in the article and on disk', async () => {
    await scratch.tag('a.txt', 'Ada');
    await scratch.write('a.ann.yaml', SIDECAR + ROME);
    await until(async () => (await entities()).length === 3, 'their entity');
    assert.deepEqual(await entities(), ['PER Ada', 'PER Bob', 'GPE Rome']);
    await document.save();
    await until(
      async () => /text: Ada.*\n.*text: Bob.*\n.*text: Rome/.test(await scratch.read('a.ann.yaml')),
      'all on disk',
    );
  });

  it('keeps both labels of an entity that both relabelled, each naming the other', async () => {
    await run('relabel', { label: 'GPE' });
    await scratch.write('a.ann.yaml', SIDECAR.replace('PER', 'ORG'));
    await until(async () => (await entities()).length === 2, 'both versions');
    assert.deepEqual(await entities(), ['GPE Bob', 'ORG Bob']);
    await document.save();
    await until(async () => (await scratch.read('a.ann.yaml')).includes('conflict'), 'both on disk');
    const [, first, one, second, other] =
      /\{id: (\w+), label: GPE.*conflict: (\w+)\}\n.*\{id: (\w+), label: ORG.*conflict: (\w+)\}/.exec(
        await scratch.read('a.ann.yaml'),
      ) ?? [];
    assert.deepEqual([one, other], [second, first]);
  });

  it('keeps what was changed here of an entity that was deleted there', async () => {
    await run('editNote', { note: 'mine' });
    await scratch.write('a.ann.yaml', SIDECAR.replace(BOB, ROME));
    await until(async () => (await entities()).join() === 'PER Bob,GPE Rome', 'the changed entity');
    await document.save();
    await until(async () => (await scratch.read('a.ann.yaml')).includes('note: mine'), 'it on disk');
    assert.match(await scratch.read('a.ann.yaml'), /text: Bob, note: mine, conflict: deleted\}/);
  });

  it('deletes here what was deleted there', async () => {
    await scratch.write('a.ann.yaml', SIDECAR.replace(BOB, ROME));
    await until(async () => (await entities()).join() === 'GPE Rome', 'no Bob');
  });
});
