import { decompress as decompressZstd } from 'fzstd';
import {
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type ColumnMetaData,
  type CompressionCodec,
  type Compressors,
  type ParquetParsers,
  type SchemaElement,
} from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { FormatError, type SourceFile } from './format';

/**
 * Parquet (https://parquet.apache.org/docs/file-format/), by hyparquet and hyparquet-writer. Memory does not
 * grow with a file: it is written, and read, a row group at a time. The reader believes the numbers of values that
 * a page says to have; they are looked at first (and see `scripts/bounded-runs.cjs`). It reads what is compressed
 * with Snappy (what pandas, Spark and DuckDB write where nothing is said), Zstandard (Polars), or not at all.
 */
export interface Column {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
}

/** What a column holds. A `date` is days since 1970, an `int64` a bigint. */
export type ColumnType = 'string' | 'int32' | 'int64' | 'boolean' | 'date';

const TYPES: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
};

/** A column of single values, any of which may be `undefined`. */
export function column(name: string, type: ColumnType): Column {
  return { name, elements: [{ name, repetition_type: 'OPTIONAL', ...TYPES[type] }] };
}

/**
 * A column of lists, any of which may be `undefined`: the three levels that Arrow and Spark write.
 * @param depth 2 for lists of lists
 */
export function listColumn(name: string, type: ColumnType, depth = 1): Column {
  const list = (called: string): SchemaElement[] => [
    { name: called, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ];
  const { elements } = column('element', type);
  const above = Array.from({ length: depth }, (_, i) => list(i === 0 ? name : 'element'));
  return { name, elements: [...above.flat(), ...elements] };
}

/** A row group ends with as many rows, or as many values in lists, whichever come first. */
export const ROW_GROUP = { rows: 10_000, values: 100_000 };

/** Writes rows into a Parquet file, compressed with Snappy. */
export class ParquetRows {
  private readonly bytes = new ByteWriter(2 ** 16);
  private readonly writer: ParquetWriter;
  private rows: unknown[][] = [];
  private values = 0;

  /** @param metadata for the footer: what readers look for by a name */
  constructor(
    private readonly columns: readonly Column[],
    metadata: Readonly<Record<string, string>> = {},
  ) {
    const root = { name: 'schema', num_children: columns.length };
    const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
    this.writer = new ParquetWriter({
      writer: this.bytes,
      schema: [root, ...columns.flatMap(({ elements }) => elements)],
      // An empty list is written with a type that the reader of arrow-rs refuses.
      ...(kvMetadata.length > 0 && { kvMetadata }),
      createdBy: 'corpus-annotator',
    });
  }

  /**
   * @param row a value for each column, in their order
   * @returns what is to be written now, valid until the next call, where a row group is full
   */
  add(row: unknown[]): Uint8Array | undefined {
    this.rows.push(row);
    for (const value of row) if (Array.isArray(value)) this.values += value.length;
    if (this.rows.length < ROW_GROUP.rows && this.values < ROW_GROUP.values) return undefined;
    this.endGroup();
    return this.take();
  }

  /** The rest of the file. */
  end(): Uint8Array {
    this.endGroup();
    void this.writer.finish();
    return this.take();
  }

  private endGroup(): void {
    const { rows } = this;
    if (rows.length === 0) return;
    const columnData = this.columns.map(({ name }, i) => ({ name, data: rows.map((row) => row[i]) }));
    void this.writer.write({ columnData, rowGroupSize: rows.length });
    this.rows = [];
    this.values = 0;
  }

  private take(): Uint8Array {
    const taken = this.bytes.getBytes();
    this.bytes.index = 0;
    return taken;
  }
}

/** A Parquet file that is read. */
export interface ParquetSource {
  /** Of its columns. */
  readonly names: readonly string[];
  /** What its footer says, by name. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Its rows, of the columns that are asked for. @throws FormatError where it is damaged, or compressed otherwise */
  rows(columns: readonly string[]): AsyncGenerator<Readonly<Record<string, unknown>>>;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Those of hyparquet leave out a byte-order mark with which a value begins. */
const parsers: Partial<ParquetParsers> = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
};

/** @param title of the format that the file is to be in. @throws FormatError where it is no Parquet file */
export async function openParquet(file: SourceFile, title: string): Promise<ParquetSource> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: (start, end = file.size) => new Uint8Array(file.slice(start, end)).buffer,
  };
  const metadata = await attempt(
    () => parquetMetadataAsync(buffer, { geoparquet: false }),
    () => new FormatError('file-not-format', { file: file.path }, { format: title }),
  );
  const [root, ...elements] = metadata.schema;
  const names: string[] = [];
  for (let i = 0, rest = root?.num_children ?? 0; rest > 0 && i < elements.length; rest--) {
    names.push(elements[i]!.name);
    // What is below an element follows it.
    for (let below = 1; below > 0 && i < elements.length; i++) below += (elements[i]!.num_children ?? 0) - 1;
  }
  return {
    names,
    metadata: new Map(metadata.key_value_metadata?.map(({ key, value = '' }) => [key, value])),
    async *rows(columns) {
      const groups = metadata.row_groups.map(({ num_rows, columns: chunks }) => ({
        rows: Number(num_rows),
        chunks: chunks.flatMap(({ meta_data }) =>
          meta_data && columns.includes(meta_data.path_in_schema[0]!) ? meta_data : [],
        ),
      }));
      for (const { codec } of groups.flatMap(({ chunks }) => chunks))
        if (!CODECS.includes(codec))
          throw new FormatError('compression-unknown', { file: file.path }, { codec: String(codec) });
      let rowStart = 0;
      for (const { rows, chunks } of groups) {
        const rowEnd = rowStart + rows;
        const read = () => {
          for (const chunk of chunks) checkPages(chunk, rows, file);
          return parquetReadObjects({
            ...{ file: buffer, metadata, columns: [...columns], rowStart, rowEnd, parsers, compressors },
          });
        };
        yield* await attempt(read, () => new FormatError('file-damaged', { file: file.path }));
        rowStart = rowEnd;
      }
    },
  };
}

