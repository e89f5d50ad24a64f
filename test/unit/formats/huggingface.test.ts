import assert from 'node:assert/strict';
import fc from 'fast-check';
import { huggingface, huggingfaceParquet } from '../../../src/formats/huggingface';
import { tableParquet } from '../../../src/formats/table';
import { openParquet, ROW_GROUP } from '../../../src/formats/shared/parquet';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, sourceFile, told } from './support';

/** As `datasets` exports it. */
const SAMPLE =
  [
    {
      id: '0',
      tokens: ['EU', 'rejects', 'German', 'call'],
      pos_tags: [22, 42, 16, 21],
      ner_tags: ['B-ORG', 'O', 'B-MISC', 'O'],
    },
    { id: '1', tokens: ['Peter', 'Blackburn'], pos_tags: [22, 22], ner_tags: ['B-PER', 'I-PER'] },
  ]
    .map((record) => JSON.stringify(record))
    .join('\n') + '\n';

const COUNTED = '{"id":"7","tokens":["in","New","York"],"ner_tags":[0,5,6]}\n';
const NAMES = 'O,B-PER,I-PER,B-ORG,I-ORG,B-LOC,I-LOC';
const INFO = JSON.stringify({
  features: { ner_tags: { feature: { names: NAMES.split(','), _type: 'ClassLabel' }, _type: 'Sequence' } },
});

const parquetOf = async (...args: Parameters<typeof serialize> extends [unknown, ...infer R] ? R : never) =>
  (await serialize(huggingfaceParquet, ...args)).bytes.get('')!;

