import assert from 'node:assert/strict';
import { Workbench } from '../hosts/workbench.ts';
import { until } from '../support/until.ts';

const sidecar = (article: string, ...lines: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${lines.map((line) => `  - {${line}}\n`).join('')}`;

const FILES = {
  'corpus.yaml': '# ours\nversion: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g, color: "#16a34a"} # places\n',
  'gazetteer.yaml': 'version: 1\nforms:\n  - {text: Harwich, label: GPE}\n',
  'authority.yaml':
    'version: 1\nentries:\n  wikidata:Q1: {name: Zora Vale, description: A pilot of ferries}\n',
  'ferry.txt':
    ' date 2022-09-09 The ferry to Harwich was late.\n\nNobody in Harwich minded but Zora and Tor.\n',
  'ferry.ann.yaml': sidecar(
    'ferry.txt',
    'id: aaaaa2, label: GPE, start: 30, end: 37, text: Harwich',
    'id: aaaaa3, label: GPE, start: 59, end: 66, text: Harwich',
    'id: aaaaa4, label: PER, start: 78, end: 82, text: Zora, link: "wikidata:Q1"',
    'id: aaaaa5, label: PER, start: 87, end: 90, text: Tor, link: "wikidata:Q2"',
  ),
  'port.txt': ' date 2022-09-10 Harwich again.\n',
  'port.ann.yaml': sidecar('port.txt', 'id: bbbbb2, label: GPE, start: 17, end: 24, text: Harwich'),
};

describe('labels are renamed and links followed, by keyboard', () => {
  let workbench: Workbench;
  const press = (key: string) => workbench.page.keyboard.press(key);

  before(async () => {
    workbench = await Workbench.open({
      theme: 'light',
      corpus: false,
      files: FILES,
      settings: { 'editor.wordWrap': 'on' },
    });
    await workbench.show(/^Corpus/);
    await workbench.openFile('ferry.txt');
    await workbench.treeItem(/^Harwich, GPE/).waitFor();
  });
  after(() => workbench?.close());

  it('highlights the mentions of the entity at the cursor, and no words', async () => {
    const lit = workbench.page.locator('.cdr[class*="wordHighlight"]');
    await workbench.goTo(3, 13);
    await lit.nth(1).waitFor();
    assert.equal(await lit.count(), 2);
    await workbench.screenshot('highlights-light');
    await workbench.goTo(3, 3);
    // What stands where there is no entity has no width, and is there so that the editor lights up no words.
    const widths = async () =>
      Promise.all((await lit.all()).map(async (one) => (await one.boundingBox())?.width ?? 0));
    await until(async () => (await widths()).every((width) => width < 2), 'no highlights');
  });

  it('renames a label everywhere from an entity, after a list of what changes; ctrl+z takes it back', async () => {
    await workbench.goTo(3, 13);
    await press('F2');
    await workbench.pick(/^Rename the label everywhere/);
    await workbench.answer('PLACE');
    await workbench.quickInput.getByRole('option', { name: /corpus\.yaml/ }).waitFor();
    await workbench.screenshot('rename-label-light');
    await press('Enter');
    await workbench.readWhen('corpus.yaml', (text) =>
      text.includes('PLACE: {key: g, color: "#16a34a"} # places'),
    );
    await workbench.readWhen('port.ann.yaml', (text) => text.includes('label: PLACE'));
    await workbench.readWhen('ferry.ann.yaml', (text) => !text.includes('GPE'));
    await workbench.readWhen('gazetteer.yaml', (text) => text.includes('label: PLACE'));
    await workbench.treeItem(/^Harwich, PLACE/).waitFor();
    await workbench.untilEditorFocused();
    await press('Control+Z');
    await workbench.readWhen('corpus.yaml', (text) => text === FILES['corpus.yaml']);
    await workbench.readWhen('port.ann.yaml', (text) => text.includes('label: GPE'));
    await workbench.readWhen('ferry.ann.yaml', (text) => !text.includes('PLACE'));
    await workbench.readWhen('gazetteer.yaml', (text) => text === FILES['gazetteer.yaml']);
  });

  it('renames a label by F2 in the Labels view', async () => {
    const view = workbench.page.getByRole('button', { name: 'Labels Section' });
    if ((await view.getAttribute('aria-expanded')) !== 'true') await view.click();
    await workbench.treeItem(/^PER, /).waitFor();
    await workbench.focusView('Labels');
    await workbench.toFirst(workbench.treeItem(/^PER, /));
    await press('F2');
    await workbench.quickInput.getByText('Rename label PER').first().waitFor();
    await workbench.answer('GPE');
    await workbench.quickInput.getByRole('option', { name: /Merge PER into GPE/ }).waitFor();
    await workbench.screenshot('merge-labels-light');
    await press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.equal(workbench.read('corpus.yaml'), FILES['corpus.yaml']);
  });

  it('renames a label by F2 in corpus.yaml', async () => {
    await workbench.openFile('corpus.yaml');
    await workbench.goTo(5, 4);
    await press('F2');
    await workbench.page.locator('.rename-box input:focus').waitFor();
    await workbench.page.locator('.rename-box input').fill('TOWN');
    await press('Enter');
    await workbench.quickInput.getByRole('option', { name: /Rename GPE to TOWN/ }).waitFor();
    await press('Enter');
    await workbench.readWhen('port.ann.yaml', (text) => text.includes('label: TOWN'));
    await workbench.command('Corpus: Undo Change of Many Articles');
    await workbench.readWhen('corpus.yaml', (text) => text === FILES['corpus.yaml']);
    await workbench.readWhen('port.ann.yaml', (text) => text.includes('label: GPE'));
  });

  it('offers the entries of the authority file as links, and takes no text that is no link', async () => {
    const before = workbench.read('ferry.ann.yaml');
    await workbench.openFile('ferry.txt');
    await workbench.goTo(3, 41);
    await press('F2');
    await workbench.pick(/^Change the link/);
    await workbench.quickInput.getByRole('option', { name: /Zora Vale.*wikidata:Q1/ }).waitFor();
    await workbench.screenshot('link-entries-light');
    await workbench.pick(/^Another link/, 'foo bar baz');
    await workbench.quickInput.getByText(/Leave it empty to remove/).waitFor();
    await press('Enter');
    await workbench.quickInput.getByText(/A link is an address/).waitFor();
    await workbench.screenshot('link-malformed-light');
    await press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.equal(workbench.read('ferry.ann.yaml'), before);
    await workbench.untilEditorFocused();
    await press('Alt+K');
    await workbench.quickInput.getByText(/^Link of/).waitFor();
    await workbench.pick(/Zora Vale/, 'pilot');
    await workbench.readWhen('ferry.ann.yaml', (text) => /text: Tor, link: "?wikidata:Q1"?\b/.test(text));
    await workbench.untilEditorFocused();
    await press('Control+Z');
    await workbench.readWhen('ferry.ann.yaml', (text) => text.includes('wikidata:Q2'));
  });

  it('goes by F12 into the authority file, and asks before it opens an address', async () => {
    await workbench.openFile('ferry.txt');
    await workbench.goTo(3, 32);
    await press('F12');
    await workbench.page.locator('.tab.active').getByText('authority.yaml').waitFor();
    await workbench.status(/Ln 3, Col 3/).waitFor();
    await workbench.screenshot('authority-light');
    await workbench.openFile('ferry.txt');
    await workbench.goTo(3, 41);
    await press('F12');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('https://www.wikidata.org/wiki/Q2').first().waitFor();
    await workbench.screenshot('open-link-light');
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('lets a person annotate in sidecars of their own, chosen by name, and go back to the shared ones', async () => {
    const shared = workbench.read('ferry.ann.yaml');
    await workbench.openFile('ferry.txt');
    await workbench.command('Corpus: Choose Annotator…');
    await workbench.pick(/Another Name/);
    await workbench.answer('ada');
    await workbench.status('You annotate as ada.').waitFor();
    await workbench.status(/^\s*ada$/).waitFor();
    await workbench.treeItem(/^Harwich, GPE/).waitFor({ state: 'detached' });
    await workbench.select('ferry.txt', 'Zora');
    await press('Alt+1');
    await workbench.readWhen('ferry.ada.ann.yaml', (text) => /label: \w+, .*text: Zora/.test(text));
    await workbench.pictures('annotator');
    await workbench.command('Corpus: Choose Annotator…');
    await workbench.pick(/Shared/);
    await workbench.treeItem(/^Harwich, GPE/).waitFor();
    await workbench.status('Shared').waitFor();
    assert.equal(workbench.read('ferry.ann.yaml'), shared);
  });
});
