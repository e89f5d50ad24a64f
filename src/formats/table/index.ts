import { csvRow, type CsvValue } from '../../core/csv';
import { surroundingsOf, type Entity } from '../../core/model/entity';
import { parseHeader } from '../../core/header';
import { FORMULA } from '../../core/spreadsheet';
import type { AnnotatedDocument } from '../shared/document';
import {
  type Limits,
  optionOf,
  type Context,
  type Format,
  type Output,
  type Serializer,
  type SourceFile,
  type WriteContext,
} from '../shared/format';
import { isParquetWith } from '../shared/head';
import { fit } from '../shared/limits';
import { column, openParquet, ParquetRows, type ColumnType } from '../shared/parquet';
import { about } from '../shared/report';
import { headerIn, tableRows } from './csv';
import { areColumns, NEEDED, TableReader } from './read';

/**
 * A flat table of entities, one a row, for pandas, DuckDB, Spark, R and spreadsheets. `article` is the path of the
 * article in its corpus, without an extension; `date` that of its header. Offsets are code points, as sidecars
 * count them (a line ending counts 1); `text` has line endings as `\n`. `attributes` (an object) and `parts` (a
 * list of pairs) are JSON; `before` and `after` are what stands around, up to twelve characters. What is not said
 * is empty, but for `reviewed`, which is then false.
 *
 * A table has neither the texts nor the articles without entities. To be read it needs `article`, `label`, `start`
 * and `end`, in any order of columns, and the texts: those of the articles in the corpus that it is read into, else
 * `NAME.txt` beside it. `article` may also be the name of the file, `2022/a.txt`. The rows of an article follow each other. Where `text` is not at its offsets, other units
 * are tried (UTF-16, bytes, `\r\n` as two; from 1, or with the last character), else a person is to place it. A `\r\n`
 * in a cell of CSV is read as `\n`. Numbers may be as a spreadsheet shows them (`1.234` or `12,0`), see `readings`.
 */
const COLUMNS = {
  article: 'string',
  date: 'date',
  status: 'string',
  id: 'string',
  label: 'string',
  start: 'int32',
  end: 'int32',
  text: 'string',
  reviewed: 'boolean',
  suggested_by: 'string',
  link: 'string',
  note: 'string',
  attributes: 'string',
  parts: 'string',
  before: 'string',
  after: 'string',
} as const satisfies Readonly<Record<string, ColumnType>>;

type Row = { readonly [name in keyof typeof COLUMNS]: string | number | boolean | undefined };

const NAMES = Object.keys(COLUMNS) as readonly (keyof Row)[];

const LIMITS: Limits = {
  overlap: 'any',
  discontinuous: true,
  fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes'],
  relations: false,
};

const CELLS = ['exact', 'spreadsheet'] as const;

/**
 * As CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180, in UTF-8 with `\n` at the end of a row), with a row
 * of names.
 *
 * A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and a stranger's text may be
 * a harmful one (https://owasp.org/www-community/attacks/CSV_Injection). Cells are still written as they are:
 * programs that read the table must find the text that is in the article. `--cells spreadsheet` puts a `'`
 * before such a cell, which is reported, and a byte-order mark before the table, without which Excel does not
 * read UTF-8.
 */
export const tableCsv: Format = {
  id: 'table-csv',
  title: 'Entity table (CSV)',
  extensions: ['.csv'],
  layout: 'one-file',
  limits: LIMITS,
  options: [{ name: 'cells', values: CELLS, description: 'what opens the table, or has written it' }],
  needs: NEEDED,
  recognizes: (head) => areColumns(columnsOf(headerIn(head))),
  recognizesUnnamed: (head) => areColumns(columnsOf(headerIn(head))),
  parse: parseCsv,
  serialize: (context) => new CsvWriter(context),
};

/**
 * As Parquet, with a row group for each 10,000 entities. `date` is a date, `reviewed` a boolean.
 */
export const tableParquet: Format = {
  id: 'table-parquet',
  title: 'Entity table (Parquet)',
  extensions: ['.parquet'],
  layout: 'one-file',
  limits: LIMITS,
  needs: ['PAR1', ...NEEDED],
  recognizes: (head) => isParquetWith(head, NEEDED),
  parse: parseParquet,
  serialize: (context) => new ParquetTable(context),
};

/** What the columns of a header are: a known one in any writing, as `Suggested By`; of two of a name, the first. */
function columnsOf(header: readonly string[]): readonly string[] {
  const plain = header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  return plain.map((name, i) => {
    const isKnown = (NAMES as readonly string[]).includes(name);
    return !isKnown ? header[i]!.trim() : plain.indexOf(name) === i ? name : `${name} ${i + 1}`;
  });
}

