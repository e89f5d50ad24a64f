import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashText } from '../../src/core/text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = 'Zora left.\n';
const LINE = '  - {id: aaaaa2, label: PER, start: 0, end: 4, text: Zora}\n';
const sidecar = async (article: string, text = TEXT) =>
  `version: 1\narticle: ${article}\ntext_hash: ${await hashText(text)}\nstatus: open\nentities:\n${LINE}`;

const isRefused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

describe('an article that was moved without its sidecar, outside of the editor @web', () => {
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  const texts = async (name: string) =>
    (await scratch.api.getEntities(scratch.uri(name))).map(({ text }) => text);
  const run = (command: string, name: string) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, scratch.uri(name).toString());
  const fixes = async (name: string) => {
    const [{ range }] = scratch.diagnostics(name) as [vscode.Diagnostic];
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      scratch.uri(name),
      range,
    );
    return found.map(({ title }) => title);
  };

  const untilWritten = (name: string, what: RegExp) =>
    until(async () => what.test(await scratch.read(name)), `${what} in ${name}`);

  it('gets it, in all layers, and no new one before that is answered', async () => {
    scratch = await Scratch.make({
      'new/b.txt': TEXT,
      'old/a.ann.yaml': await sidecar('a.txt'),
      'old/a.ada.ann.yaml': await sidecar('a.txt', 'older'),
    });
    await scratch.article('new/b.txt');
    const [problem] = await scratch.untilCodes('new/b.txt', 'sidecar-elsewhere');
    assert.match(problem!.message, /^The sidecar old\/a\.(ada\.)?ann\.yaml has no article/);
    await assert.rejects(scratch.tag('new/b.txt', 'left'), isRefused('sidecar-elsewhere'));
    assert.equal(await scratch.exists('new/b.ann.yaml'), false);
    assert.deepEqual((await fixes('new/b.txt')).slice(0, 2), [
      'Take the entities of this sidecar',
      'Begin a new sidecar',
    ]);
    await run('takeSidecar', 'new/b.txt');
    assert.deepEqual(await texts('new/b.txt'), ['Zora']);
    assert.equal(await scratch.read('new/b.ann.yaml'), await sidecar('b.txt'));
    assert.equal(await scratch.read('new/b.ada.ann.yaml'), await sidecar('a.txt', 'older'));
    for (const gone of ['old/a.ann.yaml', 'old/a.ada.ann.yaml'])
      assert.equal(await scratch.exists(gone), false);
    await scratch.untilCodes('new/b.txt');
    await scratch.tag('new/b.txt', 'left');
    assert.deepEqual(await texts('new/b.txt'), ['Zora', 'left']);
  });

  it('begins one where a person says so, and the other stays', async () => {
    scratch = await Scratch.make({ 'b.txt': TEXT, 'a.ann.yaml': await sidecar('a.txt') });
    await scratch.article('b.txt');
    await scratch.untilCodes('b.txt', 'sidecar-elsewhere');
    await assert.rejects(scratch.tag('b.txt', 'left'), isRefused('sidecar-elsewhere'));
    await run('beginSidecar', 'b.txt');
    await scratch.tag('b.txt', 'left');
    assert.deepEqual(await texts('b.txt'), ['left']);
    assert.equal(await scratch.read('a.ann.yaml'), await sidecar('a.txt'));
  });

  it('is asked nothing about the sidecar of a file that is there, and no article of the corpus', async () => {
    scratch = await Scratch.make({
      'corpus.yaml': 'version: 1\narticles: ["texts/*.txt"]\nlabels:\n  PER: {key: p}\n',
      'drafts/a.txt': TEXT,
      'drafts/a.ann.yaml': await sidecar('a.txt'),
      'texts/a.txt': TEXT,
    });
    await scratch.article('texts/a.txt');
    await scratch.tag('texts/a.txt', 'left');
    assert.deepEqual(await texts('texts/a.txt'), ['left']);
  });

  it('is asked about while it is open, too', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': await sidecar('a.txt') });
    await scratch.article('a.txt');
    assert.deepEqual(await texts('a.txt'), ['Zora']);
    await scratch.write('b.txt', TEXT);
    await scratch.article('b.txt');
    await scratch.untilCodes('b.txt');
    await scratch.delete('a.txt');
    await scratch.untilCodes('b.txt', 'sidecar-elsewhere');
    // The other one is back.
    await scratch.write('a.txt', TEXT);
    await scratch.untilCodes('b.txt');
    await scratch.delete('a.txt');
    await scratch.untilCodes('b.txt', 'sidecar-elsewhere');
    // It is another program that brings the sidecar.
    await vscode.workspace.fs.rename(scratch.uri('a.ann.yaml'), scratch.uri('b.ann.yaml'));
    await scratch.untilCodes('b.txt', ...[]);
    assert.deepEqual(await texts('b.txt'), ['Zora']);
  });

  it('and was changed since is asked about by its name', async () => {
    scratch = await Scratch.make({
      'new/a.txt': `Once ${TEXT}`,
      'old/a.ann.yaml': await sidecar('a.txt'),
      'other/a.txt': 'Nothing.\n',
    });
    await scratch.article('new/a.txt');
    await scratch.untilCodes('new/a.txt', 'sidecar-of-same-name');
    await assert.rejects(scratch.tag('new/a.txt', 'left'), isRefused('sidecar-of-same-name'));
    await run('takeSidecar', 'new/a.txt');
    assert.deepEqual(await texts('new/a.txt'), ['Zora']);
    await untilWritten('new/a.ann.yaml', /start: 5, end: 9, text: Zora/);
    await scratch.article('other/a.txt');
    await scratch.tag('other/a.txt', 'Nothing');
  });

  it('is not asked for twice by each article of a common name', async () => {
    scratch = await Scratch.make({
      'b/a.txt': 'One.\n',
      'c/a.txt': 'Two.\n',
      'old/a.ann.yaml': await sidecar('a.txt'),
    });
    await scratch.article('b/a.txt');
    await scratch.untilCodes('b/a.txt', 'sidecar-of-same-name');
    await assert.rejects(scratch.tag('b/a.txt', 'One'), isRefused('sidecar-of-same-name'));
    await run('beginSidecar', 'b/a.txt');
    await scratch.article('c/a.txt');
    await until(() => scratch.tag('c/a.txt', 'Two').then(() => true, () => false), 'a tag without a question'); // prettier-ignore
  });

  it('does not take over the sidecar of one that is gone, and has its stem, unasked', async () => {
    scratch = await Scratch.make({
      'corpus.yaml': 'version: 1\narticles: ["**/*.txt", "**/*.md"]\nlabels:\n  PER: {key: p}\n',
      'a.txt': 'Nobody left, Zora did not.\n',
      'a.ann.yaml': await sidecar('a.md'),
    });
    const before = await scratch.read('a.ann.yaml');
    await scratch.article('a.txt');
    assert.deepEqual(await texts('a.txt'), []);
    await assert.rejects(scratch.tag('a.txt', 'left'), isRefused('sidecar-of-gone-article'));
    assert.equal(await scratch.read('a.ann.yaml'), before);
    const [problem] = await scratch.untilCodes('a.txt', 'sidecar-of-gone-article');
    assert.match(problem!.message, /belongs to "a\.md", which is gone/);
    assert.deepEqual((await fixes('a.txt')).slice(0, 1), ['Take the entities of this sidecar']);
    // Back, it is the other article's again.
    await scratch.write('a.md', TEXT);
    await scratch.untilCodes('a.txt', 'sidecar-of-another-article');
    await scratch.delete('a.md');
    await scratch.untilCodes('a.txt', 'sidecar-of-gone-article');
    await run('takeSidecar', 'a.txt');
    assert.deepEqual(await texts('a.txt'), ['Zora']);
    await untilWritten('a.ann.yaml', /^article: a\.txt$/m);
    await scratch.untilCodes('a.txt');
  });
});
