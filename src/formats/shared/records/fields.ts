import { withFields, type Entity, type Plain } from '../../../core/model/entity';
import { idOf, isObject, isText, itemsOf, type Json, type JsonObject } from '../json';

/** What the keys of a span are in a format. */
export interface FieldKeys {
  readonly suggestedBy: string;
  readonly link: string;
  /** What the format itself says of a span: no attribute has such a name. */
  readonly own: readonly string[];
}

type Fields = Partial<
  Pick<Entity, 'note' | 'link' | 'reviewed' | 'suggestedBy' | 'externalId' | 'attributes'>
>;

/** Where attributes are whose names mean something else. */
const HOLDER = 'attributes';

/**
 * Fields of an entity as keys of the object that stands for its span: `note`, `reviewed`, `id` and what the
 * format calls the others. Whatever else is there are attributes.
 */
export class SpanFields {
  private readonly taken: ReadonlySet<string>;

  constructor(private readonly keys: FieldKeys) {
    this.taken = new Set([...keys.own, keys.suggestedBy, keys.link, 'note', 'reviewed', 'id']);
  }

  read(span: JsonObject): Fields {
    const { suggestedBy, link } = this.keys;
    const fields: Record<string, unknown> = {};
    const attributes: [string, Plain][] = [];
    for (const [key, value] of Object.entries(span) as [string, Plain][]) {
      if (value === '' && this.isBlank(key)) continue;
      if (key === 'note' && isText(value)) fields.note = value;
      else if (key === 'reviewed' && typeof value === 'boolean') fields.reviewed = value;
      else if (key === suggestedBy && isText(value)) fields.suggestedBy = value;
      else if (key === link && isText(value)) fields.link = value;
      else if (key === 'id' && idOf(value) !== undefined) fields.externalId = idOf(value);
      else if (key === HOLDER && this.isHolder(value)) attributes.push(...Object.entries<Plain>(value));
      // What is a field of the model, but not of its kind, is kept where it comes back from.
      else if (!this.keys.own.includes(key)) attributes.push([key, value]);
    }
    if (attributes.length > 0) fields.attributes = Object.fromEntries(attributes);
    return fields;
  }

  /** The keys of spans that say nothing, as tools write them where they have nothing to say: `"kb_id": ""`. */
  blanksOf(spans: readonly Json[]): readonly string[] {
    const blanks = spans.filter(isObject).flatMap((span) => {
      return Object.keys(span).filter((key) => span[key] === '' && this.isBlank(key));
    });
    return [...new Set(blanks)];
  }

  private isBlank(key: string): boolean {
    return [this.keys.suggestedBy, this.keys.link, 'id'].includes(key);
  }

  /**
   * What {@link read} reads, to be put behind what the format itself says.
   * @param blanks see {@link blanksOf}
   */
  write(
    { note, link, reviewed, suggestedBy, externalId, attributes = {} }: Fields,
    blanks: Json | undefined = [],
  ): JsonObject {
    const held: [string, Json][] = [];
    const pairs: [string, Json][] = [];
    const add = (key: string, value: Json | undefined) => {
      if (value !== undefined) pairs.push([key, value]);
    };
    const isNumber = externalId !== undefined && /^(?:0|[1-9]\d{0,14})$/.test(externalId);
    add('id', isNumber ? Number(externalId) : externalId);
    add(this.keys.link, link);
    add(this.keys.suggestedBy, suggestedBy);
    add('reviewed', reviewed);
    add('note', note);
    for (const [key, value] of Object.entries(attributes)) {
      const isHeld = this.taken.has(key) || (key === HOLDER && this.isHolder(value));
      (isHeld ? held : pairs).push([key, value]);
    }
    if (held.length > 0) add(HOLDER, Object.fromEntries(held));
    const empty = itemsOf(blanks).filter((key) => isText(key) && this.isBlank(key));
    return Object.fromEntries([...empty.map((key) => [key, ''] as const), ...pairs]) as JsonObject;
  }

  /** Only what could stand nowhere else is held: a key of that name of another program is an attribute. */
  private isHolder(value: Json): value is JsonObject {
    if (!isObject(value)) return false;
    const keys = Object.keys(value);
    return keys.length > 0 && keys.every((key) => key === HOLDER || this.taken.has(key));
  }
}

/** An entity with the fields that were read. */
export function withRead(entity: Entity, fields: Fields): Entity {
  return Object.keys(fields).length === 0 ? entity : withFields(entity, fields);
}
