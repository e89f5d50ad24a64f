import { compareEntities, withFields, type Entity } from '../../core/model/entity';
import { normalizeLineEndings, TextIndex, type Span } from '../../core/text';
import { IdMaker, type AnnotatedDocument } from '../shared/document';
import { FormatError, type Context, type Format, type SourceFile } from '../shared/format';
import { isCount, isObject, parseJson, type Json } from '../shared/json';
import type { NoteCode } from '../shared/note-codes';
import { MentionPlaces } from '../shared/mention-places';
import type { NoteKind } from '../shared/report';

/** The cells of a row, by column; one that is missing or empty says nothing. */
export type Cells = Readonly<Record<string, string | undefined>>;

/** The columns without which nothing can be made of a table. */
export const NEEDED: readonly string[] = ['article', 'label', 'start', 'end'];
/** pandas makes 13.0 of 13 where another row of the column has no number, and a spreadsheet perhaps 13,0. */
const WITH_DECIMALS = /^(\d{1,9})(?:[.,]0+)?$/;
/** What a spreadsheet makes of 1234. */
const WITH_MARKS = /^([1-9]\d{0,2}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,]0+)?$/;
/** What is added to the offsets of tables that count from 1, or whose ends are the last character. */
const SHIFTS: readonly Span[] = [
  { start: -1, end: 0 },
  { start: 0, end: 1 },
  { start: -1, end: -1 },
];
const ID = /^[A-Za-z][\w-]{0,63}$/;

/** Whether columns are those of such a table. */
export function areColumns(names: readonly string[]): boolean {
  return NEEDED.every((name) => names.includes(name));
}

/**
 * Makes documents of rows. Those of an article follow each other; its text is that of the corpus that is read
 * into, else the file `NAME.txt` beside the table.
 */
export class TableReader {
  private readonly seen = new Set<string>();
  private current: ArticleReader | undefined;
  /** What the table calls the current article. */
  private said: string | undefined;
  /** Where the current rows begin, of an article that is not there, and how many they are. */
  private missing: { readonly error: FormatError; rows: number } | undefined;
  private firstMissing: FormatError | undefined;

  /** @param known the columns that are read; others are lost, and told */
  constructor(
    private readonly file: SourceFile,
    private readonly context: Context,
    { id, title }: Format,
    names: readonly string[],
    known: readonly string[],
  ) {
    const place = { file: file.path, ...(id === 'table-csv' && { line: 1, column: 1 }) };
    if (!areColumns(names)) throw new FormatError('file-not-format', place, { format: title });
    for (const name of names.filter((name) => !known.includes(name)))
      context.report.add({ kind: 'lost', code: 'column', file: file.path, values: { name } });
  }

  /**
   * @param line from 1, where there are lines
   * @returns the document before the row, where it ends there
   * @throws FormatError where the rows of an article do not follow each other
   */
  async *add(cells: Cells, line: number | undefined): AsyncGenerator<AnnotatedDocument> {
    const { article = '' } = cells;
    if (article !== this.said) {
      yield* this.endArticle();
      this.current = await this.begin(article, line);
      this.said = article;
    }
    this.current?.add(cells, line);
    if (this.missing) this.missing.rows++;
  }

  /** @returns the last document. @throws FormatError where no article of the table is there */
  *end(): Generator<AnnotatedDocument> {
    yield* this.endArticle();
    if (this.firstMissing && this.seen.size === 0) throw this.firstMissing;
  }

  private *endArticle(): Generator<AnnotatedDocument> {
    if (this.current) yield this.current.read();
    if (this.missing) {
      const { error, rows } = this.missing;
      const values = { ...error.values, count: String(rows) };
      this.context.report.add({ kind: 'invalid', code: 'article-missing', ...error.place, values });
    }
    this.current = this.said = this.missing = undefined;
  }

  private async begin(said: string, line: number | undefined): Promise<ArticleReader | undefined> {
    const place = { file: this.file.path, ...(line !== undefined && { line, column: 1 }) };
    for (const name of namesOf(said)) {
      const text = await this.textOf(name);
      if (text === undefined) continue;
      if (this.seen.has(name)) throw new FormatError('rows-scattered', place, { name: said });
      this.seen.add(name);
      return new ArticleReader(name, new TextIndex(text), this.file.path, this.context);
    }
    const error = new FormatError('article-missing', place, { name: said });
    this.firstMissing ??= error;
    this.missing = { error, rows: 0 };
    return undefined;
  }

