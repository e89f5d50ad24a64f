import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = 'Ada met Bob and Eve.\n';
const entity = (id: string, start: number, text: string) =>
  `  - {id: ${id}, label: PER, start: ${start}, end: ${start + text.length}, text: ${text}}\n`;
const SIDECAR = `version: 1\narticle: a.txt\nentities:\n${entity('aaaaaa', 0, 'Ada')}${entity('bbbbbb', 8, 'Bob')}${entity('cccccc', 16, 'Eve')}`;

describe('what single keys do @web', () => {
  let scratch: Scratch;
  let editor: vscode.TextEditor;

  const run = (command: string, argument?: unknown) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
  const lock = () => run('toggleEditing', { to: 'tagging' });
  const type = async (text: string) => {
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('type', { text });
    return editor.document.getText();
  };
  const selected = () => editor.document.getText(editor.selection);

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SIDECAR });
    editor = await vscode.window.showTextDocument(await scratch.article('a.txt'));
    await until(
      async () => (await scratch.api.getEntities(scratch.uri('a.txt'))).length === 3,
      'its entities',
    );
  });

  afterEach(async () => {
    await lock();
    await scratch.remove();
  });

  it('leaves the text of an article alone until it is unlocked', async () => {
    await lock();
    assert.equal(await type('No. '), TEXT);
    await run('toggleEditing');
    assert.equal(await type('Yes. '), `Yes. ${TEXT}`);
  });

  it('does not lock text that could not be saved then', async () => {
    await run('toggleEditing', { to: 'editing' });
    await type('Yes. ');
    await lock();
    assert.equal(await type('And '), `And Yes. ${TEXT}`);
    assert.ok(await editor.document.save());
    assert.equal(await scratch.read('a.txt'), `And Yes. ${TEXT}`);
    await lock();
    assert.equal(await type('No. '), `And Yes. ${TEXT}`);
  });

  it('puts a label right that was a slip, and adds a second one only where that is asked for', async () => {
    const labels = async () =>
      (await scratch.api.getEntities(scratch.uri('a.txt')))
        .filter(({ text }) => text === 'Bob')
        .map(({ label }) => label)
        .sort()
        .join();
    editor.selection = new vscode.Selection(0, 8, 0, 11);
    await run('tagByKey', { key: 'g' });
    assert.equal(await labels(), 'GPE');
    await run('tagSelection', { label: 'PER' });
    assert.equal(await labels(), 'GPE,PER');
    await run('undo');
    await run('undo');
    assert.equal(await labels(), 'PER');
  });

  it('types a key that was meant for the text', async () => {
    await run('toggleEditing', { to: 'editing' });
    editor.selection = new vscode.Selection(0, 3, 0, 3);
    await run('tagByKey', { key: 'p' });
    await until(() => editor.document.getText() === TEXT.replace('Ada', 'Adap'), 'the key in the text');
  });

  it('begins a review at the cursor, and gives up the selection before it', async () => {
    editor.selection = new vscode.Selection(0, 9, 0, 9);
    await run('reviewNext');
    await until(() => selected() === 'Bob', 'the entity at the cursor');
    await run('escape');
    await until(() => editor.selection.isEmpty, 'the selection gone');
    await run('review.accept');
    await until(() => selected() === 'Eve', 'the next');
    await run('escape');
    await run('escape');
    const reviewed = (await scratch.api.getEntities(scratch.uri('a.txt'))).map((entity) => entity.reviewed);
    assert.deepEqual(reviewed, [false, true, false]);
  });

  it('acts on what the key before has selected, without waiting for the window', async () => {
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const pressed = [run('nextEntity'), run('nextEntity'), run('tagByKey', { key: 'g' }), run('widenEntity')];
    await Promise.all(pressed);
    const entities = await scratch.api.getEntities(scratch.uri('a.txt'));
    assert.deepEqual(
      entities.map(({ label, text }) => `${label} ${text}`),
      ['PER Ada', 'GPE Bob and', 'PER Eve'],
    );
  });
});
