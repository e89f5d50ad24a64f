import { compareEntities, type Entity } from '../../entity';
import { TextIndex } from '../../text';
import { IdMaker, type AnnotatedDocument } from '../document';
import { FormatError, type Context, type Format, type SourceFile } from '../format';
import { nameOfFile, Names } from '../names';
import type { NoteCode } from '../note-codes';
import type { NoteKind, Report } from '../report';
import { tagReader } from '../tag-dialects';
import { isOutside, isUnknown, readTags, type TagReader } from '../tags';
import { columnsOf, DEFAULT_LABEL, nameOfColumn, type Columns } from './conll2003-columns';
import { keep } from './conll2003-kept';
import { cutOf, type Cut } from './conll2003-text';
import { DOCUMENT, nameOfDocument } from './conll2003-marks';
import { areOther, readRows, type Comment, type Line, type Row, type Rows } from './conll2003-rows';
import { isBlank } from './conll2003-spacing';

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
  private readonly tagOf: TagReader;
  private blocks: Line[][] = [[]];
  private start = '';
  /** What the document that is read is called by a comment; `undefined` where none says that. */
  private called: string | undefined;
  private header: string | undefined;
  private line = 0;
  private count = 0;
  /** Comments without a sentence are of the document that follows. */
  private waiting: string[] = [];
  /** Whether some entity of the file begins as none does in `iob1`. */
  private hasProperBegins = false;
  /** Tags that would be malformed if one did. */
  private lateBegins: { readonly line: number; count: number } | undefined;

  constructor(
    private readonly path: string,
    private readonly format: Format,
    private readonly columns: Columns,
    { report, options }: Context,
  ) {
    this.base = nameOfFile(path, format.extensions);
    this.report = report;
    const { form } = columns.dialect;
    this.tagOf = tagReader(form, options['default-label'] || (form === 'bare' ? DEFAULT_LABEL : ''));
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
    if (header.length > 0 && this.header === undefined && !source.startsWith('#')) {
      this.header = source.trimEnd();
      return;
    }
    const name = nameOfDocument(source);
    if (name !== undefined && (name === '' || name !== this.called)) {
      // Comments just before it are of its document, too.
      const isOfNext = block.every((line) => line.source.startsWith('#'));
      this.blocks.splice(-1, 1, ...(isOfNext ? [] : [block]));
      yield* this.finish();
      this.blocks = [isOfNext ? block : []];
      this.called = name;
    }
    this.blocks.at(-1)!.push({ source, line: this.line });
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
    const name = called ? Names.of(this.report).take(called) : numbered;
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
    const entities = this.entitiesOf(name, rows, cut, index);
    this.tellLateBegins();
    const at = columns.tags[0] === undefined ? undefined : tagPlace(columns);
    const isWhole = !columns.isNumbered && columns.tags.length === 1;
    const layout = columns.isUsual ? {} : { tagAt: at, header: isWhole ? this.header : undefined };
    const carried = { conll2003: keep(rows, start, isCut ? cut : undefined, layout) };
    return { name, index, entities: entities.sort(compareEntities), relations: [], carried };
  }

  private entitiesOf(name: string, { sentences }: Rows, { gaps }: Cut, index: TextIndex): Entity[] {
    const ids = new IdMaker();
    const entities: Entity[] = [];
    let at16 = 0;
    sentences.forEach((rows, sentence) => {
      const starts16: number[] = [];
      rows.forEach(({ token }, i) => {
        starts16.push(at16);
        at16 += token.length + (gaps[sentence]![i]?.length ?? 0);
      });
      at16++;
      for (const tags of this.layersOf(rows))
        for (const { first, last, label } of this.read(rows, tags, name)) {
          let [from, to] = [first, last];
          while (from < to && isBlank(rows[from]!.token)) from++;
          while (to > from && isBlank(rows[to]!.token)) to--;
          const span = {
            start: index.toCodePoint(starts16[from]!),
            end: index.toCodePoint(starts16[to]! + rows[to]!.token.length),
          };
          const id = ids.make(`conll2003 ${name} ${span.start} ${span.end} ${label}`);
          entities.push({ id, label, ...span, text: index.slice(span), ...this.linkOf(rows[from]!) });
        }
    });
    return entities;
  }

  /** The tags of a sentence, of outer entities first. */
  private layersOf(rows: readonly Row[]): string[][] {
    const { sign } = this.columns.dialect;
    const isFlat = sign === undefined && rows.every(({ innerTags }) => innerTags === undefined);
    if (isFlat) return [rows.map(({ tag }) => tag)];
    const cells = rows.map(({ tag, innerTags = [] }) =>
      [tag, ...innerTags].flatMap((one) => (sign === undefined ? [one] : one.split(sign))),
    );
    const depth = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: depth }, (_, layer) => cells.map((tags) => tags[layer] ?? 'O'));
  }

  private read(rows: readonly Row[], tags: readonly string[], document: string) {
    const late: number[] = [];
    const fault = (i: number) => this.tell('sequence-malformed', rows[i]!.line, { tag: tags[i]! }, document);
    const spans = readTags(tags, fault, this.tagOf, {
      onLateBegin: (i) => late.push(rows[i]!.line),
      onProperBegin: () => (this.hasProperBegins = true),
    });
    for (const line of late) {
      this.lateBegins ??= { line, count: 0 };
      this.lateBegins.count++;
    }
    return spans;
  }

  private linkOf({ cells }: Row): Pick<Entity, 'link'> {
    const { link: column } = this.columns;
    const said = column === undefined ? '' : (cells?.[column] ?? '').trim();
    if (said === '' || said === '_' || said === '-' || said === 'NIL') return {};
    return { link: /^Q\d+$/.test(said) ? `wikidata:${said}` : said };
  }

  private changed(code: NoteCode, document: string, values: Readonly<Record<string, string>> = {}): void {
    this.report.add({ kind: 'changed', code, document, file: this.path, values });
  }

  private tellColumns(document: string): void {
    const { columns } = this;
    const { form } = columns.dialect;
    if (columns.spacing === 'all') this.changed('text-rebuilt', document);
    if ((!columns.isUsual && !columns.isSaid) || columns.spacing !== 'all')
      this.changed('columns-guessed', document, {
        token: nameOfColumn(columns, columns.token),
        tags: columns.tags.map((column) => nameOfColumn(columns, column)).join(', '),
        form,
        spacing: columns.spacing,
        label: form === 'bare' ? (this.tagOf('B')?.label ?? '') : '',
      });
  }

  /** Tells of tags that say nothing of whether there is an entity, and of those that are not read. */
  private tellTags(rows: readonly Row[]): void {
    const unknown = rows.filter(({ tag }) => isUnknown(tag));
    if (unknown.length > 0) {
      const values = { count: String(unknown.length), tag: unknown[0]!.tag };
      this.tell('tag-unknown', unknown[0]!.line, values);
    }
    for (const column of this.columns.further) {
      const tagged = rows.filter(({ cells }) => !isOutside(cells?.[column]?.trim() ?? ''));
      const values = { count: String(tagged.length), column: nameOfColumn(this.columns, column) };
      if (tagged.length > 0) this.tell('tags-kept', tagged[0]!.line, values);
    }
  }

  /** Tells of tags that would be right in `iob1`, once it is known that the file is in another scheme. */
  private tellLateBegins(): void {
    const { lateBegins } = this;
    if (!this.hasProperBegins || !lateBegins) return;
    this.tell('tag-begins-late', lateBegins.line, { count: String(lateBegins.count) });
    this.lateBegins = undefined;
  }
}

/** Whether a token holds white space that no space between tokens looks like. */
function isCutWithin({ token }: Row): boolean {
  return isBlank(token) || /[^\S ]/u.test(token);
}

/** Behind how many of the columns that are kept that of the tags stands. */
function tagPlace({ token, tags, isNumbered }: Columns): number {
  const isKept = (column: number) =>
    column !== token && !tags.includes(column) && !(isNumbered && column === 0);
  return Array.from({ length: tags[0]! }, (_, column) => column).filter(isKept).length;
}
