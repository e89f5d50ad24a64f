import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { FormatError, type Context, type Format, type SourceFile } from '../shared/format';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import type { NoteCode } from '../shared/note-codes';
import type { NoteKind, Report } from '../shared/report';
import { isUnknown } from '../shared/tags';
import { countAnnotations } from './brackets';
import { columnsOf, isComment, isCounting, nameOfColumn, type Columns } from './columns';
import { EntityReader } from './entities';
import { keep } from './kept';
import { cutOf } from './text';
import { DOCUMENT, isDocumentBegin, isDocumentEnd, nameOfDocument } from './marks';
import { areOther, readRows, type Comment, type Line, type Row, type Rows } from './rows';
import { isBlank } from './spacing';

/** How many lines tell what the columns of a file are. */
const HEAD_LINES = 5000;

/** The documents of a file of columns. @throws FormatError where it is none */
export function* readConll(file: SourceFile, format: Format, context: Context): Generator<AnnotatedDocument> {
  const lines = file.lines()[Symbol.iterator]();
  const head: string[] = [];
  try {
    for (let next = lines.next(); !next.done; next = lines.next()) {
      head.push(next.value);
      if (head.length === HEAD_LINES) break;
    }
    const text = head.filter((line) => !line.startsWith(DOCUMENT));
    const columns = columnsOf(text, format, context.options);
    const reader = new ConllReader(file.path, format, columns, context);
    for (const line of head) yield* reader.take(line);
    for (let next = lines.next(); !next.done; next = lines.next()) yield* reader.take(next.value);
    yield* reader.end();
  } finally {
    lines.return?.();
  }
}

/** What is told of lines that are read all the same. */
const KINDS: Partial<Record<NoteCode, NoteKind>> = {
  'columns-differ': 'changed',
  'token-spaced': 'changed',
  'numbers-as-tokens': 'changed',
  'number-out-of-count': 'changed',
  'row-left-out': 'lost',
  'columns-guessed': 'changed',
  'tags-kept': 'changed',
  'tag-unknown': 'changed',
  'tag-begins-late': 'changed',
  'sentence-text': 'changed',
};

class ConllReader {
  private readonly base: string;
  private readonly report: Report;
  private readonly entities: EntityReader;
  private blocks: Line[][] = [[]];
  private start = '';
  /** What the document that is read is called by a comment; `undefined` where none says that. */
  private called: string | undefined;
  private header: string | undefined;
  private line = 0;
  private count = 0;
  /** Comments without a sentence are of the document that follows. */
  private waiting: string[] = [];

  constructor(
    private readonly path: string,
    private readonly format: Format,
    private readonly columns: Columns,
    { report, options }: Context,
  ) {
    this.base = nameOfFile(path, format.extensions);
    this.report = report;
    this.entities = new EntityReader(columns, options['default-label'] ?? '', (...about) =>
      this.tell(...about),
    );
  }

  *take(source: string): Generator<AnnotatedDocument> {
    this.line++;
    const block = this.blocks.at(-1)!;
    if (source.trim() === '') {
      if (block.length > 0) this.blocks.push([]);
      return;
    }
    if (source.startsWith(DOCUMENT)) {
      yield* this.finish();
      this.start = source.trimEnd();
      return;
    }
    const { header } = this.columns;
    if (header.length > 0 && this.header === undefined && !isComment(source, this.columns)) {
      this.header = source.trimEnd().replaceAll(this.columns.sign, '\t');
      return;
    }
    if (!source.startsWith('#')) {
      block.push({ source, line: this.line });
      return;
    }
    if (isDocumentEnd(source)) return;
    const name = nameOfDocument(source);
    if (name !== undefined && (name === '' || name !== this.called)) {
      // Comments just before it are of its document, too.
      const isOfNext = block.every((line) => isComment(line.source, this.columns));
      this.blocks.splice(-1, 1, ...(isOfNext ? [] : [block]));
      yield* this.finish();
      this.blocks = [isOfNext ? block : []];
      this.called = name;
    }
    // What is written does not have the layout of CoNLL-2012.
    const isBegin = name !== undefined && isDocumentBegin(source);
    this.blocks.at(-1)!.push({ source: isBegin ? `# newdoc id = ${name}` : source, line: this.line });
  }

  *end(): Generator<AnnotatedDocument> {
    yield* this.finish();
    if (this.count === 0 && this.line > 0) throw this.notConll(1);
    for (const source of this.waiting) this.tell('line-malformed', this.line, { source });
  }

  private notConll(line: number): FormatError {
    const place = { file: this.path, line, column: 1 };
    return new FormatError('file-not-format', place, { format: this.format.title });
  }

  private tell(
    code: NoteCode,
    line: number,
    values: Readonly<Record<string, string>> = {},
    document?: string,
  ): void {
    const kind = KINDS[code] ?? 'invalid';
    this.report.add({ kind, code, document, file: this.path, line, column: 1, values });
  }

