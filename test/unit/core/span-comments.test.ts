import assert from 'node:assert/strict';
import { problemsOf } from '../../../src/core/article-problems.ts';
import { readEdits } from '../../../src/core/model/edit.ts';
import { mergeAnnotations } from '../../../src/core/model/merge.ts';
import type { Annotations, Comment, SpanComment } from '../../../src/core/model/records.ts';
import { carrier, carryAnnotations, placeAnnotations } from '../../../src/core/place.ts';
import { composeSidecar } from '../../../src/core/sidecar/compose.ts';
import { mergeSidecars, NO_TEXT } from '../../../src/core/sidecar/merge.ts';
import { readSidecar } from '../../../src/core/sidecar/read.ts';
import { malformedItems } from '../../../src/core/sidecar/record-lines.ts';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar.ts';
import { writeSidecar } from '../../../src/core/sidecar/write.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { entity } from './arbitraries.ts';

const TEXT = 'Ada met Bob in Rome. Bob left.';
const thread = [{ by: 'ada', text: 'Why?' }];
const rome: SpanComment = { id: 'k1', start: 15, end: 19, text: 'Rome', thread };
const of = (...comments: Comment[]): Annotations => ({ status: 'open', entities: [], comments });
const ABOUT = { article: 'a.txt', textHash: 'sha256:1', frame: NEW_FRAME };
const sidecarOf = (annotations: Annotations, textHash = 'sha256:1'): Sidecar => ({
  ...annotations,
  ...ABOUT,
  textHash,
});

