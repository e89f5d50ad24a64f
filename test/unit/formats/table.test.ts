import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import type { Entity } from '../../../src/core/model/entity';
import type { Format } from '../../../src/formats/shared/format';
import { recognize } from '../../../src/formats';
import { huggingfaceParquet } from '../../../src/formats/huggingface';
import { tableCsv, tableParquet } from '../../../src/formats/table';
import { headOf } from '../../../src/formats/shared/head';
import { openParquet, ROW_GROUP } from '../../../src/formats/shared/parquet';
import { TextIndex } from '../../../src/core/text';
import { documents } from './documents';
import { marked, parse, serialize, shown, sourceFile, told } from './support';

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

  it('for a spreadsheet has no cell that is a formula, and reads back as it was', async () => {
    const starts = fc.constantFrom('=', '+', '-', '@', "'", "'=", '\t', '\n', 'a', '');
    const cell = fc.tuple(starts, fc.string()).map((parts) => parts.join(''));
    const options = { cells: 'spreadsheet' };
    await fc.assert(
      fc.asyncProperty(cell, cell, cell, async (text, label, note) => {
        const index = new TextIndex(`${text}x`);
        const said = index.slice({ start: 0, end: index.length });
        const entity = {
          id: 'a1',
          label: `L${label}`.trim(),
          start: 0,
          end: index.length,
          text: said,
          note: `n${note}`,
        };
        const formula = { ...entity, id: 'a2', label: `=${entity.label}`, note: `${note}!` };
        const document = { name: 'a', index, entities: [entity, formula], relations: [], carried: {} };
        const { files } = await serialize(tableCsv, [document], { options });
        const { data } = Papa.parse<string[]>(files['']!.slice(1), { delimiter: ',', newline: '\n' });
        for (const row of data) for (const one of row) assert.doesNotMatch(one, /^[=+\-@\t\r\n]/);
        const read = await parse(tableCsv, { 't.csv': files['']!, 'a.txt': index.raw }, 't.csv', options);
        const byId = new Map(read.documents[0]!.entities.map((one) => [one.id, one]));
        for (const { id, label, text, note } of [entity, formula]) {
          const found = byId.get(id)!;
          assert.deepEqual([found.label, found.text, found.note], [label, text, note]);
        }
      }),
    );
  });

  it('tells what it cannot hold', async () => {
    const relation = { id: 'r', label: 'of', from: 'per1', to: 'org2' };
    const { notes } = await serialize(tableParquet, [
      { ...ARTICLE, relations: [relation], carried: { 'spacy-doc': { rest: { cats: { sports: 1 } } } } },
    ]);
    assert.deepEqual(told(notes), ['lost carried', 'lost relation [16, 24)']);
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
  });
});

