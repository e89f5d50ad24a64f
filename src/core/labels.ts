import { isMap, isScalar, Pair, type Node, type YAMLMap } from 'yaml';
import { DEFAULT_ARTICLES, readArticles } from './articles';
import { isHexColor, nextColor } from './color';
import { withKeys } from './label-keys';
import { readLinkSettings, type LinkSettings } from './links';
import type { Problem } from './problem';
import type { RuleSettings } from './rules';
import { readRules } from './rules/settings';
import { writeScalar } from './sidecar/scalar';
import { writtenText, YamlSource } from './yaml-source';

export interface Label {
  readonly name: string;
  /** What is pressed to tag with it, where single keys tag: as given, else as `withKeys` says; one character or two. */
  readonly key?: string | undefined;
  /** `#rrggbb` or `#rgb`: as given, else one that no other label has. */
  readonly color: string;
  readonly description?: string | undefined;
}

export interface LabelSet extends LinkSettings {
  /** Globs relative to the corpus root. */
  readonly articles: readonly string[];
  /** In the order of `corpus.yaml`; the first nine have number keys. */
  readonly labels: readonly Label[];
  /** How much the rules of consistency matter, where that is said. */
  readonly rules?: RuleSettings;
}

export interface LabelSetReading {
  /** What could be read, so that one mistake does not cost the rest; `undefined` where nothing could. */
  readonly labelSet: LabelSet | undefined;
  readonly problems: readonly Problem[];
}

/** Behind so many labels, a colour is written only where it is not the one that a label has by itself. */
const COLORED_LABELS = 1000;

type LabelSpec = readonly [name: string, key: string, description: string];

/** Label sets to start from; the ids are arguments of the command that creates `corpus.yaml`. */
export const PRESETS = {
  basic: [
    ['PER', 'p', 'People, real or fictional'],
    ['ORG', 'o', 'Companies, agencies, institutions, parties'],
    ['LOC', 'l', 'Places that are not political: rivers, mountains, regions'],
    ['GPE', 'g', 'Countries, cities, states: places with a government'],
    ['DATE', 'd', 'Dates and periods'],
    ['EVENT', 'e', 'Named events: wars, games, conferences'],
    ['MISC', 'm', 'Other names'],
  ],
  /** Tjong Kim Sang and De Meulder 2003, the CoNLL-2003 shared task. */
  conll2003: [
    ['PER', 'p', 'Persons'],
    ['ORG', 'o', 'Organizations'],
    ['LOC', 'l', 'Locations'],
    ['MISC', 'm', 'Miscellaneous names'],
  ],
  /** OntoNotes Release 5.0 (LDC2013T19), named entity types. */
  ontonotes5: [
    ['PERSON', 'p', 'People, including fictional'],
    ['NORP', 'n', 'Nationalities or religious or political groups'],
    ['FAC', 'b', 'Buildings, airports, highways, bridges'],
    ['ORG', 'o', 'Companies, agencies, institutions'],
    ['GPE', 'g', 'Countries, cities, states'],
    ['LOC', 'l', 'Non-GPE locations, mountain ranges, bodies of water'],
    ['PRODUCT', 'r', 'Vehicles, weapons, foods (not services)'],
    ['EVENT', 'e', 'Named hurricanes, battles, wars, sports events'],
    ['WORK_OF_ART', 'w', 'Titles of books, songs'],
    ['LAW', 'a', 'Named documents made into laws'],
    ['LANGUAGE', 'u', 'Any named language'],
    ['DATE', 'd', 'Absolute or relative dates or periods'],
    ['TIME', 't', 'Times smaller than a day'],
    ['PERCENT', 'c', 'Percentage'],
    ['MONEY', 'm', 'Monetary values, including unit'],
    ['QUANTITY', 'q', 'Measurements, as of weight or distance'],
    ['ORDINAL', 'i', '"first", "second"'],
    ['CARDINAL', 'x', 'Numerals that do not fall under another type'],
  ],
  empty: [],
} as const satisfies Record<string, readonly LabelSpec[]>;

export type Preset = keyof typeof PRESETS;

/** The label set of a corpus without `corpus.yaml`. */
export const BUILT_IN: LabelSet = fromPreset('basic');

function fromPreset(preset: Preset): LabelSet {
  const specs: readonly LabelSpec[] = PRESETS[preset];
  return {
    articles: [DEFAULT_ARTICLES],
    labels: withColors(specs.map(([name, key, description]) => ({ name, key, description }))),
  };
}

/** A `corpus.yaml` for a preset. */
export function writeCorpusYaml(preset: Preset): string {
  return writeLabelSet(fromPreset(preset).labels);
}

