import { tagReader } from '../shared/tag-dialects';
import { isOutside } from '../shared/tags';
import { cellsOf, isComment, isCounting, type Columns } from './columns';
import { isBlank, isGlued } from './spacing';

/** A token's line: the token, what stands between, and the tag. */
export interface Row {
  readonly token: string;
  /** Parted as they were: by tabs where the line has any, else by spaces. */
  readonly columns: string;
  readonly tag: string;
  /** The tags of what is within an entity, where the file has columns for that. */
  readonly innerTags?: readonly string[];
  /** Whether the line says that no space follows. */
  readonly isGlued: boolean;
  readonly isTabbed: boolean;
  /** All of them, where more of them is asked for. */
  readonly cells?: readonly string[] | undefined;
  /** How many columns it has, with those of the token and of the tag. */
  readonly width: number;
  /** From 1. */
  readonly line: number;
}

/** A line of the file, and its number from 1. */
export interface Line {
  readonly source: string;
  readonly line: number;
}

/** A line, and what it is as a token's. */
interface ReadLine extends Line {
  readonly row: Row | undefined;
}

/** A comment, and before which sentence it stands, from 0; behind the last one, that is their number. */
export type Comment = readonly [sentence: number, line: string];

/** What is odd about a line. */
export type TellLine = (
  code: 'line-malformed' | 'columns-differ' | 'numbers-as-tokens' | 'number-out-of-count' | 'row-left-out',
  line: number,
  values?: Readonly<Record<string, string>>,
) => void;

/** The lines of a document, read. */
export interface Rows {
  readonly sentences: readonly (readonly Row[])[];
  readonly comments: readonly Comment[];
  /** What stood before each token, and is none of it. */
  readonly prefix?: string | undefined;
}

/** What most rows of a document are like. */
interface Shape extends Pick<Row, 'isTabbed' | 'width'> {
  /** Whether all begin with a number. */
  readonly isNumbered: boolean;
  /** What stands between tokens and tags. */
  readonly between: ReadonlySet<string>;
}

const TAG = /^(?:O|_|-|[BIELSU]-.+)$/s;
const PROPER_TAG = /^(?:O|[BIELSU]-.+)$/s;
/** More columns are those of another format: CoNLL-U has ten with that of the numbers, CoNLL-2012 eleven or more. */
const MOST_COLUMNS = 8;
/** The number of a token; in CoNLL-U also that of several (`1-2`), and of none (`1.1`). */
const NUMBER = /^\d{1,7}(?:[-.]\d{1,7})?$/;
const OF_OTHERS = /[-.]/;
/** The share of rows whose numbers count, where the first column does that. */
const MOST = 0.9;
/** The language before each token of WikiANN (https://aclanthology.org/P17-1178/): `en:Ada`. */
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z]+)*:(?=.)/;

/**
 * Reads the lines of a document, between empty lines. A line that begins with `#`, before the tokens of its sentence,
 * is a comment where it has no tag, or not the columns that the tokens of the document have: `# id O` in a file of two
 * or of four columns, or of three where no other token has an `id` there. Where it is known what the columns are, it
 * may stand between the tokens, too (HIPE), and is then of their sentence.
 */
export function readRows(blocks: readonly (readonly Line[])[], columns: Columns, tell: TellLine): Rows {
  const rowIn = (line: Line) => (columns.isUsual ? rowOf(line, columns) : rowByColumns(line, columns));
  const read = blocks.map((block) =>
    block.map((line) => ({ source: line.source, line: line.line, row: rowIn(line) })),
  );
  const shape = usualShape(read, columns);
  const sentences: Row[][] = [];
  const comments: Comment[] = [];
  const odd: Row[] = [];
  for (const block of read) {
    const rows: Row[] = [];
    for (const { source, line, row } of block) {
      const mayBeComment = isComment(source, columns) && (rows.length === 0 || !columns.isUsual);
      if (mayBeComment && !(row && isSignToken(row, shape, columns)))
        comments.push([sentences.length, source.trimEnd()]);
      else if (!row || isMisfit(row, columns)) tell('line-malformed', line, { source: source.slice(0, 200) });
      else if (!columns.isUsual && columns.isNumbered && OF_OTHERS.test(cellsOf(source, columns)[0]!))
        tell('row-left-out', line, { source: source.slice(0, 200) });
      else {
        rows.push(row);
        if (shape && !isOfShape(row, shape)) odd.push(row);
      }
    }
    if (rows.length > 0) sentences.push(rows);
  }
  const [first] = odd;
  if (first && shape)
    tell('columns-differ', first.line, { count: String(odd.length), columns: String(shape.width) });
  return {
    ...withoutLanguage(columns.isUsual ? withoutNumbers(sentences, tell) : sentences),
    comments,
  };
}

