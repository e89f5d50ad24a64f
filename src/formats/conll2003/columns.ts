import { HEAD_LENGTH } from '../shared/head';
import { optionOf, FormatError, type Format, type FormatOption } from '../shared/format';
import {
  dialectAs,
  dialectOf,
  TAG_FORM_NAMES,
  USUAL_TAGS,
  type TagDialect,
  type TagForm,
} from '../shared/tag-dialects';
import { isOutside } from '../shared/tags';
import { ARGUMENTS, BEFORE_ARGUMENTS, bracketsIn, namesOf2012, type Brackets } from './brackets';
import { tagsAmong } from './guess';
import { isDocumentBegin } from './marks';
import { SPACES, spacingOf, type Spacing } from './spacing';

/** Which column of a file is what. Columns are counted from 0. */
export interface Columns {
  /** Whether lines are parted at tabs, or at another sign; else at any number of spaces. */
  readonly isTabbed: boolean;
  /** That sign. */
  readonly sign: string;
  /** What comments begin with; empty where there are none. */
  readonly comment: string;
  /** What columns are called in a file that is known; of CoNLL-2012, some are read as one. */
  readonly names: readonly string[];
  /** How many there are; a line that has fewer is malformed. */
  readonly width: number;
  /** The names in the first line; empty where it has none. */
  readonly header: readonly string[];
  /** Whether the first column counts the tokens. */
  readonly isNumbered: boolean;
  readonly token: number;
  /** Of the tags that are read, those of outer entities first. */
  readonly tags: readonly number[];
  readonly dialect: TagDialect;
  /** Those whose tags are brackets. */
  readonly brackets: ReadonlyMap<number, Brackets>;
  /** Of links (Wikidata's `Q64`), where that was said. */
  readonly link?: number | undefined;
  /** Other columns that look like tags of entities. */
  readonly further: readonly number[];
  readonly spacing: Spacing;
  /** Whether the token is the first, or behind its number, and its tag is the last, as in CoNLL-2003. */
  readonly isUsual: boolean;
  /** Whether a person said which columns are read. */
  readonly isSaid: boolean;
}

/** What brackets are called in an option. */
const BRACKET_FORMS: Readonly<Record<string, Brackets>> = { brackets: 'names', chains: 'chains' };

export const COLUMN_OPTIONS: readonly FormatOption[] = [
  {
    name: 'token-column',
    values: [],
    description: 'the column of tokens that is read: a number from 1, or a name',
  },
  {
    name: 'tag-columns',
    values: [],
    description: 'the columns of tags that are read, as 3 or 3,4 or their names; of outer entities first',
  },
  {
    name: 'link-column',
    values: [],
    description: 'the column of links that is read: a number from 1, or a name',
  },
  {
    name: 'separator',
    values: [],
    description: 'what parts columns that are read: tab, space, or another sign; else it is guessed',
  },
  {
    name: 'header',
    values: ['auto', 'yes', 'no'],
    description: 'whether the first line that is read has the names of columns',
  },
  {
    name: 'comments',
    values: [],
    description: 'what comments that are read begin with: a sign (as #), or none',
  },
  {
    name: 'tag-form',
    values: ['auto', ...TAG_FORM_NAMES, ...Object.keys(BRACKET_FORMS)],
    description: 'how tags that are read are written; PER where they are labels alone',
  },
  { name: 'default-label', values: [], description: 'the label of tags that have none (B, I)' },
  { name: 'spaces', values: SPACES, description: 'where tokens that are read have a space between them' },
];

/** What comments begin with. */
const COMMENT = '#';

/** The label of tags that have none, where nothing else was said. */
export const DEFAULT_LABEL = 'ENTITY';

const NUMBER = /^\d{1,7}(?:[-.]\d{1,7})?$/;
const MOST = 0.9;
const TOKEN_NAME = /^(?:tokens?|words?|forms?|text)$/i;

/**
 * What the columns of a file are, by its first lines and by what a person said.
 * @param lines without what stands between documents
 * @throws FormatError where there is no such column as was said
 */
