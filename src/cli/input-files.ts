import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { FormatError, type SourceFile } from '../formats/shared/format';
import { HEAD_LENGTH, headOf, isEnough } from '../formats/shared/head';
import { placeOfNotUtf8 } from '../formats/shared/utf8';
import { decodeBytes, pause, readAll, readSmall, walk } from './disk';
import { reasonOf } from './system-error';
import { streams } from './terminal';

/** In bytes. The strings of larger ones live longer than their lines, and memory grows by what is not yet freed. */
const PIECE = 2 ** 16;
/** What standard input is called in messages. */
const STDIN = 'stdin';

/** A file of the disk; its own path stays out of what is written. */
export class DiskFile implements SourceFile {
  private content: { text: string; hasMark: boolean } | undefined;

  /**
   * @param path as reports and names of documents have it; it ends with the name of the file
   * @param beside the names of the plain files in its folder, where they are known; it is then one of them
   */
  constructor(
    private readonly file: string,
    readonly path: string,
    private readonly beside?: ReadonlySet<string>,
  ) {}

  get size(): number {
    return this.attempt(() => statSync(this.file).size);
  }

  get hasMark(): boolean {
    return this.read().hasMark;
  }

  text(): string {
    return this.read().text;
  }

  *lines(): Generator<string> {
    const bytes = this.content ? undefined : this.attempt(() => readSmall(this.file, this.isPlain));
    if (bytes) this.content = decode(bytes, this.path);
    if (this.content) yield* linesOf([this.content.text]);
    else yield* linesOf(this.pieces());
  }

  slice(start: number, end: number): Uint8Array {
    return this.attempt(() => {
      const handle = openSync(this.file, 'r');
      try {
        const buffer = Buffer.alloc(Math.max(0, Math.min(end, fstatSync(handle).size) - start));
        return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, start));
      } finally {
        closeSync(handle);
      }
    });
  }

  sibling(name: string): SourceFile | undefined {
    const own = basename(name);
    const at = this.path.lastIndexOf('/') + 1;
    const file = this.file.slice(0, at - this.path.length) + own;
    const isThere = this.beside?.has(name) ?? statSync(file, { throwIfNoEntry: false })?.isFile();
    return isThere ? new DiskFile(file, this.path.slice(0, at) + own, this.beside) : undefined;
  }

  private get isPlain(): boolean {
    return this.beside !== undefined;
  }

  private read() {
    return (this.content ??= this.attempt(() => decode(readAll(this.file, this.isPlain), this.path)));
  }

  private *pieces(): Generator<string> {
    const handle = this.attempt(() => openSync(this.file, 'r'));
    try {
      yield* decoded(piecesOf(handle, this.path), this.path);
    } finally {
      closeSync(handle);
    }
  }

  private attempt<T>(task: () => T): T {
    try {
      return task();
    } catch (error) {
      throw error instanceof FormatError ? error : unreadable(this.path, error);
    }
  }
}

function decode(bytes: Buffer, path: string): { text: string; hasMark: boolean } {
  const decoded = decodeBytes(bytes);
  if (!decoded) throw new FormatError('file-not-utf8', { file: path, ...placeOfNotUtf8(bytes) });
  return decoded;
}

/** What comes through a pipe: it is read once, from its beginning to its end. */
export class PipeFile implements SourceFile {
  readonly path = STDIN;
  /** A decoder leaves it out. */
  readonly hasMark = false;
  /** What was read of it already. */
  private readonly held: Buffer[] = [];
  private isWhole = false;

  get size(): number {
    return this.bytes().length;
  }

  text(): string {
    return [...decoded([this.bytes()], this.path)].join('');
  }

  lines(): Iterable<string> {
    return linesOf(decoded(this.pieces(), this.path));
  }

  slice(start: number, end: number): Uint8Array {
    return this.bytes().subarray(start, end);
  }

  sibling(): undefined {
    return undefined;
  }

  /** What its format is told by (see `headOf`). What was looked at is read again. */
  head(length = HEAD_LENGTH): string {
    const rest = piecesOf(streams().input, this.path);
    for (let wanted = length; ; wanted *= 8) {
      while (lengthOf(this.held) < wanted && this.holdNext(rest));
      const beginning = Buffer.concat(this.held);
      // The end of a Parquet file, which its columns are in, comes last.
      const bytes = beginning.toString('latin1', 0, 4) === 'PAR1' ? this.bytes() : beginning;
      const head = headOf(bytes.length, (start, end) => bytes.subarray(start, end), length);
      if (isEnough(head) || this.isWhole) return head;
    }
  }

