import type { Entity } from './entity';
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
}

/** Which mentions are asked for: those that have all of these. */
export interface MentionFilter {
  readonly text?: string;
  readonly label?: string;
  readonly link?: string;
}

/** How many mentions of a text have a label. */
export interface LabelCount {
  readonly all: number;
  readonly reviewed: number;
}

/** A text that is tagged somewhere. */
export interface Form {
  readonly text: string;
  readonly label: string;
  readonly all: number;
  readonly reviewed: number;
}

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
const FLAG_BITS = 3;
/** Labels that are told apart; more than a label set may have. */
const MOST_LABELS = 2 ** 20;

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
  /** How many mentions have a text and a label, and how many of them are reviewed. */
  private readonly counts = new Map<number, { all: number; reviewed: number }>();
  private total = 0;

  /** How many entities there are. */
  get size(): number {
    return this.total;
  }

  /** Replaces what is known of an article. Costs no more than its own entities. */
  set(key: Key, entities: readonly Entity[]): void {
    const rows = new Uint32Array(entities.length * COLUMNS);
    entities.forEach((entity, i) => {
      const { start, end, text, label, link = '', reviewed, suggestedBy, broken } = entity;
      const flags =
        (reviewed ? REVIEWED : 0) |
        (suggestedBy !== undefined && !reviewed ? SUGGESTION : 0) |
        (broken ? BROKEN : 0);
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
    const rows = this.rowsOf.get(key);
    if (!rows) return;
    this.rowsOf.delete(key);
    this.total -= rows.length / COLUMNS;
    this.count(rows, -1);
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

  /** With which labels a text is tagged in the whole corpus, and how often. */
  labelsOf(text: string): ReadonlyMap<string, LabelCount> {
    const textId = this.texts.find(text);
    const found = new Map<string, LabelCount>();
    if (textId < 0) return found;
    for (let labelId = 0; labelId < this.labels.size; labelId++) {
      const count = this.counts.get(textId * MOST_LABELS + labelId);
      if (count) found.set(this.labels.name(labelId), count);
    }
    return found;
  }

  /** All texts that are tagged, one for each label that they have. */
  *forms(): Generator<Form> {
    for (const [key, { all, reviewed }] of this.counts) {
      const text = this.texts.name(Math.floor(key / MOST_LABELS));
      yield { text, label: this.labels.name(key % MOST_LABELS), all, reviewed };
    }
  }

  /** The columns of an article, to be kept in a file with the {@link tables}; see {@link restorer}. */
  rows(key: Key): Uint32Array {
    return this.rowsOf.get(key) ?? new Uint32Array();
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
  private replace(key: Key, rows: Uint32Array): void {
    const before = this.rowsOf.get(key);
    this.rowsOf.set(key, rows);
    this.total += (rows.length - (before?.length ?? 0)) / COLUMNS;
    if (before) this.count(before, -1);
    this.count(rows, 1);
  }

  private count(rows: Uint32Array, by: 1 | -1): void {
    for (let at = 0; at < rows.length; at += COLUMNS) {
      const flags = rows[at + LABEL_AND_FLAGS]!;
      const key = rows[at + TEXT]! * MOST_LABELS + (flags >>> FLAG_BITS);
      let count = this.counts.get(key);
      if (!count) this.counts.set(key, (count = { all: 0, reviewed: 0 }));
      count.all += by;
      if (flags & REVIEWED) count.reviewed += by;
      if (count.all === 0) this.counts.delete(key);
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
    };
  }
}

/** Strings and their numbers, from 0 in the order in which they came. None is forgotten. */
class Names {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  constructor(first: readonly string[] = []) {
    first.forEach((name) => this.number(name));
  }

  get size(): number {
    return this.names.length;
  }

  get all(): readonly string[] {
    return this.names;
  }

  name(number: number): string {
    return this.names[number]!;
  }

  /** @returns -1 where there is none */
  find(name: string): number {
    return this.numbers.get(name) ?? -1;
  }

  /** What number here a name has that has a number in another table; asked for one by one, so that none waits. */
  translator(names: readonly string[]): (number: number) => number | undefined {
    const known = new Int32Array(names.length).fill(-1);
    return (number) => {
      const name = names[number];
      if (name === undefined) return undefined;
      if (known[number] === -1) known[number] = this.number(name);
      return known[number];
    };
  }

  number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      this.numbers.set(name, (number = this.names.length));
      this.names.push(name);
    }
    return number;
  }
}
