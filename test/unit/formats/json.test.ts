import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FormatError } from '../../../src/formats/shared/format';
import { recognize } from '../../../src/formats';
import { json } from '../../../src/formats/json';
import { headOf } from '../../../src/formats/shared/head';
import { formatErrorMessage } from '../../../src/wording/format-errors';
import { noteMessage } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { parse, serialize, shown, told } from './support';

const TEXT = 'Mara Holt sang in Graz';
const PER = { label: 'PER', start: 0, end: 9 };
const LOC = { label: 'LOC', start: 18, end: 22 };
const ENTITIES = ['PER [0, 9) "Mara Holt"', 'LOC [18, 22) "Graz"'];

const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

async function read(source: unknown, options: Record<string, string> = {}) {
  const content = typeof source === 'string' ? source : lines(source);
  const { documents, notes } = await parse(json, { 'a.jsonl': content }, 'a.jsonl', options);
  return { documents, notes, told: told(notes), entities: documents.flatMap(shown) };
}

/** Why a file is not read, in the words of the message. */
async function refusal(source: unknown, options: Record<string, string> = {}): Promise<string> {
  const error = await read(source, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FormatError, 'it was read');
  return formatErrorMessage(inEnglish, error);
}

/** The formats that a file is taken for. */
function named(source: unknown, path = 'a.jsonl'): string[] {
  const bytes = new TextEncoder().encode(typeof source === 'string' ? source : lines(source));
  const head = headOf(bytes.length, (start, end) => bytes.subarray(start, end));
  return recognize(path, head).map(({ id }) => id);
}

