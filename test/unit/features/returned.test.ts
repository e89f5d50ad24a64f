import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Returned } from '../../../src/features/entities-view/returned.ts';
import type { LiveArticle } from '../../../src/workspace/open/live-article.ts';

/** An article as far as this looks at it. */
function article() {
  const entities: { id: string }[] = [];
  const value = { annotations: {}, entities };
  return {
    value: value as unknown as LiveArticle,
    has: (ids: readonly string[]) =>
      void Object.assign(value, { annotations: {}, entities: ids.map((id) => ({ id })) }),
  };
}

describe('entities that come back', () => {
  it('are those that were there, and were gone', () => {
    const ids = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 0 });
    fc.assert(
      fc.property(fc.array(ids), (steps) => {
        const { value, has } = article();
        const returned = new Returned();
        const seen = new Set<string>();
        let before: readonly string[] = [];
        for (const now of steps) {
          has(now);
          const expected = now.find((id) => seen.has(id) && !before.includes(id));
          assert.equal(returned.follow(value), expected);
          assert.equal(returned.follow(value), undefined);
          for (const id of now) seen.add(id);
          before = now;
        }
      }),
    );
  });

  it('are none where another article is looked at', () => {
    const [one, other] = [article(), article()];
    const returned = new Returned();
    one.has(['a']);
    returned.follow(one.value);
    other.has([]);
    returned.follow(other.value);
    other.has(['a']);
    assert.equal(returned.follow(other.value), undefined);
    assert.equal(returned.follow(undefined), undefined);
  });
});
