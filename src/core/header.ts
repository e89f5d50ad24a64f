/**
 * The header of an article: what stands before the first sentence. This module is the one authority on it;
 * `syntaxes/corpus-article.tmLanguage.json` follows it and is tested on the same examples.
 *
 * Every offset is in **UTF-16** units of the text that was given, whatever its line endings.
 *
 * A header starts on the first line that is not empty, and that line must start with a known key; so
 * `Beijing: the city woke early` is a sentence. It goes on, a line an entry, to an empty line or to the first
 * line that is none of these:
 *
 * - `key: value`: a known key in any case, or, after the first line, any word of letters, digits, `_` and `-`
 *   followed by a colon and white space. A value after an unknown key is short: a longer one is a paragraph.
 * - `key value`: a known key in lower case.
 * - `date 2022-09-09 The first sentence …`: after a date the body may start on the same line. No other value
 *   shows where it ends, so only a date can stand inline. `date` may be in any case here, but without the
 *   colon what follows must look like a date, right or wrong; so `Date palms grow` is a sentence.
 */

/** One key of the header. `value` is trimmed and may be empty; then both its offsets are the same. */
export interface HeaderEntry {
  /** As written: compare it in lower case. */
  readonly key: string;
  readonly value: string;
  readonly keyStart16: number;
  readonly keyEnd16: number;
  readonly valueStart16: number;
  readonly valueEnd16: number;
}

export type HeaderProblemCode = 'header-date-malformed' | 'header-key-duplicate';

export interface HeaderProblem {
  readonly code: HeaderProblemCode;
  readonly start16: number;
  readonly end16: number;
  /** What stands there: the malformed date, or the key that was there before. */
  readonly value: string;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  /** UTF-16 offset of the first character of the body that is not white space, or the text's length. */
  readonly bodyStart16: number;
  /** `YYYY-MM-DD`, from the first `date` that is one. */
  readonly date?: string;
  readonly problems: readonly HeaderProblem[];
}

/** Keys that may open a header, and that need no colon. The grammar holds the same list in the same order. */
export const KNOWN_KEYS: readonly string[] =
  'date title subtitle headline subject author byline source publisher url lang language section category id tags keywords place location license'.split(
    ' ',
  );

const MAX_ENTRIES = 64;
/** The longest value in UTF-16 units; the grammar counts code points, and does not count entries. */
const MAX_VALUE = { known: 1000, date: 64, unknown: 200 };

