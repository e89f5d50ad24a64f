import { closingQuote } from './json-source';

/** How much of a file tells its format, in bytes. */
export const HEAD_LENGTH = 4096;
/** How much of a file tells that it is none of another format: what comes behind the text of an article counts, too. */
export const CERTAIN_LENGTH = 2 ** 16;
/** Where long texts stand before what tells the format, more is read, up to so many bytes. */
const MOST_READ = 2 ** 24;
/** What of a text in JSON is kept, in UTF-16 units. Longer ones are an article, or the like. */
const LONGEST_TEXT = 80;
const JSON_BEGINS = /^\s*[[{]/;
const PARQUET = 'PAR1';
/** Behind the footer of a Parquet file: its length, in four bytes, and the magic word. */
const PARQUET_END = 8;

/**
 * What a format is recognized by: the beginning of a file; of a Parquet file, whose columns are named in its footer
 * (https://parquet.apache.org/docs/file-format/), also the beginning of that. Of JSON, whose keys tell it, long texts
 * are cut. Bytes that are not UTF-8 become U+FFFD.
 * @param size of the file, in bytes
 * @param slice gives the bytes `[start, end)` of it
 * @param length of the beginning, in bytes
 */
export function headOf(
  size: number,
  slice: (start: number, end: number) => Uint8Array,
  length = HEAD_LENGTH,
): string {
  const read = (start: number, end: number) => new TextDecoder().decode(slice(start, Math.min(end, size)));
  const head = read(0, length);
  if (JSON_BEGINS.test(head)) return headOfJson(head, size, (end) => read(0, end));
  if (!head.startsWith(PARQUET) || size < PARQUET_END + PARQUET.length) return head;
  const end = slice(size - PARQUET_END, size);
  const footer = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  const start = Math.max(PARQUET.length, size - PARQUET_END - footer);
  return PARQUET + read(start, start + HEAD_LENGTH);
}

/** A source of JSON, be it cut off, with no more than the beginning of each text. */
function withShortTexts(source: string): string {
  let short = '';
  for (let at16 = 0; ;) {
    const open16 = source.indexOf('"', at16);
    if (open16 < 0) return short + source.slice(at16);
    const close16 = closingQuote(source, open16);
    const end16 = close16 < 0 ? source.length : close16;
    let cut16 = Math.min(end16, open16 + LONGEST_TEXT);
    // An escape is not cut, of which \u0000 is the longest.
    const escape16 = cut16 < end16 ? source.slice(cut16 - 5, cut16).lastIndexOf('\\') : -1;
    if (escape16 >= 0) cut16 += escape16 - 5;
    while (cut16 < end16 && source[cut16 - 1] === '\\') cut16--;
    short += source.slice(at16, cut16);
    if (close16 < 0) return short;
    short += '"';
    at16 = close16 + 1;
  }
}

function headOfJson(first: string, size: number, read: (end: number) => string): string {
  for (let length = HEAD_LENGTH; ; length *= 8) {
    const head = withShortTexts(length === HEAD_LENGTH ? first : read(length));
    if (isEnough(head) || length >= Math.min(size, MOST_READ)) return head.slice(0, HEAD_LENGTH);
  }
}

/** Whether a beginning tells as much as can be asked: of JSON, long texts were cut. */
export function isEnough(head: string): boolean {
  return !JSON_BEGINS.test(head) || 2 * head.length >= HEAD_LENGTH;
}

/** Whether what {@link headOf} gave is of a Parquet file with such columns; a name stands behind its length. */
export function isParquetWith(head: string, columns: readonly string[]): boolean {
  return (
    head.startsWith(PARQUET) &&
    columns.every((name) => head.includes(String.fromCharCode(name.length) + name))
  );
}
