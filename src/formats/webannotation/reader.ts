import { compareEntities, withFields, type Entity } from '../../core/model/entity';
import type { Span, TextIndex } from '../../core/text';
import { IdMaker, type AnnotatedDocument, type Relation } from '../shared/document';
import { isObject, isText, type Json, type JsonObject } from '../shared/json';
import type { NoteCode } from '../shared/note-codes';
import { offsetsOf, type Offsets, type OffsetUnit } from '../shared/offsets';
import { MentionPlaces } from '../shared/mention-places';
import { likelierUnit, unitsProved } from '../shared/records/unit';
import { saidOffsets, type Note } from '../shared/report';
import { readBodies } from './bodies';
import { addressOf, hasType, idOf, listOf, termsOf } from './container';
import { packAnnotations, type KeptAnnotation } from './kept';
import { findQuote, type Target } from './selectors';

/** The label of an annotation or relation that has none. */
const UNLABELLED = { entity: 'annotation', relation: 'related' };
export interface Annotation {
  readonly value: JsonObject;
  readonly id: string | undefined;
  readonly targets: readonly Target[];
}

export type AddNote = (
  kind: Note['kind'],
  code: NoteCode,
  values?: Record<string, string>,
  document?: string,
) => void;

/** Reads the annotations of one text. */
export class Reader {
  private readonly places: MentionPlaces;
  private readonly ids = new IdMaker();
  private readonly entities: Entity[] = [];
  /** Of each annotation, its first. */
  private readonly byId = new Map<string, Entity>();
  private readonly kept = new Map<string, KeptAnnotation>();
  private readonly others: Json[] = [];
  private readonly otherIds = new Set<string>();
  /** Of positions that have no quote. */
  private offsets: Offsets;

  /** @param chosen how positions without a quote are counted, where a person has said so */
  constructor(
    private readonly name: string,
    private readonly index: TextIndex,
    hasMark: boolean,
    private readonly addNote: AddNote,
    private readonly chosen?: OffsetUnit,
  ) {
    this.offsets = offsetsOf(index, chosen ?? 'python');
    const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();
    this.places = new MentionPlaces(
      index,
      hasMark,
      (a, b) => collapse(a) === collapse(b) && collapse(a) !== '',
    );
  }

  read(
    annotations: readonly Annotation[],
    about: readonly Annotation[],
    frame: Json,
    source: string,
    claimed: Set<JsonObject>,
  ): AnnotatedDocument {
    this.tellUnit(annotations);
    for (const annotation of annotations) this.addEntities(annotation);
    const relations = this.relate(about, claimed);
    const carried = packAnnotations(
      { frame, source, others: this.others, kept: this.kept },
      this.name,
      this.index.raw,
    );
    return {
      name: this.name,
      index: this.index,
      entities: this.entities.sort(compareEntities),
      relations,
      carried: carried === undefined ? {} : { webannotation: carried },
    };
  }

  /** Positions without a quote are in UTF-16 where they cannot be code points; where they only seem to be, that is told. */
  private tellUnit(annotations: readonly Annotation[]): void {
    if (this.chosen !== undefined) return;
    const bare = annotations
      .filter(({ targets }) => targets.every(({ quotes }) => quotes.length === 0))
      .flatMap(({ targets }) => targets.flatMap(({ positions }) => positions));
    const values = { likely: 'utf-16', unit: 'code-points' };
    if (unitsProved(bare, this.index, 'python', ['utf-16']).length > 0) {
      this.offsets = offsetsOf(this.index, 'utf-16');
      this.note('changed', 'offsets-proved', values);
      return;
    }
    if (likelierUnit(bare, this.index, 'python', ['utf-16']))
      this.note('changed', 'offsets-doubtful', values);
  }

