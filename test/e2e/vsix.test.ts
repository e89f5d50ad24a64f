import { Workbench } from '../hosts/workbench.ts';
import { packVsix } from '../support/vsix.ts';

describe('the packaged extension', () => {
  let workbench: Workbench | undefined;

  before(async () => {
    workbench = await Workbench.open({ vsix: packVsix('installed') });
  });

  after(() => workbench?.close());

  it('installs, starts and shows its side bar', async () => {
    await workbench?.show('Corpus');
    await workbench?.page.locator('.sidebar').getByText('Articles', { exact: true }).first().waitFor();
    await workbench?.screenshot('vsix');
  });

  it('tags and reviews', async () => {
    const sidecar = '000_dbeb007e7c7426dc.ann.yaml';
    await workbench?.openFile('000_dbeb007e7c7426dc.txt');
    await workbench?.status(/26 entities/).waitFor();
    await workbench?.select('000_dbeb007e7c7426dc.txt', 'inventive');
    await workbench?.page.keyboard.press('Alt+2');
    await workbench?.readWhen(sidecar, (text) => /label: ORG, .*text: inventive\}/.test(text));
    await workbench?.page.keyboard.press('Alt+Enter');
    await workbench?.readWhen(sidecar, (text) => /text: inventive, reviewed: true\}/.test(text));
  });
});
