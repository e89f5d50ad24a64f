import { compareEntities, withFields, type Entity, type Plain } from '../../core/model/entity';
import type { Span, TextIndex } from '../../core/text';
import type { IdMaker, Relation } from '../shared/document';
import { keyOf } from '../shared/groups';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import type { NoteCode } from '../shared/note-codes';
import { offsetsOf, type Offsets, type OffsetUnit } from '../shared/offsets';
import { MentionPlaces } from '../shared/mention-places';
import { unitsProved, type SaidEnds } from '../shared/records/unit';
import { saidOffsets, type Note } from '../shared/report';
import { isEmpty, objectOf, USUAL, without, type KeptResults } from './kept';
import { isOfPage, type Page } from './page';
import { asShown, hasText, isTextRegion, labelsOf, offsetOf, readMeta, type ReadMeta } from './values';

/** The label of a relation that has none. */
export const UNLABELLED = 'related';

/** Controls that say something of one region; where their value is, if not under their type. */
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['choices', 'choices'],
  ['textarea', 'text'],
  ['taxonomy', 'taxonomy'],
  ['rating', 'rating'],
  ['number', 'number'],
  ['datetime', 'datetime'],
]);

/** Where the value of a result of a type is. */
export function valueKey(type: string): string {
  return CONTROLS.get(type) ?? type;
}

export interface ReadResults {
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  readonly kept: KeptResults;
}

export type AddNote = (kind: Note['kind'], code: NoteCode, values?: Record<string, string>) => void;

/** Reads lists of results of one text. */
export class RegionReader {
  private readonly places: MentionPlaces;

  constructor(
    private readonly name: string,
    private readonly index: TextIndex,
    private readonly ids: IdMaker,
    private readonly note: AddNote,
    /** Whether a name (`to_name`) is that of another text of the task. */
    private readonly isOther: (name: string) => boolean,
    /** What the text is of, where it is one, and what the text is called. */
    private readonly page?: { readonly page: Page; readonly field: string },
  ) {
    this.places = new MentionPlaces(index, false, isSameAsShown);
  }

  /** @param fields what each of its entities has */
  read(results: readonly Json[], fields: Pick<Entity, 'suggestedBy' | 'reviewed'>): ReadResults {
    const { name, index, places, ids, note } = this;
    const own = results.filter((result) => !this.isElsewhere(result)).map((result) => this.inText(result));
    const others = results.filter((result) => this.isElsewhere(result));
    for (const { type, to_name: of } of others as readonly JsonObject[])
      note('lost', 'region-unsupported', { type: `${type as string}, ${of as string}` });
    const read = new ListReader(name, index, places, ids, note, fields).read(own);
    return { ...read, kept: { ...read.kept, others: [...read.kept.others, ...others] } };
  }

  /** A result of a page as one of its text; as it is where it has no place that is certain. */
  private inText(result: Json): Json {
    if (!this.page || !isObject(result) || !isOfPage(result.value)) return result;
    const { page, field } = this.page;
    const own = { ...result, to_name: field };
    if (!isTextRegion(result)) return own;
    const span = page.spanOf(result.value);
    if (!span) return result;
    const { text } = result.value;
    const value = { ...span, ...(isText(text) && { text }), labels: labelsOf(result) };
    return { ...own, type: 'labels', value };
  }

  private isElsewhere(result: Json): boolean {
    return (
      isObject(result) &&
      isObject(result.value) &&
      isTextRegion(result) &&
      isText(result.to_name) &&
      this.isOther(result.to_name)
    );
  }
}

class ListReader {
  /** By the ids of regions; of several labels, an entity each. */
  private readonly regions = new Map<string, Entity[]>();
  /** The first of the region that was met last. */
  private newest: Entity | undefined;
  private readonly relations: Relation[] = [];
  private usual: JsonObject | undefined;
  private readonly extras = new Map<string, JsonObject>();
  private readonly controls = new Map<string, JsonObject>();
  private readonly others: Json[] = [];
  /** Of regions that do not say their text. */
  private unit: OffsetUnit = 'python';
  private offsets: Offsets | undefined;

