import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeSidecars } from '../../../src/core/sidecar/merge.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import { writeSidecar } from '../../../src/core/sidecar/write.ts';

const HASH = 'sha256:' + '1'.repeat(64);

/** A sidecar of entities by id and place (of one letter each), and of relations. */
function sidecar(entities: readonly string[], relations: readonly string[], more = ''): string {
  const lines = entities.map((one) => {
    const [id = '', label = '', start = ''] = one.split(' ');
    return `  - {id: ${id}, label: ${label}, start: ${start}, end: ${Number(start) + 1}, text: x${more}}`;
  });
  const below = relations.length > 0 ? ['relations:', ...relations.map((one) => `  - {${one}}`)] : [];
  return [`version: 1`, 'article: a.txt', `text_hash: ${HASH}`, 'entities:', ...lines, ...below, ''].join(
    '\n',
  );
}

function merge(...sources: readonly [string, string, string]) {
  const [base, ours, theirs] = sources.map((source) => readSidecar(source).sidecar!);
  const merged = writeSidecar(mergeSidecars(base, ours!, theirs!).sidecar);
  const reading = readSidecar(merged);
  assert.deepEqual(reading.problems, [], merged);
  return { merged, below: merged.slice(merged.indexOf('relations:')).split('\n').slice(0, -1) };
}

const A = 'aaaaaa PER 0';
const B = 'bbbbbb ORG 5';
const Z = 'zzzzzz PER 0';
const works = (from: string, to: string, id = 'r1', more = '') =>
  `id: ${id}, label: works_for, from: ${from}, to: ${to}${more}`;

describe('merging relations', () => {
  it('has them follow an entity that both sides have tagged', () => {
    const sides = [sidecar([A, B], []), sidecar([Z, B], [works('zzzzzz', 'bbbbbb')])] as const;
    for (const [ours, theirs] of [sides, sides.toReversed() as [string, string]])
      assert.deepEqual(merge(sidecar([B], []), ours, theirs).below, ['relations:', `  - {${works('aaaaaa', 'bbbbbb')}}`]); // prettier-ignore
  });

  it('takes what both sides added, and what both made of the same once', () => {
    const [base, ours, theirs] = [
      sidecar([A, B], []),
      sidecar([A, B], [works('aaaaaa', 'bbbbbb', 'r3'), works('bbbbbb', 'aaaaaa', 'r4')]),
      sidecar([Z, A, B], [works('aaaaaa', 'bbbbbb', 'r2')]),
    ];
    const wanted = ['relations:', `  - {${works('aaaaaa', 'bbbbbb', 'r2')}}`, `  - {${works('bbbbbb', 'aaaaaa', 'r4')}}`]; // prettier-ignore
    assert.deepEqual(merge(base, ours, theirs).below, wanted);
  });

  it('merges one field by field, and keeps as a comment what was changed twice', () => {
    const one = (label: string, note: string) =>
      sidecar([A, B], [`id: r1, label: ${label}, from: aaaaaa, to: bbbbbb, note: ${note}`]);
    assert.deepEqual(merge(one('a', 'old'), one('b', 'old'), one('a', 'new')).below, [
      'relations:',
      '  - {id: r1, label: b, from: aaaaaa, to: bbbbbb, note: new}',
    ]);
    for (const [ours, theirs] of [
      ['b', 'c'],
      ['c', 'b'],
    ] as const)
      // prettier-ignore
      assert.deepEqual(merge(one('a', 'old'), one(ours, 'old'), one(theirs, 'old')).below, [
        'relations:',
        '  - {id: r1, label: b, from: aaaaaa, to: bbbbbb, note: old}',
        '# relations:',
        '#   - {id: r1, label: c, from: aaaaaa, to: bbbbbb, note: old}',
      ]);
  });

  it('lets one go with its entity; what was made of that meanwhile is a comment', () => {
    const both = [works('aaaaaa', 'bbbbbb')];
    assert.doesNotMatch(merge(sidecar([A, B], both), sidecar([A, B], both), sidecar([B], [])).merged, /r1/);
    assert.doesNotMatch(merge(sidecar([A, B], both), sidecar([A, B], both), sidecar([B], both)).merged, /r1/);
    const { merged } = merge(sidecar([A, B], []), sidecar([A, B], both), sidecar([B], []));
    assert.match(merged, /\n# relations:\n# {3}- \{id: r1, label: works_for, from: aaaaaa, to: bbbbbb\}\n$/);
  });

  it('has the other version of a conflict follow, too', () => {
    const [base, ours] = [sidecar([B], []), sidecar([A, B], [])];
    const theirs = sidecar([Z, B], []).replace('ORG, start: 5, end: 6, text: x', '$&, conflict: zzzzzz');
    assert.match(merge(base, ours, theirs).merged, /id: bbbbbb, .*conflict: aaaaaa/);
  });

  it('never leaves one of what is not there, whichever side is which', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const side = fc
      .record({
        places: fc.dictionary(fc.constantFrom(...ids), fc.nat(2), { noNullPrototype: true }),
        pairs: fc.dictionary(fc.constantFrom('r', 's', 't'), fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { noNullPrototype: true }), // prettier-ignore
      })
      .map(({ places, pairs }) => {
        const entities = Object.entries(places).map(([id, start]) => `${id} PER ${start}`);
        const relations = Object.entries(pairs)
          .filter(([, pair]) => pair.every((id) => id in places))
          .map(([id, [from, to]]) => works(from, to, id));
        return sidecar(entities, relations);
      });
    fc.assert(
      fc.property(side, side, side, (base, ours, theirs) => {
        const { merged } = merge(base, ours, theirs);
        const there = new Set(readSidecar(merged).sidecar!.entities.map(({ id }) => id));
        for (const [, from, to] of merged.matchAll(/^ {2}- .*from: (\w+), to: (\w+)/gm))
          assert.ok(there.has(from!) && there.has(to!), merged);
        assert.equal(merge(base, theirs, ours).merged, merged);
        assert.equal(merge(base, base, theirs).merged, writeSidecar(readSidecar(theirs).sidecar!));
      }),
      { numRuns: 500 },
    );
  });
});
