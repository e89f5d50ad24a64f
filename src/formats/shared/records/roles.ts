import { isCount, isObject, isText, itemsOf, type Json, type JsonObject } from '../json';
import { at, leavesOf, plainName } from './paths';

/** Where the ends of spans stand in each, as paths. */
export interface Ends {
  readonly start: string;
  readonly end: string;
  /** Whether what stands at `end` is how long the span is. */
  readonly isLength: boolean;
}

/** What the parts of spans may be. */
export interface Roles {
  readonly ends: readonly Ends[];
  /** The paths of texts. */
  readonly texts: readonly string[];
}

const [BEFORE, BEHIND] = [
  '(char|character|text|span|offset|)',
  '(char|character|offset|index|idx|pos|position|)',
];
const START = new RegExp(`^${BEFORE}(start|begin|from)${BEHIND}$`);
const END = new RegExp(`^${BEFORE}(end|stop|to)${BEHIND}$`);
const OFFSET = /^(?:region|char|character|text)?offset$/;
const LENGTH = /^(?:region|char|character|text)?(?:length|len)$/;
const PAIR =
  /^(?:char|character|text)?(?:spans?|offsets?|indices|indexes|range|positions?|pos|loc|locations?|interval)$/;
const LABEL =
  /^(?:entity|ner|span|annotation|concept|semantic|slot|display|class|category|tag|entitytype)?(?:labels?|types?|tags?|class|category|kind)$|^(?:display|class|tag|label|category)name$|^(?:entity|entitygroup|ner|obj|slot)$/;
const SPAN_TEXT = /^(?:span|entity|mention|covered)?(?:text|surface|mention|string|quote)$/;
/** What cuts a text, and names nothing in it. */
const CUTS = /^(?:tokens?|words?|sents?|sentences?|paragraphs?|lines|chunks?)$/;
/** More are not looked at. */
const MOST_LOOKED_AT = 500;

/** An offset as JSON has it; some writers make texts of numbers of 64 bits. */
export function numberOf(value: Json | undefined): Json | undefined {
  return isText(value) && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** Whether a path can be that of a label, by its name. */
export function isLabelPath(path: string): boolean {
  return LABEL.test(plainName(path));
}

/** Whether a path can be that of the text of a span and of nothing else, by its name. */
export function isSpanText(path: string): boolean {
  return SPAN_TEXT.test(plainName(path));
}

/** Whether an end is the length of a span, by its name. */
export function isLengthPath(path: string): boolean {
  return LENGTH.test(plainName(path));
}

/** What the parts of most of some spans may be. */
export function rolesOf(items: readonly Json[]): Roles {
  const looked = items.slice(0, MOST_LOOKED_AT).filter((item) => typeof item === 'object' && item !== null);
  const all = looked.map((item) => leavesOf(item));
  const counts = new Map<string, number>();
  for (const leaves of all)
    for (const [path, leaf] of leaves) {
      const key = isCount(numberOf(leaf)) ? `n${path}` : isText(leaf) ? `t${path}` : '';
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const common = (kind: string) =>
    [...counts].flatMap(([key, count]) => (key[0] === kind && 2 * count >= all.length ? [key.slice(1)] : []));
  return { ends: endsAmong(common('n')), texts: common('t') };
}

/** @param paths of numbers */
function endsAmong(paths: readonly string[]): Ends[] {
  const [named, lengths, pairs]: Ends[][] = [[], [], []];
  const parentOf = (path: string) => path.slice(0, path.lastIndexOf('.') + 1);
  for (const start of paths)
    for (const end of paths) {
      const parent = parentOf(start);
      if (end === start || parentOf(end) !== parent) continue;
      const [name, other] = [start, end].map((path) => path.slice(parent.length)) as [string, string];
      const isPair = /^\d+$/.test(name) && Number(other) === Number(name) + 1;
      const [from, to] = [plainName(name), plainName(other)];
      if (areEnds(from, to)) named!.push({ start, end, isLength: false });
      else if ((START.test(from) || OFFSET.test(from)) && LENGTH.test(to))
        lengths!.push({ start, end, isLength: true });
      else if (isPair && (parent === '' || PAIR.test(plainName(parent))))
        pairs!.push({ start, end, isLength: false });
    }
  // Others may count tokens.
  const ofCharacters = named!.filter(({ start }) => /char/.test(plainName(start)));
  return [ofCharacters, named!, lengths!, pairs!].find(({ length }) => length > 0) ?? [];
}

/** Whether two names say the same of a start and an end, as `start_char` and `end_char`, or `from` and `to`. */
function areEnds(from: string, to: string): boolean {
  const [start, end] = [START.exec(from), END.exec(to)];
  if (!start || !end) return false;
  const isSameWay = start[1] === end[1] && start[3] === end[3];
  return isSameWay && (start[2] === 'from') === (end[2] === 'to');
}

/**
 * The spans that a value is: a list of them, or lists by label (`{"PER": [[0, 3]]}`), whose items get their label.
 * @param isSure whether it is known to be one of both, so that what is in it is a span, be it malformed
 * @returns `undefined` where it is neither
 */
export function spansIn(value: Json | undefined, isSure = false): readonly Json[] | undefined {
  if (Array.isArray(value)) return itemsOf(value);
  if (!isObject(value)) return undefined;
  const items: Json[] = [];
  for (const [label, those] of Object.entries(value)) {
    if (!Array.isArray(those)) return undefined;
    for (const item of those.length === 2 && those.every(Number.isInteger) ? [those] : itemsOf(those)) {
      if (!isSure && hasLabel(item)) return undefined;
      if (isObject(item)) items.push({ ...item, label });
      else items.push([label, ...(Array.isArray(item) ? itemsOf(item) : [item])]);
    }
  }
  return items;
}

function hasLabel(item: Json): boolean {
  if (!isObject(item)) return itemsOf(item).some((part) => isText(numberOf(part)));
  const texts = [...leavesOf(item)].filter(([, leaf]) => isText(numberOf(leaf)));
  return texts.some(([path]) => !isSpanText(path));
}

/** The paths of what may be spans in a record, with those. */
export function spanListsIn(record: Json): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, readonly Json[]>();
  const look = (value: Json | undefined, path: string, depth: number) => {
    if (typeof value !== 'object' || value === null || CUTS.test(plainName(path))) return;
    const items = path === '' ? undefined : spansIn(value);
    if (items && (Array.isArray(value) || items.length > 0) && areSpans(items)) found.set(path, items);
    else if (depth < 5 && (isObject(value) || path === ''))
      for (const [key, item] of Object.entries(value) as [string, Json][])
        look(item, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  look(record, '', 0);
  return found;
}

/** Whether some of them have ends and a text that may be their label, or there are none. */
function areSpans(items: readonly Json[]): boolean {
  if (items.length === 0) return true;
  const { ends, texts } = rolesOf(items);
  return ends.length > 0 && texts.length > 0;
}

/** How many spans there are in a record, by the paths of their lists. */
export function countSpans(record: Json): ReadonlyMap<string, number> {
  const lists = [...spanListsIn(record)].filter(([, items]) => items.length > 0);
  return new Map(lists.map(([path, { length }]) => [path, length]));
}

/** Whether a span has several parts where its path has the first of a list. */
export function hasMoreParts(item: Json, path: string): boolean {
  return /\.0\./.test(path) && at(item, path.replace(/\.0\./, '.1.')) !== undefined;
}

/** Whether there is anything in a record that looks like a list of spans. */
export function hasSpans(record: JsonObject): boolean {
  return countSpans(record).size > 0;
}
