import type { AnnotatedDocument } from '../shared/document';
import { findDangling, idOf, isWellFormed, readEvent, readRelation, readSaying } from './lines';
import { oneWord } from './saying';
import { expand } from './template';
import { typeName } from './type-names';

/** What a role of events can be filled by, and whether several can at once. */
interface Role {
  readonly fillers: Set<string>;
  isMany: boolean;
}

/** Which kind of annotation a relation or an attribute is about: a macro of brat's configuration. */
type Kind = '<ENTITY>' | '<EVENT>' | '<RELATION>';

/** The kinds of both ends of relations of a label, by their roles: `Arg1 Arg2`. */
export type Relations = Map<string, Ends>;
type Ends = readonly [Set<string>, Set<string>];

/**
 * What documents have that came from brat, and brat must be told of in `annotation.conf` before it shows them
 * without complaint.
 */
export class Schema {
  /** The roles of events by the labels of these. */
  readonly events = new Map<string, Map<string, Role>>();
  /** What is no trigger of an event everywhere. */
  readonly entities = new Set<string>();
  /** By their labels. */
  readonly relations = new Map<string, Relations>();
  readonly equivalences = new Map<string, Set<string>>();
  readonly attributes = new Map<string, { readonly kinds: Set<string>; readonly values: Set<string> }>();

  constructor(facts: Iterable<string>) {
    for (const fact of facts) this.add(JSON.parse(fact) as readonly string[]);
  }

  private add([section, name = '', ...more]: readonly string[]): void {
    const [first = '', second = '', third = '', fourth = ''] = more;
    switch (section) {
      case 'entity':
        this.entities.add(name);
        break;
      case 'event':
        within(this.events, name, () => new Map());
        break;
      case 'role': {
        const roles = within(this.events, name, () => new Map<string, Role>());
        const role = within(roles, first, () => ({ fillers: new Set(), isMany: false }));
        role.fillers.add(second);
        role.isMany ||= third === '*';
        break;
      }
      case 'relation': {
        const all = within(this.relations, name, () => new Map<string, Ends>());
        const ends = within(all, `${first} ${second}`, () => [new Set(), new Set()] as const);
        ends[0].add(third);
        ends[1].add(fourth);
        break;
      }
      case 'equivalence':
        within(this.equivalences, name, () => new Set()).add(first);
        break;
      case 'attribute': {
        const attribute = within(this.attributes, name, () => ({ kinds: new Set(), values: new Set() }));
        attribute.kinds.add(first);
        if (second !== '') attribute.values.add(oneWord(second));
        break;
      }
    }
  }
}

function within<T>(map: Map<string, T>, key: string, make: () => T): T {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

/** What a {@link Schema} is made of, from one document. */
export function factsOf(document: AnnotatedDocument): ReadonlySet<string> {
  const facts = new Set<string>();
  const add = (...words: readonly string[]) => facts.add(JSON.stringify(words));
  const labels = new Map<string, string>();
  for (const { externalId, label, broken } of document.entities)
    if (externalId !== undefined && !broken) labels.set(externalId, label);
  const standing = standingLines(document, (id) => labels.has(id));
  const events = new Map(
    standing.flatMap((line) => {
      const event = readEvent(line);
      return event ? [[idOf(line), event] as const] : [];
    }),
  );
  const triggers = new Set([...events.values()].map(({ trigger }) => trigger));
  for (const { label, externalId = '' } of document.entities)
    if (!triggers.has(externalId)) add('entity', label);
  const labelOf = (id: string) => labels.get(events.get(id)?.trigger ?? id) ?? '';
  for (const { trigger, roles } of events.values()) {
    const label = labels.get(trigger)!;
    add('event', label);
    const counts = new Map<string, number>();
    // Of several in one role, brat numbers those behind the first: `Theme`, `Theme2`.
    const bare = roles.map(([role, id]) => [role.replace(/(?<=.)\d+$/, ''), id] as const);
    for (const [role] of bare) counts.set(role, (counts.get(role) ?? 0) + 1);
    for (const [role, id] of bare)
      if (isName(role)) add('role', label, role, labelOf(id), counts.get(role)! > 1 ? '*' : '?');
  }
  const relations = new Map(document.relations.map((relation) => [relation.externalId, relation]));
  const kindOf = (id: string): Kind =>
    events.has(id) || triggers.has(id) ? '<EVENT>' : relations.has(id) ? '<RELATION>' : '<ENTITY>';
  for (const line of standing) {
    const relation = readRelation(line);
    if (!relation) continue;
    const { id, roles, from, to } = relation;
    const isInModel = from.startsWith('T') && to.startsWith('T');
    const label = isInModel ? relations.get(id)?.label : relation.label;
    if (label !== undefined && roles.every(isName))
      add('relation', label, ...roles, kindOf(from), kindOf(to));
  }
  for (const { attributes = {} } of document.relations)
    for (const [name, value] of Object.entries(attributes))
      add('attribute', name, '<RELATION>', ...(typeof value === 'string' ? [value] : []));
  for (const line of standing) {
    const [, name = '', ids = ''] = /^\*\t(\S+)(.*)$/.exec(line) ?? [];
    if (isName(name)) for (const id of ids.trim().split(/ +/)) add('equivalence', name, kindOf(id));
    const saying = readSaying(line);
    if (saying?.kind !== 'attribute' || !isName(saying.name) || relations.has(saying.of)) continue;
    add('attribute', saying.name, kindOf(saying.of), ...(saying.value === true ? [] : [saying.value]));
  }
  return facts;
}

/** The lines of a template that are written again, if nothing else was changed. */
function standingLines({ carried }: AnnotatedDocument, isThere: (id: string) => boolean): readonly string[] {
  const lines = expand(carried.brat)
    .lines.map((line) => line.trimEnd())
    .filter((line) => !line.startsWith('T') && isWellFormed(line));
  const dangling = findDangling(lines, isThere);
  return lines.filter((_, i) => !dangling.has(i));
}

/** Whether brat's configuration takes a name; what it does not, cannot have been in it. */
function isName(name: string): boolean {
  return name !== '' && typeName(name) === name;
}
