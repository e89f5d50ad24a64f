import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const NAMES = ['Harwich', 'Dover', 'London'];
const FILES: Record<string, string> = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g, color: "#16a34a"}\n  ORG: {key: o}\n',
  'ferry.txt':
    ' date 2022-09-09 The ferry to Harwich was late.\n\nNobody in Harwich minded, since the port of Harwich has a café.\n',
  'ferry.ann.yaml':
    'version: 1\narticle: ferry.txt\nentities:\n  - {id: aaaaaa, label: GPE, start: 30, end: 37, text: Harwich, reviewed: true}\n  - {id: bbbbbb, label: ORG, start: 85, end: 100, text: port of Harwich, suggested_by: x}\n',
  'hebrew.txt': ' date 2022-09-12 המעבורת מן Harwich איחרה. עיר הנמל לונדון גדולה.\n',
  'port.txt':
    ' date 2022-09-10 The port of Harwich is old. The Harwichians know. 城市Harwich很老。\n\nHarwich has a pier.\n',
};
for (let n = 0; n < 300; n++)
  FILES[`many/${String(n).padStart(3, '0')}.txt`] =
    ` date 2022-10-01 Train ${n} left ${NAMES[n % 3]} for ${NAMES[(n + 1) % 3]} at noon.\n`;

