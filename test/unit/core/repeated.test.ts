import assert from 'node:assert/strict';
import fc from 'fast-check';
import { repeatedIn } from '../../../src/core/repeated';

describe('texts that occur more than once', () => {
  it('are told with places that overlap, and at any place', () => {
    const wanted = new Set(['aa', 'aaa', 'b', 'ab', 'c', '']);
    for (const most of [0, Infinity])
      assert.deepEqual([...repeatedIn('aaab ab', wanted, most)].sort(), ['aa', 'ab', 'b']);
  });

  it('are the same, looked for one by one or at once', () => {
    const text = (maxLength: number) =>
      fc.array(fc.constantFrom('a', 'b', 'ab', 'ü', '😀', ' '), { maxLength }).map((all) => all.join(''));
    fc.assert(
      fc.property(text(60), fc.array(text(5), { maxLength: 12 }), (all, some) => {
        const wanted = new Set(some);
        const atOnce = [...repeatedIn(all, wanted, 0)].sort();
        assert.deepEqual(atOnce, [...repeatedIn(all, wanted, Infinity)].sort());
      }),
    );
  });
});
