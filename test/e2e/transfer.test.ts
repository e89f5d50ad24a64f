import { Workbench } from '../hosts/workbench.ts';

const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g}\n',
  'ferry.txt': ' date 2022-09-09 The ferry to Harwich was late.\n',
};

const TOUR = ' date 2022-09-10 Zora 😀 met Tor Vale in New Rome.\n\nTor left Rome.\n';
const ANN =
  'T1\tPER 17 21\tZora\nT2\tPER 28 36\tTor Vale\nT3\tGPE 40 48\tNew Rome\nR1\tmet Arg1:T1 Arg2:T2\nno line of brat\n';

describe('import and export, by mouse', () => {
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
        ['tour.ann', ANN],
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
