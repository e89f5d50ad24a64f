import type { Plain } from '../../core/model/entity';
import type { Contents, Thing } from '../shared/carried';
import { isPlainRelation, readSaying, type Saying } from './lines';
import { keyOf } from './saying';

const OF_LINES: Readonly<Record<string, Thing>> = {
  E: 'event',
  '*': 'equivalence',
  R: 'relation',
  A: 'attribute',
  M: 'attribute',
  N: 'link',
  '#': 'note',
};

const isEntity = (id: string) => id.startsWith('T');

/** The lines of a template that the model has no place for: events, equivalences, what is said of those … */
export function describeBrat(template: Plain | undefined, contents: Contents): void {
  // They stand here only if some of them say more than the model knows.
  const { lines } = Object(template) as Record<string, Plain>;
  if (!Array.isArray(lines)) return;
  const said = new Set<string>();
  let titles = 0;
  for (const line of lines as readonly Plain[]) {
    if (typeof line !== 'string' || isEntity(line)) continue;
    const saying = readSaying(line);
    const isKnown = saying ? isEntity(saying.of) && isFirst(saying, said) : isPlainRelation(line);
    const thing = OF_LINES[line.slice(0, 1)];
    if (!isKnown && thing) contents.add(thing);
    if (isKnown && saying?.kind === 'link' && saying.title !== '') titles++;
  }
  // Most are the text of the entity, which is not known here.
  if (contents.isEmpty) contents.add('title', titles);
  if (contents.isEmpty && lines.length > 0) contents.name('lines');
}

/** An entity has one link, one note, and of each attribute one value. */
function isFirst(saying: Saying, said: Set<string>): boolean {
  const key = keyOf(saying);
  if (said.has(key)) return false;
  said.add(key);
  return true;
}
