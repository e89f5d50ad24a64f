import type { Entity } from './model/entity';
import { LabelCounts, type LabelCount, type Said } from './label-counts';
import type { Mention, MentionFilter } from './mention';
import {
  COLUMNS,
  END,
  factsOf,
  FLAG_BITS,
  flagsOf,
  LABEL_AND_FLAGS,
  LINK,
  NO_ROWS,
  othersIn,
  START,
  TEXT,
  textsIn,
} from './mention-rows';
import { InternedStrings } from './interned-strings';

/** A text that is tagged somewhere. */
export interface Form {
  readonly text: string;
  readonly label: string;
  readonly all: number;
  readonly reviewed: number;
  /** See `LabelCount`. */
  readonly known: number;
}

/** See {@link MentionIndex.takeChanged}. */
export interface ChangedTexts<Key> {
  /** Texts of which something else is said: the counts of labels that disagree, or as what they are reviewed. */
  readonly texts: ReadonlySet<string>;
  /** The articles that hold one of them as an entity. */
  readonly keys: ReadonlySet<Key>;
  /** The groups in which one is reviewed that was not. */
  readonly groups: ReadonlySet<unknown>;
}

/**
 * The entities of all articles in columns of numbers, some 20 bytes each, with texts, labels and links in
 * tables. Whatever is asked of the whole corpus is one pass over the columns: half a million entities take
 * some milliseconds, so that no second structure needs to follow each edit.
 */
export class MentionIndex<Key> {
  private readonly rowsOf = new Map<Key, Uint32Array>();
  private readonly texts = new InternedStrings();
  private readonly labels = new InternedStrings();
  /** The first is that of entities without a link. */
  private readonly links = new InternedStrings(['']);
  /** By group, then by text: how many mentions have each label; without those of {@link uncounted}. */
  private readonly counts = new Map<unknown, LabelCounts>();
  /** Articles whose mentions nobody has asked to be counted yet. */
  private readonly uncounted = new Set<Key>();
  private total = 0;
  /** By group: how many mentions come from elsewhere, see {@link hasOthers}. */
  private readonly others = new Map<unknown, number>();
  /** By group: the texts of which something else is said now; see {@link takeChanged}. */
  private changed: Map<unknown, Set<number>> | undefined;
  /** The groups in which a text is reviewed that was not. */
  private gaining = new Set<unknown>();

  /** @param groupOf what an article's mentions are counted with: its corpus */
  constructor(private readonly groupOf: (key: Key) => unknown = () => undefined) {}

  /** How many entities there are. */
  get size(): number {
    return this.total;
  }

  /** Replaces what is known of an article. Costs no more than its own entities. */
  set(key: Key, entities: readonly Entity[]): void {
    const rows = new Uint32Array(entities.length * COLUMNS);
    entities.forEach((entity, i) => {
      const { start, end, text, label, link = '' } = entity;
      const at = i * COLUMNS;
      rows[at + START] = start;
      rows[at + END] = end;
      rows[at + TEXT] = this.texts.number(text);
      rows[at + LABEL_AND_FLAGS] = (this.labels.number(label) << FLAG_BITS) | flagsOf(entity);
      rows[at + LINK] = this.links.number(link);
    });
    this.replace(key, rows);
  }

  delete(key: Key): void {
    this.replace(key, undefined);
  }

  /** The mentions of one article, in the sidecar's order. */
  *of(key: Key): Generator<Mention> {
    const rows = this.rowsOf.get(key) ?? [];
    for (let at = 0; at < rows.length; at += COLUMNS) yield this.mentionAt(rows as Uint32Array, at);
  }

  /** All mentions that have what is asked for, article by article. */
  *find({ text, label, link }: MentionFilter): Generator<{ readonly key: Key; readonly mention: Mention }> {
    const textId = text === undefined ? undefined : this.texts.find(text);
    const labelId = label === undefined ? undefined : this.labels.find(label);
    const linkId = link === undefined ? undefined : this.links.find(link);
    if (textId === -1 || labelId === -1 || linkId === -1) return;
    for (const [key, rows] of this.rowsOf) {
      for (let at = 0; at < rows.length; at += COLUMNS) {
        if (textId !== undefined && rows[at + TEXT] !== textId) continue;
        if (labelId !== undefined && rows[at + LABEL_AND_FLAGS]! >>> FLAG_BITS !== labelId) continue;
        if (linkId !== undefined && rows[at + LINK] !== linkId) continue;
        yield { key, mention: this.mentionAt(rows, at) };
      }
    }
  }

