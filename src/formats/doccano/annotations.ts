import type { Entity, Plain } from '../../core/model/entity';
import type { Relation } from '../shared/document';
import { FormatError } from '../shared/format';
import { idOf, isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import type { SpanReader } from '../shared/records/spans';

/** The option that says what the numbers of labels stand for. */
export const LABEL_NAMES = 'label-names';

/** A span as it stands in a record. */
export interface Said {
  readonly start: Json | undefined;
  readonly end: Json | undefined;
  readonly label: Json | undefined;
  readonly id?: Json | undefined;
  readonly source: Json;
  /** What else an annotation of an old export says, as who made it. */
  readonly attributes?: JsonObject;
}

/** The annotations of an old export. */
interface OldAnnotations {
  readonly spans: readonly Said[];
  /** Those whose label nobody has named, and the numbers of those labels. */
  readonly left: readonly Json[];
  readonly numbers: readonly string[];
}

/** @param labels what labels are called, by their numbers */
export function splitAnnotations(
  items: readonly Json[],
  labels: ReadonlyMap<string, string>,
): OldAnnotations {
  const spans: Said[] = [];
  const left: Json[] = [];
  const numbers: string[] = [];
  for (const item of items) {
    if (!isObject(item) || item.start_offset === undefined) {
      left.push(item);
      continue;
    }
    const { start_offset: start, end_offset: end, label: said, id, ...more } = item;
    const number = typeof said === 'number' ? String(said) : undefined;
    const label = number === undefined ? said : labels.get(number);
    if (label === undefined && number !== undefined) {
      left.push(item);
      numbers.push(number);
      continue;
    }
    spans.push({
      start,
      end,
      label,
      id,
      source: item,
      ...(Object.keys(more).length > 0 && { attributes: more }),
    });
  }
  return { spans, left, numbers };
}

/**
 * What labels are called, by their numbers: `1=PER,2=LOC`.
 * @throws FormatError where the option is not of that form
 */
export function labelNamesOf(value: string, format: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const pair of value === '' ? [] : value.split(',')) {
    const [, number, name] = /^\s*(\d{1,15})\s*=\s*(\S.*?)\s*$/.exec(pair) ?? [];
    if (number === undefined || name === undefined)
      throw new FormatError(
        'option-unknown',
        { file: format },
        { name: LABEL_NAMES, value, values: '1=PER,2=LOC' },
      );
    names.set(String(Number(number)), name);
  }
  return names;
}

/** A span of a list: `[start, end, label]`, or with its parts by their names. */
export function saidSpan(source: Json): Said {
  if (!isObject(source)) {
    const [start, end, label] = itemsOf(source);
    return { start, end, label, source };
  }
  const { start_offset: start, end_offset: end, label, id } = source;
  return { start, end, label, id, source };
}

/** @param entities by their numbers in the record */
export function readRelations(
  items: readonly Json[],
  entities: ReadonlyMap<string, Entity>,
  reader: SpanReader,
): Relation[] {
  return items.flatMap((item): Relation[] => {
    const { id, from_id, to_id, type, ...more } = isObject(item) ? item : {};
    if (!isText(type) || type === '') {
      reader.note('invalid', 'value-malformed', { values: { source: JSON.stringify(item) } });
      return [];
    }
    const [fromId = '', toId = ''] = [idOf(from_id), idOf(to_id)];
    const [from, to] = [entities.get(fromId), entities.get(toId)];
    if (!from || !to) {
      reader.note('invalid', 'reference-missing', {
        label: type,
        values: { id: from ? toId : fromId },
      });
      return [];
    }
    const externalId = idOf(id);
    return [
      {
        id: reader.idFor(`relation ${externalId ?? `${from.id} ${to.id} ${type}`}`),
        label: type,
        from: from.id,
        to: to.id,
        ...(externalId !== undefined && { externalId }),
        ...(Object.keys(more).length > 0 && { attributes: more as { readonly [key: string]: Plain } }),
      },
    ];
  });
}