  private addEntities({ value, id: externalId, targets }: Annotation): void {
    const [first] = targets as readonly [Target];
    const isHere = ({ source }: Target) => source === first.source;
    const hasPlace = targets.some(({ positions, quotes }) => positions.length + quotes.length > 0);
    if (!hasPlace || !targets.every(isHere)) {
      this.others.push(value);
      if (externalId !== undefined) this.otherIds.add(externalId);
      // Of the whole text: that is no entity, and nothing is missing.
      const [selector] = targets.flatMap(({ selectors }) => selectors);
      const kind = isObject(selector) ? termsOf(selector.type)[0] : undefined;
      const type = targets.every(isHere) ? kind : 'target';
      if (type !== undefined) this.note('lost', 'region-unsupported', { type });
      return;
    }
    const place = this.place(targets);
    const { labels, fields, kept } = readBodies(value);
    if (!place) return this.tellOutside(targets, labels);
    const { rest, suggestedBy } = readCreator(value);
    const key = externalId ?? `${place.start} ${place.end} ${labels.join(' ')}`;
    const made = (labels.length > 0 ? labels : [UNLABELLED.entity]).map((label) =>
      withFields(
        { id: this.ids.make(`webannotation ${this.name} ${key} ${label}`), label, ...place },
        { ...fields, suggestedBy, externalId },
      ),
    );
    if (labels.length === 0) this.note('changed', 'label-missing', { label: UNLABELLED.entity });
    this.entities.push(...made);
    if (externalId !== undefined) this.byId.set(externalId, made[0]!);
    const selectors = targets.flatMap((target) => target.selectors);
    const targetRests = targets.map((target) => target.rest);
    this.kept.set(made[0]!.id, {
      rest,
      bodies: kept,
      ...(selectors.length > 0 && { selectors, at: `${place.start} ${place.end}` }),
      ...(targetRests.some((one) => Object.keys(one).length > 0) && { targets: targetRests }),
    });
  }

  /** @returns `undefined` where it is outside of the text */
  private place(
    targets: readonly Target[],
  ): Pick<Entity, 'start' | 'end' | 'text' | 'parts' | 'broken'> | undefined {
    const positions = targets.flatMap((target) => target.positions);
    const quotes = targets.flatMap((target) => target.quotes);
    const text = quotes.map(({ exact }) => exact).join(' ');
    if (quotes.length === 0) return this.inText(positions);
    const found =
      positions.length > 0 ? this.places.findByOffsets({ fragments: positions, text }) : undefined;
    if (found?.isMoved) this.note('changed', 'span-moved', { text });
    if (found) return this.entityAt(found.fragments);
    const quoted = quotes.map((quote) => findQuote(quote, this.index));
    if (quoted.every((span) => span !== undefined)) {
      this.note('changed', 'placed-by-quote', { text });
      return this.entityAt(quoted);
    }
    this.note('changed', 'text-mismatch', { text });
    const [{ start, end }] = [...positions, { start: 0, end: 0 }] as [Span];
    const { length } = this.index;
    return { start: Math.min(start, length), end: Math.min(end, length), text, broken: true };
  }

  private tellOutside(targets: readonly Target[], labels: readonly string[]): void {
    const positions = targets.flatMap((target) => target.positions);
    const label = labels.length > 0 ? labels.join(', ') : UNLABELLED.entity;
    const outside = positions.find(({ end }) => end > this.offsets.length);
    if (outside) this.note('invalid', 'span-outside', { label, ...saidOffsets(outside) });
    else this.note('invalid', 'empty-span', { label });
  }

  /** What has no text to compare is where the data model says (see {@link tellUnit}). */
  private inText(positions: readonly Span[]) {
    const { offsets } = this;
    if (positions.some(({ start, end }) => start === end || end > offsets.length)) return undefined;
    return this.entityAt(
      positions.map(({ start, end }) => ({
        start: offsets.toCodePoint(start),
        end: offsets.toCodePoint(end),
      })),
    );
  }

  private entityAt(spans: readonly Span[]) {
    const parts = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
    const hull = { start: parts[0]!.start, end: Math.max(...parts.map(({ end }) => end)) };
    const all = { ...hull, text: this.index.slice(hull) };
    return parts.length === 1 ? all : { ...all, parts: parts.map(({ start, end }) => [start, end] as const) };
  }

