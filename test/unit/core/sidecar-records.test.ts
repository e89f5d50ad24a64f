import assert from 'node:assert/strict';
import type { OtherKind } from '../../../src/core/model/records.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import {
  isTailCanonical,
  malformedItems,
  neededKeys,
  putRecords,
  readRecords,
} from '../../../src/core/sidecar/record-lines.ts';
import { NEW_FRAME, type Frame } from '../../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../../src/core/sidecar/write.ts';

const framed = (tail: readonly string[], head: readonly string[] = NEW_FRAME.head): Frame => ({
  ...NEW_FRAME,
  head,
  tail,
});
const R1 = { id: 'r1', label: 'met', from: 'a1', to: 'b1' };
const R2 = { id: 'r2', label: 'saw', from: 'b1', to: 'a1' };
const LINE1 = '  - {id: r1, label: met, from: a1, to: b1}';
const LINE2 = '  - {id: r2, label: saw, from: b1, to: a1}';
/** The lines below the entities once another relation is there. */
const withAnother = (tail: readonly string[]) => {
  const frame = framed(tail);
  const { relations = [] } = readRecords(frame);
  return putRecords(frame, { relations: [...relations, R2] }).tail;
};

describe('the records of a sidecar', () => {
  const whole: [kind: OtherKind, line: string, record: object][] = [
    ['relations', 'id: r1, label: met, from: a1, to: b1, undirected: true, note: n1, external_id: T1, attributes: {x: [1]}', { ...R1, undirected: true, note: 'n1', externalId: 'T1', attributes: { x: [1] } }], // prettier-ignore
    ['events', 'id: v1, label: Met, trigger: a1, roles: {Who: [b1, v2]}, note: n1, external_id: T2, attributes: {}', { id: 'v1', label: 'Met', trigger: 'a1', roles: { Who: ['b1', 'v2'] }, note: 'n1', externalId: 'T2', attributes: {} }], // prettier-ignore
    ['chains', 'id: c1, label: PER, name: Ada, link: "wikidata:Q1", mentions: [a1, b1]', { id: 'c1', label: 'PER', name: 'Ada', link: 'wikidata:Q1', mentions: ['a1', 'b1'] }], // prettier-ignore
    ['comments', 'id: k1, about: a1, thread: [{by: Ada, text: "Why?"}]', { id: 'k1', about: 'a1', thread: [{ by: 'Ada', text: 'Why?' }] }], // prettier-ignore
  ];
  for (const [kind, pairs, record] of whole)
    it(`have all that is said of one among the ${kind}, in any form of YAML`, () => {
      const line = `  - {${pairs}}`;
      assert.deepEqual(putRecords(framed([]), { [kind]: [record] }).tail, [`${kind}:`, line]);
      for (const tail of [[`${kind}:`, line], [`${kind}: [{${pairs}}]`], [`${kind}:`, `- { ${pairs} }`]]) {
        const frame = framed(tail);
        assert.deepEqual(readRecords(frame), { [kind]: [record] }, tail.join('\n'));
        assert.deepEqual(malformedItems(frame), []);
        assert.equal(putRecords(frame, { [kind]: [record] }), frame, 'what is said already stays as it is');
      }
    });

  it('need what they are nothing without', () => {
    const kinds = ['relations', 'events', 'chains', 'comments'] as const;
    assert.deepEqual(
      kinds.map((kind) => neededKeys(kind).join(' ')),
      ['id label from to', 'id label trigger roles', 'id mentions', 'id about (or start, end, text) thread'],
    );
  });

  const malformed: [kind: OtherKind, pairs: string][] = [
    ['relations', 'label: met, from: a1, to: b1'],
    ['relations', 'id: "", label: met, from: a1, to: b1'],
    ['relations', 'id: 7, label: met, from: a1, to: b1'],
    ['relations', 'id: r1, label: "", from: a1, to: b1'],
    ['relations', 'id: r1, label: met, to: b1'],
    ['relations', 'id: r1, label: met, from: a1, to: [b1]'],
    ['relations', 'id: r1, label: met, from: a1, to: b1, undirected: "yes"'],
    ['relations', 'id: r1, label: met, from: a1, to: b1, note: 1'],
    ['relations', 'id: r1, label: met, from: a1, to: b1, attributes: [1]'],
    ['relations', 'id: r1, label: met, from: a1, to: b1, attributes: x1'],
    ['events', 'id: v1, label: Met, trigger: "", roles: {Who: [b1]}'],
    ['events', 'id: v1, label: Met, trigger: a1, roles: [b1]'],
    ['events', 'id: v1, label: Met, trigger: a1, roles: {Who: b1}'],
    ['events', 'id: v1, label: Met, trigger: a1, roles: {Who: [b1], Of: [1]}'],
    ['chains', 'id: c1'],
    ['chains', 'id: c1, mentions: a1'],
    ['chains', 'id: c1, mentions: [a1, ""]'],
    ['chains', 'id: c1, label: 1, mentions: [a1]'],
    ['comments', 'id: k1, thread: []'],
    ['comments', 'id: k1, about: a1, thread: {by: Ada}'],
    ['comments', 'id: k1, about: a1, thread: [Ada]'],
    ['relations', 'id: &x r1, label: met, from: a1, to: b1'],
  ];
  for (const [kind, pairs] of malformed)
    it(`are none where a line of ${kind} says ${pairs}, and it stays`, () => {
      const frame = framed([`${kind}:`, `  - {${pairs}}`]);
      assert.deepEqual(readRecords(frame), { [kind]: [] });
      assert.deepEqual(malformedItems(frame), [[kind, 1]]);
      const another = whole.find(([one]) => one === kind)!;
      const { tail } = putRecords(frame, { [kind]: [another[2]] });
      assert.deepEqual(tail, [`${kind}:`, `  - {${another[1]}}`, `  - {${pairs.replace('&x ', '')}}`]);
    });

  const blocks: [what: string, tail: string[], ids: string[], written: string[]][] = [
    ['in block style, with comments', ['relations: # c1', '  # c2', '  - id: r1', '    label: met', '    from: a1', '    to: b1 # c3', '  # c4'], ['r1'], ['relations: # c1', '  # c2', '  # c3', LINE1, LINE2, '  # c4']], // prettier-ignore
    ['with a comment above the first that is not in the usual form', ['relations:', '  # c1', '  - { id: r1, label: met, from: a1, to: b1 }'], ['r1'], ['relations:', '  # c1', LINE1, LINE2]], // prettier-ignore
    ['with a comment above the first that is none', ['relations: # c1', '  # c2', '  - mine'], [], ['relations: # c1', LINE2, '  # c2', '  - mine']], // prettier-ignore
    ['with comments and empty lines', ['relations:\t#c1', '  # c2', '', LINE1, '  # c3'], ['r1'], ['relations: #c1', '  # c2', '', LINE1, LINE2, '  # c3']], // prettier-ignore
    ['with unknown keys', ['relations:', `${LINE1.slice(0, -1)}, mine: [1, "x y"], b: 1.50}`], ['r1'], ['relations:', `${LINE1.slice(0, -1)}, mine: [1, "x y"], b: 1.50}`, LINE2]], // prettier-ignore
    ['with a comment behind one', ['relations:', `${LINE1} # c1`], ['r1'], ['relations:', `${LINE1} # c1`, LINE2]], // prettier-ignore
    ['with an id twice', ['relations:', LINE1, '  # c1', '  - {id: r1, label: saw, from: c1, to: d1}'], ['r1'], ['relations:', LINE1, LINE2, '  # c1', '  - {id: r1, label: saw, from: c1, to: d1}']], // prettier-ignore
    ['with an item that is text', ['relations:', '  - mine', LINE1], ['r1'], ['relations:', LINE1, LINE2, '  - mine']], // prettier-ignore
    ['without a value', ['relations: ~', 'mine: 1'], [], ['relations:', LINE2, 'mine: 1']],
    ['without a value, with comments', ['relations: ~ # c1', '  # c2'], [], ['relations:', LINE2, '  # c1', '  # c2']], // prettier-ignore
    ['with an empty list and comments', ['relations: # c1', '  # c2', '  [] # c3'], [], ['relations: # c1', LINE2, '  # c2', '  # c3']], // prettier-ignore
    ['with an empty list', ['relations: []'], [], ['relations:', LINE2]],
    ['that is broken YAML', ['relations:', '  - {id: r1'], [], ['relations:', LINE2, '  - {id: r1']],
    ['with keys and comments around', ['mine: 1', 'relations:', LINE1, '# c1', '', 'other: 2'], ['r1'], ['mine: 1', 'relations:', LINE1, LINE2, '# c1', '', 'other: 2']], // prettier-ignore
    ['beside a key that begins alike', ['relationship: x', 'relations:x: y'], [], ['relationship: x', 'relations:x: y', 'relations:', LINE2]], // prettier-ignore
  ];
  for (const [what, tail, ids, written] of blocks)
    it(`keep what stands beside them in a block ${what}`, () => {
      const { relations = [] } = readRecords(framed(tail));
      assert.deepEqual(
        relations.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(withAnother(tail), written);
      assert.equal(putRecords(framed(tail), { relations }).tail, tail);
    });

  it('stand behind other records, above what other formats keep, at the end if there is neither', () => {
    const cases: [before: string[], after: string[]][] = [
      [[], ['relations:', LINE2]],
      [['mine: 1'], ['mine: 1', 'relations:', LINE2]],
      [
        ['mine: 1', 'carried:', '  x: y'],
        ['mine: 1', 'relations:', LINE2, 'carried:', '  x: y'],
      ],
      [['chains:', '  - {id: c1, mentions: [a1]}', 'events:', '  # none', 'mine: 1'], ['chains:', '  - {id: c1, mentions: [a1]}', 'events:', '  # none', 'relations:', LINE2, 'mine: 1']], // prettier-ignore
    ];
    for (const [before, after] of cases) assert.deepEqual(withAnother(before), after);
    const above = framed([], ['version: 1', 'chains:', '  - {id: c1, mentions: [a1]}']);
    assert.deepEqual(putRecords(above, { relations: [R2] }), { ...above, tail: ['relations:', LINE2] });
  });

  it('are written where they stand, be that above the entities', () => {
    const source = `version: 1\nrelations:\n${LINE1}\nentities: []\n`;
    const { sidecar } = readSidecar(source);
    assert.deepEqual(sidecar!.relations, [R1]);
    const written = writeSidecar({ ...sidecar!, relations: [R2] });
    assert.equal(written, `version: 1\nstatus: open\nrelations:\n${LINE2}\nentities: []\n`);
  });

  it('leave no list when the last of them goes, but the comments below', () => {
    const frame = framed(['relations: # c1', '  # c2', LINE1, '  # c3', 'mine: 1']);
    assert.deepEqual(putRecords(frame, { relations: [] }).tail, ['  # c3', 'mine: 1']);
    assert.equal(putRecords(frame, {}), frame, 'nothing is said of them');
    assert.deepEqual(putRecords(framed([]), { relations: [] }).tail, []);
  });

  it('are read without yaml where all below the entities is as it is written', () => {
    const cases: [tail: string[], isCanonical: boolean][] = [
      [[], true],
      [['relations:', LINE1], true],
      [['relations:', LINE1, 'carried:', '  tei: x'], true],
      [['relations:', LINE1, 'mine: 1'], false],
      [['relations:', LINE1.replace('{', '{ ')], false],
      [['carried:', '  tei:  x'], false],
    ];
    for (const [tail, isCanonical] of cases) assert.equal(isTailCanonical(framed(tail)), isCanonical);
    assert.equal(isTailCanonical(framed([], ['version: 1', 'relations:', LINE1])), false);
  });
});
