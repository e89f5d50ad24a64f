import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldNotes, type NoteLine } from '../../../src/features/transfer/fold';

const line = (message: string, place: string, mention = ''): NoteLine => ({ message, place, mention });

describe('the notes of a report', () => {
  it('are together where they say the same, and equal ones are counted', () => {
    const notes = [
      line('loses its note', 'a.txt:1', 'ORG “Zora”'),
      line('malformed', 'b.ann:2'),
      line('loses its note', 'a.txt:3', 'PER “Tor”'),
      line('malformed', 'b.ann:2'),
      line('loses its note', 'a.txt:1', 'PER “Zora”'),
    ];
    assert.deepEqual(
      foldNotes(notes).map(({ message, count, lines }) => [message, count, lines.map((one) => one.count)]),
      [
        ['loses its note', 3, [1, 1, 1]],
        ['malformed', 2, [2]],
      ],
    );
  });

  it('lose nothing, invent nothing, and say each thing once', () => {
    const few = fc.constantFrom('a', 'b', 'c\n', '');
    const notes = fc.array(fc.record({ message: few, place: few, mention: few }), { maxLength: 30 });
    fc.assert(
      fc.property(notes, (given) => {
        const folds = foldNotes(given);
        const key = ({ message, place, mention }: NoteLine) => JSON.stringify([message, place, mention]);
        const unfolded = folds.flatMap(({ lines }) =>
          lines.flatMap(({ line: one, count }) => Array<string>(count).fill(key(one))),
        );
        assert.deepEqual(unfolded.sort(), given.map(key).sort());
        assert.equal(new Set(folds.map(({ message }) => message)).size, folds.length);
        for (const { count, lines } of folds)
          assert.equal(
            count,
            lines.reduce((sum, one) => sum + one.count, 0),
          );
      }),
    );
  });
});
