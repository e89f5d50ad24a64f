import { toJson } from 'hyparquet';
import type { AnnotatedDocument } from '../shared/document';
import {
  type Limits,
  FormatError,
  optionOf,
  type Context,
  type Format,
  type FormatOption,
  type Output,
  type Serializer,
  type SourceFile,
  type WriteContext,
} from '../shared/format';
import { isParquetWith } from '../shared/head';
import { isObject, isText, itemsOf, jsonLines, parseJson, type Json, type JsonObject } from '../shared/json';
import { column, listColumn, openParquet, ParquetRows } from '../shared/parquet';
import { recordsIn } from '../shared/records/beginning';
import { hasSpans } from '../shared/records/roles';
import { TAG_SCHEMES, type TagScheme } from '../shared/tags';
import { TOKENIZERS } from '../shared/tokens';
import { isOfArgilla } from '../json/argilla';
import { COLUMNS, DocumentReader, TAG_COLUMNS } from './read';
import { featuresFor, tagNamesFrom, tagNamesIn } from './tag-names';
import { ItemMaker, type Item } from './write';

const LIMITS: Limits = { overlap: 'none', discontinuous: false, fields: [], relations: false };

const OPTIONS: readonly FormatOption[] = [
  { name: 'unit', values: ['sentence', 'document'], description: 'what a record is of' },
  { name: 'scheme', values: TAG_SCHEMES, description: 'how tokens are tagged' },
  { name: 'tokenizer', values: TOKENIZERS, description: 'how text is cut into tokens' },
  { name: 'tags', values: ['strings', 'numbers'], description: 'how tags are written' },
  { name: 'tag-names', values: [], description: 'what numbers stand for: O,B-PER,I-PER,… or PER,…' },
  { name: 'text', values: ['yes', 'no'], description: 'whether the text is written with its tokens' },
];

/**
 * Token classification as Hugging Face's `datasets` and `transformers` have it, in JSON lines
 * (https://huggingface.co/docs/transformers/tasks/token_classification): a record a line, with `tokens` and, of
 * each, one of `ner_tags`.
 *
 * Written are `id` (the document's name, and `#1` … for its sentences), `document` (its name: a corpus is
 * split into train and test by it), `tokens`, `ner_tags` and, but for `--text no`, `offsets` (start and end of
 * each token in `text`, in code points as Python counts them: `text[start:end]`) and `text`. The texts of a
 * document's records, one behind the other, are the document's. Tags are strings; as numbers
 * (`--tags numbers`) they follow `--tag-names`, or the labels of the corpus in their order, and a label that
 * is not among these is lost: all shards of a corpus must have the same numbers.
 *
 * Read are records of any such data set: tags are in `ner_tags`, `tags` or `labels`, in any scheme; what numbers
 * stand for is said by `--tag-names`, or by a `dataset_info.json` in the same folder. Records that follow each
 * other and have the same `document` are one article, any other record is one by itself. Without `text`, tokens
 * are parted by a space and records by a line ending. Columns that are not known come back as they were.
 */
