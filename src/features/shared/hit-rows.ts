import type { Hit } from './hits';

/** A list of many more rows than these holds the window up: the editor makes and filters all of them at once. */
export const MOST_ROWS = 5000;

/** A row of a preview; each hit belongs to one row besides the one that stands for its article. */
export interface HitRow {
  /** A hit, all of an article, or all of the articles that are not listed. */
  readonly kind: 'hit' | 'article' | 'rest';
  readonly hits: readonly [Hit, ...Hit[]];
  /** The rows of the hits of an article that are listed below it. */
  readonly below: readonly HitRow[];
}

/**
 * The rows of hits, in their order: each, below one for its article where there are several; each article only
 * where there are too many; and one for all that still is too much.
 * @param hits by article
 */
export function rowsOf(hits: readonly Hit[], most = MOST_ROWS): readonly HitRow[] {
  const row = (kind: HitRow['kind'], all: readonly Hit[], below: readonly HitRow[] = []): HitRow => ({
    ...{ kind, hits: all as [Hit, ...Hit[]], below },
  });
  const articles = byArticle(hits);
  if (hits.length > most) {
    const listed = articles.length > most ? articles.slice(0, most - 1) : articles;
    const rest = articles.slice(listed.length).flat();
    const rows = listed.map((all) => row('article', all));
    return rest.length > 0 ? [...rows, row('rest', rest)] : rows;
  }
  return articles.flatMap((all) => {
    const below = all.map((hit) => row('hit', [hit]));
    return articles.length === 1 ? below : [row('article', all, below), ...below];
  });
}

function byArticle(hits: readonly Hit[]): Hit[][] {
  const articles: Hit[][] = [];
  for (const hit of hits) {
    const last = articles.at(-1);
    if (last?.[0]?.entry === hit.entry) last.push(hit);
    else articles.push([hit]);
  }
  return articles;
}

/**
 * What is chosen after a person has changed it: the row of an article takes all of its hits with it, and is
 * itself chosen for as long as one of them is.
 * @param before what was chosen, and `now` what is, with the row that was ticked or not
 */
export function followChoice(
  rows: readonly HitRow[],
  before: ReadonlySet<HitRow>,
  now: ReadonlySet<HitRow>,
): ReadonlySet<HitRow> {
  const chosen = new Set(now);
  for (const row of rows) {
    if (row.below.length === 0) continue;
    const isTurned = before.has(row) !== now.has(row);
    const isIn = isTurned ? now.has(row) : row.below.some((one) => now.has(one));
    for (const one of isTurned ? [row, ...row.below] : [row]) {
      if (isIn) chosen.add(one);
      else chosen.delete(one);
    }
  }
  return chosen;
}

/** The hits of chosen rows, each once, in their order. */
export function hitsOf(rows: readonly HitRow[], chosen: ReadonlySet<HitRow>): readonly Hit[] {
  return rows.filter((row) => row.below.length === 0 && chosen.has(row)).flatMap(({ hits }) => hits);
}
