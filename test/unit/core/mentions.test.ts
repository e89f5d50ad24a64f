import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/entity';
import { MentionIndex } from '../../../src/core/mentions';
import { entity } from './arbitraries';

/** Few values, so that they meet. */
const anyMention = fc
  .record({
    start: fc.nat(9),
    text: fc.constantFrom('Rome', 'rome', 'Ada', '😀', '__proto__'),
    label: fc.constantFrom('PER', 'GPE', 'LOC'),
    link: fc.constantFrom(undefined, 'wikidata:Q220', 'x:y'),
    reviewed: fc.constantFrom(undefined, false, true),
    suggestedBy: fc.constantFrom(undefined, 'rules'),
    broken: fc.constantFrom(undefined, true),
  })
  .map((fields) => entity({ ...fields, end: fields.start + [...fields.text].length }));

const mentionOf = (one: Entity) => ({
  start: one.start,
  end: one.end,
  text: one.text,
  label: one.label,
  link: one.link,
  reviewed: one.reviewed === true,
  suggested: one.suggestedBy !== undefined && one.reviewed !== true,
  broken: one.broken === true,
});

/** What was done to an index: the entities that an article has now, or that it is gone. */
const anyChanges = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    entities: fc.option(fc.array(anyMention, { maxLength: 5 })),
  }),
);

function build(changes: readonly { key: string; entities: Entity[] | null }[]) {
  const index = new MentionIndex<string>();
  const model = new Map<string, readonly Entity[]>();
  for (const { key, entities } of changes) {
    if (entities) {
      index.set(key, entities);
      model.set(key, entities);
    } else {
      index.delete(key);
      model.delete(key);
    }
  }
  return { index, model };
}

const plain = (index: MentionIndex<string>) => ({
  size: index.size,
  all: ['a', 'b', 'c'].map((key) => [...index.of(key)]),
  forms: [...index.forms()].map((form) => JSON.stringify(form)).sort(),
});

describe('the index of mentions', () => {
  it('finds what a list would, whatever came and went', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { index, model } = build(changes);
        const all = [...model].flatMap(([key, entities]) =>
          entities.map((one) => ({ key, mention: mentionOf(one) })),
        );
        assert.equal(index.size, all.length);
        for (const [key, entities] of model) assert.deepEqual([...index.of(key)], entities.map(mentionOf));
        const sorted = (found: Iterable<object>) => [...found].map((one) => JSON.stringify(one)).sort();
        const filters = [
          {},
          { text: 'Rome' },
          { label: 'GPE' },
          { text: 'Ada', label: 'PER' },
          { link: 'x:y' },
        ];
        for (const filter of filters) {
          const wanted = all.filter(({ mention }) =>
            Object.entries(filter).every(([name, value]) => mention[name as keyof typeof mention] === value),
          );
          assert.deepEqual(sorted(index.find(filter)), sorted(wanted));
        }
        const wanted: Record<string, { all: number; reviewed: number }> = {};
        for (const { mention } of all) {
          if (mention.text !== 'Rome') continue;
          const count = (wanted[mention.label] ??= { all: 0, reviewed: 0 });
          count.all++;
          if (mention.reviewed) count.reviewed++;
        }
        assert.deepEqual({ ...Object.fromEntries(index.labelsOf('Rome')) }, { ...wanted });
      }),
    );
  });

  it('is the same after it was kept and restored into another', () => {
    fc.assert(
      fc.property(anyChanges, fc.array(anyMention, { maxLength: 3 }), (changes, others) => {
        const { index } = build(changes);
        const restored = new MentionIndex<string>();
        restored.set('a', others);
        restored.delete('a');
        const add = restored.restorer(index.tables);
        for (const key of ['a', 'b', 'c']) assert.ok(add(key, index.rows(key)));
        assert.deepEqual(plain(restored), plain(index));
      }),
    );
  });

  it('takes no columns that its tables do not explain', () => {
    const index = new MentionIndex<string>();
    index.set('a', [entity()]);
    const other = new MentionIndex<string>();
    assert.equal(other.restorer({ texts: [], labels: [], links: [] })('a', index.rows('a')), false);
    assert.equal(other.restorer(index.tables)('a', new Uint32Array(3)), false);
    assert.equal(other.size, 0);
  });
});
