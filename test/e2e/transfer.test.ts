import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const CORPUS_YAML = 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n';
const FERRY = ' date 2022-09-09 The ferry to Harwich was late.\n';
const TOUR = ' date 2022-09-10 Zora 😀 met Tor Vale in New Rome.\n\nTor left Rome.\n';
const ANN =
  'T1\tPER 17 21\tZora\nT2\tPER 28 36\tTor Vale\nT3\tGPE 40 48\tNew Rome\nT4\tGPE 44 48\tRome\nT5\tCITY 60 64\tRome\nR1\tmet Arg1:T1 Arg2:T2\nno line of brat\n';

const REPORT = /reports.[0-9a-z]+\.json$/;

/** A collection of brat in the folder that is open, beside the corpus. */
const BESIDE = {
  'corpus/corpus.yaml': CORPUS_YAML,
  'corpus/ferry.txt': FERRY,
  'brat/annotation.conf': '[entities]\nPER\nGPE\nCITY\nSHIP\n[relations]\nmet Arg1:PER, Arg2:PER\n',
  'brat/visual.conf': '[labels]\n[drawing]\nSHIP\tbgColor:#0f766e\n',
  'brat/tour.txt': TOUR,
  'brat/tour.ann': ANN,
  'brat/deep/low.txt': ' date 2022-09-11 Low tide.\n',
  'brat/deep/low.ann': 'T1\tEVENT 17 25\tLow tide\n',
};

describe('import and export', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ corpus: false, files: BESIDE });
    await workbench.show(/^Corpus/);
    await workbench.treeItem(/, ferry\.txt/).waitFor();
  });
  after(() => workbench?.close());

  /** Shows the report of what ended just now, by the command that opens the last one. */
  async function openReport(said: RegExp, name: RegExp): Promise<void> {
    // It is there once the editor has said what became of the transfer.
    await workbench.status(said).waitFor();
    await workbench.command('Corpus: Open Last Import or Export Report');
    await workbench.page.locator('.tab.active').getByText(name).first().waitFor();
  }

  /** Exports the corpus; the dialog offers a name beside `corpus.yaml`, which Enter takes. */
  async function exportTo(format: RegExp): Promise<void> {
    await workbench.command('Corpus: Export…');
    await workbench.pick(format);
    await workbench.pick(/The corpus/);
    await workbench.pick(/All entities/);
    const input = workbench.quickInput.locator('input').first();
    await until(async () => /\/corpus\.\w+$/.test(await input.inputValue()), 'the dialog');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  }

  it('bring a brat folder with its labels, from the menu of the explorer', async () => {
    const { page } = workbench;
    await workbench.show(/^Explorer/);
    const row = page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: /^brat$/ });
    await row.click({ button: 'right' });
    await workbench.clickMenu(/^Import/);
    await workbench.quickInput.getByText('Import 2 documents').waitFor();
    await workbench.pictures('import-preview');
    await page.keyboard.press('Enter');
    await workbench.readWhen('corpus/tour.ann.yaml', (text) => text.includes('text: New Rome'));
    assert.match(await workbench.readWhen('corpus/deep/low.ann.yaml'), /label: EVENT, start: 17, end: 25/);
    assert.match(workbench.read('corpus/corpus.yaml'), /CITY(?:.*\n)+.*SHIP: \{.*"#0f766e"/);
  });

  it('tell what became of it, with links to the places', async () => {
    const { page } = workbench;
    await openReport(/^Imported 2 documents/, /^Import of brat standoff/);
    const link = page.locator('.detected-link').filter({ hasText: 'tour.ann:7:1' });
    await link.first().waitFor();
    await workbench.pictures('import-report');
    const { x, y, width, height } = (await link.first().boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.down('Control');
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.keyboard.up('Control');
    await page.locator('.tab.active').getByText('tour.ann').first().waitFor();
    await workbench.status(/Ln 7, Col 1\b/).waitFor();
  });

  it('show the entities', async () => {
    await workbench.show(/^Corpus/);
    await workbench.openFile('corpus/tour.txt');
    await workbench.treeItem(/^New Rome, GPE/).waitFor();
    await workbench.pictures('imported');
  });

  it('write CoNLL and spaCy, and say what the former cannot hold', async () => {
    await exportTo(/^CoNLL-2003/);
    const conll = await workbench.readWhen('corpus/corpus.conll', (text) => text.includes('CITY'));
    assert.match(conll, /^Tor .*B-PER\nVale .*I-PER$/m);
    await openReport(/^Exported 3 documents/, /^Export to CoNLL-2003/);
    await workbench.editor.getByText('overlaps').first().waitFor();
    await workbench.pictures('export-report');
    await workbench.openFile('corpus/tour.txt');
    await exportTo(/^spaCy training examples/);
    const spacy = await workbench.readWhen('corpus/corpus.jsonl', (text) => text.includes('New Rome'));
    const documents = spacy
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    assert.equal(documents.length, 3);
    assert.match(spacy, /\[40,48,"GPE"\]/);
    assert.equal(workbench.read('corpus/tour.txt'), TOUR);
  });

  it('show the last report after the window was closed, too', async () => {
    const { page } = workbench;
    const count = () => workbench.stored().filter((name) => REPORT.test(name)).length;
    await until(() => count() === 3, 'the reports in the storage');
    await page.reload();
    await workbench.status(/Tag/).waitFor();
    await workbench.command('Corpus: Open Last Import or Export Report');
    await page
      .locator('.tab.active')
      .getByText(/^Export to spaCy/)
      .first()
      .waitFor();
    await workbench.editor.getByText('overlaps').first().waitFor();
    await page.locator('.detected-link').first().waitFor();
  });

  it('bring what is dropped on a folder of the Articles view', async () => {
    workbench.write('corpus/news/old.txt', 'Old news.\n');
    await workbench.command('View: Close All Editors');
    await workbench.show(/^Corpus/);
    const row = workbench.treeItem(/^news/);
    await row.waitFor();
    // What a browser gives for files from outside: their content, and no place.
    const files = JSON.stringify([
      ['tour.ann', ANN],
      ['tour.txt', TOUR],
    ]);
    const dropped = await workbench.page.evaluateHandle(`(() => {
        const transfer = new DataTransfer();
        for (const [name, text] of ${files}) transfer.items.add(new File([text], name));
        return transfer;
      })()`);
    // A row that is drawn anew between two of these takes no drop.
    await until(async () => {
      for (const event of ['dragenter', 'dragover', 'drop'])
        await row.dispatchEvent(event, { dataTransfer: dropped });
      const question = workbench.quickInput.getByText('Import 1 document');
      return question.waitFor({ timeout: 5000 }).then(() => true, () => false);
    }, 'the question'); // prettier-ignore
    await workbench.screenshot('import-dropped-dark');
    await workbench.page.keyboard.press('Enter');
    await workbench.readWhen('corpus/news/tour.ann.yaml', (text) => text.includes('text: New Rome'));
  });
});
