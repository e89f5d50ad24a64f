import { isScalar, type Node, type YAMLMap } from 'yaml';
import type { Status } from '../model/records';
import { YamlSource } from '../yaml-source';
import type { ManagedKeys } from './canonical';
import { isBareName } from './name';

/** The keys of a sidecar that the program manages; problems are reported at their nodes. */
export function readManaged(yaml: YamlSource, root: YAMLMap): ManagedKeys {
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
  const article = read('article') ?? '';
  if (!isBareName(article)) yaml.report('article-not-a-name', pairs.get('article')?.value, { article });
  return {
    article,
    textHash: read('text_hash') ?? '',
    status: (status === 'done' ? 'done' : 'open') satisfies Status,
  };
}

function sourceOf(yaml: YamlSource, node: unknown): string {
  const range = (node as Node | null)?.range;
  return range ? yaml.source.slice(range[0], range[1]) : '';
}
