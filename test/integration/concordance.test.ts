import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

/** A value that holds no quote. */
const unquote = (value: string) => value.replace(/^"(.*)"$/, '$1');

describe('the concordance @web', () => {
  let scratch: Scratch;

  before(async () => {
    scratch = await Scratch.make({
      'a.txt': 'date 2022-01-01\n\nOld Zorbig met 😀 the mayor. Young Zorbig left, and Zorbigs came.\n',
      'b.txt': 'date 2022-03-01\r\n\r\n😀 A tall Zorbig.\r\nThen zorbig went.\r\n',
      'c.txt': 'Nobody here but Zorbigian People.\n',
      // Somebody else's work, too, so that what is tagged waits for a review.
      'c.ada.ann.yaml': 'version: 1\narticle: c.txt\nentities: []\n',
      'c.ann.yaml':
        'version: 1\narticle: c.txt\nentities:\n  - {id: cccccc, label: ZORBLABEL, start: 16, end: 32, text: Zorbigian People}\n',
    });
    await scratch.article('c.txt');
    await scratch.article('a.txt');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  /** The lines as they are exported: article, start, label, state, and the end of what stands before the keyword. */
  async function lines(): Promise<string[]> {
    const file = scratch.uri('out.tsv');
    await run('exportConcordance', { file });
    const [, ...rows] = (await scratch.read('out.tsv')).trimEnd().split('\n');
    return rows.map((row) => {
      const [article, date, start, end, label, state, left, keyword] = row.split('\t').map(unquote);
      const of = `${article?.slice(-5)} ${date} ${start}-${end}`;
      return `${of} ${label || '-'} ${state} ${left?.slice(-5)}[${keyword}]`;
    });
  }

  const A1 = 'a.txt 2022-01-01 21-27 - untagged  Old [Zorbig]';
  const A2 = 'a.txt 2022-01-01 51-57 - untagged oung [Zorbig]';
  const B1 = 'b.txt 2022-03-01 26-32 - untagged tall [Zorbig]';
  const B2 = 'b.txt 2022-03-01 39-45 - untagged Then [zorbig]';

  it('has the lines of a word, in any case and at whole words unless asked', async () => {
    assert.equal(await run('concordance', { word: 'Zorbig' }), 4);
    assert.deepEqual(await lines(), [A1, A2, B1, B2]);
    assert.equal(await run('concordance', { word: 'Zorbig', matchCase: true }), 3);
    assert.equal(await run('concordance', { word: 'Zorbig', wholeWords: false }), 6);
  });

  it('has the lines of a regular expression, in a thread of its own', async () => {
    assert.equal(await run('concordance', { regex: 'zorbig\\p{L}+' }), 2);
    assert.equal(await run('concordance', { regex: '(old|tall) zorbig\\b' }), 2);
  });

  it('has no lines for what is no regular expression', async () => {
    assert.equal(await run('concordance', { regex: 'zorbig(' }), 0);
  });

  it('gives up a regular expression that would take for ever', async () => {
    const rest = 'x'.repeat(50);
    await scratch.write('slow.txt', `Qua${'r'.repeat(40)}${rest}\n`);
    await scratch.article('slow.txt');
    assert.equal(await run('concordance', { regex: 'Qua(r+)+k' }), 0);
    assert.equal(await run('concordance', { regex: 'Quar+x' }), 1);
  });

  it('has the lines of a label, and of a label with a word', async () => {
    assert.equal(await run('concordance', { label: 'ZORBLABEL' }), 1);
    assert.deepEqual(await lines(), ['c.txt  16-32 ZORBLABEL unreviewed  but [Zorbigian People]']);
    assert.equal(await run('concordance', { label: 'ZORBLABEL', word: 'people' }), 1);
    assert.equal(await run('concordance', { label: 'ZORBLABEL', word: 'nobody' }), 0);
  });

  it('is sorted by what stands before, and by date', async () => {
    await run('concordance', { word: 'Zorbig', sort: 'left' });
    assert.deepEqual(await lines(), [A1, B1, B2, A2]);
    await run('concordance', { word: 'Zorbig', sort: 'right' });
    assert.deepEqual(await lines(), [A2, A1, B1, B2]);
    await run('concordance', { word: 'Zorbig', sort: 'place' });
    assert.deepEqual(await lines(), [A1, A2, B1, B2]);
  });

  it('is filtered by date and by state', async () => {
    assert.equal(await run('concordance', { word: 'Zorbig', from: '2022-02-01' }), 2);
    assert.equal(await run('concordance', { word: 'Zorbig', to: '2022-02-01' }), 2);
    assert.equal(await run('concordance', { word: 'Zorbig', state: 'tagged' }), 0);
    assert.equal(await run('concordance', { word: 'Zorbig', articles: 'untouched' }), 4);
    assert.equal(await run('concordance', { word: 'Zorbig', articles: 'done' }), 0);
  });

  it('tags, relabels, accepts and deletes lines, each as one step that can be taken back', async () => {
    const untagged = [A1, A2, B1, B2];
    const now = (...states: string[]) =>
      untagged.map((line, i) => line.replace('- untagged', states[i] ?? '- untagged'));
    await run('concordance', { word: 'Zorbig', sort: 'place' });
    await run('concordance.label', { lines: [0, 2, 3], label: 'PER' });
    const tagged = now('PER unreviewed', '- untagged', 'PER unreviewed', 'PER unreviewed');
    assert.deepEqual(await lines(), tagged);
    assert.match(await scratch.read('b.ann.yaml'), /start: 26, end: 32, text: Zorbig/);
    await run('concordance.labelByNumber', { lines: [0, 1], number: 2 });
    assert.deepEqual(await lines(), [
      ...now('GPE unreviewed', 'GPE unreviewed').slice(0, 2),
      ...tagged.slice(2),
    ]);
    await run('concordance.toggleReviewed', { lines: [0, 1, 2] });
    const reviewed = now('GPE reviewed', 'GPE reviewed', 'PER reviewed', 'PER unreviewed');
    assert.deepEqual(await lines(), reviewed);
    await run('concordance.untag', { lines: [1, 2] });
    assert.deepEqual(await lines(), [reviewed[0], A2, B1, reviewed[3]]);
    // Pressed one after the other, without waiting: none of them is lost.
    await Promise.all(Array.from({ length: 4 }, () => run('undoBulk')));
    await until(async () => (await lines()).join() === untagged.join(), 'the lines as they were');
  });

  it('tags what a pattern finds without white space at its ends', async () => {
    await run('concordance', { regex: '\\s+young zorbig\\s+' });
    await run('concordance.label', { lines: [0], label: 'PER' });
    assert.match(await scratch.read('a.ann.yaml'), /start: 45, end: 57, text: Young Zorbig/);
    await run('undoBulk');
  });

  it('follows what changes elsewhere', async () => {
    await run('concordance', { word: 'Zorbig', sort: 'place' });
    await scratch.write('d.txt', 'Brave Zorbig.\n');
    await until(async () => (await lines()).length === 5, 'the line of a new article');
    const id = await scratch.tag('d.txt', 'Zorbig');
    await until(async () => (await lines())[4]?.includes('PER unreviewed'), 'the tag');
    assert.ok(id);
    await scratch.write('d.txt', 'Brave people.\n');
    await until(async () => (await lines()).every((line) => !line.includes('Brave')), 'the line to go');
  });

  it('asks for what is selected, else for the word at the cursor', async () => {
    const document = await vscode.workspace.openTextDocument(scratch.uri('b.txt'));
    const at = document.getText().indexOf('tall Zorbig');
    const lengths = [11, 0];
    const found = [];
    for (const length of lengths) {
      const selection = new vscode.Range(document.positionAt(at), document.positionAt(at + length));
      await vscode.window.showTextDocument(document, { selection });
      found.push(await run('concordance'));
    }
    assert.deepEqual(found, [1, await run('concordance', { word: 'tall' })]);
  });
});
