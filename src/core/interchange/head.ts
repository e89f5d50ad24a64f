/** How much of a file tells its format, in bytes. */
export const HEAD_LENGTH = 4096;
/** How much of a file tells that it is none of another format: what comes behind the text of an article counts, too. */
export const CERTAIN_LENGTH = 2 ** 16;
const PARQUET = 'PAR1';
/** Behind the footer of a Parquet file: its length, in four bytes, and the magic word. */
const PARQUET_END = 8;

/**
 * What a format is recognized by: the beginning of a file; of a Parquet file, whose columns are named in its footer
 * (https://parquet.apache.org/docs/file-format/), also the beginning of that. Bytes that are not UTF-8 become U+FFFD.
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
  if (!head.startsWith(PARQUET) || size < PARQUET_END + PARQUET.length) return head;
  const end = slice(size - PARQUET_END, size);
  const footer = new DataView(end.buffer, end.byteOffset).getUint32(0, true);
  const start = Math.max(PARQUET.length, size - PARQUET_END - footer);
  return PARQUET + read(start, start + HEAD_LENGTH);
}

/** Whether what {@link headOf} gave is of a Parquet file with such columns; a name stands behind its length. */
export function isParquetWith(head: string, columns: readonly string[]): boolean {
  return (
    head.startsWith(PARQUET) &&
    columns.every((name) => head.includes(String.fromCharCode(name.length) + name))
  );
}