export function columnsOf(
  lines: readonly string[],
  format: Pick<Format, 'id' | 'options'>,
  options: Readonly<Record<string, string>>,
): Columns {
  const chosen = (name: string) => optionOf(format, name, options);
  const comment = chosen('comments') === 'none' ? '' : chosen('comments') || COMMENT;
  const rows = lines.filter((line) => line.trim() !== '' && !isComment(line, { comment }));
  const separator = chosen('separator');
  const sign = ['', 'tab', 'space', '\\t'].includes(separator) ? '\t' : separator;
  const hasSign = rows.filter((line) => line.includes(sign)).length * 2 > rows.length;
  const isTabbed = separator === '' ? hasSign : separator !== 'space';
  const known = lines.some(isDocumentBegin)
    ? namesOf2012(rows.map((line) => cellsOf(line, { isTabbed, sign, names: [] })))
    : [];
  const form = { isTabbed, sign, names: known };
  const cells = rows.map((line) => cellsOf(line, form));
  const width = mostCommon(cells.map(({ length }) => length)) ?? 0;
  const whole = cells.filter(({ length }) => length === width);
  const saidHeader = chosen('header');
  const header = saidHeader === 'auto' ? headerOf(whole) : saidHeader === 'yes' ? (whole[0] ?? []) : [];
  const names = known.length > 0 ? known : header;
  const body = header.length > 0 ? whole.slice(1) : whole;
  const values = Array.from({ length: width }, (_, column) => countsOf(body.map((row) => row[column]!)));
  const said = (name: string) => {
    const value = chosen(name);
    const parts = value.split(',').map((part) => part.trim());
    return value === '' ? undefined : parts.map((part) => columnNamed(part, name, names, width, format.id));
  };
  const [saidToken, saidTags, saidLink] = [said('token-column'), said('tag-columns'), said('link-column')];
  const saidForm = chosen('tag-form');
  const isGuessed = saidForm === 'auto';
  const isSaidColumn = (column: number) => (saidTags ? saidTags.includes(column) : column === width - 1);
  const saidKind = BRACKET_FORMS[saidForm];
  const brackets = new Map<number, Brackets>(
    values.flatMap((counts, column) => {
      const kind = isGuessed ? bracketsIn(counts) : isSaidColumn(column) ? saidKind : undefined;
      return kind ? [[column, kind] as const] : [];
    }),
  );
  const dialects = values.map((counts, column) => {
    if (brackets.has(column)) return USUAL_TAGS;
    if (isGuessed) return dialectOf(counts);
    return saidKind ? undefined : dialectAs(saidForm as TagForm, counts, isSaidColumn(column));
  });
  const isNumbered =
    known.length === 0 && width > 2 && saidToken === undefined && !dialects[1] && areNumbers(body);
  const token = saidToken?.[0] ?? (known.length > 0 ? known.indexOf('word') : isNumbered ? 1 : 0);
  const ofTags = dialects.flatMap((dialect, column) => (dialect && column > token ? [column] : []));
  const guessed = saidTags
    ? { tags: saidTags, further: [] }
    : tagsAmong(ofTags, { token, width, values, body, brackets, isNamed: header.length > 0 });
  const { further } = guessed;
  // Where nobody has a name, the column of names is there all the same.
  const tags = guessed.tags.length === 0 && known.length > 0 ? [known.indexOf('ne')] : guessed.tags;
  if (known.length > 0) brackets.set(known.indexOf('ne'), 'names').set(known.indexOf('coref'), 'chains');
  const dialect = dialects[tags[0] ?? -1] ?? USUAL_TAGS;
  const isLast = tags.length === 1 && tags[0] === width - 1;
  const isSaid =
    [saidToken, saidTags, saidLink].some(Boolean) || !isGuessed || separator !== '' || saidHeader !== 'auto';
  const isNestedUsual = isNumbered && tags.length === 2 && width === 4;
  const isOfBrackets = tags.some((column) => brackets.has(column));
  const isUsual =
    (tags.length === 0 && known.length === 0) ||
    (!isOfBrackets &&
      (isLast || isNestedUsual) &&
      dialect.form === 'B-PER' &&
      dialect.sign === undefined &&
      header.length === 0);
  return {
    ...{ ...form, comment, width, header, isNumbered, token, tags, dialect, brackets, further },
    names,
    link: saidLink?.[0],
    spacing: spacingOf(lines, tokenIn({ ...form, comment, width, token }), chosen('spaces')),
    isUsual: isUsual && !isSaid,
    isSaid,
  };
}

