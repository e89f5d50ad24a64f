import type { Format } from '../shared/format';
import { isObject, itemsOf, type Json } from '../shared/json';
import { recordsIn } from '../shared/records/beginning';
import { hasSpans } from '../shared/records/roles';
import { labelConfig } from './config';
import { parseLabelStudio } from './parse';
import { serializeLabelStudio } from './serialize';

/**
 * Label Studio JSON (https://labelstud.io/guide/export#JSON, https://labelstud.io/guide/task_format): an array of
 * tasks, read one by one; also JSON-MIN (https://labelstud.io/guide/export#JSON_MIN), which is written as JSON.
 *
 * Offsets are code points of the task's text as it is (`\r\n` is two): the editor counts so since 1.4
 * (`rangeToGlobalOffset` in its `selection-tools.js`), UTF-16 units before; a region's text tells which. That
 * text has `\n` as two characters and white space as a browser shows it. Regions without a text whose offsets cannot be
 * code points are read in UTF-16 units, which is reported. Of a page (`<HyperText>`) or a dialogue
 * (`<Paragraphs>`) the text is read as it is shown, with the places that regions say by `globalOffsets` or by a path with
 * `startOffset`, where their text agrees; the page is kept beside it. Other places are carried and reported.
 *
 * - A region is an entity, its id the `externalId`; one with several labels is an entity for each. `meta.text`
 *   is the note; the editor keeps what else is in `meta`: `link`, `attributes`, `reviewed`. What controls
 *   (choices, text areas, ratings …) say of a region are attributes by their names, and go back to them.
 * - Of several annotations the ground truth is read, else the first that was not cancelled, or that of the
 *   chosen annotator; the others are carried and reported. A ground truth is reviewed. A task with an
 *   annotation is done.
 * - Predictions are suggestions of their `model_version`. Of a task that a person has annotated they are
 *   carried only, unless we wrote it (`meta.status`).
 * - Of a task with several texts one is read; regions of another (`to_name`) are carried and reported.
 * - Relations have one direction: `left` is turned round, `bi` is an attribute.
 * - What else a task, annotation or region has is carried, and so are results that are not about text.
 *
 * The text is in the field that the labelling configuration beside the file shows, or in `text`; where that is
 * an address, it is read from the file of its name beside. A task is named by `data.article` (or `filename`,
 * `file_name`, `file`), by its upload, or by its id.
 */
export const labelstudio: Format = {
  id: 'labelstudio',
  title: 'Label Studio JSON',
  extensions: ['.json'],
  layout: 'one-file',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: true,
  },
  options: [
    { name: 'annotator', values: [], description: 'Whose annotations to read: a number or an address' },
    { name: 'text-field', values: [], description: 'The field of the data that holds the text' },
  ],
  labelFiles: labelConfig,
  needs: ['"result"|"data"|"annotation_id"'],
  recognizes: (head) => recordsIn(head).some(isTask),
  isCertain: (head) => /^\s*[[{]/.test(head) && /"from_name"\s*:/.test(head) && /"to_name"\s*:/.test(head),
  parse: (file, context) => parseLabelStudio(labelstudio, file, context),
  serialize: (context) => serializeLabelStudio(labelstudio, context),
};

/** Whether it has answers of people or models, or only the data that are to be annotated. */
function isTask(record: Json): boolean {
  if (!isObject(record)) return false;
  const { data, annotations, completions, predictions, annotation_id: id } = record;
  const isAnswer = (item: Json) => isObject(item) && ('result' in item || 'completed_by' in item);
  const hasAnswers = [annotations, completions, predictions].some((list) => itemsOf(list).some(isAnswer));
  return id !== undefined || hasAnswers || (isObject(data) && !hasSpans(record));
}
