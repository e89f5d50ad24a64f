import { FormatError } from '../shared/format';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';

/** The terms that are read and written. */
const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** What holds the annotations of a file. */
export interface Container {
  readonly items: readonly Json[];
  /** The container itself with `null` for its annotations, which is all that an array or one annotation is. */
  readonly frame: Json;
  /** Addresses of pages that are elsewhere. */
  readonly missing: readonly string[];
}

/** The annotations of a collection, a page, an array, a JSON-LD graph, or of a file with one. @throws FormatError */
export function readContainer(value: Json, file: string, title: string): Container {
  if (Array.isArray(value)) return { items: value as readonly Json[], frame: null, missing: [] };
  if (isObject(value)) {
    if (hasType(value, 'AnnotationCollection')) return readCollection(value, file);
    for (const key of ['items', '@graph'])
      if (Array.isArray(value[key]))
        return { items: itemsOf(value[key]), frame: { ...value, [key]: null }, ...pagesOf(value.next) };
    if (hasType(value, 'Annotation')) return { items: [value], frame: null, missing: [] };
  }
  if (isObject(value) && '@context' in value) throw inOtherTerms(file);
  throw new FormatError('file-not-format', { file, line: 1, column: 1 }, { format: title });
}

/** JSON-LD can say the same in other terms, of which only a processor of it knows what they mean. */
export function inOtherTerms(file: string): FormatError {
  return new FormatError('terms-unknown', { file }, { context: CONTEXT });
}

function readCollection(collection: JsonObject, file: string): Container {
  const items: Json[] = [];
  let page = collection.first;
  for (; isObject(page); page = page.next) {
    if (page.items === undefined) throw inOtherTerms(file);
    for (const item of itemsOf(page.items)) items.push(item);
  }
  if (page === undefined && items.length === 0 && collection.total) throw inOtherTerms(file);
  const { first } = collection;
  // All annotations go into the first page.
  const frame = isObject(first) ? { ...collection, first: { ...first, items: null, next: undefined } } : null;
  return { items, frame: JSON.parse(JSON.stringify(frame)) as Json, ...pagesOf(page) };
}

function pagesOf(next: Json | undefined): Pick<Container, 'missing'> {
  return { missing: isText(next) ? [next] : [] };
}

/** Annotations in a container as it was, or in a collection of one page. @param name of the file that is written */
export function fillContainer(frame: Json | undefined, items: readonly Json[], name: string): Json {
  if (frame === null) return items;
  if (!isObject(frame) || !isFrame(frame))
    return {
      '@context': CONTEXT,
      id: name,
      type: 'AnnotationCollection',
      total: items.length,
      first: { id: `${name}#page`, type: 'AnnotationPage', startIndex: 0, items },
    };
  const total = typeof frame.total === 'number' ? { total: items.length } : {};
  if (isObject(frame.first)) return { ...frame, ...total, first: { ...frame.first, items } };
  return { ...frame, ...total, ['@graph' in frame ? '@graph' : 'items']: items };
}

function isFrame(frame: JsonObject): boolean {
  return isObject(frame.first) || 'items' in frame || '@graph' in frame;
}

/** JSON-LD lets a value stand for a list of one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

export function idOf(value: JsonObject): string | undefined {
  const id = value.id ?? value['@id'];
  return isText(id) && id !== '' ? id : undefined;
}

/** Whether something is of a type, with or without the prefix of the vocabulary. */
export function hasType(value: JsonObject, type: string): boolean {
  return listOf(value.type ?? value['@type']).some((one) => one === type || one === `oa:${type}`);
}

/** Without the prefix of the vocabulary. */
export function termsOf(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((one) => (isText(one) ? [one.replace(/^oa:/, '')] : []));
}

/** What a body or target is, where it is nothing but that. */
export function addressOf(value: Json): string | undefined {
  if (!isObject(value)) return isText(value) ? value : undefined;
  if (value.selector !== undefined) return undefined;
  return isText(value.source) ? value.source : idOf(value);
}

const LONGEST_SHOWN = 200;

/** A value as a note can show it. */
export function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? '').slice(0, LONGEST_SHOWN);
}
