import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DELETED } from '../../../src/core/model/records';
import type { Annotations } from '../../../src/core/model/records';
import { compareEntities, type Entity } from '../../../src/core/model/entity';
import { mergeAnnotations } from '../../../src/core/model/merge';
import { readSidecar } from '../../../src/core/sidecar/read';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { anyEntity, entity } from './arbitraries';

const state = (...entities: Entity[]): Annotations => ({
  status: 'open',
  entities: entities.sort(compareEntities),
});

/** The merge of three lists of entities, with the number of conflicts; that of both directions, which must agree. */
function merge(
  base: Entity[],
  ours: Entity[],
  theirs: Entity[],
): { entities: readonly Entity[]; conflicts: number } {
  const [b, o, t] = [state(...base), state(...ours), state(...theirs)];
  const { annotations, conflicts } = mergeAnnotations(b, o, t);
  const other = mergeAnnotations(b, t, o);
  assert.deepEqual([other.annotations, other.conflicts], [annotations, conflicts]);
  return { entities: annotations.entities, conflicts };
}

const was = entity();
const elsewhere = { start: 10, end: 14 };

describe('merging entities', () => {
  it('takes what one side changed, field by field', () => {
    const ours = entity({ label: 'PER', attributes: { a: 1, b: 2 }, reviewed: false });
    const theirs = entity({ note: 'sure?', ...elsewhere, attributes: { a: 0, c: 3 }, reviewed: true });
    assert.deepEqual(merge([entity({ attributes: { a: 0, b: 2 } })], [ours], [theirs]), {
      entities: [
        entity({ label: 'PER', note: 'sure?', ...elsewhere, attributes: { a: 1, c: 3 }, reviewed: true }),
      ],
      conflicts: 0,
    });
  });

  it('takes what one side added or deleted', () => {
    const [a, b] = [entity({ id: 'aaaaaa' }), entity({ id: 'bbbbbb', ...elsewhere })];
    assert.deepEqual(merge([was], [was, a], [b]), { entities: [a, b], conflicts: 0 });
  });

  it('keeps both versions of a label that both changed, and each names the other', () => {
    const ours = entity({ label: 'PER', note: 'n' });
    const { entities, conflicts } = merge([was], [ours], [entity({ label: 'GPE', reviewed: true })]);
    const [gpe, per] = entities;
    const both = { note: 'n', reviewed: true };
    assert.deepEqual(gpe, entity({ label: 'GPE', ...both, conflict: per!.id }));
    assert.deepEqual(per, entity({ label: 'PER', ...both, id: per!.id, conflict: was.id }));
    assert.match(per.id, /^[a-df-z][a-z2-9]{7}$/);
    assert.equal(conflicts, 1);
  });

  it('takes the place that is known where the other side, or the base, does not know it', () => {
    const broken = { broken: true };
    for (const base of [was, entity(broken), entity({ ...elsewhere, ...broken })]) {
      assert.deepEqual(merge([base], [entity({ start: 3, end: 7, ...broken })], [entity(elsewhere)]), {
        entities: [entity(elsewhere)],
        conflicts: 0,
      });
    }
    const both = [entity({ start: 3, end: 7, ...broken }), entity({ start: 5, end: 9, ...broken })] as const;
    assert.equal(merge([was], [both[0]], [both[1]]).conflicts, 0);
    const retagged = entity({ ...elsewhere, text: 'other' });
    assert.equal(merge([was], [both[0]], [retagged]).conflicts, 1, 'another text is another place');
  });

  it('leaves a place that one side lost lost, where the other has not touched it', () => {
    const lost = entity({ start: 3, end: 3, broken: true });
    assert.deepEqual(merge([was], [lost], [was]), { entities: [lost], conflicts: 0 });
    const carried = entity({ start: 2, end: 2, broken: true });
    const noted = { ...carried, note: 'x' };
    assert.deepEqual(merge([carried], [lost], [noted]).entities, [{ ...lost, note: 'x' }]);
  });

  it('takes the place as one: where both changed it, both places stay', () => {
    const ours = entity({ end: 9, text: 'text more' });
    const { entities } = merge([was], [ours], [entity({ start: 2, text: 'xt' })]);
    assert.deepEqual(
      entities.map(({ start, end, text }) => [start, end, text]),
      [
        [0, 9, 'text more'],
        [2, 4, 'xt'],
      ],
    );
  });

  it('has no conflict in context and marks', () => {
    const ours = entity({ before: 'a', conflict: 'x' });
    const theirs = entity({ before: 'b', conflict: 'y' });
    assert.deepEqual(merge([was], [ours], [theirs]), { entities: [ours], conflicts: 0 });
    assert.deepEqual(merge([was], [entity({ ...elsewhere, before: 'a' })], [theirs]).entities, [
      entity({ ...elsewhere, before: 'a', conflict: 'y' }),
    ]);
  });

  it('has no conflict in scores: two models may have suggested the same', () => {
    const suggested = (score: number) => entity({ suggestedBy: 'learned', score });
    const { entities, conflicts } = merge([], [suggested(0.9)], [suggested(0.8)]);
    assert.deepEqual([entities.length, entities[0]!.conflict, conflicts], [1, undefined, 0]);
    assert.deepEqual(
      merge([suggested(0.7)], [suggested(0.9)], [{ ...suggested(0.8), reviewed: true }]).conflicts,
      0,
    );
  });

  it('deletes what one side deleted and the other only moved, and keeps what the other changed', () => {
    assert.deepEqual(merge([was], [], [entity(elsewhere)]), { entities: [], conflicts: 0 });
    assert.deepEqual(merge([was], [], [entity({ note: 'n' })]), {
      entities: [entity({ note: 'n', conflict: DELETED })],
      conflicts: 1,
    });
  });

  it('keeps both versions of a conflict that the two sides solved differently', () => {
    const [a, b] = [entity({ conflict: 'bbbbbb' }), entity({ id: 'bbbbbb', label: 'PER', conflict: was.id })];
    const { entities } = merge([a, b], [entity()], [entity({ id: 'bbbbbb', label: 'PER' })]);
    assert.deepEqual(
      entities.map(({ id, conflict }) => [id, conflict]),
      [
        [was.id, DELETED],
        ['bbbbbb', DELETED],
      ],
    );
  });

  it('takes one mention that both sides added for one, with what each says of it', () => {
    const ours = entity({ id: 'bbbbbb', note: 'n', attributes: { a: 1 } });
    const theirs = entity({ id: 'aaaaaa', reviewed: true, attributes: { b: 2 } });
    assert.deepEqual(merge([], [ours], [theirs]), {
      entities: [entity({ id: 'aaaaaa', note: 'n', reviewed: true, attributes: { a: 1, b: 2 } })],
      conflicts: 0,
    });
    assert.deepEqual(
      merge([], [ours], [{ ...theirs, note: 'm' }]).entities.map(({ id, conflict }) => [id, conflict]),
      [
        ['aaaaaa', 'bbbbbb'],
        ['bbbbbb', 'aaaaaa'],
      ],
    );
  });

  it('knows a mention that one side deleted and tagged again', () => {
    const again = entity({ id: 'zzzzzz', link: 'wikidata:Q148' });
    assert.deepEqual(merge([was], [again], [entity({ note: 'n' })]), {
      entities: [{ ...again, note: 'n' }],
      conflicts: 0,
    });
  });

  it('keeps both mentions that were added with one id, and gives one another id', () => {
    const { entities, conflicts } = merge([], [was], [entity(elsewhere)]);
    assert.deepEqual(
      entities.map(({ start, conflict }) => [start, conflict]),
      [
        [0, undefined],
        [10, undefined],
      ],
    );
    assert.equal(new Set(entities.map(({ id }) => id)).size, 2);
    assert.equal(conflicts, 0);
  });

  it('takes over a status', () => {
    const [open, done] = [state(was), { ...state(was), status: 'done' as const }];
    assert.equal(mergeAnnotations(open, open, done).annotations.status, 'done');
    assert.equal(mergeAnnotations(done, open, done).annotations.status, 'open');
  });
});

