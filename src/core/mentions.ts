import type { Entity } from './entity';
import { LabelCounts, type LabelCount, type Said } from './label-counts';
import { Names } from './names';
import type { Span } from './text';

/** What an index knows of an entity: enough to find it, count it and show it. Offsets are code points. */
export interface Mention extends Span {
  readonly text: string;
  readonly label: string;
  readonly link: string | undefined;
  readonly reviewed: boolean;
  readonly suggested: boolean;
  /** It is not known where in the text it is. */
  readonly broken: boolean;
  /** Its sidecar says more of it that rules must know: parts, a conflict, rules that do not look at it. */
  readonly isSpecial: boolean;
}

/** Which mentions are asked for: those that have all of these. */
export interface MentionFilter {
  readonly text?: string;
  readonly label?: string;
  readonly link?: string;
}

/** A text that is tagged somewhere. */
export interface Form {
  readonly text: string;
  readonly label: string;
  readonly all: number;
  readonly reviewed: number;
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

const NO_ROWS = new Uint32Array();
/** The columns of a row: numbers of 32 bits. */
const START = 0;
const END = 1;
const TEXT = 2;
const LABEL_AND_FLAGS = 3;
const LINK = 4;
const COLUMNS = 5;

const REVIEWED = 1;
const SUGGESTION = 2;
const BROKEN = 4;
const SPECIAL = 8;
const FLAG_BITS = 4;

/**
 * The entities of all articles in columns of numbers, some 20 bytes each, with texts, labels and links in
 * tables. Whatever is asked of the whole corpus is one pass over the columns: half a million entities take
 * some milliseconds, so that no second structure needs to follow each edit.
 */
export class MentionIndex<Key> {
  private readonly rowsOf = new Map<Key, Uint32Array>();
  private readonly texts = new Names();
  private readonly labels = new Names();
  /** The first is that of entities without a link. */
  private readonly links = new Names(['']);
  /** By group, then by text: how many mentions have each label. */
  private readonly counts = new Map<unknown, LabelCounts>();
  private total = 0;
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
      const { start, end, text, label, link = '', reviewed, suggestedBy, broken } = entity;
      const isSpecial = Boolean(entity.parts ?? entity.conflict ?? entity.ignore);
      const flags =
        (reviewed ? REVIEWED : 0) |
        (suggestedBy !== undefined && !reviewed ? SUGGESTION : 0) |
        (broken ? BROKEN : 0) |
        (isSpecial ? SPECIAL : 0);
      const at = i * COLUMNS;
      rows[at + START] = start;
      rows[at + END] = end;
      rows[at + TEXT] = this.texts.number(text);
      rows[at + LABEL_AND_FLAGS] = (this.labels.number(label) << FLAG_BITS) | flags;
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

  /** With which labels a text is tagged in a group, and how often. Costs one look into a table. */
  labelsOf(text: string, group: unknown): readonly LabelCount[] {
    return this.counts.get(group)?.of(this.texts.find(text)) ?? [];
  }

  /** All texts that are tagged, one for each label that they have, in a group, or in all groups together. */
  *forms(group?: unknown): Generator<Form> {
    const groups =
      group === undefined ? [...this.counts.values()] : [this.counts.get(group) ?? new LabelCounts()];
    const [counts = new LabelCounts()] = groups.length > 1 ? [LabelCounts.sum(groups)] : groups;
    for (const [text, tallies] of counts)
      for (const { label, all, reviewed } of tallies)
        yield { text: this.texts.name(text), label, all, reviewed };
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

  /** The columns of an article, to be kept in a file with the {@link tables}; see {@link restorer}. */
  rows(key: Key): Uint32Array {
    return this.rowsOf.get(key) ?? NO_ROWS;
  }

  /** The tables, in the order of their numbers. */
  get tables(): { texts: readonly string[]; labels: readonly string[]; links: readonly string[] } {
    return { texts: this.texts.all, labels: this.labels.all, links: this.links.all };
  }

  /**
   * Takes over columns that another index made.
   * @returns what adds those of one article; it says `false`, and adds nothing, where they are not sound
   */
  restorer(tables: MentionIndex<Key>['tables']): (key: Key, rows: Uint32Array) => boolean {
    const texts = this.texts.translator(tables.texts);
    const labels = this.labels.translator(tables.labels);
    const links = this.links.translator(tables.links);
    return (key, old) => {
      if (old.length % COLUMNS !== 0) return false;
      const rows = new Uint32Array(old);
      for (let at = 0; at < rows.length; at += COLUMNS) {
        const flags = rows[at + LABEL_AND_FLAGS]! & ((1 << FLAG_BITS) - 1);
        const text = texts(rows[at + TEXT]!);
        const label = labels(rows[at + LABEL_AND_FLAGS]! >>> FLAG_BITS);
        const link = links(rows[at + LINK]!);
        if (text === undefined || label === undefined || link === undefined) return false;
        rows[at + TEXT] = text;
        rows[at + LABEL_AND_FLAGS] = (label << FLAG_BITS) | flags;
        rows[at + LINK] = link;
      }
      this.replace(key, rows);
      return true;
    };
  }

  /** The article keeps its place in the order, so that {@link find} meets it once even where it rests meanwhile. */
  private replace(key: Key, rows: Uint32Array | undefined): void {
    const old = this.rowsOf.get(key);
    if (!old && !rows) return;
    const group = this.groupOf(key);
    const counts = this.counts.get(group) ?? new LabelCounts();
    this.counts.set(group, counts);
    const before = this.changed && new Map(textsIn(old, rows).map((text) => [text, counts.said(text)]));
    if (old) this.count(counts, old, -1);
    if (rows) this.count(counts, rows, 1);
    if (rows) this.rowsOf.set(key, rows);
    else this.rowsOf.delete(key);
    this.total += ((rows?.length ?? 0) - (old?.length ?? 0)) / COLUMNS;
    if (before) this.compare(group, counts, before);
  }

  /** Remembers of which texts something else is said now. */
  private compare(group: unknown, counts: LabelCounts, before: ReadonlyMap<number, Said>): void {
    const changed = this.changed!.get(group) ?? new Set();
    this.changed!.set(group, changed);
    for (const [text, said] of before) {
      const now = counts.said(text);
      if (said.all !== now.all) changed.add(text);
      if (now.isReviewed && !said.isReviewed) this.gaining.add(group);
    }
  }

  private count(counts: LabelCounts, rows: Uint32Array, by: 1 | -1): void {
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const flags = rows[at + LABEL_AND_FLAGS]!;
      const isReviewed = (flags & (REVIEWED | BROKEN)) === REVIEWED;
      const link = rows[at + LINK] === 0 ? undefined : this.links.name(rows[at + LINK]!);
      counts.add(rows[at + TEXT]!, this.labels.name(flags >>> FLAG_BITS), isReviewed, link, by);
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
      reviewed: (flags & REVIEWED) !== 0,
      suggested: (flags & SUGGESTION) !== 0,
      broken: (flags & BROKEN) !== 0,
      isSpecial: (flags & SPECIAL) !== 0,
    };
  }
}

/** Each text of some columns. */
function textsIn(...columns: (Uint32Array | undefined)[]): number[] {
  const texts = new Set<number>();
  for (const rows of columns)
    for (let at = TEXT; at < (rows?.length ?? 0); at += COLUMNS) texts.add(rows![at]!);
  return [...texts];
}
