import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inverse, spliceBetween, spliced } from '../../../src/core/splice';

const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', 'é') });

describe('a splice', () => {
  it('makes one text of another, and back', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const splice = spliceBetween(before, after);
        assert.equal(spliced(before, [splice]), after);
        assert.equal(spliced(after, inverse([splice])), before);
      }),
    );
  });

  it('is as small as it can be', () => {
    assert.deepEqual(spliceBetween('one two three', 'one 2 three'), { at16: 4, removed: 'two', added: '2' });
    assert.deepEqual(spliceBetween('aa', 'aaa'), { at16: 2, removed: '', added: 'a' });
    assert.deepEqual(spliceBetween('same', 'same'), { at16: 4, removed: '', added: '' });
  });
});
