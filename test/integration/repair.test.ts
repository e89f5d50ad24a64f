import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const STALE = `text_hash: sha256:${'0'.repeat(64)}\n`;
const head = (article: string, hash = STALE) => `version: 1\narticle: ${article}\n${hash}entities:\n`;
const ADA = '  - {id: aaaaaa, label: PER, start: 0, end: 3, text: Ada}\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 8, end: 11, text: Bob, note: kept} # mine\n';
const GONE = '  - {id: cccccc, label: PER, start: 99, end: 104, text: Ronny}\n';
/** Ada was at 0 and Bob at 8 before somebody wrote a title. */
const MOVED = 'A title 😀\r\n\r\nAda met Bob.\r\n';

interface Outcome {
  readonly repaired: number;
  readonly moved: number;
  readonly refused: readonly string[];
}

describe('repair of a corpus', () => {
  let scratch: Scratch;
  const repair = (argument?: object) =>
    vscode.commands.executeCommand<Outcome | undefined>('corpusAnnotator.repairCorpus', argument);
  /** Repairs, and answers the question with what a command does until it is answered. */
  const repairAnd = async (command: string) => {
    let outcome: { value: Outcome | undefined } | undefined;
    const done = repair().then((value) => (outcome = { value }));
    await until(async () => {
      await vscode.commands.executeCommand(command);
      return outcome;
    }, 'the end of the repair');
    await done;
    return outcome?.value;
  };
  const accept = () => repairAnd('quickInput.accept');
  /** Both files, when what the corpus knows of them is read. */
  const articles = async (...names: string[]) => {
    for (const name of names)
      await until(() => scratch.diagnostics(name.replace('.txt', '.ann.yaml')).length > 0, name);
  };

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await scratch.remove();
  });

  it('writes the new places of all articles, and nothing of what is to place is lost @web', async () => {
    scratch = await Scratch.make({
      'a.txt': MOVED,
      'a.ann.yaml': `# a comment\n${head('a.txt')}${ADA}${BOB}`,
      'b.txt': MOVED,
      'b.ann.yaml': head('b.txt') + ADA + GONE,
      'same.txt': 'Ada met Bob.\n',
      'same.ann.yaml': head('same.txt', '') + ADA + BOB,
    });
    await articles('a.txt', 'b.txt');
    const same = await scratch.read('same.ann.yaml');
    const outcome = await accept();
    assert.deepEqual(outcome, { repaired: 2, moved: 3, refused: [] });
    assert.match(
      await scratch.read('a.ann.yaml'),
      /^# a comment\nversion: 1\narticle: a.txt\ntext_hash: sha256:(?!0{9}).*\n.*entities:\n.*start: 11, end: 14, text: Ada\}\n.*start: 19, end: 22, text: Bob, note: kept\} # mine\n$/s,
    );
    assert.match(await scratch.read('b.ann.yaml'), /text: Ada\}\n.*start: 99, end: 104, text: Ronny\}\n$/);
    assert.equal(await scratch.read('same.ann.yaml'), same);
    await scratch.untilCodes('a.ann.yaml');
    await scratch.untilCodes('b.ann.yaml', 'entity-not-found');
    assert.deepEqual(await repair(), { repaired: 0, moved: 0, refused: [] }, 'nothing is left to repair');
  });

  it('writes the sidecars of annotators’ layers, too, all or one by its quick fix', async () => {
    scratch = await Scratch.make({
      'a.txt': MOVED,
      'a.ann.yaml': head('a.txt') + ADA,
      'a.ada.ann.yaml': `# hers\n${head('a.txt')}${ADA}${BOB}`,
      'b.txt': MOVED,
      'b.bo.ann.yaml': head('b.txt') + ADA + GONE,
      'b.eve.ann.yaml': 'version: 1\nentities: [\n',
    });
    await until(() => scratch.diagnostics('b.bo.ann.yaml').length > 0, 'their problems');
    const sidecar = await vscode.workspace.openTextDocument(scratch.uri('a.ada.ann.yaml'));
    const [stale] = scratch.diagnostics('a.ada.ann.yaml');
    assert.equal(stale?.code, 'text-hash-stale');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      sidecar.uri,
      stale.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const { command } = actions.find(({ isPreferred }) => isPreferred)!;
    const shared = await scratch.read('a.ann.yaml');
    assert.deepEqual(
      await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[])),
      { repaired: 1, moved: 2, refused: [] },
    );
    assert.match(
      await scratch.read('a.ada.ann.yaml'),
      /^# hers\n[^]*start: 11, end: 14, text: Ada\}\n.*start: 19, end: 22, text: Bob, note: kept\} # mine\n$/,
    );
    assert.equal(await scratch.read('a.ann.yaml'), shared);
    assert.deepEqual(await accept(), { repaired: 2, moved: 2, refused: [], toPlaceInLayers: 1 });
    assert.match(await scratch.read('a.ann.yaml'), /start: 11, end: 14, text: Ada/);
    assert.match(await scratch.read('b.bo.ann.yaml'), /start: 11, end: 14, text: Ada\}\n.*Ronny\}\n$/);
    assert.equal(await scratch.exists('b.ann.yaml'), false);
    await scratch.untilCodes('a.ada.ann.yaml');
    assert.deepEqual(await repair(), { repaired: 0, moved: 0, refused: [] }, 'nothing is left to repair');
  });

  it('writes nothing before it is accepted', async () => {
    scratch = await Scratch.make({ 'a.txt': MOVED, 'a.ann.yaml': head('a.txt') + ADA });
    await articles('a.txt');
    const before = await scratch.read('a.ann.yaml');
    assert.equal(await repairAnd('workbench.action.closeQuickOpen'), undefined);
    assert.equal(await scratch.read('a.ann.yaml'), before);
  });

  it('goes on where an article is refused, and leaves unsaved text to its saving', async () => {
    scratch = await Scratch.make({
      'a.txt': MOVED,
      'a.ann.yaml': head('a.txt') + ADA,
      'bad.txt': MOVED,
      'bad.ann.yaml': head('bad.txt') + ADA + '  - {id: "x\n',
      'typed.txt': MOVED,
      'typed.ann.yaml': head('typed.txt') + ADA,
    });
    await articles('a.txt', 'bad.txt', 'typed.txt');
    const [bad, typed] = [await scratch.read('bad.ann.yaml'), await scratch.read('typed.ann.yaml')];
    await scratch.article('typed.txt');
    await scratch.type('typed.txt', (text) => text + 'More.\n');
    assert.deepEqual(await accept(), { repaired: 1, moved: 1, refused: [] });
    assert.equal(await scratch.read('bad.ann.yaml'), bad);
    assert.equal(await scratch.read('typed.ann.yaml'), typed);
    // Named, they are refused with the reason.
    for (const [name, reason] of [
      ['bad', /has errors/],
      ['typed', /has unsaved changes/],
    ] as const) {
      // prettier-ignore
      const outcome = await repair({ article: scratch.uri(`${name}.txt`).toString() });
      assert.equal(outcome?.repaired, 0);
      assert.match(outcome.refused.join(), reason);
    }
  });

  it('repairs one article by the quick fix of its sidecar', async () => {
    scratch = await Scratch.make({ 'a.txt': MOVED, 'a.ann.yaml': head('a.txt') + ADA });
    const [stale] = await scratch.untilCodes('a.ann.yaml', 'text-hash-stale');
    assert.match(stale!.message, /another place: 1\. .*at once by a quick fix/);
    const { uri } = await vscode.workspace.openTextDocument(scratch.uri('a.ann.yaml'));
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      stale!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const [fix] = all.filter(({ command }) => command?.command === 'corpusAnnotator.repairCorpus');
    assert.equal(fix!.title, 'Write the places that entities have in the article now');
    await vscode.commands.executeCommand(fix!.command!.command, ...(fix!.command!.arguments as unknown[]));
    assert.match(await scratch.read('a.ann.yaml'), /start: 11, end: 14/);
    await scratch.untilCodes('a.ann.yaml');
  });
});
