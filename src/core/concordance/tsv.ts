import { csvRow } from '../csv';
import { FORMULA } from '../spreadsheet';
import type { Context, Line } from './lines';

/** A line as it is exported. */
export interface Row extends Pick<Line, 'start' | 'end' | 'text' | 'label' | 'state'> {
  readonly article: string;
  readonly date: string | undefined;
  readonly context: Context;
}

const COLUMNS = ['article', 'date', 'start', 'end', 'label', 'state', 'left', 'keyword', 'right'];

export const TSV_HEAD = `${COLUMNS.join('\t')}\n`;

/**
 * Rows as tab-separated values, one a line: start and end in code points, the context on one line, the
 * keyword whole. A value with a tab, a line ending or a quote is put in quotes, as RFC 4180 has it; one that a
 * spreadsheet would run as a formula gets a `'` before it, as people open this with one.
 */
export function toTsv(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const values = rows.map(({ article, date = '', start, end, label = '', state, context, text }) => [
    article,
    date,
    start,
    end,
    label,
    state,
    context.left,
    text,
    context.right,
  ]);
  return values.map((one) => `${csvRow(one.map(guarded), '\t')}\n`).join('');
}

/** A cell that no spreadsheet takes for a formula. */
function guarded(cell: string | number): string | number {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
}
