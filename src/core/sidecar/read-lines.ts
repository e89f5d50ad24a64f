import { isMap, isSeq, type Node } from 'yaml';
import type { Entity } from '../model/entity';
import type { Problem } from '../problem';
import { isForYaml, isTooBigForYaml, MOST_CHARACTERS, YamlSource } from '../yaml-source';
import type { CanonicalReader, ManagedKeys } from './canonical';
import { hasManagedLines } from './frame';
import { hasReferences, readEntity } from './read-entity';
import { readManaged } from './read-managed';
import type { Sidecar } from './sidecar';

/** What it takes `yaml` to begin with another source, in characters that it could read instead. */
const COST_OF_A_SOURCE = 50;

/** What the reader of lines needs `yaml` for, as long as all of it together is not too much. */
export function lineReader(): CanonicalReader {
  let left = MOST_CHARACTERS;
  return {
    readItem(line: string): Entity | undefined {
      left -= line.length + COST_OF_A_SOURCE;
      const entity = left < 0 ? undefined : readItem(new YamlSource(line));
      // As it is written, it may be longer.
      return isForYaml(entity?.kept?.pairs ?? '') ? entity : undefined;
    },

    readFrame(head: readonly string[], tail: readonly string[]): ManagedKeys | undefined {
      const yaml = new YamlSource([...head, 'entities: []', ...tail].join('\n') + '\n');
      const root = yaml.rootMap();
      if (!root || yaml.hasErrors || root.flow || !hasManagedLines(yaml, root)) return undefined;
      const managed = readManaged(yaml, root);
      return yaml.hasErrors ? undefined : managed;
    },
  };
}

function readItem(yaml: YamlSource): Entity | undefined {
  const list = yaml.document.contents;
  const item = isSeq(list) && list.items.length === 1 ? list.items[0] : undefined;
  if (yaml.hasErrors || !isMap(item) || !item.flow || hasReferences(yaml, list as Node)) return undefined;
  const entity = readEntity(yaml, item);
  return yaml.hasErrors ? undefined : entity;
}

/**
 * What is wrong in a sidecar that is too large for `yaml`: in the line at which the reader of lines stopped, or
 * in the first one that has the id of one above.
 * @param text the source without a byte-order mark
 */
export function problemsOfLarge(source: string, text: string, canonical: Sidecar | number): Problem[] {
  const repeated = typeof canonical === 'number' ? undefined : findRepeatedId(canonical);
  let start16 = 0;
  for (let n = repeated?.line ?? (canonical as number); n > 0; n--) start16 = text.indexOf('\n', start16) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(start16))![0];
  start16 += source.length - text.length;
  const place = { severity: 'error', start16, end16: start16 + line.length } as const;
  if (repeated) return [{ ...place, code: 'entity-id-duplicate', values: { id: repeated.id } }];
  const yaml = new YamlSource(isTooBigForYaml(line) ? '' : line);
  readItem(yaml);
  if (!line.startsWith('  - {') || yaml.problems.length === 0) {
    return [{ ...place, code: 'line-not-canonical', values: { limit: String(MOST_CHARACTERS) } }];
  }
  return yaml.problems.map((problem) => ({
    ...problem,
    start16: problem.start16 + start16,
    end16: problem.end16 + start16,
  }));
}

function findRepeatedId({ frame, entities }: Sidecar): { id: string; line: number } | undefined {
  const ids = new Set<string>();
  let line = frame.head.length + 1;
  for (const { id, kept } of entities) {
    line += kept?.above.length ?? 0;
    if (ids.has(id)) return { id, line };
    ids.add(id);
    line++;
  }
  return undefined;
}
