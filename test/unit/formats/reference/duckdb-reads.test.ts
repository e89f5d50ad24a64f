import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { huggingface, huggingfaceParquet } from '../../../../src/formats/huggingface';
import { tableCsv, tableParquet } from '../../../../src/formats/table';
import { ROW_GROUP } from '../../../../src/formats/shared/parquet';
import { CliFolder, sidecarOf } from '../../cli/support';
import { documents } from '../documents';
import { marked } from '../support';
import { Duck } from './duckdb';

const LETTER = marked(
  '2022/letter',
  'date 2022-09-09 [PER Ada “😀” O\'Neil, "A"]\n[GPE 北京市], [GPE 𠮷野].',
);
const LETTERS = [
  {
    ...LETTER,
    status: 'done' as const,
    entities: LETTER.entities.map((entity, i) =>
      i > 0
        ? entity
        : {
            ...entity,
            reviewed: true,
            note: 'two\n"lines", and\ta tab',
            attributes: { level: 2 },
            parts: [[16, 19] as const, [24, 35] as const],
          },
    ),
  },
  marked('note', '[ORG Acme]'),
];

/** A table of strings: an empty cell of CSV is null to DuckDB, in Parquet an empty text is one. */
const inText = (table: string) => `(SELECT coalesce(COLUMNS(*)::VARCHAR, '') FROM ${table})`;
/** Without guesses. */
const AS_TEXT = `all_varchar = true, header = true, delim = ',', quote = '"', escape = '"'`;

describe('DuckDB, of what we write', () => {
  let duck: Duck;
  before(async function () {
    duck = await Duck.open(this);
  });
  after(() => duck?.close());

  it('reads the entity table, in Parquet and in CSV, with its types and its exact values', async () => {
    await duck.write('table.parquet', tableParquet, LETTERS);
    await duck.write('table.csv', tableCsv, LETTERS);
    const types = (integer: string) =>
      `article VARCHAR, date DATE, status VARCHAR, id VARCHAR, label VARCHAR, start ${integer}, end ${integer}, ` +
      'text VARCHAR, reviewed BOOLEAN, suggested_by VARCHAR, link VARCHAR, note VARCHAR, attributes VARCHAR, ' +
      'parts VARCHAR, before VARCHAR, after VARCHAR';
    assert.equal((await duck.columns("'table.parquet'")).join(', '), types('INTEGER'));
    assert.equal((await duck.columns("'table.csv'")).join(', '), types('BIGINT'));
    const rows = await duck.rows("FROM 'table.parquet'");
    const unsaid = {
      status: null,
      suggested_by: null,
      link: null,
      note: null,
      attributes: null,
      parts: null,
    };
    const letter = { article: '2022/letter', date: new Date('2022-09-09'), reviewed: false };
    assert.deepEqual(rows, [
      {
        ...{
          ...unsaid,
          ...letter,
          status: 'done',
          reviewed: true,
          id: 'per1',
          label: 'PER',
          start: 16,
          end: 35,
        },
        ...{ text: 'Ada “😀” O\'Neil, "A"', note: 'two\n"lines", and\ta tab', attributes: '{"level":2}' },
        ...{ parts: '[[16,19],[24,35]]', before: ' 2022-09-09 ', after: '\n北京市, 𠮷野.' },
      },
      {
        ...{ ...unsaid, ...letter, status: 'done', id: 'gpe2', label: 'GPE', start: 36, end: 39 },
        ...{ text: '北京市', before: 'O\'Neil, "A"\n', after: ', 𠮷野.' },
      },
      {
        ...{ ...unsaid, ...letter, status: 'done', id: 'gpe3', label: 'GPE', start: 41, end: 43 },
        ...{ text: '𠮷野', before: 'l, "A"\n北京市, ', after: '.' },
      },
      {
        ...{
          ...unsaid,
          article: 'note',
          date: null,
          reviewed: false,
          id: 'org1',
          label: 'ORG',
          start: 0,
          end: 4,
        },
        ...{ text: 'Acme', before: '', after: '' },
      },
    ]);
    assert.equal(await duck.differences(inText("'table.parquet'"), inText("'table.csv'")), 0);
  });

  it('reads records for token classification, in Parquet and in JSON lines', async () => {
    await duck.write('ner.parquet', huggingfaceParquet, LETTERS);
    await duck.write('ner.jsonl', huggingface, LETTERS);
    const types = (integer: string) =>
      `id VARCHAR, document VARCHAR, tokens VARCHAR[], ner_tags VARCHAR[], offsets ${integer}[][], text VARCHAR`;
    assert.equal((await duck.columns("'ner.parquet'")).join(', '), types('INTEGER'));
    assert.equal((await duck.columns("'ner.jsonl'")).join(', '), types('BIGINT'));
    assert.deepEqual((await duck.rows("FROM 'ner.parquet'")).slice(1), [
      {
        id: '2022/letter#2',
        document: '2022/letter',
        tokens: ['北', '京', '市', ',', '𠮷', '野', '.'],
        ner_tags: ['B-GPE', 'I-GPE', 'I-GPE', 'O', 'B-GPE', 'I-GPE', 'O'],
        offsets: [0, 1, 2, 3, 5, 6, 7].map((start) => [start, start + 1]),
        text: '北京市, 𠮷野.',
      },
      {
        ...{ id: 'note#1', document: 'note', tokens: ['Acme'], ner_tags: ['B-ORG'] },
        ...{ offsets: [[0, 4]], text: 'Acme' },
      },
    ]);
    assert.equal(await duck.differences("'ner.parquet'", "'ner.jsonl'"), 0);
    // DuckDB counts code points, too: all tokens are at their offsets.
    const [wrong] = await duck.rows(
      `SELECT count(*) AS n FROM (SELECT text, unnest(tokens) AS token, unnest(offsets) AS place FROM 'ner.parquet')
       WHERE text[place[1] + 1 : place[2]] <> token`,
    );
    assert.equal(wrong!.n, 0n);
  });

  it('reads tags as numbers, and no text as null', async () => {
    const options = { tags: 'numbers', 'tag-names': 'PER,GPE,ORG', text: 'no' };
    await duck.write('numbers.parquet', huggingfaceParquet, LETTERS, options);
    await duck.write('numbers.jsonl', huggingface, LETTERS, options);
    const read = "SELECT ner_tags, text, offsets FROM 'numbers.parquet' WHERE document = 'note'";
    assert.deepEqual(await duck.rows(read), [{ ner_tags: [5n], text: null, offsets: null }]);
    const [parquet, lines] = ['parquet', 'jsonl'].map(
      (kind) => `(SELECT id, document, tokens, ner_tags FROM 'numbers.${kind}')`,
    );
    assert.match((await duck.columns(lines!)).join(), /ner_tags BIGINT\[\]/);
    assert.equal(await duck.differences(parquet!, lines!), 0);
  });

  it('reads whatever there is the same in Parquet as in text', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    const some = fc.array(documents({ fields, discontinuous: true, overlap: 'none' }), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(some, async (drawn) => {
        const all = drawn.map((document, i) => ({ ...document, name: `d${i}` }));
        await duck.write('any.parquet', tableParquet, all);
        await duck.write('any.csv', tableCsv, all);
        const csv = inText(`read_csv('any.csv', ${AS_TEXT})`);
        assert.equal(await duck.differences(inText("'any.parquet'"), csv), 0);
        await duck.write('any-ner.parquet', huggingfaceParquet, all);
        await duck.write('any-ner.jsonl', huggingface, all);
        assert.equal(await duck.differences("'any-ner.parquet'", "'any-ner.jsonl'"), 0);
      }),
      { numRuns: 10 },
    );
  });

  it('reads a shard without a row beside others', async () => {
    for (const [format, extension, rows] of [
      [tableParquet, 'parquet', 4n],
      [tableCsv, 'csv', 4n],
      [huggingfaceParquet, 'parquet', 3n],
      [huggingface, 'jsonl', 3n],
    ] as const) {
      const files = [`none.${extension}`, `some.${extension}`];
      await duck.write(files[0]!, format, []);
      await duck.write(files[1]!, format, LETTERS);
      const read = extension === 'jsonl' ? 'read_json' : `read_${extension}`;
      const [row] = await duck.rows(`SELECT count(*) AS n FROM ${read}(['${files.join("', '")}'])`);
      assert.equal(row!.n, rows, format.id);
    }
  });

  it('reads a table of several row groups', async () => {
    const entities = Array.from({ length: ROW_GROUP.rows + 5 }, (_, i) => ({
      ...LETTER.entities[0]!,
      ...{ id: `id${i}`, note: i % 2 === 0 ? undefined : `note ${i}` },
    }));
    await duck.write('long.parquet', tableParquet, [{ ...LETTER, entities }]);
    const groups = "SELECT DISTINCT row_group_id AS g FROM parquet_metadata('long.parquet') ORDER BY g";
    assert.deepEqual(await duck.rows(groups), [{ g: 0n }, { g: 1n }]);
    const counts =
      "SELECT count(*) AS rows, count(DISTINCT id) AS ids, count(note) AS notes FROM 'long.parquet'";
    assert.deepEqual(await duck.rows(counts), [{ rows: 10_005n, ids: 10_005n, notes: 5_002n }]);
  });
});

