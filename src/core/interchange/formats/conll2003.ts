import { compareEntities, type Entity, type Plain } from '../../entity';
import { TextIndex } from '../../text';
import { CleanNames } from '../clean-names';
import { IdMaker, type AnnotatedDocument } from '../document';
import {
  optionOf,
  FormatError,
  type Context,
  type Format,
  type Serializer,
  type SourceFile,
  type WriteContext,
} from '../format';
import { fit } from '../limits';
import { fitTokens } from '../fit-tokens';
import { nameOfFile } from '../names';
import { readTags, TAG_SCHEMES, writeTags, type TagScheme } from '../tags';
import { Utf8Builder } from '../utf8';
import { splitAtSpaces, tokenize, TOKENIZERS, type Tokenizer } from '../tokens';

/**
 * The columns of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003,
 * https://aclanthology.org/W03-0419/): a token a line, its tag in the last column, an empty line behind a
 * sentence, `-DOCSTART-` before a document. Read with any number of columns, parted by spaces or tabs, and in
 * any of the schemes of tags; written with four. Offsets are tokens. The file does not say how its text was
 * spaced, so tokens that are read are parted by a space and sentences by a line ending. White space in a label
 * is written as `_`, since most readers take any for the end of a column.
 */
export const conll2003: Format = {
  id: 'conll2003',
  title: 'CoNLL-2003',
  extensions: ['.conll', '.iob', '.iob2', '.bio', '.txt'],
  layout: 'one-file',
  limits: { overlap: 'none', discontinuous: false, fields: [], relations: false },
  options: [
    { name: 'scheme', values: TAG_SCHEMES, description: 'how tokens are tagged' },
    { name: 'tokenizer', values: TOKENIZERS, description: 'how text is cut into tokens' },
  ],
  recognizes: (head) =>
    /^-DOCSTART-/m.test(head) || /^\S+(?:[ \t]\S+)*[ \t](?:O|[BIELSU]-\S+)\r?$/m.test(head),
  parse,
  serialize: (context) => new ConllWriter(context),
};

const DOCUMENT = '-DOCSTART-';

/** A token's line: the token, what stands between, and the tag. */
interface Row {
  readonly token: string;
  readonly columns: string;
  readonly tag: string;
  readonly line: number;
}

/** What goes back as it came: how the text is cut is said by its spaces; the columns between token and tag. */
interface Kept {
  readonly columnsOf: (i: number, count: number) => string;
}

function* parse(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const base = nameOfFile(file.path, conll2003.extensions);
  let sentences: Row[][] = [[]];
  let line = 0;
  let count = 0;
  let isSeveral = false;
  const finish = function* (): Generator<AnnotatedDocument> {
    const filled = sentences.filter((rows) => rows.length > 0);
    sentences = [[]];
    if (filled.length === 0) return;
    count++;
    const name = isSeveral ? `${base}/${String(count).padStart(4, '0')}` : base;
    if (count === 1) report.add({ kind: 'changed', code: 'text-rebuilt', document: name, file: file.path });
    yield toDocument(name, filled, (row, code, values) =>
      report.add({
        kind: 'invalid',
        code,
        document: name,
        file: file.path,
        line: row.line,
        column: 1,
        values,
      }),
    );
  };
  for (const source of file.lines()) {
    line++;
    if (source.trim() === '') {
      if (sentences.at(-1)!.length > 0) sentences.push([]);
    } else if (source.startsWith(DOCUMENT)) {
      yield* finish();
      isSeveral = true;
    } else {
      const [, token = '', columns = '', tag = ''] =
        /^[ \t]*(\S+)(?:[ \t]+(.*?))?[ \t]+(\S+)[ \t]*$/.exec(source) ?? [];
      if (token === '')
        report.add({
          kind: 'invalid',
          code: 'line-malformed',
          file: file.path,
          line,
          column: 1,
          values: { source: source.slice(0, 200) },
        });
      else sentences.at(-1)!.push({ token, columns, tag, line });
    }
  }
  yield* finish();
  if (count === 0 && line > 0)
    throw new FormatError('file-not-format', { file: file.path, line: 1 }, { format: conll2003.title });
}