  private *pieces(): Generator<Buffer> {
    yield* this.held;
    if (!this.isWhole) yield* piecesOf(streams().input, this.path);
  }

  private bytes(): Buffer {
    const rest = piecesOf(streams().input, this.path);
    while (this.holdNext(rest));
    const whole = this.held.length === 1 ? this.held[0]! : Buffer.concat(this.held);
    this.held.splice(0, Infinity, whole);
    return whole;
  }

  private holdNext(rest: Iterator<Buffer>): boolean {
    const next = this.isWhole ? undefined : rest.next();
    if (next && !next.done) this.held.push(Buffer.from(next.value));
    else this.isWhole = true;
    return !this.isWhole;
  }
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/**
 * The files that a person named: a file, or all below a folder (see {@link walk}), also by links.
 * @param fail is told of a folder below that cannot be read, and of a link that leads nowhere or in a circle; both
 * are passed over
 */
export function* filesOf(named: string, fail: (error: FormatError) => void): Generator<DiskFile> {
  const stats = statSync(named, { throwIfNoEntry: false });
  if (!stats) throw unreadable(named, Object.assign(new Error(), { code: 'ENOENT' }));
  if (!stats.isDirectory()) {
    yield new DiskFile(named, basename(named));
    return;
  }
  const pass = (path: string, error: unknown) => {
    if (path === '') throw unreadable(named, error);
    fail(unreadable(path, error));
  };
  for (const { prefix, files } of walk(named, { fail: pass, pass, followsFolders: true })) {
    const names = new Set(files);
    const folder = join(named, prefix, sep);
    for (const name of files) yield new DiskFile(folder + name, prefix + name, names);
  }
}

/** The text of bytes that come in pieces. @throws FormatError with the place where they are no UTF-8 */
function* decoded(pieces: Iterable<Buffer>, path: string): Generator<string> {
  let [line, column] = [1, 1];
  /** The beginning of a character whose end is in the next piece. */
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const decodeNext = (bytes: Buffer): string => {
    const text = isFirst ? decodeBytes(bytes)?.text : isUtf8(bytes) ? bytes.toString() : undefined;
    isFirst = false;
    if (text !== undefined) return text;
    const bad = placeOfNotUtf8(bytes)!;
    const place = { line: line + bad.line - 1, column: bad.column + (bad.line === 1 ? column - 1 : 0) };
    throw new FormatError('file-not-utf8', { file: path, ...place });
  };
  for (const piece of pieces) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const whole = bytes.length - cutLength(bytes);
    const text = decodeNext(bytes.subarray(0, whole));
    rest = Buffer.from(bytes.subarray(whole));
    const last16 = text.lastIndexOf('\n');
    column = last16 < 0 ? column + text.length : text.length - last16;
    for (let at16 = -1; (at16 = text.indexOf('\n', at16 + 1)) >= 0;) line++;
    yield text;
  }
  if (rest.length > 0) yield decodeNext(rest);
}

/** How many bytes at the end begin a character that is not complete. */
function cutLength(bytes: Buffer): number {
  for (let length = 1; length < 4 && length <= bytes.length; length++) {
    const byte = bytes[bytes.length - length]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const wanted = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return wanted > length ? length : 0;
  }
  return 0;
}

/** What an open file has, from where it stands; each piece is valid until the next one. @throws FormatError */
function* piecesOf(handle: number, path: string): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE);
  try {
    for (let length: number; (length = readPiece(handle, buffer)) > 0;) yield buffer.subarray(0, length);
  } catch (error) {
    throw error instanceof FormatError ? error : unreadable(path, error);
  }
}

/** @returns how many bytes were read; 0 at the end. A pipe that has nothing yet is waited for. */
function readPiece(handle: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(handle, buffer, 0, buffer.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    const text = rest + piece;
    let from16 = 0;
    for (let at16; (at16 = text.indexOf('\n', from16)) >= 0; from16 = at16 + 1)
      yield withoutReturn(text.slice(from16, at16));
    rest = text.slice(from16);
  }
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function unreadable(path: string, error: unknown): FormatError {
  return new FormatError('file-unreadable', { file: path }, { reason: reasonOf(error) });
}
