import { FormatError, type Context, type SourceFile } from '../format';
import { isObject, isText, jsonItems, jsonLines, type Json, type JsonObject } from '../json';
import { nameOfFile, type DocumentNames } from '../document-names';

/** What stands for a document in a file of many: an object, or a list such as `["text", {…}]`. */
export type JsonRecord = JsonObject | readonly Json[];

export interface ReadRecord {
  readonly value: JsonRecord;
  readonly line: number;
  /** Of the file, from 1. */
  readonly number: number;
  /** Whether the file has no other. */
  readonly isOnly: boolean;
}

/** Values within each other, more of which no tool writes and no stack need hold. */
const DEEPEST = 60;

/** How many lines are looked at where the first does not tell whether each is a record. */
const LOOKED_AT = 1000;

/**
 * The records of a file, one after the other: JSON with one on each line, or one value, a list of records or
 * several values of however many lines. A line that is none is reported and left out, wherever it stands.
 * @param title of the format, for the error
 * @throws FormatError where the file has no record, or is malformed and not in lines
 */
export function* readRecords(file: SourceFile, context: Context, title: string): Generator<ReadRecord> {
  const { report } = context;
  const { areRecords, values } = readValues(file, context);
  // Waits until it is known whether there is another.
  let first: ReadRecord | undefined;
  let number = 0;
  for (const { value, line } of values) {
    if (!isRecord(value) || isDeeper(value, DEEPEST)) {
      const values = { source: JSON.stringify(value).slice(0, 200) };
      report.add({ kind: 'invalid', code: 'line-malformed', file: file.path, line, column: 1, values });
      continue;
    }
    const record = { value, line, number: ++number, isOnly: false };
    if (number === 1) first = record;
    else {
      if (number === 2) yield first!;
      yield record;
    }
  }
  if (!first && areRecords === undefined) return;
  if (!first) {
    const code = areRecords ? 'records-missing' : 'file-not-format';
    throw new FormatError(code, { file: file.path, line: 1, column: 1 }, { format: title });
  }
  if (number === 1) yield { ...first, isOnly: true };
}

/**
 * The values of a file, one after the other, in lines or not; see {@link readRecords}.
 * @returns also whether each line is to be a record; `undefined` where the file is empty
 */
export function readValues(file: SourceFile, context: Context) {
  const { areRecords, lines } = peek(file.lines());
  const again = { path: file.path, lines: () => lines };
  const values = areRecords ? jsonLines(again, context, isRecord) : jsonItems(again);
  return { areRecords, values };
}

/**
 * Whether each line of a file is a record (`undefined` where all are empty), and all lines: what comes through a pipe
 * can be read but once.
 */
function peek(all: Iterable<string>): { areRecords: boolean | undefined; lines: Iterable<string> } {
  const rest = all[Symbol.iterator]();
  const seen: string[] = [];
  const look = (): string | undefined => {
    for (let next = rest.next(); !next.done; next = rest.next()) {
      seen.push(next.value);
      if (next.value.trim() !== '') return next.value;
    }
    return undefined;
  };
  const lines = (function* () {
    yield* seen;
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
  })();
  const first = look();
  if (first === undefined) return { areRecords: undefined, lines };
  const told = isRecordLine(first.trim());
  if (told !== undefined) return { areRecords: told, lines };
  while (seen.length < LOOKED_AT && look() !== undefined);
  if (beginsWithValue(seen)) return { areRecords: false, lines };
  // What a tool has spread over several lines is indented, or has commas behind it, but for the last.
  const whole = seen.filter((line) => /^[{[]/.test(line) && isWholeRecord(line)).length;
  const isList = /^\s*\[(?!\s*")/.test(first);
  return { areRecords: whole > (isList ? seen.length / 2 : 0), lines };
}

/**
 * Whether a line that is not empty is a record of its own: one that begins and ends as such counts.
 * @returns `undefined` where it may begin a value of several lines, or be cut off
 */
function isRecordLine(line: string): boolean | undefined {
  // A list of all that there is may be long.
  if (/^\[(?!\s*")/.test(line)) return line === '[' ? false : undefined;
  if (isWholeRecord(line) || /^\{.*\}$|^[^{[]/s.test(line)) return true;
  return undefined;
}

function isWholeRecord(line: string): boolean {
  try {
    const value = JSON.parse(line) as Json;
    return isObject(value) || (Array.isArray(value) && isText((value as readonly Json[])[0]));
  } catch {
    return false;
  }
}

/** Whether lines begin with a whole value, of however many of them. */
function beginsWithValue(lines: readonly string[]): boolean {
  try {
    return jsonItems({ path: '', lines: () => lines }).next().done !== true;
  } catch {
    return false;
  }
}

function isRecord(value: Json | undefined): value is JsonRecord {
  return isObject(value) || Array.isArray(value);
}

function isDeeper(value: Json | undefined, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((item: Json | undefined) => isDeeper(item, left - 1));
}

/** Names of the documents of one file. */
export class RecordNames {
  private readonly base: string;

  constructor(
    { path }: SourceFile,
    extensions: readonly string[],
    private readonly names: DocumentNames,
  ) {
    this.base = nameOfFile(path, extensions);
  }

  /**
   * The name that a record says (`meta.source`, `filename`, `id` …), else the file's, with the record's
   * number where there are several.
   * @param meta where the format keeps what is said of a document
   */
  take(record: JsonObject, meta: Json | undefined, { number, isOnly }: ReadRecord): string {
    const said = nameIn(record, meta);
    if (typeof said === 'string') return this.names.take(said.replace(/\.txt$/i, ''));
    if (said !== undefined) return this.names.take(`${this.base}/${said}`);
    return this.names.take(isOnly ? this.base : `${this.base}/${String(number).padStart(4, '0')}`);
  }
}

function nameIn(record: JsonObject, meta: Json | undefined): string | number | undefined {
  const { source, filename, file, name, id } = isObject(meta) ? meta : {};
  const candidates = [source, filename, file, name, record.filename, record.id, id];
  const text = candidates.find((value): value is string => isText(value) && value.trim() !== '');
  return text ?? candidates.find((value): value is number => Number.isSafeInteger(value));
}