  /** Whether mentions of a group come from elsewhere: imported ones, and suggestions that nobody has reviewed. */
  hasOthers(group: unknown): boolean {
    return (this.others.get(group) ?? 0) > 0;
  }

  /** With which labels a text is tagged in a group, and how often, the commonest first. Costs one look into a table. */
  labelsOf(text: string, group: unknown): readonly LabelCount[] {
    return this.countsOf(group).of(this.texts.find(text));
  }

  /**
   * Counts the labels of texts, article by article, so that one who asks for them then ({@link labelsOf},
   * {@link forms}) need not wait until all are counted.
   */
  *countAll(): Generator<undefined> {
    for (const key of this.uncounted) {
      this.uncounted.delete(key);
      this.count(key, this.rows(key), 1);
      yield;
    }
  }

  /** All texts that are tagged, one for each label that they have, in a group, or in all groups together. */
  *forms(group?: unknown): Generator<Form> {
    const groups = group === undefined ? [...this.counted.values()] : [this.countsOf(group)];
    const [counts = new LabelCounts()] = groups.length > 1 ? [LabelCounts.sum(groups)] : groups;
    for (const [text, tallies] of counts)
      for (const { label, all, reviewed, known } of tallies)
        yield { text: this.texts.name(text), label, all, reviewed, known };
  }

  /**
   * What other articles must know of what changed since this was asked last. From the first time on, changes
   * are kept for the next. Where there are some, this is one pass over the columns.
   */
  takeChanged(): ChangedTexts<Key> {
    const [changed, groups] = [this.changed ?? new Map<unknown, Set<number>>(), this.gaining];
    this.changed = new Map();
    this.gaining = new Set();
    const keys = new Set<Key>();
    const texts = new Set<string>();
    for (const ids of changed.values()) for (const id of ids) texts.add(this.texts.name(id));
    if (texts.size === 0) return { keys, texts, groups };
    for (const [key, rows] of this.rowsOf) {
      const ids = changed.get(this.groupOf(key));
      if (!ids) continue;
      for (let at = TEXT; at < rows.length; at += COLUMNS) {
        if (!ids.has(rows[at]!)) continue;
        keys.add(key);
        break;
      }
    }
    return { keys, texts, groups };
  }

  /** How many mentions the columns of an article hold; see {@link rows}. */
  countIn(rows: Uint32Array): number {
    return rows.length / COLUMNS;
  }

  /** How many mentions have each label in a group. */
  labelsOfGroup(group: unknown): Map<string, number> {
    const ofGroup = [...this.rowsOf].filter(([key]) => this.groupOf(key) === group);
    return this.labelsIn(ofGroup.map(([, rows]) => rows));
  }

  /** How many mentions have each label, in the columns of articles. */
  labelsIn(all: readonly Uint32Array[]): Map<string, number> {
    const counts = new Uint32Array(this.labels.all.length);
    for (const rows of all)
      for (let at = LABEL_AND_FLAGS; at < rows.length; at += COLUMNS) counts[rows[at]! >>> FLAG_BITS]!++;
    const named = new Map<string, number>();
    counts.forEach((count, label) => {
      if (count > 0) named.set(this.labels.name(label), count);
    });
    return named;
  }

  /** The columns of an article, to be kept in a file with the {@link tables}; see {@link translator}. */
  rows(key: Key): Uint32Array {
    return this.rowsOf.get(key) ?? NO_ROWS;
  }

  /** The tables, in the order of their numbers. */
  get tables(): { texts: readonly string[]; labels: readonly string[]; links: readonly string[] } {
    return { texts: this.texts.all, labels: this.labels.all, links: this.links.all };
  }

