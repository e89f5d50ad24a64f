import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Problem } from '../problem';
import { isPlainText } from '../sidecar/scalar';
import type { Splice } from '../splice';
import { writtenText, YamlSource } from '../yaml-source';
import { itemText, type Item, type ItemForm } from './item';
import { addNodes, changeNodes, removeNodes } from './listing-nodes';

export interface ListingReading {
  /** A flag is `'true'` or `'false'`, be it the item's own or that of the file. */
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

/** A line with an item: its indentation, and what is in its braces. */
const ITEM = /^( *)- \{ ?(.*?) ?\}$/;
const PAIR = /(\w+): (?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^"',{}[\]#:]+))(?:, |$)/y;
const FLAG = /^(\w+): (true|false)$/;

/**
 * Reads a YAML file that holds a list of flow maps, one a line, such as `gazetteer.yaml`. Lines as the
 * program writes them are read without `yaml`, which is many times slower.
 * @returns what could be read, so that one mistake does not cost the rest
 */
export function readListing(source: string, form: ItemForm): ListingReading {
  const lines = readLines(source, form);
  if (lines) {
    const defaults = lines.reduce((all: Item, { flag }) => (flag ? { ...all, ...flag } : all), {});
    return { items: lines.flatMap(({ item }) => (item ? [{ ...defaults, ...item }] : [])), problems: [] };
  }
  const yaml = new YamlSource(source);
  if (yaml.isEmpty) return { items: [], problems: [] };
  const root = yaml.rootMap();
  if (!root || yaml.hasErrors) return { items: [], problems: yaml.problems };
  const list = root.get(form.list, true) as unknown;
  if (isScalar(list) && list.value === null) return { items: [], problems: yaml.problems };
  if (!isSeq(list)) {
    yaml.report('wrong-type', list ?? root, { key: form.list, expected: 'list' });
    return { items: [], problems: yaml.problems };
  }
  const flags = form.flags ?? [];
  const readFlags = (map: YAMLMap, item: Record<string, string>) => {
    for (const key of flags) {
      const node = map.get(key, true) as unknown;
      if (isScalar(node) && typeof node.value === 'boolean') item[key] = String(node.value);
      else if (node !== undefined) yaml.report('wrong-type', node, { key, expected: 'boolean' }, 'warning');
    }
  };
  const defaults: Record<string, string> = {};
  readFlags(root, defaults);
  const items = list.items.flatMap((node): Item[] => {
    if (!isMap(node)) {
      yaml.report('wrong-type', node, { key: form.list, expected: 'map' }, 'warning');
      return [];
    }
    const item: Record<string, string> = { ...defaults };
    readFlags(node, item);
    for (const key of form.keys) {
      if (flags.includes(key)) continue;
      const value = node.get(key, true) as unknown;
      if (isScalar(value) && ['string', 'number', 'boolean'].includes(typeof value.value))
        item[key] = writtenText(value);
    }
    const missing = form.needed.find((key) => !item[key]);
    if (missing === undefined) return [item];
    yaml.report('key-missing', node, { key: missing }, 'warning');
    return [];
  });
  return { items, problems: yaml.problems };
}

/**
 * A file with items added, each before the first that comes after it, so that two branches rarely add at one
 * place. Items that are there already are not added again.
 * @param source of the file as it is; `undefined` where there is none
 * @returns `undefined` where the file has errors, or is written in a way in which nothing can be added
 */
export function addItems(
  source: string | undefined,
  form: ItemForm,
  added: readonly Item[],
): string | undefined {
  const eol = source?.includes('\r\n') ? '\r\n' : '\n';
  const isNew = source === undefined || source.trim() === '';
  const lines = isNew ? newLines(form) : readLines(source, form);
  if (!lines) return addNodes(source!, form, added);
  const keyOf = (item: Item) => itemText(item, form);
  const known = new Set(lines.flatMap(({ item }) => (item ? [keyOf(item)] : [])));
  const wanted = [...new Set(added.map(keyOf))].filter((key) => !known.has(key)).sort();
  const indent = indentOf(lines);
  const merged: string[] = [];
  for (const { line, item } of lines) {
    while (item && wanted.length > 0 && wanted[0]! < keyOf(item)) merged.push(indent + wanted.shift()!);
    merged.push(line);
  }
  while (merged.at(-1) === '') merged.pop();
  return [...merged, ...wanted.map((key) => indent + key), ''].join(eol);
}

/**
 * What changes items of a file, and leaves the rest of it as it stands. In a file with one item a line, an item
 * that becomes the same as another is taken out.
 * @param change the item as it is to be, or the same one; it changes values only
 * @returns `undefined` where the file cannot be read, or an item is written in a way that cannot be changed
 */
export function changeItems(
  source: string,
  form: ItemForm,
  change: (item: Item) => Item,
): Splice[] | undefined {
  const lines = readLines(source, form);
  return lines ? changeLines(source, lines, form, change) : changeNodes(source, form, change);
}

function changeLines(
  source: string,
  lines: readonly Line[],
  form: ItemForm,
  change: (item: Item) => Item,
): Splice[] {
  const kept = new Set<string>();
  const changed = lines.map(({ line, item }) => {
    const after = item && change(item);
    if (after === undefined || after === item) kept.add(line);
    return after === undefined || after === item ? line : ITEM.exec(line)![1]! + itemText(after, form);
  });
  const splices: Splice[] = [];
  let at16 = 0;
  lines.forEach(({ line }, i) => {
    const added = changed[i]!;
    const end16 = at16 + line.length;
    const next16 = end16 + (source.startsWith('\r\n', end16) ? 2 : 1);
    if (added !== line && kept.has(added))
      splices.push({ at16, removed: source.slice(at16, next16), added: '' });
    else if (added !== line) splices.push(narrowed(at16, line, added));
    kept.add(added);
    at16 = next16;
  });
  return splices;
}

/** A splice without what both texts begin and end with. */
function narrowed(at16: number, old: string, text: string): Splice {
  let start = 0;
  while (start < old.length && old[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(old.length, text.length) - start;
  while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const removed = old.slice(start, old.length - end);
  return { at16: at16 + start, removed, added: text.slice(start, text.length - end) };
}

/**
 * A file without some items; comments and whatever else is in it stay.
 * @returns `undefined` where the file has errors, or is written in a way in which nothing can be removed
 */
export function removeItems(source: string, form: ItemForm, removed: readonly Item[]): string | undefined {
  const lines = readLines(source, form);
  if (!lines) return removeNodes(source, form, removed);
  const gone = new Set(removed.map((item) => itemText(item, form)));
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  return lines
    .filter(({ item }) => !item || !gone.has(itemText(item, form)))
    .map(({ line }) => line)
    .join(eol);
}

function newLines({ list }: ItemForm): readonly Line[] {
  return [{ line: 'version: 1' }, { line: `${list}:` }];
}

function indentOf(lines: readonly Line[]): string {
  const first = lines.find(({ item }) => item);
  return first ? ITEM.exec(first.line)![1]! : '  ';
}

interface Line {
  readonly line: string;
  readonly item?: Item;
  /** What it sets for all items. */
  readonly flag?: Item;
}

/** @returns `undefined` where a line is neither much as the program writes it, nor a comment */
function readLines(source: string, form: ItemForm): readonly Line[] | undefined {
  const lines: Line[] = [];
  const set = new Set<string>();
  let hasVersion = false;
  let isList = false;
  /** All items of a list stand below each other. */
  let own: string | undefined;
  for (const line of source.split(/\r?\n/)) {
    const isPlain = /^\s*(?:#|$)/.test(line);
    const [found, indent = '', inner = ''] = ITEM.exec(line) ?? [];
    if (!isPlain && found !== undefined) {
      const item = isList && indent === (own ??= indent) ? readItem(inner, form) : undefined;
      if (!item) return undefined;
      lines.push({ line, item });
      continue;
    }
    const [, key = '', value = ''] = FLAG.exec(line) ?? [];
    const isFlag = hasVersion && !isList && form.flags?.includes(key) && !set.has(key);
    if (!isPlain && !isFlag && (isList || line !== (hasVersion ? `${form.list}:` : 'version: 1')))
      return undefined;
    hasVersion ||= line === 'version: 1';
    isList ||= line === `${form.list}:`;
    if (isFlag) set.add(key);
    lines.push({ line, ...(isFlag && { flag: { [key]: value } }) });
  }
  return isList ? lines : undefined;
}

function readItem(inner: string, { keys, needed, flags }: ItemForm): Item | undefined {
  const item: Record<string, string> = {};
  for (PAIR.lastIndex = 0; PAIR.lastIndex < inner.length;) {
    const match = PAIR.exec(inner);
    const [, key = '', quoted, single, plain = ''] = match ?? [];
    if (!match || !keys.includes(key) || Object.hasOwn(item, key)) return undefined;
    const isFlag = flags?.includes(key) === true;
    const isKnown = isFlag
      ? plain === 'true' || plain === 'false'
      : quoted !== undefined || single !== undefined || isPlainText(plain);
    if (!isKnown) return undefined;
    const value = quoted === undefined ? (single?.replaceAll("''", "'") ?? plain) : unquote(quoted);
    if (value === undefined) return undefined;
    item[key] = value;
  }
  return needed.every((key) => item[key]) ? item : undefined;
}

function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(`"${quoted}"`) as string;
  } catch {
    return undefined;
  }
}
