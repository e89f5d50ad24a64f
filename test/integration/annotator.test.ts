import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const SHARED = `${HEAD}  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada}\n`;

describe('annotators', () => {
  let scratch: Scratch;

  /** One change of one setting says who annotates. */
  const annotateAs = (name: string | undefined) =>
    vscode.workspace.getConfiguration('corpusAnnotator').update('annotator', name, true);
  afterEach(async () => {
    await annotateAs(undefined);
    await scratch.remove();
  });

  const show = async (name = 'a.txt') => {
    const editor = await vscode.window.showTextDocument(await scratch.article(name));
    return editor;
  };
  /** Tags a text by the command that keys run. */
  const tag = async (editor: vscode.TextEditor, text: string, label: string) => {
    const { document } = editor;
    const at = document.getText().indexOf(text);
    editor.selection = new vscode.Selection(document.positionAt(at), document.positionAt(at + text.length));
    await vscode.commands.executeCommand('corpusAnnotator.tagSelection', { label });
    await scratch.api.whenSaved();
  };
  /** The texts that the index of the layer that is worked in knows, which is what views and searches show. */
  const known = async () => {
    const layer = vscode.workspace.getConfiguration('corpusAnnotator').get('annotator', '');
    const found = await scratch.api.findEntities({ layer });
    return found
      .filter(({ article }) => article.path.startsWith(scratch.folder.path))
      .map(({ text }) => text);
  };
  const untilKnown = (...texts: string[]) =>
    until(async () => (await known()).join() === texts.join(), `${texts.join(', ')} in the index`);

  it('tag each in sidecars of their own, and see only those @web', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SHARED, 'b.txt': 'Rome\n' });
    const editor = await show();
    await untilKnown('Ada');
    await annotateAs('ada');
    await untilKnown();
    await tag(editor, 'Bob', 'PER');
    assert.match(await scratch.read('a.ada.ann.yaml'), /^article: a\.txt\n[^]*label: PER, .*text: Bob/m);
    await untilKnown('Bob');
    await annotateAs('bob');
    await untilKnown();
    await tag(editor, 'Rome', 'GPE');
    assert.doesNotMatch(await scratch.read('a.bob.ann.yaml'), /Bob\}/);
    assert.equal(await scratch.exists('b.bob.ann.yaml'), false);
    await annotateAs('ada');
    await untilKnown('Bob');
    await vscode.commands.executeCommand('corpusAnnotator.undoAny');
    await untilKnown();
    await annotateAs('');
    await untilKnown('Ada');
    assert.equal(await scratch.read('a.ann.yaml'), SHARED, 'the shared one is as it was');
    assert.match(await scratch.read('a.bob.ann.yaml'), /text: Rome/);
    assert.deepEqual(await scratch.api.getLayers(scratch.uri('a.txt')), ['ada', 'bob']);
  });

  it('know what other programs do to their sidecars, and no sidecar of another is one without an article', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SHARED });
    await show();
    await annotateAs('ada');
    await untilKnown();
    const bob = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
    await scratch.write('a.ada.ann.yaml', HEAD + bob);
    await untilKnown('Bob');
    await scratch.write('a.ann.yaml', 'version: 1\n- x\n');
    await until(() => scratch.problems('a.ann.yaml').length > 0, 'what is wrong in the shared one');
    await untilKnown('Bob');
    await scratch.delete('a.ada.ann.yaml');
    await untilKnown();
    await vscode.commands.executeCommand('corpusAnnotator.checkCorpus');
    const codes = scratch.problems('a.ann.yaml').map(([code]) => code);
    assert.deepEqual([...new Set(codes)], ['yaml-syntax']);
  });

  it('are checked by what they did themselves, and others at their own sidecars', async () => {
    const cut = '  - {id: aaaaaa, label: PER, start: 17, end: 19, text: Ad}\n';
    const bob = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + cut, 'a.ada.ann.yaml': HEAD + bob });
    await scratch.article('a.txt');
    await annotateAs('ada');
    await untilKnown('Bob');
    await vscode.commands.executeCommand('corpusAnnotator.checkCorpus');
    await scratch.untilCodes('a.ann.yaml', 'cut-word');
    assert.deepEqual(scratch.problems('a.txt'), []);
    await annotateAs('');
    await untilKnown('Ad');
    await vscode.commands.executeCommand('corpusAnnotator.checkCorpus');
    await scratch.untilCodes('a.txt', 'cut-word');
  });

  it('import into their own sidecars, and take that back', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SHARED });
    await show();
    await annotateAs('ada');
    await untilKnown();
    const source = await scratch.write('.in/new.txt', 'Oslo is far.\n');
    await scratch.write('.in/new.ann', 'T1\tGPE 0 4\tOslo\n');
    const files = [vscode.Uri.joinPath(source, '..')];
    await vscode.commands.executeCommand('corpusAnnotator.import', {
      files,
      folder: scratch.folder,
      preview: false,
    });
    assert.match(await scratch.read('new.ada.ann.yaml'), /text: Oslo/);
    assert.equal(await scratch.exists('new.ann.yaml'), false);
    await untilKnown('Oslo');
    await vscode.commands.executeCommand('corpusAnnotator.undoBulk');
    assert.equal(await scratch.exists('new.ada.ann.yaml'), false);
    assert.equal(await scratch.exists('new.txt'), false);
    await untilKnown();
  });

  it('cannot have a name that is no part of a file name: then the shared sidecars are written', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SHARED });
    const editor = await show();
    await untilKnown('Ada');
    await annotateAs('../x');
    await tag(editor, 'Rome', 'GPE');
    assert.match(await scratch.read('a.ann.yaml'), /text: Ada[^]*text: Rome/);
  });
});
