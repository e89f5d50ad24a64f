import type { Plain } from '../../core/model/entity';
import { quickHash } from '../../core/text';
import { isObject, itemsOf, type Json, type JsonObject } from '../shared/json';

/**
 * What of a list of results the model does not know. All of it may come from a sidecar that is not ours: it
 * is read with care.
 */
export interface KeptResults {
  /** What most regions have besides: `from_name`, `to_name`, `type`, `origin`. */
  readonly usual: JsonObject;
  /** The same of regions that have something else, by the id of their (first) entity. */
  readonly regions: JsonObject;
  /** The controls whose values, region by region, are attributes: what their results have besides, by name. */
  readonly controls: JsonObject;
  /** The ids of regions, where they are in another order than their places. */
  readonly order: readonly Json[];
  /** Results that are no regions of text, as they were. */
  readonly others: readonly Json[];
}

/** A list of results that the model knows, as it is kept or as one of ours is without it. */
export interface KeptList {
  /** The annotation or prediction without its `result`, which is `null` where it stood. */
  readonly head: JsonObject;
  readonly results: KeptResults;
}

/** What of a task the model does not know; it goes back as it came. */
export interface KeptTask {
  /** The task: `data`, `annotations` and `predictions` are `null` where they stood. */
  readonly task: JsonObject;
  /** Its data; the text is `null` where it stood, or where it was to be had. */
  readonly data: JsonObject;
  /** The name of the field that holds the text. */
  readonly field: string;
  /** The annotation that is in the model. */
  readonly annotation?: KeptList | undefined;
  /** Other annotations, before and behind it. */
  readonly before: readonly Json[];
  readonly after: readonly Json[];
  /** The predictions that are in the model. */
  readonly predictions: readonly KeptList[];
  /** Those that are not: a person has been through them. */
  readonly unread: readonly Json[];
}

export const USUAL: JsonObject = { from_name: 'label', to_name: 'text', type: 'labels' };
const NO_RESULTS: KeptResults = { usual: USUAL, regions: {}, controls: {}, order: [], others: [] };
export const NEW_LIST: KeptList = { head: { result: null }, results: NO_RESULTS };
export const NEW_TASK: KeptTask = {
  task: { data: null },
  data: { text: null },
  field: 'text',
  before: [],
  after: [],
  predictions: [],
  unread: [],
};

/** A value of JSON with all that is the same as in another left out. */
function pack(value: object, usual: object): Plain {
  const other = usual as Readonly<Record<string, unknown>>;
  const entries = Object.entries(value).filter(
    ([key, item]) => item !== undefined && JSON.stringify(item) !== JSON.stringify(other[key]),
  );
  return Object.fromEntries(entries);
}

const packList = ({ head, results }: KeptList): Plain =>
  pack({ head, results: pack(results, NO_RESULTS) }, { head: NEW_LIST.head, results: {} });

/**
 * As it goes into a sidecar; `undefined` where it is all as we write it ourselves.
 * @param raw the text that it is about
 */
export function packTask(kept: KeptTask, raw: string): Plain | undefined {
  const annotation = kept.annotation && packList(kept.annotation);
  const predictions = kept.predictions.map(packList);
  const packed = pack({ ...kept, annotation, predictions }, { ...NEW_TASK, annotation: {} });
  return Object.keys(packed as object).length > 0
    ? { ...(packed as object), text: quickHash(raw) }
    : undefined;
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function unpackList(value: Json): KeptList {
  const { head, results } = objectOf(value);
  const { usual, regions, controls, order, others } = objectOf(results);
  return {
    head: isObject(head) ? head : NEW_LIST.head,
    results: {
      usual: isObject(usual) ? usual : USUAL,
      regions: objectOf(regions),
      controls: objectOf(controls),
      order: itemsOf(order),
      others: itemsOf(others),
    },
  };
}

/** From a sidecar, whatever that holds. */
export function unpackTask(carried: Plain | undefined): KeptTask {
  const { task, data, field, annotation, before, after, predictions, unread } = objectOf(carried);
  return {
    task: isObject(task) ? task : NEW_TASK.task,
    data: isObject(data) ? data : NEW_TASK.data,
    field: typeof field === 'string' ? field : NEW_TASK.field,
    annotation: isObject(annotation) ? unpackList(annotation) : undefined,
    before: itemsOf(before),
    after: itemsOf(after),
    predictions: itemsOf(predictions).map(unpackList),
    unread: itemsOf(unread),
  };
}

/** Whether what is carried is of a text. */
export function isOfText(carried: Plain | undefined, raw: string): boolean {
  return carried === undefined || objectOf(carried).text === quickHash(raw);
}

/** An object without some of its keys. */
export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

export function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
