import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const FIRST = '000_dbeb007e7c7426dc.txt';

/** What a page has for a row. */
interface Row {
  ariaLabel: string | null;
  getBoundingClientRect(): { top: number };
}

interface Box {
  getBoundingClientRect(): { right: number };
}

interface TextNode {
  firstChild: TextNode | null;
}

/** What a page has for the text of a row. */
interface LabelBox extends Box {
  querySelector(selector: string): TextNode | null;
  ownerDocument: {
    createRange(): Box & Record<'setStart' | 'setEnd', (node: TextNode, at: number) => void>;
  };
}

/** The accessible names of the rows of the Articles view, in their order. */
async function rows(workbench: Workbench): Promise<string[]> {
  const found = workbench.page.getByRole('tree', { name: 'Articles' }).getByRole('treeitem');
  // At once: a row that goes meanwhile would be waited for.
  const names = await found.evaluateAll((all: Row[]) =>
    all.map((row) => ({ name: row.ariaLabel ?? '', top: row.getBoundingClientRect().top })),
  );
  return names.sort((a, b) => a.top - b.top).map(({ name }) => name);
}

/** Waits until the rows are these, each told by how its accessible name begins. */
async function assertRows(workbench: Workbench, expected: readonly (string | RegExp)[]): Promise<void> {
  let last: string[] = [];
  const isExpected = (name: string, n: number) => {
    const wanted = expected[n]!;
    return typeof wanted === 'string' ? name.startsWith(wanted) : wanted.test(name);
  };
  try {
    await until(async () => {
      last = await rows(workbench);
      return last.length === expected.length && last.every(isExpected);
    }, 'the rows');
  } catch {
    assert.deepEqual(last, expected);
  }
}

/** An item of a quick pick that takes several. */
function choice(workbench: Workbench, name: RegExp): Locator {
  return workbench.quickInput.getByRole('checkbox', { name }).first();
}

