import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { ArticleState } from '../../workspace/corpus/summary';

export type SortBy = 'name' | 'date' | 'newest' | 'state';

const collator = new Intl.Collator(undefined, { numeric: true });

/** As a person expects: `a2` before `a10`, upper and lower case together. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** States in the order in which they want attention. */
export const STATES: readonly ArticleState[] = ['trouble', 'in-progress', 'untouched', 'done'];

/** An order of articles: by rank, then by name. */
export class Order {
  private constructor(
    /** What an article's place depends on besides its name. */
    readonly rank: (entry: ArticleEntry) => string,
    private readonly direction: 1 | -1 = 1,
  ) {}

  static readonly by: Readonly<Record<SortBy, Order>> = {
    name: new Order(() => ''),
    // Articles without a date come last in both directions.
    date: new Order((entry) => entry.summary.date ?? '\uffff'),
    newest: new Order((entry) => entry.summary.date ?? '', -1),
    state: new Order((entry) => String(STATES.indexOf(entry.state))),
  };

  sort(entries: readonly ArticleEntry[]): ArticleEntry[] {
    return entries
      .map((entry) => ({ entry, rank: this.rank(entry) }))
      .sort((a, b) =>
        a.rank === b.rank
          ? compareNames(a.entry.path, b.entry.path)
          : (a.rank < b.rank ? -1 : 1) * this.direction,
      )
      .map(({ entry }) => entry);
  }
}

export function isSortBy(value: unknown): value is SortBy {
  return typeof value === 'string' && Object.hasOwn(Order.by, value);
}
