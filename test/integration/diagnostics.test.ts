import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hashText } from '../../src/core/text.ts';
import { editText } from '../support/edit-text.ts';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const TEXT = ' date 2020-05-01 Ada met Bob in Rome.\n\nAda left.\n';
const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const ADA = '  - {id: aaaaaa, label: PER, start: 17, end: 20, text: Ada, before: "05-01 ", after: " met"}\n';
const ROME = '  - {id: bbbbbb, label: GPE, start: 32, end: 36, text: Rome}\n';

describe('diagnostics', () => {
  editText();
  let scratch: Scratch;
  afterEach(() => scratch.remove());

  it('has those of a sidecar that nobody opened, exactly where they are, until it is mended @web', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + ADA + ROME.replace('32', 'x') });
    const [problem] = await scratch.untilCodes('a.ann.yaml', 'wrong-type');
    const line = 4;
    const character = ROME.indexOf('32');
    assert.deepEqual(scratch.problems('a.ann.yaml'), [['wrong-type', line, character, character + 1]]);
    assert.equal(problem!.severity, vscode.DiagnosticSeverity.Error);
    assert.match(problem!.message, /"start" has a value of the wrong kind/);
    await scratch.write('a.ann.yaml', HEAD + ADA + ROME);
    await scratch.untilCodes('a.ann.yaml');
    await scratch.write('a.ann.yaml', HEAD + ADA + '  - {id: "x\n');
    const codes = () => scratch.diagnostics('a.ann.yaml').map(({ code }) => code);
    await until(() => codes().includes('yaml-syntax'), 'the syntax error');
    await scratch.delete('a.ann.yaml');
    await scratch.untilCodes('a.ann.yaml');
  });

  it('has those of a valid sidecar that says what is not so', async () => {
    const hash = 'text_hash: sha256:' + '0'.repeat(64) + '\n';
    scratch = await Scratch.make({
      'a.txt': TEXT,
      'a.ann.yaml':
        `version: 1\narticle: a.txt\n${hash}entities:\n` +
        ADA.replace('PER', 'PERSON') +
        ROME.replace('Rome', 'Paris') +
        ROME.replace('32, end: 36', '29, end: 33').replace('bbbbbb', 'cccccc'),
    });
    const found = await scratch.untilCodes(
      'a.ann.yaml',
      'text-hash-stale',
      'unknown-label',
      'entity-not-found',
    );
    assert.deepEqual(
      found.map(({ severity, range: { start, end } }) => [
        severity,
        start.line,
        start.character,
        end.character,
      ]),
      [
        [2, 2, 11, 11 + 'sha256:'.length + 64],
        [1, 4, 24, 30],
        [1, 5, 4, ROME.length],
      ],
    );
    assert.match(found[0]!.message, /at another place: 1\./);
    assert.match(found[1]!.message, /"PERSON" is not in corpus.yaml/);
    assert.match(found[2]!.message, /GPE "Paris" is not in the article/);

    const [broken] = await scratch.untilCodes('a.txt', 'entity-broken');
    assert.deepEqual(scratch.problems('a.txt'), [['entity-broken', 0, 32, 36]]);
    const [related] = broken!.relatedInformation!;
    assert.equal(related!.location.uri.toString(), scratch.uri('a.ann.yaml').toString());
    assert.equal(related!.location.range.start.line, 5);

    // The same once the article is open, in any YAML form, and through its editor.
    await scratch.article('a.txt');
    await scratch.untilCodes('a.txt', 'entity-broken');
    await scratch.write(
      'a.ann.yaml',
      'version: 1\nentities:\n- id: aaaaaa\n  label: "PERSON"\n  start: 17\n  end: 20\n  text: Ada\n',
    );
    await scratch.untilCodes('a.ann.yaml', 'unknown-label');
    assert.deepEqual(scratch.problems('a.ann.yaml'), [['unknown-label', 3, 9, 17]]);
    await scratch.untilCodes('a.txt');
  });

  it('follows what is typed in a sidecar and in corpus.yaml, saved or not', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + ROME });
    const sidecar = await scratch.type('a.ann.yaml', (text) => text.replace('end: 36', 'end: 6'));
    await scratch.untilCodes('a.ann.yaml', 'entity-span-reversed');
    assert.ok(sidecar.isDirty);
    await scratch.type('a.ann.yaml', (text) => text.replace('end: 6', 'end: 36').replace('GPE', 'CITY'));
    const [problem] = await scratch.untilCodes('a.ann.yaml', 'unknown-label');
    assert.equal(sidecar.getText(problem!.range), 'CITY');

    const labels = await scratch.type('corpus.yaml', (text) =>
      text.replace('GPE: {key: g}', 'CITY: {key: p}'),
    );
    await scratch.untilCodes('a.ann.yaml');
    const [duplicate] = await scratch.untilCodes('corpus.yaml', 'label-key-duplicate');
    assert.equal(labels.getText(duplicate!.range), 'p');
    assert.equal(duplicate!.range.start.line, 3);
    await scratch.type('corpus.yaml', (text) => text.replace('CITY', 'TOWN'));
    await scratch.untilCodes('a.ann.yaml', 'unknown-label');
    await vscode.window.showTextDocument(labels);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => !labels.isDirty, 'the reverted label set');
    await scratch.untilCodes('corpus.yaml');
  });

  it('has those of a header, and takes them back while it is corrected', async () => {
    scratch = await Scratch.make({ 'a.txt': 'date: 2020-13-01\nauthor: Ada\nauthor: Bob\n\nBob met Ada.\n' });
    await scratch.untilCodes('a.txt', 'header-malformed', 'header-malformed');
    assert.deepEqual(scratch.problems('a.txt'), [
      ['header-malformed', 0, 6, 16],
      ['header-malformed', 2, 0, 6],
    ]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(scratch.uri('a.txt')));
    await scratch.article('a.txt');
    await scratch.type('a.txt', (text) => text.replace('-13-', '-12-'));
    await scratch.untilCodes('a.txt', 'header-malformed');
  });

  it('marks where the text of an entity was, while it is gone', async () => {
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': HEAD + ROME });
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(0, 28, 0, 36));
    await vscode.workspace.applyEdit(edit);
    await scratch.untilCodes('a.txt', 'entity-broken');
    assert.deepEqual(scratch.problems('a.txt'), [['entity-broken', 0, 25, 28]]);
    assert.match(scratch.diagnostics('a.txt')[0]!.message, /GPE "Rome" is no longer here/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await scratch.untilCodes('a.txt');
    await scratch.untilCodes('a.ann.yaml');
  });

  it('has those of files that are not UTF-8 @web', async () => {
    const latin = Uint8Array.from([...'Hej, '].map((c) => c.charCodeAt(0)).concat(0xc5, 0x73, 0x61, 0x0a));
    scratch = await Scratch.make({ 'a.txt': latin, 'b.txt': TEXT, 'b.ann.yaml': latin });
    await scratch.untilCodes('a.txt', 'file-not-utf8');
    assert.deepEqual(scratch.problems('a.txt'), [['file-not-utf8', 0, 5, 6]]);
    await scratch.untilCodes('b.ann.yaml', 'file-not-utf8');
    await scratch.article('a.txt');
    await scratch.untilCodes('a.txt', 'file-not-utf8');
    await scratch.write('a.txt', 'Hej, Åsa\n');
    await scratch.untilCodes('a.txt');
    await scratch.tag('a.txt', 'Åsa');
    await scratch.write('corpus.yaml', latin);
    await scratch.untilCodes('corpus.yaml', 'file-not-utf8');
  });

  it('says where a sidecar belongs that two articles share', async () => {
    scratch = await Scratch.make({
      'corpus.yaml': 'version: 1\narticles: ["**/*.txt", "**/*.md"]\n',
      'a.txt': TEXT,
      'a.md': TEXT,
      'a.ann.yaml': HEAD + ROME,
    });
    const [shared] = await scratch.untilCodes('a.md', 'sidecar-of-another-article');
    assert.match(shared!.message, /a.ann.yaml belongs to "a.txt"/);
    assert.deepEqual(scratch.problems('a.txt'), []);
    assert.deepEqual(scratch.problems('a.ann.yaml'), []);
    await scratch.delete('a.txt');
    // Without its hash, nobody knows whether it is about this text.
    await scratch.untilCodes('a.md', 'sidecar-of-gone-article');
    await scratch.untilCodes('a.ann.yaml', 'article-mismatch');
  });

  it('has the old name of the article in a sidecar that is about its very text', async () => {
    const head = HEAD.replace('a.txt', 'old.txt # renamed').replace(
      'ent',
      `text_hash: ${await hashText(TEXT)}\nent`,
    );
    scratch = await Scratch.make({ 'a.txt': TEXT, 'a.ann.yaml': head + ROME.replace('GPE', 'PER') });
    const [named] = await scratch.untilCodes('a.ann.yaml', 'article-mismatch');
    assert.equal(named!.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(scratch.problems('a.ann.yaml'), [['article-mismatch', 1, 9, 16]]);
    assert.match(named!.message, /"old.txt", but by its name it belongs to "a.txt"/);
    assert.deepEqual(scratch.problems('a.txt'), []);
  });

  it('goes when the files go', async () => {
    scratch = await Scratch.make({
      'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: "?"}\n',
      'a.txt': 'date 2020-13-01 Ada.\n',
      'a.ann.yaml': HEAD + ROME,
    });
    await scratch.untilCodes('corpus.yaml', 'label-key-not-one-letter');
    await scratch.untilCodes('a.txt', 'header-malformed', 'entity-broken');
    await scratch.untilCodes('a.ann.yaml', 'entity-not-found', 'unknown-label');
    await vscode.workspace.fs.delete(scratch.folder, { recursive: true });
    for (const name of ['a.txt', 'a.ann.yaml', 'corpus.yaml']) await scratch.untilCodes(name);
  });
});