  /**
   * What makes columns that another index made (of one article, or of many in a row) into columns of this one, in
   * their place; it says `false` where they are not sound. Only such columns may be given to {@link restore}.
   */
  translator(tables: MentionIndex<Key>['tables']): (columns: Uint32Array) => boolean {
    const texts = this.texts.translator(tables.texts);
    const labels = this.labels.translator(tables.labels);
    const links = this.links.translator(tables.links);
    return (columns) => {
      if (columns.length % COLUMNS !== 0) return false;
      for (let at = 0; at < columns.length; at += COLUMNS) {
        const flags = columns[at + LABEL_AND_FLAGS]! & ((1 << FLAG_BITS) - 1);
        const text = texts(columns[at + TEXT]!);
        const label = labels(columns[at + LABEL_AND_FLAGS]! >>> FLAG_BITS);
        const link = links(columns[at + LINK]!);
        if (text === undefined || label === undefined || link === undefined) return false;
        columns[at + TEXT] = text;
        columns[at + LABEL_AND_FLAGS] = (label << FLAG_BITS) | flags;
        columns[at + LINK] = link;
      }
      return true;
    };
  }

  /** Replaces what is known of an article by columns of this index; see {@link translator}. */
  restore(key: Key, rows: Uint32Array): void {
    this.replace(key, rows);
  }

  /** The article keeps its place in the order, so that {@link find} meets it once even where it rests meanwhile. */
  private replace(key: Key, rows: Uint32Array | undefined): void {
    const old = this.rowsOf.get(key);
    if (!old && !rows) return;
    const counts = this.changed && this.countsOf(this.groupOf(key));
    const before = counts && new Map(textsIn(old, rows).map((text) => [text, counts.said(text)]));
    if (old && !this.uncounted.delete(key)) this.count(key, old, -1);
    if (rows) this.rowsOf.set(key, rows);
    else this.rowsOf.delete(key);
    this.total += ((rows?.length ?? 0) - (old?.length ?? 0)) / COLUMNS;
    const group = this.groupOf(key);
    this.others.set(group, (this.others.get(group) ?? 0) + othersIn(rows) - othersIn(old));
    if (rows) this.uncounted.add(key);
    if (before) this.compare(this.groupOf(key), before);
  }

  /** The counts of all that there is. */
  private get counted(): ReadonlyMap<unknown, LabelCounts> {
    if (this.uncounted.size > 0) {
      const counting = this.countAll();
      while (!counting.next().done);
    }
    return this.counts;
  }

  private countsOf(group: unknown): LabelCounts {
    return this.counted.get(group) ?? new LabelCounts();
  }

  /** Remembers of which texts something else is said now. */
  private compare(group: unknown, before: ReadonlyMap<number, Said>): void {
    const counts = this.countsOf(group);
    const changed = this.changed!.get(group) ?? new Set();
    this.changed!.set(group, changed);
    for (const [text, said] of before) {
      const now = counts.said(text);
      if (said.all !== now.all) changed.add(text);
      if (now.isReviewed && !said.isReviewed) this.gaining.add(group);
    }
  }

  private count(key: Key, rows: Uint32Array, by: 1 | -1): void {
    const group = this.groupOf(key);
    let counts = this.counts.get(group);
    if (!counts) this.counts.set(group, (counts = new LabelCounts()));
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const flags = rows[at + LABEL_AND_FLAGS]!;
      const { reviewed, broken, isKnown } = factsOf(flags);
      const link = rows[at + LINK] === 0 ? undefined : this.links.name(rows[at + LINK]!);
      counts.add(
        rows[at + TEXT]!,
        this.labels.name(flags >>> FLAG_BITS),
        { isReviewed: reviewed && !broken, isKnown },
        link,
        by,
      );
    }
  }

  private mentionAt(rows: Uint32Array, at: number): Mention {
    const flags = rows[at + LABEL_AND_FLAGS]!;
    return {
      start: rows[at + START]!,
      end: rows[at + END]!,
      text: this.texts.name(rows[at + TEXT]!),
      label: this.labels.name(flags >>> FLAG_BITS),
      link: rows[at + LINK] === 0 ? undefined : this.links.name(rows[at + LINK]!),
      ...factsOf(flags),
    };
  }
}
