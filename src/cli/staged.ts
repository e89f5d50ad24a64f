import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Output } from '../formats/shared/format';
import { LEFTOVER_PREFIX } from '../core/skipped';
import { writeAll } from './disk';
import { TargetError } from './system-error';

/** Where a command writes: nothing is to be seen there before {@link commit}, but for a pipe. */
export interface Target {
  /** @throws TargetError where the system does not write it */
  write(output: Output): void;
  /**
   * Puts what was written in its place, all or nothing.
   * @returns the files that another program changed in that moment, which are left as they are
   * @throws TargetError where something is there already
   */
  commit(): Promise<readonly string[]>;
  /** Leaves everything as it was. */
  abort(): Promise<void>;
  /** To be waited for now and then, where much is written. @throws TargetError */
  rest?(): Promise<void>;
}

/** How much is gathered before it is written, in bytes. */
export const PIECE = 2 ** 20;

/** Writes to an open file in large pieces. */
export class Writer {
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
    const { length } = this;
    // What could not be written is not tried again.
    this.length = 0;
    writeAll(this.handle, this.gathered.subarray(0, length));
  }
}

/** The name of what is written beside its place, until it is whole. */
export function temporaryName(): string {
  return `${LEFTOVER_PREFIX}${randomUUID().slice(0, 8)}.tmp`;
}

export const TEMPORARY_NAME = /^\.corpus-annotator-[0-9a-f]{8}\.tmp$/;

/** A folder that is made with those above it where it is not there, and can be taken away again. */
export class MadeFolder {
  /** The outermost folder that was made. */
  private readonly outermost: string | undefined;

  /** @throws Error of the system */
  constructor(private readonly folder: string) {
    const made = mkdirSync(folder, { recursive: true });
    this.outermost = made && resolve(made);
  }

  get isNew(): boolean {
    return this.outermost !== undefined;
  }

  /** Takes away what was made and is empty. */
  remove(): void {
    if (this.outermost === undefined) return;
    try {
      for (let folder = resolve(this.folder); folder.startsWith(this.outermost); folder = dirname(folder))
        if (lstatSync(folder, { throwIfNoEntry: false })) rmdirSync(folder);
    } catch (error) {
      // Something else is in it by now.
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

export function isThere(file: string): TargetError {
  return new TargetError(
    `${file} is there already; nothing was written. Name another, or pass --force to replace it`,
  );
}