describe('a comment on a span', () => {
  it('is written in one line, as an entity is, and is read from it', () => {
    const comments: Comment[] = [
      { ...rome, before: 'in ', after: '.', broken: true },
      { id: 'k2', about: 'a2b3c4', thread },
    ];
    const written = writeSidecar(sidecarOf({ ...of(...comments), entities: [entity()] }));
    assert.deepEqual(written.split('\n').slice(-4), [
      'comments:',
      '  - {id: k1, start: 15, end: 19, text: Rome, before: "in ", after: ".", to_place: true, thread: [{by: ada, text: "Why?"}]}',
      '  - {id: k2, about: a2b3c4, thread: [{by: ada, text: "Why?"}]}',
      '',
    ]);
    assert.deepEqual(readSidecar(written).sidecar!.comments, comments);
  });

  const malformed: [what: string, pairs: string][] = [
    ['no end', 'start: 0, text: Ada'],
    ['no start', 'end: 3, text: Ada'],
    ['no text', 'start: 0, end: 3'],
    ['an end before its start', 'start: 3, end: 2, text: Ada'],
    ['a start below nothing', 'start: -1, end: 2, text: Ada'],
    ['a start that is no number of characters', 'start: 0.5, end: 2, text: Ada'],
    ['a text that is a number', 'start: 0, end: 2, text: 12'],
    ['a place that is said to be known by a word', 'start: 0, end: 3, text: Ada, to_place: "no"'],
    ['a record that it is about, too', 'about: a2b3c4, start: 0, end: 3, text: Ada'],
    ['a record that it is about, and a text', 'about: a2b3c4, text: Ada'],
  ];
  for (const [what, pairs] of malformed)
    it(`is none with ${what}, and stays as it is`, () => {
      const line = `  - {id: k1, ${pairs}, thread: []}`;
      const source = `version: 1\nentities: []\ncomments:\n${line}\n`;
      const { sidecar } = readSidecar(source);
      assert.deepEqual([sidecar!.comments, malformedItems(sidecar!.frame)], [[], [['comments', 1]]]);
      assert.ok(writeSidecar({ ...sidecar!, comments: [rome] }).includes(line));
    });

  it('is about an empty span where nothing is left of its text', () => {
    const line = '  - {id: k1, start: 3, end: 3, text: Rome, thread: []}';
    const { sidecar } = readSidecar(`version: 1\nentities: []\ncomments:\n${line}\n`);
    assert.deepEqual(sidecar!.comments, [{ id: 'k1', start: 3, end: 3, text: 'Rome', thread: [] }]);
  });

  it('is looked for where the article is another, and stays, to place, where it is not found', () => {
    const lost = { ...rome, id: 'k2', text: 'Paris' };
    const onRecord = { id: 'k3', about: 'a2b3c4', thread };
    const ada = entity({ id: 'a2b3c4', start: 0, end: 3, text: 'Ada' });
    const layer = sidecarOf({ status: 'done', entities: [ada], comments: [rome, lost, onRecord] });
    const now = new TextIndex(`Well: ${TEXT}`);
    for (const origin of ['another', new TextIndex(TEXT)] as const) {
      const { annotations, moved } = placeAnnotations(layer, now, origin);
      assert.deepEqual(annotations, {
        status: 'done',
        entities: [{ ...ada, start: 6, end: 9 }],
        comments: [{ ...rome, start: 21, end: 25 }, { ...lost, broken: true }, onRecord],
      });
      assert.equal(moved, 1, 'of the entities');
    }
    const [same] = placeAnnotations(of(lost), new TextIndex(TEXT), 'same').annotations.comments!;
    assert.deepEqual(same, { ...lost, broken: true });
  });

  it('moves no entity by being there', () => {
    const bob = entity({ id: 'a2b3c4', start: 9, end: 12, text: 'Bob' });
    const notes = [3, 5].map((start) => ({ ...rome, id: `k${start}`, start, end: start + 4 }));
    const index = new TextIndex(TEXT);
    const { entities } = placeAnnotations({ status: 'open', entities: [bob] }, index, 'another').annotations;
    const beside = placeAnnotations({ ...of(...notes), entities: [bob] }, index, 'another').annotations;
    assert.deepEqual(beside.entities, entities);
  });

  it('keeps its former text where that is deleted', () => {
    const [before, after] = [new TextIndex(TEXT), new TextIndex('Ada met Bob in . Bob left.')];
    const carried = carryAnnotations(of(rome), carrier(before, after));
    assert.deepEqual(carried.comments, [{ ...rome, end: 15, broken: true }]);
    // Who reads that sees that the text is not there: it need not be said.
    const composed = composeSidecar(carried, after, ABOUT);
    assert.deepEqual(composed.comments, [{ ...rome, end: 15 }]);
    assert.deepEqual(placeAnnotations(composed, after, 'same').annotations, carried);
  });

  it('is said to be to place where its text stands there by chance, until it is placed', () => {
    const index = new TextIndex(TEXT);
    const byChance = of({ ...rome, broken: true });
    const composed = composeSidecar(byChance, index, ABOUT);
    assert.deepEqual(composed.comments, byChance.comments);
    const elsewhere = of({ ...rome, start: 0, end: 4, broken: true });
    assert.deepEqual(composeSidecar(elsewhere, index, ABOUT).comments, [{ ...rome, start: 0, end: 4 }]);
    const again = composeSidecar(elsewhere, index, ABOUT, sidecarOf(elsewhere));
    assert.deepEqual(again.comments, elsewhere.comments, 'as it was said before');
  });

  it('has what stands around it now', () => {
    const inOther = of({ ...rome, before: 'to ', after: '!' });
    const composed = composeSidecar(inOther, new TextIndex(TEXT), ABOUT);
    assert.deepEqual(composed.comments, [{ ...rome, before: 'in ', after: '.' }]);
  });

  it('is a problem of the sidecar where its text is not there', () => {
    const lost: SpanComment = { ...rome, text: 'Paris', broken: true };
    const source = writeSidecar(sidecarOf(of(lost, { id: 'k2', about: 'gone', thread: [] })));
    const index = new TextIndex(TEXT);
    const { sidecar, problems } = readSidecar(source);
    const read = { article: 'a.txt', sidecarName: 'a.ann.yaml', index, source, sidecar, problems };
    const facts = { isUtf8: true, isStale: false, isSameText: true, isOtherGone: false, moved: 0 };
    const ways = { hasLabel: () => true, otherArticle: undefined };
    const found = problemsOf({ ...read, ...facts, ...ways, entities: [], comments: sidecar!.comments });
    assert.deepEqual(
      found.sidecar.map(({ code, start16, values }) => [code, source.slice(start16, start16 + 7), values.id]),
      [
        ['comment-not-found', '{id: k1', 'k1'],
        ['reference-unknown', '{id: k2', 'k2'],
      ],
    );
  });

  it('that was kept as an edit is one only with all that says where it is', () => {
    const edits = (record: object) => [{ kind: 'add', of: 'comments', record }];
    for (const record of [rome, { id: 'k2', about: 'a2b3c4', thread }])
      assert.deepEqual(readEdits(edits(record)), edits(record));
    for (const broken of [
      { ...rome, text: undefined },
      { ...rome, end: '19' },
      { ...rome, id: 1 },
    ])
      assert.equal(readEdits(edits(broken)), undefined);
  });
});