describe('JSON with fields of one’s own', () => {
  const dialects: Record<string, unknown> = {
    'a title beside the text': { title: 'doc1', document: TEXT, entities: [PER, LOC] },
    'names of one’s own': {
      sentence: TEXT,
      ner: [
        { type: 'PER', start_char: 0, end_char: 9 },
        { type: 'LOC', start_char: 18, end_char: 22 },
      ],
    },
    'lists, the label first': {
      content: TEXT,
      spans_of_names: [
        ['PER', 0, 9],
        ['LOC', 18, 22],
      ],
    },
    'lists by label': { text: TEXT, named: { PER: [[0, 9]], LOC: [[18, 22]] } },
    'objects by label': {
      text: TEXT,
      entities: { PER: [{ indices: [0, 9] }], LOC: [{ indices: [18, 22] }] },
    },
    'ends in a list': {
      body: TEXT,
      mentions: [
        { span: [0, 9], kind: 'PER' },
        { span: [18, 22], kind: 'LOC' },
      ],
    },
    'spans within objects': {
      text: TEXT,
      denotations: [
        { id: 'T1', span: { begin: 0, end: 9 }, obj: 'PER' },
        { id: 'T2', span: { begin: 18, end: 22 }, obj: 'LOC' },
      ],
    },
    'the text within objects': { data: { text: TEXT }, result: { spans: [PER, LOC] } },
    lengths: {
      text: TEXT,
      entities: [
        { category: 'PER', offset: 0, length: 9 },
        { category: 'LOC', offset: 18, length: 4 },
      ],
    },
    'numbers as texts': {
      textSegmentAnnotations: [
        { startOffset: '0', endOffset: '9', displayName: 'PER' },
        { startOffset: '18', endOffset: '22', displayName: 'LOC' },
      ],
      textContent: TEXT,
    },
    'annotations of AutoML': {
      annotations: [
        { text_extraction: { text_segment: { start_offset: 0, end_offset: 9 } }, display_name: 'PER' },
        { text_extraction: { text_segment: { start_offset: 18, end_offset: 22 } }, display_name: 'LOC' },
      ],
      text_snippet: { content: TEXT },
    },
    'Rasa NLU': {
      rasa_nlu_data: {
        common_examples: [
          {
            text: TEXT,
            intent: 'tell',
            entities: [
              { start: 0, end: 9, value: 'Mara Holt', entity: 'PER' },
              { start: 18, end: 22, value: 'Graz', entity: 'LOC' },
            ],
          },
        ],
      },
    },
    LightTag: {
      examples: [
        {
          content: TEXT,
          annotations: [
            { start: 0, end: 9, tag: 'PER', value: 'Mara Holt' },
            { start: 18, end: 22, tag: 'LOC', value: 'Graz' },
          ],
        },
      ],
    },
    'Universal Data Tool': {
      interface: { type: 'text_entity_recognition', labels: ['PER', 'LOC'] },
      samples: [
        {
          document: TEXT,
          annotation: {
            entities: [
              { ...PER, text: 'Mara Holt' },
              { ...LOC, text: 'Graz' },
            ],
          },
        },
      ],
    },
    'SageMaker Ground Truth': {
      source: TEXT,
      'my-job': {
        annotations: {
          entities: [
            { label: 'PER', startOffset: 0, endOffset: 9 },
            { label: 'LOC', startOffset: 18, endOffset: 22 },
          ],
          labels: [{ label: 'PER' }, { label: 'LOC' }],
        },
      },
      'my-job-metadata': { type: 'groundtruth/text-span', 'creation-date': '2026-01-01' },
    },
    'documents by their names': {
      one: { text: TEXT, entities: [PER, LOC] },
      two: { text: 'Bo ran.', entities: [] },
    },
  };
  for (const [what, source] of Object.entries(dialects))
    it(`is read, and known as itself: ${what}`, async () => {
      const { entities, notes, told } = await read(source);
      assert.deepEqual(entities, ENTITIES);
      assert.deepEqual(
        told.filter((note) => note !== 'changed name-changed'),
        ['changed fields-guessed line 1'],
      );
      assert.match(noteMessage(inEnglish, notes[0]!), /^Guessed: texts are in “.+--text-field/);
      assert.deepEqual(named(source, 'a.json'), ['json']);
      // What follows a long text tells as much.
      const long = JSON.stringify(source).replace(
        TEXT,
        `${TEXT}. ${'The tour went on and on. '.repeat(4000)}`,
      );
      assert.deepEqual(named(long, 'a.json'), ['json']);
    });

  it('takes documents as lines, as a list, and within an object, with their names', async () => {
    const records = [
      { id: 'a', body: TEXT, ner: [{ from: 0, to: 9, type: 'PER' }] },
      { id: 'b', body: 'Bo ran.', ner: [{ from: 0, to: 2, type: 'PER' }] },
    ];
    for (const source of [
      lines(...records),
      JSON.stringify(records, null, 2),
      lines({ data: records, version: 2 }),
    ]) {
      const { documents, entities } = await read(source);
      assert.deepEqual(entities, ['PER [0, 9) "Mara Holt"', 'PER [0, 2) "Bo"']);
      assert.deepEqual(
        documents.map(({ name }) => name),
        ['a', 'b'],
      );
    }
    const byName = await read(dialects['documents by their names']);
    assert.deepEqual(
      byName.documents.map(({ name }) => name),
      ['one', 'two'],
    );
    const called = await read(lines(...records.map((one, i) => ({ ...one, doc: { path: `x/${i}.txt` } }))), {
      'name-field': 'doc.path',
    });
    assert.deepEqual(
      called.documents.map(({ name }) => name),
      ['x/0', 'x/1'],
    );
  });

  it('reads the fields that are said, whatever they are called', async () => {
    const source = {
      a: { b: TEXT, c: 'Another text, as long as that.' },
      q: [{ x: 0, y: 9, z: 'PER', w: 'Q7' }],
    };
    const options = {
      'text-field': 'a.b',
      'spans-field': 'q',
      'start-field': 'x',
      'end-field': 'y',
      'label-field': 'z',
      'link-field': 'w',
    };
    const { documents, entities } = await read(source, options);
    assert.deepEqual(entities, ['PER [0, 9) "Mara Holt"']);
    assert.equal(documents[0]!.entities[0]!.link, 'wikidata:Q7');
    const two = { text: TEXT, ner: [PER], times: [{ ...LOC, label: 'TIME' }] };
    assert.deepEqual((await read(two, { 'spans-field': 'ner,times' })).entities, [
      'PER [0, 9) "Mara Holt"',
      'TIME [18, 22) "Graz"',
    ]);
    const bare = {
      text: TEXT,
      names: [
        [0, 9],
        [18, 22],
      ],
    };
    assert.deepEqual((await read(bare, { 'spans-field': 'names', 'default-label': 'NAME' })).entities, [
      'NAME [0, 9) "Mara Holt"',
      'NAME [18, 22) "Graz"',
    ]);
  });

  it('keeps what else a span says: links, ids, notes, attributes', async () => {
    const { documents } = await read({
      text: TEXT,
      entities: [
        { ...PER, id: 7, kb_id: 'Q1', note: 'n', reviewed: true, suggested_by: 'm', role: { of: 'singer' } },
      ],
    });
    const [{ link, externalId, note, reviewed, suggestedBy, attributes } = assert.fail()] =
      documents[0]!.entities;
    assert.deepEqual(
      [link, externalId, note, reviewed, suggestedBy, attributes],
      ['wikidata:Q1', '7', 'n', true, 'm', { role: { of: 'singer' } }],
    );
    const labels = await read({
      content: TEXT,
      annotation: [{ label: ['PER', 'X'], points: [{ start: 0, end: 8, text: 'Mara Holt' }] }],
    });
    assert.deepEqual(labels.entities, ['PER [0, 9) "Mara Holt"', 'X [0, 9) "Mara Holt"']);
  });

  it('asks where it is not certain which field is which', async () => {
    assert.match(
      await refusal({ text: TEXT, content: TEXT, entities: [PER] }),
      /^a\.jsonl:1:1: the text may be in text, content; say which by --text-field$/,
    );
    assert.match(
      await refusal({ text: TEXT, gold: [PER], silver: [LOC] }),
      /: the spans may be in gold, silver; say which by --spans-field$/,
    );
    assert.match(
      await refusal({ text: TEXT, entities: [{ start: 0, end: 9, type: 'PER', kind: 'x' }] }),
      /: the labels of the spans may be in type, kind; say which by --label-field$/,
    );
    for (const said of [{ n: 1 }, { id: 'an-id-as-long-as-that' }, { file: 'texts/a-file-of-a-text.txt' }])
      assert.match(
        await refusal({ ...said, entities: [PER] }),
        /: no field holds a text; name it by --text-field$/,
      );
    assert.match(await refusal({ text: TEXT, score: 1 }), /: no field holds spans.*--spans-field$/);
    assert.match(
      await refusal({ text: TEXT, entities: [PER] }, { 'spans-field': 'ner' }),
      /: the spans may be in entities; say which by --spans-field$/,
    );
    for (const [span, found] of [
      [{ ...PER, start_offset: 0, end_offset: 9 }, 'start … end, start_offset … end_offset'],
      [{ ...PER, from: 0, to: 9 }, 'start … end, from … to'],
      [[7, 10, 12, 'PER'], '0 … 1, 1 … 2'],
    ] as const)
      assert.match(
        await refusal({ text: TEXT, entities: [span] }),
        new RegExp(`: spans may start and end in ${found}; say which by --start-field, --end-field$`),
      );
    const counted = { text: TEXT, entities: [{ ...PER, length: 9, start_char: 0, end_char: 9, end: 2 }] };
    assert.deepEqual((await read(counted)).entities, ['PER [0, 9) "Mara Holt"']);
    assert.match(
      await refusal({ a: [{ text: TEXT, ner: [PER] }], b: [{ text: TEXT, ner: [LOC] }] }),
      /: the documents may be in a, b/,
    );
  });

  it('tells how offsets are counted, by the texts of spans, and else asks or reads as usual', async () => {
    const emoji = `😀 ${TEXT}`;
    const spans = (...all: [number, number, string?][]) =>
      all.map(([start, end, text]) => ({ start, end, label: 'X', ...(text !== undefined && { text }) }));
    const cases: [string, ReturnType<typeof spans>, RegExp][] = [
      [TEXT, spans([0, 8, 'Mara Holt'], [18, 21, 'Graz']), /; ends are within the spans$/],
      [
        TEXT,
        spans([1, 9, 'Mara Holt'], [19, 22, 'Graz']),
        /; offsets begin with 1; ends are within the spans$/,
      ],
      [emoji, spans([3, 12, 'Mara Holt'], [21, 25, 'Graz']), /; offsets count UTF-16 units$/],
      [emoji, spans([5, 14, 'Mara Holt'], [23, 27, 'Graz']), /; offsets count bytes$/],
    ];
    for (const [text, entities, how] of cases) {
      const { documents, notes, told } = await read({ text, entities });
      assert.deepEqual(
        documents[0]!.entities.map((entity) => entity.text),
        ['Mara Holt', 'Graz'],
      );
      assert.deepEqual(told, ['changed fields-guessed line 1']);
      assert.match(noteMessage(inEnglish, notes[0]!), how);
    }
    const inclusive = { text: TEXT, entities: spans([0, 8], [18, 21]) };
    assert.match(await refusal(inclusive), /begin or end within a word.*--ends inclusive/);
    assert.deepEqual((await read(inclusive, { ends: 'inclusive' })).entities, [
      'X [0, 9) "Mara Holt"',
      'X [18, 22) "Graz"',
    ]);
    assert.deepEqual((await read(inclusive, { ends: 'exclusive' })).entities, [
      'X [0, 8) "Mara Hol"',
      'X [18, 21) "Gra"',
    ]);
    // One offset is within a character, if it counts code points.
    const proved = await read({ text: emoji + ' 😀', entities: spans([3, 12], [26, 28]) });
    assert.deepEqual(proved.told, ['changed offsets-proved line 1']);
    assert.deepEqual(proved.entities, ['X [2, 11) "Mara Holt"', 'X [25, 26) "😀"']);
    const said = await read({ text: emoji, entities: spans([3, 12]) }, { offsets: 'utf-16' });
    assert.deepEqual(said.entities, ['X [2, 11) "Mara Holt"']);
    const odd = await read({
      text: TEXT,
      entities: spans([0, 9, 'Mara Holt'], [18, 22, 'Graz'], [3, 7, 'sang'], [1, 3, 'Bo']),
    });
    assert.deepEqual(odd.told, ['changed span-moved [10, 14) line 1', 'changed text-mismatch [1, 3) line 1']);
  });

  it('is known where its first line is malformed, which costs that line', async () => {
    const source = `{"body": oh}\n${lines({ body: TEXT, ner: [PER] })}`;
    assert.deepEqual(named(source), ['json']);
    const { entities, told } = await read(source);
    assert.deepEqual(entities, ['PER [0, 9) "Mara Holt"']);
    assert.deepEqual(told, ['invalid line-malformed line 1', 'changed fields-guessed line 1']);
  });

  it('tells each span that is not read, with its place, and other lists that look like spans', async () => {
    const source = lines(
      {
        text: TEXT,
        ner: [
          PER,
          { start: 'x', end: 9, label: 'PER' },
          null,
          'PER',
          { ...LOC, end: 900 },
          { ...LOC, end: 18 },
        ],
      },
      { ner: [PER] },
      { text: TEXT, ner: 'none', extra: [LOC] },
      { text: TEXT, ner: [{ ...PER, label: '' }], tokens: [{ text: 'Mara', start: 0, end: 4 }] },
    );
    const { entities, told, notes } = await read(source);
    assert.deepEqual(entities, ['PER [0, 9) "Mara Holt"']);
    assert.deepEqual(told, [
      'changed fields-guessed line 1',
      ...Array<string>(3).fill('invalid value-malformed line 1'),
      'invalid span-outside line 1',
      'invalid empty-span line 1',
      'invalid line-malformed line 2',
      'invalid value-malformed line 3',
      'changed annotations-unread line 3',
      'invalid value-malformed line 4',
    ]);
    const unread = notes.find(({ code }) => code === 'annotations-unread')!;
    assert.match(noteMessage(inEnglish, unread), /1 annotation of “extra” is not read.*--spans-field extra$/);
  });

  it('reads NER Annotator, whatever was skipped there', async () => {
    const source = {
      classes: ['PER', 'LOC'],
      annotations: [
        [
          'Mara sang in Graz.\r',
          {
            entities: [
              [0, 4, 'PER'],
              [13, 17, 'LOC'],
            ],
          },
        ],
        null,
        ['Bo ran.', { entities: [[0, 2, 'PER']] }],
      ],
    };
    const { documents, entities, told } = await read(source);
    assert.deepEqual(named(source, 'a.json'), ['json']);
    const untagged = { classes: ['PER'], annotations: [[TEXT, { entities: [] }], null] };
    assert.deepEqual(named(untagged, 'a.json'), ['json']);
    assert.equal((await read(untagged)).documents[0]!.index.raw, TEXT);
    assert.deepEqual(entities, ['PER [0, 4) "Mara"', 'LOC [13, 17) "Graz"', 'PER [0, 2) "Bo"']);
    assert.deepEqual(told, ['changed fields-guessed line 1']);
    assert.deepEqual(
      documents.map(({ name }) => name),
      ['a/0001', 'a/0003'],
    );
  });

  it('goes back with its fields and whatever else it held', async () => {
    const source = {
      title: 'doc1',
      data: { document: `😀 ${TEXT}`, lang: 'en' },
      ner: [{ type: 'PER', begin: 3, stop: 11, surface: 'Mara Holt', score: 0.5 }],
      kept: { a: [1] },
    };
    const { documents } = await read(source);
    const { files } = await serialize(json, documents);
    const { surface, ...span } = source.ner[0]!;
    assert.deepEqual(JSON.parse(files['']!), { ...source, ner: [{ ...span, text: surface }] });
    const options = { 'text-field': 'body', 'spans-field': 'x.y', 'label-field': 'l', offsets: 'bytes' };
    const { files: renamed } = await serialize(json, documents, { options });
    const { body, x } = JSON.parse(renamed['']!) as { body: string; x: { y: object[] } };
    assert.equal(body, source.data.document);
    assert.deepEqual(x.y, [{ begin: 5, stop: 13, l: 'PER', text: 'Mara Holt', score: 0.5 }]);
    const again = await parse(json, { 'b.jsonl': renamed['']! }, 'b.jsonl', { 'label-field': 'l' });
    assert.deepEqual(again.documents.flatMap(shown), documents.flatMap(shown));
  });
});