export const huggingface: Format = {
  id: 'huggingface',
  title: 'Hugging Face (JSON lines)',
  extensions: ['.jsonl', '.ndjson', '.json'],
  layout: 'one-file',
  limits: LIMITS,
  options: OPTIONS,
  needs: ['"tokens"', '"ner_tags"|"tags"|"labels"'],
  recognizes: (head) => recordsIn(head).some(isItem),
  isCertain: (head) => /"(?:ner_)?tags"\s*:\s*\[/.test(head) && huggingface.recognizes(head, ''),
  parse: parseLines,
  serialize: (context) => new LineWriter(context),
};

/**
 * The same records in Parquet, as `datasets` writes and reads it: `tokens` is a list of strings, `ner_tags` one of
 * strings or of numbers, what those stand for is in the footer under `huggingface`, and no `--tag-names` is
 * needed to read them. A row group has at most 10,000 records or some 250,000 values. Other columns of a file
 * are not read, which is reported.
 */
export const huggingfaceParquet: Format = {
  id: 'huggingface-parquet',
  title: 'Hugging Face (Parquet)',
  extensions: ['.parquet'],
  layout: 'one-file',
  limits: LIMITS,
  options: OPTIONS,
  needs: ['PAR1', 'tokens'],
  recognizes: (head) => isParquetWith(head, ['tokens']),
  parse: parseParquet,
  serialize: (context) => new ParquetWriter(context),
};

/** Whether it is a record of tokens, and not of spans that another tool has beside them. */
function isItem(record: Json): boolean {
  if (!isObject(record) || !(Array.isArray(record.tokens) && itemsOf(record.tokens).every(isText)))
    return false;
  return TAG_COLUMNS.some((name) => name in record) || !(isOfArgilla(record) || hasSpans(record));
}

function* parseLines(file: SourceFile, context: Context): Generator<AnnotatedDocument> {
  const tagNames = givenTagNames(huggingface, context) ?? tagNamesBeside(file);
  const reader = new DocumentReader(file, context, { extensions: huggingface.extensions, tagNames });
  let row = 0;
  for (const { value, line } of jsonLines(file, context)) yield* reader.add(value, { line, row: ++row });
  yield* reader.end();
  if (reader.count === 0 && file.size > 0) throw notFormat(file, huggingface, { line: 1, column: 1 });
}

async function* parseParquet(file: SourceFile, context: Context): AsyncGenerator<AnnotatedDocument> {
  const { title, extensions } = huggingfaceParquet;
  const source = await openParquet(file, title);
  const tagColumn = TAG_COLUMNS.find((name) => source.names.includes(name));
  if (tagColumn === undefined || !source.names.includes('tokens')) throw notFormat(file, huggingfaceParquet);
  const columns = source.names.filter((name) => name === tagColumn || COLUMNS.includes(name));
  for (const name of source.names.filter((name) => !columns.includes(name)))
    context.report.add({ kind: 'lost', code: 'column', file: file.path, values: { name } });
  const tagNames =
    givenTagNames(huggingfaceParquet, context) ?? tagNamesInFooter(source.metadata, tagColumn, file);
  const reader = new DocumentReader(file, context, { extensions, tagNames });
  let row = 0;
  for await (const values of source.rows(columns))
    yield* reader.add(toJson(values) as JsonObject, { row: ++row });
  yield* reader.end();
}

function notFormat({ path }: SourceFile, { title }: Format, place = {}): FormatError {
  return new FormatError('file-not-format', { file: path, ...place }, { format: title });
}

function givenTagNames(format: Format, { options }: Context): string[] | undefined {
  const scheme = optionOf(format, 'scheme', options) as TagScheme;
  return tagNamesFrom(optionOf(format, 'tag-names', options), [], scheme);
}

const INFO = 'dataset_info.json';

function tagNamesBeside(file: SourceFile): string[] | undefined {
  const beside = file.sibling(INFO);
  const info = beside && parseJson(beside.text(), beside.path);
  return isObject(info) ? namesOf(info.features) : undefined;
}

function tagNamesInFooter(
  metadata: ReadonlyMap<string, string>,
  tagColumn: string,
  { path }: SourceFile,
): string[] | undefined {
  const source = metadata.get('huggingface');
  const footer = source === undefined ? undefined : parseJson(source, path);
  const info = isObject(footer) ? footer.info : undefined;
  return isObject(info) ? tagNamesIn(info.features, tagColumn) : undefined;
}

function namesOf(features: Json | undefined): string[] | undefined {
  for (const name of TAG_COLUMNS) {
    const names = tagNamesIn(features, name);
    if (names) return names;
  }
  return undefined;
}

class LineWriter implements Serializer {
  private readonly maker: ItemMaker;

  constructor(context: WriteContext) {
    this.maker = new ItemMaker(huggingface, context);
  }

  document(document: AnnotatedDocument): Output[] {
    const lines = this.maker.items(document).map((item) => JSON.stringify(asWritten(item)) + '\n');
    return [{ content: lines.join('') }];
  }

  end(): Output[] {
    return [];
  }
}

/** A record with its columns: those that it was read with, or else all. */
function asWritten({ kept, ...item }: Item): object {
  if (!kept) return item;
  const known: Readonly<Record<string, unknown>> = { ...item, tags: item.ner_tags, labels: item.ner_tags };
  return Object.fromEntries(
    kept.columns.map((name) => [
      name,
      Object.hasOwn(kept.rest, name) ? kept.rest[name] : Object.hasOwn(known, name) ? known[name] : null,
    ]),
  );
}

class ParquetWriter implements Serializer {
  private readonly maker: ItemMaker;
  private readonly rows: ParquetRows;

  constructor(private readonly context: WriteContext) {
    this.maker = new ItemMaker(huggingfaceParquet, context);
    const { tagNames } = this.maker;
    this.rows = new ParquetRows(
      [
        column('id', 'string'),
        column('document', 'string'),
        listColumn('tokens', 'string'),
        listColumn('ner_tags', tagNames ? 'int64' : 'string'),
        listColumn('offsets', 'int32', 2),
        column('text', 'string'),
      ],
      { huggingface: JSON.stringify({ info: { features: featuresFor(tagNames) } }) },
    );
  }

  *document(document: AnnotatedDocument): Generator<Output> {
    const items = this.maker.items(document);
    const columns = new Set(items.flatMap(({ kept }) => Object.keys(kept?.rest ?? {})));
    if (columns.size > 0) {
      const values = { format: huggingface.id, names: [...columns].join(', ') };
      this.context.report.add({ kind: 'lost', code: 'carried', document: document.name, values });
    }
    for (const { id, document: name, tokens, ner_tags: tags, offsets, text, kept } of items) {
      const has = (name: string) => !kept || kept.columns.includes(name);
      const content = this.rows.add([
        id === null ? undefined : String(id),
        has('document') ? name : undefined,
        tokens,
        tags.map((tag) => (typeof tag === 'number' ? BigInt(tag) : tag)),
        has('offsets') ? offsets : undefined,
        has('text') ? text : undefined,
      ]);
      if (content) yield { content };
    }
  }

  *end(): Generator<Output> {
    yield { content: this.rows.end() };
  }
}
