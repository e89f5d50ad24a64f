import assert from 'node:assert/strict';
import { FormatError } from '../../../../src/formats/shared/format';
import { recognize } from '../../../../src/formats';
import { huggingface, huggingfaceParquet } from '../../../../src/formats/huggingface';
import { tableCsv, tableParquet } from '../../../../src/formats/table';
import { headOf } from '../../../../src/formats/shared/head';
import { formatErrorMessage } from '../../../../src/wording/format-errors';
import { inEnglish } from '../../../../src/wording/translate';
import { parse, shown, told } from '../support';
import { Duck } from './duckdb';

/** Records as someone has them in DuckDB: with nulls, marks, an empty list and a text of several lines. */
const RECORDS = `SELECT * FROM (VALUES
  ('a', ['Ada', 'met', '北京市', '😀', 'Bob'], ['B-PER', 'O', 'B-GPE', 'O', 'B-PER'], 'Ada met\n"北京市" 😀 Bob'),
  ('b', ['Zoë', '𠮷野'], ['B-PER', 'I-PER'], NULL),
  (NULL, ['It''s', '"so"'], ['O', 'O'], 'It''s "so"'),
  ('d', []::VARCHAR[], []::VARCHAR[], '')
) AS records(id, tokens, ner_tags, text)`;

const ARTICLE = 'Ada “😀” met\n"北京市" and 𠮷野.';
/** Entities as someone has computed them in DuckDB: columns of any type, in any order, with nulls. */
const entities = (integer: string) => `SELECT * FROM (VALUES
  ('PER'::ENUM('PER', 'GPE'), 0::${integer}, 7::${integer}, 'Ada “😀”', 'two\nlines, "quoted"', true, 'a'),
  ('GPE', 13, 16, '北京市', NULL, NULL, 'a'),
  ('GPE', 22, 24, NULL, '', false, 'a')
) AS entities(label, start, "end", text, note, reviewed, article)`;
const FOUND = ['PER [0, 7) "Ada “😀”"', 'GPE [13, 16) "北京市"', 'GPE [22, 24) "𠮷野"'];

