import { isObject, type Json, type JsonObject } from '../json';

/** Deeper than tools put the parts of a span, or a text. */
const DEEPEST = 4;
/** Longer lists are of things, not the parts of one. */
const LONGEST = 4;

/**
 * What stands at a path of a value: names, or places in lists from 0, with dots between them. A name may have dots
 * itself.
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const held = value as JsonObject;
  if (Object.hasOwn(held, path)) return held[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    const found = Object.hasOwn(held, name) ? at(held[name], path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The texts, numbers and the like within a value, by their paths. */
export function leavesOf(value: Json, prefix = '', depth = 0): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>();
  if (typeof value !== 'object' || value === null) return leaves;
  for (const [key, item] of Object.entries(value) as [string, Json][]) {
    if (typeof item !== 'object' || item === null) leaves.set(prefix + key, item);
    else if (depth < DEEPEST && !(Array.isArray(item) && item.length > LONGEST))
      for (const [path, leaf] of leavesOf(item, `${prefix}${key}.`, depth + 1)) leaves.set(path, leaf);
  }
  return leaves;
}

/** A value as an object without what stands at some paths, and without what holds nothing else. */
export function withoutPaths(value: Json, paths: readonly string[]): JsonObject {
  const known = new Set(paths);
  const prune = (one: Json, prefix: string): Json | undefined => {
    if (typeof one !== 'object' || one === null) return one;
    const entries = Object.entries(one) as [string, Json][];
    const left = entries.flatMap(([key, item]): [string, Json][] => {
      const path = prefix + key;
      const isAbove = paths.some((other) => other.startsWith(`${path}.`));
      const kept = known.has(path) ? undefined : isAbove ? prune(item, `${path}.`) : item;
      return kept === undefined ? [] : [[key, kept]];
    });
    if (left.length === 0 && entries.length > 0) return undefined;
    return Array.isArray(one) && prefix !== '' ? left.map(([, item]) => item) : Object.fromEntries(left);
  };
  const left = prune(value, '');
  return isObject(left) ? left : {};
}

/** An object with a value at a path; what else stands on the way to it stays. */
export function withAt(object: JsonObject, path: string, value: Json): JsonObject {
  const dot = path.indexOf('.');
  if (dot < 0) return { ...object, [path]: value };
  const name = path.slice(0, dot);
  const held = object[name];
  return { ...object, [name]: withAt(isObject(held) ? held : {}, path.slice(dot + 1), value) };
}

/** The last name of a path, in small letters and without what parts its words: `startchar` of `at.start_char`. */
export function plainName(path: string): string {
  const names = path.split('.').filter((name) => !/^\d*$/.test(name));
  return (names.at(-1) ?? '').toLowerCase().replace(/[^\p{L}]/gu, '');
}
