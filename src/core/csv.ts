/** A row of a table, and where the next one begins, in UTF-16 units. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly end16: number;
}

export type CsvValue = string | number | boolean | null | undefined;

/** How many rows tell what parts the cells of a table. */
const ROWS_LOOKED_AT = 10;

/**
 * The rows of a table as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) has them, parted by `\n`, `\r\n` or, where
 * there is no `\n`, `\r`; an empty line is a row with one empty cell. A quotation mark within a cell that does not
 * begin with one, or that nothing behind it makes the last one of its cell, is of the cell; one that is never closed
 * holds all that follows.
 * @param delimiter what parts cells, one character
 */
export function* csvRows(source: string, delimiter: string): Generator<CsvRow> {
  const lineEnd = source.includes('\n') ? '\n' : '\r';
  const endOf = (sign: string, from16: number) => {
    const at16 = source.indexOf(sign, from16);
    return at16 < 0 ? source.length : at16;
  };
  let at16 = 0;
  let [delimiter16, line16] = [-1, -1];
  let cells: string[] = [];
  while (at16 < source.length || cells.length > 0) {
    const quoted = source[at16] === '"' ? quotedCell(source, at16, delimiter, lineEnd) : undefined;
    if (delimiter16 < at16) delimiter16 = endOf(delimiter, at16);
    if (line16 < at16) line16 = endOf(lineEnd, at16);
    const end16 = quoted?.end16 ?? Math.min(delimiter16, line16);
    const isLast = end16 === source.length || source[end16] !== delimiter;
    const cell = quoted?.cell ?? source.slice(at16, end16);
    // Of `\r\n`.
    cells.push(isLast && !quoted && lineEnd === '\n' ? cell.replace(/\r$/, '') : cell);
    at16 = end16 + 1;
    if (!isLast) continue;
    // A line ending of two is behind the mark that closes a cell.
    if (quoted && source[end16] === '\r' && lineEnd === '\n') at16++;
    yield { cells, end16: Math.min(at16, source.length) };
    cells = [];
  }
}

/** A cell in quotation marks, and where what ends it stands. */
function quotedCell(source: string, start16: number, delimiter: string, lineEnd: string) {
  for (let at16 = start16 + 1; ;) {
    const quote16 = source.indexOf('"', at16);
    if (quote16 < 0) return { cell: source.slice(start16 + 1), end16: source.length };
    let end16 = quote16 + 1;
    if (source[end16] === '"') {
      at16 = end16 + 1;
      continue;
    }
    while (source[end16] === ' ' && delimiter !== ' ') end16++;
    const next = source[end16];
    const isReturn = next === '\r' && source[end16 + 1] === '\n';
    if (next === undefined || next === delimiter || next === lineEnd || isReturn)
      return { cell: unquoted(source.slice(start16 + 1, quote16)), end16 };
    at16 = end16;
  }
}

function unquoted(cell: string): string {
  return cell.replace(/""/g, '"');
}

/** What parts the cells of a table: of some signs that which gives the same number of cells in each row, and most. */
export function delimiterOf(source: string, signs: readonly string[]): string {
  let best = { delimiter: signs[0]!, difference: Infinity, mean: 1 };
  for (const delimiter of signs) {
    const counts: number[] = [];
    for (const { cells } of csvRows(source, delimiter)) {
      if (cells.join('') !== '') counts.push(cells.length);
      if (counts.length === ROWS_LOOKED_AT) break;
    }
    const difference = counts.reduce((sum, count, i) => sum + Math.abs(count - (counts[i - 1] ?? count)), 0);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (mean > Math.max(best.mean, 1.99) && difference <= best.difference)
      best = { delimiter, difference, mean };
  }
  return best.delimiter;
}

/** A row of cells, without a line ending. What would be read as something else is put in quotation marks. */
export function csvRow(values: readonly CsvValue[], delimiter = ','): string {
  const cells = values.map((value) => {
    const cell = String(value ?? '');
    const isSafe = !/["\r\n\ufeff]|^ | $/.test(cell) && !cell.includes(delimiter);
    return isSafe ? cell : `"${cell.replace(/"/g, '""')}"`;
  });
  return cells.join(delimiter);
}