describe('records of Argilla', () => {
  const v1 = {
    id: 'r1',
    text: TEXT,
    tokens: TEXT.split(' '),
    prediction: [{ ...LOC, score: 0.9 }],
    annotation: [{ ...PER, score: 1 }],
    annotation_agent: 'argilla',
    status: 'Validated',
    metadata: {},
  };
  const v2 = {
    id: 'r1',
    fields: { text: TEXT },
    responses: { span: [{ user_id: 'u1', value: [PER], status: 'submitted' }] },
    suggestions: { span: { value: [LOC], agent: 'm' } },
    status: 'completed',
    metadata: {},
  };
  const listed = {
    fields: { text: TEXT },
    responses: [{ user_id: 'u1', values: { span: { value: [PER] } }, status: 'submitted' }],
    suggestions: [{ question_name: 'span', value: [LOC], agent: 'm' }],
  };
  const inColumns = {
    text: TEXT,
    'span.responses': [[PER]],
    'span.responses.users': ['u1'],
    'span.responses.status': ['submitted'],
    'span.suggestion': [LOC],
    'span.suggestion.agent': 'm',
  };
  for (const [what, source] of Object.entries({ v1, v2, listed, inColumns }))
    it(`have responses as entities, and suggestions as such: ${what}`, async () => {
      assert.deepEqual(named(source), ['json']);
      const { documents, entities, told } = await read(source);
      assert.deepEqual(entities, ENTITIES);
      assert.deepEqual(told, []);
      assert.deepEqual(
        documents[0]!.entities.map(({ suggestedBy, reviewed }) => [suggestedBy, reviewed]),
        [
          [undefined, undefined],
          [what === 'v1' ? 'prediction' : 'm', undefined],
        ],
      );
      assert.equal(documents[0]!.status, what.startsWith('v') ? 'done' : undefined);
    });

  it('are reviewed where a suggestion was submitted, and told where an answer was not', async () => {
    const responses = {
      span: [
        { user_id: 'u1', value: [PER, LOC], status: 'draft' },
        { user_id: 'u2', value: [LOC], status: 'submitted' },
        { user_id: 'u3', value: [PER], status: 'submitted' },
      ],
    };
    const record = { ...v2, responses };
    const { documents, told } = await read(record);
    assert.deepEqual(
      documents[0]!.entities.map(({ label, suggestedBy, reviewed }) => [label, suggestedBy, reviewed]),
      [['LOC', 'm', true]],
    );
    assert.deepEqual(told, ['changed answer-not-accepted line 1', 'changed annotations-kept line 1']);
    assert.deepEqual((await read(record, { annotator: 'u3' })).entities, ENTITIES);
    const discarded = await read({ ...v1, prediction: null, status: 'Discarded' });
    assert.deepEqual([discarded.entities, discarded.told], [[], ['changed answer-not-accepted line 1']]);
    const pairs = await read({ ...v1, prediction: [['LOC', 18, 22, 0.9]], annotation: [['PER', 0, 9]] });
    assert.deepEqual(pairs.entities, ENTITIES);
  });
});

