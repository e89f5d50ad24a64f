import { isAlias, isMap, isPair, isScalar, isSeq, visit, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Entity, KeptSource, Plain } from '../model/entity';
import { writtenText, type YamlSource } from '../yaml-source';
import { commentLines, indentComments } from './comment-lines';
import { writeScalar } from './scalar';

const BOOLEAN_FIELDS = { reviewed: 'reviewed', to_place: 'broken' } as const;

const TEXT_FIELDS = {
  suggested_by: 'suggestedBy',
  note: 'note',
  link: 'link',
  external_id: 'externalId',
  conflict: 'conflict',
  before: 'before',
  after: 'after',
} as const;

/** Whether aliases, anchors or tags stand in a node; each is reported. Entities must say what they hold in full. */
export function hasReferences(yaml: YamlSource, node: Node): boolean {
  let found = false;
  visit(node, {
    Node: (_, item) => {
      if (!isAlias(item) && !item.anchor && !item.tag) return;
      found = true;
      yaml.report('yaml-alias', item);
    },
  });
  return found;
}

/** An entity from its map; problems are reported at their nodes, unknown keys and comments are kept. */
export function readEntity(yaml: YamlSource, map: YAMLMap): Entity | undefined {
  const problemsBefore = yaml.problems.length;
  const known = new Map<string, Pair>();
  for (const pair of map.items) {
    if (isScalar(pair.key) && typeof pair.key.value === 'string') known.set(pair.key.value, pair);
  }
  const taken = new Set<Pair>();
  const take = (key: string) => {
    const pair = known.get(key);
    if (pair) taken.add(pair);
    return pair;
  };
  const required = <T extends 'string' | 'number'>(key: string, type: T) => {
    const pair = take(key);
    if (pair) return yaml.scalar(pair, type);
    yaml.report('key-missing', map, { key });
    return undefined;
  };
  const entity: Record<string, unknown> = {};
  for (const key of ['id', 'label'] as const) {
    entity[key] = required(key, 'string');
    if (entity[key] === '') yaml.report('wrong-type', map.get(key, true), { key, expected: 'text' });
  }
  for (const key of ['start', 'end'] as const) {
    const value = required(key, 'number');
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
      yaml.report('wrong-type', map.get(key, true), { key, expected: 'offset' });
    }
    // `-0` is written as `0`.
    entity[key] = value === 0 ? 0 : value;
  }
  if ((entity.start as number) > (entity.end as number)) {
    yaml.report('entity-span-reversed', map.get('start', true), {
      start: String(entity.start),
      end: String(entity.end),
    });
  }
  entity.text = required('text', 'string');
  for (const [key, field] of Object.entries(BOOLEAN_FIELDS)) {
    const pair = take(key);
    if (pair) entity[field] = yaml.scalar(pair, 'boolean');
  }
  for (const [key, field] of Object.entries(TEXT_FIELDS)) {
    const pair = take(key);
    if (pair) entity[field] = yaml.scalar(pair, 'string');
  }
  const score = take('score');
  if (score) {
    const value = yaml.scalar(score, 'number');
    if (value !== undefined && !Number.isFinite(value))
      yaml.report('wrong-type', score.value ?? score.key, { key: 'score', expected: 'number' });
    entity.score = value;
  }
  const attributes = take('attributes');
  if (isMap(attributes?.value)) entity.attributes = readPlain(yaml, attributes.value);
  else if (attributes) {
    yaml.report('wrong-type', attributes.value ?? attributes.key, { key: 'attributes', expected: 'map' });
  }
  const parts = take('parts');
  if (parts) entity.parts = readParts(yaml, parts.value ?? parts.key, entity);
  const ignore = take('ignore');
  if (ignore) entity.ignore = readTexts(yaml, ignore);
  if (yaml.problems.length > problemsBefore) return undefined;
  const kept = keptFrom(
    yaml,
    map,
    map.items.filter((pair) => !taken.has(pair)),
  );
  return { ...entity, ...(kept && { kept }) } as unknown as Entity;
}

