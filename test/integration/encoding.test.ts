import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';

const encodingOf = (document: vscode.TextDocument) => (document as { readonly encoding?: string }).encoding;

describe('an article in another encoding than UTF-8 @web', () => {
  editText();
  let scratch: Scratch;
  const setEncoding = (encoding: string | undefined) =>
    vscode.workspace
      .getConfiguration('files')
      .update('encoding', encoding, vscode.ConfigurationTarget.Global);

  afterEach(async () => {
    await scratch.remove();
    await setEncoding(undefined);
  });

  const open = async (text: string, encoding: string) => {
    await setEncoding(encoding);
    scratch = await Scratch.make({ 'a.txt': text });
    await scratch.article('a.txt');
    const { document } = await vscode.window.showTextDocument(scratch.uri('a.txt'));
    assert.equal(encodingOf(document), encoding);
    return document;
  };

  it('is told before it is saved so, with the way back', async () => {
    const document = await open('Hej, Bob.\n', 'windows1252');
    await scratch.tag('a.txt', 'Bob');
    await scratch.untilCodes('a.txt');
    await scratch.type('a.txt', (text) => text.replace('Hej', 'Hej, Åsa'));
    const [problem] = await scratch.untilCodes('a.txt', 'file-leaves-utf8');
    assert.match(problem!.message, /in the encoding windows1252, this file is no longer UTF-8/);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem!.range,
    );
    assert.deepEqual(
      fixes.map(({ command }) => command?.command).filter((name) => name?.startsWith('corpusAnnotator.')),
      ['corpusAnnotator.changeEncoding'],
    );
    // Without what only the one encoding has, the file is the same in both.
    await scratch.type('a.txt', (text) => text.replace('Åsa', 'Eva'));
    await scratch.untilCodes('a.txt');
    await document.save();
    await scratch.tag('a.txt', 'Eva');
    assert.match(await scratch.read('a.ann.yaml'), /text: Eva/);
    // Saved all the same, it is refused as before.
    await scratch.type('a.txt', (text) => text.replace('Eva', 'Åsa'));
    await document.save();
    await scratch.untilCodes('a.txt', 'file-not-utf8');
  });

  it('that is UTF-8, but shown in that, is to be opened again, and not to be saved', async () => {
    await open('Hej, Åsa.\n', 'windows1252');
    const [problem] = await scratch.untilCodes('a.txt', 'file-not-shown-as-utf8');
    assert.match(problem!.message, /shown in the encoding windows1252\. Do not save it: reopen it/);
    await assert.rejects(scratch.tag('a.txt', 'Hej'), (error: { code?: string }) => {
      assert.equal(error.code, 'article-not-shown-as-utf8');
      return true;
    });
    const reopened = vscode.workspace.openTextDocument as unknown as (
      uri: vscode.Uri,
      options: { encoding: string },
    ) => Thenable<vscode.TextDocument>;
    await reopened(scratch.uri('a.txt'), { encoding: 'utf8' });
    await scratch.untilCodes('a.txt');
    await scratch.tag('a.txt', 'Åsa');
    assert.match(await scratch.read('a.ann.yaml'), /text: Åsa/);
  });
});