function usualShape(blocks: readonly (readonly ReadLine[])[], file: Columns): Shape | undefined {
  const counts = new Map<number, { row: Row; count: number }>();
  const columns = new Set<string>();
  let isNumbered = true;
  for (const block of blocks)
    for (const { source, row } of block) {
      if (!row || isComment(source, file)) continue;
      const key = row.isTabbed ? row.width : -row.width;
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { row, count: 1 });
      columns.add(row.columns);
      isNumbered &&= NUMBER.test(row.token);
    }
  const between = new Set(Array.from(columns, (values) => values.split(/[ \t]+/)).flat());
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most && { isTabbed: most.row.isTabbed, width: most.row.width, isNumbered, between };
}

function isOfShape(row: Row, { isTabbed, width }: Shape): boolean {
  return row.isTabbed === isTabbed && row.width === width;
}

/**
 * Whether a line lacks a cell, so that another would be taken for its tag; or, where tabs part them, has one too many.
 * What has more spaces than others may have them in its token.
 */
function isMisfit(row: Row, { isTabbed, width }: Columns): boolean {
  return row.isTabbed === isTabbed && (isTabbed ? row.width !== width : row.width < width);
}

/** Whether a line that begins with `#` is a token. */
function isSignToken(
  row: Row,
  shape: Shape | undefined,
  { isUsual, dialect, brackets, tags }: Columns,
): boolean {
  if (!isUsual)
    return (
      brackets.has(tags[0] ?? -1) || isOutside(row.tag) || tagReader(dialect.form)(row.tag) !== undefined
    );
  if (!TAG.test(row.tag)) return false;
  if (!shape) return true;
  if (shape.isNumbered || !isOfShape(row, shape)) return false;
  // Names of parts of speech have capitals or are known from other tokens; words of a comment are not.
  const isLikely = (value: string) => shape.between.has(value) || !/\p{Ll}/u.test(value);
  return row.token !== '#' || row.columns.split(/[ \t]+/).every(isLikely);
}

/**
 * A line as a token. One that holds tabs is parted at tabs only, so that its token may hold spaces.
 * @returns `undefined` where it has no token or no tag
 */
function rowOf(
  { source, line }: Line,
  { width: usualWidth, further, isTabbed, sign, names, spacing }: Columns,
): Row | undefined {
  const glued = spacing === 'column' && isGlued(source);
  const cells = further.length > 0 ? cellsOf(source, { isTabbed, sign, names }) : undefined;
  if ((isTabbed ? source : source.trimEnd()).includes('\t')) {
    const raw = source.split('\t');
    while (raw.length > usualWidth && raw.at(-1)!.trim() === '') raw.pop();
    const width = raw.length;
    const [first = ''] = raw;
    const token = isBlank(first) ? first : trimCell(first);
    if (token === '' || width < 2) return undefined;
    const tag = trimCell(raw[width - 1]!);
    const columns = width === 2 ? '' : raw.slice(1, -1).map(trimCell).join('\t');
    return { token, columns, tag, isTabbed: true, width, line, isGlued: glued, cells };
  }
  const [, token, columns = '', tag = ''] = /^ *(\S+)(?: +(.*?))? +(\S+)$/.exec(source.trimEnd()) ?? [];
  if (token === undefined) return undefined;
  const width = columns === '' ? 2 : columns.split(/ +/).length + 2;
  return { token, columns, tag, isTabbed: false, width, line, isGlued: glued, cells };
}

/** A cell without the spaces around it; a U+FEFF, for one, is of the token. */
function trimCell(cell: string): string {
  return cell.replace(/^[ \r]+|[ \r]+$/g, '');
}

