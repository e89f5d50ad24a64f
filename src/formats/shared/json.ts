import { FormatError, type Context, type SourceFile } from './format';
import { placeAt } from './place-at';
import { scanJson, type Json, type JsonObject } from './json-source';

export type { Json, JsonObject } from './json-source';

/** More levels than any format has; what writes JSON or YAML calls itself for each. */
const MOST_LEVELS = 500;

/**
 * Parses JSON.
 * @param line of the file at which the source begins, and column there (UTF-16), both from 1
 * @throws FormatError with the place of what is wrong
 */
export function parseJson(source: string, file: string, line = 1, column = 1): Json {
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch (error) {
    throw new FormatError(
      'json-malformed',
      { file, ...placeOfError(source, line, column) },
      { message: reasonIn((error as Error).message) },
    );
  }
  if (isTooDeep(value))
    throw new FormatError(
      'json-malformed',
      { file, line, column },
      { trouble: 'too-deep', most: String(MOST_LEVELS) },
    );
  return value;
}

function isTooDeep(value: Json): boolean {
  const within = (one: Json): Json[] =>
    Object.values(one ?? {}).filter((item: Json) => typeof item === 'object' && item !== null);
  let level: Json[] = typeof value === 'object' ? [value] : [];
  for (let levels = 0; level.length > 0; levels++) {
    if (levels >= MOST_LEVELS) return true;
    level = level.flatMap(within);
  }
  return false;
}

/**
 * The objects of a file with one on each line. A line that is none is reported and left out.
 * @param isRecord where other values than objects serve
 */
export function* jsonLines<T extends Json = JsonObject>(
  file: Pick<SourceFile, 'path' | 'lines'>,
  { report }: Context,
  isRecord: (value: Json | undefined) => value is T = isObject as (value: Json | undefined) => value is T,
): Generator<{ readonly value: T; readonly line: number }> {
  let line = 0;
  for (const source of file.lines()) {
    line++;
    if (source.trim() === '') continue;
    let value: Json | undefined;
    let column = 1;
    try {
      value = JSON.parse(source) as Json;
    } catch {
      ({ column } = placeOfError(source, line));
    }
    if (isRecord(value)) yield { value, line };
    else {
      const values = { source: source.slice(0, 200) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column, values });
    }
  }
}

/** What an engine says of an error, without the piece of the source, and a place that counts from somewhere else. */
function reasonIn(message: string): string {
  return message.split(/ in JSON at position|, (?:\.\.\.)?"/, 1)[0]!;
}

/** What engines say of an error differs, and mostly lacks its place. */
function placeOfError(source: string, firstLine: number, firstColumn = 1): { line: number; column: number } {
  const { line, column } = placeAt(source, scanJson(source).errorAt16 ?? 0);
  return { line: firstLine + line - 1, column: line === 1 ? column + firstColumn - 1 : column };
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

/** Whether a value can be an offset or a number of tokens. */
export function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** What names something in a file, be it a number; `undefined` where that is neither a text nor a number. */
export function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** The items of a value that is to be a list; none where it is not. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/**
 * The items of a file that is one JSON array (or several values one after the other), each as soon as it is
 * read, so that memory does not grow with the file.
 * @throws FormatError at the item that is malformed, or where the file is no array of such items
 */
export function* jsonItems(
  file: Pick<SourceFile, 'path' | 'lines'>,
): Generator<{ readonly value: Json; readonly line: number }> {
  let item = '';
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let line = 0;
  let lastLength = 0;
  let [firstLine, firstColumn] = [1, 1];
  const finish = (): { value: Json; line: number } => {
    const value = parseJson(item, file.path, firstLine, firstColumn);
    item = '';
    return { value, line: firstLine };
  };
  /** What stands outside of objects and lists: commas and space, or texts, numbers and the like. */
  let outside = '';
  let [outsideLine, outsideColumn] = [1, 1];
  function* scalars(): Generator<{ value: Json; line: number }> {
    const source = outside.replace(/^[\s,]+|[\s,]+$/g, '');
    const lead = /^[\s,]*/.exec(outside)![0];
    const ends = lead.split('\n').length - 1;
    const line = outsideLine + ends;
    const column = ends > 0 ? lead.length - lead.lastIndexOf('\n') : outsideColumn + lead.length;
    outside = '';
    if (source === '') return;
    // The bracket is none of the file's.
    for (const value of parseJson(`[${source}]`, file.path, line, column - 1) as readonly Json[])
      yield { value, line };
  }
  let isArray: boolean | undefined;
  for (const source of file.lines()) {
    line++;
    lastLength = source.length;
    let from = 0;
    for (let at = 0; at < source.length; at++) {
      const unit = source.charCodeAt(at);
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (unit === 0x5c) isEscaped = true;
        else if (unit === 0x22) inText = false;
        continue;
      }
      if (isArray === undefined && unit > 0x20) {
        isArray = unit === 0x5b;
        if (isArray) {
          from = at + 1;
          [outsideLine, outsideColumn] = [line, from + 1];
          continue;
        }
      }
      if (unit === 0x22) inText = true;
      else if (unit === 0x7b || unit === 0x5b) {
        if (depth++ === 0) {
          outside += source.slice(from, at);
          yield* scalars();
          item = '';
          from = at;
          [firstLine, firstColumn] = [line, at + 1];
        }
      } else if (unit === 0x7d || unit === 0x5d) {
        if (--depth === 0) {
          item += source.slice(from, at + 1);
          from = at + 1;
          [outsideLine, outsideColumn] = [line, from + 1];
          yield finish();
        }
        // The end of the array itself.
        if (depth < 0) {
          outside += source.slice(from, at);
          from = at + 1;
          depth = 0;
        }
      }
    }
    if (depth > 0) item += source.slice(from) + '\n';
    else outside += source.slice(from) + '\n';
  }
  if (depth > 0) {
    const trouble = inText ? 'ends-in-text' : 'ends-inside';
    throw new FormatError('json-malformed', { file: file.path, line, column: lastLength + 1 }, { trouble });
  }
  yield* scalars();
}
