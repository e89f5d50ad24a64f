import { HEAD_LENGTH } from '../head';
import { optionOf, FormatError, type Format, type FormatOption } from '../format';
import { dialectOf, USUAL_TAGS, type TagDialect } from '../tag-dialects';
import { isOutside } from '../tags';
import { SPACES, spacingOf, type Spacing } from './conll2003-spacing';

/** Which column of a file is what. Columns are counted from 0. */
export interface Columns {
  /** Whether lines are parted at tabs; else at any number of spaces. */
  readonly isTabbed: boolean;
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
  { name: 'default-label', values: [], description: 'the label of tags that have none (B, I)' },
  { name: 'spaces', values: SPACES, description: 'where tokens that are read have a space between them' },
];

/** The label of tags that have none, where nothing else was said. */
export const DEFAULT_LABEL = 'ENTITY';

/** What chunks are called (Tjong Kim Sang and Buchholz 2000): their column looks like one of entities, and is none. */
const CHUNK = /^(?:NP|VP|PP|ADVP|ADJP|SBAR|PRT|INTJ|CONJP|LST|UCP)$/;
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
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const isTabbed = rows.filter((line) => line.includes('\t')).length * 2 > rows.length;
  const cells = rows.map((line) => cellsOf(line, isTabbed));
  const width = mostCommon(cells.map(({ length }) => length)) ?? 0;
  const whole = cells.filter(({ length }) => length === width);
  const header = headerOf(whole);
  const body = header.length > 0 ? whole.slice(1) : whole;
  const values = Array.from({ length: width }, (_, column) => countsOf(body.map((row) => row[column]!)));
  const said = (name: string) => {
    const value = optionOf(format, name, options);
    const parts = value.split(',').map((part) => part.trim());
    return value === '' ? undefined : parts.map((part) => columnNamed(part, name, header, width, format.id));
  };
  const [saidToken, saidTags, saidLink] = [said('token-column'), said('tag-columns'), said('link-column')];
  const dialects = values.map((counts) => dialectOf(counts));
  const isNumbered = width > 2 && saidToken === undefined && !dialects[1] && areNumbers(body);
  const token = saidToken?.[0] ?? (isNumbered ? 1 : 0);
  const ofTags = dialects.flatMap((dialect, column) => (dialect && column > token ? [column] : []));
  const { tags, further } = saidTags
    ? { tags: saidTags, further: [] }
    : tagsAmong(ofTags, { token, width, values, body, isNamed: header.length > 0 });
  const dialect = dialects[tags[0] ?? -1] ?? USUAL_TAGS;
  const isLast = tags.length === 1 && tags[0] === width - 1;
  const isSaid = [saidToken, saidTags, saidLink].some(Boolean);
  const isNestedUsual = isNumbered && tags.length === 2 && width === 4;
  const isUsual =
    tags.length === 0 ||
    ((isLast || isNestedUsual) &&
      dialect.form === 'B-PER' &&
      dialect.sign === undefined &&
      header.length === 0);
  return {
    ...{ isTabbed, width, header, isNumbered, token, tags, dialect, further, link: saidLink?.[0] },
    spacing: spacingOf(lines, tokenIn({ isTabbed, width, token }), optionOf(format, 'spaces', options)),
    isUsual: isUsual && !isSaid,
    isSaid,
  };
}

/** The cells of a line; between tabs they may be empty. */
export function cellsOf(line: string, isTabbed: boolean): readonly string[] {
  return isTabbed ? line.replace(/[\r\n]+$/, '').split('\t') : line.trim().split(/ +/);
}

/** Whether most lines have as many columns, one of which is of tags. */
export function areColumns(lines: readonly string[]): boolean {
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const isTabbed = rows.every((line) => line.includes('\t'));
  const cells = rows.map((line) => cellsOf(line, isTabbed));
  const width = mostCommon(cells.map(({ length }) => length)) ?? 0;
  const whole = cells.filter(({ length }) => length === width);
  if (width < 2 || whole.length < MOST * cells.length) return false;
  const body = headerOf(whole).length > 0 ? whole.slice(1) : whole;
  return body[0]!.some((_, column) => column > 0 && dialectOf(countsOf(body.map((row) => row[column]!))));
}

/** The whole lines in the beginning of a file. */
export function linesOfHead(head: string): readonly string[] {
  const lines = head.split(/\r?\n/);
  return lines.length > 1 && head.length >= HEAD_LENGTH / 4 ? lines.slice(0, -1) : lines;
}

/** Gives the token of a line that has all columns. */
function tokenIn({ isTabbed, width, token }: Pick<Columns, 'isTabbed' | 'width' | 'token'>) {
  return (line: string): string | undefined => {
    const cells = cellsOf(line, isTabbed);
    return cells.length < width || line.startsWith('#') ? undefined : cells[token];
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

/**
 * Which columns of tags are read. All, from the outer to the inner, where there are no other columns and none says
 * again what another says, as what a program predicts beside what is right; else the last, or, of those that have
 * names, the first.
 */
function tagsAmong(
  ofTags: readonly number[],
  {
    token,
    width,
    values,
    body,
    isNamed,
  }: {
    token: number;
    width: number;
    values: readonly ReadonlyMap<string, number>[];
    body: readonly (readonly string[])[];
    isNamed: boolean;
  },
): { tags: readonly number[]; further: readonly number[] } {
  const ofEntities = ofTags.filter((column) => !areChunks(values[column]!));
  const all = ofEntities.length > 0 ? ofEntities : ofTags.slice(-1);
  const isAll = all.length === width - token - 1;
  if (all.length < 2 || (isAll && !isNamed && !sayTheSame(all, body))) return { tags: all, further: [] };
  const main = isNamed ? all[0]! : all.at(-1)!;
  return { tags: [main], further: all.filter((column) => column !== main) };
}

function areChunks(values: ReadonlyMap<string, number>): boolean {
  const labels = [...values.keys()].filter((tag) => !isOutside(tag)).map((tag) => tag.slice(2));
  return labels.length > 0 && labels.filter((label) => CHUNK.test(label)).length >= labels.length * MOST;
}

/** Whether half of what is tagged, or more, has the same tag in all columns. */
function sayTheSame(columns: readonly number[], rows: readonly (readonly string[])[]): boolean {
  const tagged = rows
    .map((row) => columns.map((column) => row[column]!))
    .filter((tags) => tags.some((tag) => !isOutside(tag)));
  return 2 * tagged.filter((tags) => new Set(tags).size === 1).length >= tagged.length;
}

function columnNamed(
  part: string,
  option: string,
  header: readonly string[],
  width: number,
  file: string,
): number {
  const named = header.indexOf(part);
  const column = named >= 0 ? named : /^\d+$/.test(part) ? Number(part) - 1 : -1;
  if (column >= 0 && column < width) return column;
  const numbers = Array.from({ length: width }, (_, i) => String(i + 1));
  throw new FormatError(
    'option-unknown',
    { file },
    { name: option, value: part, values: [...numbers, ...header].join(', ') },
  );
}

/** What a column is called: its name, or its number from 1. */
export function nameOfColumn({ header }: Columns, column: number): string {
  return header[column] ?? String(column + 1);
}
