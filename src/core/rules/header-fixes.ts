import { parseHeader, type Header, type HeaderProblem } from '../header';
import { beginsWithMark, type TextReplacement } from '../text';

/** Years first, as `2022/9/8`, `2022.09.08`, `2022年9月8日` or `20220908`, perhaps with a time behind. */
const YEAR_FIRST = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?!\d)/;

/** Whether a text is a date as a header may have it. */
export function isHeaderDate(text: string): boolean {
  return parseHeader(`date: ${text}\n`).date === text;
}

/** The date that a malformed one must mean: its year stands first, so that day and month are no guess. */
export function dateMeant(text: string): string | undefined {
  const found = YEAR_FIRST.exec(text);
  if (!found) return undefined;
  const [, year, month, day, mm = month!, dd = day!] = found;
  const date = [year, mm.padStart(2, '0'), dd.padStart(2, '0')].join('-');
  return isHeaderDate(date) ? date : undefined;
}

/**
 * What gives an article a date, as an edit of its text: in place of the one that its header has, or as its
 * first line.
 */
export function writeDate(raw: string, date: string): TextReplacement {
  const header = parseHeader(raw);
  const entry = header.entries.find(({ key }) => key.toLowerCase() === 'date');
  if (entry) {
    const length =
      header.date !== undefined && entry.value.startsWith(header.date) ? header.date.length : undefined;
    const end16 = length === undefined ? entry.valueEnd16 : entry.valueStart16 + length;
    const gap = raw[entry.valueStart16 - 1] === ':' ? ' ' : '';
    return { start16: entry.valueStart16, end16, text: gap + date };
  }
  const ending = /\r\n?|\n/.exec(raw)?.[0] ?? '\n';
  const [first] = header.entries;
  const start16 = Math.max(beginsWithMark(raw) ? 1 : 0, first ? lineStart16(raw, first.keyStart16) : 0);
  // Where the article has no header, an empty line ends this one.
  const end = first ? ending : ending + ending;
  return { start16, end16: start16, text: `date: ${date}${end}` };
}

/** What takes a key that is there twice out of the header: its whole line, unless the article begins on that. */
export function removeDuplicateKey(
  raw: string,
  { entries }: Header,
  { start16 }: Pick<HeaderProblem, 'start16'>,
): TextReplacement | undefined {
  const entry = entries.find(({ keyStart16 }) => keyStart16 === start16);
  if (!entry) return undefined;
  const line16 = lineStart16(raw, start16);
  const [rest = ''] = /^[^\S\r\n]*(?:\r\n?|\n|$)/.exec(raw.slice(entry.valueEnd16)) ?? [];
  const isWhole = rest !== '' || entry.valueEnd16 === raw.length;
  if (isWhole) return { start16: line16, end16: entry.valueEnd16 + rest.length, text: '' };
  const [space = ''] = /^\s*/.exec(raw.slice(entry.valueEnd16)) ?? [];
  return { start16, end16: entry.valueEnd16 + space.length, text: '' };
}

function lineStart16(raw: string, at16: number): number {
  return raw.slice(0, at16).search(/[^\r\n]*$/);
}