/** A `corpus.yaml` with labels. */
export function writeLabelSet(labels: readonly Label[]): string {
  const lines = labelLines(labels).map((line) => `  ${line}`);
  return [
    '# The label set of this corpus. A label: NAME: {key: one letter, color: "#rrggbb", description: text}',
    'version: 1',
    `articles: "${DEFAULT_ARTICLES}"`,
    lines.length > 0 ? 'labels:' : 'labels: {}',
    ...lines,
    '',
  ].join('\n');
}

/**
 * The lines of labels. Of thousands, most are short: a `corpus.yaml` with all their colours would be too big to be read.
 * @param before those above them
 */
function labelLines(labels: readonly Label[], before: readonly Label[] = []): string[] {
  const all = [...before, ...labels];
  const bare = all.map((label, i) => (i < COLORED_LABELS ? label : { ...label, color: undefined }));
  const isKept =
    all.length > COLORED_LABELS && withColors(bare).every(({ color }, i) => color === all[i]!.color);
  return labels.map((label, i) => labelLine(isKept ? bare[before.length + i]! : label));
}

function labelLine({ name, key, color, description }: UncoloredLabel): string {
  const pairs: string[] = [];
  if (key !== undefined) pairs.push(`key: ${writeScalar(key)}`);
  if (color !== undefined) pairs.push(`color: "${color}"`);
  if (description !== undefined) pairs.push(`description: ${writeScalar(description)}`);
  return `${writeScalar(name)}:${pairs.length > 0 ? ` {${pairs.join(', ')}}` : ''}`;
}

/** Reads a `corpus.yaml`. Problems are warnings where the rest still makes a label set. */
export function readCorpusYaml(source: string): LabelSetReading {
  const yaml = new YamlSource(source);
  if (yaml.isEmpty) return { labelSet: BUILT_IN, problems: [] };
  const root = yaml.rootMap();
  if (!root || yaml.hasErrors) return { labelSet: undefined, problems: yaml.problems };
  const pairs = YamlSource.pairs(root);
  const version = pairs.get('version');
  if (version && (!isScalar(version.value) || version.value.value !== 1)) {
    const value = isScalar(version.value) ? String(version.value.value) : '?';
    yaml.report('version-unknown', version.value ?? version.key, { version: value });
    return { labelSet: undefined, problems: yaml.problems };
  }
  const articles = pairs.has('articles')
    ? readArticles(yaml, pairs.get('articles')?.value)
    : [DEFAULT_ARTICLES];
  const rules = pairs.has('rules') ? { rules: readRules(yaml, pairs.get('rules')?.value) } : {};
  const links = readLinkSettings(yaml, pairs);
  const pair = pairs.get('labels');
  const reading = (labels: readonly Label[]) => {
    return { labelSet: { articles, labels, ...rules, ...links }, problems: yaml.problems };
  };
  if (!pair) return reading(BUILT_IN.labels);
  if (!isMap(pair.value)) {
    yaml.report('wrong-type', pair.value ?? pair.key, { key: 'labels', expected: 'map' }, 'warning');
    return reading(BUILT_IN.labels);
  }
  return reading(withKeys(withColors(readLabels(yaml, pair.value))));
}

type UncoloredLabel = Omit<Label, 'color'> & { color?: string | undefined };

function readLabels(yaml: YamlSource, map: YAMLMap): UncoloredLabel[] {
  const keys = new Set<string>();
  return map.items.flatMap(({ key: nameNode, value: node }) => {
    const name = isScalar(nameNode) ? writtenText(nameNode) : '';
    if (name === '') {
      yaml.report('wrong-type', nameNode, { key: 'labels', expected: 'text' }, 'warning');
      return [];
    }
    if (!isMap(node)) {
      if (isScalar(node) && node.value === null) return [{ name }];
      yaml.report('wrong-type', node ?? nameNode, { key: name, expected: 'map' }, 'warning');
      return [{ name }];
    }
    const text = (field: string) => {
      const value = node.get(field, true) as unknown;
      if (value === undefined) return undefined;
      if (isScalar(value) && (typeof value.value === 'string' || typeof value.value === 'number')) {
        return writtenText(value);
      }
      yaml.report('wrong-type', value, { key: field, expected: 'string' }, 'warning');
      return undefined;
    };
    let key = text('key')?.toLowerCase();
    if (key !== undefined && !/^[a-z0-9]$/.test(key)) {
      yaml.report('label-key-not-one-letter', node.get('key', true), { key, label: name }, 'warning');
      key = undefined;
    } else if (key !== undefined && keys.has(key)) {
      yaml.report('label-key-duplicate', node.get('key', true), { key, label: name }, 'warning');
      key = undefined;
    }
    if (key !== undefined) keys.add(key);
    let color = text('color');
    if (color !== undefined && !isHexColor(color)) {
      yaml.report('label-color-malformed', node.get('color', true), { color, label: name }, 'warning');
      color = undefined;
    }
    return [{ name, key, color, description: text('description') }];
  });
}

