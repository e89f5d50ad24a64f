import type { Plain } from '../../../entity';
import type { Contents, Thing } from '../../carried';
import { readRelation, readSaying, type Saying } from './lines';

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
  const { lines } = Object(template) as Record<string, Plain>;
  const said = new Set<string>();
  for (const line of Array.isArray(lines) ? (lines as readonly Plain[]) : []) {
    if (typeof line !== 'string' || isEntity(line)) continue;
    const relation = readRelation(line);
    const saying = readSaying(line);
    const isKnown = relation
      ? isEntity(relation.from) && isEntity(relation.to)
      : saying && isEntity(saying.of) && isFirst(saying, said);
    const thing = OF_LINES[line.slice(0, 1)];
    if (!isKnown && thing) contents.add(thing);
  }
}

/** An entity has one link and one note. */
function isFirst(saying: Saying, said: Set<string>): boolean {
  const key = `${saying.kind} ${saying.of} ${saying.kind === 'attribute' ? saying.name : ''}`;
  if (said.has(key)) return false;
  said.add(key);
  return true;
}
