import { optionOf, type Format } from '../shared/format';
import { OFFSETS } from '../shared/records/recount';
import { areSpans } from '../shared/records/spans';
import { TOKENIZERS, type Tokenizer } from '../shared/tokens';
import { parseProdigy } from './parse';
import { taskOf } from './serialize';

/**
 * Tasks of Prodigy, one a line (https://prodi.gy/docs/api-interfaces: `ner_manual`, `spans_manual`,
 * `relations`). Offsets are Python's: code points, `\r\n` two (a task whose offsets cannot be such, but UTF-16 units,
 * is read so, which is reported); `token_start` and `token_end` are tokens, both
 * included.
 *
 * - `answer`: `accept` is an article that is done. The spans of a task that was rejected or ignored are no
 *   entities; they are carried, and that is reported.
 * - `spans`: `source`, the model that found one, is who suggested it (and accepted with the task); `kb_id`
 *   links, `id` is what it is called; any further key is an attribute.
 * - `relations`: from `head_span` to `child_span`. Those of tokens that are no entities are carried.
 * - `meta.source` (or `id`, `filename`) names the document.
 * - Hashes and tokens go back as they came while the text is the same: they are made of it.
 */
export const prodigy: Format = {
  id: 'prodigy',
  title: 'Prodigy JSONL',
  extensions: ['.jsonl'],
  layout: 'one-file',
  limits: {
    overlap: 'any',
    discontinuous: false,
    fields: ['reviewed', 'suggestedBy', 'note', 'link', 'attributes', 'externalId'],
    relations: true,
  },
  options: [
    OFFSETS,
    {
      name: 'tokenizer',
      values: [...TOKENIZERS, 'none'],
      description: 'how text is cut into tokens, where a document has none; `none` leaves that to Prodigy',
    },
  ],
  needs: ['"text"', '"_input_hash"|"_task_hash"|"token_start"|"_view_id"|"answer"'],
  recognizes: (head) =>
    /"text"\s*:\s*"/.test(head) &&
    /"(?:_input_hash|_task_hash|token_start|_view_id)"\s*:|"answer"\s*:\s*"(?:accept|reject|ignore)"/.test(
      head,
    ),
  isCertain: (head) => prodigy.recognizes(head, '') || areSpans(head),
  parse: (file, context) => {
    optionOf(prodigy, 'offsets', context.options);
    return parseProdigy(prodigy, file, context);
  },
  serialize: (context) => {
    const tokenizer = optionOf(prodigy, 'tokenizer', context.options) as Tokenizer | 'none';
    return {
      document: (document) => [
        { content: `${JSON.stringify(taskOf(prodigy, document, tokenizer, context))}\n` },
      ],
      end: () => [],
    };
  },
};
