import type { Plain } from '../model/entity';
import { isPlainText, writeScalar } from './scalar';

/** A value, and where it ends in its line, in UTF-16 units. */
export interface Value {
  readonly value: Plain;
  readonly end: number;
}

/** Levels of lists and maps that are read here; `yaml` reads a few more. */
const MOST_LEVELS = 20;

/** The value at a place in a line, in the form in which it is written; `undefined` for any other. */
export function readValue(line: string, at: number, level = 0): Value | undefined {
  const first = line[at];
  if (first === '"') return readQuoted(line, at);
  if (first === '[' || first === '{') {
    if (level > MOST_LEVELS) return undefined;
    return first === '[' ? readList(line, at + 1, level) : readMap(line, at + 1, level);
  }
  let end = at;
  while (end < line.length && !',}]:'.includes(line[end]!)) end++;
  const raw = line.slice(at, end);
  if (/^-?\d/.test(raw)) return writeScalar(Number(raw)) === raw ? { value: Number(raw), end } : undefined;
  if (raw === 'true' || raw === 'false') return { value: raw === 'true', end };
  if (raw === 'null' && level > 0) return { value: null, end };
  return isPlainText(raw) ? { value: raw, end } : undefined;
}

/** A pair of a map in a line, with its source. */
interface PairOfLine {
  readonly key: string;
  readonly value: Plain;
  readonly source: string;
}

/**
 * The pairs of the map that a line ends with, in the form in which it is written, each key once.
 * @param at where the first one begins
 * @returns `undefined` for any other
 */
export function readPairs(line: string, at: number): PairOfLine[] | undefined {
  const pairs: PairOfLine[] = [];
  const keys = new Set<string>();
  for (let from = at; ;) {
    const colon = line.indexOf(': ', from);
    const key = line.slice(from, colon);
    const value = colon < 0 || keys.has(key) ? undefined : readValue(line, colon + 2, 1);
    if (!value) return undefined;
    keys.add(key);
    pairs.push({ key, value: value.value, source: line.slice(from, value.end) });
    if (value.end === line.length - 1 && line.endsWith('}')) return pairs;
    if (!line.startsWith(', ', value.end)) return undefined;
    from = value.end + 2;
  }
}

function readList(line: string, at: number, level: number): Value | undefined {
  const items: Plain[] = [];
  for (let end = at; ; end += 2) {
    if (line[end] === ']' && items.length === 0) return { value: items, end: end + 1 };
    const item = readValue(line, end, level + 1);
    if (!item) return undefined;
    items.push(item.value);
    end = item.end;
    if (line[end] === ']') return { value: items, end: end + 1 };
    if (!line.startsWith(', ', end)) return undefined;
  }
}

function readMap(line: string, at: number, level: number): Value | undefined {
  const pairs = new Map<string, Plain>();
  for (let end = at; ; end += 2) {
    if (line[end] === '}' && pairs.size === 0) return { value: {}, end: end + 1 };
    const key = readValue(line, end, level + 1);
    if (typeof key?.value !== 'string' || pairs.has(key.value) || !line.startsWith(': ', key.end)) {
      return undefined;
    }
    const item = readValue(line, key.end + 2, level + 1);
    if (!item) return undefined;
    pairs.set(key.value, item.value);
    end = item.end;
    // Unlike an assignment, this makes of `__proto__` a key like any other.
    if (line[end] === '}') return { value: Object.fromEntries(pairs), end: end + 1 };
    if (!line.startsWith(', ', end)) return undefined;
  }
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

function readQuoted(line: string, at: number): Value | undefined {
  let end = at + 1;
  while (end < line.length && line.charCodeAt(end) !== 0x22) end += line.charCodeAt(end) === 0x5c ? 2 : 1;
  const raw = line.slice(at, end + 1);
  if (end >= line.length || CONTROL.test(raw)) return undefined;
  try {
    return { value: raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1), end: end + 1 };
  } catch {
    return undefined;
  }
}
