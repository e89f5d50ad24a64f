import { isAlias, isMap, isScalar, isSeq, visit, type Node, type YAMLMap } from 'yaml';
import type { Entity, KeptSource, Plain } from '../entity';
import { compareEntities } from '../entity';
import type { Problem } from '../problem';
import { YamlSource } from '../yaml-source';
import { readCanonical, type ManagedKeys } from './canonical';
import type { Sidecar } from './sidecar';

export interface SidecarReading {
  /** `undefined` where an error makes the sidecar unusable; it must then not be overwritten. */
  readonly sidecar: Sidecar | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads a sidecar in any YAML form. The canonical form is read fast; anything else is read by `yaml`,
 * checked node by node, and brought into canonical form with its comments and unknown keys.
 */
export function readSidecar(source: string): SidecarReading {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const fast = readCanonical(text, lineReader);
  if (fast && isOrdered(fast.entities)) {
    return { sidecar: fast, problems: [] };
  }
  const yaml = new YamlSource(source);
  const root = yaml.rootMap();
  if (root) checkSidecar(yaml, root);
  if (!root || yaml.hasErrors) return { sidecar: undefined, problems: yaml.problems };
  const sidecar = readCanonical(canonicalize(yaml, root), lineReader);
  if (!sidecar) yaml.report('not-canonicalizable', root);
  return {
    sidecar: sidecar && { ...sidecar, entities: [...sidecar.entities].sort(compareEntities) },
    problems: yaml.problems,
  };
}

/** Whether entities are in the sidecar's order, with an id once: what the fast reader does not check. */
function isOrdered(entities: readonly Entity[]): boolean {
  const ids = new Set(entities.map((entity) => entity.id));
  return (
    ids.size === entities.length &&
    entities.every((e, i) => i === 0 || compareEntities(entities[i - 1]!, e) < 0)
  );
}

const lineReader = {
  readItem(line: string): Entity | undefined {
    const yaml = new YamlSource(line);
    const list = yaml.document.contents;
    const item = isSeq(list) && list.items.length === 1 ? list.items[0] : undefined;
    if (yaml.hasErrors || !isMap(item) || !item.flow) return undefined;
    const entity = readEntity(yaml, item);
    return yaml.hasErrors ? undefined : entity;
  },

  readFrame(head: readonly string[], tail: readonly string[]): ManagedKeys | undefined {
    const yaml = new YamlSource([...head, 'entities: []', ...tail].join('\n') + '\n');
    const root = yaml.rootMap();
    if (!root || yaml.hasErrors || root.flow) return undefined;
    const managed = readManaged(yaml, root);
    return yaml.hasErrors ? undefined : managed;
  },
};

function checkSidecar(yaml: YamlSource, root: YAMLMap): void {
  readManaged(yaml, root);
  const node = root.get('entities', true) as unknown;
  if (node === undefined || (isScalar(node) && node.value === null)) return;
  if (!isSeq(node)) return yaml.report('wrong-type', node, { key: 'entities', expected: 'list' });
  visit(node, {
    Alias: (_, alias) => yaml.report('yaml-alias', alias),
    Node: (_, item) => {
      if (!isAlias(item) && (item.anchor || item.tag?.startsWith('!'))) yaml.report('yaml-alias', item);
    },
  });
  const ids = new Set<string>();
  for (const item of node.items) {
    if (!isMap(item)) {
      yaml.report('wrong-type', item ?? node, { key: 'entities', expected: 'map' });
      continue;
    }
    const entity = readEntity(yaml, item);
    if (!entity) continue;
    if (ids.has(entity.id)) yaml.report('entity-id-duplicate', item.get('id', true), { id: entity.id });
    ids.add(entity.id);
  }
}

function readManaged(yaml: YamlSource, root: YAMLMap): ManagedKeys {
  const pairs = YamlSource.pairs(root);
  const version = pairs.get('version');
  if (!version) yaml.report('key-missing', root.items[0]?.key, { key: 'version' });
  else if (!isScalar(version.value) || version.value.value !== 1) {
    yaml.report('version-unknown', version.value ?? version.key, { version: sourceOf(yaml, version.value) });
  }
  const read = (key: string) => {
    const pair = pairs.get(key);
    return pair ? (yaml.scalar(pair.value ?? pair.key, key, 'string') ?? '') : '';
  };
  const status = read('status') || 'open';
  if (status !== 'open' && status !== 'done')
    yaml.report('status-unknown', pairs.get('status')?.value, { status });
  return {
    article: read('article'),
    textHash: read('text_hash'),
    status: status === 'done' ? 'done' : 'open',
  };
}

function sourceOf(yaml: YamlSource, node: unknown): string {
  const range = (node as Node | null)?.range;
  return range ? yaml.source.slice(range[0], range[1]) : '';
}

const TEXT_FIELDS = {
  suggested_by: 'suggestedBy',
  note: 'note',
  link: 'link',
  before: 'before',
  after: 'after',
} as const;

/** An entity from its map; problems are reported at their nodes, unknown keys are kept as they stand. */
function readEntity(yaml: YamlSource, map: YAMLMap): Entity | undefined {
  const problemsBefore = yaml.problems.length;
  const pairs = YamlSource.pairs(map);
  const take = (key: string) => {
    const pair = pairs.get(key);
    pairs.delete(key);
    return pair;
  };
  const required = <T extends 'string' | 'number'>(key: string, type: T) => {
    const pair = take(key);
    if (pair) return yaml.scalar(pair.value ?? pair.key, key, type);
    yaml.report('key-missing', map, { key });
    return undefined;
  };
  const entity: Record<string, unknown> = {};
  for (const key of ['id', 'label', 'text'] as const) entity[key] = required(key, 'string');
  for (const key of ['start', 'end'] as const) {
    const node = map.get(key, true);
    const value = required(key, 'number');
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) {
      yaml.report('wrong-type', node, { key, expected: 'offset' });
    }
    entity[key] = value;
  }
  if ((entity.start as number) > (entity.end as number)) {
    yaml.report('entity-span-reversed', map.get('start', true), {
      start: String(entity.start),
      end: String(entity.end),
    });
  }
  for (const key of ['id', 'label'] as const) {
    if (entity[key] === '') yaml.report('wrong-type', map.get(key, true), { key, expected: 'text' });
  }
  const reviewed = take('reviewed');
  if (reviewed) entity.reviewed = yaml.scalar(reviewed.value ?? reviewed.key, 'reviewed', 'boolean');
  for (const [key, field] of Object.entries(TEXT_FIELDS)) {
    const pair = take(key);
    if (pair) entity[field] = yaml.scalar(pair.value ?? pair.key, key, 'string');
  }
  const attributes = take('attributes');
  if (attributes) {
    if (isMap(attributes.value)) entity.attributes = attributes.value.toJSON() as Plain;
    else
      yaml.report('wrong-type', attributes.value ?? attributes.key, { key: 'attributes', expected: 'map' });
  }
  const parts = take('parts');
  if (parts) entity.parts = readParts(yaml, parts.value ?? parts.key, entity);
  if (yaml.problems.length > problemsBefore) return undefined;
  const kept = keptFrom(yaml, map, [...pairs.values()]);
  return { ...entity, ...(kept && { kept }) } as unknown as Entity;
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

/** What an entity's line holds besides known keys. Only one-line flow maps have a source to keep. */
function keptFrom(
  yaml: YamlSource,
  map: YAMLMap,
  unknown: readonly { key: unknown; value: unknown }[],
): KeptSource | undefined {
  const pairs = unknown
    .map(({ key, value }) => {
      const from = (key as Node).range![0];
      const to = (value as Node | null)?.range?.[1] ?? (key as Node).range![1];
      return yaml.source.slice(from, to);
    })
    .join(', ');
  const comment = map.flow ? yaml.source.slice(map.range![1]).match(/^\s*(#.*)/)?.[1] : undefined;
  return pairs || comment ? { above: [], pairs, comment: comment ?? '' } : undefined;
}

/**
 * A valid sidecar in the canonical layout: each entity a flow map on a line of its own, comments from
 * inside an entity moved above it, everything else as `yaml` writes it.
 */
function canonicalize(yaml: YamlSource, root: YAMLMap): string {
  root.flow = false;
  const pair = root.items.find((item) => isScalar(item.key) && item.key.value === 'entities');
  const list = pair?.value;
  if (isSeq(list)) {
    list.flow = false;
    for (const item of list.items) if (isMap(item)) flatten(item);
  } else if (pair) {
    pair.value = yaml.document.createNode([]);
  } else {
    root.set('entities', yaml.document.createNode([]));
  }
  return yaml.document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    indentSeq: true,
    defaultStringType: 'PLAIN',
    blockQuote: 'literal',
  });
}

/** Makes an entity a flow map whose comments stand above it. */
function flatten(entity: YAMLMap): void {
  const comments: string[] = [];
  const collect = (comment: string | null | undefined) => {
    if (comment) comments.push(...comment.split('\n'));
  };
  collect(entity.commentBefore);
  visit(entity, {
    Node: (key, node) => {
      if (node !== entity) {
        collect(node.commentBefore);
        node.commentBefore = null;
      }
      collect(node.comment);
      node.comment = null;
      node.spaceBefore = false;
      if (isMap(node) || isSeq(node)) node.flow = true;
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string') node.type = 'QUOTE_DOUBLE';
    },
  });
  entity.commentBefore = comments.length > 0 ? comments.join('\n') : null;
}