async function* parseCsv(file: SourceFile, context: Context): AsyncGenerator<AnnotatedDocument> {
  const isOfSpreadsheet = optionOf(tableCsv, 'cells', context.options) === 'spreadsheet';
  let names: readonly string[] | undefined;
  let reader: TableReader | undefined;
  for (const { cells, line } of tableRows(file, context)) {
    if (!names) {
      names = columnsOf(cells);
      reader = new TableReader(file, context, tableCsv, names, NAMES);
      continue;
    }
    // Which cell is missing or too many, nobody knows.
    if (cells.length !== names.length) {
      const values = { source: cells.join(' ').slice(0, 200) };
      context.report.add({
        kind: 'invalid',
        code: 'line-malformed',
        file: file.path,
        line,
        column: 1,
        values,
      });
      continue;
    }
    // Spreadsheets write rows in which nobody has written anything.
    if (cells.every((cell) => cell === '')) continue;
    const said = names.map((name, i): [string, string | undefined] => {
      const cell = cells[i]!;
      const isEscaped = isOfSpreadsheet && cell.startsWith("'") && FORMULA.test(cell.slice(1));
      return [name, (isEscaped ? cell.slice(1) : cell) || undefined];
    });
    yield* reader!.add(Object.fromEntries(said), line);
  }
  // An empty file has no columns, which is said.
  reader ??= new TableReader(file, context, tableCsv, [], NAMES);
  yield* reader.end();
}

async function* parseParquet(file: SourceFile, context: Context): AsyncGenerator<AnnotatedDocument> {
  const source = await openParquet(file, tableParquet.title);
  const reader = new TableReader(file, context, tableParquet, source.names, NAMES);
  const columns = source.names.filter((name) => (NAMES as readonly string[]).includes(name));
  for await (const row of source.rows(columns)) {
    const said = columns.map((name): [string, string | undefined] => {
      const value = row[name] as string | number | bigint | boolean | null | undefined;
      return [name, value === null || value === undefined ? undefined : String(value) || undefined];
    });
    yield* reader.add(Object.fromEntries(said), undefined);
  }
  yield* reader.end();
}

/** What is the same for all entities of a document. */
function rowMaker({ name, index, status }: AnnotatedDocument): (entity: Entity) => Row {
  const { date } = parseHeader(index.raw);
  return (entity) => ({
    article: name,
    date,
    status,
    id: entity.id,
    label: entity.label,
    start: entity.start,
    end: entity.end,
    text: entity.text,
    reviewed: entity.reviewed ?? false,
    suggested_by: entity.suggestedBy,
    link: entity.link,
    note: entity.note,
    attributes: entity.attributes && JSON.stringify(entity.attributes),
    parts: entity.parts && JSON.stringify(entity.parts),
    ...surroundingsOf(entity, (span) => index.slice(span)),
  });
}

class CsvWriter implements Serializer {
  private readonly isForSpreadsheets: boolean;
  private isBegun = false;

  constructor(private readonly context: WriteContext) {
    this.isForSpreadsheets = optionOf(tableCsv, 'cells', context.options) === 'spreadsheet';
  }

  document(document: AnnotatedDocument): Output[] {
    const { entities } = fit(document, tableCsv, this.context.report);
    const toRow = rowMaker(document);
    const cells = entities.map((entity) => this.cells(document, entity, toRow(entity)));
    return [...this.begin(), ...csv(cells)];
  }

  end(): Output[] {
    return this.begin();
  }

  private begin(): Output[] {
    if (this.isBegun) return [];
    this.isBegun = true;
    const head = csv([NAMES]);
    return this.isForSpreadsheets ? [{ content: '\ufeff' }, ...head] : head;
  }

  private cells({ name }: AnnotatedDocument, entity: Entity, row: Row): Row[keyof Row][] {
    return NAMES.map((column) => {
      const value = row[column];
      if (!this.isForSpreadsheets || typeof value !== 'string' || !FORMULA.test(value)) return value;
      const note = { code: 'formula', document: name, values: { column } } as const;
      this.context.report.add({ kind: 'changed', ...note, ...about(entity) });
      return `'${value}`;
    });
  }
}

function csv(rows: readonly (readonly CsvValue[])[]): Output[] {
  return rows.length === 0 ? [] : [{ content: rows.map((row) => `${csvRow(row)}\n`).join('') }];
}

const DAY = 24 * 60 * 60 * 1000;

class ParquetTable implements Serializer {
  private readonly rows = new ParquetRows(NAMES.map((name) => column(name, COLUMNS[name])));

  constructor(private readonly context: WriteContext) {}

  *document(document: AnnotatedDocument): Generator<Output> {
    const { entities } = fit(document, tableParquet, this.context.report);
    const toRow = rowMaker(document);
    for (const entity of entities) {
      const row = toRow(entity);
      const date = typeof row.date === 'string' ? Date.parse(row.date) / DAY : undefined;
      const content = this.rows.add(NAMES.map((name) => (name === 'date' ? date : row[name])));
      if (content) yield { content };
    }
  }

  *end(): Generator<Output> {
    yield { content: this.rows.end() };
  }
}
