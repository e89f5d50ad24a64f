import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n',
  'ferry.txt': ' date 2022-09-09 The ferry to Harwich was late.\n',
};

const TOUR = ' date 2022-09-10 Zora 😀 met Tor Vale in New Rome.\n\nTor left Rome.\n';
const BRAT = {
  'tour.txt': TOUR,
  'tour.ann':
    'T1\tPER 17 21\tZora\nT2\tPER 28 36\tTor Vale\nT3\tGPE 40 48\tNew Rome\nT4\tGPE 44 48\tRome\nT5\tCITY 60 64\tRome\nR1\tmet Arg1:T1 Arg2:T2\nno line of brat\n',
  'deep/low.txt': ' date 2022-09-11 Low tide.\n',
  'deep/low.ann': 'T1\tEVENT 17 25\tLow tide\n',
};

/** Names a file or folder in the editor's dialog. It takes no answer while it looks at what was typed before. */
async function answerDialog(workbench: Workbench, path: string, holds?: RegExp): Promise<void> {
  const { quickInput, page } = workbench;
  const input = quickInput.locator('input').first();
  const isOpen = async () => (await quickInput.count()) > 0 && (await input.inputValue()).startsWith('/');
  await until(isOpen, 'the dialog');
  await input.fill(path);
  if (holds) await quickInput.getByRole('option', { name: holds }).waitFor();
  await until(
    async () => {
      if (!(await isOpen())) return true;
      if (holds) await quickInput.getByRole('button', { name: 'Import' }).click();
      else await page.keyboard.press('Enter');
      await page.waitForTimeout(300);
      return false;
    },
    'the end of the dialog',
    30_000,
  );
}

/** Opens the report of what ends just now. */
async function openReport(workbench: Workbench, name: RegExp): Promise<void> {
  const tab = workbench.page.locator('.tab.active').getByText(name);
  await until(
    async () => {
      await workbench.command('Corpus: Open Last Import or Export Report');
      return tab
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    },
    String(name),
    60_000,
  );
}

describe('import and export, by keyboard and mouse', () => {
  for (const theme of ['dark', 'light', 'contrast'] as const) {
    it(`bring a brat folder, write CoNLL, and tell what became of it, in ${theme}`, async () => {
      const workbench = await Workbench.open({ corpus: false, files: FILES, theme });
      const { page } = workbench;
      page.setDefaultTimeout(60_000);
      try {
        const beside = path.join(workbench.folder, '..');
        for (const [name, text] of Object.entries(BRAT)) {
          fs.mkdirSync(path.dirname(path.join(beside, 'brat', name)), { recursive: true });
          fs.writeFileSync(path.join(beside, 'brat', name), text);
        }
        await workbench.show(/^Corpus/);
        await workbench.treeItem(/^ferry\.txt/).waitFor();
        await workbench.command('Corpus: Import…');
        await workbench.pick(/A Folder/);
        await answerDialog(workbench, path.join(beside, 'brat') + '/', /^deep/);
        await workbench.quickInput.getByText('Import 2 documents').waitFor();
        await workbench.screenshot(`import-preview-${theme}`);
        await page.keyboard.press('Enter');
        await workbench.readWhen('tour.ann.yaml', (text) => text.includes('text: New Rome'));
        assert.match(await workbench.readWhen('deep/low.ann.yaml'), /label: EVENT, start: 17, end: 25/);
        assert.match(workbench.read('corpus.yaml'), /CITY/);
        await workbench.screenshot(`import-done-${theme}`);

        await openReport(workbench, /^Import of brat standoff/);
        await page.locator('.detected-link').first().waitFor();
        await workbench.screenshot(`import-report-${theme}`);
        const link = page.locator('.detected-link').filter({ hasText: 'tour.ann:7:1' });
        const { x, y, width, height } = (await link.boundingBox())!;
        await page.mouse.move(x + width / 2, y + height / 2);
        await page.keyboard.down('Control');
        await page.mouse.click(x + width / 2, y + height / 2);
        await page.keyboard.up('Control');
        await page.locator('.tab.active').getByText('tour.ann').waitFor();
        await workbench.status(/Ln 7, Col 1\b/).waitFor();

        await workbench.openFile('tour.txt');
        await page.getByRole('treeitem', { name: /^New Rome, GPE/ }).waitFor();
        await workbench.screenshot(`imported-${theme}`);

        await workbench.command('Corpus: Export…');
        await workbench.quickInput.getByText('CoNLL-2003').waitFor();
        await workbench.screenshot(`export-format-${theme}`);
        await workbench.pick(/^CoNLL-2003/);
        await workbench.pick(/The corpus/);
        await workbench.pick(/All entities/);
        await answerDialog(workbench, path.join(beside, 'out.conll'));
        const conll = await workbench.readWhen('../out.conll', (text) => text.includes('CITY'));
        assert.match(conll, /^New .*B-GPE\nRome .*I-GPE$/m);
        await openReport(workbench, /^Export to CoNLL-2003/);
        await workbench.screenshot(`export-report-${theme}`);
        // By keyboard: the place of a line.
        await page.keyboard.press('Control+F');
        await page.keyboard.type('overlaps');
        await page.keyboard.press('Escape');
        await page.keyboard.press('F12');
        await page.locator('.tab.active').getByText('tour.txt').waitFor();
        await workbench.status(/\(4 selected\)|Ln 1, Col 4[45]\b/).waitFor();
      } finally {
        await workbench.close();
      }
    }).timeout(180_000);
  }

  it('bring what is dropped on a folder of the Articles view', async () => {
    const workbench = await Workbench.open({
      corpus: false,
      files: { ...FILES, 'news/old.txt': 'Old news.\n' },
      theme: 'dark',
    });
    try {
      await workbench.show(/^Corpus/);
      const row = workbench.treeItem(/^news/);
      await row.waitFor();
      // What a browser gives for files from outside: their content, and no place.
      const files = JSON.stringify([
        ['tour.ann', BRAT['tour.ann']],
        ['tour.txt', TOUR],
      ]);
      const dropped = await workbench.page.evaluateHandle(`(() => {
        const transfer = new DataTransfer();
        for (const [name, text] of ${files}) transfer.items.add(new File([text], name));
        return transfer;
      })()`);
      for (const event of ['dragenter', 'dragover', 'drop'])
        await row.dispatchEvent(event, { dataTransfer: dropped });
      await workbench.quickInput.getByText('Import 1 document').waitFor();
      await workbench.screenshot('import-dropped-dark');
      await workbench.page.keyboard.press('Enter');
      await workbench.readWhen('news/tour.ann.yaml', (text) => text.includes('text: New Rome'));
    } finally {
      await workbench.close();
    }
  }).timeout(120_000);
});
