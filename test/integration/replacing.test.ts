import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = 'Peking is old. The mayor of Peking met the Bank of Peking, in Peking today.\n';

/** A sidecar with a tag on each of these texts, everywhere. */
function sidecarOf(article: string, text: string, ...mentions: string[]): string {
  const lines = mentions
    .flatMap((mention) =>
      [...text.matchAll(new RegExp(mention, 'g'))].map(({ index }) => ({ index, mention })),
    )
    .sort((a, b) => a.index - b.index || b.mention.length - a.mention.length)
    .map(({ index, mention }, i) => {
      const end = index + mention.length;
      return `  - {id: aaaaa${i + 2}, label: GPE, start: ${index}, end: ${end}, text: ${mention}}\n`;
    });
  return `version: 1\narticle: ${article}\nentities:\n${lines.join('')}`;
}

describe('text that is replaced in many places', () => {
  editText();
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  /** What stands at the places of the entities, and which of them are left to place. */
  async function tagged(name: string): Promise<string[]> {
    const text = (await vscode.workspace.openTextDocument(scratch.uri(name))).getText();
    return (await scratch.api.getEntities(scratch.uri(name))).map(
      ({ start, end, broken }) => text.slice(start, end) + (broken ? '?' : ''),
    );
  }

  function replacements(text: string, wanted: string, document: vscode.TextDocument): vscode.Range[] {
    return [...text.matchAll(new RegExp(wanted, 'g'))].map(
      ({ index }) => new vscode.Range(document.positionAt(index), document.positionAt(index + wanted.length)),
    );
  }

  /** An article with a tag on each “IBM”, in an editor. */
  async function openText(text: string): Promise<vscode.TextEditor> {
    scratch = await Scratch.make({ 'a.txt': text, 'a.ann.yaml': sidecarOf('a.txt', text, 'IBM') });
    return vscode.window.showTextDocument(await scratch.article('a.txt'));
  }

  it('keeps its tags where a workspace edit replaces it in several articles @web', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt'];
    scratch = await Scratch.make(
      Object.fromEntries(
        names.flatMap((name) => [
          [name, TEXT],
          [name.replace('.txt', '.ann.yaml'), sidecarOf(name, TEXT, 'Peking', 'Bank of Peking')],
        ]),
      ),
    );
    for (const name of names) await scratch.article(name);
    // The editor hands the edit over in pieces where it is active, as a whole in another; the last has none.
    await vscode.window.showTextDocument(scratch.uri('b.txt'), { preview: false });
    await vscode.window.showTextDocument(scratch.uri('a.txt'), { preview: false });
    const edit = new vscode.WorkspaceEdit();
    for (const name of names) {
      const document = await vscode.workspace.openTextDocument(scratch.uri(name));
      for (const range of replacements(TEXT, 'Peking', document))
        edit.replace(document.uri, range, 'Beijing City');
    }
    assert.ok(await vscode.workspace.applyEdit(edit));
    const expected = ['Beijing City', 'Beijing City', 'Bank of Beijing City', 'Beijing City', 'Beijing City'];
    for (const name of names) assert.deepEqual(await tagged(name), expected, name);
    for (const name of names) await (await vscode.workspace.openTextDocument(scratch.uri(name))).save();
    for (const name of names) {
      const sidecar = name.replace('.txt', '.ann.yaml');
      await until(async () => (await scratch.read(sidecar)).includes('text: Beijing City'), sidecar);
      const source = await scratch.read(sidecar);
      assert.equal(source.match(/text: Beijing City/g)?.length, 4);
      assert.ok(!source.includes('to_place'));
    }
  });

  it('keeps its tags in one editor, and has them where they were after undo', async () => {
    const text = 'IBM and IBMIBM, said IBM.\n';
    const editor = await openText(text);
    await editor.edit((builder) => {
      for (const range of replacements(text, 'IBM', editor.document)) builder.replace(range, 'Apple Inc');
    });
    assert.deepEqual(await tagged('a.txt'), ['Apple Inc', 'Apple Inc', 'Apple Inc', 'Apple Inc']);
    await vscode.commands.executeCommand('undo');
    assert.deepEqual(await tagged('a.txt'), ['IBM', 'IBM', 'IBM', 'IBM']);
  });

  it('has its tags on a word that is typed over it, at all cursors', async () => {
    const text = 'IBM and IBM.\n';
    const editor = await openText(text);
    const type = async (typed: string) => {
      for (const key of typed) await vscode.commands.executeCommand('type', { text: key });
    };
    editor.selections = [new vscode.Selection(0, 0, 0, 3), new vscode.Selection(0, 8, 0, 11)];
    await type('Apple');
    assert.deepEqual(await tagged('a.txt'), ['Apple', 'Apple']);
    // Whether this belongs to the name, too, is not certain.
    await type(' Inc');
    assert.deepEqual(await tagged('a.txt'), ['Apple?', 'Apple?']);
    while (editor.document.getText() !== text) await vscode.commands.executeCommand('undo');
    assert.deepEqual(await tagged('a.txt'), ['IBM', 'IBM']);
  });

  it('leaves to place what changed where all of the text is replaced at once', async () => {
    const text = 'IBM is here. IBM is there.\nIBM left.\n';
    // Without an editor, the edit is handed over as it is.
    scratch = await Scratch.make({ 'a.txt': text, 'a.ann.yaml': sidecarOf('a.txt', text, 'IBM') });
    await scratch.article('a.txt');
    const now = 'So: IBM is here. Big IBM Corp is there.\nHAL left.\n';
    await scratch.type('a.txt', () => now);
    assert.deepEqual(await tagged('a.txt'), ['IBM', 'IBM', 'HAL?']);
  });
});
