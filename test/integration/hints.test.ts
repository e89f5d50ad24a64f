import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { adding, type Edit } from '../../src/core/model/edit.ts';
import { JumpHints } from '../../src/features/hints/jump-hints.ts';
import { NameFinder } from '../../src/features/hints/name-finder.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const TEXT = "They met Zora of the Bank of China in Oslo.\nNear China's coast, no ships were seen by Tor.\n";

describe('moving by keys', () => {
  let scratch: Scratch;
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'corpus.yaml': 'version: 1\nlabels:\n  GPE: {key: g}\n' });
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 0) });
    await scratch.api.getEntities(document.uri);
    await until(() => editor.visibleRanges.some(({ end }) => end.line > 0), 'the text in view');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  const selected = () => editor.document.getText(editor.selection);
  const cursorAt = (piece: string) => {
    const at = editor.document.positionAt(TEXT.indexOf(piece));
    editor.selection = new vscode.Selection(at, at);
  };

  it('the letters at a word select it, or the name that begins there @web', async () => {
    await run('hints', { letters: 's' });
    assert.equal(selected(), 'Zora of the Bank of China');
    await run('hints', { letters: 'd' });
    assert.equal(selected(), 'China');
    await run('hints', { letters: 'j' });
    assert.equal(selected(), 'They', 'what is no name comes after the names');
    await run('hints', { letters: 'k' });
    assert.equal(selected(), 'Bank', 'a word within a name goes to the end of its part');
    await run('hints', { letters: 'j' });
    await run('tagSelection', { label: 'GPE' });
    await run('hints', { letters: 'a' });
    await run('tagSelection', { label: 'GPE' });
    assert.match(
      await scratch.read('a.ann.yaml'),
      /start: 0, end: 4, text: They[^]*start: 38, end: 42, text: Oslo/,
    );
  });

  it('a selection is extended by the letters at a word, to either side', async () => {
    cursorAt('coast');
    await run('hints', { letters: 'd' });
    await run('hintsExtend', { letters: 'f' });
    assert.equal(selected(), "China's coast, no ships were seen by Tor");
    await run('hintsExtend', { letters: 'a' });
    assert.equal(selected(), "Oslo.\nNear China's coast, no ships were seen by Tor");
  });

  it('the next untagged name is selected, round the ends, and what is tagged is none @web', async () => {
    const walk: string[] = [];
    for (let n = 0; n < 5; n++) {
      await run('nextCandidate');
      walk.push(selected());
    }
    assert.deepEqual(walk, [
      'Zora of the Bank of China',
      'Oslo',
      'China',
      'Tor',
      'Zora of the Bank of China',
    ]);
    await run('previousCandidate');
    assert.equal(selected(), 'Tor');
    await run('tagSelection', { label: 'GPE' });
    await run('nextCandidate');
    await run('previousCandidate');
    assert.equal(selected(), 'China');
  });

  it('a selection is widened to the name that it is in, then to the next', async () => {
    cursorAt('ank of');
    await run('widenToName');
    assert.equal(selected(), 'Zora of the Bank of China');
    await run('widenToName');
    assert.equal(selected(), 'Zora of the Bank of China in Oslo');
  });

  it('with the cursor in a genitive, the name is tagged that the double click takes', async () => {
    cursorAt("'s coast");
    await run('tagByNumber', { number: 1 });
    cursorAt('coast');
    await run('tagByNumber', { number: 1 });
    assert.match(await scratch.read('a.ann.yaml'), /start: 49, end: 54, text: China[,}][^]*text: coast[,}]/);
  });

  it('half a character is tagged whole, and without what nobody sees', async () => {
    await scratch.write('b.txt', 'In e\u0301\u200b it was\n');
    const document = await vscode.workspace.openTextDocument(await scratch.article('b.txt'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 2, 0, 4) });
    await run('tagSelection', { label: 'GPE' });
    assert.match(await scratch.read('b.ann.yaml'), /start: 3, end: 5, text: e\u0301[,}]/);
  });

  describe('as the keys call it', () => {
    let store: CorpusStore;
    let hints: JumpHints;

    beforeEach(async () => {
      store = new CorpusStore(vscode.Uri.joinPath(scratch.folder, '.storage'));
      await store.catalog.ready;
      await store.live.open(editor.document);
      hints = new JumpHints(new NameFinder(store));
    });

    afterEach(() => {
      hints.dispose();
      store.dispose();
    });

    it('sticky letters come back after each tag, the same ones', async () => {
      hints.start(editor, true);
      assert.ok(hints.isActive);
      assert.ok(hints.press('a'));
      assert.equal(selected(), 'Oslo');
      assert.ok(!hints.isActive, 'the next key is a label');
      const article = store.live.at(editor.document.uri)!;
      const oslo = { id: 'aaaaaa', label: 'GPE', start: 38, end: 42, text: 'Oslo' };
      await article.apply('Tag', [adding(oslo) satisfies Edit]);
      hints.resume();
      assert.ok(hints.isActive);
      assert.ok(hints.press('d'));
      assert.equal(selected(), 'China');
      hints.resume();
      assert.ok(hints.press('a'), 'what is tagged keeps its letter');
      assert.equal(selected(), 'Oslo');
      assert.ok(hints.cancel());
      hints.resume();
      assert.ok(!hints.isActive);
    });

    it('a letter that begins no hint selects nothing; any other key ends them', () => {
      const before = editor.selection;
      assert.ok(!hints.press('s'), 'no letters are shown');
      hints.start(editor, false);
      assert.ok(hints.press('z'));
      assert.ok(hints.isActive);
      assert.ok(hints.press('backspace'));
      assert.ok(hints.isActive);
      assert.ok(!hints.press('tab'));
      assert.ok(!hints.isActive && !hints.cancel());
      assert.ok(editor.selection.isEqual(before));
    });

    it('they go with another editor, and with a change of the text', async () => {
      hints.start(editor, true);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(editor.document.uri, new vscode.Position(0, 0), 'x');
      await vscode.workspace.applyEdit(edit);
      assert.ok(!hints.isActive);
      hints.start(editor, true);
      await vscode.window.showTextDocument(scratch.uri('corpus.yaml'));
      await until(() => !hints.isActive, 'the letters are put away');
    });
  });
});