describe('DuckDB, of what the command line writes', () => {
  let duck: Duck;
  let scratch: CliFolder;
  before(async function () {
    duck = await Duck.open(this);
    scratch = new CliFolder();
    for (let i = 0; i < 9; i++) {
      const text = `Ada went to 北京市 😀.\nBob ${i} stayed.\n`;
      scratch.write(`corpus/${i}.txt`, text);
      scratch.write(
        `corpus/${i}.ann.yaml`,
        sidecarOf(`${i}.txt`, text, [
          `id: aaaaa${i}, label: PER, start: 0, end: 3, text: Ada`,
          `id: bbbbb${i}, label: GPE, start: 12, end: 15, text: 北京市, note: 'a, "b"'`,
        ]),
      );
    }
  });
  after(async () => {
    await duck?.close();
    scratch?.remove();
  });

  for (const [whole, sharded, extension] of [
    ['table-parquet', 'table-csv', 'csv'],
    ['huggingface', 'huggingface-parquet', 'parquet'],
  ] as const)
    it(`reads three shards of ${sharded} as the whole in ${whole}, each row once`, async () => {
      const write = async (format: string, file: string, ...shard: string[]) => {
        const { status, stderr } = await scratch.run('export', '--to', format, ...shard, 'corpus', file);
        assert.equal(status, 0, stderr);
        return `'${path.join(scratch.path, file)}'`;
      };
      const all = await write(whole, whole === 'huggingface' ? 'all.jsonl' : 'all.parquet');
      for (const n of [1, 2, 3]) await write(sharded, `shards/${n}.${extension}`, '--shard', `${n}/3`);
      const shards = `'${path.join(scratch.path, `shards/*.${extension}`)}'`;
      const counts = `SELECT filename, count(*)::INTEGER AS n FROM read_${extension}(${shards}) GROUP BY filename`;
      const rows = (await duck.rows(counts)).map(({ n }) => n as number);
      assert.equal(rows.length, 3);
      assert.equal(
        rows.reduce((sum, n) => sum + n),
        18,
      );
      assert.equal(await duck.differences(inText(all), inText(shards)), 0);
    });
});
