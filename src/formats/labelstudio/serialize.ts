import type { Entity } from '../../core/model/entity';
import type { AnnotatedDocument, Relation } from '../shared/document';
import { optionOf, type Format, type Serializer, type WriteContext } from '../shared/format';
import type { Json, JsonObject } from '../shared/json';
import { groupByPlace } from '../shared/groups';
import { fit } from '../shared/limits';
import { offsetsOf, type Offsets } from '../shared/offsets';
import type { Report } from '../shared/report';
import {
  isEmpty,
  isOfText,
  NEW_LIST,
  objectOf,
  unpackTask,
  without,
  type KeptList,
  type KeptTask,
} from './kept';
import { ofAnotherText } from './of-another-text';
import { UNLABELLED, valueKey } from './regions';
import { nameOfTask } from './task';

/** Writes all documents as one array of tasks, a task a line. */
export function serializeLabelStudio(
  format: Pick<Format, 'id' | 'limits' | 'options'>,
  { report, options }: WriteContext,
): Serializer {
  const field = optionOf(format, 'text-field', options);
  let isFirst = true;
  return {
    document(document) {
      const { entities, relations } = fit(document, format, report);
      const task = new TaskWriter(document, report, field).write(entities, relations);
      const content = (isFirst ? '[\n' : ',\n') + JSON.stringify(task);
      isFirst = false;
      return [{ content }];
    },
    end: () => [{ content: isFirst ? '[]\n' : '\n]\n' }],
  };
}

class TaskWriter {
  private readonly kept: KeptTask;
  private readonly offsets: Offsets;

  constructor(
    private readonly document: AnnotatedDocument,
    private readonly report: Report,
    /** The field of the text; where it is empty, the one that it came from. */
    private readonly field: string,
  ) {
    this.kept = this.readKept();
    this.offsets = offsetsOf(document.index, 'python');
  }

  /** What is of another text than the document has now is left out, and reported. */
  private readKept(): KeptTask {
    const { name, index, carried } = this.document;
    const task = unpackTask(carried.labelstudio);
    if (isOfText(carried.labelstudio, index.raw)) return task;
    const { kept, lost } = ofAnotherText(task);
    if (lost.length > 0) {
      const values = { format: 'labelstudio', keys: lost.join(', ') };
      this.report.add({ kind: 'lost', code: 'carried-outdated', document: name, values });
    }
    return kept;
  }

  write(entities: readonly Entity[], relations: readonly Relation[]): JsonObject {
    const { kept } = this;
    const { status } = this.document;
    const models = [...new Set(entities.flatMap(({ suggestedBy }) => suggestedBy ?? []))];
    const tagged = entities.filter(({ suggestedBy }) => suggestedBy === undefined);
    const hasOwn = tagged.length > 0 || kept.annotation !== undefined || status === 'done';
    const own = hasOwn ? [this.list(kept.annotation ?? NEW_LIST, tagged, relations)] : [];
    const annotations = [...kept.before, ...own, ...kept.after];
    const left = [...kept.predictions];
    const predictions = models.map((model) => {
      const at = left.findIndex(({ head }) => (head.model_version ?? 'prediction') === model);
      const [list] = at < 0 ? [] : left.splice(at, 1);
      const guesses = entities.filter(({ suggestedBy }) => suggestedBy === model);
      const { head, results } = list ?? { ...NEW_LIST, head: { model_version: model, result: null } };
      return this.list({ head, results }, guesses, relations);
    });
    predictions.push(...left.map((list) => this.list(list, [], [])), ...(kept.unread as JsonObject[]));
    this.reportSevered(entities, relations);
    const isOpen = hasOwn && (status !== 'done' || models.length > 0);
    const meta = { ...objectOf(kept.task.meta), status: status ?? 'open' };
    const task = {
      ...without(kept.task, 'completions'),
      data: this.data(),
      ...((annotations.length > 0 || 'annotations' in kept.task) && { annotations }),
      ...((predictions.length > 0 || 'predictions' in kept.task) && { predictions }),
      ...(isOpen && { meta }),
    };
    return nameOfTask(task) === this.document.name
      ? task
      : { ...task, data: { ...task.data, article: this.document.name } };
  }

  private data(): JsonObject {
    const { data, field } = this.kept;
    const text = this.document.index.raw;
    if (this.field !== '' && this.field !== field)
      return { ...(data[field] === null ? without(data, field) : data), [this.field]: text };
    // A text that was at an address is there still.
    return typeof data[field] === 'string' ? data : { ...data, [field]: text };
  }