/** Few values, so that ids, spans and labels meet. */
const someEntity: fc.Arbitrary<Entity> = fc
  .record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'd', 'f'),
      label: fc.constantFrom('PER', 'ORG'),
      start: fc.nat(3),
      length: fc.integer({ min: 1, max: 2 }),
      text: fc.constantFrom('x', 'y'),
      reviewed: fc.boolean(),
      note: fc.constantFrom('n', 'm'),
      before: fc.constantFrom('p', 'q'),
      conflict: fc.constantFrom('a', 'b', DELETED),
      attributes: fc.dictionary(fc.constantFrom('p', 'q', '__proto__'), fc.nat(1), { noNullPrototype: true }),
      kept: fc.constantFrom(
        { above: ['  # c'], pairs: '', comment: '' },
        { above: [], pairs: 'k: 1', comment: '# c' },
      ),
    },
    { requiredKeys: ['id', 'label', 'start', 'length', 'text'], noNullPrototype: true },
  )
  .map(({ length, ...fields }) => ({ ...fields, end: fields.start + length }));

const annotationsOf = (one: fc.Arbitrary<Entity>): fc.Arbitrary<Annotations> =>
  fc.record(
    {
      status: fc.constantFrom<'open' | 'done'>('open', 'done'),
      entities: fc
        .uniqueArray(one, { selector: ({ id }) => id, maxLength: 5 })
        .map((all) => all.sort(compareEntities)),
    },
    { noNullPrototype: true },
  );

