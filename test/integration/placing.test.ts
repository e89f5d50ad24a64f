import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashText } from '../../src/core/text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

// The mention could be in any of these lines, and nothing tells which.
const TEXT = 'Then 😀 China left.\r\n'.repeat(3) + 'Rome stayed.\r\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const CHINA = '  - {id: aaaaaa, label: GPE, start: 36, end: 41, text: China, note: kept}\n';
const GONE = '  - {id: bbbbbb, label: PER, start: 4000, end: 4005, text: Ronny}\n';

describe('entities that are to place', () => {
  let scratch: Scratch;
  let article: vscode.Uri;
  const run = <T>(command: string, ...values: unknown[]) =>
    vscode.commands.executeCommand<T>(`corpusAnnotator.${command}`, ...values);
  const entities = () => scratch.api.getEntities(article);
  const entity = async (id: string) => (await entities()).find((one) => one.id === id);
  const line = async (id: string) =>
    (await scratch.read('a.ann.yaml')).split('\n').find((one) => one.includes(`id: ${id}`)) ?? '';
  const candidate = (row: number) => ({ kind: 'candidate', rank: row, ...spanAt(row), text: 'China' });
  /** In code points, of the mention in a line. */
  const spanAt = (row: number) => ({ start: 19 * row + 7, end: 19 * row + 12 });
  const argument = (id: string, more: object = {}) => ({ article: article.toString(), id, ...more });
  const show = async (uri: vscode.Uri) =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  const selected = () => {
    const { document, selection } = vscode.window.activeTextEditor!;
    return `${selection.start.line}:${document.getText(selection)}`;
  };

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + CHINA + GONE });
    article = await scratch.article('a.txt');
    assert.deepEqual((await entities()).map(({ broken }) => broken), [true, true]); // prettier-ignore
  });
  afterEach(() => scratch.remove());

  it('is placed where a person says, on disk, as one step that can be taken back @web', async () => {
    await show(article);
    assert.equal(await run('placeEntity', argument('aaaaaa', { ...spanAt(2), text: 'China' })), true);
    const placed = await entity('aaaaaa');
    assert.deepEqual(
      [placed!.start, placed!.end, placed!.text, placed!.broken, placed!.note],
      [45, 50, 'China', false, 'kept'],
    );
    assert.equal(selected(), '2:China');
    assert.match(
      await line('aaaaaa'),
      /start: 45, end: 50, text: China, note: kept, before: ".* 😀 ", after: " left/,
    );
    await run('undo');
    assert.equal((await entity('aaaaaa'))!.broken, true);
    assert.match(await line('aaaaaa'), /start: 36, end: 41, text: China, note: kept\}/);
    await run('redo');
    assert.match(await line('aaaaaa'), /start: 45, end: 50/);
  });

  it('is not placed where the article has something else by now, nor outside of it', async () => {
    const wrong = [
      { ...spanAt(1), text: 'Chino' },
      { start: 3, end: 3 },
      { start: -1, end: 3 },
      { start: 1.5, end: 3 },
      { start: 3, end: 9999 },
    ];
    for (const place of wrong)
      assert.equal(await run('placeEntity', argument('aaaaaa', place)), false, JSON.stringify(place));
    assert.equal(await run('placeEntity', argument('gone', spanAt(1))), false);
    assert.equal((await entity('aaaaaa'))!.broken, true);
  });

  it('does not make a second entity of one label at a place', async () => {
    await scratch.tag('a.txt', 'China', 'GPE');
    assert.equal(await run('placeEntity', argument('aaaaaa', spanAt(0))), false);
    assert.equal(await run('placeEntity', argument('aaaaaa', spanAt(1))), true);
  });

  it('is placed at the selection, whose text becomes its own', async () => {
    const editor = await show(article);
    editor.selection = new vscode.Selection(3, 0, 3, 5);
    assert.equal(await run('placeAtSelection', argument('bbbbbb')), true);
    assert.match(await line('bbbbbb'), /label: PER, start: 57, end: 61, text: Rome\}/);
    // The only one that is left need not be named; a cursor stands for its word.
    editor.selection = new vscode.Selection(1, 10, 1, 10);
    assert.equal(await run('placeAtSelection'), true);
    assert.match(await line('aaaaaa'), /start: 26, end: 31/);
    assert.equal((await entity('aaaaaa'))!.broken, false);
    assert.equal(await run('placeAtSelection'), false, 'nothing is left to place');
  });

  it('waits for a selection where there is none', async () => {
    const editor = await show(article);
    editor.selection = new vscode.Selection(4, 0, 4, 0);
    assert.equal(await run('placeAtSelection', argument('bbbbbb')), false);
    // It is remembered for whom a place is looked for.
    editor.selection = new vscode.Selection(3, 0, 3, 5);
    assert.equal(await run('placeAtSelection'), true);
    assert.match(await line('bbbbbb'), /text: Rome/);
  });

  it('shows its article where that is not open, to be selected in', async () => {
    assert.equal(await run('placeAtSelection', argument('bbbbbb')), false);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), article.toString());
  });

  it('stays where it is while the sidecar cannot be written, and says so', async () => {
    await scratch.write('a.ann.yaml', HEAD + CHINA + '  - {id: "x\n');
    await until(() => scratch.problems('a.ann.yaml').some(([code]) => code === 'yaml-syntax'), 'the error');
    assert.equal(await run('placeEntity', argument('aaaaaa', spanAt(1))), undefined);
    assert.match(await line('aaaaaa'), /start: 36/);
  });

  describe('in the Entities view', () => {
    it('shows a candidate in the article', async () => {
      await run('entities.reveal', argument('aaaaaa', spanAt(1)));
      assert.equal(selected(), '1:China');
    });

    it('is placed by a candidate row, and by its own row at the selection', async () => {
      const editor = await show(article);
      const row = (id: string) => ({ kind: 'entity', ...argument(id) });
      await run('entities.place', { ...candidate(1), span: spanAt(1), parent: row('aaaaaa') });
      assert.match(await line('aaaaaa'), /start: 26, end: 31, .*before/);
      editor.selection = new vscode.Selection(3, 0, 3, 5);
      await run('entities.placeAtSelection', row('bbbbbb'));
      assert.match(await line('bbbbbb'), /text: Rome/);
    });
  });

  describe('quick fixes', () => {
    const fixes = async (uri: vscode.Uri, code: string, id: RegExp) => {
      const diagnostics = await until(() => {
        const found = scratch
          .diagnostics(uri.path.slice(uri.path.lastIndexOf('/') + 1))
          .filter((one) => one.code === code);
        return found.length === 2 && found;
      }, `two of ${code}`);
      const { range } = diagnostics.find(({ message }) => id.test(message))!;
      const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      return all.filter(({ command }) => command?.command.startsWith('corpusAnnotator.'));
    };
    const titles = (actions: vscode.CodeAction[]) => actions.map(({ title }) => title);
    const apply = ({ command }: vscode.CodeAction) =>
      vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));

    it('in the article: each candidate, the selection, and delete', async () => {
      const editor = await show(article);
      editor.selection = new vscode.Selection(3, 0, 3, 0);
      const offered = await fixes(article, 'entity-broken', /China/);
      assert.deepEqual(titles(offered), [
        'Place “China” at line 3: …left. Then 😀 China left. Rome stayed.',
        'Place “China” at line 2: …left. Then 😀 China left. Then 😀 China left. Rome stayed.',
        'Place “China” at line 1: Then 😀 China left. Then 😀 China left. Then 😀 China left. Rome…',
        'Place “China” at the selection in the article: “Rome”',
        'Delete the entity GPE “China”',
      ]);
      await apply(offered[0]!);
      assert.match(await line('aaaaaa'), /start: 45, end: 50/);
      await scratch.untilCodes('a.txt', 'entity-broken');
    });

    it('in the article: delete, as one step that can be taken back', async () => {
      await show(article);
      const offered = await fixes(article, 'entity-broken', /Ronny/);
      assert.deepEqual(titles(offered).slice(-1), ['Delete the entity PER “Ronny”']);
      await apply(offered.at(-1)!);
      assert.equal(await entity('bbbbbb'), undefined);
      await run('undo');
      assert.equal((await entity('bbbbbb'))!.broken, true);
    });

    it('all that are certain at once, where the sidecar of this very text says another place', async () => {
      const text = await scratch.read('a.txt');
      const hash = `text_hash: ${await hashText(text)}\n`;
      const rome = '  - {id: cccccc, label: GPE, start: 1, end: 5, text: Rome}\n';
      const stayed = '  - {id: dddddd, label: PER, start: 2, end: 8, text: stayed}\n';
      const wrong = HEAD.replace('entities:', `${hash}entities:`) + rome + stayed + CHINA + GONE;
      await scratch.write('a.ann.yaml', wrong);
      await scratch.untilCodes('a.ann.yaml', ...Array<string>(4).fill('entity-not-found'));
      const [first, , third] = scratch.diagnostics('a.ann.yaml');
      assert.match(
        first!.message,
        /GPE "Rome" is not .* where the sidecar says, but at one other place for certain/,
      );
      assert.match(third!.message, /nor at one other place for certain/);
      const sidecar = scratch.uri('a.ann.yaml');
      await show(sidecar);
      const offered = (
        await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          sidecar,
          first!.range,
        )
      ).filter(({ title }) => title.startsWith('Place all'));
      assert.deepEqual(titles(offered), ['Place all that are certain (2)']);
      // What else is written meanwhile leaves them as they are.
      await scratch.tag('a.txt', 'Then');
      assert.match(await line('cccccc'), /start: 1, end: 5, text: Rome\}/);
      await apply(offered[0]!);
      const whole = text.replaceAll('\r\n', '\n');
      const at = (word: string) => Array.from(whole.slice(0, whole.indexOf(word))).length;
      assert.match(
        await line('cccccc'),
        new RegExp(`start: ${at('Rome')}, end: ${at('Rome') + 4}, text: Rome\\}`),
      );
      assert.match(await line('dddddd'), new RegExp(`start: ${at('stayed')}, `));
      assert.match(await line('aaaaaa'), /start: 36, end: 41, text: China/);
      await scratch.untilCodes('a.ann.yaml', 'entity-not-found', 'entity-not-found');
      await show(article);
      await run('undo');
      assert.match(await line('cccccc'), /start: 1, end: 5, text: Rome\}/);
    });

    it('in the sidecar, while the article is not open', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const sidecar = scratch.uri('a.ann.yaml');
      await show(sidecar);
      const offered = await fixes(sidecar, 'entity-not-found', /China/);
      assert.equal(offered.length, 5);
      assert.equal(offered[3]!.title, 'Place “China” at a selection in the article…');
      await apply(offered[1]!);
      assert.match(await line('aaaaaa'), /start: 26, end: 31/);
      await scratch.untilCodes('a.ann.yaml', 'entity-not-found');
      const [gone] = scratch.diagnostics('a.ann.yaml');
      assert.match(gone!.message, /"Ronny" is not in the article .* by a quick fix/);
    });

    it('in the sidecar while it has unsaved changes: in its editor', async () => {
      const document = await scratch.type('a.ann.yaml', (text) => `# mine\n${text}`);
      await vscode.window.showTextDocument(document);
      await until(() => scratch.problems('a.ann.yaml').every(([, row]) => row > 3), 'the lines that moved');
      const [first] = await fixes(document.uri, 'entity-not-found', /China/);
      await apply(first!);
      assert.match(document.getText(), /# mine\n[^]*id: aaaaaa, label: GPE, start: 45, .*before/);
      assert.ok(document.isDirty);
      assert.doesNotMatch(await line('aaaaaa'), /before/);
    });

    it('are not offered for other problems', async () => {
      await scratch.write('b.txt', 'date: 2020-13-01\n\nAda.\n');
      await scratch.untilCodes('b.txt', 'header-malformed');
      const { uri } = await vscode.workspace.openTextDocument(scratch.uri('b.txt'));
      const [{ range }] = scratch.diagnostics('b.txt') as [vscode.Diagnostic];
      const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.deepEqual(
        all.filter(({ command }) => command?.command.startsWith('corpusAnnotator.place')),
        [],
      );
    });
  });
});
