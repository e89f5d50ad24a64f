import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isInShard, parseShard } from '../../../src/formats/shared/shards';

describe('Shards', () => {
  it('are said as 3/16', () => {
    assert.deepEqual(parseShard('3/16'), { number: 3, of: 16 });
    for (const nonsense of [
      '',
      '3',
      '0/4',
      '5/4',
      '-1/4',
      '1.5/2',
      '1/0',
      'a/b',
      '1/2/3',
      ' 1/2',
      '1/999999',
    ])
      assert.equal(parseShard(nonsense), undefined, nonsense);
  });

  it('have each document once, and always the same ones', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (name, of) => {
        const all = Array.from({ length: of }, (_, i) => ({ number: i + 1, of }));
        assert.equal(all.filter((shard) => isInShard(name, shard)).length, 1);
      }),
    );
    const names = Array.from({ length: 40 }, (_, i) => `2022/${i}`);
    const second = names.filter((name) => isInShard(name, { number: 2, of: 8 }));
    // These must never change: files that were written are told apart by them.
    assert.deepEqual(second, ['2022/4', '2022/8', '2022/19', '2022/21']);
    assert.equal(isInShard('Zo\u00eb', { number: 1, of: 7 }), isInShard('Zoe\u0308', { number: 1, of: 7 }));
  });
});
