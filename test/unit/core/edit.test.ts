import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffAnnotations } from '../../../src/core/model/diff';
import {
  adding,
  removing,
  changing,
  applyEdits,
  invertEdits,
  mapEdit,
  touchedEntities,
  type Edit,
} from '../../../src/core/model/edit';
import { findObstacles } from '../../../src/core/model/obstacles';
import type { Annotations } from '../../../src/core/model/records';
import { compareEntities, type Anchored, type Entity } from '../../../src/core/model/entity';
import { entity } from './arbitraries';

const someEntity = fc
  .record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      label: fc.constantFrom('PER', 'ORG'),
      start: fc.nat(5),
      length: fc.nat(3),
      text: fc.constantFrom('x', 'y'),
      reviewed: fc.boolean(),
      note: fc.constantFrom('n', 'm'),
      attributes: fc.dictionary(fc.constantFrom('p', 'q'), fc.nat(1), { maxKeys: 2, noNullPrototype: true }),
      parts: fc.constantFrom([[0, 1]], [[0, 2]]),
    },
    { requiredKeys: ['id', 'label', 'start', 'length', 'text'], noNullPrototype: true },
  )
  .map(({ length, ...fields }) => ({ ...fields, end: fields.start + length }));

const annotations: fc.Arbitrary<Annotations> = fc.record(
  {
    status: fc.constantFrom('open', 'done'),
    entities: fc
      .uniqueArray(someEntity, { selector: ({ id }) => id, maxLength: 5 })
      .map((all) => all.sort(compareEntities)),
  },
  { noNullPrototype: true },
);

const isSorted = ({ entities }: Annotations) =>
  entities.every((one, i) => i === 0 || compareEntities(entities[i - 1]!, one) < 0);

describe('edits', () => {
  it('between two states lead from one to the other, and back', () => {
    fc.assert(
      fc.property(annotations, annotations, (before, after) => {
        const edits = diffAnnotations(before, after);
        const reached = applyEdits(before, edits);
        assert.deepEqual(reached, after);
        assert.deepEqual(applyEdits(reached, invertEdits(edits)), before);
        assert.deepEqual(diffAnnotations(after, reached), []);
      }),
      { numRuns: 500 },
    );
  });

  it('keep the order, also where they apply to a state they were not made for', () => {
    fc.assert(
      fc.property(annotations, annotations, annotations, (before, after, other) => {
        const reached = applyEdits(other, diffAnnotations(before, after));
        assert.ok(isSorted(reached));
        assert.equal(new Set(reached.entities.map(({ id }) => id)).size, reached.entities.length);
      }),
    );
  });

  it('leave the state that they apply to as it was', () => {
    const before: Annotations = Object.freeze({
      status: 'open',
      entities: Object.freeze([Object.freeze(entity())]),
    });
    applyEdits(before, [changing(entity(), entity({ label: 'PER' }))]);
    assert.deepEqual(before.entities, [entity()]);
  });

  it('of different fields by two writers merge', () => {
    const base: Annotations = { status: 'open', entities: [entity()] };
    const ours = applyEdits(base, [changing(entity(), entity({ label: 'PER' }))]);
    const theirs: Annotations = {
      status: 'done',
      entities: [entity({ note: 'sure?', reviewed: true }), entity({ id: 'zzz', start: 9, end: 12 })],
    };
    assert.deepEqual(applyEdits(ours, diffAnnotations(base, theirs)), {
      status: 'done',
      entities: [
        entity({ label: 'PER', note: 'sure?', reviewed: true }),
        entity({ id: 'zzz', start: 9, end: 12 }),
      ],
    });
  });

  it('of one field by two writers: the last one counts', () => {
    const base: Annotations = { status: 'open', entities: [entity()] };
    const edit = (label: string): Edit => changing(entity(), entity({ label }));
    assert.equal(applyEdits(base, [edit('A'), edit('B')]).entities[0]!.label, 'B');
  });

  it('whose entity is gone, or there already, have no effect', () => {
    const none: Annotations = { status: 'open', entities: [] };
    const one: Annotations = { status: 'open', entities: [entity()] };
    assert.deepEqual(applyEdits(none, [removing(entity())]), none);
    assert.deepEqual(applyEdits(none, [changing(entity(), entity({ label: 'X' }))]), none);
    assert.deepEqual(applyEdits(one, [adding(entity({ label: 'X' }))]), one);
  });

  it('in one batch see what the ones before them did', () => {
    const none: Annotations = { status: 'open', entities: [] };
    const reached = applyEdits(none, [
      adding(entity()),
      changing(entity(), entity({ label: 'PER' })),
      removing(entity()),
      adding(entity({ label: 'LOC' })),
    ]);
    assert.deepEqual(reached.entities, [entity({ label: 'LOC' })]);
  });

  it('are put elsewhere on both sides', () => {
    const place = <A extends Anchored>(one: A): A => ({ ...one, start: one.start + 1, end: one.end + 1 });
    const edit: Edit = changing(entity(), entity({ label: 'X' }));
    assert.deepEqual(
      mapEdit(edit, place),
      changing(entity({ start: 1, end: 5 }), entity({ label: 'X', start: 1, end: 5 })),
    );
    const status: Edit = { kind: 'status', before: 'open', after: 'done' };
    assert.equal(mapEdit(status, place), status);
  });
});

