import type { Entity, Plain } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import type { AnnotatedDocument, Relation } from '../shared/document';
import type { Context, Format, SourceFile } from '../shared/format';
import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import { DocumentNames } from '../shared/document-names';
import { offsetsOf } from '../shared/offsets';
import { inOrder, keepRecord, without } from '../shared/records/kept';
import { inCodePoints } from '../shared/records/recount';
import { readRecords, RecordNames, type ReadRecord } from '../shared/records/read';
import { spanKey, SpanReader } from '../shared/records/spans';
import { FIELDS, RELATION_KEYS, USUAL } from './keys';

/** The documents of a file of tasks. */
export function* parseProdigy(
  format: Pick<Format, 'id' | 'title' | 'extensions'>,
  file: SourceFile,
  context: Context,
): Generator<AnnotatedDocument> {
  const { report } = context;
  const names = new RecordNames(file, format.extensions, new DocumentNames(report));
  for (const record of readRecords(file, context, format.title)) {
    const { value, line } = record;
    if (isObject(value) && isText(value.text))
      yield readTask(value.text, value, record, names, file.path, context);
    else {
      const values = { source: JSON.stringify(value) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
    }
  }
}

function readTask(
  text: string,
  said: JsonObject,
  record: ReadRecord,
  names: RecordNames,
  file: string,
  { report, options }: Context,
): AnnotatedDocument {
  const name = names.take(said, said.meta, record);
  const index = new TextIndex(text);
  const { record: task, tell } = inCodePoints(said, ['spans', 'relations'], index, options.offsets);
  const { answer, spans } = task;
  const offsets = offsetsOf(index, 'python');
  const place = { format: 'prodigy', document: name, file, line: record.line };
  const reader = new SpanReader(place, index, offsets, report);
  tell(reader);
  const isRefused = answer === 'reject' || answer === 'ignore';
  const isAccepted = answer === 'accept';
  /** By where they are and what they are. */
  const found = new Map<string, Entity>();
  if (isRefused && itemsOf(spans).length > 0)
    reader.note('changed', 'answer-not-accepted', {
      values: { answer, count: String(itemsOf(spans).length) },
    });
  for (const item of isRefused ? [] : reader.items(spans)) {
    const { start, end, label, text: own } = isObject(item) ? item : {};
    const fields = isObject(item) ? FIELDS.read(item) : {};
    const isTakenOver = isAccepted && fields.suggestedBy !== undefined && fields.reviewed === undefined;
    const entity = reader.add(
      { start, end, label, text: own, source: item },
      isTakenOver ? { ...fields, reviewed: true } : fields,
    );
    if (entity) found.set(spanKey(item), entity);
  }
  const { relations, others } = readRelations(isRefused ? [] : reader.items(task.relations), found, reader);
  const folded = reader.tokens(task.tokens);
  const rest = {
    ...without(task, ['text', 'spans', 'relations', 'tokens', 'answer']),
    ...(folded && !folded.isPlain && { tokens: folded.columns }),
    ...(others.length > 0 && { relations: others }),
    ...(isRefused && without({ spans, relations: task.relations, answer }, [])),
    ...(answer !== undefined && !isAccepted && { answer }),
  };
  const blanks = FIELDS.blanksOf(isRefused ? [] : itemsOf(spans));
  const form = {
    ...(folded?.isPlain && { tokens: folded.columns }),
    ...(itemsOf(spans).some((item) => isObject(item) && isText(item.text)) && { hasTexts: true }),
    ...(blanks.length > 0 && { blanks }),
  };
  const kept = keepRecord(
    Object.keys(task),
    { name, index },
    { usual: USUAL, rest: inOrder(rest, []), form },
  );
  return {
    name,
    index,
    entities: reader.entities,
    relations,
    ...(isAccepted && { status: 'done' as const }),
    carried: { prodigy: kept },
  };
}

/** Relations between spans, and those that are between anything else, as they are. */
function readRelations(
  items: readonly Json[],
  found: ReadonlyMap<string, Entity>,
  reader: SpanReader,
): { relations: readonly Relation[]; others: readonly Json[] } {
  const others: Json[] = [];
  const relations = items.flatMap((item): Relation[] => {
    if (!isObject(item) || !isText(item.label) || item.label === '') {
      reader.note('invalid', 'value-malformed', { values: { source: JSON.stringify(item) } });
      return [];
    }
    const { label } = item;
    const [from, to] = [found.get(spanKey(item.head_span)), found.get(spanKey(item.child_span))];
    if (!from || !to) {
      others.push(item);
      return [];
    }
    const id = reader.idFor(`relation ${from.id} ${to.id} ${label}`);
    const attributes = without(item, RELATION_KEYS) as { readonly [key: string]: Plain };
    return [
      { id, label, from: from.id, to: to.id, ...(Object.keys(attributes).length > 0 && { attributes }) },
    ];
  });
  return { relations, others };
}
