import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const TEXT = [
  ' date 2022-09-09 Captain Ada Dunn took the ferry from Harwich to Hoek van Holland.',
  '',
  'In Rotterdam, Bob Visser met her. Nobody in Harwich knew.',
  '',
].join('\n');
const HEAD = 'version: 1\narticle: ferry.txt\nstatus: open\nentities:\n';
const tagged = (id: string, label: string, text: string) => {
  const start = TEXT.indexOf(text);
  return `  - {id: ${id}, label: ${label}, start: ${start}, end: ${start + text.length}, text: ${text}}\n`;
};
const ADA = tagged('aaaaa2', 'PER', 'Ada Dunn');
const HOEK = tagged('aaaaa3', 'GPE', 'Hoek van Holland');
const ROTTERDAM = tagged('aaaaa4', 'GPE', 'Rotterdam');
const BOB = tagged('aaaaa5', 'PER', 'Bob Visser');
/** Both sides added a line, and gave Hoek van Holland another label. */
const OURS = ADA + HOEK.replace('GPE', 'LOC') + ROTTERDAM;
const THEIRS = HOEK.replace('GPE', 'ORG') + ROTTERDAM + BOB;

/** In one window, as the steps of one person who works with git. */
describe('sidecars in git', () => {
  let workbench: Workbench;
  before(async () => {
    const marked = `${HEAD}<<<<<<< HEAD\n${OURS}=======\n${THEIRS}>>>>>>> theirs\n`;
    workbench = await Workbench.open({
      theme: 'light',
      corpus: false,
      files: { 'ferry.txt': TEXT, 'ferry.ann.yaml': marked },
      settings: { 'editor.wordWrap': 'on' },
    });
    await workbench.show(/^Corpus/);
  });
  after(() => workbench?.close());

  describe('a sidecar with git’s conflict markers', () => {
    it('is merged by its quick fix, and the entities of both sides appear in the article', async () => {
      await workbench.openFile('ferry.txt');
      // Ours, with a button that leads on.
      for (const name of [/^Ada Dunn, PER/, /^Hoek van Holland, LOC/])
        await workbench.treeItem(name).waitFor();
      const merge = workbench.page.getByRole('button', { name: /^Merge Both Sides of Sidecar/ });
      await workbench.pane('Entities').hover();
      await until(async () => (await merge.count()) === 2, 'a button on the editor and one on the view');
      await workbench.pictures('merging-in-conflict');
      await workbench.openFile('ferry.ann.yaml');
      await workbench.goTo(5, 1);
      const { page } = workbench;
      await page.locator('.squiggly-error').first().waitFor();
      await workbench.openQuickFixes();
      const fix = workbench.quickFixes.getByText('Merge both sides, entity by entity');
      await fix.waitFor();
      await workbench.screenshot('merging-quick-fix');
      await page.keyboard.press('Enter');
      const source = await workbench.readWhen('ferry.ann.yaml', (text) => !text.includes('<<<<<<<'));
      await page
        .getByText(/One entity was changed on both sides/)
        .first()
        .waitFor();
      for (const mention of [ADA, ROTTERDAM, BOB]) assert.ok(source.includes(mention));
      await workbench.openFile('ferry.txt');
      await workbench.treeItem(/^Conflicts, 2 entities$/).waitFor();
      for (const name of [/^Ada Dunn, PER/, /^Bob Visser, PER/, /^Rotterdam, GPE/]) {
        await workbench.treeItem(name).waitFor();
      }
      await workbench.screenshot('merging-article-merged');
    });

    it('is settled where both sides changed one entity, by keeping one of the two', async () => {
      await workbench.treeItem(/^Hoek van Holland, LOC, ours \(HEAD\)/).waitFor();
      const version = workbench.treeItem(/^Hoek van Holland, ORG, theirs \(theirs\)/);
      await version.hover();
      await workbench.screenshot('merging-conflict');
      await version.getByRole('button', { name: /Keep This Version/ }).click();
      const source = await workbench.readWhen('ferry.ann.yaml', (text) => !text.includes('conflict'));
      assert.match(source, /label: ORG.* text: Hoek van Holland/);
      assert.doesNotMatch(source, /LOC/);
      await workbench.treeItem(/^Conflicts/).waitFor({ state: 'detached' });
    });
  });

  describe('setting up git merging', () => {
    before(async () => {
      await workbench.command('View: Close All Editors');
      workbench.write('ferry.ann.yaml', HEAD + ROTTERDAM);
      await workbench.treeItem(/, ferry\.txt.* 1 entity/).waitFor();
    });

    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...args], {
        cwd: workbench.folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const commit = (branch: string, sidecar: string) => {
      git('checkout', '-q', '-B', branch);
      workbench.write('ferry.ann.yaml', sidecar);
      git('add', '-A');
      git('commit', '-q', '-m', branch);
    };
    const setUp = () => workbench.command('Corpus: Set Up Git Merging of Sidecars…');

    it('says what is missing without a repository', async () => {
      await setUp();
      await workbench.page
        .getByText(/is in no git repository/)
        .first()
        .waitFor();
      await workbench.command('Notifications: Clear All Notifications');
    });

    it('asks with all that it is going to change, and changes nothing when the answer is no', async () => {
      git('init', '-q', '-b', 'main');
      const config = workbench.read('.git/config');
      await setUp();
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.getByText('*.ann.yaml merge=corpus-annotator').waitFor();
      const said = await dialog.innerText();
      assert.ok(said.includes(path.join(workbench.folder, '.gitattributes')));
      assert.ok(said.includes(path.join(workbench.folder, '.git', 'config')));
      assert.match(said, /merge\.corpus-annotator\.driver = sh '.*' %O %A %B %P/);
      await workbench.screenshot('merging-set-up');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(workbench.read('.git/config'), config);
      assert.equal(fs.existsSync(path.join(workbench.folder, '.gitattributes')), false);
    });

    it('lets git merge, by the driver of the editor, what both sides tagged', async () => {
      await setUp();
      await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Set Up' }).click();
      await workbench.page
        .getByText(/Git now merges the sidecars/)
        .first()
        .waitFor();
      assert.equal(workbench.read('.gitattributes'), '*.ann.yaml merge=corpus-annotator\n');
      commit('main', HEAD + HOEK + ROTTERDAM);
      commit('theirs', HEAD + THEIRS);
      git('checkout', '-q', 'main');
      commit('main', HEAD + OURS);
      git('merge', '-q', '-m', 'merge', 'theirs');
      assert.equal(git('status', '--porcelain'), '');
      await workbench.openFile('ferry.txt');
      for (const name of [
        /^Conflicts, 2 entities$/,
        /^Ada Dunn, PER/,
        /^Bob Visser, PER/,
        /^Rotterdam, GPE/,
      ]) {
        await workbench.treeItem(name).waitFor();
      }
    });
  });
});