describe('The table of entities, read', () => {
  const textOf = (name: string) => (name === '2022/a' ? ARTICLE.index.raw : undefined);
  const read = (csv: string, options = {}) => parse(tableCsv, { 't.csv': csv }, 't.csv', options, textOf);

  it('finds its entities in the texts of the corpus, whatever columns there are in whatever order', async () => {
    const { documents, notes } = await read(
      'label,end,start,article,score,text\nPER,24,16,2022/a,0.9,"Ada, “A”"\nORG,34,28,2022/a,0.5,\n',
    );
    assert.deepEqual(
      documents.map(({ name }) => name),
      ['2022/a'],
    );
    assert.deepEqual(shown(documents[0]!), ['PER [16, 24) "Ada, “A”"', 'ORG [28, 34) "\\"Acme\\""']);
    assert.deepEqual(told(notes), ['lost column']);
  });

  it('reads what a spreadsheet made of it: semicolons, CRLF, a byte-order mark, cells of several lines', async () => {
    const { documents, notes } = await read(
      '\ufeffarticle;label;start;end;note;reviewed\r\n2022/a;PER;16;24;"two\r\n""lines""; both";TRUE\r\n',
    );
    assert.deepEqual(notes, []);
    const [entity] = documents[0]!.entities;
    assert.equal(entity!.note, 'two\n"lines"; both');
    assert.equal(entity!.reviewed, true);
  });

  it('looks for a text that is not at its offsets, and leaves to a person what it does not find', async () => {
    const text = 'date 2022-09-09 😀 Ada met Bob.\r\nAda left.';
    const head = 'article,label,start,end,text\n';
    const csv = `${head}a,PER,19,22,Ada\na,PER,27,30,Bob\na,PER,33,36,Ada\na,PER,2,5,Eve\na,PER,900,903,\na,,1,2,\n`;
    const { documents, notes } = await parse(tableCsv, { 't.csv': csv, 'a.txt': text });
    assert.deepEqual(shown(documents[0]!), [
      'PER [2, 5) broken "Eve"',
      'PER [18, 21) "Ada"',
      'PER [26, 29) "Bob"',
      'PER [31, 34) "Ada"',
    ]);
    assert.deepEqual(told(notes), [
      'changed span-moved line 2',
      'changed span-moved line 3',
      'changed span-moved line 4',
      'changed text-mismatch line 5',
      'invalid span-outside line 6',
      'invalid value-malformed line 7',
    ]);
  });

  it('looks for it where it stands alone, or alone with what the row says is around it', async () => {
    const head = 'article,label,start,end,text,before,after,id\n';
    const csv = `${head}a,PER,0,3,Bob,,,a\na,PER,0,3,Ada,"saw ",.,b\na,PER,0,3,Ada,,,d\na,PER,0,3,Bo,,,c\n`;
    const { documents, notes } = await parse(tableCsv, {
      't.csv': csv,
      'a.txt': 'I, Ada met Bob, and saw Ada.',
    });
    assert.deepEqual(shown(documents[0]!), [
      'PER [0, 3) broken "Bo"',
      'PER [0, 3) broken "Ada"',
      'PER [11, 14) "Bob"',
      'PER [24, 27) "Ada"',
    ]);
    assert.deepEqual(told(notes), [
      'changed span-moved line 2',
      'changed span-moved line 3',
      'changed text-mismatch line 4',
      'changed text-mismatch line 5',
    ]);
  });

  it('takes the name of an article with the extension of its file, too', async () => {
    const texts = new Map([
      ['2022/a', 'Ada'],
      ['b.c', 'Bob'],
    ]);
    const table = `article,label,start,end
2022/a.txt,PER,0,3
b.c.md,PER,0,3
.\\2023\\d.txt,PER,0,3
`;
    texts.set('2023/d', 'Dan');
    const { documents: all, notes } = await parse(tableCsv, { 't.csv': table }, 't.csv', {}, (name) =>
      texts.get(name),
    );
    assert.deepEqual(
      all.map((document) => [document.name, ...shown(document)]),
      [
        ['2022/a', 'PER [0, 3) "Ada"'],
        ['b.c', 'PER [0, 3) "Bob"'],
        ['2023/d', 'PER [0, 3) "Dan"'],
      ],
    );
    assert.deepEqual(notes, []);
    const beside = await parse(tableCsv, {
      't.csv': 'article,label,start,end\na.txt,PER,0,3\n',
      'a.txt': 'Ada',
    });
    assert.deepEqual(
      beside.documents.map(({ name }) => name),
      ['a'],
    );
    await assert.rejects(
      parse(tableCsv, {
        't.csv': 'article,label,start,end\na,PER,0,3\na.txt,PER,0,3\nb,PER,0,1\n',
        'a.txt': 'Ada',
      }),
      { code: 'rows-scattered' },
    );
  });

  it('leaves out the rows of an article that is not there, and says so', async () => {
    const rows = 'b,PER,0,3\nb,PER,4,5\na,PER,0,3\nc,PER,0,1\n';
    const files = { 't.csv': `article,label,start,end\n${rows}`, 'a.txt': 'Ada' };
    const { documents, notes } = await parse(tableCsv, files);
    assert.deepEqual(
      documents.map(({ name, entities }) => [name, entities.length]),
      [['a', 1]],
    );
    assert.deepEqual(
      notes.map(({ kind, code, line, values }) => [kind, code, line, values?.name, values?.count]),
      [
        ['invalid', 'article-missing', 2, 'b', '2'],
        ['invalid', 'article-missing', 5, 'c', '1'],
      ],
    );
  });

  it('leaves out a row that has not a cell for each column, whichever is missing', async () => {
    const csv = [
      'article,id,label,start,end,text',
      'a,x1,PER,0,3,Ada',
      'a,PER,4,7,met',
      'a,x3,PER,4,7',
      'a,x4,PER,PER,4,7,met',
      'a,x5,PER,4,7,met,',
      ',,,,,',
      'a,x6,PER,8,11,',
      '',
    ].join('\n');
    const { documents, notes } = await parse(tableCsv, { 't.csv': csv, 'a.txt': 'Ada met Bob' });
    assert.deepEqual(shown(documents[0]!), ['PER [0, 3) "Ada"', 'PER [8, 11) "Bob"']);
    assert.deepEqual(
      told(notes),
      [3, 4, 5, 6].map((line) => `invalid line-malformed line ${line}`),
    );
  });

  it('reads the habits of spreadsheets: capitals, separators, a line that names them, numbers with marks', async () => {
    const text = `Mara ${'sang and '.repeat(300)}Graz`;
    const start = text.indexOf('Graz');
    assert.equal(start, 2705);
    const tables: Record<string, string> = {
      capitals: `Article,LABEL,Start,End,Suggested By\na,PER,0,4,m\na,LOC,2705,2709,m\n`,
      'tabs, CRLF': `Article\tLabel\tStart\tEnd\r\na\tPER\t0\t4\r\na\tLOC\t2705\t2709\r\n`,
      'sep=': `sep=|\narticle|label|start|end\na|PER|0|4\na|LOC|2705|2709\n`,
      'decimal commas': `\ufeffArticle;Label;Start;End\r\na;PER;0,0;4,00\r\na;LOC;2705,0;2709,0\r\n`,
      'decimal points': `article,label,start,end\na,PER,0.0,4.0\na,LOC,2705.00,2709.00\n`,
      'marks of thousands': `article;label;start;end\na;PER;0;4\na;LOC;2.705;2.709,0\n`,
      'other marks': `article,label,start,end\na,PER,0,4\na,LOC,"2,705",2’709.0\n`,
    };
    for (const [what, table] of Object.entries(tables)) {
      const { documents, notes } = await parse(tableCsv, { 't.csv': table, 'a.txt': text });
      assert.deepEqual(shown(documents[0]!), ['PER [0, 4) "Mara"', 'LOC [2705, 2709) "Graz"'], what);
      assert.deepEqual(notes, [], what);
      for (const name of ['t.csv', 't.tsv'])
        assert.deepEqual(
          recognize(name, table.replace('\ufeff', '')).map(({ id }) => id),
          ['table-csv'],
          what,
        );
    }
  });

  it('reads a number that may be two as the one that fits, else tells its row', async () => {
    const text = `Mara ${'sang and '.repeat(300)}Graz`;
    const head = 'article;label;start;end;text\n';
    // 1.000 is 1 or 1000; 1.5 is no offset; 10 is before 20.
    const csv = `${head}a;A;1.000;4;ara\na;B;1.000;1.003;and\na;C;1.000;1.003;\na;D;1.5;4;\na;E;20;10;\na;F;1.000;4;\n`;
    const { documents, notes } = await parse(tableCsv, {
      't.csv': csv,
      'a.txt': text.replace(/^(.{1000}).../s, '$1and'),
    });
    assert.deepEqual(shown(documents[0]!), ['A [1, 4) "ara"', 'F [1, 4) "ara"', 'B [1000, 1003) "and"']);
    assert.deepEqual(
      told(notes),
      [4, 5, 6].map((line) => `invalid value-malformed line ${line}`),
    );
    assert.deepEqual(
      notes.map(({ values }) => values?.source),
      ['start: 1.000', 'start: 1.5', 'end: 10'],
    );
  });

  it('finds out by the texts of an article that offsets begin with 1, or name the last character', async () => {
    // Each text stands at two places, so that only the offsets tell which is meant.
    const text = 'Mara sang in Graz. Mara left Graz.';
    const rows = (start: number, end: number) =>
      `a,PER,${19 + start},${23 + end},Mara\na,LOC,${29 + start},${33 + end},Graz\na,VERB,${24 + start},${28 + end},\n`;
    for (const [start, end] of [
      [1, 0],
      [0, -1],
      [1, 1],
    ] as const) {
      const csv = `article,label,start,end,text\n${rows(start, end)}`;
      const { documents, notes } = await parse(tableCsv, { 't.csv': csv, 'a.txt': text });
      assert.deepEqual(shown(documents[0]!), [
        'PER [19, 23) "Mara"',
        'VERB [24, 28) "left"',
        'LOC [29, 33) "Graz"',
      ]);
      assert.deepEqual(
        told(notes),
        [2, 3, 4].map((line) => `changed span-moved line ${line}`),
      );
    }
    const mixed = `article,label,start,end,text\na,PER,19,23,Mara\na,LOC,30,33,Graz\n`;
    const { documents } = await parse(tableCsv, { 't.csv': mixed, 'a.txt': text });
    assert.deepEqual(shown(documents[0]!), ['PER [19, 23) "Mara"', 'LOC [30, 33) broken "Graz"']);
  });

  it('says where it cannot be read', async () => {
    const head = 'article,label,start,end\n';
    await assert.rejects(read('name,label,start,end\n'), { code: 'file-not-format' });
    await assert.rejects(read(''), { code: 'file-not-format' });
    await assert.rejects(read(`${head}b,PER,1,2\nc,PER,1,2\n`), {
      code: 'article-missing',
      place: { file: 't.csv', line: 2, column: 1 },
    });
    const files = { 't.csv': `${head}a,PER,0,1\nb,PER,0,1\na,PER,1,2\n`, 'a.txt': 'Ada', 'b.txt': 'Bob' };
    await assert.rejects(parse(tableCsv, files), {
      code: 'rows-scattered',
      place: { file: 't.csv', line: 4, column: 1 },
    });
    // What stands beside it is not what is in a folder.
    await assert.rejects(parse(tableCsv, { 't.csv': `${head}x/a,PER,0,1\n`, 'a.txt': 'Ada' }), {
      code: 'article-missing',
    });
    const { notes } = await read(`${head}2022/a,PER,16,24\n2022/a,"PER,16,24\n`);
    assert.deepEqual(told(notes), ['invalid line-malformed line 3']);
  });

  it('is known by its columns', () => {
    const csv = recognize('t.csv', HEAD + 'a,');
    assert.deepEqual(
      csv.map(({ id }) => id),
      ['table-csv'],
    );
    assert.deepEqual(recognize('t.csv', 'name,age\nAda,36\n'), []);
  });

  it('is known by its columns in Parquet, too, whose footer names them', async () => {
    const known = async (format: Format, count: number) => {
      const written = await serialize(format, Array<typeof ARTICLE>(count).fill(ARTICLE));
      const bytes = written.bytes.get('')!;
      const head = headOf(bytes.length, (start, end) => bytes.subarray(start, end));
      return recognize('t.parquet', head).map(({ id }) => id);
    };
    assert.deepEqual(await known(tableParquet, 1), ['table-parquet']);
    // Far from the beginning, and with a footer of many row groups.
    assert.deepEqual(await known(tableParquet, 30_000), ['table-parquet']);
    assert.deepEqual(await known(huggingfaceParquet, 100), ['huggingface-parquet']);
    for (const damaged of ['PAR1', 'PAR1\xff\xff\xff\x7fPAR1', 'PAR1....PAR1']) {
      const bytes = Buffer.from(damaged, 'latin1');
      const head = headOf(bytes.length, (start, end) => bytes.subarray(start, end));
      assert.deepEqual(recognize('t.parquet', head), [], damaged);
    }
  });

  it('gives back what was written, in CSV and in Parquet', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    await fc.assert(
      fc.asyncProperty(
        documents({ fields, discontinuous: true }),
        fc.constantFrom(tableCsv, tableParquet),
        fc.constantFrom('exact', 'spreadsheet'),
        async (document, format, cells) => {
          fc.pre(document.entities.length > 0);
          const options = format === tableCsv ? { cells } : {};
          const { bytes } = await serialize(format, [document], { options });
          const raw = () => document.index.raw;
          const again = await parse(format, { t: bytes.get('')! }, 't', options, raw);
          assert.deepEqual(again.notes, []);
          assert.deepEqual(
            again.documents.map(({ name }) => name),
            [document.name],
          );
          const plain = document.entities.map((entity) => plainOf(entity));
          assert.deepEqual(
            again.documents[0]!.entities.map((entity) => plainOf(entity)),
            plain,
          );
        },
      ),
    );
  });
});

/** What a table can hold of an entity: what is false or empty is not said, and a line ending is `\n`. */
function plainOf(entity: Entity) {
  const said = Object.entries({ ...entity, externalId: undefined }).flatMap(([name, value]) => {
    if (value === undefined || value === false || value === '') return [];
    return [[name, typeof value === 'string' ? inUtf8(value).replace(/\r+\n/g, '\n') : value]];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(said))) as object;
}
