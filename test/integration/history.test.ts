import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { adding, type Edit } from '../../src/core/model/edit.ts';
import { History, textKey } from '../../src/core/model/history.ts';
import { TextIndex } from '../../src/core/text.ts';
import { HistoryFiles } from '../../src/workspace/open/history-files.ts';
import type { LiveArticle } from '../../src/workspace/open/live-article.ts';
import { editText } from '../support/edit-text.ts';
import { openLive } from '../support/open-live.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n\nAda left.\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';

describe('the history of an article', () => {
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  const run = (command: string, argument?: unknown) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
  const tagged = async () =>
    (await scratch.api.getEntities(scratch.uri('a.txt'))).map(({ label, text }) => `${label} ${text}`);
  const show = async () => {
    const editor = await vscode.window.showTextDocument(await scratch.article('a.txt'));
    await until(() => editor.document.languageId === 'corpus-article', 'the language');
    await until(async () => (await tagged()) && vscode.window.activeTextEditor !== undefined, 'the article');
    return vscode.window.activeTextEditor!;
  };
  const openWith = async (sidecar: string) => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': sidecar });
    return show();
  };

  it('takes what hangs on an entity with it, as one step, and brings all of it back as it was @web', async () => {
    const ADA = '  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada}\n';
    const met = '  - {id: r2, label: met, from: aaaaaa, to: bbbbbb, sure: [1.50, no]} # said twice\n';
    const records = `relations:\n  - {id: r1, label: self, from: bbbbbb, to: bbbbbb}\n  # of Ada\n${met}`;
    const chains = 'chains:\n  - {id: c1, mentions: [aaaaaa, bbbbbb]}\n';
    await openWith(HEAD + ADA + BOB + records + chains);
    await run('relabel', { id: 'bbbbbb', label: 'GPE' });
    const before = await scratch.read('a.ann.yaml');
    assert.ok(before.includes(records + chains), 'what did not change stays as it is written');
    await run('deleteEntity', { id: 'aaaaaa' });
    const without = await scratch.read('a.ann.yaml');
    assert.ok(without.endsWith(`${records.slice(0, records.indexOf('  # of Ada'))}chains:\n  - {id: c1, mentions: [bbbbbb]}\n`), without); // prettier-ignore
    await run('undoAny');
    assert.equal(await scratch.read('a.ann.yaml'), before);
    await run('redoAny');
    assert.equal(await scratch.read('a.ann.yaml'), without);
  });

  describe('by its commands', () => {
    editText();
    it('goes on after the tab was closed, bulk actions as one step @web', async () => {
      await openWith(HEAD + BOB);
      const before = await scratch.read('a.ann.yaml');
      await run('relabel', { id: 'bbbbbb', label: 'GPE' });
      const editor = vscode.window.activeTextEditor!;
      editor.selections = [17, 39].map((at) => {
        const start = editor.document.positionAt(at);
        return new vscode.Selection(start, start.translate(0, 3));
      });
      await run('tagSelection', { label: 'PER' });
      assert.deepEqual(await tagged(), ['PER Ada', 'GPE Bob', 'PER Ada']);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await show();
      await run('undoAny');
      assert.deepEqual(await tagged(), ['GPE Bob']);
      await run('undoAny');
      assert.deepEqual(await tagged(), ['PER Bob']);
      assert.ok((await scratch.read('a.ann.yaml')).endsWith(before.slice(before.indexOf('entities:'))));
      await run('redoAny');
      await run('redoAny');
      assert.deepEqual(await tagged(), ['PER Ada', 'GPE Bob', 'PER Ada']);
    });

    it('takes back text and tags in their order, also in an article that was closed and opened again', async () => {
      const editor = await openWith(HEAD + BOB);
      const start = editor.document.positionAt(32);
      editor.selection = new vscode.Selection(start, start.translate(0, 4));
      await run('tagSelection', { label: 'GPE' });
      assert.ok(await editor.edit((edit) => edit.delete(new vscode.Range(0, 20, 0, 40))));
      assert.deepEqual((await scratch.api.getEntities(scratch.uri('a.txt'))).map(({ broken }) => broken), [true, true]); // prettier-ignore
      await editor.document.save();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      const again = await show();
      await run('undoAny');
      assert.equal(again.document.getText(), TEXT);
      assert.deepEqual((await scratch.api.getEntities(scratch.uri('a.txt'))).map(({ broken }) => broken), [false, false]); // prettier-ignore
      await run('undoAny');
      assert.deepEqual(await tagged(), ['PER Bob']);
      await again.document.save();
    });

    it('passes over a step that another program has made impossible, and changes nothing', async () => {
      await openWith(HEAD + BOB);
      await run('relabel', { id: 'bbbbbb', label: 'GPE' });
      await run('editNote', { id: 'bbbbbb', note: 'ours' });
      const theirs = (await scratch.read('a.ann.yaml')).replace('note: ours', 'note: theirs');
      await scratch.write('a.ann.yaml', theirs);
      const noteOf = async () => (await scratch.api.getEntities(scratch.uri('a.txt')))[0]?.note;
      await until(async () => (await noteOf()) === 'theirs', 'the note of the other program');
      await run('undo');
      await scratch.api.whenSaved();
      assert.equal(await noteOf(), 'theirs');
      assert.equal(await scratch.read('a.ann.yaml'), theirs);
      await run('undo');
      assert.deepEqual(await tagged(), ['PER Bob']);
      assert.equal(await noteOf(), 'theirs');
      await run('redo');
      assert.deepEqual(await tagged(), ['GPE Bob']);
    });

    it('brings back a deleted entity whose text is gone, to be placed', async () => {
      const editor = await openWith(HEAD + BOB);
      await run('deleteEntity', { id: 'bbbbbb' });
      assert.ok(await editor.edit((edit) => edit.delete(new vscode.Range(0, 20, 0, 30))));
      await run('undo');
      const [bob] = await scratch.api.getEntities(scratch.uri('a.txt'));
      assert.deepEqual([bob?.text, bob?.broken], ['Bob', true]);
      await editor.document.save();
      await until(async () => (await scratch.read('a.ann.yaml')).includes('text: Bob'), 'Bob in the sidecar');
    });

    it('selects what came back, changed or went, unless the cursor is there', async () => {
      const editor = await openWith(HEAD + BOB);
      const home = new vscode.Selection(0, 0, 0, 0);
      for (const [command, argument] of [
        ['relabel', { label: 'GPE' }],
        ['deleteEntity', {}],
      ] as const) {
        await run(command, { id: 'bbbbbb', ...argument });
        editor.selection = home;
        await run('undo');
        await until(() => editor.document.getText(editor.selection) === 'Bob', `${command} shown`);
        editor.selection = home;
        await run('redo');
        await until(() => editor.document.getText(editor.selection) === 'Bob', `${command} shown again`);
        const inside = new vscode.Selection(0, 26, 0, 26);
        // What redo has selected comes back from the window a moment later, and then this.
        const isThere = new Promise<void>((resolve) => {
          const listener = vscode.window.onDidChangeTextEditorSelection(({ selections }) => {
            if (!selections[0]!.isEqual(inside)) return;
            listener.dispose();
            resolve();
          });
        });
        editor.selection = inside;
        await isThere;
        await run('undo');
        assert.ok(editor.selection.isEqual(inside));
      }
    });
  });

  it('brings a review back to the entity whose decision is taken back', async () => {
    const ada = '  - {id: aaaaaa, label: PER, start: 17, end: 28, text: Ada met Bob}\n';
    const editor = await openWith(HEAD + ada + BOB);
    const selected = () => editor.document.getText(editor.selection);
    const reviewed = async () =>
      (await scratch.api.getEntities(scratch.uri('a.txt'))).map((entity) => entity.reviewed);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    try {
      await run('reviewNext');
      await until(() => selected() === 'Ada met Bob', 'the first entity');
      await run('review.accept');
      await until(() => selected() === 'Bob', 'the second entity');
      await run('undoAny');
      await until(() => selected() === 'Ada met Bob', 'the first entity again');
      assert.deepEqual(await reviewed(), [false, false]);
      await run('review.accept');
      assert.deepEqual(await reviewed(), [true, false]);
    } finally {
      await run('escape');
    }
  });

  describe('in files @web', () => {
    let opened: { article: LiveArticle; histories: HistoryFiles }[];
    beforeEach(async () => {
      opened = [];
      scratch = await Scratch.make({ 'b.md': TEXT });
    });
    afterEach(() => {
      for (const { article, histories } of opened) {
        article.dispose();
        histories.dispose();
      }
    });

    /** A window that opens the article; those before it stay, as if they had been killed. */
    const open = async () => {
      const document = await vscode.workspace.openTextDocument(scratch.uri('b.md'));
      const window = await openLive(document, scratch.uri('b.ann.yaml'), scratch.uri('storage'));
      opened.push(window);
      return window;
    };
    const files = async () =>
      (await vscode.workspace.fs.readDirectory(scratch.uri('storage/history'))).map(([name]) => name);
    const add = (id: string): Edit => adding({ id, label: 'PER', start: 25, end: 28, text: 'Bob' });

    it('outlives the window', async () => {
      const { article, histories } = await open();
      await article.apply('one', [add('aaaaaa')]);
      await article.apply('two', [add('bbbbbb'), add('cccccc')]);
      await article.travel('undo')?.saved;
      await histories.flush();
      const next = await open();
      assert.deepEqual(next.article.entities.map(({ id }) => id), ['aaaaaa']); // prettier-ignore
      assert.equal(next.article.travel('redo')?.title, 'two');
      assert.equal(next.article.travel('undo')?.title, 'two');
      const last = next.article.travel('undo');
      assert.equal(last?.title, 'one');
      assert.equal(next.article.travel('undo'), undefined);
      await last.saved;
      assert.deepEqual(next.article.entities, []);
    });

    it('is written by itself, and read by whoever comes at once', async () => {
      const { article, histories } = await open();
      await article.apply('one', [add('aaaaaa')]);
      await until(() => files().then((names) => names.length === 1, () => false), 'the file'); // prettier-ignore
      const saved = article.apply('two', [add('bbbbbb')]);
      assert.match((await histories.read(article.uri)) ?? '', /"two"/);
      await saved;
    });

    it('is empty where its file is broken', async () => {
      const { article, histories } = await open();
      await article.apply('one', [add('aaaaaa')]);
      await histories.flush();
      const [name] = await files();
      await scratch.write(`storage/history/${name}`, Uint8Array.from([0xff, 0x7b, 0x22]));
      const next = await open();
      assert.equal(next.article.travel('undo'), undefined);
      await next.article.apply('two', [add('bbbbbb')]);
      await next.histories.flush();
      assert.equal((await open()).article.travel('undo')?.title, 'two');
    });

    it('does not hinder tagging where it cannot be written', async () => {
      await scratch.write('storage', 'a file in place of the folder');
      const { article, histories } = await open();
      await article.apply('one', [add('aaaaaa')]);
      await histories.flush();
      assert.match(await scratch.read('b.ann.yaml'), /id: aaaaaa/);
      assert.equal(article.travel('undo')?.title, 'one');
    });

    it('keeps the newest files', async () => {
      for (let i = 0; i < 205; i++) await scratch.write(`storage/history/${i}.json`, '{}');
      const index = new TextIndex(TEXT);
      const history = new History();
      history.push({ kind: 'edits', title: 'one', edits: [add('aaaaaa')] });
      const uri = scratch.uri('c.txt');
      const histories = new HistoryFiles(scratch.uri('storage'), { files: 200, bytes: 1e6 });
      histories.follow({ keptAs: uri, index, key: textKey(index.text), history });
      await histories.flush();
      const left = await files();
      assert.equal(left.length, 200);
      assert.match((await histories.read(uri)) ?? '', /"one"/);
    });

    it('holds a step of thousands without making the next tag wait', async () => {
      const { article, histories } = await open();
      const many = Array.from({ length: 5000 }, (_, i) => add(`m${String(i).padStart(5, '0')}`));
      await article.apply('many', many);
      await histories.flush();
      const start = performance.now();
      const saved = article.apply('one', [add('aaaaaa')]);
      const took = performance.now() - start;
      await saved;
      assert.ok(took < 500, `${took} ms`);
      await histories.flush();
      const next = await open();
      assert.equal(next.article.travel('undo')?.title, 'one');
      const undone = next.article.travel('undo');
      assert.deepEqual([undone?.title, undone?.obstacles, next.article.entities], ['many', [], []]);
      await undone?.saved;
    });
  });
});
