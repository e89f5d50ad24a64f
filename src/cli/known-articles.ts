import type { Status } from '../core/model/records';
import type { Entity } from '../core/model/entity';
import { InternedStrings } from '../core/interned-strings';
import type { CheckedArticle } from '../core/rules';
import type { TextIndex } from '../core/text';
import type { ArticleReading, LayerOfArticle } from './corpus';

/** How many entities are remembered in each thread, so that memory does not grow with the corpus; what is beyond is read again. */
const MOST = 2 ** 17;

/** The numbers of an entity: start, end, those of its text, label and link, and whether it is reviewed. */
const START = 0;
const END = 1;
const TEXT = 2;
const LABEL = 3;
const LINK = 4;
const COLUMNS = 5;
/** Labels have even numbers, and the next one where they are reviewed. */
const REVIEWED = 1;

/** The articles that were read, each in its layers, as far as rules ask: their entities in columns of numbers, without their texts. */
export class KnownArticles {
  private readonly articles = new Map<string, { readonly status: Status; readonly rows: Uint32Array }>();
  private readonly labels = new InternedStrings();
  private readonly links = new InternedStrings(['']);
  private count = 0;

  get hasRoom(): boolean {
    return this.count < MOST;
  }

  has(one: LayerOfArticle): boolean {
    return this.articles.has(keyOf(one));
  }

  /** @param texts the numbers of the texts of its entities. Where rules ask more of one, nothing is remembered */
  add(one: LayerOfArticle, { sidecar, entities }: ArticleReading, texts: readonly number[]): void {
    if (entities.some(isSpecial)) return;
    const rows = new Uint32Array(entities.length * COLUMNS);
    entities.forEach(({ start, end, label, link = '', reviewed }, i) => {
      const at = i * COLUMNS;
      rows[at + START] = start;
      rows[at + END] = end;
      rows[at + TEXT] = texts[i]!;
      rows[at + LABEL] = 2 * this.labels.number(label) + (reviewed ? REVIEWED : 0);
      rows[at + LINK] = this.links.number(link);
    });
    this.articles.set(keyOf(one), { status: sidecar?.status ?? 'open', rows });
    this.count += entities.length;
  }

  /**
   * An article as rules look at it; enough to find, not to mend, as its entities have no ids.
   * @param index its text as it is now
   * @param texts their numbers
   * @returns `undefined` where its text is another than when it was read
   */
  get(one: LayerOfArticle, index: TextIndex, texts: InternedStrings): CheckedArticle | undefined {
    const { status, rows } = this.articles.get(keyOf(one))!;
    const entities: Omit<Entity, 'id'>[] = [];
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const link = rows[at + LINK]!;
      const label = rows[at + LABEL]!;
      const entity = {
        start: rows[at + START]!,
        end: rows[at + END]!,
        text: texts.name(rows[at + TEXT]!),
        label: this.labels.name(label >>> 1),
        link: link === 0 ? undefined : this.links.name(link),
        reviewed: (label & REVIEWED) !== 0,
      };
      if (!index.holds(entity, entity.text)) return undefined;
      entities.push(entity);
    }
    const withoutIds: readonly Omit<Entity, 'id'>[] = entities;
    return { index, status, entities: withoutIds as readonly Entity[] };
  }
}

function keyOf({ article, layer }: LayerOfArticle): string {
  // No name of a layer has a line end.
  return layer === '' ? article : `${layer}\n${article}`;
}

/** Whether rules ask more of an entity than is remembered. */
function isSpecial({ parts, conflict, ignore, broken, end }: Entity): boolean {
  return Boolean(parts ?? conflict ?? ignore ?? broken) || end >= 2 ** 32;
}
