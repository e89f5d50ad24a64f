import { isObject, isText, itemsOf, type Json, type JsonObject } from '../shared/json';
import type { LabelConfig } from './config';
import { objectOf } from './kept';
import { isDialogue, isOfPage } from './page';
import { isTextRegion } from './values';

/** A task as Label Studio exports it. */
export interface Task {
  readonly value: JsonObject;
  /** Of the file, where it begins. */
  readonly line: number;
}

/** Fields of JSON-MIN that are about the annotation. */
const OF_ANNOTATION = ['annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time'];
const TEXT = 'text';

/**
 * Whole tasks: what is in the short form (JSON-MIN: fields of the data and results by the names of their
 * controls, one record an annotation) is put into the long one.
 */
export function* wholeTasks(records: Iterable<Task>): Generator<Task> {
  let open: { task: Task; key: string } | undefined;
  for (const { value, line } of records) {
    const isWhole = ['data', 'annotations', 'completions', 'predictions'].some(
      (key) => isObject(value[key]) || Array.isArray(value[key]),
    );
    const task = isWhole ? { value, line } : { value: fromMin(value), line };
    const key = isWhole || value.id === undefined ? '' : JSON.stringify([value.id, task.value.data]);
    if (open && key !== '' && open.key === key) {
      const annotations = [...itemsOf(open.task.value.annotations), ...itemsOf(task.value.annotations)];
      open = { key, task: { line: open.task.line, value: { ...open.task.value, annotations } } };
      continue;
    }
    if (open) yield open.task;
    open = { task, key };
  }
  if (open) yield open.task;
}

function fromMin(record: JsonObject): JsonObject {
  const data: [string, Json][] = [];
  const result: JsonObject[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined || name === 'id' || OF_ANNOTATION.includes(name)) continue;
    const items = itemsOf(value);
    const isResult =
      items.length > 0 && items.every((item) => isObject(item) && typeOfMin(item) !== undefined);
    if (!isResult) data.push([name, value]);
    else
      for (const item of items as readonly JsonObject[])
        result.push({ value: item, from_name: name, to_name: TEXT, type: typeOfMin(item)! });
  }
  const { id, annotator, annotation_id: annotationId, created_at: created, updated_at: updated } = record;
  const head = { id: annotationId, completed_by: annotator, created_at: created, updated_at: updated };
  const known = Object.entries(head).filter(([, value]) => value !== undefined);
  const hasAnnotation = result.length > 0 || annotationId !== undefined;
  return {
    ...(id !== undefined && { id }),
    data: Object.fromEntries(data),
    ...(hasAnnotation && { annotations: [{ ...Object.fromEntries(known), result }] }),
  };
}

/** The type of a result in the short form, which its value tells: `{start, end, text, labels: […]}`. */
function typeOfMin(value: JsonObject): string | undefined {
  return Object.keys(value).find((key) => key.endsWith('labels') && Array.isArray(value[key]));
}

/** The annotations of a task, in whichever version's form. */
export function annotationsOf({ annotations, completions }: JsonObject): readonly JsonObject[] {
  return itemsOf(annotations ?? completions).filter(isObject);
}

/** Whose an annotation is, by number, name or address. */
function annotatorOf({ completed_by: by }: JsonObject): readonly string[] {
  const values = isObject(by) ? [by.id, by.email, by.username] : [by];
  return values.flatMap((value) => (isText(value) || typeof value === 'number' ? [String(value)] : []));
}

/**
 * The annotation that counts: the given annotator's, else the ground truth, else the first; none that was
 * cancelled (skipped).
 */
export function chooseAnnotation(
  annotations: readonly JsonObject[],
  annotator: string,
): JsonObject | undefined {
  const active = annotations.filter((one) => one.was_cancelled !== true && one.skipped !== true);
  if (annotator !== '') return active.find((one) => annotatorOf(one).includes(annotator));
  return active.find((one) => one.ground_truth === true) ?? active[0];
}

/**
 * The field of a task's data that holds its text: the given one, the one that a `<Text>` of the labelling
 * configuration shows, `text`, else the only text there is, else the longest.
 */
export function fieldOfText(
  task: JsonObject,
  given: string,
  shown: ReadonlyMap<string, string>,
): string | undefined {
  const data = objectOf(task.data);
  if (given !== '') return isText(data[given]) ? given : undefined;
  for (const field of [...shown.values(), TEXT]) if (isText(data[field])) return field;
  const texts = Object.entries(data).filter((entry): entry is [string, string] => isText(entry[1]));
  return texts.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/**
 * The field of a task's data that is a page (see `pageOf`): the one of which its results have places in a page, or, of a
 * task without such, what the configuration shows as one, or what another task had.
 */
export function fieldOfPage(
  task: JsonObject,
  given: string,
  { fields, pages, textKey }: Pick<LabelConfig, 'fields' | 'pages' | 'textKey'>,
  known: string | undefined,
): string | undefined {
  const data = objectOf(task.data);
  const lists = [...annotationsOf(task), ...itemsOf(task.predictions).filter(isObject)];
  const regions = lists
    .flatMap(({ result }) => itemsOf(result))
    .filter((result): result is JsonObject => isObject(result) && isTextRegion(result));
  // What has offsets of its text is none.
  const isOfText = ({ to_name: name }: JsonObject) =>
    regions.some((other) => other.to_name === name && !isOfPage(other.value));
  const placed = regions.find((region) => isOfPage(region.value) && !isOfText(region));
  const shown = isText(placed?.to_name) ? placed.to_name : '';
  const others = placed
    ? [pages.get(shown), shown, ...pages.values()]
    : fields.size === 0
      ? pages.values()
      : [];
  const isPage = (field: string | undefined) =>
    field !== undefined && (isText(data[field]) || isDialogue(data[field], textKey));
  const usual =
    [...others, known].find(isPage) ??
    (placed && Object.keys(data).find((field) => isMarkup(data[field], textKey)));
  return given === '' || given === usual ? usual : undefined;
}

function isMarkup(value: Json | undefined, textKey: string | undefined): boolean {
  return isText(value) ? /<\w+[^<>]*>/.test(value) : isDialogue(value, textKey);
}

/** The name of a file at an address, where a text is one and no text to annotate. */
export function fileAt(text: string): string | undefined {
  if (!/^(?:(?:https?|s3|gs|azure-blob):\/\/|\/data\/)\S+$/.test(text)) return undefined;
  const name = /[^/\\=?#]+$/.exec(text.replace(/[?#](?!d=).*$/, ''))?.[0] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What a task is called: as we have written it, as files are usually named in data, by its upload or number. */
export function nameOfTask(task: JsonObject): string | undefined {
  const data = objectOf(task.data);
  const named = [data.article, data.filename, data.file_name, data.file].find(
    (value) => isText(value) && value.trim() !== '' && value.length < 300,
  );
  if (isText(named)) return named.replace(/\.txt$/i, '');
  // Uploads are named by eight random digits and the file's name; any other file than a text holds many tasks.
  const [, uploaded] =
    /^(?:[\da-f]{8}-)?(.+)\.txt$/i.exec(isText(task.file_upload) ? task.file_upload : '') ?? [];
  if (uploaded !== undefined) return uploaded;
  const { id } = task;
  return (isText(id) && id !== '') || typeof id === 'number' ? `task-${id}` : undefined;
}
