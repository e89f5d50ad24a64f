import assert from 'node:assert/strict';
import { isFocused, Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const SIDECAR = 'ferry.ann.yaml';
const LINES = [
  ' date 2022-09-09 The ferry that links Harwich with Hoek van Holland was late on Thursday.',
  '',
  'The ferry left Harwich. Nobody in Harwich complained.',
  '',
  'The ferry left Harwich. The crew of the ship, most of whom live in the small towns along the coast, said that the fog over the sea had been so dense that the master would not leave the port before noon.',
  '',
  'The ferry left Harwich. The company will pay, a spokeswoman of the ferry line said in Rotterdam.',
  '',
];
const FILES = {
  'ferry.txt': LINES.join('\n'),
  // Some are to be placed: their offsets are not those of any mention, and several mentions are alike.
  [SIDECAR]: [
    'version: 1',
    'article: ferry.txt',
    `text_hash: sha256:${'0'.repeat(64)}`,
    'entities:',
    '  - {id: aaaaa2, label: GPE, start: 130, end: 137, text: Harwich}',
    '  - {id: aaaaa3, label: ORG, start: 300, end: 310, text: The ferry left}',
    '  - {id: aaaaa4, label: PER, start: 320, end: 330, text: Captain Dunn, note: the master}',
    '  - {id: aaaaa5, label: GPE, start: 429, end: 438, text: Rotterdam, reviewed: true}',
    '',
  ].join('\n'),
};

async function open(): Promise<Workbench> {
  const workbench = await Workbench.open({
    files: FILES,
    size: { width: 1400, height: 900 },
    settings: { 'files.autoSave': 'off', 'editor.wordWrap': 'on' },
  });
  await workbench.show(/^Corpus/);
  await workbench.page.locator('.pane-header[aria-label^="Articles Section"]').click();
  await workbench.openFile('ferry.txt');
  await workbench.treeItem(/^To place, 3 entities$/).waitFor();
  return workbench;
}

const line = (id: string) => (source: string) =>
  source.split('\n').find((text) => text.includes(`id: ${id}`)) ?? '';

describe('placing entities', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await open();
  });
  after(() => workbench?.close());

  describe('by keyboard', () => {
    const press = (key: string) => workbench.page.keyboard.press(key);
    const focused = (name: RegExp) =>
      until(() => isFocused(workbench.treeItem(name)), `the focus on ${name}`);

    it('unfolds an entity to its candidates, and shows them while the focus stays', async () => {
      await workbench.focusView('Entities');
      await workbench.toFirst(workbench.treeItem(/^To place, 3 entities$/));
      await press('ArrowDown');
      await focused(/^Harwich, GPE, not found in the text$/);
      await press('ArrowRight');
      await workbench.treeItem(/^Possible place 1, line \d, /).waitFor();
      await press('ArrowDown');
      await focused(/^Possible place 1/);
      await press('Enter');
      await workbench.status('(7 selected)').waitFor();
      await press('ArrowDown');
      await focused(/^Possible place 2/);
      await press('Enter');
      await workbench.status(/Ln [135], Col \d+ \(7 selected\)/).waitFor();
      await focused(/^Possible place 2/);
      await workbench.screenshot('placing-dark');
    });

    it('places the one that has the focus by space, and goes on to the next', async () => {
      await press('Space');
      await workbench.readWhen(SIDECAR, (text) => line('aaaaa2')(text).includes('before: '));
      await workbench.treeItem(/^To place, 2 entities$/).waitFor();
      await focused(/^The ferry left, ORG, not found in the text$/);
      await workbench.treeItem(/^Possible place 1, line \d, .*The ferry left Harwich/).waitFor();
      await workbench.screenshot('placing-next-dark');
    });

    it('takes that back', async () => {
      await press('ControlOrMeta+Z');
      await workbench.readWhen(SIDECAR, (text) => line('aaaaa2')(text).includes('start: 130'));
      await workbench.treeItem(/^To place, 3 entities$/).waitFor();
    });

    it('says what to do where there is no candidate, and places at the selection', async () => {
      await workbench.select('ferry.txt', 'master');
      await workbench.focusView('Entities');
      await workbench.toFirst(workbench.treeItem(/^To place/));
      await press('ArrowDown');
      while (!(await isFocused(workbench.treeItem(/^Captain Dunn/)))) await press('ArrowDown');
      await press('ArrowRight');
      await workbench.treeItem(/^Its text is gone\. Select its new place/).waitFor();
      await workbench.screenshot('placing-none-dark');
      await press('Alt+P');
      const source = await workbench.readWhen(SIDECAR, (text) =>
        line('aaaaa4')(text).includes('text: master'),
      );
      assert.match(line('aaaaa4')(source), /note: the master/);
      await focused(/^The ferry left, ORG/);
    });

    it('walks through what is left in a list with a preview', async () => {
      await press('Alt+Shift+P');
      const quickInput = workbench.quickInput;
      await quickInput.getByText(/Place GPE “Harwich” \(2 left\)/).waitFor();
      const first = await workbench.status(/Ln \d, Col \d+ \(7 selected\)/).innerText();
      await press('ArrowDown');
      await until(
        async () => (await workbench.status(/\(7 selected\)/).innerText()) !== first,
        'the preview of the second place',
      );
      await workbench.screenshot('placing-walk-dark');
      await press('Enter');
      await workbench.readWhen(SIDECAR, (text) => line('aaaaa2')(text).includes('before: '));
      await quickInput.getByText(/Place ORG “The ferry left” \(1 left\)/).waitFor();
      await workbench.pick(/^Skip/, 'Skip');
      await workbench.status('That was all; 1 still to place.').waitFor();
      await press('Alt+Shift+P');
      await quickInput.getByText(/Place ORG “The ferry left” \(1 left\)/).waitFor();
      await workbench.pick(/^Delete the entity/, 'Delete');
      await workbench.readWhen(SIDECAR, (text) => line('aaaaa3')(text) === '');
      await workbench.status('Every entity of the corpus has its place.').waitFor();
      await workbench.treeItem(/^To place/).waitFor({ state: 'detached' });
    });
  });

  describe('by mouse', () => {
    it('in the side bar, and by quick fixes', async () => {
      workbench.write(SIDECAR, FILES[SIDECAR]);
      await workbench.treeItem(/^To place, 3 entities$/).waitFor();
      await workbench.treeItem(/^Harwich, GPE, not found/).click();
      await workbench.status(/Ln 3, Col \d+ \(7 selected\)/).waitFor();
      // Before the problem is shown, there is no fix for it.
      await workbench.editor.locator('.squiggly-warning').first().waitFor();
      await workbench.openQuickFixes();
      const menu = workbench.quickFixes;
      await menu
        .getByText(/^Place “Harwich” at line \d/)
        .first()
        .waitFor();
      await workbench.pictures('placing-fixes');
      await workbench.page.keyboard.press('Escape');
      await workbench
        .treeItem(/^Harwich, GPE, not found/)
        .locator('.monaco-tl-twistie')
        .click();
      const candidate = workbench.treeItem(/^Possible place 2/);
      await candidate.click();
      await workbench.status('(7 selected)').waitFor();
      await candidate.hover();
      await workbench.pictures('placing');
      await candidate.getByRole('button', { name: /Place Here/ }).click();
      await workbench.readWhen(SIDECAR, (text) => line('aaaaa2')(text).includes('before: '));
      await workbench.treeItem(/^To place, 2 entities$/).waitFor();
    });
  });
});
