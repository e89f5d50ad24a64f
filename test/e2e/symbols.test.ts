import { Workbench } from '../hosts/workbench.ts';

const sidecar = (article: string, ...lines: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${lines.map((line) => `  - {${line}}\n`).join('')}`;

const FILES = {
  'corpus.yaml': 'version: 1\nlabels:\n  PER: {key: p}\n  GPE: {key: g, color: "#16a34a"}\n',
  'ferry.txt': ' date 2022-09-09 The ferry to Harwich was late.\n\nNobody in Harwich minded.\n',
  'ferry.ann.yaml': sidecar(
    'ferry.txt',
    'id: aaaaa2, label: GPE, start: 30, end: 37, text: Harwich',
    'id: aaaaa3, label: GPE, start: 59, end: 66, text: Harwich',
  ),
  'port.txt': ' date 2022-09-10 The port is old.\n\nIt is that of 😀 Harwich.\n',
  'port.ann.yaml': sidecar('port.txt', 'id: bbbbb2, label: GPE, start: 51, end: 58, text: Harwich'),
};

describe('the editor’s own gestures on entities, by keyboard', () => {
  let workbench: Workbench;
  const press = (key: string) => workbench.page.keyboard.press(key);

  before(async () => {
    workbench = await Workbench.open({ theme: 'dark', files: FILES, settings: { 'editor.wordWrap': 'on' } });
    await workbench.show(/^Corpus/);
    await workbench.openFile('ferry.txt');
    await workbench.treeItem(/^Harwich, GPE/).waitFor();
  });
  after(() => workbench?.close());

  it('finds all mentions in the corpus from one of them', async () => {
    await workbench.goTo(3, 12);
    await press('Shift+F12');
    const peek = workbench.page.locator('.peekview-widget');
    await peek.getByText('References (3)').waitFor();
    await workbench.screenshot('references-dark');
    await press('Escape');
  });

  it('goes to a mention by its name', async () => {
    await press('Control+T');
    await workbench.page.keyboard.type('Harw');
    await workbench.quickInput.locator('.monaco-list-row').nth(2).waitFor();
    await workbench.screenshot('workspace-symbols-dark');
    await workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'port.txt' }).first().click();
    await workbench.status(/Ln 3, Col 17/).waitFor();
  });
});
