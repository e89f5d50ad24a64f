import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffAnnotations } from '../../../../src/core/model/diff.ts';
import { withDependents } from '../../../../src/core/model/dependents.ts';
import { applyEdits, invertEdits, readEdits, type Edit } from '../../../../src/core/model/edit.ts';
import { compareEntities } from '../../../../src/core/model/entity.ts';
import { mergeAnnotations } from '../../../../src/core/model/merge.ts';
import { findObstacles } from '../../../../src/core/model/obstacles.ts';
import {
  idsOf,
  KINDS,
  mapReferences,
  OTHER_KINDS,
  recordsOf,
  type Annotations,
} from '../../../../src/core/model/records.ts';
import { readSidecar } from '../../../../src/core/sidecar/read.ts';
import { NEW_FRAME } from '../../../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../../../src/core/sidecar/write.ts';
import { annotationsOf, danglingIn, someEdits } from './generate.ts';

const NONE: Annotations = { status: 'open', entities: [] };

/** Lists that are not said are empty ones. */
function whole(annotations: Annotations) {
  const lists = KINDS.map((kind) => [kind, recordsOf(annotations, kind)]);
  return { status: annotations.status, ...Object.fromEntries(lists) } as Annotations;
}

describe('annotations of all kinds', () => {
  it('are as before once edits are taken back, with what went along', () => {
    fc.assert(
      fc.property(annotationsOf(), fc.infiniteStream(fc.nat()), (before, numbers) => {
        const edits = withDependents(before, someEdits(before, numbers));
        const after = applyEdits(before, edits);
        assert.deepEqual(danglingIn(after), []);
        assert.deepEqual(findObstacles(after, invertEdits(edits)), []);
        assert.deepEqual(whole(applyEdits(after, invertEdits(edits))), whole(before));
        assert.deepEqual(readEdits(JSON.parse(JSON.stringify(edits))), JSON.parse(JSON.stringify(edits)));
      }),
      { numRuns: 300 },
    );
  });

  it('become those of another state by the difference of the two', () => {
    fc.assert(
      fc.property(annotationsOf(), annotationsOf(), (before, after) => {
        const got = applyEdits(before, diffAnnotations(before, after));
        for (const kind of KINDS) {
          const sorted = (one: Annotations) =>
            [...recordsOf(one, kind)].sort((a, b) => (a.id < b.id ? -1 : 1));
          assert.deepEqual(sorted(got), sorted(after));
        }
        assert.equal(got.status, after.status);
      }),
      { numRuns: 300 },
    );
  });

  it('merge the same whichever side is which, and never name what is not there', () => {
    fc.assert(
      fc.property(
        annotationsOf(),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.nat()),
        (base, some, others) => {
          const [ours, theirs] = [some, others].map((numbers) =>
            applyEdits(base, withDependents(base, someEdits(base, numbers))),
          ) as [Annotations, Annotations];
          const { annotations, lost } = mergeAnnotations(base, ours, theirs);
          assert.deepEqual(danglingIn(annotations), []);
          const turned = mergeAnnotations(base, theirs, ours);
          assert.deepEqual([turned.annotations, turned.lost], [annotations, lost]);
          assert.deepEqual(whole(mergeAnnotations(base, ours, ours).annotations), whole(ours));
          assert.deepEqual(whole(mergeAnnotations(base, base, theirs).annotations), whole(theirs));
          const again = mergeAnnotations(annotations, annotations, annotations);
          assert.deepEqual(whole(again.annotations), whole(annotations));
          // Nothing that a side has made is gone without a word: it is there, or lost, or a twin of what is there.
          const ids = new Set([...idsOf(annotations), ...lost.map(({ record }) => record.id)]);
          const were = idsOf(base);
          for (const side of [ours, theirs])
            for (const kind of OTHER_KINDS)
              for (const record of recordsOf(side, kind))
                if (!were.has(record.id) && !ids.has(record.id))
                  assert.ok(recordsOf(annotations, kind).some((one) => isTwin(one, record)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are read as they were written', () => {
    fc.assert(
      fc.property(annotationsOf(), (annotations) => {
        const frame = { ...NEW_FRAME, tail: ['# mine', 'notes: kept'] };
        const about = { article: 'a.txt', textHash: `sha256:${'0'.repeat(64)}`, frame };
        const written = writeSidecar({ ...annotations, ...about });
        const { sidecar, problems } = readSidecar(written);
        assert.deepEqual(problems, []);
        for (const kind of KINDS)
          assert.deepEqual(
            JSON.parse(JSON.stringify(recordsOf(sidecar!, kind))),
            JSON.parse(JSON.stringify(recordsOf(annotations, kind))),
          );
        assert.equal(writeSidecar(sidecar!), written);
      }),
      { numRuns: 200 },
    );
  });
});

function isTwin(one: object, other: object): boolean {
  const content = (record: object) => JSON.stringify({ ...record, id: undefined }).replace(/"[a-z]\d+"/g, '');
  return content(one) === content(other);
}

describe('a record that goes', () => {
  const entities = ['aaaaaa', 'bbbbbb', 'cccccc']
    .map((id, i) => ({ id, label: 'PER', start: i, end: i + 1, text: 'x' }))
    .sort(compareEntities);
  const annotations: Annotations = {
    ...NONE,
    entities,
    relations: [
      { id: 'r1', label: 'met', from: 'bbbbbb', to: 'cccccc' },
      { id: 'r2', label: 'met', from: 'aaaaaa', to: 'bbbbbb' },
      { id: 'r3', label: 'met', from: 'bbbbbb', to: 'cccccc' },
    ],
    events: [
      {
        id: 'e1',
        label: 'Meeting',
        trigger: 'bbbbbb',
        roles: { Who: ['aaaaaa', 'cccccc'], Where: ['aaaaaa'] },
      },
      { id: 'e2', label: 'Report', trigger: 'aaaaaa', roles: { Of: ['e1'] } },
    ],
    chains: [
      { id: 'c1', mentions: ['aaaaaa', 'bbbbbb'] },
      { id: 'c2', mentions: ['aaaaaa'] },
    ],
    comments: [
      { id: 'k1', about: 'r2', thread: [{ text: 'Sure?' }] },
      { id: 'k2', about: 'r3', thread: [{ text: 'Yes.' }] },
    ],
  };
  const removal: Edit[] = [{ kind: 'remove', of: 'entities', record: entities[0]! }];

  it('takes with it, as one step, what is nothing without it, and comes back with that, where it was', () => {
    const edits = withDependents(annotations, removal);
    assert.deepEqual(whole(applyEdits(annotations, edits)), {
      status: 'open',
      entities: entities.slice(1),
      relations: [annotations.relations![0], annotations.relations![2]],
      events: [{ id: 'e1', label: 'Meeting', trigger: 'bbbbbb', roles: { Who: ['cccccc'] } }],
      chains: [{ id: 'c1', mentions: ['bbbbbb'] }],
      comments: [annotations.comments![1]],
    });
    assert.deepEqual(applyEdits(applyEdits(annotations, edits), invertEdits(edits)), annotations);
  });

  it('stays where another writer has made something of it since', () => {
    const [, ...others] = annotations.relations!;
    const before = { ...NONE, entities, relations: others.slice(1) };
    const edits = withDependents(before, removal);
    assert.deepEqual(findObstacles(before, edits), []);
    assert.deepEqual(findObstacles({ ...before, relations: others }, edits), ['changed']);
  });

  it('says where in its list it was, after what the same step adds and takes out before it', () => {
    const [first, second, third] = annotations.relations!;
    const added = { ...first!, id: 'r0' };
    const edits = withDependents(annotations, [
      { kind: 'add', of: 'relations', record: added, at: 0 },
      { kind: 'remove', of: 'relations', record: first! },
      { kind: 'remove', of: 'relations', record: third! },
    ]);
    const places = edits.map((edit) => (edit.kind === 'remove' && edit.of === 'relations' ? edit.at : -1));
    assert.deepEqual(places.slice(0, 3), [-1, 1, 2]);
    // The comment on what went goes, too.
    assert.deepEqual(edits.slice(3), [
      { kind: 'remove', of: 'comments', record: annotations.comments![1]!, at: 1 },
    ]);
    const after = applyEdits(annotations, edits);
    assert.deepEqual(after.relations, [added, second]);
    assert.deepEqual(applyEdits(after, invertEdits(edits)), annotations);
  });

  it('and comes back in the same step is no obstacle to what names it', () => {
    const [entity] = entities;
    const again = { ...entity!, label: 'ORG' };
    const edits: Edit[] = [...removal, { kind: 'add', of: 'entities', record: again }];
    assert.deepEqual(findObstacles(annotations, edits), []);
    assert.deepEqual(findObstacles(annotations, removal), [
      'changed',
      'changed',
      'changed',
      'changed',
      'changed',
    ]);
    const twice: Edit[] = [...edits, { kind: 'add', of: 'entities', record: again }];
    assert.deepEqual(findObstacles(annotations, twice), ['there']);
  });

  it('names other records by one function, which follows ids that change', () => {
    const rename = (id: string) => (id === 'aaaaaa' ? 'bbbbbb' : id);
    assert.deepEqual(
      annotations.events!.map((event) => mapReferences('events', event, rename)),
      [
        { ...annotations.events![0], roles: { Who: ['bbbbbb', 'cccccc'], Where: ['bbbbbb'] } },
        { ...annotations.events![1], trigger: 'bbbbbb' },
      ],
    );
    assert.deepEqual(mapReferences('chains', annotations.chains![0]!, rename), {
      id: 'c1',
      mentions: ['bbbbbb'],
    });
    const [first] = annotations.relations!;
    assert.equal(mapReferences('relations', first!, rename), first);
  });

  it('is read from what a version that knew entities alone kept of it', () => {
    const [entity] = entities;
    const old = [
      { kind: 'add', entity },
      { kind: 'change', before: entity, after: { ...entity, label: 'ORG' } },
      { kind: 'status', before: 'open', after: 'done' },
    ];
    assert.deepEqual(readEdits(old), [
      { kind: 'add', of: 'entities', record: entity },
      { kind: 'change', of: 'entities', before: entity, after: { ...entity, label: 'ORG' } },
      { kind: 'status', before: 'open', after: 'done' },
    ]);
    assert.equal(readEdits([...old, { kind: 'add', of: 'entities', record: { id: 1 } }]), undefined);
    assert.equal(readEdits([{ kind: 'add', of: 'things', record: entity }]), undefined);
  });
});
