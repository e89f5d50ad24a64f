import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { FormatError, type Output } from '../formats/shared/format';
import { checkReadable } from '../formats/shared/sidecars';
import { formatErrorMessage } from '../wording/format-errors';
import { inEnglish } from '../wording/translate';
import { PIECE, Writer } from './staged';
import { TargetError, writingTo } from './system-error';
import { secondThread, type SecondThread } from './threads';

/** From so many files on, a second thread writes them. */
const MANY = 300;
/** How much goes to it at once, in UTF-16 units or bytes. */
const BATCH = 2 ** 18;
/** How many batches it has at most that are not written, so that little is held. */
const AHEAD = 4;

/** New files in a folder, written one after the other. */
export class StagedFiles {
  private readonly folders = new Set<string>();
  private readonly gathered = Buffer.allocUnsafe(PIECE);
  private open: { path: string; handle: number; writer: Writer } | undefined;

  /** @param staged where they are written @param folder what messages call it */
  constructor(
    private readonly staged: string,
    private readonly folder: string,
  ) {}

  /** @throws TargetError, and FormatError where a sidecar cannot be read again */
  write({ path, content, sidecarOf }: StagedOutput): void {
    if (sidecarOf !== undefined) checkReadable(content as string, sidecarOf);
    writingTo(join(this.folder, path), () => {
      if (this.open?.path !== path) this.begin(path);
      this.open!.writer.write(content);
    });
  }

  /** Writes whole files. @throws TargetError, which is all that another thread can be told */
  writeAll(outputs: readonly StagedOutput[]): void {
    try {
      for (const output of outputs) this.write(output);
      this.finish();
    } catch (error) {
      throw error instanceof FormatError ? new TargetError(formatErrorMessage(inEnglish, error)) : error;
    }
  }

  /** Ends the file that is being written. @throws TargetError */
  finish(): void {
    const { open } = this;
    if (open) writingTo(join(this.folder, open.path), () => open.writer.flush());
    this.close();
  }

  close(): void {
    if (this.open) closeSync(this.open.handle);
    this.open = undefined;
  }

  private begin(path: string): void {
    this.finish();
    // What a document is called may come from a stranger's file.
    if (path.split(/[\\/]/).includes('..') || isAbsolute(path))
      throw new TargetError(`${path} would leave the folder`);
    const file = join(this.staged, path);
    const folder = dirname(file);
    if (!this.folders.has(folder)) mkdirSync(folder, { recursive: true });
    this.folders.add(folder);
    const handle = openNew(file, path);
    this.open = { path, handle, writer: new Writer(handle, this.gathered) };
  }
}

/** A piece of a file. Pieces of one path follow each other. */
export interface StagedOutput extends Output {
  readonly path: string;
  /** The document that it is the whole sidecar of: that is read again before it counts as written. */
  readonly sidecarOf?: string | undefined;
}

/** Opens a file that is not there yet. @param path as messages have it */
function openNew(file: string, path: string): number {
  try {
    return openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new TargetError(`${path} would be written twice; nothing was written`);
  }
}

/**
 * The same, where many files are written by a second thread: what stands against one is then told later, when it is
 * waited for.
 */
export class StagedInThreads {
  private readonly own: StagedFiles;
  private thread: SecondThread | undefined;
  private path: string | undefined;
  private files = 0;
  private batch: StagedOutput[] = [];
  private size = 0;
  private readonly sent: Promise<unknown>[] = [];

  constructor(
    private readonly staged: string,
    private readonly folder: string,
  ) {
    this.own = new StagedFiles(staged, folder);
  }

  /** @throws TargetError */
  write(output: StagedOutput): void {
    if (output.path !== this.path) this.beginNext();
    this.path = output.path;
    if (!this.thread) return this.own.write(output);
    const { content } = output;
    // Bytes are valid until the next piece.
    this.batch.push({ ...output, content: typeof content === 'string' ? content : content.slice() });
    this.size += content.length;
  }

  /** Waits until not much is left to be written. @throws TargetError */
  async rest(): Promise<void> {
    while (this.sent.length > AHEAD) await this.sent.shift();
  }

  /** Waits until all is written. @throws TargetError */
  async finish(): Promise<void> {
    this.own.finish();
    if (!this.thread) return;
    this.send();
    for (const written of this.sent.splice(0)) await written;
    await this.thread.end();
  }

  /** Writes no more. */
  async close(): Promise<void> {
    this.own.close();
    await this.thread?.end();
  }

  private beginNext(): void {
    this.files++;
    if (this.size > BATCH) this.send();
    if (this.files !== MANY) return;
    this.own.finish();
    this.thread = secondThread('staged', { staged: this.staged, folder: this.folder });
  }

  private send(): void {
    const written = this.thread!.call('writeAll', [this.batch]);
    // It is told when it is waited for.
    written.catch(() => undefined);
    this.sent.push(written);
    [this.batch, this.size] = [[], 0];
  }
}
