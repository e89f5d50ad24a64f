import type { Plain } from '../../../core/model/entity';
import { quickHash } from '../../../core/text';
import type { AnnotatedDocument } from '../document';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../json';
import { withoutPlaces } from '../without-places';
import type { Report } from '../report';

/** What records say of one text only: tokens, hashes, whatever is made of offsets. */
const OF_TEXT = new Set([
  ...['_input_hash', '_task_hash', 'tokens', 'relations', 'sents', 'spans', 'links', 'underscore_token'],
  ...[
    'underscore_span',
    'words',
    'spaces',
    'tags',
    'pos',
    'morphs',
    'lemmas',
    'deps',
    'heads',
    'sent_starts',
  ],
]);

/** A record as it came, without what the model knows of it. */
export interface KeptRecord {
  /** What the document was called when it was read. */
  readonly name: string | undefined;
  /** Of the record, in their order; none where they were as usual. */
  readonly keys: readonly string[];
  /** What else says how the record looked. */
  readonly form: JsonObject;
  readonly rest: JsonObject;
  /** Whether what is kept of the text is of the text as it is now. */
  readonly isSameText: boolean;
}

/**
 * What is carried of a record.
 * @param rest what the model does not know
 * @param form what else says how the record looked
 */
export function keepRecord(
  keys: readonly string[],
  { name, index }: Pick<AnnotatedDocument, 'name' | 'index'>,
  { usual, rest, form = {} }: { usual: readonly string[]; rest: JsonObject; form?: JsonObject },
): Plain {
  const isUsual = keys.length === usual.length && keys.every((key, i) => key === usual[i]);
  const text = quickHash(index.raw);
  return {
    form: { name, text, ...(!isUsual && { keys }), ...(form as { [key: string]: Plain }) },
    ...(Object.keys(rest).length > 0 && { rest: rest as Plain }),
  };
}

/** What of a document's record was kept; what is of another text is left out, and reported. */
export function keptRecord(
  { name: document, index, carried }: AnnotatedDocument,
  format: string,
  report: Report,
): KeptRecord {
  const kept = carried[format] as Json | undefined;
  const { form, rest } = isObject(kept) ? kept : {};
  const { name, text, keys, ...more } = isObject(form) ? form : {};
  const isSameText = text === quickHash(index.raw);
  const all = isObject(rest) ? rest : {};
  const { rest: holds, lost } = isSameText ? { rest: all, lost: [] } : withoutPlaces(all, OF_TEXT);
  if (lost.length > 0) {
    const values = { format, keys: lost.join(', ') };
    report.add({ kind: 'lost', code: 'carried-outdated', document, values });
  }
  return {
    name: isText(name) ? name : undefined,
    keys: itemsOf(keys).filter(isText),
    form: more,
    rest: holds,
    isSameText,
  };
}

/** The entries of an object whose keys are not among the known ones. */
export function without(record: JsonObject, known: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !known.includes(key)));
}

/** Values as a record with its keys in the order in which they came; what is `undefined` is left out. */
export function inOrder(values: JsonObject, keys: readonly string[]): JsonObject {
  const all = new Map(Object.entries(values).filter(([, value]) => value !== undefined));
  const first = keys.filter((key) => all.has(key)).map((key) => [key, all.get(key)] as const);
  return Object.fromEntries([...first, ...[...all].filter(([key]) => !keys.includes(key))]);
}

/** What a format keeps of a document (`meta`), with the document's name in `source` if it is not what it was. */
export function withName(
  meta: Json | undefined,
  { name }: AnnotatedDocument,
  kept: KeptRecord,
): Json | undefined {
  if (name === kept.name) return meta;
  return { ...(isObject(meta) && meta), source: name };
}