/** The cells of a line; between tabs they may be empty. */
export function cellsOf(
  line: string,
  { isTabbed, sign, names }: Pick<Columns, 'isTabbed' | 'sign' | 'names'>,
): readonly string[] {
  const cells = isTabbed ? line.replace(/[\r\n]+$/, '').split(sign) : line.trim().split(/ +/);
  if (!names.includes(ARGUMENTS) || cells.length <= BEFORE_ARGUMENTS) return cells;
  // As many cells in each row, so that what is written can be read.
  const joined = cells.slice(BEFORE_ARGUMENTS, -1).join('|') || '_';
  return [...cells.slice(0, BEFORE_ARGUMENTS), joined, cells.at(-1)!];
}

/** Whether a column only counts, and is not written again: the number of the token, or of its document. */
export function isCounting(
  column: number,
  { isNumbered, names }: Pick<Columns, 'isNumbered' | 'names'>,
): boolean {
  return names.includes(ARGUMENTS) ? column < names.indexOf('word') : isNumbered && column === 0;
}

export function isComment(line: string, { comment }: Pick<Columns, 'comment'>): boolean {
  return comment !== '' && line.startsWith(comment);
}

/** JSON on one line is one row, any word of which may look like a tag. */
const JSON_BEGINS = /^\s*[[{][\s[{]*"/;

/** Whether most lines have as many columns, one of which is of tags. */
export function areColumns(lines: readonly string[]): boolean {
  if (lines.some(isDocumentBegin)) return true;
  if (JSON_BEGINS.test(lines[0]!)) return false;
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith(COMMENT));
  const isTabbed = rows.every((line) => line.includes('\t'));
  const cells = rows.map((line) => cellsOf(line, { isTabbed, sign: '\t', names: [] }));
  const width = mostCommon(cells.map(({ length }) => length)) ?? 0;
  const whole = cells.filter(({ length }) => length === width);
  if (width < 2 || whole.length < MOST * cells.length) return false;
  const body = headerOf(whole).length > 0 ? whole.slice(1) : whole;
  return body[0]!.some((_, column) => {
    const counts = countsOf(body.map((row) => row[column]!));
    return column > 0 && (dialectOf(counts) ?? bracketsIn(counts)) !== undefined;
  });
}

/** The whole lines in the beginning of a file. */
export function linesOfHead(head: string): readonly string[] {
  const lines = head.split(/\r?\n/);
  return lines.length > 1 && head.length >= HEAD_LENGTH / 4 ? lines.slice(0, -1) : lines;
}

/** Gives the token of a line that has all columns. */
function tokenIn(columns: Pick<Columns, 'isTabbed' | 'sign' | 'names' | 'comment' | 'width' | 'token'>) {
  return (line: string): string | undefined => {
    const cells = cellsOf(line, columns);
    return cells.length < columns.width || isComment(line, columns) ? undefined : cells[columns.token];
  };
}

function mostCommon(numbers: readonly number[]): number | undefined {
  return [...countsOf(numbers)].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function countsOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The names of columns, where the first line says them: there is one for tokens, and none that could be a tag. */
function headerOf([first, ...others]: readonly (readonly string[])[]): readonly string[] {
  const isHeader =
    first?.some((name) => TOKEN_NAME.test(name)) &&
    others.length > 0 &&
    !first.some((name) => isOutside(name));
  const hasTags = first?.some((_, column) => dialectOf(countsOf(others.map((row) => row[column]!))));
  const hasTag = first?.some((name) => /^[BIELSU]-/.test(name));
  return isHeader && hasTags && !hasTag ? first! : [];
}

function areNumbers(rows: readonly (readonly string[])[]): boolean {
  if (rows.length < 2 || !rows.every(([number = '']) => NUMBER.test(number))) return false;
  let last = -1;
  const counting = rows.filter(([number = '']) => {
    const now = Number.parseInt(number, 10);
    const isNext = now === last + 1 || now === last || now <= 1;
    last = now;
    return isNext;
  });
  return counting.length >= rows.length * MOST;
}

function columnNamed(
  part: string,
  option: string,
  names: readonly string[],
  width: number,
  file: string,
): number {
  const named = names.indexOf(part);
  const column = named >= 0 ? named : /^\d+$/.test(part) ? Number(part) - 1 : -1;
  if (column >= 0 && column < width) return column;
  const numbers = Array.from({ length: width }, (_, i) => String(i + 1));
  throw new FormatError(
    'option-unknown',
    { file },
    { name: option, value: part, values: [...numbers, ...names].join(', ') },
  );
}

/** What a column is called: its name, or its number from 1. */
export function nameOfColumn({ names }: Columns, column: number): string {
  return names[column] ?? String(column + 1);
}