  private list(
    { head, results }: KeptList,
    entities: readonly Entity[],
    relations: readonly Relation[],
  ): JsonObject {
    const groups = groupByPlace(entities);
    const ids = new Map(groups.flatMap(([id, group]) => group.map((entity) => [entity.id, id] as const)));
    const order = new Map(results.order.map((id, i) => [id, i]));
    const rank = (id: string) => order.get(id) ?? results.order.length;
    const isReviewed = head.ground_truth === true;
    const regions = groups
      .sort(([a], [b]) => rank(a) - rank(b))
      .flatMap(([id, group]) => this.region(id, group, results, isReviewed));
    const result = [...regions, ...results.others, ...relate(relations, ids)];
    return { ...head, result };
  }

  /** A region, and what its controls say of it. */
  private region(
    id: string,
    group: readonly [Entity, ...Entity[]],
    { usual, regions, controls }: KeptList['results'],
    isReviewed: boolean,
  ): JsonObject[] {
    const [entity] = group;
    const own = group.find((one) => Object.hasOwn(regions, one.id));
    const extra = own ? objectOf(regions[own.id]) : usual;
    const type = typeof extra.type === 'string' ? extra.type : 'labels';
    const { offsets } = this;
    const [start, end] = [offsets.fromCodePoint(entity.start), offsets.fromCodePoint(entity.end)];
    const { text, note, link, attributes = {} } = entity;
    const order = Array.isArray(extra.labels) ? (extra.labels as Json[]) : [];
    const labels = group.map(({ label }) => label).sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const isControl = (name: string) => Object.hasOwn(controls, name);
    const rest = Object.entries(attributes).filter(([name]) => !isControl(name));
    const reviewed = entity.reviewed ?? false;
    const meta = {
      ...objectOf(extra.meta),
      ...(note !== undefined && { text: [note] }),
      ...(link !== undefined && { link }),
      ...(rest.length > 0 && { attributes: Object.fromEntries(rest) as JsonObject }),
      ...(reviewed !== isReviewed && { reviewed }),
    };
    const region = {
      value: { start, end, text, ...objectOf(extra.value), [valueKey(type)]: labels },
      id,
      ...without(extra, 'meta', 'value', 'labels'),
      ...(!isEmpty(meta) && { meta }),
    };
    const said = Object.entries(attributes).filter(([name]) => isControl(name));
    return [
      region,
      ...said.map(([name, value]) => {
        const control = objectOf(controls[name]);
        return controlResult({ start, end, text, id, from_name: name, control, value: value });
      }),
    ];
  }

  /** A relation is within one list. */
  private reportSevered(entities: readonly Entity[], relations: readonly Relation[]): void {
    const model = new Map(entities.map(({ id, suggestedBy }) => [id, suggestedBy]));
    for (const { from, to, label } of relations) {
      if (model.get(from) === model.get(to)) continue;
      const values = { from, to };
      const { name } = this.document;
      this.report.add({ kind: 'lost', code: 'relation-end-missing', document: name, label, values });
      this.report.relations--;
    }
  }
}

function controlResult({
  start,
  end,
  text,
  id,
  from_name,
  control,
  value,
}: {
  readonly [key in 'start' | 'end']: number;
} & {
  readonly text: string;
  readonly id: string;
  readonly from_name: string;
  readonly control: JsonObject;
  readonly value: Json;
}): JsonObject {
  const type = typeof control.type === 'string' ? control.type : 'textarea';
  const isList = ['choices', 'textarea', 'taxonomy'].includes(type);
  const said = isList && !Array.isArray(value) ? [value] : value;
  return { value: { start, end, text, [valueKey(type)]: said }, id, from_name, ...control };
}

/** Relations as results. The editor takes one of each pair, with all of its labels. */
function relate(relations: readonly Relation[], ids: ReadonlyMap<string, string>): JsonObject[] {
  const pairs = new Map<
    string,
    { from_id: string; to_id: string; type: string; direction: string; labels: string[]; meta?: JsonObject }
  >();
  for (const { from, to, label, attributes = {} } of relations) {
    const [fromId, toId] = [ids.get(from), ids.get(to)];
    if (fromId === undefined || toId === undefined) continue;
    const direction = attributes.direction === 'bi' ? 'bi' : 'right';
    const rest = without(attributes, ...(direction === 'bi' ? ['direction'] : []));
    const key = JSON.stringify([fromId, toId, direction, rest]);
    const pair = pairs.get(key);
    if (pair) pair.labels.push(label);
    else {
      const meta = isEmpty(rest) ? {} : { meta: { attributes: rest } };
      pairs.set(key, { from_id: fromId, to_id: toId, type: 'relation', direction, labels: [label], ...meta });
    }
  }
  return [...pairs.values()].map(({ labels, ...pair }) =>
    labels.length === 1 && labels[0] === UNLABELLED ? pair : { ...pair, labels },
  );
}
