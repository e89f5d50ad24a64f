import { isMap, isSeq, type Node } from 'yaml';
import type { Plain } from '../entity';
import type { Carried, Relation } from '../interchange/document';
import { YamlSource } from '../yaml-source';
import { carriedLines, readExtraLines, relationLines } from './extra-lines';
import { hasReferences, readPlain } from './read-entity';
import type { Frame } from './sidecar';

/** What stands beside the entities of a sidecar: `relations` and, of other formats, `carried`. */
export interface Extras {
  readonly relations: readonly Relation[];
  readonly carried: Carried;
}

const NOTHING: Extras = { relations: [], carried: {} };
const EXTRA = /^(?:relations|carried):/;
const TOP_LEVEL = /^[^\s#-]/;

/** Reads what stands beside the entities. What is malformed there is left out (and stays in the file as it is). */
export function readExtras({ head, tail }: Frame): Extras {
  const lines = [...head, ...tail];
  // Most sidecars have none, and `yaml` is slow.
  if (!lines.some((line) => EXTRA.test(line))) return NOTHING;
  const written = readExtraLines(tail);
  if (written && !head.some((line) => EXTRA.test(line)))
    return {
      relations: written.relations.flatMap((item) => readRelation(item) ?? []),
      carried: written.carried,
    };
  const yaml = new YamlSource([...head, ...tail].join('\n') + '\n');
  const root = yaml.rootMap();
  if (!root || yaml.hasErrors) return NOTHING;
  const pairs = YamlSource.pairs(root);
  const read = (key: string) => {
    const node = pairs.get(key)?.value;
    return node && !hasReferences(yaml, node as Node) ? node : undefined;
  };
  const [relations, carried] = [read('relations'), read('carried')];
  return {
    relations: isSeq(relations)
      ? relations.items.flatMap((item) => readRelation(readPlain(yaml, item)) ?? [])
      : [],
    carried: isMap(carried) ? (readPlain(yaml, carried) as Carried) : {},
  };
}

function readRelation(value: Plain): Relation | undefined {
  const { id, label, from, to, attributes, external_id: externalId } = Object(value) as Record<string, Plain>;
  if (![id, label, from, to].every((text) => typeof text === 'string' && text !== '')) return undefined;
  return {
    ...({ id, label, from, to } as Relation),
    ...(isPlainMap(attributes) && { attributes }),
    ...(typeof externalId === 'string' && { externalId }),
  };
}

function isPlainMap(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A sidecar's lines with other relations and carried values; all other lines stay. */
export function withExtras(frame: Frame, { relations, carried }: Extras): Frame {
  const tail = withoutExtras(frame.tail);
  if (relations.length > 0) tail.push(...relationLines(relations.map(plainRelation)));
  if (Object.keys(carried).length > 0) tail.push(...carriedLines(carried));
  return { ...frame, head: withoutExtras(frame.head), tail };
}

function withoutExtras(lines: readonly string[]): string[] {
  let isExtra = false;
  return lines.filter((line) => {
    if (TOP_LEVEL.test(line)) isExtra = EXTRA.test(line);
    return !isExtra;
  });
}

function plainRelation({ id, label, from, to, attributes, externalId }: Relation): Plain {
  const pairs = Object.entries({ id, label, from, to, external_id: externalId, attributes });
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Plain;
}
