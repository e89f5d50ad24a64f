import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Workbench } from '../hosts/workbench.ts';
import { markedArticle } from '../support/marked-article.ts';
import { until } from '../support/until.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';

const GAZETTEER =
  'version: 1\nforms:\n  - {text: companies, label: ORG}\n  - {text: SMEs, label: MISC}\n  - {text: Party committees, label: ORG}\n';

const TEN = Array.from({ length: 10 }, (_, n) => n);
const NEW =
  ' date 2020-01-02 At noon Ann sailed to the port of Padstow again. At noon Mill left, the port of Fowey closed.\n';

/** An article that is done, with its sidecar; `new.txt` beside them. */
function lesson(n: number): [name: string, content: string][] {
  const towns = ['Harwich', 'Dover', 'Lowestoft', 'Whitby', 'Poole', 'Ramsgate', 'Margate', 'Bideford'];
  const names = ['Ada', 'Bob', 'Eve', 'Joan', 'Tom', 'Kit', 'Sue', 'Max'];
  const [{ raw }, entities] = markedArticle(
    towns
      .map((town, i) => `At noon [PER ${names[(i + n) % 8]}] sailed to the port of [GPE ${town}] again.\n`)
      .join('\n'),
  );
  const lines = entities.map(
    ({ label, start, end, text }, i) =>
      `  - {id: aaaa${n}${i}, label: ${label}, start: ${start}, end: ${end}, text: ${text}, reviewed: true}\n`,
  );
  const sidecar = `version: 1\narticle: a${n}.txt\nstatus: done\nentities:\n${lines.join('')}`;
  return [
    [`a${n}.txt`, raw],
    [`a${n}.ann.yaml`, sidecar],
    ['new.txt', NEW],
  ];
}

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

  it('that are learned are drawn as sure or not, and walked through like any other', async () => {
    const workbench = await Workbench.open({ files: Object.fromEntries(TEN.flatMap(lesson)) });
    try {
      const { page } = workbench;
      await workbench.openFile('new.txt');
      await until(async () => {
        await workbench.goTo(1, 1);
        await page.keyboard.press('Alt+J');
        return workbench.status('“Ann” as PER? k accepts').isVisible();
      }, 'Ann is suggested');
      await workbench.pictures('learned');
      await page.keyboard.press('Alt+Y');
      await workbench.readWhen('new.ann.yaml', (text) =>
        /text: Ann, reviewed: true, suggested_by: learned, score: 0\.\d+/.test(text),
      );
    } finally {
      await workbench.close();
    }
  });
});
