import { Workbench } from '../hosts/workbench.ts';
import { packVsix } from '../support/vsix.ts';

const FILES = {
  'a.txt':
    ' date 2022-09-09 The conference opened in Nanjing.\n\nAda Byron came from Rome, and Bob from Oslo.\n',
  'b.txt': ' date 2022-09-10 The ferry left Harwich.\n\nNobody met Zora there.\n',
};

/** As a new user has it: in a folder that holds nothing but texts. */
describe('the packaged extension', () => {
  let workbench: Workbench;
  const untilTagged = (name: string, entity: RegExp) => workbench.readWhen(name, (text) => entity.test(text));

  before(async () => {
    const size = { width: 1366, height: 768 };
    workbench = await Workbench.open({ vsix: packVsix('installed'), corpus: false, files: FILES, size });
  });

  after(() => workbench?.close());

  it('tags an article that is opened by its name, by the palette', async () => {
    await workbench.openFile('a.txt');
    await workbench.status('Corpus Article').waitFor();
    await workbench.select('a.txt', 'Nanjing');
    await workbench.command('Corpus: Tag Selection…');
    await workbench.pick(/^GPE/);
    await untilTagged('a.ann.yaml', /label: GPE, start: 42, end: 49, text: Nanjing, reviewed: true\}/);
  });

  it('tags one that is opened in its side bar, by the key of a label', async () => {
    await workbench.show(/^Corpus/);
    await workbench.treeItem(/The ferry left Harwich.*b\.txt, untouched/).click();
    await workbench.editor.getByText('Nobody').waitFor();
    await workbench.clickWord('Harwich');
    await workbench.page.keyboard.press('g');
    await untilTagged('b.ann.yaml', /label: GPE, start: 32, end: 39, text: Harwich/);
    await workbench.treeItem(/b\.txt, in progress/).waitFor();
    await workbench.screenshot('vsix');
  });

  it('tags by the mouse alone', async () => {
    await workbench.treeItem(/The conference opened.*a\.txt, in progress/).click();
    await workbench.editor.getByText('Ada Byron').waitFor();
    await workbench.clickWord('Byron', { clickCount: 2 });
    await workbench.status('(5 selected)').waitFor();
    await workbench.pane('Labels').getByRole('treeitem', { name: /^PER/ }).click();
    await untilTagged('a.ann.yaml', /label: PER, start: 56, end: 61, text: Byron/);
    await workbench.clickWord('Oslo', { clickCount: 2 });
    await workbench.status('(4 selected)').waitFor();
    await workbench.clickWord('Oslo', { button: 'right' });
    await workbench.clickMenu(/^Tag Selection/);
    await workbench.quickInput.getByRole('option', { name: /^GPE/ }).click();
    await untilTagged('a.ann.yaml', /label: GPE, .*text: Oslo/);
    await workbench.treeItem(/^Oslo, GPE, line 3, reviewed$/).waitFor();
  });
});
