import { csvRows, delimiterOf } from '../csv';
import type { Item, ItemForm } from './item';
import { formOf } from './matcher';

/** The list of known names of a corpus, beside its `corpus.yaml`. */
export const GAZETTEER = 'gazetteer.yaml';
export const GAZETTEER_FORM: ItemForm = {
  list: 'forms',
  keys: ['text', 'label', 'link', 'match_case'],
  needed: ['text', 'label'],
  flags: ['match_case'],
};

/** What a table holds: its rows, and the columns that have what a gazetteer needs, as far as their names tell. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly columns: {
    readonly text: number;
    readonly label: number | undefined;
    readonly link: number | undefined;
    readonly matchCase: number | undefined;
  };
}

const NAMES = {
  text: /^(?:text|form|name|surface(?:[ _]?form)?|term|mention|entity)$/i,
  label: /^(?:label|type|class|tag|category)$/i,
  link: /^(?:link|uri|url|iri|id|identifier|kb_id)$/i,
  matchCase: /^(?:match[ _]?case|case[ _]?sensitive)$/i,
};

const NO = /^(?:false|no|n|0)$/i;

/** Whether a form is found in its own case only, which it is unless its item, or its file, says otherwise. */
export function matchesCase(item: Item): boolean {
  return item.match_case !== 'false';
}

/**
 * Reads CSV or TSV (RFC 4180; the delimiter is guessed). A first row of known names says which column is
 * which; without one they are text, label, link.
 */
export function readTable(source: string): Table {
  const text16 = source.replace(/^\ufeff/, '');
  const rows = csvRows(text16, delimiterOf(text16, [',', '\t', '|', ';']));
  const all = [...rows].map((row) => row.cells.map((cell) => cell.trim()));
  const cells = all.filter((row) => row.join('') !== '');
  const [head = []] = cells;
  const find = (name: keyof typeof NAMES) => {
    const at = head.findIndex((cell) => NAMES[name].test(cell));
    return at < 0 ? undefined : at;
  };
  const text = find('text');
  if (text !== undefined)
    return {
      rows: cells.slice(1),
      columns: { text, label: find('label'), link: find('link'), matchCase: find('matchCase') },
    };
  const width = Math.max(0, ...cells.map((row) => row.length));
  return {
    rows: cells,
    columns: {
      text: 0,
      label: width > 1 ? 1 : undefined,
      link: width > 2 ? 2 : undefined,
      matchCase: undefined,
    },
  };
}

/**
 * The items of a table.
 * @param fallback the label of rows that have none
 * @returns the items, and the rows that cannot be one, with what they lack
 */
export function itemsOf(
  { rows, columns }: Table,
  fallback?: string,
): { items: Item[]; left: { row: readonly string[]; lacks: 'text' | 'label' }[] } {
  const items: Item[] = [];
  const left: { row: readonly string[]; lacks: 'text' | 'label' }[] = [];
  for (const row of rows) {
    const text = formOf(row[columns.text] ?? '');
    const label = (columns.label === undefined ? '' : row[columns.label]) || fallback;
    const link = columns.link === undefined ? '' : row[columns.link];
    const matchCase = columns.matchCase === undefined ? '' : (row[columns.matchCase] ?? '');
    if (text === '') left.push({ row, lacks: 'text' });
    else if (!label) left.push({ row, lacks: 'label' });
    else
      items.push({
        ...{ text, label },
        ...(link && { link }),
        ...(matchCase && { match_case: NO.test(matchCase) ? 'false' : 'true' }),
      });
  }
  return { items, left };
}
