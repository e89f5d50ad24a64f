import assert from 'node:assert/strict';
import { sharedStorage } from '../../../src/workspace/host/storage.ts';

describe('the storage of a workspace', () => {
  const below = (name: string) => `/home/ada/.config/Code/User/workspaceStorage/${name}/publisher.extension`;
  const desktop = '5d41402abc4b2a76b9719d911017c592';

  it('is the same while another window, or one that is not gone yet, has the workspace open', () => {
    assert.equal(sharedStorage(below(`${desktop}-1`)), below(desktop));
    assert.equal(sharedStorage(below(`${desktop}-9`)), below(desktop));
    assert.equal(sharedStorage(below('-24be6f31-1')), below('-24be6f31'));
  });

  it('is what the editor says else', () => {
    for (const name of [desktop, '-24be6f31', '24be6f31', 'notes-1', 'ext-dev'])
      assert.equal(sharedStorage(below(name)), below(name));
    assert.equal(sharedStorage('/User/workspaceStorage/a-1'), '/User/workspaceStorage/a-1');
  });
});