  private async textOf(name: string): Promise<string | undefined> {
    // A file beside another has no path.
    const beside = name.includes('/') ? undefined : this.file.sibling(`${name}.txt`);
    return (await this.context.textOf?.(name)) ?? beside?.text();
  }
}

/** What an article may be called that a table names so: as it says, or without what its file ends with. */
function namesOf(said: string): readonly string[] {
  const name = said.replace(/\\/g, '/').replace(/^\.\//, '');
  return [...new Set([said, name, name.replace(/\.[^./]+$/, '')])];
}

/** Reads the rows of one article. What is wrong in one costs that one, and is reported. */
class ArticleReader {
  private readonly entities: Entity[] = [];
  private readonly ids = new IdMaker();
  private readonly taken = new Set<string>();
  private readonly places: MentionPlaces;
  private readonly rows: { readonly cells: Cells; readonly line: number | undefined }[] = [];
  private isDone = false;

  constructor(
    readonly name: string,
    private readonly index: TextIndex,
    private readonly path: string,
    private readonly context: Context,
  ) {
    this.places = new MentionPlaces(index, false);
  }

  add(cells: Cells, line: number | undefined): void {
    this.rows.push({ cells, line });
  }

  /** The document of the rows, which tell together how they are counted. */
  read(): AnnotatedDocument {
    const { name, index } = this;
    const shift = this.shift();
    for (const { cells, line } of this.rows) this.addRow(cells, line, shift);
    const entities = [...this.entities].sort(compareEntities);
    return { name, index, entities, relations: [], carried: {}, ...(this.isDone && { status: 'done' }) };
  }

  /** What makes the texts of all rows stand where they say, if without it they do not. */
  private shift(): Span | undefined {
    const said = this.rows.flatMap(({ cells: { start = '', end = '', text } }) => {
      const [from, to] = [readings(start), readings(end)];
      const isClear = from.length === 1 && to.length === 1 && text !== undefined;
      return isClear ? [{ start: from[0]!, end: to[0]!, text: normalizeLineEndings(text) }] : [];
    });
    const count = (by: Span) => said.filter((span) => this.textAt(moved(span, by)) === span.text).length;
    if (said.length === 0 || 2 * count({ start: 0, end: 0 }) >= said.length) return undefined;
    return SHIFTS.find((by) => count(by) === said.length);
  }

  private textAt(span: Span): string | undefined {
    return span.start < 0 || span.end > this.index.length ? undefined : this.index.slice(span);
  }

  /** The one way to read the offsets of a row that fits; `undefined` where there is none, or several. */
  private spanOf({ start = '', end = '', text }: Cells): Span | undefined {
    const all = readings(start).flatMap((from) => readings(end).map((to) => ({ start: from, end: to })));
    const possible = all.filter((span) => span.start <= span.end);
    const within = possible.filter((span) => span.end <= this.index.length);
    const agreed = within.filter((span) => this.textAt(span) === (text && normalizeLineEndings(text)));
    return [agreed, within, possible].find(({ length }) => length === 1)?.[0];
  }

  private addRow(cells: Cells, line: number | undefined, shift: Span | undefined): void {
    const { label = '', start = '', end = '' } = cells;
    const note = (kind: NoteKind, code: NoteCode, values: Record<string, string>) =>
      this.context.report.add({ kind, code, document: this.name, label, ...this.placeOf(line), values });
    const span = this.spanOf(cells);
    const wrong = wrongCell(cells, span);
    if (wrong) return note('invalid', 'value-malformed', { source: `${wrong.column}: ${wrong.value}` });
    const read = (column: string, isRight: (value: Json) => boolean) => {
      const source = cells[column];
      const value = source === undefined ? undefined : jsonOf(source);
      if (value !== undefined && isRight(value)) return value as never;
      if (source !== undefined) note('invalid', 'value-malformed', { source: `${column}: ${source}` });
      return undefined;
    };
    const parts = read('parts', (value) => arePairs(value, span!.start, span!.end));
    const place = this.place(span!, cells, parts !== undefined, shift);
    if (!place) return note('invalid', 'span-outside', { start, end });
    if (place.code) note('changed', place.code, { text: place.text });
    if (cells.status === 'done') this.isDone = true;
    const { code, ...there } = place;
    const entity = {
      id: this.idOf(cells.id, `table ${this.name} ${span!.start} ${span!.end} ${label}`),
      label,
      ...there,
      ...(code === 'text-mismatch' && { before: cells.before, after: cells.after }),
    };
    this.entities.push(
      withFields(entity, {
        reviewed: cells.reviewed?.toLowerCase() === 'true' ? true : undefined,
        suggestedBy: cells.suggested_by,
        link: cells.link,
        note: cells.note,
        attributes: read('attributes', isObject),
        parts: place.broken ? undefined : parts,
      }),
    );
  }

  /** @returns `undefined` where it is outside of the text; with a code where it is not where the row says */
  private place(
    span: { start: number; end: number },
    { text: said, before, after }: Cells,
    hasParts: boolean,
    shift: Span | undefined,
  ): (Pick<Entity, 'start' | 'end' | 'text' | 'broken'> & { code?: NoteCode }) | undefined {
    const isWithin = span.end <= this.index.length;
    const text = isWithin ? this.index.slice(span) : undefined;
    const wanted = said === undefined ? text : normalizeLineEndings(said);
    if (wanted === undefined) return undefined;
    if (text === wanted && !(said === undefined && shift)) return { ...span, text };
    const shifted = shift && !hasParts ? moved(span, shift) : undefined;
    const own = shifted && this.textAt(shifted);
    if (shifted && own !== undefined && (said === undefined || own === wanted))
      return { ...shifted, text: own, code: 'span-moved' };
    const found = hasParts ? undefined : this.places.find({ fragments: [span], text: wanted, before, after });
    const [there] = found?.fragments ?? [];
    if (there) return { ...there, text: this.index.slice(there), code: 'span-moved' };
    const { length } = this.index;
    const clamped = { start: Math.min(span.start, length), end: Math.min(span.end, length) };
    return { ...clamped, text: wanted, broken: true, code: 'text-mismatch' };
  }

  /** Where a row is; a table that is no text has no lines. */
  private placeOf(line: number | undefined) {
    return { file: this.path, ...(line !== undefined && { line, column: 1 }) };
  }

  private idOf(said: string | undefined, content: string): string {
    const isFree = said !== undefined && ID.test(said) && !this.taken.has(said);
    const id = isFree ? said : this.ids.make(content);
    this.taken.add(id);
    return id;
  }
}

/** The first of the cells without which there is no entity that is not as it must be. */
function wrongCell({ label = '', start = '', end = '' }: Cells, span: Span | undefined) {
  if (label.trim() === '') return { column: 'label', value: label };
  if (span) return undefined;
  return readings(start).length === 1 ? { column: 'end', value: end } : { column: 'start', value: start };
}

/** What a cell may be as a whole number: `1.000` is 1 or 1000, `1.234` is 1234, and `1.5` is none. */
function readings(cell: string): readonly number[] {
  const [, whole] = WITH_DECIMALS.exec(cell.trim()) ?? [];
  const [, marked] = WITH_MARKS.exec(cell.trim()) ?? [];
  const found = [whole, marked?.replace(/\D/g, '')].filter((digits) => digits !== undefined);
  return [...new Set(found.map(Number))];
}

function moved({ start, end }: Span, by: Span): Span {
  return { start: start + by.start, end: end + by.end };
}

/** @returns `undefined` where it is none */
function jsonOf(source: string): Json | undefined {
  try {
    return parseJson(source, '');
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Whether a value is the pieces of a mention: in order, and from its start to its end. */
function arePairs(value: Json, start: number, end: number): boolean {
  if (!Array.isArray(value) || value.length < 2) return false;
  let at = start;
  for (const pair of value as readonly Json[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    const [from, to] = pair as readonly Json[];
    if (!isCount(from) || !isCount(to) || from < at || to < from) return false;
    at = to;
  }
  const [first] = value as readonly (readonly [number, number])[];
  return first![0] === start && at === end;
}
