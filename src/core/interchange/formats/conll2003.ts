import { compareEntities, type Entity } from '../../entity';
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
import type { NoteCode } from '../note-codes';
import type { NoteKind } from '../report';
import { readTags, TAG_SCHEMES, writeTags, type TagScheme } from '../tags';
import { sliced, Utf8Builder } from '../utf8';
import { DOCUMENT, EMPTY_COLUMNS, keep, KeptComments, keptOf, USUAL_START } from './conll2003-kept';
import { areOther, readRows, type Comment, type Line, type Row, type Rows } from './conll2003-rows';
import { splitAtSpaces, tokenize, TOKENIZERS, type Tokenizer } from '../tokens';

/**
 * The columns of the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003,
 * https://aclanthology.org/W03-0419/): a token a line, its tag in the last column, an empty line behind a
 * sentence, `-DOCSTART-` before a document. Read with any number of columns, parted by spaces or tabs, and in
 * any of the schemes of tags; written with four. Offsets are tokens. The file does not say how its text was
 * spaced, so tokens that are read are parted by a space and sentences by a line ending. White space in a label
 * is written as `_`, since most readers take any for the end of a column.
 *
 * Lines before a sentence that begin with `#` and are no tokens (see `readRows`; `# id 1`, of MultiCoNER and others)
 * are comments, which are carried, as what `-DOCSTART-` is followed by. Where the first column only counts the tokens
 * (GermEval), the second has them; numbers are not written again. The language before each token of WikiANN is, and
 * is not text. What has another number of columns than most lines is read, and told; so is a token with a space, where
 * columns are parted by tabs: it becomes several.
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

function* parse(file: SourceFile, { report }: Context): Generator<AnnotatedDocument> {
  const base = nameOfFile(file.path, conll2003.extensions);
  let blocks: Line[][] = [[]];
  let start = '';
  let line = 0;
  let count = 0;
  /** Comments without a sentence are of the document that follows. */
  let waiting: string[] = [];
  const finish = function* (): Generator<AnnotatedDocument> {
    const tell = (code: NoteCode, at: number, values: Record<string, string> = {}) =>
      report.add({ kind: KINDS[code] ?? 'invalid', code, file: file.path, line: at, column: 1, values });
    const rows = readRows(blocks, tell);
    blocks = [[]];
    if (rows.sentences.length === 0) {
      waiting = waiting.concat(rows.comments.map(([, comment]) => comment));
      return;
    }
    if (count === 0 && areOther(rows.sentences.flat())) throw notConll(rows.sentences[0]![0]!.line);
    const comments = [...waiting.map((comment): Comment => [0, comment]), ...rows.comments];
    waiting = [];
    count++;
    const name = start === '' ? base : `${base}/${String(count).padStart(4, '0')}`;
    const changed = (code: NoteCode, values = {}) =>
      report.add({ kind: 'changed', code, document: name, file: file.path, values });
    if (count === 1) changed('text-rebuilt');
    const spaced = rows.sentences.flat().filter(({ token, isTabbed }) => isTabbed && /\s/.test(token));
    if (spaced.length > 0) tell('token-spaced', spaced[0]!.line, { count: String(spaced.length) });
    if (comments.length > 0) changed('comments-kept', { count: String(comments.length) });
    yield toDocument(name, { ...rows, comments }, start, ({ line: at }, tag) =>
      report.add({
        ...{ kind: 'invalid', code: 'sequence-malformed', document: name, file: file.path },
        ...{ line: at, column: 1, values: { tag } },
      }),
    );
  };
  const notConll = (at: number) =>
    new FormatError('file-not-format', { file: file.path, line: at, column: 1 }, { format: conll2003.title });
  for (const source of file.lines()) {
    line++;
    if (source.trim() === '') {
      if (blocks.at(-1)!.length > 0) blocks.push([]);
    } else if (source.startsWith(DOCUMENT)) {
      yield* finish();
      start = source.trimEnd();
    } else blocks.at(-1)!.push({ source, line });
  }
  yield* finish();
  if (count === 0 && line > 0) throw notConll(1);
  for (const source of waiting)
    report.add({
      kind: 'invalid',
      code: 'line-malformed',
      file: file.path,
      line,
      column: 1,
      values: { source },
    });
}

/** What is told of lines that are read all the same. */
const KINDS: Partial<Record<NoteCode, NoteKind>> = {
  'columns-differ': 'changed',
  'token-spaced': 'changed',
  'numbers-as-tokens': 'changed',
  'number-out-of-count': 'changed',
  'row-left-out': 'lost',
};

function toDocument(
  name: string,
  rows: Rows,
  start: string,
  fault: (row: Row, tag: string) => void,
): AnnotatedDocument {
  const { sentences } = rows;
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
      for (const { first, last, label } of readTags(tags, (i) => fault(rows[i]!, tags[i]!))) {
        const span = {
          start: index.toCodePoint(starts16[first]!),
          end: index.toCodePoint(starts16[last]! + rows[last]!.token.length),
        };
        const id = ids.make(`conll2003 ${name} ${span.start} ${span.end} ${label}`);
        entities.push({ id, label, ...span, text: index.slice(span) });
      }
  }
  const carried = { conll2003: keep(rows, start) };
  return { name, index, entities: entities.sort(compareEntities), relations: [], carried };
}

const NOTHING = new Uint8Array(0);
const OUTSIDE = new TextEncoder().encode(` ${EMPTY_COLUMNS} O\n`);

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

  see({ entities }: AnnotatedDocument): void {
    this.labels.see(entities.map(({ label }) => label));
  }

  document(document: AnnotatedDocument) {
    const { report } = this.context;
    this.see(document);
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
    const text = sliced(raw);
    builder.append(`${kept?.start ?? USUAL_START}\n`);
    const comments = new KeptComments(document, sentences.length);
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
      if (kept && kept.prefix !== '') builder.append(kept.prefix);
      const between = kept?.columnsOf(i) ?? empty;
      const tag = tags[i]!;
      const isUsual = tag === 'O' && between === EMPTY_COLUMNS;
      builder.appendSlice(text, places16[2 * i]!, places16[2 * i + 1]!, isUsual ? OUTSIDE : NOTHING);
      if (!isUsual) {
        if (between !== '') builder.append(separator);
        builder.append(between);
        builder.append(separator);
        builder.append(tag);
        builder.append('\n');
      }
    }
    builder.append('\n');
    comments.take(sentences.length, builder);
    const outdated = [...(kept?.isOutdated ? ['columns'] : []), ...(comments.left > 0 ? ['comments'] : [])];
    if (outdated.length > 0) {
      const values = { format: conll2003.id, keys: outdated.join(', ') };
      report.add({ kind: 'lost', code: 'carried-outdated', document: document.name, values });
    }
    return [{ content: builder.take() }];
  }

  end() {
    return [];
  }
}