describe('other tools’ JSON', () => {
  it('is not taken for JSON of one’s own, nor that for theirs', () => {
    assert.deepEqual(named({ text: TEXT, entities: [[0, 9, 'PER']] }), ['spacy']);
    assert.deepEqual(named({ text: TEXT, spans: [PER] }), ['spacy']);
    assert.deepEqual(named({ text: TEXT, spans: [{ start: 0, end: 9, type: 'PER' }] }), ['json']);
    assert.deepEqual(named({ text: TEXT, ents: [PER], tokens: [{ id: 0, start: 0, end: 4 }] }), [
      'spacy-doc',
    ]);
    assert.deepEqual(named({ text: TEXT, label: [[0, 9, 'PER']], Comments: [] }), ['doccano']);
    assert.deepEqual(named({ text: TEXT, mentions: [{ start_offset: 0, end_offset: 9, label: 'PER' }] }), [
      'json',
    ]);
    assert.deepEqual(named({ tokens: ['Mara'], ner_tags: ['B-PER'] }), ['huggingface']);
    assert.deepEqual(named({ text: TEXT, tokens: ['Mara'], entities: [PER] }), ['json']);
    assert.deepEqual(named([{ id: 1, data: { text: TEXT } }], 'a.json'), ['labelstudio']);
    assert.deepEqual(named([{ data: { text: TEXT }, spans: [PER] }], 'a.json'), ['spacy', 'json'].slice(1));
    assert.deepEqual(named({ name: 'x', version: '1.0.0', files: [] }, 'package.json'), []);
  });
});

