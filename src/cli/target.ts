import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { FormatError, type Output } from '../core/interchange/format';
import { writeAll } from './disk';

/** Where a command writes: nothing is to be seen there before {@link commit}, but for a pipe. */
export interface Target {
  write(output: Output): void;
  /** Puts what was written in its place, all or nothing. @throws TargetError where something is there already */
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
  private length = 0;

  /** @param gathered for what is not written yet; who writes one file after the other may give the same */
  constructor(
    private readonly handle: number,
    private readonly gathered = Buffer.allocUnsafe(PIECE),
  ) {}

  write(content: string | Uint8Array): void {
    // No UTF-16 unit takes more than three bytes.
    if (typeof content === 'string' && 3 * content.length <= PIECE) {
      if (this.length + 3 * content.length > PIECE) this.flush();
      this.length += this.gathered.write(content, this.length);
      return;
    }
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    if (this.length + bytes.length > PIECE) this.flush();
    if (bytes.length > PIECE) return writeAll(this.handle, bytes);
    this.gathered.set(bytes, this.length);
    this.length += bytes.length;
  }

  flush(): void {
    writeAll(this.handle, this.gathered.subarray(0, this.length));
    this.length = 0;
  }
}

export class PipeTarget implements Target {
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
  private isOpen = true;

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
    this.close();
    try {
      if (!this.isForced && existsSync(this.file)) throw isThere(this.file);
      renameSync(this.temporary, this.file);
    } catch (error) {
      rmSync(this.temporary, { force: true });
      throw error;
    }
  }

  abort(): void {
    this.close();
    rmSync(this.temporary, { force: true });
  }

  private close(): void {
    if (this.isOpen) closeSync(this.handle);
    this.isOpen = false;
  }
}

/** What tells a version of a file from others; `undefined` where there is none. */
export function stampOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stats && `${stats.mtimeNs} ${stats.size} ${stats.ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Something that was moved to its place. */
interface Move {
  readonly to: string;
  /** Where what stood there is meanwhile. */
  readonly old: string | undefined;
}

/**
 * Files in a folder: written into a hidden one within it, and moved from there when all of them are. Where one
 * cannot be moved, all others go back.
 */
export class FolderTarget implements Target {
  private readonly staged: string;
  /** The outermost folder that was made for it. */
  private readonly made: string | undefined;
  private readonly folders = new Set<string>();
  /** The files that may be replaced, with their stamps; see {@link stampOf}. */
  private readonly replaced = new Map<string, string>();
  private readonly gathered = Buffer.allocUnsafe(PIECE);
  private open: { path: string; handle: number; writer: Writer } | undefined;

  constructor(
    private readonly folder: string,
    private readonly isForced: boolean,
  ) {
    const made = mkdirSync(folder, { recursive: true });
    this.made = made && resolve(made);
    this.staged = join(folder, temporaryName());
    mkdirSync(this.staged);
  }

  write({ path, content }: Output): void {
    if (path === undefined) throw new Error('A file in a folder needs a path');
    if (this.open?.path !== path) this.begin(path);
    this.open!.writer.write(content);
  }

  /** Writes a file that is there. @param stamp of the version that is replaced; no other is */
  replace(path: string, content: string, stamp: string): void {
    this.replaced.set(path, stamp);
    this.write({ path, content });
  }

  commit(): void {
    this.close();
    const moves: Move[] = [];
    try {
      this.check('');
      this.move('', moves);
    } catch (error) {
      for (const { to, old } of moves.reverse()) {
        rmSync(to, { recursive: true });
        if (old !== undefined) renameSync(old, to);
      }
      this.abort();
      throw error;
    }
    rmSync(this.staged, { recursive: true });
  }

  abort(): void {
    this.close();
    rmSync(this.staged, { recursive: true, force: true });
    if (this.made === undefined) return;
    for (let folder = resolve(this.folder); folder.startsWith(this.made); folder = dirname(folder))
      if (existsSync(folder)) rmdirSync(folder);
  }

  /** Whether what was written may go to its place. @param prefix a path with `/` at its end, or nothing */
  private check(prefix: string): void {
    for (const entry of this.entries(prefix)) {
      const path = prefix + entry.name;
      const target = join(this.folder, path);
      const stamp = stampOf(target);
      if (stamp === undefined) {
        if (!this.replaced.has(path)) continue;
        throw new TargetError(`${target} is gone since it was read; nothing was written`);
      }
      const isFolder = lstatSync(target).isDirectory();
      if (isFolder !== entry.isDirectory())
        throw new TargetError(`${target} is ${isFolder ? 'a' : 'no'} folder; nothing was written`);
      if (isFolder) this.check(`${path}/`);
      else if (this.replaced.has(path) && this.replaced.get(path) !== stamp)
        throw new TargetError(`${target} was changed since it was read; nothing was written. Try again`);
      else if (!this.replaced.has(path) && !this.isForced) throw isThere(target);
    }
  }

  /** A folder that is new is moved as a whole. */
  private move(prefix: string, moves: Move[]): void {
    for (const entry of this.entries(prefix)) {
      const path = prefix + entry.name;
      const target = join(this.folder, path);
      const isThere = existsSync(target);
      if (isThere && entry.isDirectory()) {
        this.move(`${path}/`, moves);
        continue;
      }
      const old = isThere ? join(this.staged, `${path}${temporaryName()}`) : undefined;
      if (old !== undefined) renameSync(target, old);
      try {
        renameSync(join(this.staged, path), target);
      } catch (error) {
        if (old !== undefined) renameSync(old, target);
        throw error;
      }
      moves.push({ to: target, old });
    }
  }

  private entries(prefix: string) {
    return readdirSync(join(this.staged, prefix), { withFileTypes: true });
  }

  private begin(path: string): void {
    this.close();
    // What a document is called may come from a stranger's file.
    if (path.split(/[\\/]/).includes('..') || isAbsolute(path))
      throw new TargetError(`${path} would leave the folder`);
    const file = join(this.staged, path);
    const folder = dirname(file);
    if (!this.folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.folders.add(folder);
    if (existsSync(file)) throw new TargetError(`${path} would be written twice; nothing was written`);
    const handle = openSync(file, 'wx');
    this.open = { path, handle, writer: new Writer(handle, this.gathered) };
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