describe('comments on spans that two sides have changed', () => {
  const moved = { ...rome, start: 21, end: 25 };
  const shrunk = { ...rome, end: 17, text: 'Ro' };
  const answered = { ...rome, thread: [...thread, { by: 'bo', text: 'So.' }] };
  const around = (before: string) => ({ ...rome, before, after: '.' });
  const onRecord: Comment = { id: 'k1', about: 'a2b3c4', thread };
  const cases: [
    what: string,
    base: Comment | undefined,
    ours: Comment | undefined,
    theirs: Comment | undefined,
    merged: Comment | undefined,
    lost?: Comment,
  ][] = [
    ['are where one side has put them', rome, moved, rome, moved],
    ['have the place of one and the answer of the other', rome, moved, answered, { ...answered, start: 21, end: 25 }],
    ['are at the place that is known', rome, { ...rome, start: 3, end: 7, broken: true }, moved, moved],
    ['are at one place where neither is known', rome, { ...rome, start: 3, end: 7, broken: true }, { ...rome, start: 9, end: 13, broken: true }, { ...rome, start: 9, end: 13, broken: true }],
    ['are as one side has them where both have put them elsewhere, and the other is lost', rome, shrunk, moved, shrunk, moved],
    ['go where one side deletes what the other only has elsewhere', rome, undefined, moved, undefined],
    ['stay where one side deletes what the other answers', rome, undefined, answered, answered],
    ['stay where one side deletes what the other puts on a record', rome, undefined, onRecord, onRecord],
    ['stay where one side deletes what the other puts on another text', rome, undefined, shrunk, shrunk],
    ['differ in nothing where only what stands around does', rome, around('in '), around('to '), around('in ')],
    ['are about a span or a record, never both', rome, onRecord, moved, onRecord, moved],
    ['are as one side has added them where both have the id', undefined, around('in '), { ...moved, thread: [] }, around('in '), { ...moved, thread: [] }],
  ]; // prettier-ignore
  const entities = [entity()];
  const state = (comment: Comment | undefined): Annotations => ({
    ...of(...(comment ? [comment] : [])),
    entities,
  });
  for (const [what, base, ours, theirs, merged, lost] of cases)
    it(what, () => {
      for (const [one, other] of [
        [ours, theirs],
        [theirs, ours],
      ]) {
        const result = mergeAnnotations(state(base), state(one), state(other));
        assert.deepEqual(result.annotations.comments, state(merged).comments);
        assert.deepEqual(result.lost, lost ? [{ kind: 'comments', record: lost }] : []);
        const again = mergeAnnotations(result.annotations, result.annotations, result.annotations);
        assert.deepEqual(again.annotations, result.annotations);
      }
    });

  it('follow into the text of the side whose article changed', () => {
    const ada = entity({ start: 0, end: 3, text: 'Ada' });
    const base = sidecarOf({ ...of(rome), entities: [ada] });
    const ours = {
      ...base,
      textHash: 'sha256:2',
      entities: [{ ...ada, start: 6, end: 9 }],
      comments: [moved],
    };
    const added: SpanComment = { id: 'k2', start: 8, end: 11, text: 'Bob', thread };
    const theirs = { ...base, comments: [answered, added] };
    for (const [one, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const { sidecar } = mergeSidecars(base, one, other);
      const [first, second] = sidecar.comments as readonly SpanComment[];
      assert.deepEqual(first, { ...answered, start: 21, end: 25 });
      assert.deepEqual([second!.id, second!.start], ['k2', 14], 'as its neighbour');
      assert.equal(sidecar.textHash, NO_TEXT, 'it was not seen there');
    }
    const { sidecar } = mergeSidecars(base, ours, { ...base, comments: [answered] });
    assert.equal(sidecar.textHash, 'sha256:2', 'all is where that sidecar has it');
  });
});
