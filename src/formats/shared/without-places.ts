import { isCount, isObject, isText, itemsOf, type Json, type JsonObject } from './json';

/** What of an object is about no place of the text, and the names of what is. */
export interface Pruned {
  readonly rest: JsonObject;
  readonly lost: readonly string[];
}

/**
 * What is kept of a text that is another one now, without what says places of it. Tools add what they like to their
 * files, so places are known by how they look (see {@link holdsPlaces}).
 * @param known keys whose values are places, however they look
 * @param prefix before the names of what is left out
 */
export function withoutPlaces(object: JsonObject, known: ReadonlySet<string> = NONE, prefix = ''): Pruned {
  const rest: [string, Json | undefined][] = [];
  const lost: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (!known.has(key) && !isPlaceAt(key, value) && !holdsPlaces(value)) rest.push([key, value]);
    else if (known.has(key) || !isObject(value) || isPlace(value)) lost.push(prefix + key);
    else {
      const inner = withoutPlaces(value, NONE, `${prefix}${key}.`);
      rest.push([key, inner.rest]);
      lost.push(...inner.lost);
    }
  }
  return { rest: Object.fromEntries(rest), lost };
}

const NONE = new Set<string>();

/**
 * Whether a value holds places of a text: an object with a start and an end (or a length), a list of
 * `[start, end]` with whatever is said of it (`[9, 12, "PER"]`), or such a pair that is called a span.
 */
export function holdsPlaces(value: Json | undefined): boolean {
  if (Array.isArray(value))
    return itemsOf(value).some((item) => (Array.isArray(item) && isTuple(item)) || holdsPlaces(item));
  if (!isObject(value)) return false;
  return (
    isPlace(value) || Object.entries(value).some(([key, item]) => isPlaceAt(key, item) || holdsPlaces(item))
  );
}

const FIRST = new Set(['start', 'begin', 'from', 'offset']);
const LAST = new Set(['end', 'stop', 'to', 'length', 'len']);
/** Beginnings and ends of something else than text. */
const ELSEWHERE = new Set(['time', 'date', 'seconds', 'sec', 'ms', 'year', 'page', 'channel', 'id']);
const OF_PLACES = new Set([
  'span',
  'offset',
  'offsets',
  'place',
  'position',
  'range',
  'char',
  'chars',
  'token',
  'tokens',
]);

function isPlace(object: JsonObject): boolean {
  // Of a sound: seconds.
  if (Object.hasOwn(object, 'channel')) return false;
  const keys = Object.keys(object).filter((key) => isOffset(object[key]));
  const words = keys.map(wordsIn).filter((all) => !all.some((word) => ELSEWHERE.has(word)));
  const has = (known: ReadonlySet<string>) => words.filter((all) => all.some((word) => known.has(word)));
  const [first, last] = [has(FIRST), has(LAST)];
  return last.some((end) => first.some((start) => start !== end));
}

function isPlaceAt(key: string, value: Json | undefined): boolean {
  return Array.isArray(value) && isTuple(value) && wordsIn(key).some((word) => OF_PLACES.has(word));
}

function isTuple(items: readonly Json[]): boolean {
  const [start, end, ...more] = items;
  return isCount(start) && isCount(end) && start <= end && more.every((item) => typeof item !== 'number');
}

/** Some tools write offsets as text. */
function isOffset(value: Json | undefined): boolean {
  return isCount(value) || (isText(value) && /^\d{1,9}$/.test(value));
}

/** `start_offset` and `startOffset` alike. */
function wordsIn(key: string): string[] {
  return key.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
}
