import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { findHosts, presses } from '../torture/presses.ts';

describe('keys that come fast', () => {
  it('do what they do at rest, also while the extension host stands still', async () => {
    for (const { outcome, failures } of await presses.run(false)) assert.equal(failures, 0, outcome);
  });

  it('leave the cursor where somebody clicks after them, for the keys that follow', async () => {
    const files = {
      'a.txt': ' date 2022-09-09 Ada\n\nBob met Eve.\n\nZoe left Rome.\n',
      'corpus.yaml': 'labels:\n  PER: {key: p}\n  GPE: {key: g}\n',
    };
    const workbench = await Workbench.open({ corpus: false, files });
    const { page } = workbench;
    try {
      await workbench.openFile('a.txt');
      await workbench.status('Corpus Article').waitFor();
      await workbench.goTo(3, 1);
      // The first press of a window waits for what is read as it opens.
      await page.keyboard.press('Tab');
      await workbench.status('(3 selected)').waitFor();
      const hold = findHosts();
      for (const [word, key, label] of [
        ['left', 'p', 'PER'],
        ['Rome', 'g', 'GPE'],
      ] as const) {
        // prettier-ignore
        hold('SIGSTOP');
        try {
          await page.keyboard.press('Tab');
          await page.keyboard.press('Tab');
          await clickOn(workbench, word);
        } finally {
          hold('SIGCONT');
        }
        await page.keyboard.press(key);
        const source = await workbench.readWhen('a.ann.yaml', (text) => text.includes(`text: ${word}`));
        assert.match(source, new RegExp(`label: ${label}, .*text: ${word}`));
        await workbench.status(/Ln 5, /).waitFor();
      }
      assert.equal(workbench.read('a.ann.yaml').match(/\bid: /g)?.length, 2);
    } finally {
      await workbench.close();
    }
  });
});

/** Clicks into a word of the editor, which must not be decorated in part. */
async function clickOn({ page }: Workbench, word: string): Promise<void> {
  const { x, y } = await page.evaluate<{ x: number; y: number }>(`(() => {
    const lines = document.querySelector('.editor-instance .view-lines');
    const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const at = node.data.indexOf('${word}');
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ${word.length});
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
  })()`);
  await page.mouse.click(x, y);
}
