import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { tableCsv, tableParquet } from '../../../../src/core/interchange/formats/table';
import { openParquet, ROW_GROUP } from '../../../../src/core/interchange/parquet';
import { documents } from './documents';
import { marked, serialize, sourceFile, told } from './support';

const HEAD =
  'article,date,status,id,label,start,end,text,reviewed,suggested_by,link,note,attributes,parts,before,after\n';

const ARTICLE = marked('2022/a', 'date 2022-09-09 [PER Ada, “A”] of\n[ORG "Acme"].', { status: 'done' });

async function rowsOf(bytes: Uint8Array): Promise<Readonly<Record<string, unknown>>[]> {
  const source = await openParquet(sourceFile({ table: bytes }, 'table'), 'Parquet');
  const rows: Readonly<Record<string, unknown>>[] = [];
  for await (const row of source.rows(source.names)) rows.push(row);
  return rows;
}

/** A lone surrogate is none in UTF-8. */
const inUtf8 = <T>(value: T) => (typeof value === 'string' ? Buffer.from(value).toString() : value);

describe('The table of entities', () => {
  it('has a row an entity', async () => {
    const [ada, acme] = ARTICLE.entities;
    const entities = [
      { ...ada!, reviewed: true, suggestedBy: 'model-1', note: 'two\nlines', attributes: { level: 2 } },
      { ...acme!, link: 'wikidata:Q1', parts: [[28, 30] as const, [32, 34] as const] },
    ];
    const { files, notes } = await serialize(tableCsv, [{ ...ARTICLE, entities }]);
    assert.deepEqual(notes, []);
    assert.equal(
      files[''],
      HEAD +
        '2022/a,2022-09-09,done,per1,PER,16,24,"Ada, “A”",true,model-1,,"two\nlines","{""level"":2}",,' +
        '" 2022-09-09 "," of\n""Acme""."\n' +
        '2022/a,2022-09-09,done,org2,ORG,28,34,"""Acme""",false,,wikidata:Q1,,,"[[28,30],[32,34]]",' +
        '"Ada, “A” of\n",.\n',
    );
  });

  it('has a head where there are no entities', async () => {
    assert.equal((await serialize(tableCsv, [])).files[''], HEAD);
    assert.deepEqual(await rowsOf((await serialize(tableParquet, [])).bytes.get('')!), []);
  });

  it('leaves what looks like a formula as it is, but for a spreadsheet, and then tells', async () => {
    const document = marked('a', '[MISC =1+1] and [MISC -x]');
    const exact = await serialize(tableCsv, [document]);
    assert.match(exact.files['']!, /,=1\+1,/);
    assert.deepEqual(exact.notes, []);
    const { files, notes } = await serialize(tableCsv, [document], { options: { cells: 'spreadsheet' } });
    assert.ok(files['']!.startsWith('\ufeff' + HEAD));
    assert.match(files['']!, /,'=1\+1,/);
    // Of the second, the text and what stands before it.
    assert.deepEqual(told(notes), [
      'changed formula [0, 4)',
      'changed formula [9, 11)',
      'changed formula [9, 11)',
    ]);
  });

  it('tells what it cannot hold', async () => {
    const relation = { id: 'r', label: 'of', from: 'per1', to: 'org2' };
    const { notes } = await serialize(tableParquet, [
      { ...ARTICLE, relations: [relation], carried: { brat: 'x' } },
    ]);
    assert.deepEqual(told(notes), ['lost carried', 'lost relation']);
  });

  it('says the same in CSV and in Parquet, of whatever entities there are', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    await fc.assert(
      fc.asyncProperty(documents({ fields, discontinuous: true }), async (document) => {
        const csv = (await serialize(tableCsv, [document])).files['']!;
        const found = Papa.parse<Record<string, string>>(csv, {
          header: true,
          skipEmptyLines: true,
          newline: '\n',
        }).data;
        const rows = await rowsOf((await serialize(tableParquet, [document])).bytes.get('')!);
        assert.equal(rows.length, document.entities.length);
        rows.forEach((row, i) => {
          const { id, label, start, end, text, reviewed = false, note } = document.entities[i]!;
          const { attributes, parts } = document.entities[i]!;
          const of = { id, label, start, end, text, reviewed, note: note ?? undefined };
          for (const [name, value] of Object.entries(of)) assert.equal(row[name] ?? undefined, inUtf8(value));
          assert.equal(row.attributes ?? undefined, inUtf8(attributes && JSON.stringify(attributes)));
          assert.equal(row.parts ?? undefined, parts && JSON.stringify(parts));
          for (const [name, value] of Object.entries(row))
            assert.equal(inUtf8(found[i]![name]), String((value as string | number | boolean | null) ?? ''));
        });
      }),
    );
  });

  it('in Parquet has dates, and row groups of a limited size', async () => {
    const { bytes } = await serialize(
      tableParquet,
      Array.from({ length: ROW_GROUP.rows / 2 + 1 }, () => ARTICLE),
    );
    const rows = await rowsOf(bytes.get('')!);
    assert.equal(rows.length, ROW_GROUP.rows + 2);
    assert.deepEqual(rows.at(-2)!.date, new Date('2022-09-09'));
    assert.equal(rows.at(-1)!.text, '"Acme"');
  }).timeout(20_000);
});
