import type { Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import type { AnnotatedDocument } from '../shared/document';
import { optionOf, type Context, type Format, type SourceFile, type WriteContext } from '../shared/format';
import { idOf, isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { fit } from '../shared/limits';
import { DocumentNames } from '../shared/document-names';
import { offsetsOf, type OffsetUnit } from '../shared/offsets';
import { areTriples, recordsIn } from '../shared/records/beginning';
import { inOrder, keepRecord, keptRecord, withName, without } from '../shared/records/kept';
import { readRecords, RecordNames } from '../shared/records/read';
import { hasSpans } from '../shared/records/roles';
import { SpanReader } from '../shared/records/spans';
import { leastFaults, likelierUnit, unitsProved } from '../shared/records/unit';
import { about } from '../shared/report';
import {
  LABEL_NAMES,
  labelNamesOf,
  readRelations,
  saidSpan,
  splitAnnotations,
  type Said,
} from './annotations';

/**
 * doccano's JSONL of sequence labelling (https://doccano.github.io/doccano/,
 * `backend/data_export/pipeline/formatters.py`): `label` (or `labels`) with `[start, end, label]`, and of
 * projects with relations `entities` and `relations`, each with a number.
 *
 * Offsets are what doccano's annotator counts in the browser, and no import or export of it converts: UTF-16
 * units (https://github.com/doccano/doccano/issues/2290), or, in projects that “count grapheme clusters as one
 * character”, graphemes; files that Python scripts wrote for it mostly have code points. A file does not say
 * which, nor the text of an entity that could tell: the option does. Where none was chosen, and an offset of a
 * document is within a character (or behind the text) in UTF-16, but none is in another unit, the document is read
 * in that, which is reported. Where another unit only puts its entities at the edges of words much better, that is
 * reported, and nothing is changed.
 *
 * Exports of doccano before 1.0 have `annotations: [{label: 1, start_offset, end_offset}]`, with the number that a
 * label has in its project: the option says what it stands for, and without that they are kept, and told.
 *
 * What a project keeps of a document stands beside its text: all of it is carried, with comments. The name of
 * a document is in `meta.source` (or `filename`), else it is its number. A document that was approved
 * (`annotation_approver` of older versions) is done.
 */
export const doccano: Format = {
  id: 'doccano',
  title: 'doccano JSONL',
  extensions: ['.jsonl', '.json'],
  layout: 'one-file',
  limits: { overlap: 'any', discontinuous: false, fields: ['externalId'], relations: true },
  options: [
    {
      name: 'shape',
      values: ['as-read', 'label', 'relations'],
      description: 'as documents were read (or `label`), `label`, or entities with `relations`',
    },
    {
      name: 'offsets',
      values: ['utf-16', 'code-points', 'graphemes'],
      description: 'how offsets are counted: as doccano does, as Python does, or as in its grapheme mode',
    },
    {
      name: LABEL_NAMES,
      values: [],
      description: 'what the numbers of labels stand for in old exports (`1=PER,2=LOC`)',
    },
  ],
  needs: ['"text"|"data"', '"label"|"labels"|"entities"|"annotations"'],
  recognizes: (head) => recordsIn(head).some(isOfDoccano),
  isCertain: (head) => /"labels?"\s*:\s*\[\s*\[\s*\d+\s*,\s*\d+\s*,\s*"|"start_offset"\s*:/.test(head),
  parse,
  serialize: (context) => {
    const shape = optionOf(doccano, 'shape', context.options);
    const unit = unitOf(context.options);
    return {
      document: (document) => [{ content: `${JSON.stringify(recordOf(document, shape, unit, context))}\n` }],
      end: () => [],
    };
  },
};

function isOfDoccano(record: Json): boolean {
  if (!isObject(record) || !(isText(record.text) || isText(record.data))) return false;
  const { label, labels, entities, annotations, Comments } = record;
  const isPlaced = (item: Json) => isObject(item) && 'start_offset' in item;
  if ([entities, annotations].some((list) => itemsOf(list).some(isPlaced)) || Array.isArray(Comments))
    return true;
  const said = label ?? labels;
  // An empty list may be anything's.
  return areTriples(said) && (itemsOf(said).length > 0 || !hasSpans(record));
}

const UNITS: Readonly<Record<string, OffsetUnit>> = {
  'utf-16': 'utf-16',
  'code-points': 'python',
  graphemes: 'graphemes',
};
const USUAL = ['text', 'label'];

function unitOf(options: Context['options']): OffsetUnit {
  return UNITS[optionOf(doccano, 'offsets', options)]!;
}

function* parse(file: SourceFile, context: Context): Generator<AnnotatedDocument> {
  const { report } = context;
  const unit = unitOf(context.options);
  const isChosen = context.options.offsets !== undefined;
  const labels = labelNamesOf(optionOf(doccano, LABEL_NAMES, context.options), doccano.id);
  const names = new RecordNames(file, doccano.extensions, new DocumentNames(report));
  for (const record of readRecords(file, context, doccano.title)) {
    const { value, line } = record;
    const textKey = isObject(value) && !isText(value.text) ? 'data' : 'text';
    const text = isObject(value) ? value[textKey] : undefined;
    if (isObject(value) && isText(text)) {
      const document = names.take(value, value.meta, record);
      const index = new TextIndex(text);
      const place = { format: doccano.id, document, file: file.path, line };
      const makeReader = (one: OffsetUnit) => new SpanReader(place, index, offsetsOf(index, one), report);
      yield readRecord(value, textKey, { name: document, index }, { unit, isChosen, makeReader, labels });
    } else {
      const values = { source: JSON.stringify(value) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
    }
  }
}

/** How the offsets of records are read. */
interface Reading {
  readonly unit: OffsetUnit;
  /** Whether a person said so. */
  readonly isChosen: boolean;
  readonly makeReader: (unit: OffsetUnit) => SpanReader;
  /** What labels are called, by their numbers. */
  readonly labels: ReadonlyMap<string, string>;
}

function readRecord(
  record: JsonObject,
  textKey: 'text' | 'data',
  { name, index }: Pick<AnnotatedDocument, 'name' | 'index'>,
  { unit, isChosen, makeReader, labels }: Reading,
): AnnotatedDocument {
  const isRelational = Array.isArray(record.entities);
  const labelKey = Array.isArray(record.labels) && !Array.isArray(record.label) ? 'labels' : 'label';
  // Labels of the whole text are texts.
  const isOfText = itemsOf(record[labelKey]).some(isText);
  const listed = isRelational ? record.entities : isOfText ? [] : record[labelKey];
  const old = splitAnnotations(itemsOf(record.annotations), labels);
  const spans = [...itemsOf(listed).map(saidSpan), ...old.spans];
  const proved = isChosen ? undefined : provedUnit(spans, index, unit);
  const reader = makeReader(proved ?? unit);
  reader.items(listed);
  if (proved)
    reader.note('changed', 'offsets-proved', { values: { likely: nameOf(proved), unit: nameOf(unit) } });
  else doubt(spans, index, unit, reader);
  const byId = new Map<string, Entity>();
  for (const span of spans) {
    const externalId = idOf(span.id);
    const isDuplicate = externalId !== undefined && byId.has(externalId);
    if (isDuplicate) reader.note('invalid', 'duplicate', { values: { id: externalId } });
    const { attributes } = span;
    const fields = { ...(externalId !== undefined && { externalId }), ...(attributes && { attributes }) };
    const entity = isDuplicate ? undefined : reader.add(span, fields as Partial<Entity>);
    if (entity && externalId !== undefined) byId.set(externalId, entity);
  }
  if (old.numbers.length > 0) {
    const option = `--${LABEL_NAMES} ${[...new Set(old.numbers)].map((number) => `${number}=NAME`).join(',')}`;
    const values = { what: '“annotations”', count: String(old.numbers.length), option };
    reader.note('changed', 'annotations-unread', { values });
  }
  const relations = isRelational ? readRelations(reader.items(record.relations), byId, reader) : [];
  const known = isRelational
    ? [textKey, 'entities', 'relations']
    : [textKey, ...(isOfText ? [] : [labelKey])];
  const form = {
    ...(isRelational && { shape: 'relations' }),
    ...(textKey === 'data' && { text_key: textKey }),
    ...(labelKey === 'labels' && { label_key: labelKey }),
  };
  const rest = {
    ...without(record, [...known, ...(old.spans.length > 0 ? ['annotations'] : [])]),
    ...(old.spans.length > 0 && old.left.length > 0 && { annotations: old.left }),
  };
  const kept = keepRecord(Object.keys(record), { name, index }, { usual: USUAL, rest, form });
  return {
    name,
    index,
    entities: reader.entities,
    relations,
    ...(isText(record.annotation_approver) && { status: 'done' as const }),
    carried: { doccano: kept },
  };
}

/** The unit that a document must be counted in, as it cannot be in the one that is usual. */
function provedUnit(spans: readonly Said[], index: TextIndex, unit: OffsetUnit): OffsetUnit | undefined {
  const others = Object.values(UNITS).filter((one) => one !== unit);
  const possible = unitsProved(spans, index, unit, others);
  return possible.length === 0 ? undefined : leastFaults(possible, spans, index).unit;
}

/** Reports where another unit puts the spans of a document at the edges of words much better. */
function doubt(spans: readonly Said[], index: TextIndex, unit: OffsetUnit, reader: SpanReader): void {
  const likely = likelierUnit(spans, index, unit, Object.values(UNITS));
  if (likely === undefined) return;
  const values = { likely: nameOf(likely), unit: nameOf(unit) };
  reader.note('changed', 'offsets-doubtful', { values });
}

/** What the option calls a unit. */
function nameOf(unit: OffsetUnit): string {
  return Object.keys(UNITS).find((name) => UNITS[name] === unit)!;
}

function recordOf(
  document: AnnotatedDocument,
  chosen: string,
  unit: OffsetUnit,
  { report }: WriteContext,
): JsonObject {
  const kept = keptRecord(document, doccano.id, report);
  const { form, keys } = kept;
  const isRelational = (chosen === 'as-read' ? form.shape : chosen) === 'relations';
  const limits: Format['limits'] = isRelational
    ? doccano.limits
    : { ...doccano.limits, fields: [], relations: false };
  const { entities, relations } = fit(document, { id: doccano.id, limits }, report);
  const { index, name } = document;
  const offsets = offsetsOf(index, unit);
  const place = (entity: Entity): readonly [number, number] => {
    const [start, end] = [offsets.fromCodePoint(entity.start), offsets.fromCodePoint(entity.end)];
    const isCut = offsets.toCodePoint(end) < entity.end;
    if (isCut || offsets.toCodePoint(start) < entity.start)
      report.add({ kind: 'changed', code: 'off-character', document: name, ...about(entity) });
    return [start, isCut ? end + 1 : end];
  };
  const { meta, ...rest } = kept.rest;
  const text = { [form.text_key === 'data' ? 'data' : 'text']: index.raw };
  const values = { ...rest, meta: withName(meta, document, kept), ...text };
  if (!isRelational) {
    const labelKey = form.label_key === 'labels' ? 'labels' : 'label';
    const label = entities.map((entity) => [...place(entity), entity.label]);
    // Labels of the whole text cannot be where those of spans are.
    const ofText = rest[labelKey];
    if (ofText !== undefined && label.length > 0) {
      const lost = { format: doccano.id, names: labelKey };
      report.add({ kind: 'lost', code: 'carried', document: name, values: lost });
    }
    const record = { ...values, [labelKey]: label.length > 0 ? label : (ofText ?? []) };
    return inOrder(record, keys.length > 0 ? keys : USUAL);
  }
  const entityIds = numbersFor(entities);
  const ids = new Map(entities.map(({ id }, i) => [id, entityIds[i]!]));
  const relationIds = numbersFor(relations);
  const record = {
    ...values,
    entities: entities.map((entity, i) => {
      const [start_offset, end_offset] = place(entity);
      return { id: entityIds[i]!, label: entity.label, start_offset, end_offset };
    }),
    relations: relations.map(({ from, to, label, attributes }, i) => ({
      id: relationIds[i]!,
      from_id: ids.get(from)!,
      to_id: ids.get(to)!,
      type: label,
      ...without((attributes ?? {}) as JsonObject, ['id', 'from_id', 'to_id', 'type']),
    })),
  };
  return inOrder(record, keys.length > 0 ? keys : ['text', 'entities', 'relations']);
}

/** The numbers that things have in doccano, and the next ones for those that have none. */
function numbersFor(things: readonly { readonly externalId?: string | undefined }[]): number[] {
  const taken = new Set<number>();
  const own = things.map(({ externalId = '' }) => {
    const number = /^\d{1,15}$/.test(externalId) ? Number(externalId) : undefined;
    if (number === undefined || taken.has(number)) return undefined;
    taken.add(number);
    return number;
  });
  let next = Math.max(0, ...taken);
  return own.map((number) => number ?? ++next);
}
