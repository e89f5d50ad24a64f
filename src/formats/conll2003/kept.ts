import type { Plain } from '../../core/model/entity';
import { quickHash } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { isCount, isText, itemsOf } from '../shared/json';
import { splitAtSpaces, type Tokens } from '../shared/tokens';
import type { Utf8Builder } from '../shared/utf8';
import { DOCUMENT, nameOfDocument } from './marks';
import type { Comment, Rows } from './rows';
import type { Cut } from './text';

const LANGUAGE = /^[a-z-]{2,20}:$/;

/** What goes back as it came: how the text is cut is said by its spaces; the columns between token and tag. */
export interface Kept {
  readonly separator: string;
  /** Before each token. */
  readonly prefix: string;
  /** The line before the document; empty where there was none. */
  readonly start: string;
  /** The names of columns, in the line before all documents. */
  readonly header?: string | undefined;
  /** How many columns are between token and tag, where others are behind the tag. */
  readonly tagAt?: number | undefined;
  /** How the text is cut; `undefined` where it is another text now, of which nobody said that. */
  readonly tokens: Tokens | undefined;
  /** Of the token of a number. */
  readonly columnsOf: (i: number) => string;
  /** Whether columns are left out, as their tokens are no more. */
  readonly isOutdated: boolean;
}

/**
 * What is carried of a document; see {@link keptOf}.
 * @param cut `undefined` where a space is between all tokens
 */
export function keep(
  { sentences, comments, prefix }: Rows,
  start: string,
  cut?: Cut,
  layout: { readonly header?: string | undefined; readonly tagAt?: number | undefined } = {},
): Plain {
  const rows = sentences.flat();
  const tabs = rows.some(({ isTabbed }) => isTabbed);
  const columns: string[] = [];
  for (const { token, columns: between, isTabbed } of rows) {
    const own = tabs && !isTabbed ? between.replace(/ +/g, '\t') : between;
    // A token with spaces is written as several, since it is by spaces that the text says how it was cut.
    for (let left = !cut && /\s/.test(token) ? token.split(/\s+/).length : 1; left > 0; left--)
      columns.push(own);
  }
  const usual = tabs ? EMPTY_COLUMNS.replace(' ', '\t') : EMPTY_COLUMNS;
  const hasColumns = columns.some((one) => one !== usual && one !== '');
  const [first = ''] = columns;
  const isUsualStart = start === USUAL_START;
  // A document may be called by what stands there: that is more than form.
  const isForm = !isUsualStart && (start === '' || EMPTY_START.test(start));
  const form = {
    ...(tabs && { tabs, columns: first }),
    ...(prefix !== undefined && { prefix, columns: first }),
    ...(isForm && { start }),
    ...(layout.header !== undefined && { header: layout.header, columns: first }),
    ...(layout.tagAt !== undefined && { tagAt: layout.tagAt, columns: first }),
  };
  return {
    ...(hasColumns && { columns, words: wordsOf(rows.flatMap(({ token }) => token.match(/\S+/g) ?? [])) }),
    ...(Object.keys(form).length > 0
      ? { form: hasColumns ? form : { ...form, columns: first } }
      : !hasColumns && { form: first }),
    ...(!isUsualStart && !isForm && { start }),
    ...(comments.length > 0 && { comments, sentences: sentences.length }),
    ...(cut && {
      cut: sentences.map((rows, i) => lengthsOf(rows, cut.gaps[i]!)),
      hash: hashOf(cut.text),
    }),
  };
}

/** The lengths of the tokens of a sentence in UTF-16 units, with `+` between those that no space parts. */
function lengthsOf(rows: readonly { readonly token: string }[], gaps: readonly string[]): string {
  return rows.map(({ token }, i) => `${i === 0 ? '' : gaps[i - 1] || '+'}${token.length}`).join('');
}

function hashOf(text: string): string {
  return quickHash(text).toString(36);
}

/** The tokens of a text that was kept with their lengths, a sentence on a line. */
function tokensIn(cut: readonly string[], length16: number): Tokens | undefined {
  const places: number[] = [];
  const sentences: number[] = [];
  let at16 = 0;
  for (const sentence of cut) {
    sentences.push(places.length / 2);
    for (const [, gap, length] of sentence.matchAll(/([+ ]?)(\d+)/g)) {
      if (gap === ' ') at16++;
      places.push(at16, (at16 += Number(length)));
    }
    at16++;
  }
  if (at16 !== length16) return undefined;
  return { places16: Uint32Array.from(places), count: places.length / 2, sentences };
}

