import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Status } from '../edit';
import { compareEntities, type Entity } from '../entity';
import type { Problem } from '../problem';
import { beginsWithMark } from '../text';
import { YamlSource } from '../yaml-source';
import { readCanonical, type ManagedKeys } from './canonical';
import { commentLines, frameOf, hasManagedLines, indentComments, listComments } from './frame';
import { hasReferences, readEntity } from './read-entity';
import type { Sidecar } from './sidecar';

export interface SidecarReading {
  /** `undefined` where an error makes the sidecar unusable; it must then not be overwritten. */
  readonly sidecar: Sidecar | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads a sidecar in any YAML form. The canonical form is read fast; anything else is read by `yaml`,
 * checked node by node, and brought into canonical form with its comments and unknown keys. A file without
 * content is an error: it is what an interrupted write of another program leaves, and must not pass for a
 * sidecar whose entities were all removed.
 */
export function readSidecar(source: string): SidecarReading {
  const text = beginsWithMark(source) ? source.slice(1) : source;
  const fast = readCanonical(text, lineReader);
  if (fast && new Set(fast.entities.map(({ id }) => id)).size === fast.entities.length) {
    return { sidecar: inOrder(fast), problems: [] };
  }
  return readAnyForm(source, text);
}

function readAnyForm(source: string, text: string): SidecarReading {
  const yaml = new YamlSource(source);
  try {
    let sidecar = readDocument(yaml);
    const unixText = text.replaceAll('\r\n', '\n');
    if (sidecar && unixText !== text) sidecar = readDocument(new YamlSource(unixText));
    if (sidecar && /\r?\n/.exec(text)?.[0] === '\r\n') {
      sidecar = { ...sidecar, frame: { ...sidecar.frame, eol: '\r\n' } };
    }
    return { sidecar: sidecar && inOrder(sidecar), problems: yaml.problems };
  } catch {
    // Nested too deep for the stack: what `yaml` parses it may still fail to walk.
    yaml.report('not-canonicalizable', yaml.document.contents);
    return { sidecar: undefined, problems: yaml.problems };
  }
}

function inOrder(sidecar: Sidecar): Sidecar {
  const { entities } = sidecar;
  const isOrdered = entities.every((e, i) => i === 0 || compareEntities(entities[i - 1]!, e) < 0);
  return isOrdered ? sidecar : { ...sidecar, entities: [...entities].sort(compareEntities) };
}

const lineReader = {
  readItem(line: string): Entity | undefined {
    const yaml = new YamlSource(line);
    const list = yaml.document.contents;
    const item = isSeq(list) && list.items.length === 1 ? list.items[0] : undefined;
    if (yaml.hasErrors || !isMap(item) || !item.flow || hasReferences(yaml, list as Node)) return undefined;
    const entity = readEntity(yaml, item);
    return yaml.hasErrors ? undefined : entity;
  },

  readFrame(head: readonly string[], tail: readonly string[]): ManagedKeys | undefined {
    const yaml = new YamlSource([...head, 'entities: []', ...tail].join('\n') + '\n');
    const root = yaml.rootMap();
    if (!root || yaml.hasErrors || root.flow || !hasManagedLines(yaml, root)) return undefined;
    const managed = readManaged(yaml, root);
    return yaml.hasErrors ? undefined : managed;
  },
};

/** Checks a whole document node by node. @returns `undefined` where a problem is an error */
function readDocument(yaml: YamlSource): Sidecar | undefined {
  const root = yaml.rootMap();
  if (!root || yaml.hasErrors) return undefined;
  const managed = readManaged(yaml, root);
  const entities = readEntities(yaml, root.get('entities', true));
  if (yaml.hasErrors) return undefined;
  const around = listComments(yaml, root);
  const [first, ...others] = entities;
  if (first && around.above.length > 0) {
    const kept = first.kept ?? { above: [], pairs: '', comment: '' };
    const above = [...indentComments(around.above), ...kept.above];
    entities.splice(0, 1, { ...first, kept: { ...kept, above } });
    around.above = [];
  }
  const frame = frameOf(yaml, root, managed, around);
  if (!frame) yaml.report('not-canonicalizable', root);
  return frame && { ...managed, entities: first ? entities : others, frame };
}

function readEntities(yaml: YamlSource, node: unknown): Entity[] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isSeq(node)) {
    yaml.report('wrong-type', node, { key: 'entities', expected: 'list' });
    return [];
  }
  if (hasReferences(yaml, node)) return [];
  const ids = new Set<string>();
  return node.items.flatMap((item) => {
    if (!isMap(item)) {
      yaml.report('wrong-type', item ?? node, { key: 'entities', expected: 'map' });
      return [];
    }
    const entity = readEntity(yaml, item);
    if (!entity) return [];
    if (ids.has(entity.id)) yaml.report('entity-id-duplicate', item.get('id', true), { id: entity.id });
    ids.add(entity.id);
    const above = [...(item.spaceBefore ? [''] : []), ...indentComments(commentLines(item.commentBefore))];
    if (above.length === 0) return [entity];
    const kept = entity.kept ?? { above: [], pairs: '', comment: '' };
    return [{ ...entity, kept: { ...kept, above: [...above, ...kept.above] } }];
  });
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
    return pair && yaml.scalar(pair, 'string');
  };
  for (const key of ['version', 'article', 'text_hash', 'status'] as const) {
    const pair = pairs.get(key);
    for (const node of [pair?.key, pair?.value]) {
      const { anchor, tag } = (node ?? {}) as { anchor?: string; tag?: string };
      if (anchor || tag) yaml.report('yaml-alias', node);
    }
  }
  const status = read('status') ?? 'open';
  if (status !== 'open' && status !== 'done') {
    yaml.report('status-unknown', pairs.get('status')?.value, { status });
  }
  return {
    article: read('article') ?? '',
    textHash: read('text_hash') ?? '',
    status: (status === 'done' ? 'done' : 'open') satisfies Status,
  };
}

function sourceOf(yaml: YamlSource, node: unknown): string {
  const range = (node as Node | null)?.range;
  return range ? yaml.source.slice(range[0], range[1]) : '';
}
