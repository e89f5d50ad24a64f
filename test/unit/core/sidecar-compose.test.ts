import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/model/entity.ts';
import { composeSidecar } from '../../../src/core/sidecar/compose.ts';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { entity } from './arbitraries.ts';

const INDEX = new TextIndex('😀 Rome and Rome, Oslo');
const NEW = { article: 'a.txt', textHash: 'new', frame: NEW_FRAME };
const OLD: Sidecar = { ...NEW, textHash: 'old', status: 'open', entities: [] };
const ROME = entity({ text: 'Rome', start: 2, end: 6 });

const composed = (one: Entity, before?: Sidecar) =>
  composeSidecar({ status: 'open', entities: [one] }, INDEX, NEW, before).entities[0]!;

describe('the context that is written of an entity', () => {
  const cases: [what: string, was: Partial<Entity>, is: Partial<Entity>][] = [
    ['is what stands around it now', { before: 'x ', after: ', y' }, { before: '😀 ', after: ' an' }],
    ['is as long as it was, in code points', { before: '😀', after: '😀😀' }, { before: ' ', after: ' a' }],
    ['is before it alone where it was', { before: 'xx' }, { before: '😀 ' }],
    ['is behind it alone where it was', { after: 'xx' }, { after: ' a' }],
  ];
  for (const [what, was, is] of cases)
    it(what, () => {
      assert.deepEqual(composed({ ...ROME, ...was }), { ...ROME, ...is });
      const beside = entity({ id: 'zzzzzz', text: 'gone', broken: true, start: 20, end: 22 });
      const annotations = { status: 'open', entities: [{ ...ROME, ...was }, beside] } as const;
      assert.deepEqual(composeSidecar(annotations, INDEX, NEW).entities[0], { ...ROME, ...is });
    });

  it('is nothing new where it is right, or where there is none', () => {
    for (const right of [ROME, { ...ROME, before: ' ' }, { ...ROME, before: '😀 ', after: ' and' }])
      assert.equal(composed(right), right);
  });

  it('is kept where its place is not known', () => {
    const lost = { ...ROME, start: 3, end: 7, before: 'x ', after: ' y', broken: true };
    assert.deepEqual(composed(lost), withoutBroken(lost));
  });
});

function withoutBroken({ broken: _, ...others }: Entity): Entity {
  return others;
}

describe('that an entity is to place', () => {
  const lost = entity({ text: 'Rome', start: 12, end: 15, broken: true });
  const alone = entity({ text: 'Oslo', start: 1, end: 5, broken: true });
  const before = (one: Entity, textHash: string): Sidecar => ({ ...OLD, textHash, entities: [one] });
  const cases: [what: string, one: Entity, before: Sidecar | undefined, isSaid: boolean][] = [
    ['is not said where a reader sees it', lost, undefined, false],
    ['is said where its text stands by chance', { ...lost, start: 11, end: 15 }, undefined, true],
    ['is said as long as the sidecar says it', lost, before(lost, 'new'), true],
    ['is not said since the sidecar says it of another', lost, before({ ...lost, id: 'b' }, 'new'), false],
    ['is not said where the sidecar had it in its place', lost, before(withoutBroken(lost), 'new'), false],
    ['is said of a text that is new, and has its words in one place', alone, before(withoutBroken(alone), 'old'), true], // prettier-ignore
    ['is not said where the new text has its words twice', lost, before(withoutBroken(lost), 'old'), false],
    ['is not said of a slip in the same text', alone, before(withoutBroken(alone), 'new'), false],
    ['is not said of a slip in a first sidecar', alone, undefined, false],
  ];
  for (const [what, one, old, isSaid] of cases)
    it(what, () => assert.deepEqual(composed(one, old), isSaid ? one : withoutBroken(one)));
});
