import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { FormatError, type Output } from '../core/interchange/format';
import { pause } from './source';

/** Where a conversion writes: nothing is to be seen there before {@link commit}, but for a pipe. */
export interface Target {
  write(output: Output): void;
  /** Puts what was written in its place. @throws TargetError where something is there already */
  commit(): void;
  /** Leaves everything as it was. */
  abort(): void;
}

/** What stands against writing, as a sentence. */
export class TargetError extends Error {}

export interface TargetOptions {
  /** Whether files that are there may be replaced. */
  readonly isForced: boolean;
  /** Whether documents have files of their own. */
  readonly isFolder: boolean;
}

/** The target of a name: `-` is standard output; a folder, or a file. @throws FormatError where a folder is needed */
export function targetOf(named: string, { isForced, isFolder }: TargetOptions): Target {
  if (isFolder) {
    const stats = named === '-' ? undefined : statSync(named, { throwIfNoEntry: false });
    if (named === '-' || (stats && !stats.isDirectory()))
      throw new FormatError('folder-needed', { file: named });
    return new FolderTarget(named, isForced);
  }
  return named === '-' ? new PipeTarget() : new FileTarget(named, isForced);
}

/** How much is gathered before it is written, in bytes. */
const PIECE = 2 ** 20;

/** Writes to an open file in large pieces. */
class Writer {
  private static readonly gathered = Buffer.alloc(PIECE);
  private length = 0;

  constructor(private readonly handle: number) {}

  write(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    if (this.length + bytes.length > PIECE) this.flush();
    if (bytes.length > PIECE) return writeAll(this.handle, bytes);
    Writer.gathered.set(bytes, this.length);
    this.length += bytes.length;
  }

  flush(): void {
    writeAll(this.handle, Writer.gathered.subarray(0, this.length));
    this.length = 0;
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;) {
    try {
      from += writeSync(handle, bytes, from);
    } catch (error) {
      // The reader of a pipe is slower than we are.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

class PipeTarget implements Target {
  private readonly writer = new Writer(1);

  write({ content }: Output): void {
    this.writer.write(content);
  }

  commit(): void {
    this.writer.flush();
  }

  abort(): void {
    // What went through the pipe cannot be taken back; the exit code tells.
  }
}

class FileTarget implements Target {
  private readonly temporary: string;
  private readonly handle: number;
  private readonly writer: Writer;

  constructor(
    private readonly file: string,
    private readonly isForced: boolean,
  ) {
    if (!isForced && existsSync(file)) throw isThere(file);
    mkdirSync(dirname(file), { recursive: true });
    this.temporary = join(dirname(file), temporaryName());
    this.handle = openSync(this.temporary, 'wx');
    this.writer = new Writer(this.handle);
  }

  write({ content }: Output): void {
    this.writer.write(content);
  }

  commit(): void {
    this.writer.flush();
    closeSync(this.handle);
    if (!this.isForced && existsSync(this.file)) {
      rmSync(this.temporary);
      throw isThere(this.file);
    }
    renameSync(this.temporary, this.file);
  }

  abort(): void {
    closeSync(this.handle);
    rmSync(this.temporary, { force: true });
  }
}

/** Files in a folder: written into a hidden one within it, and moved from there when all of them are. */
export class FolderTarget implements Target {
  private readonly staged: string;
  private readonly isNew: boolean;
  private readonly paths = new Set<string>();
  private readonly folders = new Set<string>();
  private open: { path: string; handle: number; writer: Writer } | undefined;

  constructor(
    private readonly folder: string,
    private readonly isForced: boolean,
  ) {
    this.isNew = !existsSync(folder);
    mkdirSync(folder, { recursive: true });
    this.staged = join(folder, temporaryName());
    mkdirSync(this.staged);
  }

  write({ path, content }: Output): void {
    if (path === undefined) throw new Error('A file in a folder needs a path');
    if (this.open?.path !== path) this.begin(path);
    this.open!.writer.write(content);
  }

  commit(): void {
    this.close();
    const there = this.isForced
      ? undefined
      : [...this.paths].find((path) => existsSync(join(this.folder, path)));
    if (there !== undefined) {
      this.abort();
      throw isThere(join(this.folder, there));
    }
    const folders = new Set<string>();
    for (const path of this.paths) {
      const target = join(this.folder, path);
      if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
      folders.add(dirname(target));
      renameSync(join(this.staged, path), target);
    }
    rmSync(this.staged, { recursive: true });
  }

  abort(): void {
    this.close();
    rmSync(this.isNew ? this.folder : this.staged, { recursive: true, force: true });
  }

  private begin(path: string): void {
    this.close();
    // What a document is called may come from a stranger's file.
    if (path.split(/[\\/]/).includes('..') || isAbsolute(path))
      throw new TargetError(`${path} would leave the folder`);
    const file = join(this.staged, path);
    if (!this.folders.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    this.folders.add(dirname(file));
    const handle = openSync(file, this.paths.has(path) ? 'a' : 'wx');
    this.paths.add(path);
    this.open = { path, handle, writer: new Writer(handle) };
  }

  private close(): void {
    if (!this.open) return;
    this.open.writer.flush();
    closeSync(this.open.handle);
    this.open = undefined;
  }
}

function temporaryName(): string {
  return `.corpus-annotator-${randomUUID().slice(0, 8)}.tmp`;
}

function isThere(file: string): TargetError {
  return new TargetError(
    `${file} is there already; nothing was written. Name another, or pass --force to replace it`,
  );
}