/** A state and two that mostly come from it. */
const threeStates = fc.oneof(
  ...[someEntity, anyEntity].map((one) =>
    annotationsOf(one).chain((base) => {
      const changed = fc
        .tuple(annotationsOf(one), fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }))
        .map(([other, picks]): Annotations => {
          const byId = new Map(other.entities.map((entity) => [entity.id, entity]));
          base.entities.forEach((entity, i) => {
            const pick = picks[i % 5];
            if (pick === 0) byId.delete(entity.id);
            else if (pick === 1) byId.set(entity.id, entity);
            else byId.set(entity.id, { ...entity, ...byId.get(entity.id), label: entity.label });
          });
          return { status: other.status, entities: [...byId.values()].sort(compareEntities) };
        });
      return fc.tuple(fc.constant(base), changed, changed);
    }),
  ),
);

const keyOf = ({ start, end, label }: Entity) => `${start} ${end} ${label}`;

/** Whether a side has the same thing twice, so that which of the two the other side means is anybody's guess. */
function hasTwins({ entities }: Annotations, other: Annotations): boolean {
  const keys = entities.map(keyOf);
  return other.entities.some((one) => keys.filter((key) => key === keyOf(one)).length > 1);
}

/** Whether a side deleted an entity that the other has, and added one with the same span and label. */
function tagsAgain(base: Annotations, side: Annotations, other: Annotations): boolean {
  const has = ({ entities }: Annotations, { id }: Entity) => entities.some((one) => one.id === id);
  const deleted = other.entities.filter((one) => has(base, one) && !has(side, one));
  const added = side.entities.filter((one) => !has(base, one));
  return added.some((one) => deleted.some((gone) => keyOf(gone) === keyOf(one)));
}

const sourceOf = (annotations: Annotations) =>
  writeSidecar({ ...annotations, article: 'a.txt', textHash: '', frame: NEW_FRAME });

describe('a merge of any three states', () => {
  const holds = (law: (base: Annotations, ours: Annotations, theirs: Annotations) => void) =>
    fc.assert(
      fc.property(threeStates, (states) => law(...states)),
      { numRuns: 300 },
    );
  const merged = (...states: [Annotations, Annotations, Annotations]) =>
    mergeAnnotations(...states).annotations;

  it('is the other side where one did nothing', () =>
    holds((base, ours) => {
      assert.deepEqual(merged(base, base, ours), ours);
      assert.deepEqual(merged(base, ours, base), ours);
      assert.deepEqual(merged(base, ours, ours), ours);
    }));

  it('is the same file from both sides', () =>
    holds((base, ours, theirs) => {
      assert.equal(sourceOf(merged(base, ours, theirs)), sourceOf(merged(base, theirs, ours)));
    }));

  it('is a valid sidecar that says the same', () =>
    holds((base, ours, theirs) => {
      const result = merged(base, ours, theirs);
      const { sidecar, problems } = readSidecar(sourceOf(result));
      assert.deepEqual(problems, []);
      assert.deepEqual(sidecar?.entities, result.entities);
    }));

  it('merged again with either side is itself, but for the order of names in marks', () =>
    holds((base, ours, theirs) => {
      fc.pre(!tagsAgain(base, ours, theirs) && !tagsAgain(base, theirs, ours));
      fc.pre(!hasTwins(ours, theirs) && !hasTwins(theirs, ours));
      const marked = ({ status, entities }: Annotations) => ({
        status,
        entities: entities.map(({ conflict, ...others }) => ({
          ...others,
          isMarked: conflict !== undefined,
        })),
      });
      const result = merged(base, ours, theirs);
      assert.deepEqual(marked(merged(base, result, theirs)), marked(result));
      assert.deepEqual(marked(merged(base, ours, result)), marked(result));
    }));

  it('loses nothing that a side added or wrote', () =>
    holds((base, ours, theirs) => {
      const sign = (side: string, { status, entities }: Annotations): Annotations => ({
        status,
        entities: entities.map((one) =>
          base.entities.includes(one) ? one : { ...one, note: side + one.id },
        ),
      });
      const [a, b] = [sign('ours', ours), sign('theirs', theirs)];
      const notes = new Set(merged(base, a, b).entities.map(({ note }) => note));
      const written = [...a.entities, ...b.entities].filter((one) => !base.entities.includes(one));
      assert.deepEqual(
        written.filter(({ note }) => !notes.has(note)),
        [],
      );
    }));
});
