import { hexOfCssColor } from '../../core/css-color';
import type { Label } from '../../core/labels';
import type { Context, LabelFiles, LabelSpec, Occurring, WrittenNames } from '../shared/format';
import type { Report } from '../shared/report';
import { oneWord } from './saying';
import { factsOf, Schema, type Relations } from './schema';
import { namesOfTypes } from './type-names';

const ANNOTATION = 'annotation.conf';
const VISUAL = 'visual.conf';
const SHORTCUTS = 'kb_shortcuts.conf';
const TOOLS = 'tools.conf';

/**
 * The configuration of a brat collection (https://brat.nlplab.org/configuration.html). Labels are the types of
 * entities and of events, as both are text-bound annotations, in their order; those that cannot be chosen (`!`)
 * only group others. The first text that brat shows for a type (`[labels]` of `visual.conf`) is its
 * description, `bgColor` (`[drawing]`) its colour, and a key of `kb_shortcuts.conf` its key. What corpora have no
 * place for is reported by section: which type is above another, roles of events, relations, attributes,
 * abbreviations, how else things are drawn, second keys, options, tools.
 */
export const configuration: LabelFiles = {
  names: [ANNOTATION, VISUAL, SHORTCUTS, TOOLS],
  parse: readConfiguration,
  factsOf,
  serialize: (labels, { report }, occurring, written) => {
    const known = labels.map(({ name }) => name);
    const names = written ?? namesOfTypes(report, known);
    return [
      { path: ANNOTATION, content: writeAnnotation(labels, names, occurring) },
      { path: VISUAL, content: writeVisual(labels, names.labels) },
      { path: SHORTCUTS, content: writeShortcuts(labels, names.labels) },
    ];
  },
};

interface ConfigLine {
  readonly section: string;
  readonly source: string;
  readonly line: number;
}

