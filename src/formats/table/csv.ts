import { csvRows, delimiterOf } from '../../core/csv';
import type { Context, SourceFile } from '../shared/format';

/** What parts the cells of a row: programs of some countries write a semicolon. */
const DELIMITERS = [',', ';', '\t'];

/** The line before the header by which Excel is told what parts cells. */
const SEPARATOR = /^"?sep=(.)"?$/i;

/** The cells of a row in their order, and the line on which it begins. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The cells of the header of a table that begins so. */
export function headerIn(head: string): readonly string[] {
  const [first = '', second = ''] = head.split(/\r?\n/, 2);
  const [, said] = SEPARATOR.exec(first) ?? [];
  return said === undefined ? cellsOf(first, delimiterOf(first, DELIMITERS)) : cellsOf(second, said);
}

/** @param record without its line ending */
function cellsOf(record: string, delimiter: string): readonly string[] {
  const [row] = csvRows(`${record}\n`, delimiter);
  return row?.cells ?? [];
}

/** The rows of a table, one after another, so that memory does not grow with it. A cell may have line endings. */
export function* tableRows(file: SourceFile, { report }: Context): Generator<TableRow> {
  let record: string | undefined;
  let delimiter: string | undefined;
  let [line, begin] = [0, 0];
  let isInCell = false;
  for (const text of file.lines()) {
    line++;
    if (record === undefined) begin = line;
    record = record === undefined ? text : `${record}\n${text}`;
    // An odd number of quotes begins a cell that does not end on the line, or ends one.
    if (text.split('"').length % 2 === 0) isInCell = !isInCell;
    if (isInCell) continue;
    const [, said] = (line === 1 && SEPARATOR.exec(record)) || [];
    if (said !== undefined) record = '';
    delimiter ??= said ?? delimiterOf(record, DELIMITERS);
    if (record !== '') yield { cells: cellsOf(record, delimiter), line: begin };
    record = undefined;
  }
  if (record === undefined) return;
  const values = { source: record.slice(0, 200) };
  report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line: begin, column: 1, values });
}
