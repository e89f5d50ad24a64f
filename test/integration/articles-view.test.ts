import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { markedMessage } from '../../src/features/articles-view/actions.ts';
import { DragAndDrop } from '../../src/features/articles-view/drag-and-drop.ts';
import { FileNames } from '../../src/features/articles-view/file-names.ts';
import { rowOf } from '../../src/features/articles-view/rows.ts';
import type { ArticleEntry } from '../../src/workspace/corpus/article-entry.ts';
import { CorpusStore } from '../../src/workspace/store.ts';
import { Scratch } from '../support/scratch.ts';
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

  it('shows how many entities, the date, what an article begins with, and what tells its file apart @web', async () => {
    const scratch = await Scratch.make({
      '000_95f1c07391.txt': ' date 2021-02-03 The ferry left the harbour in the evening.\n',
      '000_95f1c07391.ann.yaml':
        'version: 1\narticle: 000_95f1c07391.txt\nentities:\n  - {id: aaaaaa, label: PER, start: 21, end: 26, text: ferry}\n',
      'two.txt': 'title: Of ferries\n\nThe other ferry stayed.\n',
      'three.txt': '',
    });
    const store = new CorpusStore(scratch.uri('.storage'));
    try {
      await store.catalog.ready;
      await store.catalog.summarized;
      const names = new FileNames(store.catalog.all);
      const dragged = new vscode.DataTransfer();
      const shown = ['000_95f1c07391', 'two', 'three'].map((name) => {
        const entry = store.catalog.entry(scratch.uri(`${name}.txt`))!;
        const node = { kind: 'article' as const, id: entry.key, entry, parent: undefined, rank: '' };
        if (name === 'two') new DragAndDrop(store).handleDrag([node], dragged);
        const { label, description, accessibilityInformation } = rowOf(node, 'name', (one) => names.of(one));
        return [label, description, accessibilityInformation?.label];
      });
      assert.deepEqual(shown, [
        [
          '1 2021-02-03 · 000 · The ferry left the harbour in the evening.',
          '000_95f1c07391.txt',
          'The ferry left the harbour in the evening., 000_95f1c07391.txt, in progress, 2021-02-03, 1 entity, 1 to review',
        ],
        ['two · Of ferries', '', 'Of ferries, two.txt, untouched, 0 entities, nothing to review'],
        ['three.txt', '', 'three.txt, untouched, 0 entities, nothing to review'],
      ]);
      const uris = await dragged.get('text/uri-list')?.asString();
      assert.equal(uris, scratch.uri('two.txt').toString(), 'a row can be dropped on an editor group');
    } finally {
      store.dispose();
      await scratch.remove();
    }
  });

  it('says how many entities and suggestions are left undecided in what is done', () => {
    const entries = ['a.txt', 'b.txt'].map((path) => ({ uri: at(path) }) as ArticleEntry);
    const [one] = entries as [ArticleEntry];
    const left = (entities: number, suggestions: number) => ({ entry: one, entities, suggestions });
    assert.equal(markedMessage([one], [one], 'done'), 'Marked a.txt as done.');
    assert.equal(
      markedMessage([one], [one], 'done', left(1, 2)),
      'Marked a.txt as done. Left: 1 entity to review, 2 suggestions.',
    );
    assert.equal(
      markedMessage(entries, entries, 'done', left(0, 1)),
      'Marked 2 articles as done. Left: 1 suggestion.',
    );
  });

  it('marks an article as done and opens the next that is not, in the order of the view @web', async () => {
    const names = ['a', 'b', 'c', 'd'];
    for (const [i, name] of names.entries())
      await vscode.workspace.fs.writeFile(at(`walk/${name}.txt`), encode(` date 2021-03-0${9 - i} Walk.\n`));
    await run('articles.refresh');
    await run('markDone', at('walk/b.txt'));
    const next = async (argument?: vscode.Uri) =>
      ((await run('doneAndNext', argument)) as vscode.Uri | undefined)?.path.split('/').pop();
    try {
      await run('articles.filter', { text: 'articles-view/walk/' });
      // The oldest first: d, c, b, a.
      await run('articles.sort', { by: 'date' });
      await vscode.window.showTextDocument(at('walk/c.txt'));
      assert.equal(await next(), 'a.txt', 'past the one that is done');
      const active = () => vscode.window.activeTextEditor?.document.uri.path.split('/').pop();
      await until(() => active() === 'a.txt', 'the next article in the editor');
      assert.match((await read(at('walk/c.ann.yaml'))) ?? '', /^status: done$/m);
      assert.equal(await next(), 'd.txt', 'round to the first');
      await until(() => active() === 'd.txt', 'the first article in the editor');
      assert.equal(await next(at('walk/d.txt')), undefined, 'all are done');
      for (const name of names)
        assert.match((await read(at(`walk/${name}.ann.yaml`))) ?? '', /^status: done$/m);
      assert.equal(active(), 'd.txt');
    } finally {
      await run('articles.clearFilter');
      await run('articles.sort', { by: 'name' });
    }
  });

  it('stays at an article that cannot be marked as done', async () => {
    assert.equal(await run('doneAndNext', at('broken.txt')), undefined);
    assert.equal(await read(at('broken.ann.yaml')), 'version: 1\nentities: [\n');
  });

  it('takes a filter and an order as arguments, without asking', async () => {
    await run('articles.filter', { states: ['done', 'nonsense'], labels: ['GPE'], text: 'article TWO' });
    await run('articles.filter', {});
    for (const by of ['date', 'newest', 'state', 'name']) await run('articles.sort', { by });
  });
});
