/** What notes of a conversion can say; `src/wording/notes.ts` makes sentences of them. */
export const NOTE_CODES = [
  // What a target cannot hold.
  'place-unknown',
  'discontinuous',
  'overlap',
  'crossing',
  'empty-span',
  'off-token',
  'field',
  'relation',
  'relation-end-missing',
  'carried',
  'carried-outdated',
  'label-name',
  'attribute-name',
  'character',
  // What is wrong in a source.
  'line-malformed',
  'value-malformed',
  'reference-missing',
  'span-outside',
  'text-mismatch',
  'sequence-malformed',
  'duplicate',
  // What was mended.
  'line-joined',
  'span-trimmed',
  'span-moved',
  'off-character',
  'offsets-doubtful',
  'token-cut',
  'span-grouped',
  'answer-not-accepted',
  'text-rebuilt',
  'value-as-text',
  'layer-kept',
  'label-renamed',
  'name-changed',
  'label-added',
  'already-there',
] as const;

export type NoteCode = (typeof NOTE_CODES)[number];
