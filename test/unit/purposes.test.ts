import assert from 'node:assert/strict';
import { FORMATS } from '../../src/formats';
import { purposeOf } from '../../src/wording/purposes';

describe('the formats in the list to export to', () => {
  it('say what each is for, in one short line of its own', () => {
    const purposes = FORMATS.map(({ id }) => purposeOf((text) => text, id) ?? id);
    for (const purpose of purposes) assert.match(purpose, /^(?:To|For) .{8,60}$/);
    assert.equal(new Set(purposes).size, FORMATS.length);
  });
});
