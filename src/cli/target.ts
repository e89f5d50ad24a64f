import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { FormatError, type Output } from '../formats/shared/format';
import { FolderTarget } from './folder-target';
import { isThere, MadeFolder, temporaryName, Writer, type Target } from './staged';
import { TargetError, writingTo } from './system-error';
import { streams } from './terminal';

export interface TargetOptions {
  /** Whether files that are there may be replaced. */
  readonly isForced: boolean;
  /** Whether documents have files of their own. */
  readonly isFolder: boolean;
}

/**
 * The target of a name: `-` is standard output; a folder, or a file. A device or a named pipe is written to as it is.
 * @throws FormatError where a folder is needed
 * @throws TargetError where nothing can be written there
 */
export function targetOf(named: string, { isForced, isFolder }: TargetOptions): Target {
  const stats =
    named === '-' ? undefined : writingTo(named, () => statSync(named, { throwIfNoEntry: false }));
  if (isFolder) {
    if (named === '-' || (stats && !stats.isDirectory()))
      throw new FormatError('folder-needed', { file: named });
    return new FolderTarget(named, isForced);
  }
  if (named === '-') return new PipeTarget();
  if (stats?.isDirectory() || (!stats && (named.endsWith('/') || named.endsWith(sep))))
    throw new TargetError(
      `${named} is a folder, and all documents go into one file: name a file, or - for standard output`,
    );
  if (stats && !stats.isFile())
    return new PipeTarget(
      named,
      writingTo(named, () => openSync(named, 'w')),
    );
  return new FileTarget(named, isForced);
}

export class PipeTarget implements Target {
  private readonly writer: Writer;

  /** @param name for messages @param handle is open */
  constructor(
    private readonly name = 'standard output',
    handle = streams().output,
  ) {
    this.writer = new Writer(handle);
  }

  write({ content }: Output): void {
    writingTo(this.name, () => this.writer.write(content));
  }

  commit(): Promise<readonly string[]> {
    writingTo(this.name, () => this.writer.flush());
    return Promise.resolve([]);
  }

  abort(): Promise<void> {
    // What went through the pipe cannot be taken back; the exit code tells.
    return Promise.resolve();
  }
}

class FileTarget implements Target {
  /** Where a link leads to: what is there is replaced, not the link. */
  private readonly place: string;
  private readonly made: MadeFolder;
  private readonly temporary: string;
  private readonly handle: number;
  private readonly writer: Writer;
  private isOpen = true;

  constructor(
    private readonly file: string,
    private readonly isForced: boolean,
  ) {
    const isOld = existsSync(file);
    if (!isForced && isOld) throw isThere(file);
    this.place = isOld ? realpathSync(file) : file;
    const folder = dirname(this.place);
    this.temporary = join(folder, temporaryName());
    this.made = writingTo(file, () => new MadeFolder(folder));
    this.handle = writingTo(file, () => openSync(this.temporary, 'wx'));
    this.writer = new Writer(this.handle);
  }

  write({ content }: Output): void {
    writingTo(this.file, () => this.writer.write(content));
  }

  async commit(): Promise<readonly string[]> {
    try {
      writingTo(this.file, () => {
        this.writer.flush();
        this.close();
        if (!this.isForced && existsSync(this.file)) throw isThere(this.file);
        renameSync(this.temporary, this.place);
      });
    } catch (error) {
      await this.abort();
      throw error;
    }
    return [];
  }

  abort(): Promise<void> {
    this.close();
    rmSync(this.temporary, { force: true });
    this.made.remove();
    return Promise.resolve();
  }

  private close(): void {
    if (this.isOpen) closeSync(this.handle);
    this.isOpen = false;
  }
}