/** What a node holds, if JSON could hold it: text as keys, none twice, and no number that loses digits. */
export function readPlain(yaml: YamlSource, node: unknown): Plain {
  if (isSeq(node)) return node.items.map((item) => readPlain(yaml, item));
  if (isMap(node)) {
    const pairs = new Map<string, Plain>();
    for (const { key, value } of node.items) {
      const name = nameOf(key);
      if (name === undefined) yaml.report('wrong-type', key ?? node, { key: '?', expected: 'string' });
      else if (pairs.has(name)) yaml.report('key-duplicate', key, { key: name });
      else pairs.set(name, readPlain(yaml, value));
    }
    // Unlike an assignment, this makes of `__proto__` a key like any other.
    return Object.fromEntries(pairs);
  }
  const { value = null, source = '' } = isScalar(node) ? node : {};
  if (typeof value === 'number' && isOutOfRange(value, source)) {
    yaml.report('number-too-long', node, { number: source });
  }
  return value as Plain;
}

function nameOf(key: unknown): string | undefined {
  const isName = isScalar(key) && ['string', 'number', 'boolean'].includes(typeof key.value);
  return isName ? writtenText(key) : undefined;
}

function isOutOfRange(value: number, source: string): boolean {
  const isWhole = Number.isInteger(value) && !/[.e]/i.test(source.replace(/^0x.*/i, ''));
  return isWhole ? !Number.isSafeInteger(value) : !Number.isFinite(value) && /\d/.test(source);
}

function readTexts(yaml: YamlSource, { key, value }: Pair): string[] | undefined {
  const texts: unknown = isSeq(value) ? value.toJSON() : undefined;
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts;
  yaml.report('wrong-type', value ?? key, { key: 'ignore', expected: 'list of texts' });
  return undefined;
}

function readParts(
  yaml: YamlSource,
  node: unknown,
  span: Record<string, unknown>,
): [number, number][] | undefined {
  const value: unknown = isSeq(node) ? node.toJSON() : undefined;
  const isPart = (part: unknown): part is [number, number] =>
    Array.isArray(part) &&
    part.length === 2 &&
    part.every((n) => Number.isSafeInteger(n)) &&
    part[0] <= part[1];
  if (!Array.isArray(value) || !value.every(isPart)) {
    yaml.report('wrong-type', node, { key: 'parts', expected: 'parts' });
    return undefined;
  }
  const outside = value.some(([start, end]) => start < (span.start as number) || end > (span.end as number));
  if (outside) yaml.report('entity-part-outside', node);
  return value;
}

/** What stands in an entity besides known keys: unknown pairs as they were written, comments from inside above. */
export function keptFrom(yaml: YamlSource, map: YAMLMap, unknown: readonly Pair[]): KeptSource | undefined {
  const pairs = unknown.map((pair) => (map.flow && sourceOfPair(yaml, pair)) || writePair(pair)).join(', ');
  const comment = map.flow ? (/^[ \t]+(#[^\n]*)/.exec(yaml.source.slice(map.range![1]))?.[1] ?? '') : '';
  const above = innerComments(map);
  if (comment && above.at(-1) === comment.slice(1)) above.pop();
  return pairs || comment || above.length > 0 ? { above: indentComments(above), pairs, comment } : undefined;
}

function innerComments(map: YAMLMap): string[] {
  const lines: string[] = [];
  visit(map, {
    Node: (_, node) => {
      if (node === map) return;
      for (const comment of [node.commentBefore, node.comment]) {
        for (const line of commentLines(comment)) lines.push(line);
      }
    },
  });
  return [...lines, ...commentLines(map.comment)].filter((line) => line !== '');
}

/** The source of a pair of a flow map, if it stands on one line and has an explicit value. */
function sourceOfPair(yaml: YamlSource, { key, value }: Pair): string | undefined {
  const from16 = (key as Node | null)?.range?.[0];
  const range = (value as Node | null)?.range;
  if (from16 === undefined || !range || range[0] === range[1]) return undefined;
  const source = yaml.source.slice(from16, range[1]);
  return /[\r\n]/.test(source) ? undefined : source;
}

function writePair({ key, value }: Pair): string {
  return `${writeNode(key)}: ${writeNode(value)}`;
}

/** A node on one line, without its comments. */
export function writeNode(node: unknown): string {
  if (isPair(node)) return `{${writePair(node)}}`;
  if (isMap(node)) return `{${node.items.map(writePair).join(', ')}}`;
  if (isSeq(node)) return `[${node.items.map(writeNode).join(', ')}]`;
  if (!isScalar(node)) return 'null';
  return typeof node.value === 'string' ? writeScalar(node.value) : node.source || String(node.value);
}
