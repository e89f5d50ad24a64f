import type { Status } from '../../core/model/records';
import type { Entity } from '../../core/model/entity';
import type { MentionIndex } from '../../core/mentions';

export type ArticleState = 'untouched' | 'in-progress' | 'done' | 'trouble';

/** What the side bar knows of an article without opening it. */
export interface ArticleSummary {
  readonly date: string | undefined;
  /** What a person knows it by. */
  readonly title: string | undefined;
  readonly status: Status;
  readonly entities: number;
  readonly unreviewed: number;
  /** How many entities cannot be placed in the text for certain. */
  readonly toPlace: number;
  /** How many entities have each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Its sidecar cannot be read, or not all of its entities are placed and agreed on. */
  readonly inTrouble: boolean;
}

export const UNREAD: ArticleSummary = {
  date: undefined,
  title: undefined,
  status: 'open',
  entities: 0,
  unreviewed: 0,
  toPlace: 0,
  labels: new Map(),
  inTrouble: false,
};

/** What an article and the frame of its sidecar say, and what was made of them. */
export type Facts = Pick<ArticleSummary, 'date' | 'title' | 'status' | 'inTrouble'>;

/** Of an article that is open. */
export function summarize(facts: Facts, entities: readonly Entity[]): ArticleSummary {
  const labels = new Map<string, number>();
  for (const { label } of entities) labels.set(label, (labels.get(label) ?? 0) + 1);
  return { ...facts, entities: entities.length, ...tally(entities), labels };
}

/** How many entities a person has to look at. */
export function tally(entities: readonly Entity[]): Pick<ArticleSummary, 'unreviewed' | 'toPlace'> {
  let [unreviewed, toPlace] = [0, 0];
  for (const { reviewed, broken } of entities) {
    if (!reviewed) unreviewed++;
    if (broken) toPlace++;
  }
  return { unreviewed, toPlace };
}

/** Of an article that nobody has open: its labels are counted in the index when they are asked for, which is rare. */
export class ClosedSummary implements ArticleSummary {
  readonly date: string | undefined;
  readonly title: string | undefined;
  readonly status: Status;
  readonly unreviewed: number;
  readonly toPlace: number;
  readonly inTrouble: boolean;

  /** @param rows the article's columns in the index, which never change */
  constructor(
    { date, title, status, unreviewed, toPlace, inTrouble }: Omit<ArticleSummary, 'entities' | 'labels'>,
    private readonly rows: Uint32Array,
    private readonly index: Pick<MentionIndex<never>, 'countIn' | 'labelsIn'>,
  ) {
    this.date = date;
    this.title = title;
    this.status = status;
    this.unreviewed = unreviewed;
    this.toPlace = toPlace;
    this.inTrouble = inTrouble;
  }

  get entities(): number {
    return this.index.countIn(this.rows);
  }

  get labels(): ReadonlyMap<string, number> {
    return this.index.labelsIn([this.rows]);
  }
}

export function isSameSummary(a: ArticleSummary, b: ArticleSummary): boolean {
  return (
    a.date === b.date &&
    a.title === b.title &&
    a.status === b.status &&
    a.entities === b.entities &&
    a.unreviewed === b.unreviewed &&
    a.toPlace === b.toPlace &&
    a.inTrouble === b.inTrouble &&
    a.labels.size === b.labels.size &&
    [...a.labels].every(([label, count]) => b.labels.get(label) === count)
  );
}

/** Whether a person must say what becomes of an entity: where it is, or which of two versions counts. */
export function isToDecide({ broken, conflict }: Entity): boolean {
  return Boolean(broken) || conflict !== undefined;
}
