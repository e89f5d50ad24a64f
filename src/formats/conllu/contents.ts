import type { Plain } from '../../core/model/entity';
import { objectOf, type Contents } from '../shared/carried';
import { isText, itemsOf } from '../shared/json';
import { declaredIn } from './kept';
import type { Declared } from './sheet';
import { isOfEntity, tagColumnOf } from './tags';

/** Comments that only say where something begins, or what follows from the tokens. */
const OF_FORM = /^#\s*(?:(?:newdoc|newpar)\b|(?:sent_id|text|global\.\S+)\s*=)/;
const OF_SPACES = new Set(['SpaceAfter', 'SpacesAfter', 'SpacesBefore', 'SpacesInToken']);

/** The columns that say anything but where tokens and entities are, and comments. */
export function describeConllu(carried: Plain | undefined, contents: Contents): void {
  const { lines } = objectOf(carried);
  const declared = declaredIn(carried);
  const names = declared.columns.split(' ');
  for (const line of itemsOf(lines)) {
    if (!isText(line) || line === '') continue;
    if (line.startsWith('#')) {
      if (!OF_FORM.test(line)) contents.add('comment');
      continue;
    }
    line.split('\t').forEach((cell, i) => {
      const name = names[i] ?? '';
      if (cell !== '_' && cell !== '*' && saysMore(name, cell, declared))
        contents.name(name || String(i + 1));
    });
  }
}

function saysMore(column: string, cell: string, declared: Declared): boolean {
  if (column === 'ID' || column === 'FORM' || column === tagColumnOf(declared)) return false;
  const isForm = (pair: string) => OF_SPACES.has(pair.split('=', 1)[0]!) || isOfEntity(pair, declared);
  return column !== 'MISC' || !cell.split('|').every(isForm);
}
