import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { FormatError, type SourceFile } from '../core/interchange/format';
import { decodeBytes, pause, readAll, readSmall, walk } from './disk';

const PIECE = 2 ** 20;

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
      yield* decoded(handle, this.path);
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
  if (!decoded) throw notUtf8(path, bytes);
  return decoded;
}

/** What comes through a pipe: it is read once, from its beginning to its end. */
export class PipeFile implements SourceFile {
  private whole: string | undefined;
  readonly path = 'stdin';
  /** A decoder leaves it out. */
  readonly hasMark = false;

  get size(): number {
    return Buffer.byteLength(this.text());
  }

  text(): string {
    return (this.whole ??= [...decoded(0, this.path)].join(''));
  }

  lines(): Iterable<string> {
    return this.whole === undefined ? linesOf(decoded(0, this.path)) : linesOf([this.whole]);
  }

  slice(start: number, end: number): Uint8Array {
    return Buffer.from(this.text()).subarray(start, end);
  }

  sibling(): undefined {
    return undefined;
  }
}

/** The files that a person named: a file, or all below a folder (see {@link walk}). */
export function* filesOf(named: string): Generator<DiskFile> {
  const stats = statSync(named, { throwIfNoEntry: false });
  if (!stats) throw new FormatError('file-unreadable', { file: named }, { reason: 'ENOENT' });
  if (!stats.isDirectory()) {
    yield new DiskFile(named, basename(named));
    return;
  }
  for (const { prefix, files } of walk(named)) {
    const names = new Set(files);
    const folder = join(named, prefix, sep);
    for (const name of files) yield new DiskFile(folder + name, prefix + name, names);
  }
}

function* decoded(handle: number, path: string): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const buffer = Buffer.alloc(PIECE);
  try {
    for (let length: number; (length = readPiece(handle, buffer)) > 0;)
      yield decoder.decode(buffer.subarray(0, length), { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw error instanceof FormatError ? error : unreadable(path, error);
    throw new FormatError('file-not-utf8', { file: path });
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
  const { code, message } = error as NodeJS.ErrnoException;
  return new FormatError('file-unreadable', { file: path }, { reason: code ?? message });
}

/** Says at which line the bytes are no UTF-8. */
function notUtf8(path: string, bytes: Buffer): FormatError {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const at = bytes.indexOf(0x0a, from);
    const end = at < 0 ? bytes.length : at;
    if (!isUtf8(bytes.subarray(from, end))) break;
    from = end + 1;
  }
  return new FormatError('file-not-utf8', { file: path, line });
}
