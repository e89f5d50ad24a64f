import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareText, type Entity } from '../../../src/core/model/entity';
import { reviewedLabels } from '../../../src/core/label-counts';
import type { Mention } from '../../../src/core/mention';
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
    externalId: fc.constantFrom(undefined, undefined, 'T1'),
    broken: fc.constantFrom(undefined, true),
    ignore: fc.constantFrom(undefined, ['cut-word']),
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
  isKnown: isKnown(one),
  broken: one.broken === true,
  isSpecial: one.ignore !== undefined,
});

/** A person has tagged or reviewed it, and it has a place. */
function isKnown({ broken, reviewed, suggestedBy, externalId }: Entity): boolean {
  return !broken && (reviewed === true || (suggestedBy === undefined && externalId === undefined));
}

/** Articles of two corpora. */
const groupOf = (key: string) => (key === 'c' ? 'second' : 'first');

/** What was done to an index: the entities that an article has now, or that it is gone. */
const anyChanges = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    entities: fc.option(fc.array(anyMention, { maxLength: 5 })),
    /** Whether one article is counted after that. */
    isCounted: fc.boolean(),
  }),
);
type Changes = typeof anyChanges extends fc.Arbitrary<infer T> ? T : never;

function build(changes: Changes) {
  const index = new MentionIndex<string>(groupOf);
  const model = new Map<string, readonly Entity[]>();
  apply(index, changes);
  for (const { key, entities } of changes) {
    if (entities) model.set(key, entities);
    else model.delete(key);
  }
  return { index, model };
}

function apply(index: MentionIndex<string>, changes: Changes) {
  for (const { key, entities, isCounted } of changes) {
    if (entities) index.set(key, entities);
    else index.delete(key);
    if (isCounted) index.countAll().next();
  }
}

const plain = (index: MentionIndex<string>) => ({
  size: index.size,
  all: ['a', 'b', 'c'].map((key) => [...index.of(key)]),
  forms: [...index.forms()].map((form) => JSON.stringify(form)).sort(),
});

/** What the index should count, counted anew. */
function countLabels(text: string, mentions: readonly Mention[]) {
  const own = mentions.filter((mention) => mention.text === text);
  return [...new Set(own.map(({ label }) => label))].map((label) => {
    const all = own.filter((mention) => mention.label === label);
    const reviewed = all.filter((mention) => mention.reviewed && !mention.broken);
    const links = new Map<string, number>();
    for (const { link } of reviewed) if (link !== undefined) links.set(link, (links.get(link) ?? 0) + 1);
    const known = all.filter((mention) => mention.isKnown).length;
    return { label, all: all.length, reviewed: reviewed.length, known, links: [...links].sort() };
  });
}

function labelsOf(entities: readonly Entity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of entities) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

describe('the index of mentions', () => {
  it('finds what a list would, whatever came and went', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const { index, model } = build(changes);
        const all = [...model].flatMap(([key, entities]) =>
          entities.map((one) => ({ key, mention: mentionOf(one) })),
        );
        assert.equal(index.size, all.length);
        for (const [key, entities] of model) {
          assert.deepEqual([...index.of(key)], entities.map(mentionOf));
          assert.equal(index.countIn(index.rows(key)), entities.length);
          assert.deepEqual(index.labelsIn([index.rows(key)]), labelsOf(entities));
        }
        for (const group of new Set([...model.keys()].map(groupOf))) {
          const own = [...model].filter(([key]) => groupOf(key) === group);
          const entities = own.flatMap(([, each]) => each);
          assert.deepEqual(index.labelsOfGroup(group), labelsOf(entities));
          const isOther = (one: Entity) =>
            one.externalId !== undefined || (one.suggestedBy !== undefined && !one.reviewed);
          assert.equal(index.hasOthers(group), entities.some(isOther));
        }
        assert.deepEqual(index.labelsOfGroup('another'), new Map());
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
        for (const group of ['first', 'second']) {
          const mentions = all.filter(({ key }) => groupOf(key) === group).map(({ mention }) => mention);
          const counts = index
            .labelsOf('Rome', group)
            .map((count) => ({ ...count, links: [...count.links].sort() }));
          type Count = (typeof counts)[number];
          const commonestFirst = (a: Count, b: Count) =>
            b.all - a.all || b.reviewed - a.reviewed || compareText(a.label, b.label);
          assert.deepEqual(counts, countLabels('Rome', mentions).sort(commonestFirst));
        }
      }),
    );
  });

  it('is the same after it was kept and restored into another', () => {
    fc.assert(
      fc.property(anyChanges, fc.array(anyMention, { maxLength: 3 }), (changes, others) => {
        const { index } = build(changes);
        const restored = new MentionIndex<string>(groupOf);
        restored.set('a', others);
        restored.delete('a');
        const translate = restored.translator(index.tables);
        for (const key of ['a', 'b', 'c']) {
          const rows = index.rows(key).slice();
          assert.ok(translate(rows));
          restored.restore(key, rows);
        }
        assert.deepEqual(plain(restored), plain(index));
      }),
    );
  });

  it('takes no columns that its tables do not explain', () => {
    const index = new MentionIndex<string>(groupOf);
    index.set('a', [entity()]);
    const other = new MentionIndex<string>(groupOf);
    assert.equal(other.translator({ texts: [], labels: [], links: [] })(index.rows('a').slice()), false);
    assert.equal(other.translator(index.tables)(new Uint32Array(3)), false);
  });

  it('tells of what of a text is said anew, and of the articles of its corpus that hold it', () => {
    const said = (index: MentionIndex<string>, text: string, group: string) => {
      const counts = index.labelsOf(text, group);
      const disputed = counts.length > 1 ? counts.map(({ label, all }) => `${label} ${all}`).sort() : [];
      return JSON.stringify([disputed, reviewedLabels(counts)]);
    };
    const texts = ['Rome', 'rome', 'Ada', '😀', '__proto__'];
    fc.assert(
      fc.property(anyChanges, anyChanges, (first, second) => {
        const index = build(first).index;
        index.takeChanged();
        const before = new Map(
          ['first', 'second'].flatMap((group) =>
            texts.map((text) => [`${group} ${text}`, said(index, text, group)] as const),
          ),
        );
        apply(index, second);
        const after = index.takeChanged();
        for (const key of ['a', 'b', 'c']) {
          const group = groupOf(key);
          const isAnew = (text: string) => before.get(`${group} ${text}`) !== said(index, text, group);
          const mustHold = [...index.of(key)].some(({ text }) => isAnew(text));
          // What changed twice, and back, may be told of, too.
          if (mustHold) assert.ok(after.keys.has(key), key);
          for (const text of texts) if (isAnew(text)) assert.ok(after.texts.has(text), text);
        }
        assert.deepEqual([...index.takeChanged().texts], []);
      }),
    );
  });

  it('tells nothing where one more mention is like all others', () => {
    const index = new MentionIndex<string>(groupOf);
    const rome = entity({ start: 0, end: 4, text: 'Rome', label: 'GPE', reviewed: true });
    index.set('a', [rome]);
    index.takeChanged();
    index.set('b', [{ ...rome, start: 5, end: 9 }]);
    assert.deepEqual([...index.takeChanged().keys], []);
    index.set('c', [{ ...rome, label: 'PER' }]);
    assert.deepEqual(index.takeChanged(), {
      keys: new Set(['c']),
      texts: new Set(['Rome']),
      groups: new Set(['second']),
    });
    index.set('b', [{ ...rome, label: 'LOC' }]);
    assert.deepEqual([...index.takeChanged().keys], ['a', 'b']);
  });
});
