import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const HEAD = (article: string) => `version: 1\narticle: ${article}\nentities:\n`;
const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n',
  'ferry.txt':
    ' date 2022-09-09 The Dutch ferry left Harwich, and Harwich was glad.\n\nThe Norwegians stayed.\n',
  'ferry.ann.yaml':
    HEAD('ferry.txt') +
    '  - {id: aaaaa2, label: GPE, start: 38, end: 46, text: "Harwich,", reviewed: true}\n' +
    '  - {id: aaaaa3, label: GPE, start: 74, end: 80, text: Norweg}\n',
  'port.txt': ' date 2022-09-10 The port of Harwich, Essex, is old.\n',
  'port.ann.yaml': HEAD('port.txt') + '  - {id: bbbbb2, label: GPE, start: 29, end: 37, text: "Harwich,"}\n',
};

describe('consistency in the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ corpus: false, files: FILES });
  });
  after(() => workbench?.close());

  it('checks the corpus, mends one finding by its quick fix, and the others after a preview', async () => {
    const { page, quickInput } = workbench;
    await workbench.openFile('ferry.txt');
    await workbench.status(/2 entities/).waitFor();
    await workbench.command('Corpus: Check Corpus');
    await workbench.status(/^\d findings, in 2 of 2 articles/).waitFor();
    const panel = page.locator('.markers-panel');
    await panel.getByText('GPE "Norweg" cuts a word: "Norwegians".').waitFor();
    await workbench.pictures('consistency-problems');

    await page
      .locator('.monaco-editor .view-lines')
      .first()
      .click({ position: { x: 5, y: 5 } });
    await workbench.goTo(3, 7);
    await workbench.openQuickFixes();
    await workbench.quickFixes.getByText('Widen “Norweg” to “Norwegians”').waitFor();
    await workbench.pictures('consistency-fixes');
    await page.keyboard.press('Enter');
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('text: Norwegians'));

    await workbench.command('Corpus: Fix All in Corpus…');
    await workbench.pick(/^White space or punctuation/);
    // Two places, and the rows of their articles.
    await quickInput.getByText('4 Selected').waitFor();
    await workbench.pictures('consistency-fix-all');
    await page.keyboard.press('Enter');
    await workbench.readWhen('port.ann.yaml', (text) => /end: 36, text: Harwich\}/.test(text));
    await workbench.readWhen('ferry.ann.yaml', (text) => /end: 45, text: Harwich, /.test(text));
    // The reviewed "Harwich" is one without the comma now, and has a twin: a suggestion, and no problem.
    await until(async () => (await workbench.drawnLabels()).includes('GPE?'), 'the suggestion');
    assert.equal(await panel.getByText(/"Harwich" is tagged as GPE elsewhere/).count(), 0);
  });

  it('lists what is done, not each place, where there are too many of them', async () => {
    const lines = Array.from({ length: 1100 }, (_, i) =>
      i % 4 === 0 ? 'The Danes came.' : 'The Dutch came.',
    );
    const entities = lines.map((line, i) => {
      const text = line.slice(4, 7);
      const id = `m${String(i).padStart(5, '0')}`;
      return `  - {id: ${id}, label: GPE, start: ${16 * i + 4}, end: ${16 * i + 7}, text: ${text}}\n`;
    });
    await workbench.command('View: Close All Editors');
    workbench.write('many.ann.yaml', HEAD('many.txt') + entities.join(''));
    workbench.write('many.txt', lines.join('\n') + '\n');
    const { page, quickInput } = workbench;
    await workbench.openFile('many.txt');
    await workbench.status(/1,?100 entities/).waitFor();
    await workbench.command('Corpus: Fix All in Corpus…');
    await workbench.pick(/^Spans that cut a word/);
    await quickInput.getByText('Widen “Dut” to “Dutch”').waitFor();
    await quickInput.getByText('275 places').waitFor();
    await workbench.screenshot('consistency-fix-all-groups');
    // The commoner kind stands first: it is taken out.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await workbench.readWhen(
      'many.ann.yaml',
      (text) => text.includes('text: Danes') && text.includes('text: Dut}'),
    );
  });
});
