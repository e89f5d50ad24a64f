import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { isText, itemsOf } from '../shared/json';

/** What stands in a column of which nothing is known. */
const EMPTY = /^(?:(?:-X-|_|-|O)[ \t]*)*$/;

/** Columns between token and tag that say anything (parts of speech, chunks), and comments. */
export function describeConll2003(carried: Plain | undefined, contents: Contents): void {
  const { columns, comments } = objectOf(carried);
  contents.add('row', itemsOf(columns).filter((between) => isText(between) && !EMPTY.test(between)).length);
  contents.add('comment', itemsOf(comments).length);
}
