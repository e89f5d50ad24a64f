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
import { isComment, rowOf, withoutNumbers, type Row } from './conll2003-rows';
import { splitAtSpaces, tokenize, TOKENIZERS, type Tokenizer } from '../tokens';

/**
 * The columns of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003,
 * https://aclanthology.org/W03-0419/): a token a line, its tag in the last column, an empty line behind a
 * sentence, `-DOCSTART-` before a document. Read with any number of columns, parted by spaces or tabs, and in
 * any of the schemes of tags; written with four. Offsets are tokens. The file does not say how its text was
 * spaced, so tokens that are read are parted by a space and sentences by a line ending. White space in a label
 * is written as `_`, since most readers take any for the end of a column.
 *
 * Lines before a sentence that begin with `#` and have no tag (`# id 1`, of MultiCoNER and others) are comments,
 * which are carried. Where the first column only counts the tokens (GermEval), the second has them; numbers are not
 * written again.
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

/** A comment, and before which sentence it stands, from 0; behind the last one, that is their number. */
type Comment = readonly [sentence: number, line: string];

/** What goes back as it came: how the text is cut is said by its spaces; the columns between token and tag. */
interface Kept {
  readonly separator: string;
  readonly columnsOf: (i: number, count: number) => string;
}

function* parse(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const base = nameOfFile(file.path, conll2003.extensions);
  let sentences: Row[][] = [[]];
  let line = 0;
  let count = 0;
  let isSeveral = false;
  let comments: Comment[] = [];
  const finish = function* (): Generator<AnnotatedDocument> {
    const filled = sentences.filter((rows) => rows.length > 0);
    sentences = [[]];
    // Comments without a sentence are of the document that follows.
    if (filled.length === 0) return;
    const own = comments;
    comments = [];
    count++;
    const name = isSeveral ? `${base}/${String(count).padStart(4, '0')}` : base;
    if (count === 1) report.add({ kind: 'changed', code: 'text-rebuilt', document: name, file: file.path });
    if (own.length > 0)
      report.add({
        kind: 'changed',
        code: 'comments-kept',
        document: name,
        file: file.path,
        values: { count: String(own.length) },
      });
    yield toDocument(name, withoutNumbers(filled), own, (row, code, values) =>
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
    } else if (sentences.at(-1)!.length === 0 && isComment(source)) {
      comments.push([sentences.length - 1, source.trimEnd()]);
    } else {
      const row = rowOf(source, line);
      if (row) sentences.at(-1)!.push(row);
      else
        report.add({
          kind: 'invalid',
          code: 'line-malformed',
          file: file.path,
          line,
          column: 1,
          values: { source: source.slice(0, 200) },
        });
    }
  }
  yield* finish();
  if (count === 0 && line > 0)
    throw new FormatError(
      'file-not-format',
      { file: file.path, line: 1, column: 1 },
      { format: conll2003.title },
    );
}

function toDocument(
  name: string,
  sentences: readonly (readonly Row[])[],
  comments: readonly Comment[],
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
    const layers = [rows.map(({ tag }) => tag), rows.map(({ innerTag = 'O' }) => innerTag)];
    for (const tags of layers)
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
  const carried = { conll2003: keep(sentences, comments) };
  return { name, index, entities: entities.sort(compareEntities), relations: [], carried };
}

/** What is carried of a document; see {@link keptOf}. */
function keep(sentences: readonly (readonly Row[])[], comments: readonly Comment[]): Plain {
  const rows = sentences.flat();
  const tabs = rows.some(({ isTabbed }) => isTabbed);
  // A token with spaces is written as several, since it is by spaces that the text says how it was cut.
  const columns = rows.flatMap(({ token, columns: between, isTabbed }) =>
    Array.from(token.matchAll(/\S+/g), () => (tabs && !isTabbed ? between.replace(/ +/g, '\t') : between)),
  );
  const usual = tabs ? EMPTY_COLUMNS.replace(' ', '\t') : EMPTY_COLUMNS;
  const hasColumns = columns.some((one) => one !== usual && one !== '');
  const [first = ''] = columns;
  return {
    ...(hasColumns && { columns }),
    ...(tabs ? { form: { tabs, columns: first } } : !hasColumns && { form: first }),
    ...(comments.length > 0 && { comments, sentences: sentences.length }),
  };
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
    const comments = commentsOf(document, sentences.length);
    const separator = kept?.separator ?? ' ';
    const empty = EMPTY_COLUMNS.replace(' ', separator);
    let sentence = 0;
    let inside = 0;
    for (let i = 0; i < count; i++) {
      while (inside < spans.length && spans[inside]!.last < i) inside++;
      if (sentences[sentence] === i) {
        // A sentence does not end within an entity: no reader would put the two halves together again.
        if (!(inside < spans.length && spans[inside]!.first < i)) {
          builder.append('\n');
          comments.take(sentence, builder);
        }
        sentence++;
      }
      builder.append(raw, places16[2 * i], places16[2 * i + 1]);
      const between = kept?.columnsOf(i, count) ?? empty;
      if (tags[i] === 'O' && between === EMPTY_COLUMNS) builder.append(OUTSIDE);
      else {
        const columns = between === '' ? '' : separator + between;
        builder.append(`${columns}${separator}${tags[i]}\n`);
      }
    }
    builder.append('\n');
    comments.take(sentences.length, builder);
    if (comments.left > 0) {
      const values = { format: conll2003.id, keys: 'comments' };
      report.add({ kind: 'lost', code: 'carried-outdated', document: document.name, values });
    }
    return [{ content: builder.take() }];
  }

  end() {
    return [];
  }
}

/** What a text that was made of tokens says of them; a text that was not says nothing. */
function keptOf({ carried }: AnnotatedDocument): Kept | undefined {
  const { columns, form } = Object(carried.conll2003) as Record<string, Plain>;
  const said = typeof form === 'string' ? { columns: form } : (Object(form) as Record<string, Plain>);
  const separator = said.tabs === true ? '\t' : ' ';
  const empty = EMPTY_COLUMNS.replace(' ', separator);
  if (Array.isArray(columns))
    return { separator, columnsOf: (i, count) => (columns.length === count ? String(columns[i]) : empty) };
  const { columns: same } = said;
  return typeof same === 'string' ? { separator, columnsOf: () => same } : undefined;
}

/** The comments of a document, to be written each before its sentence, if there are as many as there were. */
function commentsOf({ carried }: AnnotatedDocument, count: number) {
  const { comments, sentences } = Object(carried.conll2003) as Record<string, Plain>;
  const all = (Array.isArray(comments) ? comments : []) as readonly Comment[];
  let next = 0;
  return {
    take(sentence: number, builder: Utf8Builder) {
      if (sentences !== count) return;
      for (; all[next]?.[0] === sentence; next++) builder.append(`${all[next]![1]}\n`);
    },
    /** How many were not written. */
    get left() {
      return all.length - next;
    },
  };
}
