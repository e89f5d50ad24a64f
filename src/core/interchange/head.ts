/** How much of a file tells its format, in bytes. */
export const HEAD_LENGTH = 4096;
/** Where long texts stand before what tells the format, more is read, up to so many bytes. */
const MOST_READ = 2 ** 18;
/** What of the texts in JSON is kept, in UTF-16 units; they are an article, or the like. */
const LONG_TEXT = /"((?:[^"\\]|\\u[\da-f]{4}|\\.){0,80})(?:[^"\\]|\\.)*("?)/gis;
const PARQUET = 'PAR1';
/** Behind the footer of a Parquet file: its length, in four bytes, and the magic word. */
const PARQUET_END = 8;

/**
 * What a format is recognized by: the beginning of a file; of a Parquet file, whose columns are named in its footer
 * (https://parquet.apache.org/docs/file-format/), also the beginning of that. Of JSON, whose keys tell it, long texts
 * are cut. Bytes that are not UTF-8 become U+FFFD.
 * @param size of the file, in bytes
 * @param slice gives the bytes `[start, end)` of it
 */
export function headOf(size: number, slice: (start: number, end: number) => Uint8Array): string {
  const read = (start: number, end: number) => new TextDecoder().decode(slice(start, Math.min(end, size)));
  const head = read(0, HEAD_LENGTH);
  if (/^\s*[[{]/.test(head)) return headOfJson(head, size, (end) => read(0, end));
  if (!head.startsWith(PARQUET) || size < PARQUET_END + PARQUET.length) return head;
  const end = slice(size - PARQUET_END, size);
  const length = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  const start = Math.max(PARQUET.length, size - PARQUET_END - length);
  return PARQUET + read(start, start + HEAD_LENGTH);
}

function headOfJson(first: string, size: number, read: (end: number) => string): string {
  for (let length = HEAD_LENGTH; ; length *= 8) {
    const head = (length === HEAD_LENGTH ? first : read(length)).replace(LONG_TEXT, '"$1$2');
    if (2 * head.length >= HEAD_LENGTH || length >= Math.min(size, MOST_READ))
      return head.slice(0, HEAD_LENGTH);
  }
}

/** Whether what {@link headOf} gave is of a Parquet file with such columns; a name stands behind its length. */
export function isParquetWith(head: string, columns: readonly string[]): boolean {
  return (
    head.startsWith(PARQUET) &&
    columns.every((name) => head.includes(String.fromCharCode(name.length) + name))
  );
}
