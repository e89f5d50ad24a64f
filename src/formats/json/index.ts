import type { AnnotatedDocument } from '../shared/document';
import type { Format, WriteContext } from '../shared/format';
import type { Json, JsonObject } from '../shared/json';
import { fit } from '../shared/limits';
import { offsetsOf } from '../shared/offsets';
import { recordsIn } from '../shared/records/beginning';
import { inOrder, keptRecord, withName } from '../shared/records/kept';
import { withAt } from '../shared/records/paths';
import { FIELD_OPTIONS, saidOf } from './fields';
import { fromArgilla, isOfArgilla } from './argilla';
import { understand } from './guess';
import { keysOf, writtenFields } from './written-fields';
import { readJson } from './read';

/**
 * JSON of no tool in particular: a text, and a list of spans with offsets and a label, wherever they are and whatever
 * they are called. A record a line, or in a list, or in a list (or an object) within the one value of a file.
 *
 * Spans are objects (`{start, end, label}`, also within other objects, with a length for the end, or with the ends in
 * a list of two), lists (`[start, end, label]` in any order), or lists by their label. Which field is what is said by
 * the options, or guessed by names and by what fits (see `guessFields`), which is told; where it is not certain,
 * nothing is read, and it is asked. So is how offsets are counted: code points of the text as it is, from 0, up to
 * behind the last character, unless the texts of spans prove another way. Numbers may be texts.
 *
 * Whatever else a span has is an attribute (`id` what it is called, `note`, `reviewed`, `suggested_by`), and what
 * else a record has is carried. Other lists in it that look like spans are told. Records of Argilla are read by what
 * they mean, see `fromArgilla`.
 *
 * Written is a record a line, with spans as objects, in the fields that are said, or those of the file that was read.
 */
export const json: Format = {
  id: 'json',
  title: 'JSON with fields of one’s own',
  extensions: ['.jsonl', '.ndjson', '.json'],
  layout: 'one-file',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: false,
  },
  options: [
    ...FIELD_OPTIONS,
    { name: 'annotator', values: [], description: 'Whose annotations to read: a number or an address' },
  ],
  needs: ['"text"|"document"|"sentence"|"content"', '"start|"begin|"offset'],
  recognizes: (head) => {
    const records = recordsIn(head).map((one) => (isOfArgilla(one) ? fromArgilla(one, '').record : one));
    if (records.length === 0) return false;
    const understood = understand(records, records.length === 1, saidOf(json, {}));
    // Where it is not clear what is what, that is told when it is read.
    return !('what' in understood) || understood.what !== 'spans' || understood.found.length > 1;
  },
  parse: (file, context) => readJson(file, json, context),
  serialize: (context) => {
    saidOf(json, context.options);
    return {
      document: (document) => [{ content: `${JSON.stringify(recordOf(document, context))}\n` }],
      end: () => [],
    };
  },
};

function recordOf(document: AnnotatedDocument, { report, options }: WriteContext): JsonObject {
  const kept = keptRecord(document, json.id, report);
  const fields = writtenFields(saidOf(json, options), kept.form);
  const { start, end, label, counting } = fields;
  const { entities } = fit(document, json, report);
  const offsets = offsetsOf(document.index, counting.unit);
  const keys = keysOf([start, end, label, 'text'], fields.link);
  const place = (offset: number) => offsets.fromCodePoint(offset) + counting.base;
  const spans = entities.map((entity): Json => {
    const last = place(entity.end) - (counting.isInclusive ? 1 : 0);
    const parts = { [start]: place(entity.start), [end]: last, [label]: entity.label, text: entity.text };
    const own = Object.entries(parts).reduce<JsonObject>(
      (all, [path, value]) => withAt(all, path, value),
      {},
    );
    return { ...own, ...keys.write(entity) };
  });
  const meta = withName(kept.rest.meta, document, kept);
  const rest = { ...kept.rest, ...(meta !== undefined && { meta }) };
  const whole = withAt(withAt(rest, fields.text, document.index.raw), fields.path, spans);
  return inOrder(whole, kept.keys.length > 0 ? kept.keys : [fields.text, fields.path]);
}
