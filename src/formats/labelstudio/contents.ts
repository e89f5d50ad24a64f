import type { Plain } from '../../core/model/entity';
import { holdsNothing, objectOf, type Contents } from '../shared/carried';
import { itemsOf, type Json } from '../shared/json';

/** How Label Studio keeps its books of tasks, annotations and regions: numbers, times, counts, who was asked. */
const BOOKS: ReadonlySet<string> = new Set([
  ...['id', 'inner_id', 'unique_id', 'import_id', 'project', 'task', 'file_upload', 'overlap', 'is_labeled'],
  ...['created_at', 'updated_at', 'created_ago', 'draft_created_at', 'last_comment_updated_at', 'lead_time'],
  ...['created_by', 'created_username', 'updated_by', 'completed_by', 'last_created_by', 'last_action'],
  ...['total_annotations', 'cancelled_annotations', 'total_predictions', 'result_count', 'comment_count'],
  ...['unresolved_comment_count', 'comment_authors', 'bulk_created', 'was_cancelled', 'ground_truth'],
  ...[
    'parent_annotation',
    'parent_prediction',
    'prediction',
    'model_version',
    'cluster',
    'neighbors',
    'mislabeling',
  ],
  ...['annotations_results', 'annotations_ids', 'predictions_results', 'annotators', 'avg_lead_time'],
  ...['storage_filename', 'allow_skip', 'is_copied_from', 'copied_from', 'propagated_annotations'],
]);
/** What says how a region is shown and with which control it was made; more than one label has an order. */
const OF_REGIONS: ReadonlySet<string> = new Set([
  ...BOOKS,
  ...['from_name', 'to_name', 'type', 'origin', 'labels', 'hidden', 'locked', 'readonly', 'value', 'meta'],
]);
const NAMES = ['article', 'filename', 'file_name', 'file'];

/** Other annotations, predictions and results, and other data of a task. */
export function describeTask(carried: Plain | undefined, contents: Contents): void {
  const { task, data, annotation, before, after, predictions, unread } = objectOf(carried);
  const naming = NAMES.find((name) => !holdsNothing(objectOf(data)[name]));
  contents
    .add('annotation', countLists(before) + countLists(after))
    .add('prediction', countLists(unread))
    .nameFields(task, new Set([...BOOKS, 'meta']))
    .nameFields(objectOf(task).meta, new Set(['status']), 'meta.')
    .nameFields(data, new Set(naming === undefined ? [] : [naming]), 'data.');
  for (const list of [annotation, ...itemsOf(predictions)]) describeList(list, contents);
}

/** Annotations that say anything: one that was skipped, or is empty, says nothing. */
function countLists(lists: Json | undefined): number {
  return itemsOf(lists).filter((list) => itemsOf(objectOf(list).result).length > 0).length;
}

function describeList(list: Json | undefined, contents: Contents): void {
  const { head, results } = objectOf(list);
  const { usual, regions, others } = objectOf(results);
  contents.nameFields(head, BOOKS).add('result', itemsOf(others).length);
  for (const region of [usual, ...Object.values(objectOf(regions))]) {
    const { value, meta } = objectOf(region);
    contents
      .nameFields(region, OF_REGIONS)
      .nameFields(value, OF_REGIONS)
      .nameFields(meta, new Set(), 'meta.');
  }
}
