import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g, color: "#16a34a"}\n',
  'ferry.txt': ' date 2022-09-09 The ferry to Harwich was late.\n\nNobody in Harwich minded.\n',
  'port.txt': ' date 2022-09-10 The port of Harwich is old. The Harwichians know.\n\nHarwich has a pier.\n',
  'train.txt': ' date 2022-09-11 The train left London for HARWICH.\n',
};

describe('tagging all mentions by keyboard', () => {
  let workbench: Workbench;
  const press = (key: string) => workbench.page.keyboard.press(key);
  const spans = (name: string) =>
    [...workbench.read(name).matchAll(/label: (\w+), start: (\d+)/g)].map(
      ([, label, start]) => `${label} ${start}`,
    );

  before(async () => {
    workbench = await Workbench.open({
      theme: 'dark',
      files: FILES,
      settings: { 'files.autoSave': 'off', 'editor.wordWrap': 'on' },
    });
    await workbench.show(/^Corpus/);
  });
  after(() => workbench?.close());

  it('shows every mention with its context, and tags those that stay chosen', async () => {
    await workbench.openFile('ferry.txt');
    await workbench.select('ferry.txt', 'Harwich');
    await press('Alt+Shift+M');
    await workbench.pick(/^GPE/);
    const options = workbench.quickInput.locator('.monaco-list-row');
    await until(async () => (await options.count()) === 6, 'two articles and four mentions');
    await workbench.screenshot('tag-all-dark');
    const title = workbench.quickInput.locator('.quick-input-title');
    await title.getByText('Tag All “Harwich” in Corpus · 4 of 4 mentions').waitFor();
    const chosen = () => options.locator('[role=checkbox][aria-checked=true]').count();
    // A whole article is out, and in again, by its row; then its first mention is out.
    await press('ArrowDown');
    await press('Space');
    await until(async () => (await chosen()) === 3, 'the first article out');
    await workbench.screenshot('tag-all-article-out-dark');
    await press('Space');
    await until(async () => (await chosen()) === 6, 'the first article in');
    await press('ArrowDown');
    await press('Space');
    await until(async () => (await chosen()) === 5, 'the first mention out');
    await title.getByText('· 3 of 4 mentions').waitFor();
    await workbench.screenshot('tag-all-one-out-dark');
    // What is out stays out while it is filtered away, and what is in stays in.
    await workbench.quickInput.locator('.quick-input-box input').click();
    await workbench.page.keyboard.type('pier');
    await until(async () => (await options.count()) < 6, 'what has the word');
    await workbench.screenshot('tag-all-filtered-dark');
    for (let n = 0; n < 'pier'.length; n++) await press('Backspace');
    await until(async () => (await options.count()) === 6, 'all of them again');
    assert.equal(await chosen(), 5);
    await press('Enter');
    for (const name of ['port.ann.yaml', 'ferry.ann.yaml'])
      await workbench.readWhen(name, (text) => text.includes('start:'));
    assert.deepEqual([spans('ferry.ann.yaml'), spans('port.ann.yaml')], [['GPE 59'], ['GPE 29', 'GPE 68']]);
  });

  it('takes all of it back by ctrl+z, and does it again', async () => {
    await workbench.editor.click();
    await press('Control+Z');
    const names = ['port.ann.yaml', 'ferry.ann.yaml'];
    const areThere = () => names.map((name) => fs.existsSync(path.join(workbench.folder, name)));
    await until(() => !areThere().includes(true), 'the sidecars that were made to be gone');
    await press('Control+Y');
    await workbench.readWhen('port.ann.yaml', () => spans('port.ann.yaml').length === 2);
  });

  it('says what is next where every mention is tagged, and offers it', async () => {
    await workbench.openFile('train.txt');
    await workbench.select('train.txt', 'HARWICH');
    await press('Alt+2');
    await workbench.readWhen('train.ann.yaml', (text) => text.includes('HARWICH'));
    await press('Alt+M');
    await workbench.quickInput.getByText('All “HARWICH” in this article are tagged').waitFor();
    await workbench.pictures('tag-all-nothing-left');
    await workbench.pick('Look in Any Case, and Within Words');
    // There is none but this one in any case, either.
    await workbench.status('All “HARWICH” are tagged.').waitFor();
  });
});
