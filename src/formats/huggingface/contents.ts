import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { itemsOf } from '../shared/json';

const BOOKS: ReadonlySet<string> = new Set();

/** Columns that this program does not know. */
export function describeHuggingface(carried: Plain | undefined, contents: Contents): void {
  for (const record of itemsOf(objectOf(carried).rest)) contents.nameFields(record, BOOKS);
}
