import { Workbench } from '../hosts/workbench.ts';

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
  for (const theme of ['dark', 'light'] as const) {
    it(`checks the corpus, mends one finding by its quick fix, and the others after a preview (${theme})`, async () => {
      const workbench = await Workbench.open({ corpus: false, files: FILES, theme });
      try {
        const { page, quickInput } = workbench;
        await workbench.openFile('ferry.txt');
        await workbench.status(/2 entities/).waitFor();
        await workbench.command('Corpus: Check Corpus');
        await workbench.status('3 findings, in 2 of 2 articles.').waitFor();
        const panel = page.locator('.markers-panel');
        await panel.getByText('GPE "Norweg" cuts a word: "Norwegians".').waitFor();
        await workbench.screenshot(`consistency-problems-${theme}`);

        await page
          .locator('.monaco-editor .view-lines')
          .first()
          .click({ position: { x: 5, y: 5 } });
        await workbench.goTo(3, 7);
        await workbench.openQuickFixes();
        await page.locator('.action-widget').getByText('Widen “Norweg” to “Norwegians”').waitFor();
        await workbench.screenshot(`consistency-fixes-${theme}`);
        await page.keyboard.press('Enter');
        await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('text: Norwegians'));

        await workbench.command('Corpus: Fix All in Corpus…');
        await workbench.pick(/^White space or punctuation/);
        await quickInput.getByText('2 Selected').waitFor();
        await workbench.screenshot(`consistency-fix-all-${theme}`);
        await page.keyboard.press('Enter');
        await workbench.readWhen('port.ann.yaml', (text) => /end: 36, text: Harwich\}/.test(text));
        await workbench.readWhen('ferry.ann.yaml', (text) => /end: 45, text: Harwich, /.test(text));
        // The reviewed "Harwich" is one without the comma now, and has a twin.
        await panel.getByText(/"Harwich" is tagged as GPE elsewhere/).waitFor();
      } finally {
        await workbench.close();
      }
    });
  }
});