  /**
   * Relations: annotations that link others, by their target and body or by two targets. Tags of a relation
   * may be in an annotation of their own that is about it.
   */
  private relate(about: readonly Annotation[], claimed: Set<JsonObject>): Relation[] {
    const links = new Map<string, Annotation>();
    for (const one of about)
      if (one.id !== undefined && this.endsOf(one.value).length === 2) links.set(one.id, one);
    const labelsOf = new Map<string, readonly string[]>();
    const isTag = ({ value }: Annotation) => {
      const of = addressOf(listOf(value.target)[0] ?? null) ?? '';
      const { labels } = readBodies(value);
      if (!links.has(of) || labels.length === 0) return false;
      labelsOf.set(of, labels);
      return true;
    };
    const tags = about.filter(isTag);
    const rest = about.filter((one) => !tags.includes(one) && this.isMine(one));
    for (const { value } of [...tags, ...rest]) claimed.add(value);
    return rest.flatMap((annotation) => this.readRelation(annotation, labelsOf));
  }

  private isMine({ value }: Annotation): boolean {
    const ids = [...this.endsOf(value), ...listOf(value.target).flatMap((target) => addressOf(target) ?? [])];
    return ids.some((id) => this.byId.has(id) || this.otherIds.has(id));
  }

  /** The addresses of both ends; else none. */
  private endsOf(value: JsonObject): readonly string[] {
    const targets = listOf(value.target).flatMap((target) => addressOf(target) ?? []);
    const [motive] = termsOf(value.motivation);
    if (targets.length === 2) return targets;
    const bodies = listOf(value.body).flatMap((body) => {
      const [purpose = motive] = isObject(body) ? termsOf(body.purpose) : [];
      return purpose === 'linking' ? (addressOf(body) ?? []) : [];
    });
    return targets.length === 1 && bodies.length === 1 ? [...targets, ...bodies] : [];
  }

  /** One for each of its tags. */
  private readRelation(
    { value, id: externalId }: Annotation,
    labelsOf: ReadonlyMap<string, readonly string[]>,
  ): readonly Relation[] {
    const ends = this.endsOf(value);
    if (ends.length !== 2) {
      this.others.push(value);
      return [];
    }
    const [from, to] = ends.map((id) => this.byId.get(id));
    if (!from || !to) {
      this.note('invalid', 'reference-missing', { id: ends[from ? 1 : 0]! });
      return [];
    }
    const { labels, fields, kept } = readBodies(value, true);
    const { attributes } = fields;
    const named = labels.length > 0 ? labels : (labelsOf.get(externalId ?? '') ?? [UNLABELLED.relation]);
    const key = externalId ?? `${from.id} ${to.id}`;
    const relations = named.map((label) => ({
      id: this.ids.make(`webannotation ${this.name} ${key} ${label}`),
      label,
      from: from.id,
      to: to.id,
      ...(externalId !== undefined && { externalId }),
      ...(attributes && { attributes }),
    }));
    this.kept.set(relations[0]!.id, { rest: readCreator(value, true).rest, bodies: kept });
    return relations;
  }

  private note(kind: Note['kind'], code: NoteCode, values: Record<string, string> = {}): void {
    this.addNote(kind, code, values, this.name);
  }
}

/** Who made an annotation, where that is a program, and its other properties. */
function readCreator(annotation: JsonObject, isRelation = false): { rest: JsonObject; suggestedBy?: string } {
  const known = ['id', '@id', 'body', 'bodyValue', 'target'];
  const rest = Object.fromEntries(Object.entries(annotation).filter(([key]) => !known.includes(key)));
  const { creator } = annotation;
  if (isRelation || !isObject(creator) || !hasType(creator, 'Software')) return { rest };
  const name = isText(creator.name) ? creator.name : idOf(creator);
  return name === undefined || name === '' ? { rest } : { rest, suggestedBy: name };
}