  constructor(
    private readonly name: string,
    private readonly index: TextIndex,
    private readonly places: MentionPlaces,
    private readonly ids: IdMaker,
    private readonly note: AddNote,
    private readonly fields: Pick<Entity, 'suggestedBy' | 'reviewed'>,
  ) {}

  read(results: readonly Json[]): ReadResults {
    const rest: JsonObject[] = [];
    this.proveUnit(results);
    for (const result of results) {
      if (!isObject(result) || (result.type !== 'relation' && !isObject(result.value)))
        this.note('invalid', 'value-malformed', { source: shown(result) });
      else if (isTextRegion(result)) this.addRegion(result);
      else rest.push(result);
    }
    for (const result of rest) {
      if (result.type === 'relation') this.addRelation(result);
      else if (!this.addControl(result)) this.others.push(result);
    }
    const entities = [...this.regions.values()].flat().sort(compareEntities);
    return { entities, relations: this.relations, kept: this.kept(entities) };
  }

  /** Regions that a program in JavaScript made may be without texts, and in UTF-16 units. */
  private proveUnit(results: readonly Json[]): void {
    const spans = results.flatMap((result): SaidEnds[] => {
      const value = isObject(result) && isTextRegion(result) ? objectOf(result.value) : {};
      const [start, end] = [offsetOf(value.start), offsetOf(value.end)];
      // A text with white space may be as it was shown, and tells nothing.
      const text = isText(value.text) && !/\\n|\s/.test(value.text) ? value.text : undefined;
      return start === undefined || end === undefined ? [] : [{ start, end, text }];
    });
    const isUntold = results.some((result) => isObject(result) && isTextRegion(result) && !hasText(result));
    const [unit] = isUntold ? unitsProved(spans, this.index, this.unit, ['utf-16']) : [];
    if (unit === undefined) return;
    this.unit = unit;
    this.note('changed', 'offsets-proved', { likely: unit, unit: 'code-points' });
  }

  private kept(entities: readonly Entity[]): KeptResults {
    const keys = [...new Set(entities.map(keyOf))];
    const order = [...this.regions.keys()];
    return {
      usual: this.usual ?? USUAL,
      regions: Object.fromEntries(this.extras),
      controls: Object.fromEntries(this.controls),
      order: order.every((key, i) => key === keys[i]) ? [] : order,
      others: this.others,
    };
  }

  private addRegion(result: JsonObject): void {
    const { id, type } = result;
    const value = objectOf(result.value);
    const [start, end] = [offsetOf(value.start), offsetOf(value.end)];
    const said = isText(value.text) ? value.text : '';
    if (isOfPage(value)) {
      this.others.push(result);
      return this.note('lost', 'region-unsupported', { type: isText(type) ? type : '' });
    }
    const labels = labelsOf(result).filter((label) => isText(label) && label !== '') as string[];
    if (start === undefined || end === undefined || start > end || labels.length === 0)
      return this.note('invalid', 'value-malformed', { source: shown(result) });
    if (start === end) return this.note('invalid', 'empty-span', { id: isText(id) ? id : '' });
    const place = this.place({ start, end }, said);
    if (!place)
      return this.note('invalid', 'span-outside', {
        label: labels.join(', '),
        ...saidOffsets({ start, end }),
      });
    const { meta, extra } = readMeta(result);
    const key = isText(id) && id !== '' ? id : undefined;
    for (const label of new Set(labels)) this.addEntity(key, label, { ...place, ...meta });
    this.addExtra(key, labels, extra);
  }

  private addEntity(key: string | undefined, label: string, fields: Place & ReadMeta): void {
    const entity = withFields(
      {
        id: this.ids.make(`labelstudio ${this.name} ${key ?? `${fields.start} ${fields.end}`} ${label}`),
        label,
        ...fields,
      },
      { ...this.fields, reviewed: fields.reviewed ?? this.fields.reviewed, externalId: key },
    );
    const own = this.regions.get(key ?? entity.id) ?? [];
    if (own.some((other) => other.label === label))
      return this.note('invalid', 'duplicate', { id: `${key ?? ''} ${label}` });
    if (own.length === 0) this.newest = entity;
    this.regions.set(key ?? entity.id, [...own, entity]);
  }