function toDocument(
  name: string,
  sentences: readonly (readonly Row[])[],
  fault: (row: Row, code: 'sequence-malformed', values: Record<string, string>) => void,
): AnnotatedDocument {
  const ids = new IdMaker();
  const entities: Entity[] = [];
  const index = new TextIndex(
    sentences.map((rows) => rows.map(({ token }) => token).join(' ')).join('\n') + '\n',
  );
  let at16 = 0;
  for (const rows of sentences) {
    const starts16: number[] = [];
    for (const { token } of rows) {
      starts16.push(at16);
      at16 += token.length + 1;
    }
    const tags = rows.map(({ tag }) => tag);
    for (const { first, last, label } of readTags(tags, (i) =>
      fault(rows[i]!, 'sequence-malformed', { tag: tags[i]! }),
    )) {
      const span = {
        start: index.toCodePoint(starts16[first]!),
        end: index.toCodePoint(starts16[last]! + rows[last]!.token.length),
      };
      const id = ids.make(`conll2003 ${name} ${span.start} ${span.end} ${label}`);
      entities.push({ id, label, ...span, text: index.slice(span) });
    }
  }
  const columns = sentences.flatMap((rows) => rows.map((row) => row.columns));
  const hasColumns = columns.some((one) => one !== EMPTY_COLUMNS && one !== '');
  const carried = { conll2003: hasColumns ? { columns } : { form: columns[0] ?? '' } };
  return { name, index, entities: entities.sort(compareEntities), relations: [], carried };
}

/** The columns of part of speech and chunk where they are not known. */
const EMPTY_COLUMNS = '-X- _';
const OUTSIDE = ` ${EMPTY_COLUMNS} O\n`;

/** A label without what ends a column or a line for any reader, Python's among them. */
function labelInColumn(label: string): string {
  return label.replace(/[\s\p{Cc}]/gu, '_');
}

class ConllWriter implements Serializer {
  private readonly scheme: TagScheme;
  private readonly tokenizer: Tokenizer;
  private readonly builder = new Utf8Builder();
  private readonly labels: CleanNames;

  constructor(private readonly context: WriteContext) {
    this.scheme = optionOf(conll2003, 'scheme', context.options) as TagScheme;
    this.tokenizer = optionOf(conll2003, 'tokenizer', context.options) as Tokenizer;
    const { report, labels } = context;
    const known = labels.map(({ name }) => name);
    this.labels = new CleanNames(report, labelInColumn, known);
  }

  document(document: AnnotatedDocument) {
    const { report } = this.context;
    const { raw } = document.index;
    const kept = keptOf(document);
    const tokens = kept ? splitAtSpaces(raw) : tokenize(raw, this.tokenizer);
    const { places16, count, sentences } = tokens;
    const { entities } = fit(document, conll2003, report);
    const spans = fitTokens(document, entities, tokens, { report, isFlat: true }).map(
      ({ first, last, label }) => ({ first, last, label: this.labels.of(label) }),
    );
    const tags = writeTags(count, spans, this.scheme);
    const { builder } = this;
    builder.append(`${DOCUMENT} -X- -X- O\n`);
    let sentence = 0;
    let inside = 0;
    for (let i = 0; i < count; i++) {
      while (inside < spans.length && spans[inside]!.last < i) inside++;
      if (sentences[sentence] === i) {
        sentence++;
        // A sentence does not end within an entity: no reader would put the two halves together again.
        if (!(inside < spans.length && spans[inside]!.first < i)) builder.append('\n');
      }
      builder.append(raw, places16[2 * i], places16[2 * i + 1]);
      const between = kept?.columnsOf(i, count) ?? EMPTY_COLUMNS;
      if (tags[i] === 'O' && between === EMPTY_COLUMNS) builder.append(OUTSIDE);
      else builder.append(between === '' ? ` ${tags[i]}\n` : ` ${between} ${tags[i]}\n`);
    }
    builder.append('\n');
    return [{ content: builder.take() }];
  }

  end() {
    return [];
  }
}

/** What a text that was made of tokens says of them; a text that was not says nothing. */
function keptOf({ carried }: AnnotatedDocument): Kept | undefined {
  const { columns, form } = Object(carried.conll2003) as Record<string, Plain>;
  if (Array.isArray(columns))
    return { columnsOf: (i, count) => (columns.length === count ? String(columns[i]) : EMPTY_COLUMNS) };
  return typeof form === 'string' ? { columnsOf: () => form } : undefined;
}