describe('What DuckDB writes', () => {
  let duck: Duck;
  before(async function () {
    duck = await Duck.open(this);
  });
  after(() => duck?.close());

  const parquetOf = async (query: string, how: string) => {
    const bytes = await duck.copy(query, 'written.parquet', `FORMAT parquet, ${how}`);
    const [{ encodings } = {}] = await duck.rows(
      `SELECT string_agg(DISTINCT encodings, ' ') AS encodings FROM parquet_metadata('written.parquet')`,
    );
    return { bytes, encodings: encodings as string };
  };

  for (const [how, encoding] of [
    ['COMPRESSION uncompressed', /DICTIONARY/],
    ['COMPRESSION snappy', /DICTIONARY/],
    ['COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 0', /^PLAIN/],
    ['COMPRESSION snappy, PARQUET_VERSION v2', /DELTA/],
    ['COMPRESSION zstd', /DICTIONARY/],
    ['COMPRESSION zstd, COMPRESSION_LEVEL 19, PARQUET_VERSION v2', /DELTA/],
  ] as const)
    it(`is read in Parquet as it is in JSON lines: ${how}`, async () => {
      // Often enough that a dictionary is worth while, and in several row groups.
      const many = `SELECT id || '-' || n AS id, tokens, ner_tags, text FROM (${RECORDS}), range(1000) AS _(n)`;
      for (const query of [RECORDS, many]) {
        const { bytes, encodings } = await parquetOf(query, `${how}, ROW_GROUP_SIZE 2048`);
        if (query === many) assert.match(encodings, encoding);
        const lines = await duck.copy(query, 'written.jsonl', 'FORMAT json');
        const fromLines = await parse(huggingface, { 'x.jsonl': lines });
        const fromParquet = await parse(huggingfaceParquet, { 'x.parquet': bytes });
        assert.equal(fromParquet.documents.length, query === RECORDS ? 4 : 4000);
        assert.deepEqual(fromParquet.documents, fromLines.documents);
        assert.deepEqual(
          told(fromParquet.notes),
          told(fromLines.notes).map((note) => note.replace(/ line.*/, '')),
        );
      }
      const { documents } = await parse(huggingface, {
        'x.jsonl': await duck.copy(RECORDS, 'written.jsonl', 'FORMAT json'),
      });
      assert.deepEqual(
        documents.map((document) => [document.name, document.index.raw, shown(document)]),
        [
          [
            'x/a',
            'Ada met\n"北京市" 😀 Bob',
            ['PER [0, 3) "Ada"', 'GPE [9, 12) "北京市"', 'PER [16, 19) "Bob"'],
          ],
          ['x/b', 'Zoë 𠮷野\n', ['PER [0, 6) "Zoë 𠮷野"']],
          ['x/0003', 'It\'s "so"', []],
          ['x/d', '', []],
        ],
      );
    });

  for (const integer of ['UTINYINT', 'SMALLINT', 'INTEGER', 'UINTEGER', 'BIGINT', 'UBIGINT'])
    it(`has tags as numbers of the type ${integer}`, async () => {
      const query = `SELECT 7::${integer} AS id, ['in', 'New', 'York'] AS tokens, [0, 3, 4]::${integer}[] AS ner_tags`;
      const { bytes } = await parquetOf(query, 'COMPRESSION snappy');
      const options = { 'tag-names': 'PER,GPE' };
      const { documents } = await parse(huggingfaceParquet, { 'x.parquet': bytes }, 'x.parquet', options);
      assert.equal(documents[0]!.name, 'x/7');
      assert.deepEqual(shown(documents[0]!), ['GPE [3, 11) "New York"']);
    });

  it('is told by its columns', async () => {
    for (const [query, id] of [
      [RECORDS, 'huggingface-parquet'],
      [entities('BIGINT'), 'table-parquet'],
    ] as const) {
      const { bytes } = await parquetOf(query, 'COMPRESSION snappy');
      const head = headOf(bytes.length, (start, end) => bytes.slice(start, end));
      assert.deepEqual(
        recognize('x.parquet', head).map((format) => format.id),
        [id],
      );
    }
  });

  for (const integer of ['INTEGER', 'BIGINT', 'DOUBLE'])
    it(`is an entity table with offsets of the type ${integer}`, async () => {
      const query = entities(integer);
      const files = { 'a.txt': ARTICLE };
      const { bytes } = await parquetOf(query, 'COMPRESSION snappy');
      const csv = await duck.copy(query, 'written.csv', 'FORMAT csv, HEADER');
      const fromParquet = await parse(tableParquet, { 't.parquet': bytes, ...files });
      const fromCsv = await parse(tableCsv, { 't.csv': csv, ...files });
      assert.deepEqual(fromParquet.documents[0]!.entities, fromCsv.documents[0]!.entities);
      assert.deepEqual(shown(fromParquet.documents[0]!), FOUND);
      const [ada, beijing, yoshino] = fromParquet.documents[0]!.entities;
      assert.deepEqual([ada!.note, ada!.reviewed], ['two\nlines, "quoted"', true]);
      assert.deepEqual([beijing!.note, beijing!.reviewed, yoshino!.note], [undefined, undefined, undefined]);
    });

  for (const codec of ['ZSTD'])
    it(`is read, or refused, at once, whichever of its bytes is damaged: ${codec}`, async () => {
      const query = "SELECT ['Ada', 'met', 'Ada'] AS tokens, ['B-PER', 'O', 'B-PER'] AS ner_tags";
      const { bytes } = await parquetOf(query, `COMPRESSION ${codec}`);
      const outcomes = { read: 0, refused: 0 };
      for (const value of [0x7f, 0x80])
        for (const at of bytes.keys()) {
          const damaged = Uint8Array.from(bytes);
          damaged[at] = value;
          try {
            await parse(huggingfaceParquet, { 'x.parquet': damaged });
            outcomes.read++;
          } catch (error) {
            assert.ok(error instanceof FormatError, String(error));
            outcomes.refused++;
          }
        }
      assert.ok(outcomes.read > 100 && outcomes.refused > 100, JSON.stringify(outcomes));
    });

  for (const codec of ['GZIP', 'BROTLI', 'LZ4_RAW'])
    it(`is refused where it is compressed by ${codec}, and that is said`, async () => {
      const { bytes } = await parquetOf(RECORDS, `COMPRESSION ${codec}`);
      await assert.rejects(parse(huggingfaceParquet, { 'x.parquet': bytes }), (error: FormatError) => {
        assert.equal(
          formatErrorMessage(inEnglish, error),
          `x.parquet is compressed by ${codec}, which is not read here; write it with Snappy or Zstandard, or without compression`,
        );
        return true;
      });
    });
});
