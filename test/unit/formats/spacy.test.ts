import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spacy } from '../../../src/formats/spacy';
import { documents, essence, withoutTwins } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const jsonl = (...records: unknown[]) => records.map((record) => JSON.stringify(record) + '\n').join('');

/** What becomes of a file when it is read and written. */
const again = async (content: string, options: Record<string, string> = {}) => {
  const { documents: all } = await parse(spacy, { 'train.jsonl': content }, undefined, options);
  return (await serialize(spacy, all, { options })).files[''];
};

describe('spaCy training examples', () => {
  const TEXT = 'Ada met Bob in New York.';
  const ENTITIES = ['PERSON [0, 3) "Ada"', 'GPE [15, 23) "New York"'];
  const TUPLES = [
    [0, 3, 'PERSON'],
    [15, 23, 'GPE'],
  ];
  const SHAPES: readonly [shape: string, record: unknown][] = [
    ['entities', { text: TEXT, entities: TUPLES }],
    ['pairs', [TEXT, { entities: TUPLES }]],
    ['pairs with more', [TEXT, { cats: { A: 1 }, entities: TUPLES, meta: { source: 'a' } }]],
    ['pairs with spans', [TEXT, { spans: { sc: TUPLES } }]],
    ['spans', { text: TEXT, spans: { sc: TUPLES } }],
    ['spans and others', { text: TEXT, spans: { other: [[0, 1, 'X']], sc: TUPLES } }],
    ['both', { text: TEXT, entities: TUPLES, spans: { sc: TUPLES } }],
    [
      'dicts',
      {
        text: TEXT,
        spans: [
          { start: 0, end: 3, label: 'PERSON' },
          { start: 15, end: 23, label: 'GPE' },
        ],
      },
    ],
    [
      'dicts with texts and more',
      {
        text: TEXT,
        meta: { source: 'a/b', page: 3 },
        spans: [
          { text: 'Ada', start: 0, end: 3, label: 'PERSON', id: 7, score: 0.5 },
          { text: 'New York', start: 15, end: 23, label: 'GPE', kb_id: 'Q60', reviewed: true, note: 'n' },
        ],
        answer2: 'yes',
      },
    ],
  ];
  for (const [shape, record] of SHAPES)
    it(`in the shape of ${shape} are read, and written as they were`, async () => {
      const { documents: all, notes } = await parse(spacy, { 'x/train.jsonl': jsonl(record) });
      assert.deepEqual(all.map(shown), [ENTITIES]);
      assert.deepEqual(notes, []);
      assert.equal((await serialize(spacy, all)).files[''], jsonl(record));
    });

  it('are read from one JSON list, and from what NER Annotator saves', async () => {
    const list = [
      [TEXT, { entities: TUPLES }],
      ['Bob', { entities: [] }],
    ];
    for (const content of [
      JSON.stringify(list),
      JSON.stringify(list, undefined, 2),
      JSON.stringify({ classes: ['PERSON'], annotations: [...list, null] }),
    ]) {
      const { documents: all, notes } = await parse(spacy, { 'train.json': content });
      assert.deepEqual(
        all.map(({ name }) => name),
        ['train/0001', 'train/0002'],
      );
      assert.deepEqual(all.map(shown), [ENTITIES, []]);
      assert.deepEqual(notes, []);
    }
  });

  it('count code points, and a line ending of Windows as two', async () => {
    const record = {
      text: '😀\r\nAda 北京',
      entities: [
        [3, 6, 'PERSON'],
        [7, 9, 'GPE'],
      ],
    };
    const { documents: all } = await parse(spacy, { 'a.jsonl': jsonl(record) });
    assert.deepEqual(shown(all[0]!), ['PERSON [2, 5) "Ada"', 'GPE [6, 8) "北京"']);
    assert.equal(await again(jsonl(record)), jsonl(record));
  });

  it('keep overlap by the shape that was chosen', async () => {
    const document = marked('n/a', '[ORG the [GPE Rome] office]');
    const write = (shape: string) => serialize(spacy, [document], { options: { shape } });
    const meta = { source: 'n/a' };
    const text = 'the Rome office';
    const [all, flat] = [
      [
        [0, 15, 'ORG'],
        [4, 8, 'GPE'],
      ],
      [[0, 15, 'ORG']],
    ];
    const entities = await write('entities');
    assert.equal(entities.files[''], jsonl({ text, entities: flat, meta }));
    assert.deepEqual(told(entities.notes), ['lost overlap [4, 8)']);
    assert.equal((await write('pairs')).files[''], jsonl([text, { entities: flat, meta }]));
    const spans = await write('spans');
    assert.equal(spans.files[''], jsonl({ text, spans: { sc: all }, meta }));
    assert.deepEqual(spans.notes, []);
    const both = await write('both');
    assert.equal(both.files[''], jsonl({ text, entities: flat, spans: { sc: all }, meta }));
    assert.deepEqual(told(both.notes), ['changed span-grouped [4, 8)']);
    await assert.rejects(async () => write('x'), { code: 'option-unknown' });
  });

  it('are named as they say, within the corpus', async () => {
    const content = jsonl(
      { text: 'a', entities: [], meta: { source: '../b.txt' } },
      { text: 'b', entities: [], id: 7 },
      { text: 'c', entities: [], filename: 'c' },
      { text: 'd', entities: [], id: 'c' },
      { text: 'e', entities: [] },
    );
    const { documents: all, notes } = await parse(spacy, { 'x/train.jsonl': content });
    assert.deepEqual(
      all.map(({ name }) => name),
      ['b', 'x/train/7', 'c', 'c-2', 'x/train/0005'],
    );
    assert.deepEqual(told(notes), ['changed name-changed', 'changed name-changed']);
    assert.equal((await serialize(spacy, all)).files[''], content);
  });

  it('say which of them are wrong, and read on', async () => {
    const content = [
      '{"text": "Ada", "entities": [[0, 3, "PER"], [0, 9, "X"], [1, 1, "X"], [2, 1, "X"], ["0", 3, "X"], [0, 3], 7, null]}',
      '{"text": 7}',
      '7',
      '{"text": "Ada", }',
      '["Ada"]',
      '{"text": "a\\r\\n", "entities": [[0, 2, "X"]]}',
      `{"text": "a", "x": ${'['.repeat(100)}${']'.repeat(100)}}`,
      '{"text": "Ada", "entities": {"a": 1}, "__proto__": {"x": 1}}',
    ].join('\n');
    const { documents: all, notes } = await parse(spacy, { 'a.jsonl': content });
    assert.deepEqual(all.map(shown), [['PER [0, 3) "Ada"'], ['X [0, 2) "a\\n"'], []]);
    assert.deepEqual(told([...notes].sort((a, b) => a.line! - b.line!)), [
      'invalid span-outside line 1',
      'invalid empty-span line 1',
      ...Array<string>(5).fill('invalid value-malformed line 1'),
      'invalid line-malformed line 2',
      'invalid line-malformed line 3',
      'invalid line-malformed line 4',
      'invalid line-malformed line 5',
      'changed off-character [0, 2) line 6',
      'invalid line-malformed line 7',
      'invalid value-malformed line 8',
    ]);
    await assert.rejects(parse(spacy, { 'a.json': '[1, 2]' }), { code: 'file-not-format' });
    await assert.rejects(parse(spacy, { 'a.json': '[{"text": "a"},\n {"text" 1}]' }), {
      code: 'json-malformed',
    });
    assert.deepEqual((await parse(spacy, { 'a.jsonl': '\n\n' })).documents, []);
  });

  it('with a text that is elsewhere are moved there, or left to a person', async () => {
    const span = (start: number, text: string) => ({ start, end: start + text.length, label: 'X', text });
    const content = jsonl({
      text: '😀 Ada met Bob and Nora, Nora',
      spans: [span(3, 'Ada'), span(4, 'Bob'), span(5, 'Nora'), span(900, 'Eve')],
    });
    const { documents: all, notes } = await parse(spacy, { 'a.jsonl': content });
    assert.deepEqual(shown(all[0]!), [
      'X [2, 5) "Ada"',
      'X [5, 9) broken "Nora"',
      'X [10, 13) "Bob"',
      'X [28, 28) broken "Eve"',
    ]);
    assert.deepEqual(told(notes), [
      'changed span-moved [2, 5) line 1',
      'changed span-moved [10, 13) line 1',
      'changed text-mismatch [5, 9) line 1',
      'changed text-mismatch [28, 28) line 1',
    ]);
  });

  it('come back from any document', async () => {
    const fields = ['reviewed', 'suggestedBy', 'note', 'link', 'attributes'] as const;
    await fc.assert(
      fc.asyncProperty(documents({ fields }).map(withoutTwins), async (document) => {
        const options = { shape: 'dicts' };
        const { files, notes } = await serialize(spacy, [document], { options });
        assert.deepEqual(notes, []);
        const { documents: all } = await parse(spacy, { 'a.jsonl': files['']! });
        assert.equal(all[0]!.index.raw, document.index.raw);
        assert.equal(all[0]!.name, document.name);
        assert.deepEqual(essence(all[0]!, fields), essence(document, fields));
        assert.equal((await serialize(spacy, all)).files[''], files['']);
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        documents({ overlap: 'none' }),
        fc.constantFrom('entities', 'pairs', 'spans', 'both'),
        async (document, shape) => {
          const { files } = await serialize(spacy, [document], { options: { shape } });
          const { documents: all } = await parse(spacy, { 'a.jsonl': files['']! });
          assert.equal((await serialize(spacy, all)).files[''], files['']);
          const distinct = (one: typeof document) => ({ entities: [...new Set(essence(one).entities)] });
          assert.deepEqual(distinct(all[0]!), distinct(document));
        },
      ),
    );
  });

  it('are recognized by their beginning', () => {
    for (const [, record] of SHAPES) assert.ok(spacy.recognizes(jsonl(record), 'a.jsonl'), jsonl(record));
    assert.ok(!spacy.recognizes('{"text": "a", "label": [[0, 1, "X"]]}', 'a.jsonl'));
    assert.ok(!spacy.recognizes('{"text": "a", "spans": [], "answer": "accept"}', 'a.jsonl'));
  });
});
