import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { access, lstat, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { webSha256 } from '../core/text';
import { FileTooBig, LARGEST_FILE, LEFTOVER_PREFIX, type Disk, type Turn } from './disk';
import { editorDisk } from './disk.browser';
import { removeLock, withLock } from './lock.node';
import { FolderStage } from './stage.node';

/** How old a file that was made for a moment must be, in ms, to count as left over. */
const LEFTOVER_AGE = 60_000;

/** What takes longer to hash than to hand over to another thread and back, in bytes, and would block this one. */
const LONGEST_HASH = 2 ** 20;

// The functions with callbacks take less than half the time of those of `node:fs/promises`, whose file handles
// are objects that the garbage collector watches. It counts where a corpus is read.
const openFile = promisify(fs.open);
const statOpen = promisify(fs.fstat);
const readOpen = promisify(fs.read);
const closeFile = promisify(fs.close);
const statFile = promisify(fs.stat);

/** How coarse the times of files may be, in ms. */
const COARSEST_TIME = 2000;

/** Files of the `file:` scheme straight from the disk, everything else through the editor. */
export const disk: Disk = {
  // The host has four threads for files. What these bring at once is worked through at once.
  concurrency: 16,

  sha256: (bytes) =>
    bytes.length > LONGEST_HASH ? webSha256(bytes) : createHash('sha256').update(bytes).digest(),

  async read(uri) {
    if (uri.scheme !== 'file') return editorDisk.read(uri);
    return orUndefined(readWhole(uri.fsPath), uri);
  },

  async readHead(uri, length) {
    if (uri.scheme !== 'file') return editorDisk.readHead(uri, length);
    const handle = await orUndefined(open(uri.fsPath), uri);
    if (!handle) return undefined;
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },

  async exists(uri) {
    if (uri.scheme !== 'file') return editorDisk.exists(uri);
    return access(uri.fsPath).then(
      () => true,
      () => false,
    );
  },

  async stamp(uri) {
    if (uri.scheme !== 'file') return editorDisk.stamp(uri);
    const stats = await statFile(uri.fsPath).catch(() => undefined);
    // Some file systems tell times no finer than two seconds.
    if (!stats || Date.now() - stats.mtimeMs < COARSEST_TIME) return undefined;
    return `${stats.mtimeMs}:${stats.size}`;
  },

  async write(uri, bytes, isCurrent, turn) {
    if (uri.scheme !== 'file') return editorDisk.write(uri, bytes, isCurrent);
    try {
      return await replaceFile(uri.fsPath, bytes, isCurrent, turn);
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },

  async inTurn(uri, task) {
    if (uri.scheme !== 'file') return editorDisk.inTurn(uri, task);
    try {
      return await withLock(await followLink(uri.fsPath), task);
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },

  async stage(folder) {
    if (folder.scheme !== 'file') return editorDisk.stage(folder);
    try {
      return await FolderStage.begin(folder.fsPath);
    } catch (error) {
      throw asFileSystemError(error, folder);
    }
  },

  async removeLeftovers(uris) {
    for (const { scheme, fsPath } of uris) {
      // Whoever is not allowed to, or comes too late, leaves it.
      if (scheme === 'file') await removeLeftover(fsPath).catch(() => undefined);
    }
  },
};

async function removeLeftover(path: string): Promise<void> {
  if (Date.now() - (await lstat(path)).mtimeMs < LEFTOVER_AGE) return;
  if (path.endsWith('.lock')) await removeLock(path);
  else await unlink(path);
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await openFile(path, 'r');
  try {
    const stats = await statOpen(file);
    // A device or a pipe may never end.
    if (!stats.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
    if (stats.size > LARGEST_FILE * 2 ** 20) throw new FileTooBig();
    // One byte more than there are, since a file may grow that another program writes just now.
    let bytes = new Uint8Array(stats.size + 1);
    let length = 0;
    for (let more = 1; more > 0; length += more) {
      if (length === bytes.length) bytes = grown(bytes);
      more = (await readOpen(file, bytes, length, bytes.length - length, length)).bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await closeFile(file);
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(2 * bytes.length);
  more.set(bytes);
  return more;
}

/**
 * A new file beside the old one, flushed, then renamed over it: a reader, or a crash, sees the old
 * content or the new, never a part. A link is followed; the old file's mode is kept. The name of the new
 * file is short, since that of the old one may be as long as names can be.
 */
async function replaceFile(
  path: string,
  bytes: Uint8Array,
  isCurrent: (() => Promise<boolean>) | undefined,
  turn: Turn | undefined,
): Promise<boolean> {
  const target = await followLink(path);
  const old = await stat(target).catch(() => undefined);
  // A rename would replace a read-only file without asking; its owner has said no.
  if (old && (old.mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
  const temporary = join(dirname(target), `${LEFTOVER_PREFIX}${randomUUID().slice(0, 8)}.tmp`);
  try {
    const handle = await open(temporary, 'wx', old?.mode);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    const replace = async ({ isHeld }: Turn) => {
      // The turn is looked at last: who lost it meanwhile must not overtake who has it now.
      if (isCurrent && !((await isCurrent()) && (await isHeld()))) return false;
      await rename(temporary, target);
      return true;
    };
    const isReplaced = await (turn ? replace(turn) : withLock(target, replace));
    if (isReplaced) await flushFolder(dirname(target));
    else await unlink(temporary);
    return isReplaced;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

async function followLink(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/**
 * Brings a rename to the disk, so that what was written is there after a power cut, too: 0.3 ms where a
 * write takes 0.4 ms. Not every system can; a process that is killed does not need it.
 */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A name that is too long is no file's. */
const NO_SUCH_FILE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

async function orUndefined<T>(result: Promise<T>, uri: vscode.Uri): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (NO_SUCH_FILE.has(codeOf(error) ?? '')) return undefined;
    throw asFileSystemError(error, uri);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function asFileSystemError(error: unknown, uri: vscode.Uri): Error {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return vscode.FileSystemError.NoPermissions(uri);
    case 'ENOENT':
      return vscode.FileSystemError.FileNotFound(uri);
    case 'EISDIR':
      return vscode.FileSystemError.FileIsADirectory(uri);
    default:
      return error as Error;
  }
}
