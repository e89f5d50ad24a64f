import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';

const GAZETTEER =
  'version: 1\nforms:\n  - {text: companies, label: ORG}\n  - {text: SMEs, label: MISC}\n  - {text: Party committees, label: ORG}\n';

/** The group below the entities: enter on a row shows its place, keys accept and refuse, and go on. */
async function reviewInView(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const group = page.getByRole('treeitem', { name: /^Suggested,/ });
  const tree = page.getByRole('tree', { name: 'Entities' });
  const row = page.getByRole('treeitem', { name: /^SMEs, MISC.*suggested/ }).first();
  /** Only rows that are seen are in the page. */
  const scrollTo = async (wanted: Locator) => {
    await tree.hover();
    await page.mouse.wheel(0, -20_000);
    await until(async () => {
      if (await wanted.isVisible()) return true;
      await page.mouse.wheel(0, 40);
      return false;
    }, 'the row');
  };
  await scrollTo(group);
  await group.click();
  await scrollTo(row);
  await row.click();
  await workbench.pictures('suggested-view');
  await page.keyboard.press('Alt+X');
  await workbench.readWhen('refused.yaml', (text) => /text: SMEs, label: MISC, article:/.test(text));
  await until(
    async () => (await page.locator('.monaco-list-row.focused.selected').count()) === 1,
    'the next suggestion',
  );
}

/** Suggestions of a gazetteer, as a person works through them. */
describe('suggestions, by keyboard', () => {
  it('are walked through, accepted and refused', async () => {
    const workbench = await Workbench.open({ files: { 'gazetteer.yaml': GAZETTEER } });
    try {
      const { keyboard } = workbench.page;
      await workbench.show(/^Corpus/);
      await workbench.openFile(ARTICLE);
      await workbench.status(/26 entities/).waitFor();
      await workbench.goTo(1, 1);
      await keyboard.press('Alt+J');
      await workbench.status('“companies” as ORG? k accepts').waitFor();
      await keyboard.press('Alt+Y');
      await workbench.status('“SMEs” as MISC? k accepts').waitFor();
      await workbench.pictures('suggestions');
      await keyboard.press('Alt+X');
      await workbench.readWhen('refused.yaml', (text) => /text: SMEs, label: MISC, article:/.test(text));
      await workbench.status('k accepts').waitFor();
      // Taken back: what was refused last is chosen already.
      await keyboard.press('Alt+Shift+X');
      await workbench.quickInput.getByText('Refused last').waitFor();
      await workbench.pictures('suggest-again');
      await keyboard.press('Enter');
      await workbench.readWhen('refused.yaml', (text) => !text.includes('SMEs'));
      await workbench.status('Suggested again').waitFor();
      await reviewInView(workbench);
      const sidecar = await workbench.readWhen(SIDECAR, (text) => text.includes('text: companies'));
      assert.match(sidecar, /label: ORG,[^}]*text: companies, reviewed: true, suggested_by: gazetteer/);
      assert.ok(!sidecar.includes('text: SMEs'));
    } finally {
      await workbench.close();
    }
  });
});
