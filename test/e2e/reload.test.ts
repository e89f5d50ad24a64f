import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';

describe('the window is reloaded in the middle of work', () => {
  let workbench: Workbench;

  // For each try: what one has left on disk is not what the next begins with.
  beforeEach(async () => {
    // A browser's editor saves by itself unless it is told not to; here the text must stay unsaved.
    workbench = await Workbench.open({ settings: { 'files.autoSave': 'off' } });
  });

  afterEach(() => workbench?.close());

  it('brings back tags of an article with unsaved changes, and saves them with it', async () => {
    const { page } = workbench;
    await workbench.openFile(ARTICLE);
    await workbench.status(/26 entities/).waitFor();
    await workbench.goTo(1, 1);
    await page.keyboard.press('Alt+A');
    await page.keyboard.type('Well, ');
    await workbench.goTo(3, 6); // inside of "guests"
    await page.keyboard.press('Alt+1');
    await workbench.status(/27 entities/).waitFor();
    await workbench.untilKeptAside('Well, ');
    assert.equal(workbench.read(ARTICLE).startsWith('Well, '), false);
    await page.reload();
    await workbench.status(/Tag/).waitFor();
    // The editor does not always open again what was open.
    await workbench.openFile(ARTICLE);
    await workbench.status(/27 entities/).waitFor();
    await workbench.goTo(3, 6);
    await page.keyboard.press('Control+S');
    await workbench.readWhen(ARTICLE, (text) => text.startsWith('Well, '));
    const start = Array.from(workbench.read(ARTICLE)).join('').indexOf('guests');
    await workbench.readWhen(SIDECAR, (text) =>
      text.includes(`label: PER, start: ${start}, end: ${start + 6}, text: guests`),
    );
  });
});
