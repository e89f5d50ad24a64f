import assert from 'node:assert/strict';
import fc from 'fast-check';
import { doccano } from '../../../src/formats/doccano';
import { recognize } from '../../../src/formats';
import { documents, essence, withoutTwins } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const TEXT = 'EU rejects German call 😀 to Rome.';
const TUPLES = [
  [0, 2, 'ORG'],
  [11, 17, 'MISC'],
  [29, 33, 'GPE'],
];
const ENTITIES = ['ORG [0, 2) "EU"', 'MISC [11, 17) "German"', 'GPE [28, 32) "Rome"'];
const RELATIONAL = {
  id: 12,
  text: 'Google was founded by Larry Page.',
  source: 'wiki',
  entities: [
    { id: 5, label: 'ORG', start_offset: 0, end_offset: 6 },
    { id: 9, label: 'PERSON', start_offset: 22, end_offset: 32 },
  ],
  relations: [{ id: 3, from_id: 5, to_id: 9, type: 'foundedBy' }],
  Comments: ['looks good'],
};
const line = (value: unknown) => JSON.stringify(value) + '\n';
const read = (content: string, options = {}) =>
  parse(doccano, { 'x/all.jsonl': content }, undefined, options);

describe('doccano JSONL', () => {
  const RECORDS: readonly [what: string, record: unknown][] = [
    ['as it exports them', { id: 7, text: TEXT, page: 3, label: TUPLES, Comments: [] }],
    ['as it imports them', { text: TEXT, label: TUPLES }],
    ['of older versions', { id: 7, text: TEXT, meta: { a: 1 }, annotation_approver: null, labels: TUPLES }],
    ['with another name of the text', { data: TEXT, label: TUPLES, cats: ['x'] }],
  ];
  for (const [what, record] of RECORDS)
    it(`${what} are read, and written as they were`, async () => {
      const { documents: all, notes } = await read(line(record));
      assert.deepEqual(all.map(shown), [ENTITIES]);
      assert.deepEqual(notes, []);
      assert.equal((await serialize(doccano, all)).files[''], line(record));
      assert.equal(recognize('a.jsonl', line(record))[0]?.id, 'doccano');
    });

  describe('of old versions, whose labels are numbers', () => {
    const old = (label: unknown, start_offset: number, end_offset: number) => ({
      label,
      start_offset,
      end_offset,
      user: 1,
    });
    const record = {
      id: 7,
      text: TEXT,
      annotations: [old(1, 0, 2), old(2, 29, 33), old(1, 11, 17)],
      meta: {},
    };

    it('are kept, and told with the way to name them', async () => {
      const { documents: all, notes } = await read(line(record));
      assert.deepEqual(shown(all[0]!), []);
      assert.deepEqual(
        notes.map(({ kind, code, line: at, values }) => [kind, code, at, values?.count, values?.option]),
        [['changed', 'annotations-unread', 1, '3', '--label-names 1=NAME,2=NAME']],
      );
      assert.match(
        (await serialize(doccano, all)).files['']!,
        /"annotations":\[\{"label":1,"start_offset":0/,
      );
    });

    it('are read where they are named, the others kept', async () => {
      const { documents: all, notes } = await read(line(record), { 'label-names': '1=ORG, 02 = GPE' });
      assert.deepEqual(shown(all[0]!), ['ORG [0, 2) "EU"', 'ORG [11, 17) "German"', 'GPE [28, 32) "Rome"']);
      assert.deepEqual(all[0]!.entities[0]!.attributes, { user: 1 });
      assert.deepEqual(notes, []);
      const { files } = await serialize(doccano, all);
      const again = await read(files['']!);
      assert.deepEqual([again.documents.map(shown), again.notes], [all.map(shown), []]);

      const some = await read(line(record), { 'label-names': '2=GPE' });
      assert.deepEqual(shown(some.documents[0]!), ['GPE [28, 32) "Rome"']);
      assert.deepEqual(some.notes[0]!.values!.option, '--label-names 1=NAME');
      const { files: left } = await serialize(doccano, some.documents);
      assert.match(left['']!, /"annotations":\[[^\]]*"end_offset":17/);
      assert.doesNotMatch(left['']!, /"label":2/);
    });

    it('are read where a label is a text', async () => {
      const { documents: all } = await read(line({ text: TEXT, annotations: [old('ORG', 0, 2)], label: [] }));
      assert.deepEqual(shown(all[0]!), ['ORG [0, 2) "EU"']);
    });

    it('need names of that form', async () => {
      for (const names of ['PER', '1=', '=PER', '1=PER,'])
        await assert.rejects(read(line(record), { 'label-names': names }), { code: 'option-unknown' });
    });
  });

  it('with relations', async () => {
    const { documents: all, notes } = await read(line(RELATIONAL));
    assert.deepEqual(notes, []);
    assert.equal(all[0]!.name, 'x/all/12');
    assert.deepEqual(shown(all[0]!), ['ORG [0, 6) "Google"', 'PERSON [22, 32) "Larry Page"']);
    assert.deepEqual(
      all[0]!.relations.map(({ label, externalId }) => [label, externalId]),
      [['foundedBy', '3']],
    );
    assert.equal((await serialize(doccano, all)).files[''], line(RELATIONAL));
    assert.equal(recognize('a.jsonl', line(RELATIONAL))[0]?.id, 'doccano');
    const flat = await serialize(doccano, all, { options: { shape: 'label' } });
    assert.deepEqual(told(flat.notes), ['lost relation [0, 6)']);
  });

  it('in the unit that is chosen', async () => {
    const text = '👩‍👩‍👧 e\u0301 \r\nAda';
    const document = marked('n', `👩‍👩‍👧 e\u0301 \r\n[PER Ada]`);
    const CASES = [
      ['utf-16', 14],
      ['code-points', 11],
      ['graphemes', 5],
    ] as const;
    for (const [offsets, start] of CASES) {
      const { files, notes } = await serialize(doccano, [document], { options: { offsets } });
      assert.equal(files[''], line({ text, label: [[start, start + 3, 'PER']], meta: { source: 'n' } }));
      assert.deepEqual(notes, []);
      const { documents: all, notes: found } = await read(files[''], { offsets });
      assert.deepEqual(all.map(shown), [shown(document)]);
      assert.deepEqual(found, []);
    }
    const inside = marked('n', '👩‍👩‍👧 e[X \u0301 a]');
    const { files, notes } = await serialize(doccano, [inside], { options: { offsets: 'graphemes' } });
    assert.match(files['']!, /\[2,5,"X"\]/);
    assert.deepEqual(told(notes), ['changed off-character [7, 10)']);
  });

  /** Text and spans, what they are read as, and what is told. */
  const PROOFS: readonly [what: string, text: string, ends: number[][], read: string[], notes: string[]][] = [
    [
      'an offset is within a character in UTF-16',
      'no 😀😀 Bob Smith',
      [[6, 9]],
      ['X [6, 9) "Bob"'],
      ['changed offsets-proved line 1'],
    ],
    [
      'one of several is, though another could be either',
      'Ann 😀😀 Bob',
      [
        [0, 3],
        [7, 10],
      ],
      ['X [0, 3) "Ann"', 'X [7, 10) "Bob"'],
      ['changed offsets-proved line 1'],
    ],
    [
      'in each unit one is wrong',
      '😀😀 Bob',
      [
        [3, 6],
        [5, 8],
      ],
      ['X [1, 4) "😀 B"', 'X [3, 6) "Bob"'],
      ['changed off-character [1, 4) line 1'],
    ],
    ['all units are possible', '😀 Bob', [[3, 6]], ['X [2, 5) "Bob"'], []],
    ['all units are the same', 'Bob', [[0, 4]], [], ['invalid span-outside line 1']],
  ];
  for (const [what, text, ends, entities, notes] of PROOFS)
    it(`are read in the unit that is proved: ${what}`, async () => {
      const label = ends.map(([start, end]) => [start, end, 'X']);
      const { documents: all, notes: found } = await read(line({ text, label }));
      assert.deepEqual(all.map(shown), [entities]);
      assert.deepEqual(told(found), notes);
    });

  it('are read as a person says, whatever is proved', async () => {
    const record = { text: 'no 😀😀 Bob Smith', label: [[6, 9, 'PER']] };
    const { documents: all, notes } = await read(line(record), { offsets: 'utf-16' });
    assert.deepEqual(all.map(shown), [['PER [4, 7) "😀 B"']]);
    assert.deepEqual(told(notes), ['changed offsets-doubtful line 1', 'changed off-character [4, 7) line 1']);
  });

  it('say which unit was proved', async () => {
    const { notes } = await read(
      line({ text: 'no 😀😀 Bob', entities: [{ id: 1, label: 'X', start_offset: 6, end_offset: 9 }] }),
    );
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values]),
      [['offsets-proved', { likely: 'code-points', unit: 'utf-16' }]],
    );
  });

  it('tell when the offsets seem to be of another unit, and are not mended', async () => {
    const record = {
      text: '😀 Ada met Bob',
      label: [
        [2, 5, 'PER'],
        [10, 13, 'PER'],
      ],
    };
    const { documents: all, notes } = await read(line(record));
    assert.deepEqual(all.map(shown), [['PER [1, 4) " Ad"', 'PER [9, 12) " Bo"']]);
    assert.deepEqual(told(notes), ['changed offsets-doubtful line 1']);
    assert.deepEqual(notes[0]!.values, { likely: 'code-points', unit: 'utf-16' });
    const right = await read(line(record), { offsets: 'code-points' });
    assert.deepEqual(
      [right.documents.map(shown), right.notes],
      [[['PER [2, 5) "Ada"', 'PER [10, 13) "Bob"']], []],
    );
    await assert.rejects(read(line(record), { offsets: 'bytes' }), { code: 'option-unknown' });
  });

  it('say what is wrong in them, and read on', async () => {
    const content = [
      line({
        ...RELATIONAL,
        entities: [...RELATIONAL.entities, RELATIONAL.entities[0], { id: {}, label: 7 }],
      }),
      line({ ...RELATIONAL, relations: [{ from_id: 5, to_id: 77, type: 'x' }, { from_id: 5 }, 7] }),
      line({ text: 'a', label: [[0, 2, 'X'], 7, [0]] }),
      line({ text: null }),
      line({ text: 'a', label: 'x' }),
      line({ text: 'a', label: ['positive'] }),
    ].join('');
    const { documents: all, notes } = await read(content);
    assert.deepEqual(
      all.map(({ entities }) => entities.length),
      [2, 2, 0, 0, 0],
    );
    assert.deepEqual(told([...notes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))), [
      'changed name-changed',
      'invalid duplicate line 1',
      'invalid value-malformed line 1',
      'invalid reference-missing line 2',
      'invalid value-malformed line 2',
      'invalid value-malformed line 2',
      'invalid span-outside line 3',
      'invalid value-malformed line 3',
      'invalid value-malformed line 3',
      'invalid line-malformed line 4',
      'invalid value-malformed line 5',
    ]);
    assert.equal((await serialize(doccano, [all[4]!])).files[''], line({ text: 'a', label: ['positive'] }));
  });

  it('come back from any document', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents({ relations: true }).map(withoutTwins),
        fc.constantFrom('utf-16', 'code-points'),
        async (document, offsets) => {
          const options = { shape: 'relations', offsets };
          const first = await serialize(doccano, [document], { options });
          assert.deepEqual(first.notes, []);
          const { documents: all } = await read(first.files['']!, { offsets });
          assert.equal(all[0]!.index.raw, document.index.raw);
          assert.equal(all[0]!.name, document.name);
          assert.deepEqual(essence(all[0]!), essence(document));
          const again = await serialize(doccano, all, { options: { offsets } });
          assert.equal(again.files[''], first.files['']);
        },
      ),
    );
  });
});
