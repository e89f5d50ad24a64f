import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity.ts';
import { LostPlaces } from '../../../src/core/lost-places.ts';
import { TextIndex } from '../../../src/core/text.ts';

const WORDS = ['Ada', 'Bob', 'met', 'in', 'Oslo', 'and', '😀', '.\n\n'];

describe('places in a text that is read again and again', () => {
  it('are those of the whole text, whatever was read of it while it was written', () => {
    const words = fc.array(fc.constantFrom(...WORDS), { minLength: 4, maxLength: 40 });
    const torn = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(words, words, torn, fc.nat(), (old, added, cuts, at) => {
        const text = old.join(' ');
        const written = [...old, ...added].join(' ');
        const index = new TextIndex(text);
        const word = old[at % old.length]!;
        const start = Array.from(old.slice(0, at % old.length).join(' ')).length + (at % old.length ? 1 : 0);
        const entity: Entity = {
          id: 'aaaaaa',
          label: 'PER',
          start,
          end: start + [...word].length,
          text: word,
        };
        const [atOnce] = new LostPlaces().place([entity], new TextIndex(written), index);
        const places = new LostPlaces();
        let [before, now] = [index, [entity]];
        for (const cut of cuts) {
          const half = new TextIndex([...written].slice(0, Math.floor(cut * [...text].length)).join(''));
          // Half a text may hold it, and then that is where it is looked for next.
          if (half.text.includes(word)) continue;
          now = places.place(now, half, before);
          assert.ok(now[0]!.broken);
          before = half;
        }
        assert.deepEqual(places.place(now, new TextIndex(written), before), [atOnce]);
      }),
    );
  });

  it('are where the comparison leads while they are not certain', () => {
    const places = new LostPlaces();
    const entity = (id: string, start: number, text: string): Entity => ({
      ...{ id, label: 'PER', start, end: start + text.length, text },
    });
    const texts = ['Ada met Bob.', '', 'Eve met Bob.', 'Eve met 😀, Bob.'].map((text) => new TextIndex(text));
    let now = [entity('aaaaaa', 0, 'Ada'), entity('bbbbbb', 8, 'Bob')];
    const seen = texts.slice(1).map((index, i) => {
      now = places.place(now, index, texts[i]!);
      return now.map(({ start, end, broken }) => [start, end, broken ?? false]);
    });
    assert.deepEqual(seen, [
      [
        [0, 0, true],
        [0, 0, true],
      ],
      [
        [0, 3, true],
        [8, 11, false],
      ],
      [
        [0, 3, true],
        [11, 14, false],
      ],
    ]);
  });
});
