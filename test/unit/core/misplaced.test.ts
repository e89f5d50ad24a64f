import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/model/entity';
import { misplaced } from '../../../src/core/misplaced';
import { placeEntities } from '../../../src/core/place';
import { composeSidecar } from '../../../src/core/sidecar/compose';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar';
import { TextIndex } from '../../../src/core/text';
import { entity } from './arbitraries';

const TEXT = 'In 😀 Rome Ada met Bob. Bob left Adam.';
const INDEX = new TextIndex(TEXT);
const ROME = { id: 'aaaaaa', label: 'GPE', text: 'Rome' };

/** Where entities are put, by id. */
const places = (...all: Partial<Entity>[]) =>
  [
    ...misplaced(
      all.map((fields) => entity(fields)),
      INDEX,
    ),
  ].map(([id, { start, end }]) => [id, start, end]);

describe('an entity that a sidecar has elsewhere than the very text it was written for', () => {
  const table: [what: string, fields: Partial<Entity>, place: [number, number] | undefined][] = [
    ['a wrong start', { start: 7, end: 9 }, [5, 9]],
    ['both wrong', { start: 20, end: 24 }, [5, 9]],
    ['an end behind the text', { start: 5, end: 900 }, [5, 9]],
    ['written in another way', { text: 'in\u00a0😀 Rome'.replace('in', 'In'), start: 1, end: 4 }, [0, 9]],
    ['right', { start: 5, end: 9 }, undefined],
    ['a text that is there twice', { text: 'Bob', start: 1, end: 4 }, undefined],
    ['a text that is there twice, with its context', { text: 'Bob', start: 1, end: 4, before: 'met ', after: '.' }, [18, 21]], // prettier-ignore
    ['another context', { before: 'left ', start: 1, end: 5 }, undefined],
    ['a text that is not there', { text: 'Oslo', start: 1, end: 5 }, undefined],
    ['a text within a word', { text: 'dam', start: 1, end: 5 }, undefined],
    ['a text that is within a word, too', { text: 'Ada', start: 1, end: 4 }, undefined],
    ['said to be to place', { broken: true, start: 1, end: 5 }, undefined],
    ['of several parts', { parts: [[1, 2], [3, 4]], start: 1, end: 4 }, undefined], // prettier-ignore
  ];
  for (const [what, fields, place] of table)
    it(what, () => assert.deepEqual(places({ ...ROME, ...fields }), place ? [['aaaaaa', ...place]] : []));

  it('is not certain where another of its label has the place, or the same claim', () => {
    const wrong = { ...ROME, start: 1, end: 5 };
    assert.deepEqual(places(wrong, { ...ROME, id: 'bbbbbb', start: 5, end: 9 }), []);
    assert.deepEqual(places(wrong, { ...wrong, id: 'bbbbbb' }), []);
    assert.deepEqual(places(wrong, { ...wrong, id: 'bbbbbb', label: 'ORG' }).length, 2);
  });
});

describe('an entity that lost its place as its article changed', () => {
  const before: Sidecar = {
    ...{ article: 'a.txt', textHash: 'old', status: 'open', frame: NEW_FRAME },
    entities: [entity({ ...ROME, start: 1, end: 5 })],
  };
  const write = (entities: readonly Entity[], textHash: string, old: Sidecar) =>
    composeSidecar(
      { status: 'open', entities },
      INDEX,
      { article: 'a.txt', textHash, frame: NEW_FRAME },
      old,
    );

  it('is not taken for a slip of a hand once its sidecar is that of the new text', () => {
    const lost = before.entities.map((one) => ({ ...one, broken: true }));
    const written = write(lost, 'new', before);
    assert.equal(written.entities[0]!.broken, true);
    assert.equal(misplaced(written.entities, INDEX).size, 0);
    // Nor after the next tag.
    const read = placeEntities(written.entities, INDEX, 'same').entities;
    assert.equal(write(read, 'new', written).entities[0]!.broken, true);
  });

  it('but a slip stays one while other entities are written', () => {
    const read = placeEntities(before.entities, INDEX, 'same').entities;
    assert.equal(read[0]!.broken, true);
    assert.equal(misplaced(write(read, 'old', before).entities, INDEX).size, 1);
  });
});
