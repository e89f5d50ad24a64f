import type { Plain } from '../../../entity';
import { objectOf, type Contents } from '../../carried';
import { isText, itemsOf } from '../../json';
import { ENTITY_KEYS, isTagColumn } from './mentions';
import { CONLLU_COLUMNS } from './sheet';

/** Comments that only say where something begins, or what follows from the tokens. */
const OF_FORM = /^#\s*(?:(?:newdoc|newpar)\b|(?:sent_id|text|global\.\S+)\s*=)/;
const MISC_KEYS = new Set([
  ...['SpaceAfter', 'SpacesAfter', 'SpacesBefore', 'SpacesInToken'],
  ...ENTITY_KEYS,
]);

/** The columns that say anything but where tokens and entities are, and comments. */
export function describeConllu(carried: Plain | undefined, contents: Contents): void {
  const { lines, columns } = objectOf(carried);
  const names = (isText(columns) ? columns : CONLLU_COLUMNS).split(' ');
  for (const line of itemsOf(lines)) {
    if (!isText(line) || line === '') continue;
    if (line.startsWith('#')) {
      if (!OF_FORM.test(line)) contents.add('comment');
      continue;
    }
    line.split('\t').forEach((cell, i) => {
      const name = names[i] ?? '';
      if (cell !== '_' && cell !== '*' && saysMore(name, cell)) contents.name(name || String(i + 1));
    });
  }
}

function saysMore(column: string, cell: string): boolean {
  if (column === 'ID' || column === 'FORM' || isTagColumn(column)) return false;
  return column !== 'MISC' || cell.split('|').some((pair) => !MISC_KEYS.has(pair.split('=', 1)[0]!));
}
