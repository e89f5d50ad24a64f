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
});
