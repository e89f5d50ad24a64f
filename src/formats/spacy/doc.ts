import type { Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { fitTokens } from '../shared/fit-tokens';
import { FIELDS, fieldsLost } from '../shared/entity-fields';
import { optionOf, type Context, type Format, type SourceFile, type WriteContext } from '../shared/format';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { fit } from '../shared/limits';
import { DocumentNames } from '../shared/document-names';
import { offsetsOf } from '../shared/offsets';
import { SpanFields } from '../shared/records/fields';
import { recordsIn } from '../shared/records/beginning';
import { inOrder, keepRecord, keptRecord, withName, without } from '../shared/records/kept';
import { inCodePoints, OFFSETS } from '../shared/records/recount';
import { readRecords, RecordNames } from '../shared/records/read';
import { spanKey, SpanReader } from '../shared/records/spans';
import { cutTokens, listTokens, unfoldTokens } from '../shared/records/tokens';
import { about, type Report } from '../shared/report';
import { TOKENIZERS, type Tokenizer, type Tokens } from '../shared/tokens';

/**
 * What `Doc.to_json` of spaCy gives and `Doc.from_json` takes (https://spacy.io/api/doc#to_json,
 * `spacy/tokens/doc.pyx`), from which a `DocBin` is made: one document a line, or a file, or a list of them.
 * Offsets are Python's: code points, `\r\n` two; a document whose offsets cannot be such, but UTF-16 units, is read
 * so, which is reported.
 *
 * Entities are `ents`, which may not overlap; those that overlap one before them are in a group of `spans`
 * (`sc`, which the span categorizer reads). Links are `kb_id`, what another tool calls an entity is `id`;
 * notes and attributes are keys beside those, which `from_json` does not look at (and which may only be texts and
 * integers, if it validates).
 * Each entity is whole tokens: tokens of ours are cut where an entity begins or ends, tokens that the document
 * came with are taken whole, and both is reported. The document's name is
 * `meta.source`: a custom attribute (`_`), from which it is read, too, would have to be known to spaCy.
 * Tags, lemmas, heads, categories and whatever else is there are carried as long as the text is the same.
 */
export const spacyDoc: Format = {
  id: 'spacy-doc',
  title: 'spaCy Doc JSON',
  extensions: ['.jsonl', '.json'],
  layout: 'one-file',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: false,
  },
  options: [
    {
      name: 'tokenizer',
      values: TOKENIZERS,
      description: 'how text is cut into tokens, where a document has none',
    },
    {
      name: 'entities',
      values: ['ents', 'spans', 'both'],
      description:
        'where entities are: `ents` (only what overlaps is in the group), the group of `spans`, or both',
    },
    OFFSETS,
    { name: 'spans-key', values: [], description: 'the group of spans that are entities, else sc' },
  ],
  needs: ['"text"', '"ents"|"tokens"'],
  recognizes: (head) => recordsIn(head).some(isDoc),
  isCertain: (head) => /"ents"\s*:\s*\[/.test(head) && spacyDoc.recognizes(head, ''),
  parse,
  serialize: (context) => {
    optionOf(spacyDoc, 'tokenizer', context.options);
    optionOf(spacyDoc, 'entities', context.options);
    optionOf(spacyDoc, 'offsets', context.options);
    return {
      document: (document) => [{ content: `${JSON.stringify(docOf(document, context))}\n` }],
      end: () => [],
    };
  },
};

const KEYS = new SpanFields({ suggestedBy: 'suggested_by', link: 'kb_id', own: ['start', 'end', 'label'] });
/** What has offsets, besides tokens. */
const PLACED = ['ents', 'spans', 'sents'];
const USUAL = ['text', 'ents', 'sents', 'tokens', 'spans'];

function isDoc(record: Json): boolean {
  if (!isObject(record) || !isText(record.text) || '_input_hash' in record) return false;
  const { ents, tokens } = record;
  const [token] = itemsOf(tokens);
  const isSpan = (item: Json) => isObject(item) && 'start' in item;
  return Array.isArray(ents) ? ents.every(isSpan) : isObject(token) && 'id' in token && 'start' in token;
}

function* parse(file: SourceFile, context: Context): Generator<AnnotatedDocument> {
  const { report } = context;
  optionOf(spacyDoc, 'offsets', context.options);
  const names = new RecordNames(file, spacyDoc.extensions, new DocumentNames(report));
  for (const record of readRecords(file, context, spacyDoc.title)) {
    const { value, line } = record;
    if (!isObject(value) || !isText(value.text)) {
      const values = { source: JSON.stringify(value) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
      continue;
    }
    const document = names.take(value, isObject(value.meta) ? value.meta : value._, record);
    const index = new TextIndex(value.text);
    const { record: doc, tell } = inCodePoints(value, PLACED, index, context.options.offsets);
    const reader = new SpanReader(
      { format: spacyDoc.id, document, file: file.path, line },
      index,
      offsetsOf(index, 'python'),
      report,
    );
    tell(reader);
    yield readDoc(doc, document, index, reader, groupName(context.options));
  }
}

function groupName(options: Context['options']): string {
  return optionOf(spacyDoc, 'spans-key', options) || 'sc';
}

function readDoc(
  doc: JsonObject,
  name: string,
  index: TextIndex,
  reader: SpanReader,
  group: string,
): AnnotatedDocument {
  const groups = isObject(doc.spans) ? doc.spans : {};
  if (!isObject(doc.spans)) reader.items(doc.spans);
  const grouped = reader.items(groups[group]);
  // What is in both is one entity; spaCy writes links in groups only.
  const inGroup = new Map(grouped.map((item) => [spanKey(item), item]));
  const read = (item: Json, more?: Json) => {
    const { start, end, label } = isObject(item) ? item : {};
    const [own, others] = [item, more].map((one) => (isObject(one) ? KEYS.read(one) : {}));
    reader.add({ start, end, label, source: item }, { ...others, ...own });
  };
  const ents = new Set<string>();
  for (const item of reader.items(doc.ents)) {
    read(item, inGroup.get(spanKey(item)));
    ents.add(spanKey(item));
  }
  const [both, only]: [string[], string[]] = [[], []];
  for (const item of grouped) {
    const isBoth = ents.has(spanKey(item));
    if (!isBoth) read(item);
    (isBoth ? both : only).push(spanKey(item));
  }
  const folded = reader.tokens(doc.tokens);
  const blanks = KEYS.blanksOf(itemsOf(doc.ents));
  const others = without(groups, [group]);
  const rest = {
    ...without(doc, ['text', 'ents', 'spans', 'tokens']),
    ...(Object.keys(others).length > 0 && { spans: others }),
    ...(folded && !folded.isPlain && { tokens: folded.columns }),
  };
  const form = {
    ...(folded?.isPlain && { tokens: folded.columns }),
    ...(Object.hasOwn(groups, group) && { both, only }),
    ...(blanks.length > 0 && { blanks }),
    ...(Object.keys(others).length > 0 && { groups: Object.keys(groups) }),
  };
  const kept = keepRecord(Object.keys(doc), { name, index }, { usual: USUAL, rest, form });
  return { name, index, entities: reader.entities, relations: [], carried: { [spacyDoc.id]: kept } };
}

function docOf(document: AnnotatedDocument, { report, options }: WriteContext): JsonObject {
  const kept = keptRecord(document, spacyDoc.id, report);
  // What is lost of an entity is known where its fields are written.
  const limits = { ...spacyDoc.limits, fields: FIELDS };
  const { entities } = fit(document, { id: spacyDoc.id, limits }, report);
  const { index } = document;
  const offsets = offsetsOf(index, 'python');
  const text = { index, offsets };
  const { tokens: keptTokens, spans: others, meta, ...rest } = kept.rest;
  const own = kept.isSameText ? unfoldTokens(kept.form.tokens ?? keptTokens, text) : undefined;
  const tokenizer = optionOf(spacyDoc, 'tokenizer', options) as Tokenizer;
  const tokens = own?.tokens ?? cutTokens(document, entities, tokenizer, report);
  const { places16 } = tokens;
  const place = (from: number, to: number) => ({
    start: offsets.fromUtf16(places16[2 * from]!),
    end: offsets.fromUtf16(places16[2 * to + 1]!),
  });
  const placed = fitTokens(document, entities, tokens, { report, isFlat: false }).map(
    ({ entity, first, last, label }) => ({ entity, first, last, said: { ...place(first, last), label } }),
  );
  const spans = withoutTwins(placed, document.name, report);
  const { ents, grouped } = share(document, spans, kept.form, { report, options });
  const sents = own ? undefined : sentencesOf(tokens, spans).map(([from, to]) => place(from, to));
  const group = groupName(options);
  const fieldsOf = (entity: Entity) => plainFields(entity, document.name, report);
  const hasGroup = grouped.length > 0 || kept.form.only !== undefined;
  const values = {
    text: index.raw,
    ents: ents.map(({ entity, said }) => ({
      ...said,
      ...KEYS.write({}, kept.form.blanks),
      ...fieldsOf(entity),
    })),
    sents,
    tokens: own?.list ?? listTokens(tokens, text, ['id', 'start', 'end']),
    // Doc.from_json asks for `kb_id` there, be it empty.
    spans: inOrder(
      {
        ...(others as JsonObject | undefined),
        ...(hasGroup && {
          [group]: grouped.map(({ entity, said }) => ({ ...said, kb_id: '', ...fieldsOf(entity) })),
        }),
      },
      itemsOf(kept.form.groups).filter(isText),
    ),
    ...rest,
    meta: withName(meta, document, kept),
  };
  const isEmpty = Object.keys(values.spans).length === 0 && !kept.keys.includes('spans');
  return inOrder(
    { ...values, ...(isEmpty && { spans: undefined }) },
    kept.keys.length > 0 ? kept.keys : USUAL,
  );
}

/** What is said of an entity, as far as the schema of spaCy takes it. */
function plainFields(entity: Entity, document: string, report: Report): JsonObject {
  const all = Object.entries(KEYS.write({ ...entity, reviewed: undefined }));
  const isPlain = (value: Json | undefined) => isText(value) || Number.isSafeInteger(value);
  const lost = [
    ...fieldsLost(entity, spacyDoc.limits.fields),
    ...all.flatMap(([name, value]) => (isPlain(value) ? [] : [name])),
  ];
  if (lost.length > 0) {
    const values = { fields: lost.join(', ') };
    report.add({ kind: 'lost', code: 'field', document, ...about(entity), values });
  }
  return Object.fromEntries(all.filter(([, value]) => isPlain(value)));
}

interface Placed {
  readonly entity: Entity;
  readonly first: number;
  readonly last: number;
  readonly said: { readonly start: number; readonly end: number; readonly label: string };
}

/** Nothing tells two spans of one place and label apart: of such, the first stays. */
function withoutTwins(spans: readonly Placed[], document: string, report: Report): readonly Placed[] {
  const seen = new Set<string>();
  return spans.filter(({ entity, said }) => {
    const isTwin = seen.has(spanKey(said));
    seen.add(spanKey(said));
    if (!isTwin) return true;
    report.entities--;
    report.add({ kind: 'lost', code: 'duplicate', document, ...about(entity) });
    return false;
  });
}

/** Which spans are in `ents` and which in the group: as they came, where nothing else was chosen. */
function share(
  { name: document }: AnnotatedDocument,
  spans: readonly Placed[],
  { both, only }: JsonObject,
  { report, options }: Context,
): { ents: readonly Placed[]; grouped: readonly Placed[] } {
  const chosen = optionOf(spacyDoc, 'entities', options);
  if (chosen === 'spans') return { ents: [], grouped: spans };
  const isAsRead = options.entities === undefined;
  const inBoth = new Set(isAsRead ? itemsOf(both) : []);
  const inGroup = new Set(isAsRead ? itemsOf(only) : []);
  const forEnts = spans.filter(({ said }) => !inGroup.has(spanKey(said)));
  let end = -1;
  const ents = forEnts.filter((span) => {
    if (span.first <= end) return false;
    end = span.last;
    return true;
  });
  const flat = new Set(ents);
  const values = { group: groupName(options) };
  for (const span of forEnts)
    if (!flat.has(span))
      report.add({ kind: 'changed', code: 'span-grouped', document, ...about(span.entity), values });
  const grouped = spans.filter(
    (span) => chosen === 'both' || !flat.has(span) || inBoth.has(spanKey(span.said)),
  );
  return { ents, grouped };
}

/** The first and the last token of each sentence. None begins within an entity. */
function sentencesOf({ sentences, count }: Tokens, spans: readonly Placed[]): (readonly [number, number])[] {
  let [next, inside] = [0, -1];
  const starts = sentences.filter((start) => {
    for (; next < spans.length && spans[next]!.first < start; next++)
      inside = Math.max(inside, spans[next]!.last);
    return inside < start;
  });
  return starts.map((start, i) => [start, (starts[i + 1] ?? count) - 1] as const);
}
