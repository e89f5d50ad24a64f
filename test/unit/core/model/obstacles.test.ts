import assert from 'node:assert/strict';
import { withDependents } from '../../../../src/core/model/dependents.ts';
import { adding, changing, removing, type Edit } from '../../../../src/core/model/edit.ts';
import { findObstacles } from '../../../../src/core/model/obstacles.ts';
import type { Annotations } from '../../../../src/core/model/records.ts';
import { entity } from '../arbitraries.ts';

const ROME = entity({ id: 'aaaaaa', label: 'GPE', text: 'Rome' });
const OSLO = entity({ id: 'bbbbbb', label: 'GPE', text: 'Oslo', start: 5, end: 9 });
const MET = { id: 'r1', label: 'met', from: 'aaaaaa', to: 'bbbbbb' };
const SAW = { ...MET, id: 'r2', label: 'saw' };
const withThem = (more: Partial<Annotations>): Annotations => ({
  status: 'open',
  entities: [ROME, OSLO],
  ...more,
});
const relabelled = { ...ROME, label: 'LOC' };
const done: Edit = { kind: 'status', before: 'open', after: 'done' };
const reopened: Edit = { kind: 'status', before: 'done', after: 'open' };

describe('what stands against an edit', () => {
  const now = (rome: object) => withThem({ entities: [{ ...ROME, ...rome }, OSLO] });
  const NOTHING: string[] = [];
  const cases: [what: string, now: Annotations, edits: Edit[], obstacles: string[]][] = [
    ['nothing, of a status that is as it was', withThem({}), [done, reopened, done], NOTHING], // prettier-ignore
    ['a status that is another', withThem({ status: 'done' }), [done], ['changed']], // prettier-ignore
    ['a status that an edit before it made', withThem({}), [done, done], ['changed']], // prettier-ignore
    ['a record that is there', withThem({}), [adding(ROME)], ['there']], // prettier-ignore
    ['nothing, of a record that went before', withThem({}), [removing(ROME), adding(ROME)], NOTHING], // prettier-ignore
    ['a record that an edit before it added', withThem({ entities: [] }), [adding(ROME), adding(ROME)], ['there']], // prettier-ignore
    ['that what it removes is gone', withThem({ entities: [OSLO] }), [removing(ROME)], ['gone']], // prettier-ignore
    ['that what it changes is gone', withThem({ entities: [] }), [changing(ROME, relabelled)], ['gone']], // prettier-ignore
    ['that an edit before it removed it', withThem({}), [removing(ROME), changing(ROME, relabelled)], ['gone']], // prettier-ignore
    ['another value of the field that it changes', now({ label: 'ORG' }), [changing(ROME, relabelled)], ['changed']], // prettier-ignore
    ['another place of what it moves', now({ start: 1 }), [changing(ROME, { ...ROME, start: 2 })], ['changed']], // prettier-ignore
    ['nothing, of a field that it does not change', now({ note: 'n' }), [changing(ROME, relabelled)], NOTHING], // prettier-ignore
    ['nothing, of what follows from the place', now({ text: 'Roma', before: 'x', after: 'y', broken: true }), [changing(ROME, { ...ROME, text: 'ROME' })], NOTHING], // prettier-ignore
    ['nothing, of what an edit before it changed', withThem({}), [changing(ROME, relabelled), changing(relabelled, { ...ROME, label: 'FAC' })], NOTHING], // prettier-ignore
    ['a value that an edit before it changed', withThem({}), [changing(ROME, relabelled), changing(ROME, relabelled)], ['changed']], // prettier-ignore
    ['what another wrote on what it removes', now({ note: 'n' }), [removing(ROME)], ['changed']], // prettier-ignore
    ['what another took from what it removes', withThem({}), [removing({ ...ROME, note: 'n' })], ['changed']], // prettier-ignore
    ['nothing, where the text moved what it removes', now({ start: 1, end: 6, text: 'Roma', parts: [[1, 2], [3, 6]], before: '', after: 'y', broken: true }), [removing(ROME)], NOTHING], // prettier-ignore
    ['nothing, of what is said and not so', now({ reviewed: false, note: '' }), [removing(ROME)], NOTHING], // prettier-ignore
    ['that another names what it removes', withThem({ relations: [MET] }), [removing(ROME)], ['changed']], // prettier-ignore
    ['that another names what it removes beside other edits', withThem({ relations: [MET] }), [done, changing(OSLO, { ...OSLO, note: 'n' }), removing(ROME)], ['changed']], // prettier-ignore
    ['nothing, where another names what stays', withThem({ relations: [{ ...MET, from: 'bbbbbb' }] }), [removing(ROME)], NOTHING], // prettier-ignore
    ['nothing, where another names what was never there', withThem({ entities: [ROME], relations: [{ ...MET, from: 'cccccc' }] }), [removing(ROME)], NOTHING], // prettier-ignore
    ['no more than that it is gone, where another names it', withThem({ relations: [MET], entities: [OSLO] }), [removing(ROME)], ['gone']], // prettier-ignore
  ];
  for (const [what, annotations, edits, obstacles] of cases)
    it(`is ${what}`, () => assert.deepEqual(findObstacles(annotations, edits), obstacles));
});

describe('the place of a record that goes', () => {
  const remove = (record: typeof MET, at?: number): Edit => ({ kind: 'remove', of: 'relations', record, ...(at !== undefined && { at }) }); // prettier-ignore
  const both = withThem({ relations: [MET, SAW] });

  it('is said of what is in a list, and was not said', () => {
    assert.deepEqual(withDependents(both, [remove(SAW)]), [remove(SAW, 1)]);
    assert.deepEqual(withDependents(both, [remove(SAW), remove(MET)]), [remove(SAW, 1), remove(MET, 0)]);
    assert.deepEqual(withDependents(both, [remove(MET), remove(SAW)]), [remove(MET, 0), remove(SAW, 0)]);
  });

  it('is counted with what the same step adds, at the end where it says no place', () => {
    const third = { ...MET, id: 'r3' };
    const added: Edit = { kind: 'add', of: 'relations', record: third };
    assert.deepEqual(withDependents(both, [added, remove(third)]), [added, remove(third, 2)]);
    const first: Edit = { ...added, at: 0 };
    assert.deepEqual(withDependents(both, [first, remove(SAW)]), [first, remove(SAW, 2)]);
  });

  it('is not said of what is not there, nor of an entity, which has its order', () => {
    assert.deepEqual(withDependents(withThem({}), [remove(MET)]), [remove(MET)]);
    assert.deepEqual(withDependents(withThem({}), [removing(ROME)]), [removing(ROME)]);
  });

  it('leaves edits that remove nothing as they are', () => {
    const edits = [changing(ROME, relabelled), done];
    assert.equal(withDependents(both, edits), edits);
  });

  it('is said of all that hangs on what hangs on it', () => {
    const about = { id: 'k1', about: 'r1', thread: [] };
    const chain = { id: 'c1', mentions: ['aaaaaa', 'bbbbbb'] };
    const all = withThem({ relations: [SAW, MET].map((one, i) => ({ ...one, to: i ? 'bbbbbb' : 'aaaaaa' })), chains: [chain], comments: [about] }); // prettier-ignore
    const edits = withDependents(all, [done, removing(OSLO)]);
    assert.deepEqual(edits, [
      done,
      removing(OSLO),
      remove(MET, 1),
      { kind: 'change', of: 'chains', before: chain, after: { ...chain, mentions: ['aaaaaa'] } },
      { kind: 'remove', of: 'comments', record: about, at: 0 },
    ]);
  });
});
