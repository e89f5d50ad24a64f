import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { NO_TEXT } from '../../src/core/sidecar/merge.ts';
import { hashText } from '../../src/core/text.ts';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n\nAda left.\n';
const BOB = '  - {id: bbbbbb, label: PER, start: 25, end: 28, text: Bob}\n';
const ROME = '  - {id: rrrrrr, label: GPE, start: 32, end: 36, text: Rome}\n';
const SIDECAR = 'version: 1\narticle: a.txt\nstatus: open\nentities:\n' + BOB;

describe('a sidecar that another program changes while the article is unsaved', () => {
  editText();
  let scratch: Scratch;
  let article: vscode.Uri;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': SIDECAR });
    article = await scratch.article('a.txt');
    document = await scratch.type('a.txt', (text) => text.replace('2020', '02020'));
  });
  afterEach(() => scratch.remove());

  const entities = async () =>
    (await scratch.api.getEntities(article)).map(({ label, text }) => `${label} ${text}`);
  const run = (command: string, argument: object) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, { article, id: 'bbbbbb', ...argument });

  it('is merged: what both added is there, in the article and on disk @web', async () => {
    await scratch.tag('a.txt', 'Ada');
    await scratch.write('a.ann.yaml', SIDECAR + ROME);
    await until(async () => (await entities()).length === 3, 'their entity');
    assert.deepEqual(await entities(), ['PER Ada', 'PER Bob', 'GPE Rome']);
    await document.save();
    await until(
      async () => /text: Ada.*\n.*text: Bob.*\n.*text: Rome/.test(await scratch.read('a.ann.yaml')),
      'all on disk',
    );
  });

  it('keeps both labels of an entity that both relabelled, each naming the other', async () => {
    await run('relabel', { label: 'GPE' });
    await scratch.write('a.ann.yaml', SIDECAR.replace('PER', 'ORG'));
    await until(async () => (await entities()).length === 2, 'both versions');
    assert.deepEqual(await entities(), ['GPE Bob', 'ORG Bob']);
    await document.save();
    await until(async () => (await scratch.read('a.ann.yaml')).includes('conflict'), 'both on disk');
    const [, first, one, second, other] =
      /\{id: (\w+), label: GPE.*conflict: (\w+)\}\n.*\{id: (\w+), label: ORG.*conflict: (\w+)\}/.exec(
        await scratch.read('a.ann.yaml'),
      ) ?? [];
    assert.deepEqual([one, other], [second, first]);
  });

  it('keeps what was changed here of an entity that was deleted there', async () => {
    await run('editNote', { note: 'mine' });
    await scratch.write('a.ann.yaml', SIDECAR.replace(BOB, ROME));
    await until(async () => (await entities()).join() === 'PER Bob,GPE Rome', 'the changed entity');
    await document.save();
    await until(async () => (await scratch.read('a.ann.yaml')).includes('note: mine'), 'it on disk');
    assert.match(await scratch.read('a.ann.yaml'), /text: Bob, note: mine, conflict: deleted\}/);
  });

  it('takes what was made of other kinds; of what was deleted here, it is left as a comment', async () => {
    await run('deleteEntity', {});
    const relations = 'relations:\n  - {id: r1, label: met, from: bbbbbb, to: rrrrrr}\n';
    const chains = 'chains:\n  - {id: c1, mentions: [bbbbbb, rrrrrr]}\n';
    await scratch.write('a.ann.yaml', SIDECAR + ROME + relations + chains);
    await until(async () => (await entities()).join() === 'GPE Rome', 'theirs');
    await document.save();
    const wanted = `text: Rome}\nchains:\n  - {id: c1, mentions: [rrrrrr]}\n# ${relations.trimEnd().replace('\n', '\n# ')}\n`;
    await until(async () => (await scratch.read('a.ann.yaml')).endsWith(wanted), 'all on disk');
  });

  it('deletes here what was deleted there', async () => {
    await scratch.write('a.ann.yaml', SIDECAR.replace(BOB, ROME));
    await until(async () => (await entities()).join() === 'GPE Rome', 'no Bob');
  });
});

