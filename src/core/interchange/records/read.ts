import { FormatError, type Context, type SourceFile } from '../format';
import { isObject, isText, jsonItems, jsonLines, type Json, type JsonObject } from '../json';
import { nameOfFile, type Names } from '../names';

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

/**
 * The records of a file, one after the other: JSON with one on each line, or one value, a list of records or
 * several values of however many lines. A line that is none is reported and left out.
 * @param title of the format, for the error
 * @throws FormatError where the file has no record, or is malformed and not in lines
 */
export function* readRecords(file: SourceFile, context: Context, title: string): Generator<ReadRecord> {
  const { report } = context;
  const { beginning, lines } = peek(file.lines());
  if (beginning === undefined) return;
  const again = { path: file.path, lines: () => lines };
  const values = isRecordLine(beginning) ? jsonLines(again, context, isRecord) : jsonItems(again);
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
  if (!first)
    throw new FormatError('file-not-format', { file: file.path, line: 1, column: 1 }, { format: title });
  if (number === 1) yield { ...first, isOnly: true };
}

/** The first line that is not empty, and all lines: what comes through a pipe can be read but once. */
function peek(all: Iterable<string>): { beginning: string | undefined; lines: Iterable<string> } {
  const rest = all[Symbol.iterator]();
  const seen: string[] = [];
  const lines = (function* () {
    yield* seen;
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
  })();
  for (let next = rest.next(); !next.done; next = rest.next()) {
    seen.push(next.value);
    if (next.value.trim() !== '') return { beginning: next.value.trim(), lines };
  }
  return { beginning: undefined, lines };
}

/** Whether a line is a record of its own. One that is malformed counts, if it begins and ends as one. */
function isRecordLine(line: string): boolean {
  try {
    const value = JSON.parse(line) as Json;
    return !Array.isArray(value) || isText((value as readonly Json[])[0]);
  } catch {
    return /^\{.*\}$|^[^{[]/s.test(line);
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
    private readonly names: Names,
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
