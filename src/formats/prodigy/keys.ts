import { SpanFields } from '../shared/records/fields';

/** The fields of a span. */
export const FIELDS = new SpanFields({
  suggestedBy: 'source',
  link: 'kb_id',
  own: ['start', 'end', 'label', 'text', 'token_start', 'token_end'],
});

/** What of a relation is no attribute of it. */
export const RELATION_KEYS = ['head', 'child', 'head_span', 'child_span', 'label'];

/** The keys of a task in the order in which they are written where no other is known. */
export const USUAL = ['text', 'meta', '_input_hash', '_task_hash', 'tokens', 'spans', 'relations', 'answer'];
