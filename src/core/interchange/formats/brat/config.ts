import { hexOfCssColor } from '../../../css-color';
import type { Label } from '../../../labels';
import type { Context, LabelFiles, LabelSpec, Occurring } from '../../format';
import type { Report } from '../../report';
import { CleanNames } from '../../clean-names';
import { oneWord } from './saying';
import { typeName } from './type-names';

const ANNOTATION = 'annotation.conf';
const VISUAL = 'visual.conf';
const SHORTCUTS = 'kb_shortcuts.conf';

/**
 * The configuration of a brat collection (https://brat.nlplab.org/configuration.html). Labels are the types of
 * entities and of events, as both are text-bound annotations, in their order; those that cannot be chosen (`!`)
 * only group others. The first text that brat shows for a type (`[labels]` of `visual.conf`) is its
 * description, `bgColor` (`[drawing]`) its colour, and a key of `kb_shortcuts.conf` its key. What corpora have no
 * place for is reported by section: which type is above another, roles of events, relations, attributes,
 * abbreviations, how else things are drawn, options.
 */
export const configuration: LabelFiles = {
  names: [ANNOTATION, VISUAL, SHORTCUTS],
  parse: readConfiguration,
  serialize: (labels, { report }, occurring) => {
    const names = new CleanNames(
      report,
      typeName,
      labels.map(({ name }) => name),
    );
    return [
      { path: ANNOTATION, content: writeAnnotation(labels, names, report, occurring) },
      { path: VISUAL, content: writeVisual(labels, names) },
      { path: SHORTCUTS, content: writeShortcuts(labels, names) },
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
      // It is below another type, groups others, or is an event with roles.
      if (indent !== '' || term.startsWith('!') || roles !== '') unplaced.add(section);
    } else if (!term.startsWith('<')) unplaced.add(section);
  }
  unplaced.tell();
  const { descriptions, colors } = readVisual(sources.get(VISUAL) ?? '', types, report);
  const keys = readShortcuts(sources.get(SHORTCUTS) ?? '', report);
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
      if (says(shown) && !descriptions.has(type)) descriptions.set(type, shown);
      if (shorter.some(says) || (says(shown) && !types.has(type))) unplaced.add(section);
    } else if (section === 'drawing') {
      const [, type = '', values = ''] = /^\s*(\S+)\s*(.*)$/.exec(text) ?? [];
      const css = BACKGROUND.exec(values)?.[1];
      const color = css === undefined ? undefined : hexOfCssColor(css);
      if (color !== undefined) colors.set(type, color);
      else if (css !== undefined) malformed(report, VISUAL, line, css.trim());
      const isAll = types.has(type) && values.replace(BACKGROUND, '').trim() === '';
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

function readShortcuts(source: string, report: Report): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { source: text, line } of linesOf(source)) {
    const [, key, type] = /^\s*(\S)\s+(\S+)\s*$/.exec(text) ?? [];
    if (key === undefined || type === undefined) malformed(report, SHORTCUTS, line, text);
    else if (!keys.has(type)) keys.set(type, key.toLowerCase());
  }
  return keys;
}

function malformed(report: Report, file: string, line: number, source: string): void {
  const code = 'line-malformed';
  report.add({ kind: 'invalid', code, file, line, column: 1, values: { source: source.slice(0, 200) } });
}

function writeAnnotation(
  labels: readonly Label[],
  names: CleanNames,
  report: Report,
  { relations = [], attributes = new Map() }: Occurring = {},
): string {
  const relationNames = new CleanNames(report, typeName, relations);
  const attributeNames = new CleanNames(report, typeName, [...attributes.keys()], 'attribute-name');
  const section = (name: string, lines: readonly string[]) => [`[${name}]`, ...lines, ''];
  return [
    ...section(
      'entities',
      labels.map(({ name }) => names.of(name)),
    ),
    ...section('relations', [
      // Without it, brat takes no two entities that share characters.
      '<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>',
      ...relations.map((name) => `${relationNames.of(name)}\tArg1:<ENTITY>, Arg2:<ENTITY>`),
    ]),
    ...section('events', []),
    ...section(
      'attributes',
      [...attributes].map(([name, values]) => {
        const choice = values.length > 0 ? `, Value:${values.map(oneWord).join('|')}` : '';
        return `${attributeNames.of(name)}\tArg:<ENTITY>${choice}`;
      }),
    ),
  ].join('\n');
}

function writeVisual(labels: readonly Label[], names: CleanNames): string {
  const shown = labels.map(({ name, description }) => {
    const type = names.of(name);
    // brat shows the first text that has room, so the type's name is for mentions.
    const text = description?.replace(/\s+/g, ' ').replaceAll('|', '/').trim().replace(/^!+/, '');
    return text ? `${type} | ${text} | ${type}` : `${type} | ${type}`;
  });
  const drawn = labels.map(({ name, color }) => `${names.of(name)}\tbgColor:${color}`);
  return ['[labels]', ...shown, '', '[drawing]', ...DEFAULT_DRAWING, ...drawn, ''].join('\n');
}

function writeShortcuts(labels: readonly Label[], names: CleanNames): string {
  return labels
    .filter(({ key }) => key !== undefined)
    .map(({ name, key }) => `${key!.toUpperCase()}\t${names.of(name)}\n`)
    .join('');
}
