import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { itemsOf } from '../shared/json';

/** What says of an annotation that it is one, and when it was made, by which program. */
const BOOKS = new Set([
  ...['@context', 'id', 'type', '@type', 'motivation', 'purpose', 'format', 'language'],
  ...['created', 'modified', 'generated', 'generator'],
]);

/** Annotations that are neither entities nor relations, and properties and bodies that the model does not know. */
export function describeAnnotations(carried: Plain | undefined, contents: Contents): void {
  const { usual, annotations, others } = objectOf(carried);
  contents.add('annotation', itemsOf(others).length).nameFields(usual, BOOKS);
  for (const annotation of Object.values(objectOf(annotations))) {
    const { rest, bodies } = objectOf(annotation);
    const { tags, note, link, others: more } = objectOf(objectOf(bodies));
    contents.nameFields(rest, BOOKS);
    for (const body of [...Object.values(objectOf(tags)), note, link])
      contents.nameFields(body, BOOKS, 'body.');
    if (itemsOf(more).length > 0) contents.name('body');
  }
}