describe('what stands against edits', () => {
  const bob = entity({ id: 'b', label: 'PER', start: 4, end: 7, text: 'Bob' });
  const rome = entity({ id: 'r', label: 'GPE', start: 9, end: 13, text: 'Rome' });
  const relabelled: Edit = changing(bob, { ...bob, label: 'ORG' });
  const resized: Edit = changing(bob, { ...bob, end: 8, text: 'Bobb' });

  const cases: [string, Edit[], Entity[], string[]][] = [
    ['nothing, where nobody else wrote', [adding(bob), relabelled], [rome], []],
    ['an entity that is there', [adding(bob)], [{ ...bob, label: 'X' }], ['there']],
    ['one that is gone', [removing(bob), relabelled], [rome], ['gone', 'gone']],
    ['another label', [relabelled], [{ ...bob, label: 'GPE' }], ['changed']],
    ['another note, of one that would be removed', [removing(bob)], [{ ...bob, note: 'n' }], ['changed']],
    ['not another note, of one that would be relabelled', [relabelled], [{ ...bob, note: 'n' }], []],
    ['not another place', [removing(bob), adding(bob)], [{ ...bob, start: 1, end: 2, text: 'B', broken: true }], []],
    ['another span, of one that would be resized', [resized], [{ ...bob, end: 9 }], ['changed']],
    ['not what says the same', [removing({ ...bob, reviewed: false })], [bob], []],
    ['another status', [{ kind: 'status', before: 'done', after: 'open' }], [bob], ['changed']],
    ['not what an edit before it did', [relabelled, removing({ ...bob, label: 'ORG' })], [bob], []],
  ]; // prettier-ignore

  for (const [what, edits, entities, obstacles] of cases) {
    it(`is ${what}`, () => assert.deepEqual(findObstacles({ status: 'open', entities }, edits), obstacles));
  }

  it('is nothing where edits are taken back at once', () => {
    fc.assert(
      fc.property(annotations, annotations, (before, after) => {
        const edits = diffAnnotations(before, after);
        assert.deepEqual(findObstacles(before, edits), []);
        assert.deepEqual(findObstacles(after, invertEdits(edits)), []);
      }),
    );
  });

  it('leaves entities that are known: as they are now, or as they went', () => {
    const edits: Edit[] = [relabelled, removing(rome), { kind: 'status', before: 'open', after: 'done' }];
    assert.deepEqual(
      touchedEntities({ status: 'done', entities: [{ ...bob, label: 'ORG', note: 'n' }] }, edits),
      [{ ...bob, label: 'ORG', note: 'n' }, rome],
    );
  });
});
