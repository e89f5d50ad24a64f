import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold } from '../../../src/core/anchor/fold';
import type { Entity } from '../../../src/core/model/entity';
import { carrier, placeEntities } from '../../../src/core/place';
import { composeSidecar } from '../../../src/core/sidecar/compose';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar';
import { TextIndex } from '../../../src/core/text';
import { entity, hostileText, naive, spanIn } from './arbitraries';

/** Where one entity is put into a text. */
function place(fields: Partial<Entity>, text: string) {
  const { entities, moved } = placeEntities([entity(fields)], new TextIndex(text));
  const { start, end, broken = false } = entities[0]!;
  return { at: [start, end], moved: moved === 1, broken };
}

describe('an entity from a sidecar', () => {
  it('stays where its text is', () => {
    assert.deepEqual(place({ text: 'China', start: 3, end: 8 }, 'in China, China'), {
      at: [3, 8],
      moved: false,
      broken: false,
    });
  });

  it('moves to the only place that has its text', () => {
    assert.deepEqual(place({ text: 'China', start: 3, end: 8 }, 'today in China'), {
      at: [9, 14],
      moved: true,
      broken: false,
    });
  });

  it('moves by its context where its text stands twice', () => {
    const fields = { text: 'China', start: 0, end: 5, before: 'South ', after: '.' };
    assert.deepEqual(place(fields, 'x China and South China.'), { at: [18, 23], moved: true, broken: false });
  });

  it('stays broken where nobody sees its text, which anything would be like', () => {
    for (const text of ['\u200d', ' ', '\n ']) {
      const lost = entity({ text, start: 3, end: 3, broken: true });
      for (const origin of ['same', 'another'] as const) {
        assert.deepEqual(placeEntities([lost], new TextIndex('in  China'), origin).entities, [lost]);
      }
    }
  });

  const broken: [why: string, fields: Partial<Entity>, text: string][] = [
    ['its text is gone', { text: 'China', start: 3, end: 8 }, 'in Chile, today'],
    ['its text stands twice', { text: 'China', start: 3, end: 8 }, 'China and China'],
    [
      'its context is gone, so which one it was is not certain',
      { text: 'it', start: 3, end: 5, before: 'x' },
      'a it',
    ],
    ['overlapping places are two', { text: 'aa', start: 9, end: 11 }, 'aaa'],
    ['it holds nothing', { text: '', start: 3, end: 3 }, 'in China'],
    ['it lies behind the end', { text: 'gone', start: 300, end: 304 }, 'in China'],
    ['it is half of an emoji', { text: '\ude00', start: 3, end: 4 }, 'an 😀'],
  ];
  for (const [why, fields, text] of broken) {
    it(`is broken where ${why}`, () => {
      const { start, end } = entity(fields);
      assert.deepEqual(place(fields, text), { at: [start, end], moved: false, broken: true });
    });
  }

  it('takes its parts along', () => {
    const index = new TextIndex('the left and right hand');
    const was = entity({
      text: 'left and right hand',
      start: 0,
      end: 19,
      parts: [
        [0, 4],
        [15, 19],
      ],
    });
    assert.deepEqual(placeEntities([was], index).entities[0], {
      ...was,
      start: 4,
      end: 23,
      parts: [
        [4, 8],
        [19, 23],
      ],
    });
  });

  it('is mended when its text is found', () => {
    const index = new TextIndex('in China');
    const was = entity({ text: 'China', start: 3, end: 8 });
    assert.deepEqual(placeEntities([{ ...was, broken: true }], index).entities, [was]);
  });

  it('is never dropped, and in place means that its text is there', () => {
    const cases = hostileText.chain((raw) =>
      fc.tuple(fc.constant(raw), spanIn(naive(raw).length), hostileText),
    );
    fc.assert(
      fc.property(cases, ([raw, span, other]) => {
        const text = new TextIndex(raw).slice(span);
        const index = new TextIndex(other);
        for (const target of [new TextIndex(raw), index]) {
          const { entities } = placeEntities([entity({ ...span, text })], target);
          assert.equal(entities.length, 1);
          const { broken, ...placed } = entities[0]!;
          if (broken) continue;
          assert.equal(target.slice(placed), placed.text);
          assert.equal(fold(placed.text), fold(text));
        }
        const [same] = placeEntities([entity({ ...span, text })], new TextIndex(raw)).entities;
        assert.deepEqual([same!.start, same!.end], [span.start, span.end]);
        assert.equal(same!.broken ?? false, text === '');
      }),
    );
  });
});

