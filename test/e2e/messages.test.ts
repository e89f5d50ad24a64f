import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Workbench } from '../hosts/workbench.ts';
import { LEFTOVER_PREFIX } from '../../src/core/skipped.ts';

const TEXT = ' date 2022-09-09 The ferry left Harwich.\n';
const HOSTILE = '[click](command:workbench.view.scm)';

/** What the editor shows of names that strangers chose, and of what it had to wait for. */
describe('messages', () => {
  let workbench: Workbench;
  const shown = (text: string) =>
    workbench.page.locator('.notification-list-item-message').filter({ hasText: text }).first();

  before(async () => {
    workbench = await Workbench.open({
      corpus: false,
      files: {
        'corpus.yaml': 'version: 1\nlabels:\n  GPE: {key: g}\n',
        'ferry.txt': TEXT,
        [`${HOSTILE}.txt`]: TEXT,
        [`${HOSTILE}.ann.yaml`]: 'entities: {',
      },
    });
  });
  after(() => workbench?.close());

  it('have no link in them, whatever a file is called', async () => {
    await workbench.treeItem(/click.*txt/).dblclick();
    await workbench.status('Corpus Article').waitFor();
    await workbench.untilEditorFocused();
    await workbench.select(`${HOSTILE}.txt`, 'Harwich');
    await workbench.page.keyboard.press('Alt+1');
    await workbench.command('Notifications: Show Notifications');
    const message = shown('has errors, so nothing is written to it');
    await message.waitFor();
    assert.match(
      (await message.innerText()).replaceAll('\u200b', ''),
      /\[click\]\(command:workbench\.view\.scm\)/,
    );
    assert.equal(await message.locator('a').count(), 0);
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('tell of a lock that a program of another computer has left, which takes two seconds', async () => {
    const name = createHash('sha256').update('ferry.ann.yaml').digest('hex').slice(0, 8);
    const lock = `${LEFTOVER_PREFIX}${name}.lock`;
    workbench.write(lock, '1 another-computer/pid:[1] 0');
    await workbench.openFile('ferry.txt');
    await workbench.select('ferry.txt', 'Harwich');
    await workbench.page.keyboard.press('Alt+1');
    const begun = performance.now();
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('text: Harwich'));
    assert.ok(performance.now() - begun > 1000, 'its owner was given time');
    await workbench.command('Notifications: Show Notifications');
    await shown('ferry.ann.yaml was locked by a program of another computer').waitFor();
    assert.throws(() => workbench.read(lock), /ENOENT/);
  });
});
