import type { Entity } from '../../core/model/entity';
import type { Excerpt } from '../../core/placed';
import type { Span } from '../../core/text';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { Proposal } from '../../core/suggest/proposer';
import { excerptOf, freeCandidates } from '../../core/placed';
import { passes, passesLabel, type Filter } from './filter';

/** More siblings than this become groups instead: the editor is slow with long lists. */
const MOST_SIBLINGS = 1000;
const GROUP_SIZE = 500;

/** A mention. Commands take it as it is: it has the article and the id of its entity. */
export interface EntityRow {
  readonly kind: 'entity';
  readonly article: string;
  readonly id: string;
  entity: Entity;
  /** Where it starts, from 1. */
  line: number;
  parent: GroupRow | undefined;
  /** Where one that is to place may belong; made when the row is unfolded. */
  places: readonly PlaceRow[] | undefined;
}

/** A place in the article where an entity may belong. */
export interface CandidateRow {
  readonly kind: 'candidate';
  readonly parent: EntityRow;
  /** From 0, the best first. */
  readonly rank: number;
  readonly span: Span;
  readonly text: string;
  readonly line: number;
  readonly excerpt: Excerpt;
}

/** Says that there is no such place, and what can be done. */
export interface NoCandidateRow {
  readonly kind: 'no-candidate';
  readonly parent: EntityRow;
  /** How many places have the text, but are tagged with the label already. */
  readonly taken: number;
}

export type PlaceRow = CandidateRow | NoCandidateRow;

/** What is suggested in the article. Commands take it as it is: it has the article and where it starts. */
export interface SuggestionRow {
  readonly kind: 'suggestion';
  readonly article: string;
  /** The same for as long as it is suggested, wherever it moves in the text. */
  readonly key: string;
  start: number;
  suggestion: Proposal;
  /** Where it starts, from 1. */
  line: number;
  parent: GroupRow | undefined;
}

/** Rows under one heading: versions that a merge kept, those to place, those of a label, suggestions, or some of a long list. */
export interface GroupRow {
  readonly kind: 'conflict' | 'broken' | 'label' | 'suggested' | 'part';
  /** Of the group that commands are about. */
  readonly article: string;
  readonly key: string;
  /** The label, or the positions as `1–500`. */
  readonly name: string;
  /** How many entities or suggestions are below. */
  count: number;
  children: readonly ListedRow[];
  parent: GroupRow | undefined;
}

type LeafRow = EntityRow | SuggestionRow;
export type ListedRow = LeafRow | GroupRow;
export type Row = ListedRow | PlaceRow;

export interface Arrangement {
  readonly filter: Filter;
  readonly isGrouped: boolean;
  /** The labels of the label set: the order of groups. */
  readonly labels: readonly string[];
  /** What is suggested; `undefined` while that is not known, when the rows stay what they were. */
  readonly suggestions?: readonly Proposal[] | undefined;
}

/**
 * The rows of an article. A row is the same object for as long as its entity or its group is there, so
 * that what changed can be told from what only moved in the text.
 */
export class Rows {
  roots: readonly ListedRow[] = [];
  /** How many entities are shown. */
  shown = 0;
  private article: LiveArticle | undefined;
  /** What the places of rows were found in. */
  private placesIn: readonly [LiveArticle['index'], LiveArticle['annotations']] | undefined;
  private entities = new Map<string, EntityRow>();
  private groups = new Map<string, GroupRow>();
  private suggested = new Map<string, SuggestionRow>();
  private readonly changed = new Set<Row>();
  private isRearranged = false;

  entity(id: string): EntityRow | undefined {
    return this.entities.get(id);
  }

  /** The entities that are to place, in the order in which they are shown. */
  get toPlace(): readonly EntityRow[] {
    return [...this.entities.values()].filter(({ entity }) => entity.broken);
  }

  /** The suggestions that are shown, in text order. */
  get suggestions(): readonly SuggestionRow[] {
    return [...this.suggested.values()];
  }

  /** The places where an entity may belong. Looks through the article, so only what is unfolded asks. */
  placesOf(row: EntityRow): readonly PlaceRow[] {
    const { article } = this;
    if (!article || !row.entity.broken) return [];
    return (row.places ??= findPlaces(article, row));
  }

  /** Follows an article. @returns what looks different now */
  update(article: LiveArticle | undefined, arrangement: Arrangement): 'all' | readonly Row[] {
    if (article?.uri.toString() !== this.article?.uri.toString()) {
      this.entities = new Map();
      this.suggested = new Map();
      this.groups = new Map();
    }
    this.article = article;
    this.isRearranged = false;
    this.changed.clear();
    this.forgetPlaces(article);
    const roots = article ? this.arrange(article, arrangement) : [];
    this.isRearranged ||= !isSameList(this.roots, roots);
    this.roots = roots;
    return this.isRearranged ? 'all' : [...this.changed];
  }

  /** The places of rows are found again where the text or the entities are others. */
  private forgetPlaces(article: LiveArticle | undefined): void {
    const now = article && ([article.index, article.annotations] as const);
    const isSame = now?.every((value, i) => value === this.placesIn?.[i]);
    this.placesIn = now;
    if (isSame) return;
    for (const row of this.entities.values()) {
      if (row.places) this.changed.add(row);
      row.places = undefined;
    }
  }

