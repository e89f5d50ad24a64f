import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../../src/api.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada 👩‍🚀 met Bob in São Paulo.\r\n\r\n北京欢迎你。Ada left; Ada came back.\r\n';

describe('tagging @web', () => {
  let api: CorpusAnnotatorApi;
  let article: vscode.Uri;
  let sidecar: vscode.Uri;
  let editor: vscode.TextEditor;

  const run = (command: string, argument?: unknown) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
  const read = async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(sidecar));
  const lines = async () => (await read()).split('\n').filter((line) => line.startsWith('  - '));
  const tagged = async () => (await api.getEntities(article)).map(({ label, text }) => `${label} ${text}`);
  const rangeOf = (text: string, occurrence = 0): vscode.Range => {
    const all = editor.document.getText();
    let at = all.indexOf(text);
    for (let n = 0; n < occurrence; n++) at = all.indexOf(text, at + 1);
    assert.ok(at >= 0, text);
    return new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + text.length));
  };
  const select = (...ranges: vscode.Range[]) => {
    editor.selections = ranges.map(({ start, end }) => new vscode.Selection(start, end));
  };
  /** When the window tells that a text is selected; what it tells comes after {@link select}, however late. */
  const selectionTold = (text: string) =>
    new Promise<void>((resolve) => {
      const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor.document.getText(selections[0]) !== text) return;
        listener.dispose();
        resolve();
      });
    });
  const type = async (range: vscode.Range, text: string) => {
    await run('toggleEditing', { to: 'editing' });
    assert.ok(await editor.edit((edit) => edit.replace(range, text)));
  };

  before(async () => {
    const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>('corpus-annotator.corpus-annotator');
    api = await extension!.activate();
  });

  beforeEach(async function () {
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    const name = `tagging-${Math.random().toString(36).slice(2)}`;
    article = vscode.Uri.joinPath(root, `${name}.txt`);
    sidecar = vscode.Uri.joinPath(root, `${name}.ann.yaml`);
    await vscode.workspace.fs.writeFile(article, new TextEncoder().encode(TEXT));
    // A new file becomes known to the store through its watcher.
    await until(
      () =>
        api.getEntities(article).then(
          () => true,
          () => false,
        ),
      'the article in the corpus',
    );
    editor = await vscode.window.showTextDocument(article);
    await until(() => editor.document.languageId === 'corpus-article', 'the language');
    editor = vscode.window.activeTextEditor!;
  });

  afterEach(async () => {
    await run('toggleEditing', { to: 'tagging' });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(article).then(undefined, () => undefined);
    await vscode.workspace.fs.delete(sidecar).then(undefined, () => undefined);
  });

  it('leaves out what nobody sees at the ends of a selection, and of a word', async () => {
    const text = TEXT.replace('Bob', '\u200bBob\u200b\u2069 \u00adTor\u00ad');
    await vscode.workspace.fs.writeFile(article, new TextEncoder().encode(text));
    await until(() => editor.document.getText().includes('Tor'), 'the text of the file');
    select(rangeOf('\u200bBob\u200b\u2069 '));
    await run('tagSelection', { label: 'PER' });
    const { start } = rangeOf('Tor');
    select(new vscode.Range(start, start));
    await run('tagSelection', { label: 'PER' });
    assert.deepEqual(await tagged(), ['PER Bob', 'PER Tor']);
    // By its id: the window may tell of an earlier selection yet.
    await run('widenEntity', { id: (await api.getEntities(article))[1]!.id });
    assert.deepEqual(await tagged(), ['PER Bob', 'PER Tor\u00ad in']);
  });

  it('writes the selection as an entity, counted in code points', async () => {
    select(rangeOf('São Paulo'));
    await run('tagSelection', { label: 'LOC' });
    // "👩‍🚀" is three code points; the text before has no line ending.
    const start = Array.from(TEXT.slice(0, TEXT.indexOf('São'))).length;
    assert.match(
      (await lines())[0]!,
      new RegExp(`label: LOC, start: ${start}, end: ${start + 9}, text: São Paulo`),
    );
    assert.match(
      await read(),
      /^version: 1\narticle: .+\.txt\ntext_hash: sha256:[0-9a-f]{64}\nstatus: open\nentities:\n/,
    );
  });

  it('counts a line ending once, whatever the file has', async () => {
    select(rangeOf('北京'));
    await run('tagSelection', { label: 'GPE' });
    const before = Array.from(TEXT.slice(0, TEXT.indexOf('北京')).replaceAll('\r\n', '\n')).length;
    assert.match((await lines())[0]!, new RegExp(`start: ${before}, end: ${before + 2}`));
  });

  it('takes the word under the cursor, in Chinese too', async () => {
    const at = rangeOf('Bob').start.translate(0, 1);
    select(new vscode.Range(at, at));
    await run('tagSelection', { label: 'PER' });
    const chinese = rangeOf('京').start;
    select(new vscode.Range(chinese, chinese));
    await run('tagSelection', { label: 'GPE' });
    assert.deepEqual(await tagged(), ['PER Bob', 'GPE 北京']);
  });

  it('trims white space, tags every cursor, and tags a span with a label once', async () => {
    select(rangeOf(' Bob '), rangeOf('Ada'), rangeOf('Ada', 1));
    await run('tagSelection', { label: 'PER' });
    assert.deepEqual(await tagged(), ['PER Ada', 'PER Bob', 'PER Ada']);
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    assert.equal((await api.getEntities(article)).length, 3);
    assert.match((await lines())[0]!, /before: .+, after: .+/);
    await run('undo');
    assert.deepEqual(await tagged(), []);
    await run('redo');
    assert.equal((await lines()).length, 3);
  });

  it('nests and crosses spans', async () => {
    select(rangeOf('São Paulo'));
    await run('tagSelection', { label: 'GPE' });
    select(rangeOf('Paulo'));
    await run('tagSelection', { label: 'PER' });
    select(rangeOf('in São'));
    await run('tagSelection', { label: 'MISC' });
    assert.deepEqual(await tagged(), ['MISC in São', 'GPE São Paulo', 'PER Paulo']);
  });

  it('repeats the last label, tags by number and by key', async () => {
    select(rangeOf('Ada'));
    await run('tagByKey', { key: 'o' });
    select(rangeOf('Bob'));
    await run('repeatLabel');
    select(rangeOf('Paulo'));
    await run('tagByNumber', { number: 1 });
    assert.deepEqual(await tagged(), ['ORG Ada', 'ORG Bob', 'PER Paulo']);
  });

  it('relabels, notes, reviews and deletes what is at the cursor, each as one step', async () => {
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    await run('relabel', { label: 'ORG' });
    await run('editNote', { note: 'a "bank": # maybe' });
    await run('toggleReviewed');
    const [line] = await lines();
    assert.match(line!, /label: ORG, .*text: Bob, reviewed: true, note: "a \\"bank\\": # maybe"\}$/);
    await run('deleteEntity');
    assert.deepEqual(await lines(), []);
    await run('undo');
    assert.deepEqual(await lines(), [line]);
    await run('undo');
    await run('undo');
    await run('undo');
    assert.deepEqual(await tagged(), ['PER Bob']);
    await run('undo');
    assert.deepEqual(await tagged(), []);
    for (let n = 0; n < 4; n++) await run('redo');
    assert.deepEqual(await lines(), [line]);
  });

  it('widens and narrows by a word at both ends', async () => {
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    await run('widenEntity');
    assert.deepEqual(await tagged(), ['PER Bob in']);
    await run('widenEntityAtStart');
    assert.deepEqual(await tagged(), ['PER met Bob in']);
    await run('narrowEntity');
    await run('narrowEntityAtStart');
    assert.deepEqual(await tagged(), ['PER Bob']);
    await run('narrowEntity');
    assert.deepEqual(await tagged(), ['PER Bob']);
  });

  it('widens and narrows what is selected where nothing is tagged', async () => {
    const selected = () => editor.document.getText(editor.selection);
    select(rangeOf('met Bob in São'));
    await run('narrowEntity');
    assert.equal(selected(), 'met Bob in');
    await run('narrowEntityAtStart');
    await run('widenEntity');
    assert.equal(selected(), 'Bob in São');
    assert.deepEqual(await tagged(), []);
  });

  it('goes to the next and the previous entity, round the ends', async () => {
    for (const text of ['Bob', 'Paulo', '北京']) {
      const isTold = selectionTold(text);
      select(rangeOf(text));
      await run('tagSelection', { label: 'MISC' });
      await isTold;
    }
    const selected = () => editor.document.getText(editor.selection);
    const told: string[] = [];
    const listener = vscode.window.onDidChangeTextEditorSelection(() => told.push(selected()));
    await run('nextEntity');
    assert.equal(selected(), 'Bob');
    // Several keys at once: each goes on from where the one before has led.
    await Promise.all([run('nextEntity'), run('nextEntity'), run('nextEntity')]);
    assert.equal(selected(), 'Bob');
    await Promise.all([run('nextEntity'), run('previousEntity'), run('previousEntity')]);
    assert.equal(selected(), '北京');
    listener.dispose();
    assert.deepEqual(told.slice(-7), ['Bob', 'Paulo', '北京', 'Bob', 'Paulo', 'Bob', '北京']);
  });

  it('moves spans with the text, and saves the sidecar with the article', async () => {
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    const before = await read();
    await type(new vscode.Range(0, 0, 0, 0), '🎉🎉 ');
    await type(
      new vscode.Range(rangeOf('Bob').start.translate(0, 2), rangeOf('Bob').start.translate(0, 2)),
      'b',
    );
    const [entity] = await api.getEntities(article);
    assert.equal(entity!.text, 'Bobb');
    assert.equal(editor.document.getText(entity!.range), 'Bobb');
    assert.equal(await read(), before, 'the sidecar waits for the article');
    await editor.document.save();
    const saved = await until(async () => {
      const text = await read();
      return text === before ? undefined : text;
    }, 'the sidecar saved');
    assert.match(saved, new RegExp(`start: ${entity!.start}, end: ${entity!.end}, text: Bobb`));
  });

  it('keeps a span whose text is gone, and brings it back when the edit is undone', async () => {
    select(rangeOf('Bob'), rangeOf('Paulo'));
    await run('tagSelection', { label: 'PER' });
    const [bob, paulo] = await api.getEntities(article);
    await type(editor.document.lineAt(0).range, '');
    const gone = await api.getEntities(article);
    assert.deepEqual(gone.map(({ text, broken }) => `${text} ${broken}`).sort(), ['Bob true', 'Paulo true']);
    await vscode.commands.executeCommand('undo');
    const back = await until(async () => {
      const entities = await api.getEntities(article);
      return entities.some((entity) => entity.broken) ? undefined : entities;
    }, 'the spans back');
    assert.deepEqual(
      back.map(({ start, end, text }) => [start, end, text]),
      [bob, paulo].map((e) => [e!.start, e!.end, e!.text]),
    );
  });

  it('undoes tagging under a later edit of the text', async () => {
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    await run('deleteEntity');
    await type(new vscode.Range(0, 0, 0, 0), 'Now: ');
    await run('undo');
    const [entity] = await api.getEntities(article);
    assert.equal(editor.document.getText(entity!.range), 'Bob');
    await editor.document.save();
    await until(async () => (await lines()).length === 1, 'the sidecar saved');
  });

  it('lets other extensions add, remove and follow entities', async () => {
    const changes: string[] = [];
    const listener = api.onDidChangeEntities((uri) => changes.push(uri.toString()));
    const [first, second] = await api.addEntities(article, [
      { label: 'PER', range: rangeOf('Ada', 1), reviewed: true },
      { label: 'GPE', start: 1, end: 5, note: 'the key' },
    ]);
    assert.equal(editor.document.getText(first!.range), 'Ada');
    assert.equal(second!.text, 'date');
    assert.equal((await lines()).length, 2);
    await assert.rejects(
      async () => api.addEntities(article, [{ label: 'PER', start: 5, end: 500000 }]),
      /Not a span/,
    );
    assert.equal(await api.removeEntities(article, [first!.id]), 1);
    await api.whenSaved();
    assert.equal((await lines()).length, 1);
    assert.ok(changes.includes(article.toString()));
    listener.dispose();
    await assert.rejects(
      async () => api.getEntities(article.with({ path: '/nowhere.txt' })),
      /Not an article/,
    );
  });

  it('takes over what another program writes into the sidecar', async () => {
    select(rangeOf('Bob'));
    await run('tagSelection', { label: 'PER' });
    const source = await read();
    const theirs = source.replace(
      'entities:\n',
      'entities:\n  - {id: zzz222, label: DATE, start: 6, end: 16, text: "2020-05-01"} # by hand\n',
    );
    await vscode.workspace.fs.writeFile(sidecar, new TextEncoder().encode(theirs));
    await until(async () => (await tagged()).length === 2, 'their entity');
    select(rangeOf('Ada'));
    await run('tagSelection', { label: 'PER' });
    assert.deepEqual(await tagged(), ['DATE 2020-05-01', 'PER Ada', 'PER Bob']);
    assert.match(await read(), / # by hand\n/);
  });
});
