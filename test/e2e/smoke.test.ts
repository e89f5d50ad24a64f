import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Workbench } from '../hosts/workbench.ts';

describe('workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
  });

  after(() => workbench?.close());

  it('opens an article and selects a mention in it', async () => {
    const article = fs.readdirSync(workbench.folder).find((name) => name.endsWith('.txt'));
    assert.ok(article, 'the corpus has an article');
    await workbench.openFile(article);
    const word = /\p{Lu}\p{Ll}+/u.exec(workbench.read(article))?.[0] ?? '';
    await workbench.select(article, word);
    await workbench.status(`(${word.length} selected)`).waitFor();
    await workbench.screenshot('smoke');
  });

  it('shows the side bar of the extension', async () => {
    await workbench.show('Corpus');
    await workbench.page.locator('.sidebar').getByText('Articles', { exact: true }).first().waitFor();
    await workbench.screenshot('smoke-side-bar');
  });

  it('runs a command from the palette', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
  });
});