/** A line as a token, by what its columns are. */
function rowByColumns({ source, line }: Line, columns: Columns): Row | undefined {
  const { isTabbed, width, token, tags } = columns;
  const cells = [...cellsOf(source, columns)];
  while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop();
  const raw = cells[token] ?? '';
  if (cells.length !== width || raw === '') return undefined;
  const [tag = '', ...innerTags] = tags.map((column) => trimCell(cells[column]!));
  const isRead = (column: number) => column === token || tags.includes(column) || isCounting(column, columns);
  return {
    ...{ token: isBlank(raw) ? raw : trimCell(raw), tag, innerTags, isTabbed, width, line },
    columns: cells.filter((_, column) => !isRead(column)).join(isTabbed ? '\t' : ' '),
    cells,
    isGlued: isGlued(source),
  };
}

/**
 * The rows of a document whose first column only counts the tokens, of each sentence or of the document, as in
 * GermEval 2014 (https://sites.google.com/site/germeval2014ner/data): the token is in the second. With two columns of
 * tags and no other, the first is of the outer entities, the second of those within. What has the number of several
 * tokens, or of none, as in CoNLL-U, is left out.
 * @returns the rows as they are, where no column counts
 */
function withoutNumbers(sentences: readonly (readonly Row[])[], tell: TellLine): readonly (readonly Row[])[] {
  // Most tokens are words: that one is tells enough.
  if (!NUMBER.test(sentences[0]?.[0]?.token ?? '')) return sentences;
  const rows = sentences.flat();
  // A single row is a token, be it a number.
  if (rows.length < 2 || !rows.every(({ token }) => NUMBER.test(token))) return sentences;
  const out = outOfCount(sentences);
  const isWord = ({ width, columns }: Row) => width > 2 && /^\S/.test(columns);
  if (out.size > rows.length * (1 - MOST) || rows.filter(isWord).length < rows.length * MOST) {
    if (rows.some(isWord)) tell('numbers-as-tokens', rows[0]!.line);
    return sentences;
  }
  const shifted = sentences.map((own) =>
    own.flatMap((row): Row[] => {
      const source = [row.token, row.columns, row.tag].join(' ').slice(0, 200);
      if (!isWord(row)) tell('line-malformed', row.line, { source });
      else if (OF_OTHERS.test(row.token)) tell('row-left-out', row.line, { source });
      else {
        if (out.has(row)) tell('number-out-of-count', row.line, { number: row.token });
        const [, token = '', columns = ''] = (row.isTabbed ? /^([^\t]+)\t?(.*)$/ : /^(\S+) *(.*)$/).exec(
          row.columns,
        )!;
        return [{ ...row, token, columns, width: row.width - 1 }];
      }
      return [];
    }),
  );
  const isNested = shifted.flat().every(({ width, columns }) => width === 3 && PROPER_TAG.test(columns));
  if (!isNested) return shifted;
  return shifted.map((own) =>
    own.map((row) => ({ ...row, columns: '', tag: row.columns, innerTags: [row.tag] })),
  );
}

/** The rows whose number does not follow the one before, nor begins a sentence with 0 or 1. */
function outOfCount(sentences: readonly (readonly Row[])[]): ReadonlySet<Row> {
  const out = new Set<Row>();
  let last = -1;
  for (const rows of sentences)
    rows
      .filter(({ token }) => !OF_OTHERS.test(token))
      .forEach((row, i) => {
        const number = Number(row.token);
        const isFirst = i === 0 && (number === 0 || number === 1);
        if (number !== last + 1 && !isFirst) out.add(row);
        last = number;
      });
  return out;
}

/** The tokens of WikiANN without their language. */
function withoutLanguage(sentences: readonly (readonly Row[])[]): Pick<Rows, 'sentences' | 'prefix'> {
  const [prefix] = LANGUAGE.exec(sentences[0]?.[0]?.token ?? '') ?? [];
  if (prefix === undefined) return { sentences };
  const rows = sentences.flat();
  const hasAll = rows.length > 1 && rows.every(({ token }) => token.startsWith(prefix) && token !== prefix);
  if (!hasAll) return { sentences };
  const cut = (row: Row) => ({ ...row, token: row.token.slice(prefix.length) });
  return { sentences: sentences.map((own) => own.map(cut)), prefix };
}

/** Whether rows are of another format: what stands at the end of none is a tag. */
export function areOther(rows: readonly Row[]): boolean {
  const hasTag = rows.some(({ tag, innerTags = [] }) =>
    [tag, ...innerTags].some((one) => PROPER_TAG.test(one)),
  );
  return !hasTag && rows.some(({ tag, width }) => !TAG.test(tag) || width > MOST_COLUMNS);
}
