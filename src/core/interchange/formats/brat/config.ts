import { hexOfCssColor } from '../../../css-color';
import type { Label } from '../../../labels';
import type { Context, LabelFiles, LabelSpec, Occurring } from '../../format';
import type { Report } from '../../report';
import { TypeNames } from './type-names';

const ANNOTATION = 'annotation.conf';
const VISUAL = 'visual.conf';
const SHORTCUTS = 'kb_shortcuts.conf';

/**
 * The configuration of a brat collection (https://brat.nlplab.org/configuration.html). Labels are the types of
 * entities and of events, as both are text-bound annotations, in their order; those that cannot be chosen (`!`)
 * only group others. The first text that brat shows for a type (`[labels]` of `visual.conf`) is its
 * description, `bgColor` (`[drawing]`) its colour, and a key of `kb_shortcuts.conf` its key. What corpora have no
 * place for, relations and attributes, is reported by section.
 */
export const configuration: LabelFiles = {
  names: [ANNOTATION, VISUAL, SHORTCUTS],
  parse: readConfiguration,
  serialize: (labels, { report }, occurring) => {
    const names = new TypeNames(
      report,
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
  const unplaced = new Map<string, number>();
  for (const { section, source, line } of linesOf(sources.get(ANNOTATION) ?? '')) {
    const term = /\S+/.exec(source)?.[0].split('|')[0] ?? '';
    if (section === 'entities' || section === 'events') {
      if (/^!?$/.test(term)) malformed(report, ANNOTATION, line, source);
      else if (!term.startsWith('!')) types.add(term);
    } else if (!term.startsWith('<')) unplaced.set(section, (unplaced.get(section) ?? 0) + 1);
  }
  for (const [section, count] of unplaced)
    report.add({
      kind: 'lost',
      code: 'config-section',
      file: ANNOTATION,
      values: { section, count: String(count) },
    });
  const { descriptions, colors } = readVisual(sources.get(VISUAL) ?? '', report);
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

function readVisual(source: string, report: Report) {
  const descriptions = new Map<string, string>();
  const colors = new Map<string, string>();
  for (const { section, source: text, line } of linesOf(source)) {
    if (section === 'labels') {
      const [type = '', shown = ''] = text.split('\t').find(Boolean)!.split('|').map(withoutEdges);
      // Mostly the type again, as people write it: that describes nothing.
      if (shown !== '' && shown.replaceAll(' ', '_') !== type && !descriptions.has(type))
        descriptions.set(type, shown);
    } else if (section === 'drawing') {
      const [, type = '', values = ''] = /^\s*(\S+)\s*(.*)$/.exec(text) ?? [];
      const css = /(?:^|,)\s*bgColor:\s*((?:\([^)]*\)|[^,(])+)/.exec(values)?.[1];
      const color = css === undefined ? undefined : hexOfCssColor(css);
      if (color !== undefined) colors.set(type, color);
      else if (css !== undefined) malformed(report, VISUAL, line, css.trim());
    }
  }
  return { descriptions, colors };
}

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
  names: TypeNames,
  report: Report,
  { relations = [], attributes = new Map() }: Occurring = {},
): string {
  const relationNames = new TypeNames(report, relations);
  const attributeNames = new TypeNames(report, [...attributes.keys()], 'attribute-name');
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
        const choice = values.length > 0 ? `, Value:${values.map(attributeValue).join('|')}` : '';
        return `${attributeNames.of(name)}\tArg:<ENTITY>${choice}`;
      }),
    ),
  ].join('\n');
}

/** The value of an attribute where words end at spaces. */
export function attributeValue(value: string): string {
  return value.replace(/\s+/g, '_');
}

function writeVisual(labels: readonly Label[], names: TypeNames): string {
  const shown = labels.map(({ name, description }) => {
    const type = names.of(name);
    // brat shows the first text that has room, so the type's name is for mentions.
    const text = description?.replace(/\s+/g, ' ').replaceAll('|', '/').trim().replace(/^!+/, '');
    return text ? `${type} | ${text} | ${type}` : `${type} | ${type}`;
  });
  const drawn = labels.map(({ name, color }) => `${names.of(name)}\tbgColor:${color}`);
  return [
    '[labels]',
    ...shown,
    '',
    '[drawing]',
    'SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken',
    'ARC_DEFAULT\tcolor:black, arrowHead:triangle-5',
    ...drawn,
    '',
  ].join('\n');
}

function writeShortcuts(labels: readonly Label[], names: TypeNames): string {
  return labels
    .filter(({ key }) => key !== undefined)
    .map(({ name, key }) => `${key!.toUpperCase()}\t${names.of(name)}\n`)
    .join('');
}
