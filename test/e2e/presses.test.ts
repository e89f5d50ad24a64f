import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { findHosts, presses } from '../torture/presses.ts';

const FILES = {
  'a.txt': ' date 2022-09-09 Ada\n\nBob met Eve.\n\nZoe left Rome.\n',
  'b.txt': ' date 2022-09-10 The ferry left Harwich.\n\nNobody met Zora.\n',
  'corpus.yaml': 'labels:\n  PER: {key: p}\n  GPE: {key: g}\n',
};

describe('keys that come fast', () => {
  it('do what they do at rest, also while the extension host stands still', async () => {
    for (const { outcome, failures } of await presses.run(false)) assert.equal(failures, 0, outcome);
  });

  describe('while the extension host stands still', () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await Workbench.open({ corpus: false, files: FILES });
      await workbench.openFile('a.txt');
      await workbench.status('Corpus Article').waitFor();
      await workbench.goTo(3, 1);
      // The first press of a window waits for what is read as it opens.
      await workbench.page.keyboard.press('Tab');
      await workbench.status('(3 selected)').waitFor();
    });
    after(() => workbench?.close());

    const press = (key: string) => workbench.page.keyboard.press(key);
    const held = async (action: () => Promise<void>) => {
      const hold = findHosts();
      hold('SIGSTOP');
      await action().finally(() => hold('SIGCONT'));
    };
    const untilTagged = async (name: string, label: string, text: string) => {
      const source = await workbench.readWhen(name, (all) => all.includes(`text: ${text}`));
      assert.match(source, new RegExp(`label: ${label}, .*text: ${text}`));
      return source.match(/\bid: /g)?.length;
    };

    it('leave the cursor where somebody clicks after them, for the keys that follow', async () => {
      for (const [word, key, label, count] of [
        ['left', 'p', 'PER', 1],
        ['Rome', 'g', 'GPE', 2],
      ] as const) {
        await held(async () => {
          await press('Tab');
          await press('Tab');
          await workbench.clickWord(word);
        });
        await press(key);
        assert.equal(await untilTagged('a.ann.yaml', label, word), count);
        await workbench.status(/Ln 5, /).waitFor();
      }
    });

    it('tag in an article that is just shown, before it is locked, and leave its text', async () => {
      const row = workbench.page.locator('.explorer-folders-view').getByRole('treeitem', { name: 'b.txt' });
      await held(async () => {
        await row.click();
        await workbench.editor.getByText('Nobody').waitFor();
        await workbench.clickWord('Harwich', { clickCount: 2 });
        await press('g');
        await workbench.editor.getByText('Harwich').waitFor({ state: 'detached' });
      });
      assert.equal(await untilTagged('b.ann.yaml', 'GPE', 'Harwich'), 1);
      await workbench.clickWord('Zora');
      await press('p');
      await untilTagged('b.ann.yaml', 'PER', 'Zora');
      assert.equal(workbench.read('b.txt'), FILES['b.txt']);
      assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
    });
  });
});