/** What stands in sections, without comments, separators (`----`) and macros (`<NAME>=…`). */
function* linesOf(source: string): Generator<ConfigLine> {
  let section = '';
  let line = 0;
  for (const text of source.split(/\r\n|[\r\n]/)) {
    line++;
    const name = /^\s*\[(.*)\]\s*$/.exec(text)?.[1];
    if (name !== undefined) section = name;
    else if (text.trim() !== '' && !/^\s*(?:#|-+\s*$|<[^>]*>=)/.test(text))
      yield { section, source: text, line };
  }
}

function readConfiguration(sources: ReadonlyMap<string, string>, { report }: Context): readonly LabelSpec[] {
  const types = new Set<string>();
  const unplaced = new Unplaced(report, ANNOTATION);
  for (const { section, source, line } of linesOf(sources.get(ANNOTATION) ?? '')) {
    const [, indent = '', first = '', roles = ''] = /^(\s*)(\S+)\s*(.*)$/.exec(source) ?? [];
    const term = first.split('|')[0]!;
    if (section === 'entities' || section === 'events') {
      if (/^!?$/.test(term)) {
        malformed(report, ANNOTATION, line, source);
        continue;
      }
      if (!term.startsWith('!')) types.add(term);
      // It is below another type, has other names, groups others, or is an event with roles.
      if (indent !== '' || term !== first || term.startsWith('!') || roles !== '') unplaced.add(section);
    } else if (!term.startsWith('<')) unplaced.add(section);
  }
  unplaced.tell();
  const { descriptions, colors } = readVisual(sources.get(VISUAL) ?? '', types, report);
  const keys = readShortcuts(sources.get(SHORTCUTS) ?? '', types, report);
  const tools = new Unplaced(report, TOOLS);
  for (const { section } of linesOf(sources.get(TOOLS) ?? '')) tools.add(section);
  tools.tell();
  return [...types].map((name) => {
    const [key, color, description] = [keys.get(name), colors.get(name), descriptions.get(name)];
    return {
      name,
      ...(key !== undefined && { key }),
      ...(color !== undefined && { color }),
      ...(description !== undefined && { description }),
    };
  });
}

/** Counts the lines of a file whose meaning has no place in a corpus, by section. */
class Unplaced {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly report: Report,
    private readonly file: string,
  ) {}

  add(section: string): void {
    this.counts.set(section, (this.counts.get(section) ?? 0) + 1);
  }

  tell(): void {
    for (const [section, count] of this.counts) {
      const values = { section, count: String(count) };
      this.report.add({ kind: 'lost', code: 'config-section', file: this.file, values });
    }
  }
}

function readVisual(source: string, types: ReadonlySet<string>, report: Report) {
  const descriptions = new Map<string, string>();
  const colors = new Map<string, string>();
  const unplaced = new Unplaced(report, VISUAL);
  for (const { section, source: text, line } of linesOf(source)) {
    if (section === 'labels') {
      const [type = '', ...texts] = text.split('\t').find(Boolean)!.split('|').map(withoutEdges);
      // Mostly the type again, as people write it: that describes nothing.
      const says = (shown: string) => shown !== '' && shown.replaceAll(' ', '_') !== type;
      const [shown = '', ...shorter] = texts;
      const isFirst = !descriptions.has(type);
      if (says(shown) && isFirst) descriptions.set(type, shown);
      if (shorter.some(says) || (says(shown) && (!types.has(type) || !isFirst))) unplaced.add(section);
    } else if (section === 'drawing') {
      const [, type = '', values = ''] = /^\s*(\S+)\s*(.*)$/.exec(text) ?? [];
      const css = BACKGROUND.exec(values)?.[1];
      const color = css === undefined ? undefined : hexOfCssColor(css);
      const other = colors.get(type);
      if (color !== undefined) colors.set(type, color);
      else if (css !== undefined) malformed(report, VISUAL, line, css.trim());
      const isAll =
        types.has(type) &&
        values.replace(BACKGROUND, '').trim() === '' &&
        (other === undefined || color === undefined || other === color);
      if (!isAll && !DEFAULT_DRAWING.includes(text)) unplaced.add(section);
    } else unplaced.add(section);
  }
  unplaced.tell();
  return { descriptions, colors };
}

const BACKGROUND = /(?:^|,)\s*bgColor:\s*((?:\([^)]*\)|[^,(])+)/;

/** What is written for all types, as brat wants it. */
const DEFAULT_DRAWING: readonly string[] = [
  'SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken',
  'ARC_DEFAULT\tcolor:black, arrowHead:triangle-5',
];

function withoutEdges(text: string): string {
  return text.trim().replace(/^!/, '');
}

/** The first key of each label. Those of others, and what is none of ours, are reported. */
function readShortcuts(
  source: string,
  types: ReadonlySet<string>,
  report: Report,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Map<string, string>();
  const unplaced = new Unplaced(report, SHORTCUTS);
  for (const { section, source: text, line } of linesOf(source)) {
    const [, named, type] = /^\s*(\S)\s+(\S+)\s*$/.exec(text) ?? [];
    const key = named?.toLowerCase();
    if (key === undefined || type === undefined) malformed(report, SHORTCUTS, line, text);
    else if (types.has(type) && /^[a-z0-9]$/.test(key) && !keys.has(type) && !taken.has(key)) {
      keys.set(type, key);
      taken.set(key, type);
    } else if (keys.get(type) !== key) unplaced.add(section);
  }
  unplaced.tell();
  return keys;
}

function malformed(report: Report, file: string, line: number, source: string): void {
  const code = 'line-malformed';
  report.add({ kind: 'invalid', code, file, line, column: 1, values: { source: source.slice(0, 200) } });
}

function writeAnnotation(
  labels: readonly Label[],
  names: WrittenNames,
  { relations = [], attributes = new Map(), facts = [] }: Occurring = {},
): string {
  const schema = new Schema(facts);
  const section = (name: string, lines: Iterable<string>) => [`[${name}]`, ...lines, ''];
  const entities = labels.filter(({ name }) => schema.entities.has(name) || !schema.events.has(name));
  const entityLines = entities.map(({ name }) => names.labels.of(name));
  const anyEnds: Relations = new Map([['Arg1 Arg2', [new Set(['<ENTITY>']), new Set(['<ENTITY>'])]]]);
  const relationLines = Array.from(union(relations, schema.relations.keys()), (label) =>
    Array.from(schema.relations.get(label) ?? anyEnds, ([roles, ends]) => {
      const said = roles.split(' ').map((role, i) => `${role}:${oneOf(ends[i]!)}`);
      return `${names.relations.of(label)}\t${said.join(', ')}`;
    }),
  );
  const equivalenceLines = Array.from(schema.equivalences, ([name, kinds]) => {
    const kind = oneOf(kinds);
    return `${name}\tArg1:${kind}, Arg2:${kind}, <REL-TYPE>:symmetric-transitive`;
  });
  const eventLines = Array.from(schema.events, ([label, roles]) => {
    // That a role was filled each time does not say that it must be.
    const said = Array.from(roles, ([role, { fillers, isMany }]) => {
      const types = Array.from(fillers, (filler) => names.labels.of(filler));
      return `${role}${isMany ? '*' : '?'}:${oneOf(types)}`;
    });
    return said.length > 0 ? `${names.labels.of(label)}\t${said.join(', ')}` : names.labels.of(label);
  });
  const attributeLines = Array.from(union(attributes.keys(), schema.attributes.keys()), (name) => {
    const { kinds = [], values = [] } = schema.attributes.get(name) ?? {};
    const ofEntities = attributes.get(name);
    const all = union((ofEntities ?? []).map(oneWord), values);
    const choice = all.size > 0 ? `, Value:${oneOf(all)}` : '';
    return `${names.attributes.of(name)}\tArg:${oneOf(union(ofEntities ? ['<ENTITY>'] : [], kinds))}${choice}`;
  });
  return [
    ...section('entities', entityLines),
    ...section('relations', [
      // Without it, brat takes no two entities that share characters.
      '<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>',
      ...relationLines.flat(),
      ...equivalenceLines,
    ]),
    ...section('events', eventLines),
    ...section('attributes', attributeLines),
  ].join('\n');
}

function union(one: Iterable<string>, other: Iterable<string>): ReadonlySet<string> {
  return new Set([...one, ...other]);
}

function oneOf(terms: Iterable<string>): string {
  return [...terms].join('|');
}

function writeVisual(labels: readonly Label[], names: WrittenNames['labels']): string {
  const shown = labels.map(({ name, description }) => {
    const type = names.of(name);
    // brat shows the first text that has room, so the type's name is for mentions.
    const text = description?.replace(/\s+/g, ' ').replaceAll('|', '/').trim().replace(/^!+/, '');
    return text ? `${type} | ${text} | ${type}` : `${type} | ${type}`;
  });
  const drawn = labels.map(({ name, color }) => `${names.of(name)}\tbgColor:${color}`);
  return ['[labels]', ...shown, '', '[drawing]', ...DEFAULT_DRAWING, ...drawn, ''].join('\n');
}

function writeShortcuts(labels: readonly Label[], names: WrittenNames['labels']): string {
  return labels
    .filter(({ key }) => key !== undefined)
    .map(({ name, key }) => `${key!.toUpperCase()}\t${names.of(name)}\n`)
    .join('');
}
