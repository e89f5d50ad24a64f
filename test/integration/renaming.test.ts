import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const sidecar = (article: string) =>
  `version: 1\narticle: ${article}\nentities:\n  - {id: aaaaa2, label: PER, start: 0, end: 4, text: Zora}\n`;

describe('an article that is renamed in the editor @web', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    scratch = await Scratch.make({
      'a.txt': 'Zora left.\n',
      'a.ann.yaml': sidecar('a.txt'),
      'a.ada.ann.yaml': sidecar('a.txt'),
      'a.b.txt': 'Zora came.\n',
      'a.b.ann.yaml': sidecar('a.b.txt'),
    });
    await scratch.article('a.b.txt');
  });

  afterEach(() => scratch.remove());

  async function rename(from: string, to: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(scratch.uri(from), scratch.uri(to));
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const names = async () =>
    (await vscode.workspace.fs.readDirectory(scratch.folder))
      .map(([name]) => name)
      .sort()
      .join(' ');

  it('takes its sidecars along, in all layers, and no other article’s', async () => {
    await rename('a.txt', 'c.txt');
    await until(
      async () => (await names()) === 'a.b.ann.yaml a.b.txt c.ada.ann.yaml c.ann.yaml c.txt corpus.yaml',
      'the sidecars',
    );
    await until(async () => (await scratch.read('c.ann.yaml')).includes('article: c.txt\n'), 'the new name');
    await scratch.article('c.txt');
    assert.deepEqual(
      (await scratch.api.getEntities(scratch.uri('c.txt'))).map(({ text }) => text),
      ['Zora'],
    );
    await scratch.untilCodes('c.ann.yaml');
  });

  it('leaves what is there under the new name', async () => {
    await scratch.write('c.ann.yaml', sidecar('elsewhere.txt'));
    await rename('a.txt', 'c.txt');
    await until(async () => (await names()).includes('c.ada.ann.yaml'), 'the layer');
    assert.match(await scratch.read('c.ann.yaml'), /elsewhere/);
    assert.equal(await scratch.read('a.ann.yaml'), sidecar('a.txt'));
  });

  it('takes along what was refused in it, also in a folder that is moved', async () => {
    const refused = (article: string) =>
      `version: 1\nrefused:\n  - {text: Tor, label: PER, article: ${article}}\n  - {text: Tor, label: GPE, article: a.b.txt}\n`;
    await scratch.write('refused.yaml', refused('a.txt'));
    await rename('a.txt', 'c.txt');
    await until(async () => (await scratch.read('refused.yaml')) === refused('c.txt'), 'the new path');
    await scratch.write('d/e.txt', 'Tor.\n');
    await scratch.article('d/e.txt');
    await scratch.write('refused.yaml', refused('"d/e.txt"'));
    await rename('d', 'f');
    await until(async () => (await scratch.read('refused.yaml')) === refused('f/e.txt'), 'the new folder');
  });
});
