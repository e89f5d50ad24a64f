import type { Context, LineState } from '../../core/concordance/lines';
import type { Order } from '../../core/concordance/order';
import type { ConcordanceRequest } from '../../workspace/asking/concordance-request';

// What the extension and the page of the panel say to each other. Types only: the page is a bundle of its own.

/** What the page keeps, so that it comes back with its query. */
export interface Kept {
  readonly request: ConcordanceRequest;
  readonly order: Order;
}

/** A line as it is drawn. */
export interface RowView extends Context {
  readonly label: string;
  /** The label's colour on light and on dark backgrounds. */
  readonly light: string;
  readonly dark: string;
  readonly state: LineState;
  readonly article: string;
  readonly date: string;
  /** The whole line for a screen reader. */
  readonly spoken: string;
}

/** Which lines are chosen: those from one to the other; `active` has the focus. */
export interface Chosen {
  readonly active: number;
  readonly anchor: number;
}

export type ToPage =
  /** @property search the last search of the page that the host knew */
  | ({ readonly type: 'form'; readonly labels: readonly string[]; readonly search: number } & Kept)
  | { readonly type: 'focus'; readonly on: 'search' | 'list' }
  /** The editor knows by now whether the list has the focus: from then on, keys do what they do there. */
  | { readonly type: 'keys'; readonly areOn: boolean }
  /** All rows that the page has are out of date. */
  | ({
      readonly type: 'lines';
      readonly version: number;
      readonly total: number;
      readonly note: string;
      /** The turn of the last choice that the host knew. */
      readonly turn: number;
      /** The last search of the page that these lines, or those before them, are the answer to. */
      readonly search: number;
    } & Chosen)
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly from: number;
      readonly rows: readonly RowView[];
    }
  /** @property share from 0 to 1; `undefined` once nothing runs */
  | { readonly type: 'progress'; readonly share?: number; readonly text?: string }
  | { readonly type: 'problem'; readonly text: string };

export type FromPage =
  | { readonly type: 'ready' }
  /** @property search counts the searches of a page */
  | { readonly type: 'search'; readonly request: ConcordanceRequest; readonly search: number }
  | { readonly type: 'sort'; readonly order: Order }
  | { readonly type: 'rows'; readonly version: number; readonly from: number; readonly to: number }
  /** @property turn counts the choices of a page */
  | ({ readonly type: 'choose'; readonly version: number; readonly turn: number } & Chosen)
  | { readonly type: 'inList'; readonly isIn: boolean }
  | { readonly type: 'open'; readonly keepFocus: boolean }
  | { readonly type: 'stop' | 'export' };
