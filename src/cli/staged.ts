import { randomUUID } from 'node:crypto';
import { writeAll } from './disk';

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
    writeAll(this.handle, this.gathered.subarray(0, this.length));
    this.length = 0;
  }
}

/** The name of what is written beside its place, until it is whole. */
export function temporaryName(): string {
  return `.corpus-annotator-${randomUUID().slice(0, 8)}.tmp`;
}

export const TEMPORARY_NAME = /^\.corpus-annotator-[0-9a-f]{8}\.tmp$/;

/** What stands against writing, as a sentence. */
export class TargetError extends Error {}

export function isThere(file: string): TargetError {
  return new TargetError(
    `${file} is there already; nothing was written. Name another, or pass --force to replace it`,
  );
}
