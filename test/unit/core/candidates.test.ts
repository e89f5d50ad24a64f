import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold } from '../../../src/core/anchor/fold';
import { candidatesOf, occurrencesOf } from '../../../src/core/candidates';
import { TextIndex } from '../../../src/core/text';
import { entity, hostileText } from './arbitraries';

/** What stands at the places that are found. */
function found(text: string, article: string): string[] {
  const index = new TextIndex(article);
  return occurrencesOf(text, index).map((place) => index.slice(place));
}

describe('the places that hold a text', () => {
  const alike: [why: string, text: string, article: string, there: string][] = [
    ['composed and decomposed letters', 'Caf\u00e9', 'a Cafe\u0301.', 'Cafe\u0301'],
    ['decomposed and composed letters', 'Cafe\u0301', 'a Caf\u00e9.', 'Caf\u00e9'],
    ['Hangul', '한국', 'in 한국.'.normalize('NFD'), '한국'.normalize('NFD')],
    ['quotes', "O'Brien", 'Mr O’Brien', 'O’Brien'],
    ['dashes', 'Rhine-Ruhr', 'the Rhine–Ruhr', 'Rhine–Ruhr'],
    ['a line break', 'New York', 'in New\r\nYork', 'New\nYork'],
    ['spaces', 'New York', 'in New\u00a0 York', 'New\u00a0 York'],
    ['a soft hyphen', 'Nanjing', '\ufeffNan\u00adjing 😀', 'Nan\u00adjing'],
  ];
  for (const [why, text, article, there] of alike) {
    it(`include those that differ in ${why}`, () => assert.deepEqual(found(text, article), [there]));
  }

  it('include no half of a character', () => {
    assert.deepEqual(found('e', 'e\u0301'), []);
    assert.deepEqual(found('\ude00', 'an 😀'), []);
    assert.deepEqual(found(' ', 'a b'), []);
  });

  it('include every place that holds exactly that text in whole characters', () => {
    fc.assert(
      fc.property(hostileText, fc.nat(), fc.nat(5), (raw, from, length) => {
        const index = new TextIndex(raw);
        const start = index.length === 0 ? 0 : from % index.length;
        const span = { start, end: Math.min(index.length, start + length) };
        const text = index.slice(span);
        for (const place of occurrencesOf(text, index)) {
          assert.equal(fold(index.slice(place)), fold(text).trim());
        }
      }),
    );
  });
});

describe('candidates', () => {
  it('come with those first that have more of the context, then the nearer ones', () => {
    const index = new TextIndex('China, x China y, in China today');
    const at = (fields: object) =>
      candidatesOf(entity({ text: 'China', start: 2, end: 7, ...fields }), index).map(({ start }) => start);
    assert.deepEqual(at({}), [0, 9, 21]);
    assert.deepEqual(at({ start: 30, end: 35 }), [21, 9, 0]);
    assert.deepEqual(at({ before: 'far in ', after: ' yes' }), [21, 9, 0]);
    assert.equal(candidatesOf(entity({ text: 'China' }), index, 2).length, 2);
  });
});
