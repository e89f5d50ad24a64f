import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';
const STATUS = '[id="corpus-annotator.corpus-annotator.corpusAnnotator.status"]';

/** The main job, as a person does it with keyboard and mouse. Each step goes on from the one before. */
describe('main flow', () => {
  let workbench: Workbench;
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => workbench.page.keyboard.press(key)), Promise.resolve());
  const entityLine = (text: string) => (source: string) =>
    source.split('\n').find((line) => line.includes(`text: ${text}`));
  const decorated = () => workbench.editor.locator('.view-overlays .cdr[class*="ced-"]');

  before(async () => {
    workbench = await Workbench.open({ theme: 'light' });
    await workbench.page.locator(STATUS).waitFor();
  });

  after(() => workbench?.close());

  it('draws entities in every theme', async () => {
    await workbench.show(/^Corpus/);
    await workbench.openFile(ARTICLE);
    await workbench.status(/26 entities/).waitFor();
    await workbench.pictures('article');
    await workbench.openFile('2022/005_3c0d3712a5898bd0.txt');
    await workbench.status(/44 entities/).waitFor();
    await workbench.pictures('nested');
  });

  /** That of the README, `docs/screenshot.png`, is the upper part of it, of 64 colours: the package holds it. */
  it('shows what it is', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile(ARTICLE);
    await workbench.status(/26 entities/).waitFor();
    await workbench.goTo(5, 42);
    await workbench.treeItem(/^Xi Jinping/).waitFor();
    await workbench.treeItem(/^PER/).waitFor();
    await workbench.page.mouse.move(900, 700);
    await workbench.screenshot('readme');
  });

  it('finds the article in the tree and opens it, with its entities drawn', async () => {
    await workbench.setTheme('dark');
    await workbench.command('View: Close All Editors');
    await workbench.treeItem(/000_dbeb007e7c7426dc\.txt/).click();
    await workbench.status(/26 entities, 15 to review/).waitFor();
    await until(async () => (await decorated().count()) === 26, 'all entities drawn, nested ones too');
    await workbench.status('Corpus Article').waitFor();
  });

  it('selects by keyboard and tags by key', async () => {
    await workbench.select(ARTICLE, 'companies');
    await press('Alt+2');
    await workbench.status('Done: Tag “companies” as ORG · 2 more here').waitFor();
    const source = await workbench.readWhen(SIDECAR, (text) => entityLine('companies')(text) !== undefined);
    const start = Array.from(workbench.read(ARTICLE)).join('').indexOf('companies');
    assert.match(
      entityLine('companies')(source)!,
      new RegExp(`label: ORG, start: ${start}, end: ${start + 9}`),
    );
    await workbench.status(/27 entities, 16 to review/).waitFor();
    await workbench.command('Notifications: Show Notifications');
    await workbench.page
      .locator('.notification-list-item')
      .filter({ hasText: 'What you tag here waits for review: this corpus has entities that were imported' })
      .first()
      .waitFor();
    await workbench.command('Notifications: Hide Notifications');
    await workbench.screenshot('tagged');
  });

  it('takes it back and does it again on the editor’s own keys', async () => {
    await press('Control+Z');
    await workbench.readWhen(SIDECAR, (text) => entityLine('companies')(text) === undefined);
    await press('Control+Y');
    await workbench.readWhen(SIDECAR, (text) => entityLine('companies')(text) !== undefined);
    // It selects what came back, which would close what is opened meanwhile.
    await workbench.status('Done again: Tag “companies”').waitFor();
  });

  it('tags by quick pick, where a new label can be made', async () => {
    await workbench.select(ARTICLE, 'SMEs for short');
    await press('Alt+L');
    await workbench.quickInput.getByRole('option', { name: /^EVENT/ }).waitFor();
    await workbench.screenshot('quick-pick');
    // What a label is for, or is called, is found before a new label is offered.
    for (const [typed, first] of [
      ['peop', 'PER'],
      ['or', 'ORG'],
    ] as const) {
      await workbench.quickInput.locator('input').first().fill(typed);
      await workbench.quickInput.getByRole('option', { name: `New label “${typed}”` }).waitFor();
      const option = workbench.quickInput.getByRole('option').first();
      await until(async () => (await option.innerText()).startsWith(first), `${first} first`);
    }
    await workbench.quickInput.locator('input').first().fill('');
    await workbench.pick(/New label “TERM”/, 'TERM');
    await workbench.readWhen('corpus.yaml', (text) => /TERM: \{key: t/.test(text));
    await workbench.readWhen(SIDECAR, (text) => /label: TERM, .*text: SMEs for short/.test(text));
  });

  it('tags with single keys, and the text cannot be changed', async () => {
    const text = workbench.read(ARTICLE);
    await workbench.goTo(3, 6); // inside of "guests"
    await workbench.page.keyboard.type('X!é');
    await press('p');
    await workbench.status('Done: Tag “guests” as PER').waitFor();
    await press('Delete');
    await workbench.status('Done: Delete PER “guests”').waitFor();
    await press('ControlOrMeta+Z', 'Tab');
    await press('Enter');
    await workbench.screenshot('tagging-mode');
    await press('Escape', 'Backspace', 'Escape', 'q');
    await workbench.status(/^Done: Tag “.+” as QUANTITY/).waitFor();
    assert.equal(workbench.read(ARTICLE), text);
    await workbench.readWhen(SIDECAR, (text) => /label: PER, .*text: guests/.test(text));
  });

  it('asks what keys are to do at a click on the status bar, and stays as it is by enter', async () => {
    const options = workbench.quickInput.getByRole('option');
    const ask = async (first: RegExp) => {
      await workbench.page.locator(STATUS).click();
      await options.filter({ hasText: first }).first().waitFor();
      await until(async () => first.test(await options.first().innerText()), `${first} first`);
    };
    await ask(/Tagging\s*now/);
    await workbench.pictures('modes');
    await press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.status('Tagging').waitFor();
    await ask(/Tagging\s*now/);
    await workbench.pick(/Editing the text/);
    await workbench.status('Editing the text').waitFor();
    await ask(/Editing the text\s*now/);
    await workbench.pick(/Tagging/);
    await workbench.status('Tagging').waitFor();
  });

  it('follows edits of the text, and undoes text and tags in the order in which they were made', async () => {
    await workbench.goTo(1, 1);
    // Typed at once: what comes after the key goes into the text.
    await press('Alt+A');
    await workbench.page.keyboard.type('Zu');
    await workbench.status('Editing the text').waitFor();
    await workbench.goTo(5, 3); // "letter"
    await press('Alt+1', 'Alt+1');
    await workbench.status('tagged PER already').waitFor();
    await press('Control+S');
    await workbench.readWhen(ARTICLE, (text) => text.startsWith('Zu'));
    const start = Array.from(workbench.read(ARTICLE)).join('').indexOf('Nanjing');
    await workbench.readWhen(
      SIDECAR,
      (text) => entityLine('Nanjing')(text)?.includes(`start: ${start},`) === true,
    );
    await workbench.goTo(5, 3);
    await press('Control+Z'); // the tag
    await press('Control+Z'); // the text
    await until(
      async () => (await workbench.editor.locator('.view-line').first().innerText()).startsWith('\u00a0date'),
      'the text undone',
    );
    await press('Control+S');
    await workbench.readWhen(
      SIDECAR,
      (text) => entityLine('Nanjing')(text)?.includes(`start: ${start - 2},`) === true,
    );
  });

  it('shows what is known of an entity on hover, with links that work', async () => {
    await workbench.goTo(5, 38); // inside of "Xi Jinping"
    await press('Control+K', 'Control+I');
    const hover = workbench.page.locator('.monaco-hover:visible').last();
    await hover.getByText('PER', { exact: true }).waitFor();
    await workbench.screenshot('hover');
    await hover.getByText('Mark as not reviewed').click();
    await workbench.status('Done: Mark “Xi Jinping” as not reviewed').waitFor();
    await workbench.readWhen(SIDECAR, (text) => !/text: Xi Jinping, reviewed/.test(text));
  });

  it('has its commands on top of the context menu', async () => {
    await workbench.select(ARTICLE, 'Governments');
    await workbench.editor.getByText('Governments').first().click({ button: 'right' });
    const rows = workbench.page.locator('.monaco-menu').getByRole('menuitem');
    await rows.filter({ hasText: 'Tag Selection' }).first().waitFor();
    const titles = (await rows.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
    assert.deepEqual(titles.slice(0, 3), ['Tag Selection…', 'Tag All Mentions in Article…', 'Corpus']);
    await workbench.screenshot('context-menu');
    await press('Escape');
  });

  it('walks through what is left to review, without a mouse', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.command('Corpus: Review Next');
    await workbench.status('Review').waitFor();
    await workbench.status(/\d+ left · enter accepts/).waitFor();
    const entity = () => workbench.status(/“.+” · to review/).innerText();
    const first = await entity();
    await workbench.page.locator('.statusbar-item [role=status]').getByText(first).waitFor();
    await workbench.pane('Entities').getByText('enter accepts').waitFor();
    await workbench.screenshot('review');
    await press('Enter');
    await until(async () => (await entity()) !== first, 'the next entity');
    // 'l' relabels to LOC and goes on.
    for (const key of ['l', 'Delete', 'Tab']) {
      const before = await entity();
      await workbench.untilEditorFocused();
      await press(key);
      await until(async () => (await entity()) !== before, `what comes after ${key}`);
    }
    // What is selected first, then the review.
    await press('Escape', 'Escape');
    await workbench.status('Review left').waitFor();
    await workbench.pane('Entities').getByText('enter accepts').waitFor({ state: 'detached' });
  });
});
