import assert from 'node:assert/strict';
import { hosts } from '../torture/hosts.ts';

describe('windows that tag one article at once', () => {
  it('lose nothing', async () => {
    for (const { what, outcome, failures } of await hosts.run(false)) {
      assert.equal(failures, 0, `${what}: ${outcome}`);
    }
  });
});