  private addExtra(key: string | undefined, labels: readonly string[], extra: JsonObject): void {
    this.usual ??= without(extra, 'meta', 'value', 'score');
    const first = key === undefined ? this.newest : this.regions.get(key)![0];
    if (!first) return;
    const isSorted = labels.every((label, i) => i === 0 || labels[i - 1]! < label);
    const all = isSorted ? extra : { ...extra, labels };
    if (JSON.stringify(all) !== JSON.stringify(this.usual)) this.extras.set(first.id, all);
  }

  /** @returns whether it says something of a region, in a way that is known */
  private addControl(result: JsonObject): boolean {
    const { id, from_name: name, type } = result;
    const entities = isText(id) ? this.regions.get(id) : undefined;
    if (!entities || !isText(id) || !isText(name) || !isText(type) || !CONTROLS.has(type)) return false;
    const said = objectOf(result.value)[valueKey(type)];
    if (said === undefined || said === null) return false;
    const [only, ...more] = itemsOf(said);
    const isOne = only !== undefined && more.length === 0 && !Array.isArray(only);
    const extra = without(result, 'id', 'from_name', 'value');
    const usual = this.controls.get(name) ?? extra;
    const isSaid = entities.some(({ attributes = {} }) => Object.hasOwn(attributes, name));
    if (isSaid || JSON.stringify(usual) !== JSON.stringify(extra)) return false;
    this.controls.set(name, usual);
    const attribute = [name, (isOne ? only : said) as Plain] as const;
    this.regions.set(
      id,
      entities.map((entity) => ({
        ...entity,
        attributes: Object.fromEntries([...Object.entries(entity.attributes ?? {}), attribute]),
      })),
    );
    return true;
  }

  private addRelation(result: JsonObject): void {
    const { from_id: fromId, to_id: toId, direction, labels } = result;
    const ends = [fromId, toId].map((id) => (isText(id) ? this.regions.get(id)?.[0] : undefined));
    const [from, to] = direction === 'left' ? ends.reverse() : ends;
    if (!from || !to) {
      const id = isText(fromId) && this.regions.has(fromId) ? toId : fromId;
      return this.note('invalid', 'reference-missing', { id: shown(id) });
    }
    const named = itemsOf(labels).filter((label) => isText(label) && label !== '') as string[];
    const attributes = {
      ...(objectOf(objectOf(result.meta).attributes) as Record<string, Plain>),
      ...(direction === 'bi' && { direction }),
    };
    for (const label of named.length > 0 ? named : [UNLABELLED])
      this.relations.push({
        id: this.ids.make(`labelstudio ${this.name} ${from.id} ${label} ${to.id}`),
        label,
        from: from.id,
        to: to.id,
        ...(!isEmpty(attributes) && { attributes }),
      });
  }

  /** @returns `undefined` where it is outside of the text */
  private place(span: Span, said: string): Place | undefined {
    if (said === '') {
      const offsets = (this.offsets ??= offsetsOf(this.index, this.unit));
      const [start, end] = [offsets.toCodePoint(span.start), offsets.toCodePoint(span.end)];
      if (span.end > offsets.length || start >= end) return undefined;
      return { start, end, text: this.index.slice({ start, end }) };
    }
    const found = this.places.find({ fragments: [span], text: said });
    const [place] = found?.fragments ?? [];
    if (!place) {
      this.note('changed', 'text-mismatch', { text: said });
      const [start, end] = [span.start, span.end].map((offset) => Math.min(offset, this.index.length));
      return { start: start!, end: end!, text: said.replaceAll('\\n', '\n'), broken: true };
    }
    if (found?.isMoved) this.note('changed', 'span-moved', { text: said });
    return { start: place.start, end: place.end, text: this.index.slice(place) };
  }
}

type Place = Pick<Entity, 'start' | 'end' | 'text' | 'broken'>;
/**
 * Whether a region's text is what Label Studio shows of a text: it writes `\n` as two characters, and a
 * browser has joined white space.
 */
function isSameAsShown(text: string, wanted: string): boolean {
  return asShown(text) === asShown(wanted) && asShown(text) !== '';
}

function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? '').slice(0, 200);
}