describe('articles view in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ size: { width: 1400, height: 1000 } });
    await workbench.show('Corpus');
    // Room for the rows: the other views are other tests'.
    for (const view of ['Labels', 'Entities']) await workbench.pane(view).locator('.pane-header').click();
    await workbench.treeItem(/, 000_/).waitFor();
  });

  after(() => workbench?.close());

  it('shows folders, then articles, with what a screen reader needs', async () => {
    await assertRows(workbench, [
      '2022, 1 of 5 articles done',
      'culture, 0 of 3 articles done',
      'science, 0 of 4 articles done',
      'sports, 0 of 1 article done',
      `Nanjing, the capital of Jiangsu Province in east China,…, ${FIRST}, in progress, 2022-09-09, 26 entities, 15 to review`,
      /^\w.*…, 001_.*, untouched, \d{4}-\d\d-\d\d, 0 entities, nothing to review/,
      /, 002_/,
      /, 003_/,
    ]);
  });

  it('shows an article’s entities, date and what tells its file apart, which nothing cuts, then its first words', async () => {
    const row = workbench.treeItem(/, 000_/);
    assert.match(
      await row.innerText(),
      /^26 2022-09-09 · 000 · Nanjing, the capital of Jiangsu.*…\s*000_dbeb007e7c7426dc\.txt$/,
    );
    const label = row.locator('.monaco-icon-label-container');
    const hidden = await label.evaluate((box: LabelBox) => {
      let text = box.querySelector('.label-name')!;
      while (text.firstChild) text = text.firstChild;
      const range = box.ownerDocument.createRange();
      range.setStart(text, 0);
      range.setEnd(text, '26 2022-09-09 · 000'.length);
      return range.getBoundingClientRect().right - box.getBoundingClientRect().right;
    });
    assert.ok(hidden < -20, 'there is room for the sign that something is cut');
    await workbench.pane('Articles').getByText('1 of 17 done').waitFor();
  });

  it('has a badge with what is left to review', async () => {
    await workbench.page
      .locator('.activitybar .badge-content')
      .getByText(/^\d\d$/)
      .first()
      .waitFor();
  });

  it('opens an article with Enter, and selects the row of the active editor', async () => {
    await workbench.treeItem(/, 002_/).click();
    await workbench.page.locator('.tab.active').getByText('002_').first().waitFor();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.tab.active').getByText('003_').first().waitFor();
    await workbench.openFile('010_6cd04ae07db0e3eb.txt');
    await workbench.page.locator('.sidebar .monaco-list-row.selected[aria-label*=", 010_"]').waitFor();
    await workbench.treeItem(/^science/).click();
  });

  it('marks an article as done from its row, and writes it', async () => {
    const choose = async (name: RegExp) => {
      await workbench.treeItem(/, 001_/).click({ button: 'right' });
      await workbench.clickMenu(name);
    };
    await choose(/^Mark Article as Done$/);
    await workbench.readWhen('001_81a5c218fb193ed7.ann.yaml', (text) => text.includes('status: done'));
    await workbench.treeItem(/, 001_.*, done,/).waitFor();
    await workbench.status('Marked 001_81a5c218fb193ed7.txt as done.').waitFor();
    await choose(/Again/);
    await workbench.treeItem(/, 001_.*, untouched,/).waitFor();
  });

  it('marks the article in the editor as done by its button, and opens the next', async () => {
    await workbench.openFile('001_81a5c218fb193ed7.txt');
    const button = workbench.page
      .locator('.editor-actions')
      .getByRole('button', { name: /Done and Open Next/ });
    await button.first().click();
    await workbench.page.locator('.tab.active').getByText('002_').first().waitFor();
    await workbench.pane('Articles').getByText('2 of 17 done').waitFor();
    await workbench.openFile('001_81a5c218fb193ed7.txt');
    await workbench.command('Corpus: Open Article Again for Tagging');
    await workbench.pane('Articles').getByText('1 of 17 done').waitFor();
  });

  it('says what nobody has decided on in an article that is marked as done, with a way there', async () => {
    const name = '000_dbeb007e7c7426dc.txt';
    await workbench.openFile(name);
    await workbench.status(/26 entities, 15 to review/).waitFor();
    await workbench.command('Corpus: Mark Article as Done');
    const message = new RegExp(`^Marked ${name} as done\\. Left: 15 entities to review`);
    await workbench.status(message).waitFor();
    await workbench.command('Corpus: Open Article Again for Tagging');
    await workbench.command('Corpus: Go to Next Entity');
    await workbench.command('Corpus: Toggle Reviewed');
    await workbench.status(/26 entities, 1[46] to review/).waitFor();
    await workbench.command('Corpus: Mark Article as Done');
    await workbench.status(/as done\. Left: 1[46] entities to review/).waitFor();
    await workbench.command('Corpus: Toggle Reviewed');
    await workbench.status(/26 entities, 15 to review/).waitFor();
    await workbench.openFile('002_b9c6bc22a851ae1e.txt');
    await workbench.command('Notifications: Show Notifications');
    const told = workbench.page.locator('.notifications-center .notification-list-item').filter({
      hasText: /Marked as done, with something left/,
    });
    await told.first().waitFor();
    assert.equal(await told.count(), 1, 'only the newest is there');
    await told.first().getByRole('button', { name: 'Show Them' }).first().click();
    await workbench.page.locator('.tab.active').getByText('000_').first().waitFor();
    await workbench.status(/“.+” · to review/).waitFor();
    await workbench.command('Notifications: Hide Notifications');
    await workbench.command('Corpus: Open Article Again for Tagging');
    await workbench.pane('Articles').getByText('1 of 17 done').waitFor();
  });

  it('marks all selected articles at once', async () => {
    await workbench.treeItem(/, 002_/).click();
    await workbench.treeItem(/, 003_/).click({ modifiers: ['ControlOrMeta'] });
    await workbench.treeItem(/, 003_/).click({ button: 'right' });
    await workbench.clickMenu(/^Mark Article as Done$/);
    await workbench.status('Marked 2 articles as done.').waitFor();
    for (const name of ['002_b9c6bc22a851ae1e', '003_f7cfb83228d23168'])
      await workbench.readWhen(`${name}.ann.yaml`, (text) => text.includes('status: done'));
    await workbench.treeItem(/, 002_.*, done,/).waitFor();
  });

  it('opens the sidecar beside', async () => {
    await workbench.treeItem(/, 000_/).click({ button: 'right' });
    await workbench.clickMenu(/Sidecar/);
    await workbench.page.locator('.tab.active').getByText('000_dbeb007e7c7426dc.ann.yaml').first().waitFor();
    assert.equal(await workbench.page.locator('.editor-group-container').count(), 2);
    await workbench.command('View: Close All Editors');
  });

  it('follows files that come, change and go', async () => {
    const at = (name: string) => path.join(workbench.folder, name);
    fs.writeFileSync(at('099_new.txt'), ' date 1999-12-31 A new article.\n');
    await workbench.treeItem(/, 099_new\.txt, untouched, 1999-12-31/).waitFor();
    fs.writeFileSync(at('099_new.ann.yaml'), 'version: 1\narticle: 099_new.txt\nentities: [\n');
    await workbench.treeItem(/, 099_new\.txt, in trouble/).waitFor();
    fs.writeFileSync(
      at('099_new.ann.yaml'),
      'version: 1\narticle: 099_new.txt\nstatus: open\nentities:\n  - {id: aaaaaa, label: ODD, start: 17, end: 20, text: A n}\n',
    );
    await workbench.treeItem(/, 099_new\.txt, in progress, 1999-12-31, 1 entity, 1 to review/).waitFor();
    fs.mkdirSync(at('later'));
    fs.writeFileSync(at('later/100.txt'), 'No header.\n');
    await workbench.treeItem(/^later, 0 of 1 article done/).waitFor();
    fs.rmSync(at('later'), { recursive: true });
    await workbench.treeItem(/^later/).waitFor({ state: 'detached' });
  });

  it('sorts by date and by state', async () => {
    await workbench.command('Corpus: Sort Articles By…');
    await workbench.pick(/oldest first/);
    const articles = async () => (await rows(workbench)).filter((name) => name.includes('.txt'));
    await until(async () => (await articles())[0]?.includes(', 099_'), 'the oldest article first');
    const dates = (await articles()).map((name) => /\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? '');
    assert.deepEqual(dates, [...dates].sort());
    await workbench.command('Corpus: Sort Articles By…');
    await workbench.pick(/^State/);
    await until(async () => (await articles())[0]?.includes(', 000_'), 'articles in progress first');
    await workbench.command('Corpus: Sort Articles By…');
    await workbench.pick(/^Name/);
  });

  it('filters by state, label and text in three steps', async () => {
    await workbench.command('Corpus: Filter Articles…');
    await choice(workbench, /^in progress/).click();
    await workbench.page.keyboard.press('Enter');
    await choice(workbench, /^ODD/).waitFor();
    await workbench.screenshot('articles-filter');
    await choice(workbench, /^PER/).click();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.getByPlaceholder('Text in the article or its path').waitFor();
    await workbench.answer('nanJING');
    await assertRows(workbench, [/, 000_/]);
    await workbench.page.getByText(/^1 of \d+ articles: in progress · PER · “nanJING”$/).waitFor();
    await workbench.screenshot('articles-filtered');
    await workbench.command('Corpus: Clear Article Filter');
    await workbench.treeItem(/^science/).waitFor();
  });

  it('says when nothing matches, with a way back', async () => {
    await workbench.command('Corpus: Filter Articles…');
    await choice(workbench, /^in trouble/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await choice(workbench, /^PER/).waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.getByPlaceholder('Text in the article or its path').waitFor();
    await workbench.answer('no article says this');
    await workbench.page.getByText('No article matches the filter.').waitFor();
    await workbench.screenshot('articles-no-match');
    await workbench.page.getByRole('button', { name: 'Clear Filter' }).click();
    await workbench.treeItem(/^science/).waitFor();
  });

  it('tells states apart in every theme', async () => {
    workbench.write('004_broken.txt', ' date 2020-01-01 Broken.\n');
    workbench.write('004_broken.ann.yaml', 'entities: [');
    await workbench.command('View: Close All Editors');
    // A tree that is drawn anew in the moment of a click may not take it.
    await until(async () => {
      const folder = workbench.treeItem(/^2022/);
      if ((await folder.getAttribute('aria-expanded')) === 'false') await folder.click();
      return (await workbench.treeItem(/, 004_9dbc.*, done/).count()) > 0;
    }, 'the folder to open');
    await workbench.treeItem(/, 004_broken.*, in trouble/).waitFor();
    await workbench.treeItem(/, 000_/).click();
    await workbench.treeItem(/, 001_/).hover();
    await workbench.pictures('articles');
  });
});