/** In the web worker, too: what Node has by itself is not there, and what browsers have cannot be waited for here. */
const compressors = {
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
} satisfies Compressors;
const CODECS: readonly CompressionCodec[] = ['UNCOMPRESSED', 'SNAPPY', 'ZSTD'];
/** How many values a row group may have in a column: more do not go into memory. */
const MOST_VALUES = 2 ** 26;
/** How long the header of a page is at most, in bytes: it holds the least and the greatest value of the page. */
const LONGEST_HEADER = 2 ** 16;

/**
 * Looks at what the headers of a column's pages say, before the reader believes it.
 * @param rows how many the row group has
 * @throws Error where they do not fit each other, the file's footer or the file
 */
function checkPages(
  { num_values, dictionary_page_offset, data_page_offset, total_compressed_size }: ColumnMetaData,
  rows: number,
  file: SourceFile,
): void {
  let left = Number(num_values);
  let at = Number(dictionary_page_offset ?? data_page_offset);
  const end = at + Number(total_compressed_size);
  const expect = (count: unknown, most: number) => {
    if (!Number.isInteger(count) || (count as number) < 0 || (count as number) > most)
      throw new Error(`not sound at byte ${at}`);
    return count as number;
  };
  expect(left, MOST_VALUES);
  expect(rows, left);
  expect(end, file.size);
  while (at < end) {
    const bytes = file.slice(at, Math.min(at + LONGEST_HEADER, end));
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
    const header = parquetHeader(reader);
    const size = expect(header.compressed_page_size, end - at - reader.offset);
    expect(header.uncompressed_page_size, 2 ** 31);
    const { data_page_header, data_page_header_v2: v2, dictionary_page_header } = header;
    const count = expect((data_page_header ?? v2 ?? dictionary_page_header)?.num_values, left);
    if (v2) {
      expect(v2.num_nulls, count);
      expect(v2.num_rows, count);
      expect(
        expect(v2.repetition_levels_byte_length, size) + expect(v2.definition_levels_byte_length, size),
        size,
      );
    }
    if (!dictionary_page_header) left -= count;
    at += reader.offset + size;
  }
}

async function attempt<T>(task: () => Promise<T>, explain: () => FormatError): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof FormatError ? error : explain();
  }
}
