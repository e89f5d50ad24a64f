import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const DATED = ' date 2022-09-09 The conference opened in Nanjing, east of Wuhan.\n\nIt went on in Nanjing.\n';
const PLAIN = 'The conference opened in Nanjing, east of Wuhan.\n';

/** A folder that holds nothing but texts: no label set, no sidecar, and nobody has clicked anything yet. */
describe('a raw folder', () => {
  let workbench: Workbench;
  afterEach(() => workbench?.close());

  const tagByPalette = async (name: string, word: string) => {
    await workbench.select(`${name}.txt`, word);
    await workbench.command('Corpus: Tag Selection…');
    await workbench.pick(/^GPE/);
    return workbench.readWhen(`${name}.ann.yaml`, (text) => text.includes(`text: ${word}`));
  };

  it('is one of articles as soon as one with a dated header is opened', async () => {
    workbench = await Workbench.open({ corpus: false, files: { 'a.txt': DATED, 'sub/b.txt': PLAIN } });
    await workbench.openFile('a.txt');
    await workbench.status('Corpus Article').waitFor();
    assert.match(await tagByPalette('a', 'Wuhan'), /label: GPE, start: 59, end: 64, text: Wuhan/);
    await workbench.openFile('sub/b.txt');
    await workbench.status('Corpus Article').waitFor();
    await workbench.screenshot('raw-folder');
    // Nothing is left to review, and much to do: that is no dead end.
    await workbench.command('Corpus: Review Next');
    await workbench.command('Notifications: Show Notifications');
    const center = workbench.page.locator('.notifications-center.visible');
    await center.getByText('All entities of the corpus are reviewed. Not done yet: 2 articles.').waitFor();
    await center.getByRole('button', { name: 'Show Articles' }).click();
    await workbench.treeItem(/a\.txt, in progress/).waitFor();
  });

  it('is asked about once where its texts have no header', async () => {
    workbench = await Workbench.open({ corpus: false, files: { 'b.txt': PLAIN } });
    await workbench.openFile('b.txt');
    const annotate = workbench.page.getByRole('button', { name: 'Annotate Texts' });
    // The host's own errors, of extensions that it was started without, may be as many as are shown at once.
    await workbench.command('Notifications: Show Notifications');
    await annotate.waitFor();
    await workbench.screenshot('raw-folder-asked');
    await annotate.click();
    await workbench.status('Corpus Article').waitFor();
    assert.match(await tagByPalette('b', 'Wuhan'), /label: GPE, start: 42, end: 47, text: Wuhan/);
  });

  it('is left alone where it is a project with a text, until a command is about that text', async () => {
    const code = { 'a.js': '', 'b.js': '', 'c.js': '', 'd.js': '', 'notes.txt': PLAIN };
    workbench = await Workbench.open({ corpus: false, files: code });
    await workbench.openFile('notes.txt');
    await workbench.status('Plain Text').waitFor();
    assert.match(await tagByPalette('notes', 'Wuhan'), /text: Wuhan/);
    await workbench.status('Corpus Article').waitFor();
    await until(
      async () => (await workbench.page.locator('.notification-toast').count()) === 0,
      'no question',
    );
  });
});
