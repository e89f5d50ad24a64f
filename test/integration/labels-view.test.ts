import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CorpusAnnotatorApi } from '../../src/api.ts';
import { PRESETS, readCorpusYaml, type Preset } from '../../src/core/labels.ts';
import { toRows, toTreeItem } from '../../src/features/labels-view/rows.ts';
import type { Corpus } from '../../src/workspace/corpus/corpus.ts';
import { until } from '../support/until.ts';

const LABEL_SET = [
  '# Ours; ask before you change it',
  'version: 1',
  'labels: # the short ones first',
  '  PER: {key: p, color: "#123456", description: People} # and pets',
  '  # Places',
  '  GPE: {key: g}',
  '',
].join('\n');

describe('label set', () => {
  let api: CorpusAnnotatorApi;
  let folder: vscode.Uri;
  const root = () => vscode.workspace.workspaceFolders![0]!.uri;
  const yaml = () => vscode.Uri.joinPath(folder, 'corpus.yaml');
  const article = () => vscode.Uri.joinPath(folder, 'a.txt');

  const run = (command: string, argument?: unknown) =>
    vscode.commands.executeCommand(`corpusAnnotator.${command}`, argument);
  const write = (uri: vscode.Uri, text: string) =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const names = (source: string) => readCorpusYaml(source).labelSet?.labels.map(({ name }) => name);
  const activeUri = () => vscode.window.activeTextEditor?.document.uri.toString();

  /** Opens the article of the test's own corpus, so that commands are about that corpus. */
  const openCorpus = async (labelSet: string): Promise<vscode.TextEditor> => {
    await write(yaml(), labelSet);
    await write(article(), 'Ada met Bob.\n');
    await until(() => api.getEntities(article()).then(() => true, () => false), 'the article'); // prettier-ignore
    const editor = await vscode.window.showTextDocument(article());
    await until(() => activeUri() === article().toString(), 'the article in the editor');
    await until(() => editor.document.languageId === 'corpus-article', 'its language');
    return vscode.window.activeTextEditor!;
  };
  const edit = async (uri: vscode.Uri, change: (text: string) => string): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(uri);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const changes = new vscode.WorkspaceEdit();
    changes.replace(uri, all, change(document.getText()));
    assert.ok(await vscode.workspace.applyEdit(changes));
    return document;
  };
  const revert = async (uri: vscode.Uri) => {
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  };

  before(async () => {
    const extension = vscode.extensions.getExtension<CorpusAnnotatorApi>('corpus-annotator.corpus-annotator');
    api = await extension!.activate();
    // In a browser, the editor saves by itself after a second.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', true);
  });

  beforeEach(async () => {
    folder = vscode.Uri.joinPath(root(), `labels-${Math.random().toString(36).slice(2, 8)}`);
    await vscode.workspace.fs.createDirectory(folder);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  for (const preset of Object.keys(PRESETS) as Preset[]) {
    it(`is created from the preset ${preset}, and opened`, async () => {
      await run('createLabelSet', { preset, root: folder.toString() });
      const source = await read(yaml());
      assert.deepEqual(readCorpusYaml(source).problems, []);
      assert.deepEqual(
        names(source),
        PRESETS[preset].map(([name]) => name),
      );
      assert.equal(activeUri(), yaml().toString());
    });
  }

  it('is never overwritten, but opened', async () => {
    await write(yaml(), LABEL_SET);
    await run('createLabelSet', { preset: 'conll2003', root: folder });
    assert.equal(await read(yaml()), LABEL_SET);
    assert.equal(activeUri(), yaml().toString());
  });

  it('takes a new label; comments and everything else stay @web', async () => {
    await openCorpus(LABEL_SET);
    await run('addLabel', { label: 'PRODUCT' });
    const source = await read(yaml());
    const line = source.split('\n').find((text) => text.includes('PRODUCT')) ?? '';
    assert.match(line, /^ {2}PRODUCT: \{key: r, color: "#[0-9a-f]{6}"\}$/);
    assert.equal(source.replace(`${line}\n`, ''), LABEL_SET);
    assert.deepEqual(names(source), ['PER', 'GPE', 'PRODUCT']);
  });

  it('takes no label twice, and none that YAML could misread', async () => {
    await openCorpus(LABEL_SET);
    for (const label of ['PER', 'null', 'A: B', '#1', '']) await run('addLabel', { label });
    assert.equal(await read(yaml()), LABEL_SET);
  });

  it('takes labels that are added at once', async () => {
    await openCorpus(LABEL_SET);
    await Promise.all(['ONE', 'TWO', 'THREE'].map((label) => run('addLabel', { label })));
    assert.deepEqual(names(await read(yaml())), ['PER', 'GPE', 'ONE', 'TWO', 'THREE']);
  });

  it('takes a label through the editor that has unsaved changes', async () => {
    await openCorpus(LABEL_SET);
    const document = await edit(yaml(), (text) => text.replace('# Places', '# Places, not saved yet'));
    await run('addLabel', { label: 'PRODUCT' });
    assert.ok(document.isDirty);
    assert.match(document.getText(), /# Places, not saved yet/);
    assert.deepEqual(names(document.getText()), ['PER', 'GPE', 'PRODUCT']);
    assert.equal(await read(yaml()), LABEL_SET);
    await revert(yaml());
  });

  it('is left alone where it has errors', async () => {
    await openCorpus(LABEL_SET);
    await write(yaml(), 'labels: {PER: [\n');
    void run('addLabel', { label: 'PRODUCT' }); // Ends when its message is closed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await read(yaml()), 'labels: {PER: [\n');
  });

  it('with CRLF line endings takes a new label with such a line ending', async () => {
    await openCorpus(LABEL_SET.replaceAll('\n', '\r\n'));
    await run('addLabel', { label: 'PRODUCT' });
    const source = await read(yaml());
    assert.ok(names(source)?.includes('PRODUCT'));
    assert.doesNotMatch(source, /[^\r]\n/);
  });

  it('with no label of its own keeps the built-in ones when one is added', async () => {
    await openCorpus('version: 1 # only that\n');
    await run('addLabel', { label: 'PRODUCT' });
    const source = await read(yaml());
    assert.match(source, /# only that/);
    assert.deepEqual(names(source), [...PRESETS.basic.map(([name]) => name), 'PRODUCT']);
  });

  it('shows key, label and counts, the short ones first, and says them @web', () => {
    const { labelSet } = readCorpusYaml('labels: {ORG: {key: o, description: Firms}, WORK_OF_ART: , Ä: }\n');
    const label = (name: string) => labelSet?.labels.find((one) => one.name === name);
    const corpus = { labelSet, label } as unknown as Corpus;
    const rows = toRows(corpus, new Map([['ORG', 3]]), new Map(Object.entries({ ORG: 40, ODD: 1 })));
    const shown = rows.flatMap((row) => {
      const { label: text, description, accessibilityInformation } = toTreeItem(row);
      return [[text, description, accessibilityInformation?.label]];
    });
    assert.deepEqual(shown, [
      [
        { label: 'o  ORG', highlights: [[0, 1]] },
        '3 / 40 · Firms',
        'ORG, Firms, 3 in this article, 40 in the corpus, key o, Alt+1',
      ],
      [
        { label: 'w  WORK_OF_ART', highlights: [[0, 1]] },
        '',
        'WORK_OF_ART, 0 in this article, 0 in the corpus, key w, Alt+2',
      ],
      [{ label: 'a  Ä', highlights: [[0, 1]] }, '', 'Ä, 0 in this article, 0 in the corpus, key a, Alt+3'],
      ['Not in the label set', '1', 'Not in the label set, 1 label'],
    ]);
  });

  it('tags what is selected when a label is clicked, and nothing where nothing is selected', async () => {
    const editor = await openCorpus(LABEL_SET);
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    await run('labels.tag', { label: 'PER', key: 'p' });
    assert.deepEqual(await api.getEntities(article()), []);
    editor.selection = new vscode.Selection(0, 8, 0, 11);
    await run('labels.tag', { label: 'PER', key: 'p' });
    const tagged = (await api.getEntities(article())).map(({ label, text }) => [label, text]);
    assert.deepEqual(tagged, [['PER', 'Bob']]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('labels.tag', { label: 'GPE' });
    assert.equal((await api.getEntities(article())).length, 1);
  });

  it('takes effect while it is typed', async () => {
    await openCorpus(LABEL_SET);
    const first = async () => {
      const editor = await vscode.window.showTextDocument(article());
      editor.selection = new vscode.Selection(0, 0, 0, 3);
      await run('tagByNumber', { number: 1 });
      const [entity] = await api.getEntities(article());
      if (entity) await api.removeEntities(article(), [entity.id]);
      return entity?.label;
    };
    await until(async () => (await first()) === 'PER', 'the label set of the new corpus');
    await edit(yaml(), (text) => text.replace('  PER:', '  VESSEL: {key: v}\n  PER:'));
    await until(async () => (await first()) === 'VESSEL', 'the label set as it is typed');
    assert.equal(await read(yaml()), LABEL_SET);
    await revert(yaml());
    await until(async () => (await first()) === 'PER', 'the label set as it was');
  });

  it('is written with the built-in labels where there is no corpus.yaml', async function () {
    const uri = vscode.Uri.joinPath(root(), 'corpus.yaml');
    const source = await read(uri);
    const others = (await vscode.workspace.findFiles('*/**/corpus.yaml')).length;
    if (others > 0) this.skip(); // Another corpus would be the current one.
    try {
      await vscode.workspace.fs.delete(uri);
      await until(async () => {
        await run('addLabel', { label: 'PRODUCT' });
        return read(uri).then(
          (text) => names(text)?.includes('PRODUCT'),
          () => false,
        );
      }, 'a label set with the new label');
      assert.deepEqual(names(await read(uri)), [...PRESETS.basic.map(([name]) => name), 'PRODUCT']);
    } finally {
      await write(uri, source);
    }
  });
});