function withColors(labels: readonly UncoloredLabel[]): Label[] {
  const taken = new Set(labels.flatMap((label) => (label.color ? [label.color.toLowerCase()] : [])));
  return labels.map((label) => {
    const color = label.color ?? nextColor(taken);
    taken.add(color);
    return { ...label, color };
  });
}

/**
 * A `corpus.yaml` with labels added at the end of its labels, everything else left as it stands. Where it
 * has no labels of its own, the built-in ones that serve until now are written out too.
 * @returns `undefined` where the source has no place for them that leaves a valid label set
 */
export function addLabelsToYaml(source: string, added: readonly Label[]): string | undefined {
  const yaml = new YamlSource(source);
  if (yaml.hasErrors) return undefined;
  const before = readCorpusYaml(source).labelSet?.labels ?? [];
  const result = yaml.isEmpty
    ? appendLabels(source, ['version: 1'], [...BUILT_IN.labels, ...added])
    : isMap(yaml.document.contents)
      ? insertLabels(yaml, yaml.document.contents, added, before)
      : undefined;
  if (result === undefined) return undefined;
  const after = readCorpusYaml(result).labelSet?.labels ?? [];
  const names = (labels: readonly Label[]) => labels.map(({ name }) => name).join('\n');
  return names(after) === names([...before, ...added]) ? result : undefined;
}

function insertLabels(
  yaml: YamlSource,
  root: YAMLMap,
  added: readonly Label[],
  before: readonly Label[],
): string | undefined {
  const { source } = yaml;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'labels');
  if (!pair) return root.flow ? undefined : appendLabels(source, [], [...BUILT_IN.labels, ...added]);
  const insert = (at16: number, text: string, to16 = at16) =>
    source.slice(0, at16) + text + source.slice(to16);
  const labels = pair.value as Node | null;
  const last = isMap(labels) ? labels.items.at(-1) : undefined;
  if (isMap(labels) && labels.flow) {
    const end16 = last ? ((last.value as Node | null)?.range?.[1] ?? endOf(last)) : labels.range![0] + 1;
    return insert(end16, (last ? ', ' : '') + labelLines(added, before).join(', '));
  }
  const isNull = labels === null || (isScalar(labels) && labels.value === null);
  if (!last && !isNull) return undefined;
  const eol = lineEnding(source);
  const from16 = source.slice(0, endOf(last ?? new Pair(pair.key))).trimEnd().length;
  const end16 = lineEnd(source, from16);
  const column = last ? yaml.lines.linePos((last.key as Node).range![0]).col - 1 : 2;
  const own = last ? labelLines(added, before) : labelLines([...BUILT_IN.labels, ...added]);
  const lines = own.map((line) => ' '.repeat(column) + line);
  const behind = source.slice(from16, end16);
  const opening = last ? behind : behind.replace(/^([ \t]*:)[ \t]*(?:~|null)(?=\s|$)/i, '$1').trimEnd();
  return insert(from16, [opening, ...lines].join(eol) + (end16 === source.length ? eol : ''), end16);
}

/** A `corpus.yaml` without labels with the built-in ones, which serve until now, written out at its end. */
export function withBuiltInLabels(source: string): string | undefined {
  const yaml = new YamlSource(source);
  const root: unknown = yaml.document.contents;
  if (yaml.isEmpty) return appendLabels(source, ['version: 1'], BUILT_IN.labels);
  const isOpen = isMap(root) && !root.flow && !root.has('labels');
  return yaml.hasErrors || !isOpen ? undefined : appendLabels(source, [], BUILT_IN.labels);
}

function appendLabels(source: string, above: readonly string[], labels: readonly Label[]): string {
  const eol = lineEnding(source);
  const lines = [...above, 'labels:', ...labelLines(labels).map((line) => `  ${line}`)];
  const start = source === '' || source.endsWith('\n') ? source : source + eol;
  return start + lines.join(eol) + eol;
}

/** Where a pair ends, without a comment behind it. */
export function endOf({ key, value }: Pair): number {
  const range = (value as Node | null)?.range;
  if (range && range[1] > range[0]) return range[1];
  return (key as Node).range![1];
}

function lineEnding(source: string): string {
  return /\r?\n/.exec(source)?.[0] ?? '\n';
}

/** Where the line of a place ends, before its line ending. */
function lineEnd(source: string, from16: number): number {
  const at = source.slice(from16).search(/\r?\n/);
  return at < 0 ? source.length : from16 + at;
}
