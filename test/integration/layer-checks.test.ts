import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n';
const ADA = 'a.ada.ann.yaml';
const line = (id: string, label: string, start: number, text: string, more = '') =>
  `  - {id: ${id}, label: ${label}, start: ${start}, end: ${start + text.length}, text: ${text}${more}}\n`;
const sidecar = (article: string, ...lines: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${lines.join('')}`;
const BOB = line('bbbbbb', 'PER', 25, 'Bob');

describe('layers of annotators, checked', () => {
  let scratch: Scratch;
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  const check = () => vscode.commands.executeCommand<number>('corpusAnnotator.checkCorpus');
  /** Of what looks for each problem, nobody says which is first. */
  const untilThere = (...codes: string[]) => {
    const told = () => scratch.diagnostics(ADA).map(({ code }) => code as string);
    return until(() => told().sort().join() === codes.sort().join(), codes.join());
  };
  const messages = (name: string) => scratch.diagnostics(name).map(({ message }) => message);

  /** Runs the only quick fix of a problem in a sidecar that has such a title. */
  async function fix(name: string, rule: string, title: RegExp): Promise<void> {
    await vscode.workspace.openTextDocument(scratch.uri(name));
    const found = scratch.diagnostics(name).find(({ code }) => code === rule)!;
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      scratch.uri(name),
      found.range,
    );
    const [action, another] = all.filter((one) => one.command && title.test(one.title));
    assert.ok(action && !another, `${String(title)} among ${all.map((one) => one.title).join(' | ')}`);
    await vscode.commands.executeCommand(
      action.command!.command,
      ...(action.command!.arguments as unknown[]),
    );
  }

  it('are each held against themselves, at the lines of their sidecars, and followed from then on @web', async () => {
    const cut = line('cccccc', 'GPE', 32, 'Rom');
    scratch = await Scratch.make({
      'a.txt': TEXT,
      'a.ann.yaml': sidecar('a.txt', BOB.replace('PER', 'GPE')),
      'a.ada.ann.yaml': sidecar('a.txt', BOB, cut),
      'a.bo.ann.yaml': sidecar('a.txt', BOB).replace('entities', 'status: done\nentities'),
      'b.txt': 'Bob.\n',
      'b.ada.ann.yaml': sidecar('b.txt', line('dddddd', 'GPE', 0, 'Bob')),
    });
    await scratch.article('b.txt');
    assert.ok((await check()) >= 4);
    const found = await scratch.untilCodes('a.ada.ann.yaml', 'inconsistent-label', 'cut-word');
    assert.deepEqual(
      found.map(({ range }) => [range.start.line, range.start.character]),
      [
        [3, 4],
        [4, 4],
      ],
    );
    assert.deepEqual(messages('b.ada.ann.yaml'), [
      '"Bob" is GPE here (1 in the corpus), and PER elsewhere (1).',
    ]);
    await scratch.untilCodes('a.bo.ann.yaml', 'done-unreviewed');
    assert.deepEqual(scratch.diagnostics('a.ann.yaml'), []);
    assert.deepEqual(scratch.diagnostics('a.txt'), [], 'nobody else has said what Bob is');
    await scratch.delete('b.ada.ann.yaml');
    await scratch.untilCodes('a.ada.ann.yaml', 'cut-word');
    await scratch.write('b.ada.ann.yaml', sidecar('b.txt', line('dddddd', 'GPE', 0, 'Bob')));
    await scratch.untilCodes('b.ada.ann.yaml', 'inconsistent-label');
    await scratch.write('b.ada.ann.yaml', sidecar('b.txt', line('dddddd', 'PER', 0, 'Bob')));
    await scratch.untilCodes('a.ada.ann.yaml', 'cut-word');
    await scratch.untilCodes('b.ada.ann.yaml');
    await scratch.delete('a.bo.ann.yaml');
    await scratch.untilCodes('a.bo.ann.yaml');
    await scratch.write('b.bo.ann.yaml', sidecar('b.txt', line('eeeeee', 'PER', 0, 'Bo')));
    await scratch.untilCodes('b.bo.ann.yaml', 'cut-word');
    await scratch.delete('b.txt');
    await scratch.untilCodes('b.bo.ann.yaml');
    await scratch.write('corpus.yaml', 'version: 1\nrules: {cut-word: off}\nlabels: {PER: {}, GPE: {}}\n');
    await scratch.untilCodes('a.ada.ann.yaml');
  });

  it('are told above their lists what they leave untagged, where corpus.yaml asks for that', async () => {
    const reviewed = line('dddddd', 'PER', 0, 'Bob', ', reviewed: true');
    scratch = await Scratch.make({
      'corpus.yaml': 'version: 1\nrules: {untagged-mention: warning}\nlabels: {PER: {}, GPE: {}}\n',
      'a.txt': TEXT,
      'a.ada.ann.yaml': sidecar('a.txt'),
      'b.txt': 'Bob.\n',
      'b.ada.ann.yaml': sidecar('b.txt', reviewed),
    });
    await scratch.article('b.txt');
    await check();
    const [untagged] = await scratch.untilCodes('a.ada.ann.yaml', 'untagged-mention');
    assert.equal(
      untagged!.message,
      'a.txt:1:26: "Bob" is tagged as PER elsewhere in the corpus, and not here.',
    );
    assert.equal(untagged!.range.start.line, 2);
    assert.deepEqual(scratch.diagnostics('a.txt'), [], 'the shared layer has none of it');
  });

  it('are mended by the quick fixes of their sidecars, which write into that layer only', async () => {
    const lines = [
      line('aaaaaa', 'PER', 17, 'Ad'),
      BOB,
      line('cccccc', 'GPE', 32, 'Rom'),
      line('dddddd', 'LOC', 32, 'Rome'),
    ];
    scratch = await Scratch.make({
      'a.txt': TEXT,
      'a.ann.yaml': sidecar('a.txt', ...lines),
      'a.ada.ann.yaml': sidecar('a.txt', ...lines),
    });
    await scratch.article('a.txt');
    const shared = await scratch.read('a.ann.yaml');
    await check();
    await untilThere('cut-word', 'cut-word', 'unknown-label');
    await fix(ADA, 'cut-word', /^Widen “Ad” to “Ada”$/);
    await untilThere('cut-word', 'unknown-label');
    await fix(ADA, 'cut-word', /^Right as it is: ignore “cut-word” for this entity$/);
    await scratch.untilCodes(ADA, 'unknown-label');
    assert.match(
      await scratch.read(ADA),
      /start: 17, end: 20, text: Ada\}[^]*text: Rom, ignore: \[cut-word\]\}/,
    );
    await fix(ADA, 'unknown-label', /^Add the label LOC to the label set$/);
    await scratch.untilCodes(ADA);
    assert.equal(await scratch.read('a.ann.yaml'), shared);
    const offered = scratch.api.getEntities(scratch.uri('a.txt'));
    assert.ok(
      (await offered).some(({ text }) => text === 'Ad'),
      'the shared layer is as it was',
    );
  });

  it('are mended so where the place of an entity, or which version is right, is for a person to say', async () => {
    const versions = (other: string) => [
      line('cccccc', 'GPE', 32, 'Rome', ', conflict: dddddd'),
      line('dddddd', other, 32, 'Rome', ', conflict: cccccc'),
    ];
    const lines = [BOB.replace('text: Bob', 'text: Ada'), ...versions('PER')];
    scratch = await Scratch.make({
      'a.txt': TEXT,
      'a.ann.yaml': sidecar('a.txt', ...lines),
      'a.ada.ann.yaml': sidecar('a.txt', ...lines),
    });
    await scratch.article('a.txt');
    const shared = await scratch.read('a.ann.yaml');
    await scratch.untilCodes(ADA, 'entity-not-found', 'entity-conflict', 'entity-conflict');
    await fix(ADA, 'entity-not-found', /^Place “Ada” at line 1: /);
    await scratch.untilCodes(ADA, 'entity-conflict', 'entity-conflict');
    await fix(ADA, 'entity-conflict', /^Keep this version: GPE “Rome”/);
    await scratch.untilCodes(ADA);
    await until(async () => /start: 17, end: 20, text: Ada/.test(await scratch.read(ADA)), 'its place');
    assert.equal(await scratch.read('a.ann.yaml'), shared);
  });
});
