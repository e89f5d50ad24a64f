import assert from 'node:assert/strict';
import { presses } from '../torture/presses.ts';

describe('keys that come fast', () => {
  it('do what they do at rest, also while the extension host stands still', async () => {
    for (const { outcome, failures } of await presses.run(false)) assert.equal(failures, 0, outcome);
  });
});
