import type { Plain } from '../../../core/model/entity';
import { countOf, holdsNothing, objectOf, type Contents } from '../carried';
import { isObject, isText, itemsOf, type Json } from '../json';

/**
 * How tools keep their books: numbers and hashes of records, who was asked, when, and how. Sentences and tokens are
 * how a text was cut.
 */
const BOOKS: ReadonlySet<string> = new Set([
  'id',
  'user',
  'sents',
  ...['_input_hash', '_task_hash', '_session_id', '_annotator_id', '_view_id', '_timestamp', '_is_binary'],
]);
/** Of a token: where it is, and how Prodigy shows it. */
const OF_TOKENS: ReadonlySet<string> = new Set(['id', 'text', 'start', 'end', 'ws', 'disabled', 'style']);
/** What may have named the document. */
const NAMES = ['source', 'filename', 'file', 'name'];
const OWN_PLACE = new Set(['meta', '_', 'tokens', 'spans', 'relations', 'comments', 'Comments', 'filename']);

/** What a record of spaCy, Prodigy or doccano holds besides its text and entities. */
export function describeRecord(carried: Plain | undefined, contents: Contents): void {
  const { rest } = objectOf(carried);
  const { tokens, spans, relations, comments, Comments } = objectOf(rest);
  contents
    .add('comment', countOf(comments) + countOf(Comments))
    .add('relation', countOf(relations))
    .nameFields(rest, new Set([...BOOKS, ...OWN_PLACE]));
  nameMeta(objectOf(rest), contents);
  if (isObject(spans))
    contents.add('group', Object.values(spans).filter((group) => !holdsNothing(group)).length);
  else contents.add('annotation', countOf(spans));
  for (const columns of Array.isArray(tokens) ? itemsOf(tokens) : [tokens])
    contents.nameFields(columns, OF_TOKENS, 'tokens.');
}

/** What is said of a document, but for its name. */
function nameMeta(
  { meta, _: custom, filename }: { readonly [key: string]: Json | undefined },
  contents: Contents,
) {
  if (!isObject(meta) && !holdsNothing(meta)) contents.name('meta');
  const said = objectOf(isObject(meta) ? meta : custom);
  const naming = NAMES.find((key) => isText(said[key]) && said[key].trim() !== '');
  const books = new Set([...BOOKS, ...(naming === undefined ? [] : [naming])]);
  if (isObject(meta)) contents.nameFields(meta, books, 'meta.').nameFields(custom, BOOKS, '_.');
  else contents.nameFields(custom, books, '_.');
  if (naming !== undefined && !holdsNothing(filename)) contents.name('filename');
}