describe('articles view of a corpus that was empty', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ corpus: false, files: { 'README.md': '# Empty\n' } });
    await workbench.show('Corpus');
  });
  after(() => workbench?.close());

  it('welcomes with links where there is no article', async () => {
    await workbench.page.getByText('There is no article').waitFor();
    await workbench.page.getByRole('button', { name: 'Open Label Set' }).waitFor();
    await workbench.screenshot('articles-welcome');
    workbench.write('a.txt', 'First.\n');
    await workbench.treeItem(/, a\.txt, untouched, 0 entities/).waitFor();
    await workbench.openFile('a.txt');
    await workbench.command('Corpus: Mark Article as Done and Open Next');
    const notification = workbench.page.locator('.notification-list-item').filter({
      hasText: 'All articles are done (1 article).',
    });
    await workbench.command('Notifications: Show Notifications');
    await notification.getByRole('button', { name: 'Export…' }).first().waitFor();
    await workbench.screenshot('articles-all-done');
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('View: Close All Editors');
  });

  it('groups the articles of a long folder', async () => {
    fs.rmSync(path.join(workbench.folder, 'a.txt'), { force: true });
    // Made elsewhere, so that it comes at once.
    const made = path.join(workbench.folder, '../long');
    fs.mkdirSync(made);
    for (let n = 1; n <= 2500; n++)
      fs.writeFileSync(path.join(made, `a_${n}.txt`), ` date 2022-01-01 Article ${n}.\n`);
    fs.renameSync(made, path.join(workbench.folder, 'long'));
    await workbench.treeItem(/^long, 0 of 2500 articles done/).click();
    await assertRows(workbench, ['long', 'a_1 … a_500', 'a_501 … a_1000', 'a_1001', 'a_1501', 'a_2001']);
    await workbench.treeItem('a_1 … a_500').click();
    await workbench.treeItem(/, a_1\.txt, untouched, 2022-01-01/).waitFor();
    await workbench.screenshot('articles-groups');
    await workbench.openFile('a_2400.txt');
    await workbench.page.locator('.sidebar .monaco-list-row.selected[aria-label*=", a_2400.txt"]').waitFor();
  });
});