describe('an entity that a sidecar says is to place', () => {
  const index = new TextIndex('Rome and Rome');
  const rome = entity({ text: 'Rome', start: 0, end: 4, broken: true });

  it('stays to place where its text stands by chance', () => {
    for (const origin of ['same', 'unsaid', 'another'] as const) {
      assert.deepEqual(placeEntities([rome], index, origin).entities, [rome]);
    }
  });

  it('is written as such only there', () => {
    const about = { article: 'a.txt', textHash: '', frame: NEW_FRAME };
    const elsewhere = { ...rome, id: 'b2b3c4', start: 5, end: 9 };
    const { entities } = composeSidecar({ status: 'open', entities: [rome, elsewhere] }, index, about);
    assert.deepEqual(
      entities.map(({ broken }) => broken),
      [true, undefined],
    );
  });
});

describe('an entity whose old text is at hand', () => {
  const CHOIR = 'The choir answered from inside as loud as it could, and the doors swung back.';
  const WALLS = 'The walls, freed of soot and dust, are of a blond color that nobody had seen.';
  const GUESTS = 'Guests came on Saturday evening, five years after the fire in the roof.';

  /** Where the first word of the choir’s sentence is put; `undefined` where that is left to a person. */
  function placeChoir(old: string, now: string): string | undefined {
    const start = old.indexOf(CHOIR);
    const { entities } = placeEntities(
      [entity({ start, end: start + 3, text: 'The' })],
      new TextIndex(now),
      new TextIndex(old),
    );
    const place = entities[0]!;
    return place.broken ? undefined : now.slice(place.start, place.start + 9);
  }

  it('follows the sentence that it begins', () => {
    const old = `${GUESTS}\n\n${CHOIR} ${WALLS}\n`;
    assert.equal(placeChoir(old, `${WALLS}\n\n${GUESTS}\n\n${CHOIR}\n`), 'The choir');
    assert.equal(placeChoir(old, `${WALLS} ${CHOIR}\n\n${GUESTS}\n`), 'The choir');
  });

  it('does not take the beginning of what stands now where its sentence stood', () => {
    const old = `${WALLS}\n\n${GUESTS}\n\n${CHOIR}\n`;
    for (const gone of ['', CHOIR.replace('choir', 'organ').replace('answered from', 'spoke')]) {
      assert.equal(placeChoir(old, `${GUESTS}\n\n${WALLS}\n\n${gone}`), undefined);
    }
  });
});

describe('an entity that is carried to a newer text', () => {
  const carry = (from: string, mention: string, to: string) => {
    const start = from.indexOf(mention);
    const was = entity({ start, end: start + mention.length, text: mention });
    return carrier(new TextIndex(from), new TextIndex(to))(was);
  };

  it('follows edits before and behind it', () => {
    const moved = carry('One.\nIn Beijing.\nTwo.\n', 'Beijing', 'First one.\nIn Beijing.\nAnd two.\n');
    assert.deepEqual(moved, entity({ start: 14, end: 21, text: 'Beijing' }));
  });

  it('holds what its span holds now', () => {
    assert.equal(carry('In Beijng.', 'Beijng', 'In Beijing.').text, 'Beijing');
  });

  it('is broken and keeps its text where all of it is gone', () => {
    const moved = carry('One.\nIn Beijing.\nTwo.\n', 'Beijing', 'One.\nTwo.\n');
    assert.deepEqual(moved, entity({ start: 5, end: 5, text: 'Beijing', broken: true }));
  });

  it('is the same where the text is', () => {
    const was = entity();
    assert.equal(carrier(new TextIndex('text\r\n'), new TextIndex('text\n'))(was), was);
  });
});