describe('Hugging Face', () => {
  it('reads records, and writes them as they were', async () => {
    const { documents: all, notes } = await parse(huggingface, { 'train.jsonl': SAMPLE });
    assert.deepEqual(
      all.map(({ name, index }) => [name, index.raw]),
      [
        ['train/0', 'EU rejects German call\n'],
        ['train/1', 'Peter Blackburn\n'],
      ],
    );
    assert.deepEqual(shown(all[0]!), ['ORG [0, 2) "EU"', 'MISC [11, 17) "German"']);
    assert.deepEqual(shown(all[1]!), ['PER [0, 15) "Peter Blackburn"']);
    assert.deepEqual(told(notes), ['changed text-rebuilt']);
    const written = await serialize(huggingface, all);
    assert.equal(written.files[''], SAMPLE);
    assert.deepEqual(written.notes, []);
  });

  it('writes a sentence a record, with the text and the places in it', async () => {
    const { files, notes } = await serialize(huggingface, [
      marked('n/a', '[PER Ada] left. Now [PER 👩 Bob]\r\nis far.\n'),
    ]);
    assert.deepEqual(notes, []);
    assert.deepEqual(
      files['']!.trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
      [
        {
          id: 'n/a#1',
          document: 'n/a',
          tokens: ['Ada', 'left', '.'],
          ner_tags: ['B-PER', 'O', 'O'],
          offsets: [
            [0, 3],
            [4, 8],
            [8, 9],
          ],
          text: 'Ada left. ',
        },
        {
          id: 'n/a#2',
          document: 'n/a',
          tokens: ['Now', '👩', 'Bob'],
          ner_tags: ['O', 'B-PER', 'I-PER'],
          offsets: [
            [0, 3],
            [4, 5],
            [6, 9],
          ],
          text: 'Now 👩 Bob\r\n',
        },
        {
          id: 'n/a#3',
          document: 'n/a',
          tokens: ['is', 'far', '.'],
          ner_tags: ['O', 'O', 'O'],
          offsets: [
            [0, 2],
            [3, 6],
            [6, 7],
          ],
          text: 'is far.\n',
        },
      ],
    );
  });

  it('writes a document a record, without its text where that is not wanted', async () => {
    const { files } = await serialize(huggingface, [marked('a', 'One. [PER Two] three.')], {
      options: { unit: 'document', text: 'no', scheme: 'bilou' },
    });
    assert.equal(
      files[''],
      '{"id":"a","document":"a","tokens":["One",".","Two","three","."],"ner_tags":["O","O","U-PER","O","O"]}\n',
    );
  });

  it('does not end a record within an entity', async () => {
    const { files } = await serialize(huggingface, [marked('a', 'At [ORG Yahoo! Inc] now. Then.')]);
    assert.equal(files['']!.trim().split('\n').length, 2);
  });

  it('knows what numbers stand for, when told', async () => {
    for (const [files, options] of [
      [{ 'a.jsonl': COUNTED }, { 'tag-names': NAMES }],
      [{ 'a.jsonl': COUNTED }, { 'tag-names': 'PER, ORG, LOC' }],
      [{ 'a.jsonl': COUNTED, 'dataset_info.json': INFO }, {}],
    ] as const) {
      const { documents: all } = await parse(huggingface, files, 'a.jsonl', options);
      assert.deepEqual(shown(all[0]!), ['LOC [3, 11) "New York"']);
      const again = await serialize(huggingface, all, { options: { tags: 'numbers', 'tag-names': NAMES } });
      assert.equal(again.files[''], COUNTED);
    }
    await assert.rejects(parse(huggingface, { 'a.jsonl': COUNTED }), {
      code: 'tag-names-needed',
      place: { file: 'a.jsonl', line: 1, column: 1 },
    });
  });

  it('numbers tags in the order of the corpus, and tells what has none', async () => {
    const labels = ['ORG', 'PER'].map((name) => ({ name, color: '#000' }));
    const document = marked('a', '[PER Ada] of [ORG Acme] in [GPE Rome]');
    const { files, notes, report } = await serialize(huggingface, [document], {
      labels,
      options: { tags: 'numbers' },
    });
    assert.match(files['']!, /"ner_tags":\[3,0,1,0,0\]/);
    assert.deepEqual(told(notes), ['lost label-unlisted [15, 19)']);
    assert.equal(report.entities, 2);
    await assert.rejects(serialize(huggingface, [document], { options: { tags: 'numbers' } }), {
      code: 'tag-names-needed',
    });
  });

  it('says which record is wrong, and reads on', async () => {
    const { documents: all, notes } = await parse(huggingface, {
      'a.jsonl': [
        '{"tokens":["Ada"],"ner_tags":["B-PER"],"text":"Bob"}',
        '{"tokens":["a","b"],"ner_tags":["O"]}',
        '{"tokens":"a","ner_tags":["O"]}',
        '{"tokens":["a"]}',
        '{"tokens":["a"],"tags":[null]}',
        '{"tokens":["a"],"ner_tags":["Q-PER"],"id":{}}',
        '{"tokens":["a"],"ner_tags":["Q-PER"],"__proto__":1}',
        '{"tokens":["a ","","b"],"labels":["O","B-PER","O"],"offsets":[[1e300,-1],0],"text":"x a  b"}',
      ].join('\n'),
    });
    assert.deepEqual(
      all.map(({ index }) => index.raw),
      ['Ada\n', 'a\n', 'x a  b'],
    );
    assert.deepEqual(told(notes), [
      'invalid tags-differ line 2',
      'invalid value-malformed line 3',
      'invalid tags-differ line 4',
      'invalid value-malformed line 5',
      'invalid value-malformed line 6',
      'invalid tokens-elsewhere line 1',
      'changed text-rebuilt',
      'invalid sequence-malformed line 7',
      'invalid value-malformed line 8',
    ]);
    await assert.rejects(parse(huggingface, { 'a.jsonl': '{"text":"a"}\n' }), { code: 'file-not-format' });
  });

  it('forgets how records were where the text is another now, and tells', async () => {
    const { documents: all } = await parse(huggingface, { 'train.jsonl': SAMPLE });
    const changed = { ...marked('a', 'Other words'), carried: all[0]!.carried };
    const { files, notes } = await serialize(huggingface, [changed]);
    assert.match(files['']!, /"tokens":\["Other","words"\]/);
    assert.deepEqual(told(notes), ['lost carried-outdated']);
  });

  it('comes back, text and all, in JSON lines and in Parquet', async () => {
    const options = fc.record({
      unit: fc.constantFrom('sentence', 'document'),
      scheme: fc.constantFrom('iob2', 'iob1', 'bioes', 'bilou'),
      tokenizer: fc.constantFrom('simple', 'words'),
    });
    await fc.assert(
      fc.asyncProperty(documents({ overlap: 'none' }), options, async (document, chosen) => {
        const first = await serialize(huggingface, [document], { options: chosen });
        const read = await parse(huggingface, { 'a.jsonl': first.files['']! });
        assert.deepEqual(read.notes, []);
        assert.equal(read.documents[0]!.index.raw, document.index.raw);
        assert.equal(read.documents[0]!.entities.length, first.report.entities);
        if (first.notes.length === 0) assert.deepEqual(essence(read.documents[0]!), essence(document));
        const again = await serialize(huggingface, read.documents, { options: chosen });
        assert.equal(again.files[''], first.files['']);

        const names = 'PER,ORG,GPE,Work_of_art,Ünï-code';
        const numbers = { ...chosen, tags: 'numbers', 'tag-names': names };
        for (const written of [chosen, numbers]) {
          const file = await parquetOf([document], { options: written });
          const { documents: same, notes } = await parse(huggingfaceParquet, { 'a.parquet': file });
          assert.deepEqual(notes, []);
          assert.deepEqual(same, read.documents);
        }
      }),
    );
  });

  it('in Parquet has row groups of a limited size, and says in its footer what numbers stand for', async () => {
    const all = Array.from({ length: ROW_GROUP.rows + 5 }, (_, i) => marked(`n${i}`, `[PER Ada] ${i}`));
    const bytes = await parquetOf(all, { options: { tags: 'numbers', 'tag-names': 'PER' } });
    const source = await openParquet(sourceFile({ a: bytes }, 'a'), 'Parquet');
    assert.deepEqual(source.names, ['id', 'document', 'tokens', 'ner_tags', 'offsets', 'text']);
    const { info } = JSON.parse(source.metadata.get('huggingface')!) as {
      info: { features: Record<string, unknown> };
    };
    assert.deepEqual(info.features.ner_tags, {
      feature: { names: ['O', 'B-PER', 'I-PER'], _type: 'ClassLabel' },
      _type: 'Sequence',
    });
    const read = await parse(huggingfaceParquet, { 'a.parquet': bytes });
    assert.equal(read.documents.length, all.length);
    assert.deepEqual(essence(read.documents.at(-1)!), essence(all.at(-1)!));
  });

  it('in Parquet keeps tokens and ids of another tool, and tells of its other columns', async () => {
    const { documents: all } = await parse(huggingface, { 'train.jsonl': SAMPLE });
    const { bytes, notes } = await serialize(huggingfaceParquet, all);
    assert.deepEqual(told(notes), ['lost carried', 'lost carried']);
    const read = await parse(huggingfaceParquet, { 'train.parquet': bytes.get('')! });
    assert.deepEqual(
      read.documents.map(({ name, index }) => [name, index.raw]),
      all.map(({ name, index }) => [name, index.raw]),
    );
  });

  it('that is cut off or is something else is an error', async () => {
    const bytes = await parquetOf([marked('a', '[PER Ada] met Bob.')]);
    for (let length = 0; length < bytes.length; length++)
      await assert.rejects(parse(huggingfaceParquet, { 'a.parquet': bytes.slice(0, length) }), {
        code: 'file-not-format',
      });
    const noise = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(noise, (rest) =>
        assert.rejects(
          parse(huggingfaceParquet, { 'a.parquet': Buffer.concat([Buffer.from('PAR1'), rest]) }),
          {
            code: 'file-not-format',
          },
        ),
      ),
    );
    const { bytes: table } = await serialize(tableParquet, [marked('a', '[PER Ada]')]);
    await assert.rejects(parse(huggingfaceParquet, { 'a.parquet': table.get('')! }), {
      code: 'file-not-format',
    });
  });
});
