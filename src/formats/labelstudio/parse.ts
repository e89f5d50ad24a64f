import { compareEntities, type Entity } from '../../core/model/entity';
import { TextIndex } from '../../core/text';
import { IdMaker, type AnnotatedDocument } from '../shared/document';
import { FormatError, optionOf, type Context, type Format, type SourceFile } from '../shared/format';
import { isObject, isText, itemsOf, type JsonObject } from '../shared/json';
import { nameOfFile, DocumentNames } from '../shared/document-names';
import { readValues } from '../shared/records/read';
import { labelConfig, readConfig, type LabelConfig } from './config';
import { isEmpty, NEW_TASK, objectOf, packTask, without, type KeptList, type KeptTask } from './kept';
import { pageOf } from './page';
import { RegionReader, type AddNote, type ReadResults } from './regions';
import {
  annotationsOf,
  chooseAnnotation,
  fieldOfPage,
  fieldOfText,
  fileAt,
  nameOfTask,
  wholeTasks,
  type Task,
} from './task';

/** The documents of a file of tasks. */
export function* parseLabelStudio(
  format: Pick<Format, 'id' | 'title' | 'options'>,
  file: SourceFile,
  context: Context,
): Generator<AnnotatedDocument> {
  const reader = new TaskReader(format, file, context);
  let count = 0;
  for (const task of wholeTasks(objectsOf(file, context))) {
    count++;
    const document = reader.read(task, count);
    if (document) yield document;
  }
  if (count === 0 && !/^\s*\[\s*\]\s*$/.test(file.text()))
    throw new FormatError(
      'file-not-format',
      { file: file.path, line: 1, column: 1 },
      { format: format.title },
    );
}

function* objectsOf(file: SourceFile, context: Context): Generator<Task> {
  const { report } = context;
  for (const { value, line } of readValues(file, context).values) {
    if (isObject(value)) yield { value, line };
    else {
      const values = { source: JSON.stringify(value).slice(0, 200) };
      report.add({ kind: 'invalid', code: 'value-malformed', file: file.path, line, column: 1, values });
    }
  }
}

class TaskReader {
  private readonly names: DocumentNames;
  private readonly config: LabelConfig;
  private readonly annotator: string;
  private readonly field: string;
  /** The field of a page that was read. */
  private pageField: string | undefined;

  constructor(
    format: Pick<Format, 'id' | 'options'>,
    private readonly file: SourceFile,
    private readonly context: Context,
  ) {
    this.names = new DocumentNames(context.report);
    this.config = readConfigBeside(file, context);
    this.annotator = optionOf(format, 'annotator', context.options);
    this.field = optionOf(format, 'text-field', context.options);
  }

  /** @param number of the task in its file, from 1 */
  read({ value: task, line }: Task, number: number): AnnotatedDocument | undefined {
    const { report } = this.context;
    const place = { file: this.file.path, line, column: 1 };
    const data = objectOf(task.data);
    const ofPage = fieldOfPage(task, this.field, this.config, this.pageField);
    this.pageField ??= ofPage;
    const field = ofPage ?? fieldOfText(task, this.field, this.config.fields);
    const said = field === undefined ? undefined : data[field];
    const address = isText(said) ? fileAt(said) : undefined;
    const source = address === undefined ? said : this.file.sibling(address)?.text();
    const page = ofPage === undefined ? undefined : pageOf(source, this.config.textKey);
    const text = page ? page.text : source;
    if (field === undefined || !isText(text)) {
      const values = { id: isText(said) ? said : 'text' };
      report.add({ kind: 'invalid', code: 'reference-missing', ...place, values });
      return undefined;
    }
    const wanted = nameOfTask(task);
    const stem = nameOfFile(this.file.path.slice(this.file.path.lastIndexOf('/') + 1), ['.json']);
    const name = this.names.take(wanted ?? `${stem}-${number}`);
    const note: AddNote = (kind, code, values = {}) =>
      report.add({ kind, code, document: name, label: values.label, ...place, values });
    const index = new TextIndex(text);
    const { fields, pages } = this.config;
    const isOther = (one: string) =>
      (fields.get(one) ?? pages.get(one) ?? (isText(data[one]) ? one : field)) !== field;
    // The text of a page goes back beside it.
    const own = page ? nameBeside(field, data) : field;
    const regions = new RegionReader(name, index, new IdMaker(), note, isOther, page && { page, field: own });
    const kept: KeptTask = {
      ...NEW_TASK,
      task: blank(task, 'data', 'annotations', 'completions', 'predictions'),
      data: page ? { ...data, [own]: null } : address === undefined ? blank(data, field) : data,
      field: own,
    };
    return { name, index, ...this.readLists(task, kept, regions, index.raw, note) };
  }