  private *finish(): Generator<AnnotatedDocument> {
    const { columns } = this;
    const rows = readRows(this.blocks, columns, (...about) => this.tell(...about));
    this.blocks = [[]];
    const { start, called } = this;
    this.called = undefined;
    if (rows.sentences.length === 0) {
      this.waiting = this.waiting.concat(rows.comments.map(([, comment]) => comment));
      return;
    }
    this.start = '';
    const isOther = () => (columns.isUsual ? areOther(rows.sentences.flat()) : columns.tags.length === 0);
    if (this.count === 0 && isOther()) throw this.notConll(rows.sentences[0]![0]!.line);
    const comments = [...this.waiting.map((comment): Comment => [0, comment]), ...rows.comments];
    this.waiting = [];
    this.count++;
    const numbered =
      start === '' && called === undefined
        ? this.base
        : `${this.base}/${String(this.count).padStart(4, '0')}`;
    const name = called ? DocumentNames.of(this.report).take(called) : numbered;
    if (this.count === 1) this.tellColumns(name);
    yield this.toDocument(name, { ...rows, comments }, start);
  }

  private toDocument(name: string, rows: Rows, start: string): AnnotatedDocument {
    const { columns } = this;
    const { sentences, comments } = rows;
    const all = sentences.flat();
    const cut = cutOf(rows, columns.spacing, (line, text) => this.tell('sentence-text', line, { text }));
    const isCut = cut.gaps.some((gaps) => gaps.includes('')) || all.some(isCutWithin);
    if (!isCut) {
      const spaced = all.filter(({ token, isTabbed }) => isTabbed && /\s/.test(token));
      if (spaced.length > 0) this.tell('token-spaced', spaced[0]!.line, { count: String(spaced.length) });
    }
    if (comments.length > 0) this.changed('comments-kept', name, { count: String(comments.length) });
    this.tellTags(all);
    const index = new TextIndex(cut.text);
    const entities = this.entities.read(name, rows, cut, index);
    const at = columns.tags[0] === undefined ? undefined : tagPlace(columns);
    const isWhole = !columns.isNumbered && columns.tags.length === 1;
    const layout = columns.isUsual ? {} : { tagAt: at, header: isWhole ? this.header : undefined };
    const carried = { conll2003: keep(rows, start, isCut ? cut : undefined, layout) };
    return { name, index, entities, relations: [], carried };
  }

  private changed(code: NoteCode, document: string, values: Readonly<Record<string, string>> = {}): void {
    this.report.add({ kind: 'changed', code, document, file: this.path, values });
  }

  private tellColumns(document: string): void {
    const { columns } = this;
    const { brackets } = columns;
    const { form } = columns.dialect;
    if (columns.spacing === 'all') this.changed('text-rebuilt', document);
    if ((!columns.isUsual && !columns.isSaid) || columns.spacing !== 'all')
      this.changed('columns-guessed', document, {
        token: nameOfColumn(columns, columns.token),
        tags: columns.tags.map((column) => nameOfColumn(columns, column)).join(', '),
        form: brackets.has(columns.tags[0]!)
          ? `(${brackets.get(columns.tags[0]!) === 'names' ? 'PER*' : '1'}`
          : form,
        spacing: columns.spacing,
        label: form === 'bare' ? this.entities.defaultLabel : '',
      });
  }

  /** Tells of tags that say nothing of whether there is an entity, and of those that are not read. */
  private tellTags(rows: readonly Row[]): void {
    const { tags, brackets } = this.columns;
    const unknown = brackets.has(tags[0] ?? -1) ? [] : rows.filter(({ tag }) => isUnknown(tag));
    if (unknown.length > 0) {
      const values = { count: String(unknown.length), tag: unknown[0]!.tag };
      this.tell('tag-unknown', unknown[0]!.line, values);
    }
    for (const column of this.columns.further) {
      const counts = rows.map(({ cells }) =>
        countAnnotations(cells?.[column]?.trim() ?? '', brackets.has(column)),
      );
      const count = counts.reduce((sum, one) => sum + one, 0);
      const values = { count: String(count), column: nameOfColumn(this.columns, column) };
      if (count > 0) this.tell('tags-kept', rows[counts.findIndex(Boolean)]!.line, values);
    }
  }
}

/** Whether a token holds white space that no space between tokens looks like. */
function isCutWithin({ token }: Row): boolean {
  return isBlank(token) || /[^\S ]/u.test(token);
}

/** Behind how many of the columns that are kept that of the tags stands. */
function tagPlace(columns: Columns): number {
  const { token, tags } = columns;
  const isKept = (column: number) =>
    column !== token && !tags.includes(column) && !isCounting(column, columns);
  return Array.from({ length: tags[0]! }, (_, column) => column).filter(isKept).length;
}
