import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../../src/api.ts';
import { until } from '../support/until.ts';

const TEXT = 'Ada 👩‍🚀 met Bob.\r\n\r\nAda left for 北京.\r\n';

describe('entities view', () => {
  let api: CorpusAnnotatorApi;
  let article: vscode.Uri;
  const run = (command: string, ...values: unknown[]) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, ...values);
  const row = (id: string) => ({ kind: 'entity', article: article.toString(), id });
  const texts = async () => (await api.getEntities(article)).map(({ text }) => text);
  const selected = () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === article.toString()
      ? editor.document.getText(editor.selection)
      : undefined;
  };
  let ids: Record<string, string>;

  before(async () => {
    const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>('corpus-annotator.corpus-annotator');
    api = await extension!.activate();
  });

  beforeEach(async () => {
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    const name = `entities-${Math.random().toString(36).slice(2, 8)}`;
    article = vscode.Uri.joinPath(root, `${name}.txt`);
    await vscode.workspace.fs.writeFile(article, new TextEncoder().encode(TEXT));
    await until(() => api.getEntities(article).then(() => true, () => false), 'the article'); // prettier-ignore
    const document = await vscode.workspace.openTextDocument(article);
    const entity = (label: string, text: string) => {
      const at = document.getText().indexOf(text);
      return {
        label,
        range: new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)),
      };
    };
    const added = await api.addEntities(article, [
      entity('PER', 'Ada'),
      entity('PER', 'Bob'),
      entity('GPE', '北京'),
    ]);
    ids = Object.fromEntries(added.map(({ text, id }) => [text, id]));
  });

  afterEach(async () => {
    await run('entities.clearFilter');
    await run('entities.textOrder');
    await api.whenSaved();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const sidecar = article.with({ path: article.path.replace(/\.txt$/, '.ann.yaml') });
    for (const uri of [sidecar, article])
      await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
  });

  it('goes to a mention, in an article that is not open yet @web', async () => {
    await run('entities.reveal', row(ids['北京']!));
    assert.equal(selected(), '北京');
    await run('entities.reveal', row(ids.Bob!));
    assert.equal(selected(), 'Bob');
  });

  it('goes nowhere for an entity that is gone', async () => {
    await run('entities.reveal', row(ids.Ada!));
    await run('entities.reveal', row('gone'));
    assert.equal(selected(), 'Ada');
  });

  it('deletes several rows as one step', async () => {
    await run('entities.reveal', row(ids.Ada!));
    const rows = [row(ids.Bob!), row(ids['北京']!)];
    await run('entities.deleteEntity', rows[0], rows);
    assert.deepEqual(await texts(), ['Ada']);
    await run('undo');
    assert.deepEqual(await texts(), ['Ada', 'Bob', '北京']);
  });

  it('changes the row that is meant, not the entity at the cursor', async () => {
    await run('entities.reveal', row(ids.Ada!));
    await run('entities.toggleReviewed', row(ids.Bob!));
    assert.deepEqual(
      (await api.getEntities(article)).map(({ reviewed }) => reviewed),
      [false, true, false],
    );
  });

  it('takes a group for all that is below it', async () => {
    await run('entities.reveal', row(ids.Ada!));
    await run('entities.toggleReviewed', {
      kind: 'label',
      children: [row(ids.Ada!), row(ids.Bob!), row('gone')],
    });
    assert.deepEqual(
      (await api.getEntities(article)).map(({ reviewed }) => reviewed),
      [true, true, false],
    );
  });

  it('takes its filter as an argument', async () => {
    await run('entities.reveal', row(ids.Ada!));
    await run('entities.filter', { labels: ['GPE'], unreviewed: true });
    await run('entities.groupByLabel');
    await run('entities.clearFilter');
    assert.equal(selected(), 'Ada');
  });
});
