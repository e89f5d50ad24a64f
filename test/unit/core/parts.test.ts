import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity.ts';
import { moveEntity } from '../../../src/core/follow-text.ts';
import { placeOfParts } from '../../../src/core/model/parts.ts';
import { crossTexts, textStep } from '../../../src/core/text-step.ts';

/** An entity of parts, in order. */
function mention(...parts: [number, number][]): Entity {
  const [[start], [, end]] = [parts[0]!, parts.at(-1)!];
  return { id: 'aaaaaa', label: 'PER', start, end, text: 'a mention', parts };
}

describe('the place of parts', () => {
  const cases: [what: string, parts: string, place: string][] = [
    ['has them in their order', '10-15 0-4', '0-15: 0-4 10-15'],
    ['has the shorter first of two that begin together', '1-5 1-3', '1-5: 1-3 1-5'],
    ['ends where the last of them ends, be that the first', '0-9 2-4', '0-9: 0-9 2-4'],
    ['has none that is empty', '0-0 2-4 6-6 8-9', '2-9: 2-4 8-9'],
    ['has no parts where one is left', '3-3 5-8', '5-8'],
    ['is empty, at the first, where nothing is left', '7-7 3-3', '3-3'],
  ];
  for (const [what, from, expected] of cases)
    it(what, () => {
      const spans = from.split(' ').map((span) => {
        const [start = 0, end = 0] = span.split('-').map(Number);
        return { start, end };
      });
      const { start, end, parts } = placeOfParts(spans);
      const left = parts && `: ${parts.map((part) => part.join('-')).join(' ')}`;
      assert.equal(`${start}-${end}${left ?? ''}`, expected);
    });
});

describe('a discontinuous mention', () => {
  for (const [what, change, start, end, left] of [
    ['its first part', { start: 0, end: 4, inserted: 0 }, 6, 11, undefined],
    ['its last part', { start: 10, end: 15, inserted: 0 }, 0, 4, undefined],
    ['both', { start: 0, end: 15, inserted: 0 }, 0, 0, undefined],
    [
      'what is between',
      { start: 4, end: 10, inserted: 0 },
      0,
      9,
      [
        [0, 4],
        [4, 9],
      ],
    ],
    [
      'the end of one and the beginning of the other',
      { start: 2, end: 12, inserted: 0 },
      0,
      5,
      [
        [0, 2],
        [2, 5],
      ],
    ],
  ] as const)
    // prettier-ignore
    it(`is what is left of it where ${what} is deleted`, () => {
      const moved = moveEntity(mention([0, 4], [10, 15]), [change]);
      assert.deepEqual([moved.start, moved.end, moved.parts], [start, end, left]);
    });

  it('never has an empty part, nor one part, nor parts out of order or of their hull; undo brings all back', () => {
    const spans = fc
      .uniqueArray(fc.nat(40), { minLength: 4, maxLength: 8 })
      .map((all) => all.sort((a, b) => a - b))
      .map((all) => Array.from({ length: all.length >> 1 }, (_, i) => [all[2 * i]!, all[2 * i + 1]!] as [number, number])); // prettier-ignore
    const changes = fc
      .uniqueArray(fc.nat(45), { minLength: 2, maxLength: 6 })
      .chain((all) =>
        fc.tuple(fc.constant(all.sort((a, b) => b - a)), fc.array(fc.nat(5), { minLength: 3, maxLength: 3 })),
      )
      .map(
        ([at, inserted]) =>
        Array.from({ length: at.length >> 1 }, (_, i) => ({ start: at[2 * i + 1]!, end: at[2 * i]!, inserted: inserted[i]! })), // prettier-ignore
      );
    fc.assert(
      fc.property(spans, changes, (all, made) => {
        const was = mention(...all);
        const moved = moveEntity(was, made);
        const left = moved.parts;
        if (left) {
          assert.ok(left.length > 1);
          assert.ok(left.every(([start, end], i) => start < end && (i === 0 || left[i - 1]![1] <= start)));
          assert.deepEqual([left[0]![0], left.at(-1)![1]], [moved.start, moved.end]);
        }
        const step = textStep([was], made, 'before', 'after');
        const there = crossTexts(was, [step], 'redo', true);
        const back = crossTexts(there, [step], 'undo', true);
        assert.deepEqual([back.start, back.end, back.parts], [was.start, was.end, was.parts]);
      }),
    );
  });
});
