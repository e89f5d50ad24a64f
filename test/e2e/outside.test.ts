import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const TEXT =
  ' date 2022-09-09 The ferry to Harwich was late.\n\nThe crew of the Pioneer left Harwich for Hoek.\n';
const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g, color: "#16a34a"}\n',
  'ferry.txt': TEXT,
  'ferry.ann.yaml':
    'version: 1\narticle: ferry.txt\nentities:\n' +
    '  - {id: aaaaa2, label: GPE, start: 30, end: 37, text: Harwich}\n' +
    '  - {id: aaaaa3, label: GPE, start: 90, end: 94, text: Hoek}\n',
};

describe('files that other programs change while their article is open', () => {
  let workbench: Workbench;
  const write = (name: string, text: string) => fs.writeFileSync(path.join(workbench.folder, name), text);
  /** A row leads to a place; one that is drawn anew in the moment of a click has not got it. */
  const shows = (row: RegExp, place: RegExp) =>
    until(async () => {
      await workbench.treeItem(row).click();
      const shown = workbench.status(place).waitFor({ timeout: 1000 });
      return shown.then(
        () => true,
        () => false,
      );
    }, `the place of ${row}`);
  /** What stands at the places that the sidecar says. */
  const tagged = (stem = 'ferry') => {
    const text = workbench.read(`${stem}.txt`).replaceAll('\r\n', '\n');
    return [...workbench.read(`${stem}.ann.yaml`).matchAll(/label: (\w+), start: (\d+), end: (\d+)/g)].map(
      ([, label, start, end]) => `${label} ${Array.from(text).slice(Number(start), Number(end)).join('')}`,
    );
  };

  before(async () => {
    workbench = await Workbench.open({
      theme: 'light',
      files: FILES,
      settings: { 'files.autoSave': 'off', 'editor.wordWrap': 'on' },
    });
    await workbench.show(/^Corpus/);
    await workbench.openFile('ferry.txt');
    await workbench.treeItem(/^Hoek, GPE/).waitFor();
  });
  after(() => workbench?.close());

  it('an article: its spans follow, in the view, in the text and with the next tag', async () => {
    const changed = `A title 😀\r\n\r\n${TEXT.replaceAll('\n', '\r\n').replace('was late', 'from Hoek was very late')}`;
    write('ferry.txt', changed);
    await workbench.editor.getByText('A title').waitFor();
    await shows(/^Harwich, GPE/, /Ln 3, Col 38 \(7 selected\)/);
    await shows(/^Hoek, GPE/, /Ln 5, Col 46 \(4 selected\)/);
    await workbench.screenshot('outside-article-light');
    await workbench.select('ferry.txt', 'Pioneer');
    await workbench.page.keyboard.press('Alt+1');
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('Pioneer'));
    assert.deepEqual(tagged(), ['GPE Harwich', 'PER Pioneer', 'GPE Hoek']);
    await until(async () => (await workbench.treeItem(/^To place/).count()) === 0, 'nothing to place');
  });

  it('a sidecar: what it says and what is tagged meanwhile are both there', async () => {
    const source = workbench.read('ferry.ann.yaml');
    await workbench.select('ferry.txt', 'crew');
    // Another program adds an entity and deletes one, at the moment in which a tag is made here.
    const start = Array.from(workbench.read('ferry.txt').replaceAll('\r\n', '\n'))
      .join('')
      .lastIndexOf('Harwich');
    const offset = start - 1; // The emoji counts 1.
    const line = `  - {id: bbbbb2, label: GPE, start: ${offset}, end: ${offset + 7}, text: Harwich, before: "ioneer left ", after: " for Hoek.\\n"}\n`;
    const theirs = source.replace(/ {2}- \{id: aaaaa3.*\n/, line);
    const pressed = workbench.page.keyboard.press('Alt+1');
    write('ferry.ann.yaml', theirs);
    await pressed;
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('crew') && text.includes('bbbbb2'));
    assert.deepEqual(tagged(), ['GPE Harwich', 'PER crew', 'PER Pioneer', 'GPE Harwich']);
    await until(async () => (await workbench.treeItem(/^Hoek, GPE/).count()) === 0, 'the entity gone');
    await workbench.treeItem(/^crew, PER/).waitFor();
    await workbench.status(/4 entities/).waitFor();
    await workbench.screenshot('outside-sidecar-light');
  });

  it('a sidecar that is deleted: that is told, and a button brings it back', async () => {
    const source = workbench.read('ferry.ann.yaml');
    fs.rmSync(path.join(workbench.folder, 'ferry.ann.yaml'));
    await workbench.command('Notifications: Show Notifications');
    const told = workbench.page
      .locator('.notification-list-item')
      .filter({ hasText: 'The sidecar of ferry.txt was deleted on disk, with 4 entities.' });
    await told.first().waitFor();
    await workbench.screenshot('outside-deleted-light');
    await told.first().getByRole('button', { name: 'Bring Back' }).first().click();
    await workbench.status('Brought back 4 entities').waitFor();
    assert.equal(workbench.read('ferry.ann.yaml'), source);
    await workbench.treeItem(/^crew, PER/).waitFor();
    await workbench.command('Notifications: Hide Notifications');
  });

  it('an article that is moved without its sidecar: that is offered, and taken by a button', async () => {
    const before = tagged();
    fs.mkdirSync(path.join(workbench.folder, 'moved'));
    fs.renameSync(path.join(workbench.folder, 'ferry.txt'), path.join(workbench.folder, 'moved/boat.txt'));
    await workbench.openFile('boat.txt');
    const offer = workbench.page.locator('.notification-list-item').filter({
      hasText:
        'The sidecar ferry.ann.yaml has lost its article. It is about the text of moved/boat.txt: take its entities?',
    });
    // With the driver of tests, the window shows no messages but in their list.
    await workbench.command('Notifications: Show Notifications');
    await offer.first().waitFor();
    await workbench.screenshot('outside-moved-light');
    await workbench.command('Notifications: Hide Notifications');
    await workbench.select('moved/boat.txt', 'Pioneer');
    await workbench.page.keyboard.press('Alt+1');
    await workbench.status('has lost its article.').waitFor();
    assert.equal(fs.existsSync(path.join(workbench.folder, 'moved/boat.ann.yaml')), false);
    await workbench.command('Notifications: Show Notifications');
    await offer.first().getByRole('button', { name: 'Take Its Entities' }).first().click();
    await workbench.readWhen('moved/boat.ann.yaml', (text) => text.includes('article: boat.txt'));
    assert.equal(fs.existsSync(path.join(workbench.folder, 'ferry.ann.yaml')), false);
    await workbench.treeItem(/^crew, PER/).waitFor();
    assert.deepEqual(tagged('moved/boat'), before);
  });
});
