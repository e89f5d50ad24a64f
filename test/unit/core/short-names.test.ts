import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shortNames } from '../../../src/core/short-names';

describe('short names of files that stand together', () => {
  const cases: readonly (readonly [what: string, names: readonly string[], short: readonly string[]])[] = [
    [
      'begin as no other does',
      ['000_95f1.txt', '001_81a5.txt', '001_9c2b.txt'],
      ['000', '001_81a5', '001_9c2b'],
    ],
    ['leave out what all begin with', ['interview_017.txt', 'interview_018.txt'], ['017', '018']],
    ['keep a short beginning', ['a_2400.txt', 'a_2401.txt'], ['a_2400', 'a_2401']],
    ['keep words whole', ['harbour-news.txt', 'harvest-news.txt'], ['harbour', 'harvest']],
    ['say the extension where it tells apart', ['one.md', 'one.txt'], ['one.md', 'one.txt']],
    ['show both ends of what is long', [`a${'0'.repeat(30)}1.txt`, 'b.txt'], ['a0000…00001', 'b']],
    ['are whole where one stands alone', ['000_95f1.txt'], ['000_95f1']],
    ['are whole where the name of one goes on', ['one.txt', 'one two.txt'], ['one', 'one two']],
    ['are whole without an extension', ['README'], ['README']],
  ];
  for (const [what, names, short] of cases)
    it(what, () => {
      const found = shortNames(names);
      assert.deepEqual(
        names.map((name) => found.get(name)),
        short,
      );
    });

  it('split no character, and tell names apart that are not long', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '0', '_', '-', '𝒜', '渡'),
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.constantFrom('', '.txt'), (stems, extension) => {
        const short = shortNames(stems.map((stem) => stem + extension));
        assert.equal(new Set(short.values()).size, stems.length);
        for (const one of short.values()) assert.ok(one !== '' && !/\p{Cs}/u.test(one));
      }),
    );
  });
});
