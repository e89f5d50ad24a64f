import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/until.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('articles view', () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const at = (name: string) => vscode.Uri.joinPath(folder, 'articles-view', name);
  const read = (uri: vscode.Uri) =>
    vscode.workspace.fs.readFile(uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => undefined,
    );
  const run = (command: string, ...args: unknown[]) =>
    vscode.commands.executeCommand<unknown>(`corpusAnnotator.${command}`, ...args);

  before(async () => {
    await vscode.extensions.getExtension('corpus-annotator.corpus-annotator')!.activate();
    for (const name of ['one', 'two', 'three', 'broken'])
      await vscode.workspace.fs.writeFile(at(`${name}.txt`), encode(` date 2021-02-03 Article ${name}.\n`));
    await vscode.workspace.fs.writeFile(at('broken.ann.yaml'), encode('version: 1\nentities: [\n'));
    await run('articles.refresh');
  });

  after(async () => {
    await run('articles.clearFilter');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(at('.'), { recursive: true });
  });

  it('marks an article as done in a sidecar, and opens it again @web', async () => {
    assert.equal(await run('markDone', at('one.txt')), 1);
    const sidecar = await read(at('one.ann.yaml'));
    assert.match(sidecar ?? '', /^article: one\.txt$/m);
    assert.match(sidecar ?? '', /^status: done$/m);
    assert.equal(await run('markDone', at('one.txt')), 0);
    assert.equal(await run('markOpen', { article: at('one.txt').toString() }), 1);
    assert.match((await read(at('one.ann.yaml'))) ?? '', /^status: open$/m);
  });

  it('marks the article of the active editor, and undoes it', async () => {
    await vscode.window.showTextDocument(at('two.txt'));
    assert.equal(await run('markDone'), 1);
    assert.match((await read(at('two.ann.yaml'))) ?? '', /^status: done$/m);
    await run('undo');
    await until(
      async () => /^status: open$/m.test((await read(at('two.ann.yaml'))) ?? ''),
      'the status to be open again',
    );
  });

  it('marks several articles at once', async () => {
    const selected = [at('one.txt'), at('two.txt'), at('three.txt')];
    assert.equal(await run('markDone', selected[0], selected), 3);
    for (const name of ['one', 'two', 'three'])
      assert.match((await read(at(`${name}.ann.yaml`))) ?? '', /^status: done$/m);
  });

  it('leaves a sidecar with errors alone', async () => {
    assert.equal(await run('markDone', at('broken.txt')), 0);
    assert.equal(await read(at('broken.ann.yaml')), 'version: 1\nentities: [\n');
  });

  it('marks nothing that is not an article', async () => {
    assert.equal(await run('markDone', vscode.Uri.joinPath(folder, 'README.md')), 0);
    assert.equal(await run('markDone', { article: at('none.txt') }), 0);
  });

  it('opens the sidecar beside its article', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('markDone', at('one.txt'));
    await run('openSidecar', at('one.txt'));
    const shown = () =>
      vscode.window.visibleTextEditors.map(({ document }) => document.uri.path.split('/').pop());
    await until(() => shown().length === 2, 'two editors');
    assert.deepEqual(shown().sort(), ['one.ann.yaml', 'one.txt']);
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    await run('openSidecar', at('one.txt'));
    assert.equal(shown().length, 2, 'a second time it is only shown');
  });

  it('does not make a sidecar by opening it', async () => {
    await vscode.workspace.fs.writeFile(at('four.txt'), encode(' date 2021-02-04 Article four.\n'));
    await run('articles.refresh');
    await run('openSidecar', at('four.txt'));
    assert.equal(await read(at('four.ann.yaml')), undefined);
  });

  it('takes a filter and an order as arguments, without asking', async () => {
    await run('articles.filter', { states: ['done', 'nonsense'], labels: ['GPE'], text: 'article TWO' });
    await run('articles.filter', {});
    for (const by of ['date', 'newest', 'state', 'name']) await run('articles.sort', { by });
  });
});
