import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { isFocused, Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const ARTICLE = '000_dbeb007e7c7426dc.txt';
const SIDECAR = '000_dbeb007e7c7426dc.ann.yaml';

/** The entities and labels in the side bar. Each step goes on from the one before. */
describe('entities and labels in the side bar', () => {
  let workbench: Workbench;
  const pane = (title: string) => workbench.pane(title);
  const header = (name: string) => pane(name).locator('.pane-header');
  // A group whose beginning is out of sight has a second row, which sticks to the top.
  const entity = (name: RegExp) =>
    pane('Entities').locator('.monaco-list-rows').getByRole('treeitem', { name }).first();
  const label = (name: RegExp) => pane('Labels').getByRole('treeitem', { name }).first();
  const isSelected = async (row: Locator) => (await row.getAttribute('aria-selected')) === 'true';
  const line = (id: string) => (source: string) =>
    source.split('\n').find((text) => text.includes(`id: ${id}`)) ?? '';
  const selected = async (count: number) => {
    await workbench.status(`(${count} selected)`).waitFor();
  };

  before(async () => {
    workbench = await Workbench.open({
      size: { width: 1400, height: 1200 },
      settings: { 'files.autoSave': 'off' },
    });
    await workbench.show(/^Corpus/);
    // Room for the rows: the articles are another test's, the labels come later.
    await header('Articles').click();
    await header('Labels').click();
    await workbench.page.locator('.pane.expanded .pane-header[aria-label^="Articles"]').waitFor({
      state: 'detached',
    });
  });

  after(() => workbench?.close());

  it('says what to do while no article is open', async () => {
    await pane('Entities').getByText('Open an article to see its entities.').waitFor();
  });

  it('says so where a command needs an article, and offers the list of them', async () => {
    await workbench.command('Corpus: Tag All Mentions in Article…');
    // The host's own errors, of extensions that it was started without, may be as many as are shown at once.
    await workbench.command('Notifications: Show Notifications');
    const center = workbench.page.locator('.notifications-center.visible');
    await center.getByText('Open an article first.').waitFor();
    await center.getByRole('button', { name: 'Show Articles' }).click();
    await center.getByText('Open an article first.').waitFor({ state: 'detached' });
  });

  it('lists the entities of the article in text order, in words', async () => {
    await workbench.openFile(ARTICLE);
    await entity(/^Nanjing, GPE, line 1, reviewed$/).waitFor();
    await entity(/^China, GPE, line 1, suggested by gazetteer, to review$/).waitFor();
    await entity(/^Liu He, PER, line \d+, The title Vice Premier .*, to review$/).waitFor();
    await header('Entities').getByText('26 entities, 15 to review').waitFor();
    const texts = await pane('Entities').getByRole('treeitem').locator('.label-name').allInnerTexts();
    assert.deepEqual(texts.slice(0, 4), ['Nanjing', 'Jiangsu Province', 'east China', 'China']);
    await workbench.screenshot('entities-dark');
  });

  it('goes to the mention on click and on enter', async () => {
    await entity(/^Jiangsu Province,/).click();
    await selected('Jiangsu Province'.length);
    await workbench.page.keyboard.press('Shift+ArrowLeft');
    await selected('Jiangsu Provinc'.length); // The editor has the focus.
    await workbench.focusView('Entities');
    await workbench.toFirst(entity(/^Nanjing, GPE, line 1, reviewed$/));
    await workbench.page.keyboard.press('Enter');
    await selected('Nanjing'.length);
    await workbench.untilEditorFocused();
  });

  it('leaves who walks through the rows alone', async () => {
    await workbench.focusView('Entities');
    await workbench.toFirst(entity(/^Nanjing, GPE, line 1/));
    for (let n = 0; n < 4; n++) await workbench.page.keyboard.press('ArrowDown');
    const row = entity(/^Thursday, September 8,/);
    await until(() => isFocused(row), 'the fifth row');
    await workbench.page.waitForTimeout(400); // Longer than the view waits before it follows a cursor.
    assert.ok(await isFocused(row));
    await selected('Nanjing'.length);
  });

  it('selects the row of the entity at the cursor', async () => {
    await workbench.select(ARTICLE, 'Xi Jinping');
    await until(() => isSelected(entity(/^Xi Jinping, PER/)), 'the row at the cursor');
    await workbench.page.keyboard.press('Shift+ArrowLeft');
    await selected('Xi Jinpin'.length); // The focus stayed in the editor.
  });

  it('marks an entity as reviewed by its check box, on disk too', async () => {
    const row = entity(/^Xi, PER, .*to review$/);
    await row.scrollIntoViewIfNeeded();
    await row.locator('.custom-view-tree-node-item-checkbox').click();
    await workbench.readWhen(SIDECAR, (text) => line('mgt8sa')(text).includes('reviewed: true'));
    await entity(/^Xi, PER, line \d+, reviewed$/).waitFor();
    await header('Entities').getByText('26 entities, 14 to review').waitFor();
  });

  it('marks the focused row by space', async () => {
    await workbench.focusView('Entities');
    await workbench.toFirst(entity(/^Nanjing, GPE, line 1/));
    await workbench.page.keyboard.press('Space');
    await workbench.readWhen(SIDECAR, (text) => !line('xt9kg2')(text).includes('reviewed: true'));
    await entity(/^Nanjing, GPE, line 1, to review$/).waitFor();
    await workbench.page.keyboard.press('Space');
    await workbench.readWhen(SIDECAR, (text) => line('xt9kg2')(text).includes('reviewed: true'));
  });

  it('marks several rows at once as one step', async () => {
    const rows = [/^Political Bureau of the CPC/, /^Jiangsu Provincial People's Government/];
    await workbench.focusView('Entities');
    for (const row of rows)
      await entity(row)
        .locator('.label-name')
        .click({ modifiers: ['ControlOrMeta'] });
    await until(() => isSelected(entity(rows[1]!)), 'both rows');
    await entity(rows[1]!).locator('.custom-view-tree-node-item-checkbox').click();
    const areReviewed = (text: string, is: boolean) =>
      ['hbr2hk', 'xh8t6g'].every((id) => line(id)(text).includes('reviewed: true') === is);
    await workbench.readWhen(SIDECAR, (text) => areReviewed(text, true));
    await workbench.focusView('Entities');
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await workbench.readWhen(SIDECAR, (text) => areReviewed(text, false));
  });

  it('deletes the focused row, not what is at the cursor, and takes that back', async () => {
    await workbench.select(ARTICLE, 'Nanjing');
    await until(() => isSelected(entity(/^Nanjing, GPE, line 1/)), 'the row at the cursor');
    await workbench.focusView('Entities');
    await workbench.toFirst(entity(/^Nanjing, GPE, line 1/));
    await workbench.page.keyboard.press('ArrowDown');
    await until(() => isFocused(entity(/^Jiangsu Province,/)), 'the second row');
    await workbench.page.keyboard.press('Delete');
    const source = await workbench.readWhen(SIDECAR, (text) => line('bp8jjx')(text) === '');
    assert.match(line('xt9kg2')(source), /Nanjing/);
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await workbench.readWhen(SIDECAR, (text) => line('bp8jjx')(text) !== '');
    await until(() => isSelected(entity(/^Jiangsu Province,/)), 'what came back to be selected');
    await until(() => isFocused(entity(/^Jiangsu Province,/)), 'what came back to have the focus');
    // The same where its mention is selected in the text already, so that no cursor moves.
    await workbench.page.keyboard.press('Enter');
    await selected('Jiangsu Province'.length);
    await workbench.untilEditorFocused();
    await workbench.focusView('Entities');
    await until(() => isFocused(entity(/^Jiangsu Province,/)), 'the focus on the same row');
    await workbench.page.keyboard.press('Delete');
    await entity(/^Jiangsu Province,/).waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await until(() => isSelected(entity(/^Jiangsu Province,/)), 'what came back to be selected again');
    await workbench.readWhen(SIDECAR, (text) => line('bp8jjx')(text) !== '');
  });

  it('groups by label and remembers the order of the label set', async () => {
    await workbench.command('Corpus: Group Entities by Label');
    await entity(/^PER, 3 entities$/).waitFor();
    await entity(/^Xi Jinping, PER, line \d+, reviewed$/).waitFor();
    await workbench.screenshot('entities-grouped');
    await workbench.focusView('Entities');
    await workbench.toFirst(entity(/^PER, 3 entities$/));
    await workbench.page.keyboard.press('Space');
    await entity(/^Xi Jinping, PER/).waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Space');
    await entity(/^Xi Jinping, PER, line \d+, reviewed$/).waitFor();
    await workbench.select(ARTICLE, 'September 2022');
    await until(() => isSelected(entity(/^September 2022, DATE/)), 'the row in its group');
    await workbench.command('Corpus: List Entities in Text Order');
    await entity(/^PER, 3 entities$/).waitFor({ state: 'detached' });
  });

  it('filters by label and what is left to review', async () => {
    await workbench.command('Corpus: Filter Entities…');
    await workbench.quickInput
      .getByRole('checkbox', { name: /^Only unreviewed/ })
      .or(workbench.quickInput.getByRole('option', { name: /^Only unreviewed/ }))
      .first()
      .click();
    await workbench.quickInput.locator('.quick-input-list-row').filter({ hasText: /^GPE/ }).first().click();
    await workbench.screenshot('entities-filter-pick');
    await workbench.page.keyboard.press('Enter');
    await pane('Entities')
      .getByText(/shown: unreviewed, GPE/)
      .waitFor();
    await until(
      async () =>
        (await pane('Entities').getByRole('treeitem').count()) ===
        (await pane('Entities')
          .getByRole('treeitem', { name: /GPE.*to review$/ })
          .count()),
      'GPE to review only',
    );
    await workbench.screenshot('entities-filtered');
    await workbench.command('Corpus: Clear Entity Filter');
    await entity(/^Jiangsu Province,/).waitFor();
  });

  it('keeps the article while its sidecar has the focus, and follows what is typed', async () => {
    await workbench.command('View: Split Editor Right');
    await workbench.openFile('corpus.yaml');
    await entity(/^Jiangsu Province,/).waitFor();
    await header('Entities')
      .getByText(/26 entities/)
      .waitFor();
  });

  it('shows the labels with keys and counts; unsaved changes of corpus.yaml count', async () => {
    await header('Labels').click();
    await header('Entities').click();
    await label(/^PER, People, .*3 in this article, .* in the corpus, key p, Alt\+1$/).waitFor();
    await workbench.screenshot('labels-dark');
    await workbench.page.locator('.editor-group-container.active .view-line').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+End');
    await workbench.page.keyboard.type('  VESSEL: {key: v, description: Boats}\n');
    await label(/^VESSEL, Boats, 0 in this article/).waitFor();
    assert.ok(!workbench.read('corpus.yaml').includes('VESSEL'));
    await workbench.command('File: Revert File');
    await label(/^VESSEL/).waitFor({ state: 'detached' });
  });

  it('tags the selection by enter on a label', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile(ARTICLE);
    await workbench.goTo(3, 6); // In a word, with nothing selected.
    const before = workbench.read(SIDECAR);
    await label(/^ORG,/).click();
    await workbench.status('Select text in the article: then this, or the key o, tags it as ORG.').waitFor();
    assert.equal(workbench.read(SIDECAR), before);
    await workbench.select(ARTICLE, 'companies');
    await label(/^ORG,/).click();
    await workbench.readWhen(SIDECAR, (text) => /label: ORG, .*text: companies/.test(text));
    await workbench.focusView('Labels');
    await workbench.toFirst(label(/^PER,/));
    await workbench.page.keyboard.press('Enter');
    await workbench.readWhen(SIDECAR, (text) => /label: PER, .*text: companies/.test(text));
    await label(/^PER, .* 4 in this article/).waitFor();
  });
});

describe('entities and labels of a long article', () => {
  const COUNT = 10_000;
  const words = Array.from({ length: COUNT }, (_, n) => `Name${n}`);
  const text = ` date 2020-01-01 Begin.\n\n${words.join('\n')}\n`;
  let workbench: Workbench;

  before(async () => {
    let start = text.indexOf('Name0');
    const lines = words.map((word, n) => {
      const line = `  - {id: n${String(n).padStart(5, '0')}, label: PER, start: ${start}, end: ${start + word.length}, text: ${word}}`;
      start += word.length + 1;
      return line;
    });
    workbench = await Workbench.open({
      files: {
        'long.txt': text,
        'long.ann.yaml': ['version: 1', 'article: long.txt', 'entities:', ...lines, ''].join('\n'),
      },
      settings: { 'files.autoSave': 'off' },
    });
    await workbench.show(/^Corpus/);
    await workbench.openFile('long.txt');
  });

  after(() => workbench?.close());

  it('come in groups by position, and the cursor finds its row in one', async () => {
    await workbench.treeItem(/^1–500, 500 entities$/).waitFor();
    await workbench.goTo(3 + 1234, 2);
    const row = workbench.treeItem(/^Name1234, PER, line 1237, to review$/);
    await row.waitFor();
    await until(async () => (await row.getAttribute('aria-selected')) === 'true', 'the row at the cursor');
  });

  it('follow what is typed when it changes what they show', async () => {
    await workbench.page.keyboard.press('Alt+A');
    await workbench.page.keyboard.type('x');
    await workbench.treeItem(/^Nxame1234, PER, line 1237/).waitFor();
    await workbench.goTo(2, 1);
    await workbench.page.keyboard.press('Enter');
    await workbench.treeItem(/^Nxame1234, PER, line 1238/).waitFor();
  });
});

describe('entities and labels that are not as they should be', () => {
  const strays: Record<string, string> = {
    '000_dbeb007e7c7426dc.ann.yaml': [
      'version: 1',
      `article: ${ARTICLE}`,
      'entities:',
      '  - {id: aaaaa2, label: GPE, start: 17, end: 24, text: Nanjing, reviewed: true}',
      '  - {id: aaaaa3, label: VESSEL, start: 41, end: 57, text: Jiangsu Province}',
      '  - {id: aaaaa4, label: PER, start: 70, end: 80, text: Nobody at all}',
      '',
    ].join('\n'),
  };

  it('shows what cannot be placed and strange labels', async () => {
    const workbench = await Workbench.open({ files: strays, size: { width: 1400, height: 1100 } });
    try {
      await workbench.show(/^Corpus/);
      await workbench.openFile(ARTICLE);
      await workbench.treeItem(/^To place, 1 entity$/).waitFor();
      await workbench.treeItem(/^Nobody at all, PER, not found in the text$/).waitFor();
      await workbench.page.locator('.pane-header[aria-label^="Articles "]').click();
      await workbench.pictures('entities');
      await workbench.page.locator('.pane-header[aria-label^="Entities "]').click();
      await workbench.treeItem(/^Not in the label set, 1 label/).waitFor();
      const stray = workbench.treeItem(/^VESSEL, not in the label set/);
      await stray.hover();
      await workbench.pictures('labels');
      await stray.getByRole('button', { name: /Add Label/ }).click();
      await workbench.readWhen('corpus.yaml', (text) => /VESSEL: \{key: v/.test(text));
      await workbench.treeItem(/^Not in the label set/).waitFor({ state: 'detached' });
    } finally {
      await workbench.close();
    }
  });
});
