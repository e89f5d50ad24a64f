import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyEdits,
  diffAnnotations,
  invertEdits,
  mapEdit,
  type Annotations,
  type Edit,
} from '../../../src/core/edit';
import { compareEntities, type Entity } from '../../../src/core/entity';
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
    applyEdits(before, [{ kind: 'change', before: entity(), after: entity({ label: 'PER' }) }]);
    assert.deepEqual(before.entities, [entity()]);
  });

  it('of different fields by two writers merge', () => {
    const base: Annotations = { status: 'open', entities: [entity()] };
    const ours = applyEdits(base, [{ kind: 'change', before: entity(), after: entity({ label: 'PER' }) }]);
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
    const edit = (label: string): Edit => ({ kind: 'change', before: entity(), after: entity({ label }) });
    assert.equal(applyEdits(base, [edit('A'), edit('B')]).entities[0]!.label, 'B');
  });

  it('whose entity is gone, or there already, have no effect', () => {
    const none: Annotations = { status: 'open', entities: [] };
    const one: Annotations = { status: 'open', entities: [entity()] };
    assert.deepEqual(applyEdits(none, [{ kind: 'remove', entity: entity() }]), none);
    assert.deepEqual(
      applyEdits(none, [{ kind: 'change', before: entity(), after: entity({ label: 'X' }) }]),
      none,
    );
    assert.deepEqual(applyEdits(one, [{ kind: 'add', entity: entity({ label: 'X' }) }]), one);
  });

  it('in one batch see what the ones before them did', () => {
    const none: Annotations = { status: 'open', entities: [] };
    const reached = applyEdits(none, [
      { kind: 'add', entity: entity() },
      { kind: 'change', before: entity(), after: entity({ label: 'PER' }) },
      { kind: 'remove', entity: entity() },
      { kind: 'add', entity: entity({ label: 'LOC' }) },
    ]);
    assert.deepEqual(reached.entities, [entity({ label: 'LOC' })]);
  });

  it('are put elsewhere on both sides', () => {
    const place = (one: Entity) => ({ ...one, start: one.start + 1, end: one.end + 1 });
    const edit: Edit = { kind: 'change', before: entity(), after: entity({ label: 'X' }) };
    assert.deepEqual(mapEdit(edit, place), {
      kind: 'change',
      before: entity({ start: 1, end: 5 }),
      after: entity({ label: 'X', start: 1, end: 5 }),
    });
    const status: Edit = { kind: 'status', before: 'open', after: 'done' };
    assert.equal(mapEdit(status, place), status);
  });
});
