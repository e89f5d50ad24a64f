import assert from 'node:assert/strict';
import { scenarios } from '../torture/scenarios.ts';

describe('torture, in short', () => {
  for (const scenario of scenarios) {
    it(scenario.name, async () => {
      for (const { what, outcome, failures } of await scenario.run(false)) {
        assert.equal(failures, 0, `${what}: ${outcome}`);
      }
    });
  }
});