/** The columns of part of speech and chunk where they are not known. */
export const EMPTY_COLUMNS = '-X- _';
export const USUAL_START = `${DOCUMENT} -X- -X- O`;
const EMPTY_START = /^-DOCSTART-(?:\s+(?:-X-|[-_O]))*$/;
/** What a text that was made of tokens says of them; a text that was not says nothing. */
export function keptOf({ carried, index }: AnnotatedDocument): Kept | undefined {
  const kept = Object(carried.conll2003) as Record<string, Plain>;
  const { columns, words, form, start, cut, hash } = kept;
  const said = typeof form === 'string' ? { columns: form } : (Object(form) as Record<string, Plain>);
  const separator = said.tabs === true ? '\t' : ' ';
  const empty = EMPTY_COLUMNS.replace(' ', separator);
  const more = {
    separator,
    prefix: typeof said.prefix === 'string' && LANGUAGE.test(said.prefix) ? said.prefix : '',
    start: [start, said.start].find(isStart) ?? USUAL_START,
    header: isText(said.header) && !/[\r\n]/.test(said.header) ? said.header : undefined,
    tagAt: isCount(said.tagAt) ? said.tagAt : undefined,
  };
  if (Array.isArray(cut)) {
    const { raw } = index;
    const tokens = hash === hashOf(raw) ? tokensIn(itemsOf(cut).filter(isText), raw.length) : undefined;
    const of = Array.isArray(columns) ? (columns as readonly Plain[]).map(String) : undefined;
    const same = isText(said.columns) ? said.columns : empty;
    const columnsOf = tokens ? (i: number) => of?.[i] ?? same : () => same;
    return { ...more, tokens, columnsOf, isOutdated: !tokens && of !== undefined };
  }
  if (Array.isArray(columns)) {
    const { raw } = index;
    const { count, places16 } = splitAtSpaces(raw);
    const tokens = Array.from({ length: count }, (_, i) => raw.slice(places16[2 * i], places16[2 * i + 1]));
    const { head, tail } = sameEnds(words, columns.length, tokens);
    const shift = columns.length - count;
    const gone = (columns as readonly Plain[]).slice(head, columns.length - tail);
    return {
      ...more,
      tokens: splitAtSpaces(raw),
      columnsOf: (i) =>
        i < head ? String(columns[i]) : i >= count - tail ? String(columns[i + shift]) : empty,
      isOutdated: gone.some((one) => one !== empty && one !== ''),
    };
  }
  const { columns: same } = said;
  if (typeof same !== 'string') return undefined;
  return { ...more, tokens: splitAtSpaces(index.raw), columnsOf: () => same, isOutdated: false };
}

/** How many characters tell the words of a text, each. */
const WIDTH = 4;

/** What tells whether tokens are still the same ones: a text of {@link WIDTH} characters for each. */
function wordsOf(tokens: readonly string[]): string {
  return tokens.map((token) => (quickHash(token) % 36 ** WIDTH).toString(36).padStart(WIDTH, '0')).join('');
}

/** How many tokens at the beginning and at the end are those that were read, of which there were `length`. */
function sameEnds(words: Plain | undefined, length: number, tokens: readonly string[]) {
  const shorter = Math.min(length, tokens.length);
  // What was kept without words tells no more than how many there were.
  if (!isText(words)) return { head: length === tokens.length ? length : 0, tail: 0 };
  const now = wordsOf(tokens);
  const isSame = (was: number, is: number) =>
    words.slice(WIDTH * was, WIDTH * (was + 1)) === now.slice(WIDTH * is, WIDTH * (is + 1));
  let head = 0;
  while (head < shorter && isSame(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && isSame(length - 1 - tail, tokens.length - 1 - tail)) tail++;
  return { head, tail };
}

function isStart(line: Plain | undefined): line is string {
  return line === '' || (typeof line === 'string' && line.startsWith(DOCUMENT) && !/[\r\n]/.test(line));
}

/** The comments of a document, to be written each before its sentence, if there are as many as there were. */
export class KeptComments {
  private readonly all: readonly Comment[];
  /** Whether each has its sentence. */
  private readonly isCurrent: boolean;
  private next = 0;

  /** @param count that of the sentences */
  constructor({ carried }: AnnotatedDocument, count: number) {
    const { comments, sentences } = Object(carried.conll2003) as Record<string, Plain>;
    this.all = (Array.isArray(comments) ? comments : []) as readonly Comment[];
    this.isCurrent = sentences === count;
  }

  /** Writes those that stand before a sentence. */
  take(sentence: number, builder: Utf8Builder): void {
    if (!this.isCurrent) return;
    for (; this.all[this.next]?.[0] === sentence; this.next++) builder.append(`${this.all[this.next]![1]}\n`);
  }

  /** Whether one of those that are written first says that a document begins. */
  get beginDocument(): boolean {
    return this.isCurrent && this.all.some(([at, line]) => at === 0 && nameOfDocument(line) !== undefined);
  }

  /** How many were not written. */
  get left(): number {
    return this.all.length - this.next;
  }
}