  private readLists(
    task: JsonObject,
    kept: KeptTask,
    regions: RegionReader,
    raw: string,
    note: AddNote,
  ): Pick<AnnotatedDocument, 'entities' | 'relations' | 'status' | 'carried'> {
    const annotations = annotationsOf(task);
    const chosen = chooseAnnotation(annotations, this.annotator);
    const at = chosen ? annotations.indexOf(chosen) : annotations.length;
    const others = annotations.length - (chosen ? 1 : 0);
    if (others > 0) note('changed', 'annotations-kept', { count: String(others) });
    const reviewed = chosen?.ground_truth === true ? true : undefined;
    const own = chosen && readList(chosen, regions, { reviewed });
    const { status } = objectOf(task.meta);
    // A task that we have written may have both; else an annotation is what became of the predictions.
    const predictions = itemsOf(task.predictions).filter(isObject);
    const isRead = !chosen || status === 'open' || status === 'done';
    const guesses = (isRead ? predictions : []).map((prediction) => {
      const { model_version: model } = prediction;
      return readList(prediction, regions, {
        suggestedBy: isText(model) && model !== '' ? model : 'prediction',
      });
    });
    const lists = own ? [own, ...guesses] : guesses;
    const meta = without(objectOf(task.meta), 'status');
    const isOurs = chosen !== undefined && isRead;
    const rest = isEmpty(meta) ? without(kept.task, 'meta') : { ...kept.task, meta };
    const all = {
      ...kept,
      task: isOurs ? rest : kept.task,
      annotation: own?.kept,
      before: annotations.slice(0, at),
      after: annotations.slice(at + 1),
      predictions: guesses.map((guess) => guess.kept),
      unread: isRead ? [] : predictions,
    };
    const carried = packTask(all, raw);
    return {
      entities: lists.flatMap(({ entities }) => entities).sort(compareEntities),
      relations: lists.flatMap(({ relations }) => relations),
      ...(chosen && { status: status === 'open' ? ('open' as const) : ('done' as const) }),
      carried: carried === undefined ? {} : { labelstudio: carried },
    };
  }
}

function readList(
  list: JsonObject,
  regions: RegionReader,
  fields: Pick<Entity, 'suggestedBy' | 'reviewed'>,
): Omit<ReadResults, 'kept'> & { kept: KeptList } {
  const { entities, relations, kept } = regions.read(itemsOf(list.result), fields);
  return { entities, relations, kept: { head: blank(list, 'result'), results: kept } };
}

/** An object with `null` for those of the keys that it has: they go back to the places where they stood. */
function blank(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, keys.includes(key) ? null : value]),
  );
}

/** A field for the text of a page that has none yet. */
function nameBeside(field: string, data: JsonObject): string {
  let name = 'text';
  while (Object.hasOwn(data, name)) name = name === 'text' ? `${field}_text` : `${name}_`;
  return name;
}

function readConfigBeside(file: SourceFile, { report }: Context): LabelConfig {
  for (const name of labelConfig.names) {
    const source = file.sibling(name);
    if (!source) continue;
    try {
      return readConfig(source.text(), source.path);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const { line, column } = error.place;
      const values = { ...error.values, name };
      report.add({ kind: 'invalid', code: 'value-malformed', file: source.path, line, column, values });
    }
  }
  return { labels: [], fields: new Map(), pages: new Map() };
}
