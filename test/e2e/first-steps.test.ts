import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const STATUS = '[id="corpus-annotator.corpus-annotator.corpusAnnotator.status"]';
const FERRY = ' date 2022-09-09 Captain Ada Dunn took the ferry from Harwich to Hoek van Holland.\n';

/** One window of a person who has never used it, on a raw folder, and what that person does next. */
describe('the first steps', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({
      corpus: false,
      files: {
        'ferry.txt': FERRY,
        'harbour.txt': FERRY.replace('09-09', '09-12'),
        'm.part': '',
        'm.whole': '',
      },
      theme: 'light',
      size: { width: 1366, height: 768 },
      settings: {
        'workbench.welcomePage.walkthroughs.openOnInstall': true,
        'explorer.fileNesting.patterns': { '*.whole': '${capture}.part' },
      },
    });
  });
  after(() => workbench?.close());

  const title = () => workbench.page.getByText('Tag your first article').first();
  const ticked = (name: string) => step(name).locator('.codicon-getting-started-step-checked');
  const step = (name: string) => workbench.page.locator('.getting-started-step').filter({ hasText: name });

  it('open beside the first article, which keeps the focus', async () => {
    await workbench.openFile('ferry.txt');
    await title().waitFor();
    await workbench.status('Corpus Article').waitFor();
    await workbench.untilEditorFocused();
    const active = workbench.page.locator('.editor-group-container.active .tab.active');
    assert.equal((await active.first().innerText()).replace(/\s/g, ''), 'ferry.txt');
    await workbench.screenshot('first-steps-beside');
    for (const name of ['Tag a name', 'Tag it everywhere', 'Review, and go on'])
      assert.equal(await ticked(name).count(), 0, name);
  });

  it('have buttons that are about the article beside them', async () => {
    await workbench.openFile('ferry.txt');
    await workbench.goTo(1, 27);
    await step('Tag a name').locator('.step-title').click();
    await workbench.page.getByRole('button', { name: 'Tag What Is Selected' }).click();
    await workbench.quickInput.getByText('Tag “Ada”').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });

  it('are five, each with a picture', async () => {
    const steps = workbench.page.locator('.getting-started-step');
    await until(async () => (await steps.count()) === 5, 'five steps');
    await workbench.command('View: Close All Editors');
    await workbench.command('Corpus: First Steps');
    await ticked('Open your articles').waitFor();
    for (const [picture, name] of [
      ['open', 'Open your articles'],
      ['tag', 'Tag a name'],
      ['all', 'Tag it everywhere'],
      ['labels', 'Choose your labels'],
      ['review', 'Review, and go on'],
    ] as const) {
      await step(name).locator('.step-title').click();
      await workbench.page.locator('.getting-started-step.expanded').filter({ hasText: name }).waitFor();
      await workbench.pictures(`first-steps-${picture}`);
    }
  });

  it('leave the sidecar nested under its article in the explorer, beside what the user nests', async () => {
    await workbench.openFile('ferry.txt');
    await workbench.goTo(1, 60);
    await workbench.command('Corpus: Tag Selection…');
    await workbench.pick(/^GPE/);
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('GPE'));
    workbench.write('ferry.ada.ann.yaml', 'version: 1\narticle: ferry.txt\nentities: []\n');
    await workbench.show(/^Explorer/);
    const below = { 'ferry.txt': ['ferry.ann.yaml', 'ferry.ada.ann.yaml'], 'm.whole': ['m.part'] };
    const row = (name: string) => workbench.treeItem(new RegExp(`^${name}`));
    for (const [name, nested] of Object.entries(below)) {
      await until(async () => (await row(name).getAttribute('aria-expanded')) === 'false', `${name} folded`);
      for (const one of nested) assert.equal(await row(one).count(), 0);
      await row(name).click();
      await workbench.page.keyboard.press('ArrowRight');
      for (const one of nested) await row(one).waitFor();
    }
    await workbench.screenshot('nested-sidecar');
    await workbench.command('Corpus: First Steps');
    await ticked('Tag a name').waitFor();
    await workbench.screenshot('first-steps-ticked');
  });

  it('do not open again', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.page.reload();
    await workbench.page.locator(STATUS).waitFor();
    await workbench.openFile('harbour.txt');
    await workbench.status('Corpus Article').waitFor();
    assert.equal(await workbench.page.locator('.gettingStartedContainer').count(), 0);
  });
});