describe('JSON of any dialect', () => {
  const word = fc.constantFrom('Mara', 'Holt', 'sang', 'in', '北京', '😀', 'Zoe\u0308', 'Graz');
  const text = fc.array(word, { minLength: 2, maxLength: 8 }).map((words) => words.join(' '));
  const dialect = fc.record({
    text: fc.constantFrom('text', 'document', 'body', 'data.sentence'),
    spans: fc.constantFrom('entities', 'ner', 'my.annotations'),
    form: fc.constantFrom('objects', 'lists', 'label first', 'by label', 'pairs', 'lengths'),
    isInclusive: fc.boolean(),
    hasTexts: fc.boolean(),
    holder: fc.constantFrom('lines', 'list', 'data'),
  });
  const BAD = [
    null,
    7,
    'PER',
    {},
    { start: -1, end: 2, label: 'X' },
    [0],
    { start: 0, end: 2 },
    ['a', 'b', 'c'],
  ];

  it('comes back, and what is malformed is told and becomes nothing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, fc.array(fc.tuple(fc.nat(7), fc.nat(2)), { minLength: 2, maxLength: 5 })), {
          minLength: 1,
          maxLength: 4,
        }),
        dialect,
        fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...BAD)), { maxLength: 2 }),
        async (
          documents,
          { text: textField, spans: spansField, form, isInclusive, hasTexts, holder },
          bad,
        ) => {
          const last = isInclusive && (form === 'objects' || form === 'pairs') ? 1 : 0;
          // Texts of spans prove what else is said.
          const isProved = hasTexts && ['objects', 'pairs', 'lengths'].includes(form);
          const options = isProved ? {} : { ends: last === 1 ? 'inclusive' : 'exclusive' };
          const expected = documents.map(([source, choices]) => {
            const words = [...source.matchAll(/\S+/g)].map(({ 0: own, index }) => {
              const start = Array.from(source.slice(0, index)).length;
              return { start, end: start + Array.from(own).length };
            });
            return choices.map(([first, more]) => {
              const from = words[first % words.length]!;
              const to = words[Math.min((first % words.length) + more, words.length - 1)]!;
              return { start: from.start, end: to.end, label: more === 1 ? 'LOC' : 'PER' };
            });
          });
          // Where all spans are a first character, to its place, nobody can say that `stop` is their end, and not `finish`.
          fc.pre(form !== 'objects' || expected.flat().some(({ end }) => end - last > 0));
          const put = (record: object, path: string, value: unknown): object => {
            const [name = '', ...rest] = path.split('.');
            const held = (record as Record<string, object>)[name] ?? {};
            return { ...record, [name]: rest.length > 0 ? put(held, rest.join('.'), value) : value };
          };
          let malformed = 0;
          const records = documents.map(([source], i) => {
            const own = (span: { start: number; end: number }) =>
              hasTexts ? { text: Array.from(source).slice(span.start, span.end).join('') } : {};
            const items: unknown[] = expected[i]!.map((span) => {
              const { start, end, label } = span;
              if (form === 'lists') return [start, end, label];
              if (form === 'label first') return [label, start, end];
              if (form === 'pairs')
                return { at: { offsets: [start, end - last] }, type: label, ...own(span) };
              if (form === 'lengths')
                return { offset: start, length: end - start, category: label, ...own(span) };
              return { begin: start, finish: 0, stop: end - last, tag: label, ...own(span) };
            });
            const byLabel = (label: string) =>
              expected[i]!.filter((span) => span.label === label).map(({ start, end }) => [start, end]);
            const those = form === 'by label' ? [] : bad.filter(([at]) => at === i);
            malformed += those.length;
            const value =
              form === 'by label'
                ? { PER: byLabel('PER'), LOC: byLabel('LOC') }
                : [...items, ...those.map(([, item]) => item)];
            return put(put({ id: `d${i}` }, textField, source), spansField, value);
          });
          const content =
            holder === 'lines'
              ? lines(...records)
              : JSON.stringify(holder === 'list' ? records : { data: records });
          const result = await read(content, options);
          assert.deepEqual(
            result.documents.map(({ entities }) =>
              entities.map(({ start, end, label }) => JSON.stringify([start, end, label])).sort(),
            ),
            expected.map((spans) =>
              spans.map(({ start, end, label }) => JSON.stringify([start, end, label])).sort(),
            ),
          );
          assert.equal(result.notes.filter(({ kind }) => kind === 'invalid').length, malformed);
          assert.ok(result.documents.every(({ entities }) => entities.every(({ broken }) => !broken)));
        },
      ),
    ));

  it('that is anything at all is read as what it says, or refused', () => {
    const key = fc.constantFrom('text', 'label', 'start', 'end', 'entities', 'span', '__proto__', 'a.b', '0');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(TEXT, 'PER', '', 0, 4, 9, -1, 1.5, null, true),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    return fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 3 }), async (values) => {
        const source = values.map((value) => `${JSON.stringify(value)}\n`).join('');
        named(source);
        const result = await read(source).catch((error: unknown) => error);
        if (result instanceof FormatError) return;
        for (const { index, entities } of (result as Awaited<ReturnType<typeof read>>).documents)
          for (const { start, end, text, broken } of entities)
            if (!broken) assert.equal(index.slice({ start, end }), text);
      }),
      { numRuns: 200 },
    );
  });
});
