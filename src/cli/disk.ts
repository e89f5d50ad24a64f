import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  writeSync,
  type Dirent,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { isSkipped } from '../core/skipped';

/** Larger files are read in pieces. */
const LARGE = 4 * 2 ** 20;

const shared = Buffer.alloc(LARGE);

/**
 * The bytes of a file, valid until the next one is read; `undefined` where it is large.
 * @param isPlain whether it is known to be no pipe or the like: what it gives at once is then all that it has
 */
export function readSmall(file: string, isPlain = false): Buffer | undefined {
  const handle = openSync(file, 'r');
  try {
    let length = readSync(handle, shared, 0, LARGE, null);
    for (let more = length; more > 0 && !isPlain && length < LARGE; length += more)
      more = readSync(handle, shared, length, LARGE - length, null);
    return length < LARGE ? shared.subarray(0, length) : undefined;
  } finally {
    closeSync(handle);
  }
}

/** The bytes of a file, valid until the next one is read. */
export function readAll(file: string, isPlain = false): Buffer {
  return readSmall(file, isPlain) ?? readFileSync(file);
}

/** Decodes UTF-8, without a byte-order mark; `undefined` where it is none. */
export function decodeBytes(bytes: Buffer): { text: string; hasMark: boolean } | undefined {
  if (!isUtf8(bytes)) return undefined;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: bytes.toString('utf8', hasMark ? 3 : 0), hasMark };
}

/** A file's text; `undefined` where there is none, or where it is no file. @throws Error where it cannot be read */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readAll(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** A folder that is walked through. */
export interface Folder {
  /** Its path below the first one, with `/` at its end; empty for that itself. */
  readonly prefix: string;
  /** The names of its files, in their order. */
  readonly files: readonly string[];
}

export interface WalkOptions {
  /** Whether a folder below is walked through, by its path with `/` at its end. */
  readonly enters?: (prefix: string, entries: readonly Dirent[]) => boolean;
  /** Is told of a folder that cannot be read, which is passed over then. */
  readonly fail: (prefix: string, error: unknown) => void;
  /** Whether links to folders are followed. Those to files are in any case. */
  readonly followsFolders: boolean;
  /** Is told of a link that is passed over, and why it cannot be followed where that is so. */
  readonly pass: (path: string, error?: unknown) => void;
}

/**
 * A folder and all below it, one after the other, in the order of their names. No more is held than the names on
 * the way down.
 */
export function walk(folder: string, options: WalkOptions): Generator<Folder> {
  return walkBelow(folder, '', options, options.followsFolders ? [realpathSync(folder)] : []);
}

/** @param above the real paths of the folder and of those that led to it, where links to folders are followed */
function* walkBelow(
  folder: string,
  prefix: string,
  options: WalkOptions,
  above: readonly string[],
): Generator<Folder> {
  const entries = entriesOf(folder, (error) => options.fail(prefix, error))
    .filter(({ name }) => !isSkipped(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (prefix !== '' && !(options.enters?.(prefix, entries) ?? true)) return;
  const [files, folders]: [string[], Dirent[]] = [[], []];
  for (const entry of entries) {
    // Nothing but a link costs another look at the disk.
    const kind = entry.isSymbolicLink() ? endOfLink(folder, prefix, entry.name, options) : entry;
    if (kind?.isFile()) files.push(entry.name);
    else if (kind?.isDirectory()) folders.push(entry);
  }
  yield { prefix, files };
  for (const entry of folders) {
    const { name } = entry;
    const path = join(folder, name);
    const real = entry.isSymbolicLink() ? realpathSync(path) : join(above.at(-1) ?? '', name);
    if (above.includes(real)) options.pass(prefix + name, Object.assign(new Error(), { code: 'ELOOP' }));
    else
      yield* walkBelow(path, `${prefix}${name}/`, options, options.followsFolders ? [...above, real] : above);
  }
}

/** What a link leads to; `undefined` where it is passed over. */
function endOfLink(
  folder: string,
  prefix: string,
  name: string,
  { followsFolders, pass }: WalkOptions,
): Stats | undefined {
  try {
    const stats = statSync(join(folder, name));
    if (followsFolders || !stats.isDirectory()) return stats;
    pass(prefix + name);
  } catch (error) {
    pass(prefix + name, error);
  }
  return undefined;
}

function entriesOf(folder: string, fail: (error: unknown) => void): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    fail(error);
    return [];
  }
}

/** Writes all bytes to an open file, waiting for the reader of a pipe that is slower. */
export function writeAll(handle: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length;) {
    try {
      from += writeSync(handle, bytes, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

/** Waits for a hundredth of a second, with nothing else going on. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