describe('a sidecar with git conflict markers', () => {
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  const ADA = '  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada}\n';
  const HEAD = SIDECAR.replace(BOB, '');
  const conflict = (ours: string, theirs: string) =>
    `${HEAD}<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> theirs\n`;
  const merged = (hash: string, entities: string) =>
    HEAD.replace('status', `text_hash: ${hash}\nstatus`) + entities;
  const texts = async () =>
    (await scratch.api.getEntities(scratch.uri('a.txt'))).map(({ label, text }) => `${label} ${text}`);
  const mergeSides = () =>
    vscode.commands.executeCommand('corpusAnnotator.mergeSides', scratch.uri('a.ann.yaml'));
  const fixes = (name: string, range: vscode.Range) =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      scratch.uri(name),
      range,
    );
  const run = (fix: vscode.CodeAction | undefined) =>
    vscode.commands.executeCommand(fix!.command!.command, fix!.command!.arguments![0]);

  it('says so once, refuses tags, and is merged by the quick fix @web', async () => {
    const source = conflict(ADA + BOB, BOB + ROME);
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': source });
    await scratch.article('a.txt');
    const [problem] = await scratch.untilCodes('a.ann.yaml', 'git-conflict');
    assert.equal(problem!.range.start.line, 4);
    assert.deepEqual(await texts(), ['PER Ada', 'PER Bob'], 'ours is seen meanwhile');
    await assert.rejects(scratch.tag('a.txt', 'left'), { code: 'sidecar-in-conflict' });
    assert.equal(await scratch.read('a.ann.yaml'), source);
    await vscode.workspace.openTextDocument(scratch.uri('a.ann.yaml'));
    const [fix] = await fixes('a.ann.yaml', problem!.range);
    assert.equal(fix?.title, 'Merge both sides, entity by entity');
    await run(fix);
    assert.equal(await scratch.read('a.ann.yaml'), merged(await hashText(TEXT), ADA + BOB + ROME));
    await scratch.untilCodes('a.ann.yaml');
    await scratch.tag('a.txt', 'left');
    assert.deepEqual(await texts(), ['PER Ada', 'PER Bob', 'GPE Rome', 'PER left']);
  });

  it('leaves what was there before to be seen, and takes from the merge what that deleted @web', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB + ROME });
    await scratch.article('a.txt');
    assert.deepEqual(await texts(), ['PER Bob', 'GPE Rome']);
    await scratch.write('a.ann.yaml', conflict(ADA, ROME));
    await scratch.untilCodes('a.ann.yaml', 'git-conflict');
    assert.deepEqual(await texts(), ['PER Bob', 'GPE Rome']);
    // A person settles it by hand.
    await scratch.write('a.ann.yaml', HEAD + ADA);
    await until(async () => (await texts()).join() === 'PER Ada', 'what was left');
    assert.equal(await scratch.read('a.ann.yaml'), HEAD + ADA);
  });

  it('shows ours, and nothing of it stays that a person leaves out', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': conflict(ADA + BOB, ROME) });
    await scratch.article('a.txt');
    assert.deepEqual(await texts(), ['PER Ada', 'PER Bob']);
    await scratch.write('a.ann.yaml', HEAD + ROME);
    await until(async () => (await texts()).join() === 'GPE Rome', 'theirs alone');
    await scratch.tag('a.txt', 'left');
    assert.doesNotMatch(await scratch.read('a.ann.yaml'), /Ada|Bob/);
  });

  it('puts its entities into the article as it is, and leaves to a person what has no certain place there', async () => {
    const text = TEXT.replace('Ada met', 'In May Ada met').replaceAll('Bob', 'Eve');
    const source = conflict('', ROME);
    scratch = await Scratch.make({ 'a.txt': text, 'a.ann.yaml': source });
    await scratch.article('a.txt');
    await mergeSides();
    const moved = ROME.replace('32, end: 36', '39, end: 43');
    assert.equal(await scratch.read('a.ann.yaml'), merged(await hashText(text), moved));
    await scratch.write('a.ann.yaml', conflict(BOB, ROME));
    await mergeSides();
    assert.equal(await scratch.read('a.ann.yaml'), merged(NO_TEXT, BOB + ROME));
    await scratch.untilCodes('a.ann.yaml', 'text-hash-stale', 'entity-not-found');
  });

  it('is put into the article of its layer, and into no text where it has no article', async () => {
    const source = conflict('', ROME);
    scratch = await Scratch.make({
      'a.txt': `In May ${TEXT}`,
      'a.ada.ann.yaml': source,
      'x.ann.yaml': source,
    });
    await scratch.untilCodes('a.ada.ann.yaml', 'git-conflict');
    for (const name of ['a.ada.ann.yaml', 'x.ann.yaml'])
      await vscode.commands.executeCommand('corpusAnnotator.mergeSides', scratch.uri(name));
    const moved = ROME.replace('32, end: 36', '39, end: 43');
    assert.equal(await scratch.read('a.ada.ann.yaml'), merged(await hashText(`In May ${TEXT}`), moved));
    assert.equal(await scratch.read('x.ann.yaml'), merged(NO_TEXT, ROME));
    await scratch.untilCodes('a.ada.ann.yaml');
  });

  it('is not touched where one side is no valid sidecar', async () => {
    const source = conflict(ADA, '  - {id: aaaaaa}\n');
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': source });
    await scratch.article('a.txt');
    await mergeSides();
    assert.equal(await scratch.read('a.ann.yaml'), source);
  });

  it('is merged in the editor that has it open with unsaved changes', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + BOB });
    await scratch.article('a.txt');
    const document = await scratch.type('a.ann.yaml', () => conflict(ADA, ROME));
    await mergeSides();
    assert.ok(document.isDirty);
    assert.equal(document.getText(), merged(await hashText(TEXT), ADA + ROME));
    assert.equal(await scratch.read('a.ann.yaml'), HEAD + BOB, 'the disk is the editor’s to write');
    await until(async () => (await texts()).join() === 'PER Ada,GPE Rome', 'both sides in the article');
  });

  it('shows what both sides changed, until one version is kept, which can be undone', async () => {
    const marked = conflict(BOB, BOB.replace('PER', 'GPE')).replace('> theirs', '> feature/x');
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': marked });
    const article = await scratch.article('a.txt');
    await mergeSides();
    const problems = await scratch.untilCodes('a.ann.yaml', 'entity-conflict', 'entity-conflict');
    const [first] = await scratch.untilCodes('a.txt', 'entity-conflict', 'entity-conflict');
    assert.match(first!.message, /changed \w+ "Bob": there is another version, which differs in label\./);
    assert.deepEqual([first!.range.start.character, first!.range.end.character], [25, 28]);
    await vscode.workspace.openTextDocument(scratch.uri('a.ann.yaml'));
    const titles = (await fixes('a.txt', first!.range)).map(({ title }) => title);
    assert.deepEqual(titles, [
      'Keep this version: GPE “Bob”, theirs (feature/x)',
      'Keep both versions of “Bob”',
      'Keep this version: PER “Bob”, ours (HEAD)',
      'Keep both versions of “Bob”',
    ]);
    const [keep, both] = await fixes('a.ann.yaml', problems[1]!.range);
    assert.deepEqual([keep?.title, both?.title], titles.slice(2));
    await run(keep);
    assert.deepEqual(await texts(), ['PER Bob']);
    assert.doesNotMatch(await scratch.read('a.ann.yaml'), /conflict/);
    await scratch.untilCodes('a.txt');
    await vscode.window.showTextDocument(article);
    await vscode.commands.executeCommand('corpusAnnotator.undo');
    assert.deepEqual(await texts(), ['GPE Bob', 'PER Bob']);
    await run(both);
    assert.deepEqual(await texts(), ['GPE Bob', 'PER Bob']);
    await scratch.untilCodes('a.txt');
    assert.doesNotMatch(await scratch.read('a.ann.yaml'), /conflict/);
  });
});
