import type { Entity } from '../model/entity';
import { isDigit, isPlainIfUsual, isPlainText, isUsualUnit } from './scalar';

/** An entity as it is put together. */
type Draft = { -readonly [F in keyof Entity]: Entity[F] };

/**
 * The entity lines that make up nearly all of a corpus, read in one pass, where they stand and without patterns, some
 * four times as fast as others: the five keys that every entity has, and perhaps others with text or a truth value,
 * text that needs no escapes. Offsets are UTF-16.
 * @param from where the line begins in the source, which goes on behind it
 * @param to where it ends
 * @returns `undefined` for any other line, be it valid or not
 */
export function readUsualLine(source: string, from: number, to: number): Entity | undefined {
  const last = to - 1;
  if (source.charCodeAt(last) !== BRACE) return undefined;
  const idFrom = from + ID.length;
  const idEnd = endOfPlain(source, idFrom, to, ID);
  if (idEnd < 0) return undefined;
  const labelFrom = idEnd + LABEL.length;
  const labelEnd = endOfPlain(source, labelFrom, to, LABEL);
  if (labelEnd < 0) return undefined;
  const startFrom = labelEnd + START.length;
  const startEnd = endOfNumber(source, startFrom, START);
  if (startEnd < 0) return undefined;
  const endFrom = startEnd + END.length;
  const endEnd = endOfNumber(source, endFrom, END);
  if (endEnd < 0) return undefined;
  const textFrom = endEnd + TEXT.length;
  let at = endOfText(source, textFrom, to, TEXT);
  const [start, end] = [numberAt(source, startFrom, startEnd), numberAt(source, endFrom, endEnd)];
  if (at < 0 || start > end) return undefined;
  const entity: Draft = {
    id: source.slice(idFrom, idEnd),
    label: source.slice(labelFrom, labelEnd),
    start,
    end,
    text: textAt(source, textFrom, at),
  };
  while (at !== last) {
    const next = OPTIONAL[source.charCodeAt(at + 2)];
    if (!next || entity[next.field] !== undefined) return undefined;
    const valueFrom = at + next.key.length;
    const valueEnd = next.isBoolean
      ? endOfTrue(source, valueFrom, next.key)
      : endOfText(source, valueFrom, to, next.key);
    if (valueEnd < 0) return undefined;
    if (next.isBoolean) entity[next.field] = true;
    else entity[next.field] = textAt(source, valueFrom, valueEnd);
    at = valueEnd;
  }
  return entity;
}

const ID = '  - {id: ';
const LABEL = ', label: ';
const START = ', start: ';
const END = ', end: ';
const TEXT = ', text: ';
const TRUE = 'true';

type OptionalKey =
  | { readonly key: string; readonly field: 'reviewed' | 'broken'; readonly isBoolean: true }
  | {
      readonly key: string;
      readonly field: 'suggestedBy' | 'note' | 'link' | 'externalId' | 'conflict' | 'before' | 'after';
      readonly isBoolean: false;
    };

/** By the unit that a key begins with: each begins with another. */
const OPTIONAL: (OptionalKey | undefined)[] = [];
for (const key of [
  { key: ', reviewed: ', field: 'reviewed', isBoolean: true },
  { key: ', to_place: ', field: 'broken', isBoolean: true },
  { key: ', suggested_by: ', field: 'suggestedBy', isBoolean: false },
  { key: ', note: ', field: 'note', isBoolean: false },
  { key: ', link: ', field: 'link', isBoolean: false },
  { key: ', external_id: ', field: 'externalId', isBoolean: false },
  { key: ', conflict: ', field: 'conflict', isBoolean: false },
  { key: ', before: ', field: 'before', isBoolean: false },
  { key: ', after: ', field: 'after', isBoolean: false },
] as const)
  OPTIONAL[key.key.charCodeAt(2)] = key;

/** Where `true` ends that stands behind a key. @returns -1 for any other value */
function endOfTrue(source: string, from: number, key: string): number {
  if (!source.startsWith(key, from - key.length) || !source.startsWith(TRUE, from)) return -1;
  const end = from + TRUE.length;
  const unit = source.charCodeAt(end);
  return unit === COMMA || unit === BRACE ? end : -1;
}

/** Where a text ends, plain or in quotes, that stands behind a key. @returns -1 for any other value */
function endOfText(source: string, from: number, to: number, key: string): number {
  if (source.charCodeAt(from) !== QUOTE) return endOfPlain(source, from, to, key);
  if (!source.startsWith(key, from - key.length)) return -1;
  for (let at = from + 1; at < to; at++) {
    const unit = source.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    // Beyond these, some characters are not written as they are.
    if (unit < 0x20 || unit > 0x7e || unit === BACKSLASH) return -1;
  }
  return -1;
}

function textAt(source: string, from: number, end: number): string {
  return source.charCodeAt(from) === QUOTE ? source.slice(from + 1, end - 1) : source.slice(from, end);
}

/** Where a plain scalar ends that stands behind a key. @returns -1 for what is none */
function endOfPlain(source: string, from: number, to: number, key: string): number {
  if (!source.startsWith(key, from - key.length)) return -1;
  let end = from;
  let isUsual = true;
  for (; end < to; end++) {
    const unit = source.charCodeAt(end);
    if (unit === COMMA || unit === BRACE) break;
    isUsual &&= isUsualUnit(unit);
  }
  if (isUsual && isPlainIfUsual(source, from, end)) return end;
  return isPlainText(source.slice(from, end)) ? end : -1;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACE = 0x7d;
const BACKSLASH = 0x5c;

/** Where a number of up to nine digits ends that stands behind a key. @returns -1 for what is none */
function endOfNumber(source: string, from: number, key: string): number {
  if (!source.startsWith(key, from - key.length)) return -1;
  let end = from;
  while (isDigit(source.charCodeAt(end))) end++;
  const isOne = end > from && end - from <= 9 && (source.charCodeAt(from) !== 0x30 || end === from + 1);
  return isOne && source.charCodeAt(end) === COMMA ? end : -1;
}

function numberAt(source: string, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at++) value = value * 10 + source.charCodeAt(at) - 0x30;
  return value;
}
