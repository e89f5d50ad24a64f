import type { Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import {
  type Limits,
  optionOf,
  type Context,
  type Format,
  type SourceFile,
  type WriteContext,
} from '../shared/format';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { fit, flatOf } from '../shared/limits';
import { DocumentNames } from '../shared/document-names';
import { offsetsOf } from '../shared/offsets';
import { SpanFields } from '../shared/records/fields';
import { areTriples, recordsIn } from '../shared/records/beginning';
import { inOrder, keepRecord, keptRecord, withName, without, type KeptRecord } from '../shared/records/kept';
import { inCodePoints, OFFSETS } from '../shared/records/recount';
import { readRecords, RecordNames, type ReadRecord } from '../shared/records/read';
import { hasSpans } from '../shared/records/roles';
import { areSpans, SpanReader } from '../shared/records/spans';
import { about } from '../shared/report';

/** What the widest shape, `dicts`, holds. */
const WIDEST: Limits = {
  overlap: 'any',
  discontinuous: false,
  fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
  relations: false,
};
/** Of `entities` and `pairs`. */
const NARROWEST: Limits = { ...WIDEST, overlap: 'none', fields: [] };

/**
 * Training examples of spaCy as JSON, one on a line or in a list (https://spacy.io/api/data-formats#dict-input
 * and, of version 2, `["text", {"entities": …}]`). Offsets are Python's: code points, `\r\n` two; an example
 * whose offsets cannot be such, but UTF-16 units, is read so, which is reported.
 *
 * - `entities` are `[start, end, label]`; spaCy takes none that overlap (E103).
 * - `spans` are groups of such lists, any overlap (`sc` is what the span categorizer reads), with a fourth
 *   value that links to a knowledge base; or, as Prodigy and many scripts have it, a list of
 *   `{start, end, label}`, in which all else that is said of an entity has a key.
 *
 * The name of a document is in `meta.source`. Whatever else an example holds is carried.
 */
export const spacy: Format = {
  id: 'spacy',
  title: 'spaCy training examples',
  extensions: ['.jsonl', '.json'],
  layout: 'one-file',
  // Of what is written where no shape is asked for.
  limits: NARROWEST,
  options: [
    {
      name: 'shape',
      values: ['as-read', 'entities', 'pairs', 'spans', 'both', 'dicts'],
      description:
        'how examples are written: as they were read (or `entities`), as `entities` or `pairs` of text and ' +
        'entities (no overlap), a group of `spans`, `both`, or `dicts` of start, end and label',
    },
    OFFSETS,
    { name: 'spans-key', values: [], description: 'the group of spans that are entities, else sc' },
  ],
  needs: ['"text"', '"entities"|"spans"'],
  recognizes: (head) => recordsIn(head).some(isExample),
  isCertain: (head) =>
    /"entities"\s*:\s*\[\s*\[\s*\d+\s*,\s*\d+\s*,\s*"|"spans"\s*:\s*\{\s*"[^"]*"\s*:\s*\[/.test(head) ||
    areSpans(head),
  parse,
  serialize: (context) => {
    optionOf(spacy, 'shape', context.options);
    optionOf(spacy, 'offsets', context.options);
    return {
      document: (document) => [{ content: `${JSON.stringify(exampleOf(document, context))}\n` }],
      end: () => [],
    };
  },
};

type Shape = 'entities' | 'pairs' | 'spans' | 'both' | 'dicts';

const FIELDS = new SpanFields({
  suggestedBy: 'suggested_by',
  link: 'kb_id',
  own: ['start', 'end', 'label', 'text'],
});
const KNOWN = ['text', 'entities', 'spans'];
/** The keys of an example as it is written where nothing else is known. */
const USUAL = ['text', 'entities'];

/** Of other formats, whose records have spans as well. */
const OF_OTHERS = ['_input_hash', 'answer', 'tokens', 'ents'];

function isExample(record: Json): boolean {
  const [text, example] = isObject(record) ? [record.text, record] : itemsOf(record);
  if (!isText(text) || !isObject(example) || OF_OTHERS.some((key) => key in example)) return false;
  const { entities, spans } = example;
  // An empty list may be anything's.
  if (Array.isArray(entities) && areTriples(entities))
    return !isObject(record) || entities.length > 0 || !hasSpans(without(example, ['spans']));
  const isSpan = (item: Json) => isObject(item) && 'start' in item && 'label' in item;
  return isObject(spans) || (Array.isArray(spans) && spans.some(isSpan));
}

function* parse(file: SourceFile, context: Context): Generator<AnnotatedDocument> {
  const { report } = context;
  optionOf(spacy, 'offsets', context.options);
  const names = new RecordNames(file, spacy.extensions, new DocumentNames(report));
  for (const one of readRecords(file, context, spacy.title))
    for (const record of examplesIn(one)) {
      const { value, line } = record;
      const [text, example] = isObject(value) ? [value.text, value] : value;
      if (!isText(text) || !isObject(example)) {
        const values = { source: JSON.stringify(value) };
        report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
        continue;
      }
      const name = names.take(example, example.meta, record);
      const place = { format: spacy.id, document: name, file: file.path, line };
      yield readExample(text, example, !isObject(value), place, context);
    }
}

/** NER Annotator (https://github.com/tecoholic/ner-annotator) has all examples of a file in `annotations`. */
function* examplesIn(record: ReadRecord): Generator<ReadRecord> {
  const { value } = record;
  if (!isObject(value) || isText(value.text) || !Array.isArray(value.annotations)) {
    yield record;
    return;
  }
  let number = 0;
  for (const item of itemsOf(value.annotations)) {
    number++;
    // What was skipped there is nothing here.
    if (item !== null) yield { ...record, value: item as JsonObject, number, isOnly: false };
  }
}

function readExample(
  text: string,
  said: JsonObject,
  isPair: boolean,
  place: { format: string; document: string; file: string; line: number },
  { report, options }: Context,
): AnnotatedDocument {
  const index = new TextIndex(text);
  const { record: example, tell } = inCodePoints(said, ['entities', 'spans'], index, options.offsets);
  const reader = new SpanReader(place, index, offsetsOf(index, 'python'), report);
  tell(reader);
  const { entities: listed, spans } = example;
  const group = groupName(options);
  const groups = isObject(spans) ? spans : {};
  const seen = new Set<string>();
  const read = (items: Json | undefined) => {
    for (const item of reader.items(items)) {
      const [start, end, label, link] = isObject(item) ? [item.start, item.end, item.label] : itemsOf(item);
      // An entity may be in both.
      const key = JSON.stringify([start, end, label]);
      if (seen.has(key) && items === groups[group]) continue;
      seen.add(key);
      const fields = isObject(item) ? FIELDS.read(item) : isText(link) && link !== '' ? { link } : {};
      reader.add({ start, end, label, text: isObject(item) ? item.text : undefined, source: item }, fields);
    }
  };
  read(listed);
  read(isObject(spans) ? groups[group] : spans);
  const shape: Shape = Array.isArray(spans)
    ? 'dicts'
    : Object.hasOwn(groups, group)
      ? Array.isArray(listed)
        ? 'both'
        : 'spans'
      : isPair
        ? 'pairs'
        : 'entities';
  const others = without(groups, [group]);
  const rest = { ...without(example, KNOWN), ...(Object.keys(others).length > 0 && { spans: others }) };
  const hasTexts = itemsOf(spans).some((item) => isObject(item) && isText(item.text));
  const blanks = FIELDS.blanksOf(itemsOf(spans));
  const form = {
    ...(Object.keys(others).length > 0 && { groups: Object.keys(groups) }),
    ...(shape !== 'entities' && { shape }),
    ...(isPair && { isPair }),
    ...(hasTexts && { hasTexts }),
    ...(blanks.length > 0 && { blanks }),
  };
  const { document: name } = place;
  const keys = isPair ? ['text', ...Object.keys(example)] : Object.keys(example);
  const kept = keepRecord(keys, { name, index }, { usual: USUAL, rest, form });
  return { name, index, entities: reader.entities, relations: [], carried: { spacy: kept } };
}

function groupName(options: Context['options']): string {
  return optionOf(spacy, 'spans-key', options) || 'sc';
}

function exampleOf(document: AnnotatedDocument, { report, options }: WriteContext): Json {
  const kept = keptRecord(document, spacy.id, report);
  const shape = shapeOf(kept, optionOf(spacy, 'shape', options));
  const { entities } = fit(document, { id: spacy.id, limits: limitsOf(shape) }, report);
  const { index, name } = document;
  const offsets = offsetsOf(index, 'python');
  const place = ({ start, end }: Entity) =>
    [offsets.fromCodePoint(start), offsets.fromCodePoint(end)] as const;
  const tuple = (entity: Entity) => [...place(entity), entity.label];
  const group = groupName(options);
  const { spans: others, meta, ...rest } = kept.rest;
  const values: Record<string, Json | undefined> = { text: index.raw };
  if (shape === 'dicts') {
    values.spans = entities.map((entity) => {
      const [start, end] = place(entity);
      const text = kept.form.hasTexts === true ? { text: entity.text } : {};
      return { ...text, start, end, label: entity.label, ...FIELDS.write(entity, kept.form.blanks) };
    });
  } else if (shape === 'spans' || shape === 'both') {
    const linked = (entity: Entity) => (entity.link ? [...tuple(entity), entity.link] : tuple(entity));
    const groups = { ...(others as JsonObject | undefined), [group]: entities.map(linked) };
    values.spans = inOrder(groups, itemsOf(kept.form.groups).filter(isText));
  } else values.spans = others;
  if (shape === 'both') {
    const flat = flatOf(entities);
    for (const entity of entities)
      if (!flat.has(entity))
        report.add({
          kind: 'changed',
          code: 'span-grouped',
          document: name,
          ...about(entity),
          values: { group },
        });
    values.entities = [...flat].map(tuple);
  } else if (shape === 'entities' || shape === 'pairs') values.entities = entities.map(tuple);
  const record = inOrder(
    { ...values, ...rest, meta: withName(meta, document, kept) },
    kept.keys.length > 0 ? kept.keys : USUAL,
  );
  if (shape !== 'pairs' && !(kept.form.isPair === true && shape === kept.form.shape)) return record;
  return [index.raw, without(record, ['text'])];
}

function shapeOf({ form }: KeptRecord, chosen: string): Shape {
  const shape = chosen === 'as-read' ? form.shape : chosen;
  return shape === 'pairs' || shape === 'spans' || shape === 'both' || shape === 'dicts' ? shape : 'entities';
}

function limitsOf(shape: Shape): Limits {
  switch (shape) {
    case 'dicts':
      return WIDEST;
    case 'spans':
    case 'both':
      return { ...WIDEST, fields: ['link'] };
    case 'entities':
    case 'pairs':
      return NARROWEST;
  }
}
