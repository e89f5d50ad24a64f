import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FormatError, type Output } from '../core/interchange/format';
import { FolderTarget } from './folder-target';
import { isThere, temporaryName, Writer } from './staged';

/** Where a command writes: nothing is to be seen there before {@link commit}, but for a pipe. */
export interface Target {
  write(output: Output): void;
  /** Puts what was written in its place, all or nothing. @throws TargetError where something is there already */
  commit(): void;
  /** Leaves everything as it was. */
  abort(): void;
}

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
