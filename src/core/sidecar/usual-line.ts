import type { Entity } from '../entity';
import { isPlainText } from './scalar';

/**
 * The entity lines that make up nearly all of a corpus, read in one pass and without patterns, some four
 * times as fast as others: the five keys that every entity has, and perhaps `reviewed: true`, or `before` and
 * `after`, with text that needs no escapes.
 * @returns `undefined` for any other line, be it valid or not
 */
export function readUsualLine(line: string): Entity | undefined {
  const idEnd = endOfPlain(line, ID.length, ID);
  const labelEnd = endOfPlain(line, idEnd + LABEL.length, LABEL);
  if (idEnd < 0 || labelEnd < 0) return undefined;
  const startEnd = endOfNumber(line, labelEnd + START.length, START);
  const endEnd = endOfNumber(line, startEnd + END.length, END);
  if (startEnd < 0 || endEnd < 0) return undefined;
  const textFrom = endEnd + TEXT.length;
  const textEnd = endOfText(line, textFrom, TEXT);
  if (textEnd < 0) return undefined;
  const id = line.slice(ID.length, idEnd);
  const label = line.slice(idEnd + LABEL.length, labelEnd);
  const start = numberAt(line, labelEnd + START.length, startEnd);
  const end = numberAt(line, startEnd + END.length, endEnd);
  if (start > end) return undefined;
  const text = textAt(line, textFrom, textEnd);
  if (textEnd === line.length - 1) return line[textEnd] === '}' ? { id, label, start, end, text } : undefined;
  const reviewed = line.startsWith(REVIEWED, textEnd);
  const restFrom = reviewed ? textEnd + REVIEWED.length : textEnd;
  if (reviewed && restFrom === line.length - 1)
    return line[restFrom] === '}' ? { id, label, start, end, text, reviewed } : undefined;
  const beforeFrom = restFrom + BEFORE.length;
  const beforeEnd = endOfText(line, beforeFrom, BEFORE);
  const afterFrom = beforeEnd + AFTER.length;
  const afterEnd = beforeEnd < 0 ? -1 : endOfText(line, afterFrom, AFTER);
  if (afterEnd !== line.length - 1 || line[afterEnd] !== '}') return undefined;
  const around = {
    before: textAt(line, beforeFrom, beforeEnd),
    after: textAt(line, afterFrom, afterEnd),
  };
  return reviewed
    ? { id, label, start, end, text, reviewed, ...around }
    : { id, label, start, end, text, ...around };
}

const ID = '  - {id: ';
const LABEL = ', label: ';
const START = ', start: ';
const END = ', end: ';
const TEXT = ', text: ';
const REVIEWED = ', reviewed: true';
const BEFORE = ', before: ';
const AFTER = ', after: ';

/** Where a text ends, plain or in quotes, that stands behind a key. @returns -1 for any other value */
function endOfText(line: string, from: number, key: string): number {
  if (line.charCodeAt(from) !== QUOTE) return endOfPlain(line, from, key);
  if (!line.startsWith(key, from - key.length)) return -1;
  for (let at = from + 1; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    // Beyond these, some characters are not written as they are.
    if (unit < 0x20 || unit > 0x7e || unit === BACKSLASH) return -1;
  }
  return -1;
}

function textAt(line: string, from: number, end: number): string {
  return line.charCodeAt(from) === QUOTE ? line.slice(from + 1, end - 1) : line.slice(from, end);
}

/** Where a plain scalar ends that stands behind a key. @returns -1 for what is none */
function endOfPlain(line: string, from: number, key: string): number {
  if (!line.startsWith(key, from - key.length)) return -1;
  let end = from;
  let isSimple = isLetter(line.charCodeAt(from));
  for (; end < line.length; end++) {
    const unit = line.charCodeAt(end);
    if (unit === COMMA || unit === BRACE) break;
    isSimple &&= unit < 0x80 && SIMPLE[unit] === 1;
  }
  // What is longer, and no number behind an e, is no word that YAML reserves.
  const isLong = end - from > LONGEST_RESERVED && line.charCodeAt(from + 1) > 0x39;
  if (isSimple && isLong && line.charCodeAt(end - 1) !== SPACE) return end;
  return isPlainText(line.slice(from, end)) ? end : -1;
}

/** `false`. */
const LONGEST_RESERVED = 5;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACE = 0x7d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** By unit: whether it may stand in plain text, see `scalar.ts`. */
const SIMPLE = new Uint8Array(0x80);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _.'&()/-")
  SIMPLE[char.charCodeAt(0)] = 1;

function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

/** Where a number of up to nine digits ends that stands behind a key. @returns -1 for what is none */
function endOfNumber(line: string, from: number, key: string): number {
  if (!line.startsWith(key, from - key.length)) return -1;
  let end = from;
  while (isDigit(line.charCodeAt(end))) end++;
  const isOne = end > from && end - from <= 9 && (line.charCodeAt(from) !== 0x30 || end === from + 1);
  return isOne && line.charCodeAt(end) === COMMA ? end : -1;
}

function numberAt(line: string, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at++) value = value * 10 + line.charCodeAt(at) - 0x30;
  return value;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