/** In the page: what axe finds, as far as it is certain, with the elements. */
const RUN_AXE = async (): Promise<string[]> => {
  const { axe } = globalThis as unknown as {
    axe: {
      run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
    };
  };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} (${failureSummary})`),
  );
};

describe('the concordance by keyboard', () => {
  let workbench: Workbench;
  let page: FrameLocator;
  const press = (key: string) => workbench.page.keyboard.press(key);
  const rows = () => page.locator('.row');
  const active = () => page.locator('.row.active');
  const note = () => page.locator('#note').innerText();
  const problem = () => page.locator('#problem').innerText();
  const untilNote = async (text: string) => {
    let seen = '';
    const probe = async () => (seen = `${await note()} ${await problem()}`.trim()) === text;
    await until(probe, () => `${text}, there was: ${seen}`);
  };
  const spans = (name: string) =>
    [...workbench.read(name).matchAll(/label: (\w+), start: (\d+)/g)].map(
      ([, label, at]) => `${label} ${at}`,
    );

  before(async () => {
    workbench = await Workbench.open({
      files: FILES,
      corpus: false,
      settings: { 'files.autoSave': 'off' },
    });
    await workbench.show(/^Corpus/);
    page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  });
  after(() => workbench?.close());

  it('shows each place of a word, aligned', async () => {
    await workbench.command('Corpus: Concordance…');
    await page.locator('#text:focus').waitFor();
    await workbench.page.keyboard.type('Harwich');
    await press('Enter');
    await untilNote('207 lines');
    await page.locator('#list:focus').waitFor();
    await active().waitFor();
    await page.getByRole('button', { name: 'Left', exact: true }).click();
    await page.locator('[data-order=left][aria-pressed=true]').waitFor();
    const keywords = await page.locator('.row .context[dir=ltr] .keyword').all();
    const boxes = await Promise.all(keywords.map((keyword) => keyword.boundingBox()));
    const starts = [...new Set(boxes.map((box) => Math.round(box?.x ?? -1)))];
    assert.equal(starts.length, 1, `keywords begin at ${starts.join(', ')}`);
    await page.getByRole('button', { name: 'Article', exact: true }).click();
    await page.locator('[data-order=place][aria-pressed=true]').waitFor();
    await until(
      async () => (await rows().first().locator('.spoken').innerText()).includes('ferry.txt'),
      'the articles',
    );
    await workbench.pictures('concordance');
  });

  it('has nothing that axe finds, in any theme', async () => {
    const axe = fs.readFileSync(path.resolve('node_modules/axe-core/axe.min.js'), 'utf8');
    const body = page.locator('body');
    await body.evaluate((_, source) => void (0, eval)(source), axe);
    const found: string[] = [];
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await workbench.setTheme(theme);
      const violations = await body.evaluate(RUN_AXE);
      found.push(...violations.map((violation) => `${theme}: ${violation}`));
    }
    assert.deepEqual(found, []);
  });

  it('draws only the lines that are seen', async () => {
    await page.locator('#list').focus();
    await page.locator('#list[data-keys=true]').waitFor();
    await press('End');
    await page.locator('.row.active[aria-posinset="207"]').waitFor();
    assert.ok((await rows().count()) < 100);
    await press('Home');
    await page.locator('.row.active[aria-posinset="1"]').waitFor();
  });

  it('opens a place beside it, and shows one without leaving the list', async () => {
    await press('Space');
    await workbench.page.locator('.tab').getByText('ferry.txt').first().waitFor();
    await page.locator('#list:focus').waitFor();
    await press('Enter');
    await workbench.untilEditorFocused();
    await workbench.status('(7 selected)').waitFor();
    await workbench.pictures('concordance-beside');
  });

  it('has two rows above the lines where it is narrow, with the filters behind a button', async () => {
    const size = workbench.page.viewportSize()!;
    await workbench.page.setViewportSize({ width: 1156, height: size.height });
    const form = page.locator('#form');
    const height = async () => (await form.boundingBox())!;
    await until(async () => Math.abs((await height()).width - 400) < 25, 'some 400 pixels');
    await page.locator('#more').waitFor();
    assert.ok((await height()).height < 80, String((await height()).height));
    assert.equal(await page.locator('#state').isVisible(), false);
    await workbench.pictures('concordance-narrow');
    await page.locator('#more').click();
    await page.locator('#state').selectOption('untagged');
    await page.locator('#more[aria-pressed=true]').waitFor();
    await page.locator('#state').selectOption('any');
    await page.locator('#more[aria-pressed=false]').click();
    await page.locator('#state').waitFor({ state: 'hidden' });
    await untilNote('207 lines');
    await workbench.page.setViewportSize(size);
    await page.locator('#more').waitFor();
  });

  it('tags several lines as one step, accepts, and takes it back', async () => {
    await page.locator('#list').focus();
    await page.locator('#list[data-keys=true]').waitFor();
    await press('ArrowDown');
    await press('Shift+ArrowDown');
    await until(async () => (await page.locator('.row[aria-selected=true]').count()) === 2, 'two lines');
    await press('Alt+2');
    await until(() => spans('ferry.ann.yaml').length === 4, 'two more entities');
    assert.equal(spans('ferry.ann.yaml').filter((span) => span.startsWith('GPE')).length, 3);
    await until(async () => (await page.locator('.row[data-state=unreviewed]').count()) === 2, 'their lines');
    await press('Alt+Enter');
    await workbench.readWhen('ferry.ann.yaml', (text) => text.match(/reviewed: true/g)?.length === 3);
    await until(async () => (await page.locator('.row[data-state=reviewed]').count()) === 3, 'the marks');
    await workbench.pictures('concordance-tagged');
    await press('Control+Z');
    await workbench.readWhen('ferry.ann.yaml', (text) => text.match(/reviewed: true/g)?.length === 1);
    await press('Control+Z');
    await until(() => spans('ferry.ann.yaml').length === 2, 'the entities as they were');
    await until(async () => (await page.locator('.row[data-state=unreviewed]').count()) === 0, 'the lines');
  });

  it('says what is wrong with an expression', async () => {
    await page.locator('#isRegex').click();
    await page.locator('#text').fill('Har(');
    await page.locator('#text').press('Enter');
    await page.locator('#problem').getByText('Not a regular expression: Unterminated group.').waitFor();
    await workbench.pictures('concordance-problem');
    await page.locator('#text').fill('Har\\w+s');
    await page.locator('#text').press('Enter');
    await untilNote('1 line');
    assert.equal(await page.locator('#problem').isVisible(), false);
  });

  it('filters by label and exports', async () => {
    await page.locator('#text').fill('');
    await page.locator('#label').selectOption('ORG');
    await untilNote('1 line');
    await page.locator('.row[data-state=suggestion]').waitFor();
    await page.locator('#export').click();
    await workbench.quickInput.waitFor();
    await press('Enter');
    const file = path.join(workbench.folder, 'concordance.tsv');
    await until(
      () => fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes('port of Harwich'),
      'the file',
    );
  });
});
