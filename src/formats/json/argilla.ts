import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import type { NoteCode } from '../shared/note-codes';
import { numberOf } from '../shared/records/roles';
import { spanKey } from '../shared/records/spans';
import { USUAL } from './fields';

/** A record as it is read. */
export interface Prepared {
  readonly record: Json;
  /** What of it is not read, and was told. */
  readonly kept: JsonObject;
  readonly isDone: boolean;
  readonly told: readonly { readonly code: NoteCode; readonly values: Readonly<Record<string, string>> }[];
}

/** What a person (or a model) says of a record. */
interface Answer {
  readonly spans: readonly JsonObject[];
  /** Who said it. */
  readonly by: string;
  /** As Argilla has it; of a suggestion it is empty. */
  readonly status: string;
}

/** Whether a record is one of Argilla's. */
export function isOfArgilla(record: Json): record is JsonObject {
  return isObject(record) && (answersOf(record) !== undefined || isOfVersion1(record));
}

/**
 * A record of Argilla with its spans in one list. Of version 1 (https://docs.v1.argilla.io, token classification):
 * `annotation` and `prediction`; of version 2 (https://docs.argilla.io/latest/how_to_guides/record/): `responses` and
 * `suggestions`, by their questions or in a list, or in columns such as `span.responses`. Offsets are Python's.
 *
 * What was submitted is read, of one annotator (the chosen one, else the first); what others said, or was discarded or
 * is a draft, is told. Suggestions have their model in `suggested_by`; one that was submitted as it is, is reviewed.
 * @param annotator whose answers are read; empty where that was not said
 */
export function fromArgilla(record: JsonObject, annotator: string): Prepared {
  const { answers = [], rest } = answersOf(record) ?? answersOfVersion1(record);
  const given = answers.filter(({ status }) => status !== '');
  const submitted = given.filter(({ status }) => status === 'submitted');
  const chosen = annotator || submitted[0]?.by;
  const read = submitted.filter(({ by }) => by === chosen);
  const others = submitted.filter(({ by }) => by !== chosen);
  const refused = given.filter(({ status }) => status !== 'submitted');
  const spans = new Map<string, JsonObject>();
  for (const { spans: all } of read) for (const span of all) spans.set(spanKey(span), span);
  for (const { spans: all, by } of answers.filter(({ status }) => status === ''))
    for (const span of all) {
      const key = spanKey(span);
      const isTaken = spans.has(key);
      spans.set(key, { ...spans.get(key), ...span, suggested_by: by, ...(isTaken && { reviewed: true }) });
    }
  const told = refused
    .filter(({ spans: { length } }) => length > 0)
    .map(({ status, spans: { length } }) => ({
      code: 'answer-not-accepted' as const,
      values: { answer: status, count: String(length) },
    }));
  const ofOthers = { code: 'annotations-kept' as const, values: { count: String(others.length) } };
  const left = [...others, ...refused].filter(({ spans: { length } }) => length > 0);
  return {
    record: { ...rest, [USUAL.path]: [...spans.values()] },
    kept: left.length > 0 ? { responses: left as unknown as Json } : {},
    isDone: read.length > 0 && (record.status === 'Validated' || record.status === 'completed'),
    told: [...told, ...(others.length > 0 ? [ofOthers] : [])],
  };
}

interface Answers {
  readonly answers?: readonly Answer[];
  /** The record without them. */
  readonly rest: JsonObject;
}

function isOfVersion1(record: JsonObject): boolean {
  const { text, tokens, annotation, prediction, status } = record;
  const isAnswered = annotation !== undefined || prediction !== undefined;
  const isAgent = isText(record.annotation_agent) || isText(record.prediction_agent);
  return isText(text) && isAnswered && (isAgent || (Array.isArray(tokens) && isText(status)));
}

function answersOfVersion1(record: JsonObject): Answers {
  const { annotation, prediction, annotation_agent: by, prediction_agent: agent, status, ...rest } = record;
  // What was not looked at has no annotation.
  const isDiscarded = status === 'Discarded';
  const answers = [
    {
      spans: spansOf(annotation).map(({ score, ...span }) => (score === 1 ? span : { ...span, score })),
      by: nameOf(by, 'annotator'),
      status: isDiscarded ? 'discarded' : 'submitted',
    },
    { spans: spansOf(prediction), by: nameOf(agent, 'prediction'), status: '' },
  ];
  return { answers: annotation ? answers : answers.slice(1), rest: { ...rest, status } };
}

/** @returns `undefined` where it is no record of version 2 */
function answersOf(record: JsonObject): Answers | undefined {
  const inColumns = Object.keys(record).filter((key) => /\.(?:responses|suggestion)$/.test(key));
  if (!isObject(record.fields) && inColumns.length === 0) return undefined;
  const { responses, suggestions, ...others } = record;
  if (responses === undefined && suggestions === undefined && inColumns.length === 0) return undefined;
  const rest = Object.entries(others).filter(
    ([key]) => !inColumns.some((column) => key === column || key.startsWith(`${column}.`)),
  );
  const answers: Answer[] = [];
  const add = (value: Json | undefined, by: Json | undefined, status: Json | undefined) => {
    if (Array.isArray(value))
      answers.push({
        spans: spansOf(value),
        by: nameOf(by, 'suggestion'),
        status: isText(status) ? status : '',
      });
  };
  // By their questions, with one of each annotator; or of each annotator, by their questions.
  for (const [, list] of Object.entries(isObject(responses) ? responses : {}))
    for (const one of itemsOf(list))
      if (isObject(one)) add(one.value, one.user_id, one.status ?? 'submitted');
  for (const one of itemsOf(responses))
    for (const said of Object.values(isObject(one) && isObject(one.values) ? one.values : {}))
      if (isObject(one) && isObject(said)) add(said.value, one.user_id, one.status ?? 'submitted');
  for (const one of isObject(suggestions) ? Object.values(suggestions) : itemsOf(suggestions))
    if (isObject(one)) add(one.value, one.agent, '');
  for (const key of inColumns) {
    const [values, users, states] = [record[key], record[`${key}.users`], record[`${key}.status`]].map(
      itemsOf,
    );
    if (key.endsWith('.suggestion')) add(record[key], record[`${key}.agent`], '');
    else values!.forEach((value, i) => add(value, users![i], states![i] ?? 'submitted'));
  }
  return { answers, rest: Object.fromEntries(rest) };
}

/** Spans as objects; version 1 also has them as `["PER", 0, 9]`. */
function spansOf(value: Json | undefined): JsonObject[] {
  return itemsOf(value).map((item) => {
    if (isObject(item)) return item;
    const [label = null, start, end, score] = itemsOf(item);
    return {
      label,
      start: numberOf(start) ?? null,
      end: numberOf(end) ?? null,
      ...(score !== undefined && { score }),
    };
  });
}

function nameOf(by: Json | undefined, otherwise: string): string {
  return (isText(by) || typeof by === 'number') && by !== '' ? String(by) : otherwise;
}