// White space inside a line is a space, a tab, a no-break space or an ideographic space, here and in the
// grammar: `\s` is not the same set in JavaScript and in Oniguruma. Every pattern is sticky, and bounded or
// free of backtracking, so that a line of many megabytes costs no more than a short one.
const SPACES = /[ \t\u00a0\u3000]*/y;
const SPACES_AND_LINE_ENDS = /[ \t\u00a0\u3000\r\n]*/y;
const LINE_END = /[ \t\u00a0\u3000]*(?:\r\n?|\n)/y;
const KEY = /[\p{L}_][\p{L}\p{M}\p{N}_-]{0,39}/uy;
const COLON = /[ \t\u00a0\u3000]?:/y;
const VALUE = new RegExp(
  `(?:[^\\r\\n]{0,${MAX_VALUE.known - 1}}[^\\r\\n \\t\\u00a0\\u3000])?(?=[ \\t\\u00a0\\u3000]*(?:[\\r\\n]|$))`,
  'y',
);
const ISO_DATE =
  /(\d{4}-\d\d-\d\d)(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?(?=[ \t\u00a0\u3000\r\n]|$)/y;
const DATE_WORD = /[0-9A-Za-z:.,+/年月日-]{1,40}(?=[ \t\u00a0\u3000\r\n]|$)/y;
const LOOKS_LIKE_DATE = /^(?:\d{4}[-/.年]\d|\d{1,2}[-/.]\d{1,2}[-/.]\d|\d{8}$)/;

/** What was asked for last: whoever checks an article asks several times. */
let last: { readonly text: string; readonly header: Header } | undefined;

/** Parses the header of an article. Never throws; looks at no more than the beginning of `text`. */
export function parseHeader(text: string): Header {
  if (last?.text !== text) last = { text, header: readHeader(text) };
  return last.header;
}

function readHeader(text: string): Header {
  const entries: HeaderEntry[] = [];
  const problems: HeaderProblem[] = [];
  const seen = new Set<string>();
  let date: string | undefined;
  let bodyStart16 = endOf(SPACES_AND_LINE_ENDS, text, 0);

  let line16: number | undefined = bodyStart16;
  while (line16 !== undefined && entries.length < MAX_ENTRIES) {
    const found = readEntry(text, line16, entries.length === 0);
    if (!found) break;
    const { entry } = found;
    entries.push(entry);
    const name = entry.key.toLowerCase();
    if (seen.has(name)) {
      const { keyStart16: start16, keyEnd16: end16, key: value } = entry;
      problems.push({ code: 'header-key-duplicate', start16, end16, value });
    }
    seen.add(name);
    date ??= found.date;
    if (name === 'date' && found.date === undefined && /\d/.test(entry.value)) {
      const { valueStart16: start16, valueEnd16: end16, value } = entry;
      problems.push({ code: 'header-date-malformed', start16, end16, value });
    }
    bodyStart16 = endOf(SPACES_AND_LINE_ENDS, text, entry.valueEnd16);
    // No line end after the value: the body starts on this line.
    line16 = matchAt(LINE_END, text, entry.valueEnd16) && LINE_END.lastIndex;
  }
  return { entries, bodyStart16, ...(date === undefined ? {} : { date }), problems };
}

/** The entry that the line at `line16` holds, with its date where the key is `date` and the value a date. */
function readEntry(
  text: string,
  line16: number,
  first: boolean,
): { entry: HeaderEntry; date?: string } | undefined {
  const keyStart16 = endOf(SPACES, text, line16);
  const key = matchAt(KEY, text, keyStart16)?.[0];
  if (key === undefined) return undefined;
  const keyEnd16 = keyStart16 + key.length;
  const colon = matchAt(COLON, text, keyEnd16);
  const separatorEnd16 = keyEnd16 + (colon?.[0].length ?? 0);
  const valueStart16 = endOf(SPACES, text, separatorEnd16);
  const entry = (value: string): HeaderEntry => {
    return { key, value, keyStart16, keyEnd16, valueStart16, valueEnd16: valueStart16 + value.length };
  };

  const spaced = valueStart16 > separatorEnd16;
  const isDate = key.toLowerCase() === 'date';
  const known = isDate || KNOWN_KEYS.includes(colon ? key.toLowerCase() : key);
  if (!colon && !(known && spaced)) return undefined;
  if (isDate) {
    const found = readDate(text, valueStart16);
    if (found) return { ...found, entry: entry(found.value) };
    if (!colon) return undefined;
  }

  const value = matchAt(VALUE, text, valueStart16)?.[0];
  if (value === undefined) return undefined;
  if (!known && (first || !(spaced || value === ''))) return undefined;
  if (!colon && value === '') return undefined;
  const max = isDate ? MAX_VALUE.date : known ? MAX_VALUE.known : MAX_VALUE.unknown;
  return value.length > max ? undefined : { entry: entry(value) };
}

/** The date at `start16`: an ISO date, with or without a time, or one word that looks like a date. */
function readDate(text: string, start16: number): { value: string; date?: string } | undefined {
  const iso = matchAt(ISO_DATE, text, start16);
  if (iso && isCalendarDate(iso[1]!)) return { value: iso[0], date: iso[1]! };
  const word = matchAt(DATE_WORD, text, start16)?.[0];
  return word !== undefined && LOOKS_LIKE_DATE.test(word) ? { value: word } : undefined;
}

/** Whether `YYYY-MM-DD` names a day of the (proleptic Gregorian) calendar. */
function isCalendarDate(iso: string): boolean {
  const [year, month, day] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** How many days the months have. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function matchAt(sticky: RegExp, text: string, at16: number): RegExpExecArray | undefined {
  sticky.lastIndex = at16;
  return sticky.exec(text) ?? undefined;
}

/** Where a sticky pattern that always matches ends, tried at `at16`. */
function endOf(sticky: RegExp, text: string, at16: number): number {
  sticky.lastIndex = at16;
  sticky.test(text);
  return sticky.lastIndex;
}