  private arrange(article: LiveArticle, arrangement: Arrangement): ListedRow[] {
    const { filter, isGrouped, labels, suggestions } = arrangement;
    const old = { entities: this.entities, groups: this.groups };
    this.entities = new Map();
    this.groups = new Map();
    const conflicts: EntityRow[] = [];
    const broken: EntityRow[] = [];
    const placed: EntityRow[] = [];
    for (const entity of article.entities) {
      if (!passes(filter, entity)) continue;
      const list = entity.broken ? broken : entity.conflict !== undefined ? conflicts : placed;
      list.push(this.row(article, entity, old.entities));
    }
    this.shown = conflicts.length + broken.length + placed.length;
    const rows: ListedRow[] = [];
    if (conflicts.length > 0) rows.push(this.group(old.groups, 'conflict', 'conflict', '', conflicts));
    if (broken.length > 0) rows.push(this.group(old.groups, 'broken', 'broken', '', broken));
    if (!isGrouped) {
      rows.push(...this.parts(old.groups, '', placed));
    } else {
      for (const [name, members] of byLabel(placed, labels))
        rows.push(this.group(old.groups, 'label', `label:${name}`, name, members));
    }
    if (suggestions) this.follow(article, suggestions);
    const suggested = this.suggestions.filter((row) => passesLabel(filter, row.suggestion.label));
    if (suggested.length > 0) rows.push(this.group(old.groups, 'suggested', 'suggested', '', suggested));
    for (const row of rows) row.parent = undefined;
    return rows;
  }

  private follow(article: LiveArticle, suggestions: readonly Proposal[]): void {
    const old = this.suggested;
    this.suggested = new Map();
    const counts = new Map<string, number>();
    for (const suggestion of suggestions) {
      const { start, label, text } = suggestion;
      const line = article.document.positionAt(article.index.toUtf16(start)).line + 1;
      const name = `${label}\0${text}`;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const key = `${name}\0${count}`;
      const known = old.get(key);
      const row = known ?? {
        ...{ kind: 'suggestion', article: article.uri.toString(), key },
        ...{ start, suggestion, line, parent: undefined },
      };
      const isSame = known?.line === line && known.start === start;
      if (known && !(isSame && known.suggestion.score === suggestion.score)) this.changed.add(known);
      Object.assign(row, { start, suggestion, line });
      this.suggested.set(key, row);
    }
  }

  private row(article: LiveArticle, entity: Entity, old: ReadonlyMap<string, EntityRow>): EntityRow {
    const line = article.document.positionAt(article.index.toUtf16(entity.start)).line + 1;
    const { id } = entity;
    const known = old.get(id);
    const row = known ?? {
      kind: 'entity',
      article: article.uri.toString(),
      id,
      entity,
      line,
      parent: undefined,
      places: undefined,
    };
    if (known && (known.line !== line || !looksSame(known.entity, entity))) this.changed.add(known);
    row.entity = entity;
    row.line = line;
    this.entities.set(id, row);
    return row;
  }

  private group(
    old: ReadonlyMap<string, GroupRow>,
    kind: GroupRow['kind'],
    key: string,
    name: string,
    members: readonly LeafRow[],
  ): GroupRow {
    const known = old.get(key);
    const group = known ?? {
      ...{ kind, article: this.article!.uri.toString(), key, name },
      ...{ count: members.length, children: [], parent: undefined },
    };
    const children = kind === 'part' ? members : this.parts(old, key, members);
    for (const child of children) child.parent = group;
    if (known && !isSameList(known.children, children)) this.isRearranged = true;
    group.children = children;
    group.count = members.length;
    this.groups.set(key, group);
    return group;
  }

  /** The rows themselves, or groups of them by position where they are many. */
  private parts(
    old: ReadonlyMap<string, GroupRow>,
    key: string,
    rows: readonly LeafRow[],
  ): readonly ListedRow[] {
    if (rows.length <= MOST_SIBLINGS) return rows;
    return Array.from({ length: Math.ceil(rows.length / GROUP_SIZE) }, (_, n) => {
      const members = rows.slice(n * GROUP_SIZE, (n + 1) * GROUP_SIZE);
      const name = `${n * GROUP_SIZE + 1}–${n * GROUP_SIZE + members.length}`;
      return this.group(old, 'part', `${key}/${name}`, name, members);
    });
  }
}

/** Rows by label, in the order of the label set, then by name. */
function byLabel(rows: readonly EntityRow[], labels: readonly string[]): [string, EntityRow[]][] {
  const groups = new Map<string, EntityRow[]>(labels.map((name) => [name, []]));
  const others = new Set(rows.map(({ entity }) => entity.label).filter((name) => !groups.has(name)));
  for (const name of [...others].sort()) groups.set(name, []);
  for (const row of rows) groups.get(row.entity.label)?.push(row);
  return [...groups].filter(([, members]) => members.length > 0);
}

function looksSame(a: Entity, b: Entity): boolean {
  return (
    a === b ||
    (a.label === b.label &&
      a.text === b.text &&
      a.note === b.note &&
      a.reviewed === b.reviewed &&
      a.suggestedBy === b.suggestedBy &&
      a.broken === b.broken &&
      a.conflict === b.conflict)
  );
}

function isSameList(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

/** The places where an entity may belong, the best first, or a row that says that there is none. */
function findPlaces(article: LiveArticle, row: EntityRow): PlaceRow[] {
  const { document, entities, index } = article;
  const { free, taken } = freeCandidates(row.entity, entities, index);
  if (free.length === 0) return [{ kind: 'no-candidate', parent: row, taken }];
  return free.map((span, rank) => ({
    kind: 'candidate',
    parent: row,
    rank,
    span,
    text: index.slice(span),
    line: document.positionAt(index.toUtf16(span.start)).line + 1,
    excerpt: excerptOf(index, span),
  }));
}
