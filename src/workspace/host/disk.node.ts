import { hash, randomUUID } from 'node:crypto';
import { lstatSync, renameSync, unlinkSync } from 'node:fs';
import { access, lstat, mkdir, open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LEFTOVER_PREFIX } from '../../core/skipped';
import { webSha256 } from '../../core/text';
import { leftLockListeners, removeLock, withLock } from '../../node/lock';
import type { Disk, Turn } from './disk';
import { editorDisk } from './disk.browser';
import { FileReads } from './file-reads.node';
import { FolderStage } from './stage.node';

/** How old a file that was made for a moment must be, in ms, to count as left over. */
const LEFTOVER_AGE = 60_000;

/** What takes longer to hash than to hand over to another thread and back, in bytes, and would block this one. */
const LONGEST_HASH = 2 ** 20;

const files = new FileReads();

/** How coarse the times of files may be, in ms. */
const COARSEST_TIME = 2000;

/** Files of the `file:` scheme straight from the disk, everything else through the editor. */
export const disk: Disk = {
  // Enough for `FileReads` to have a batch while another is worked through.
  concurrency: 64,

  sha256: (bytes) => (bytes.length > LONGEST_HASH ? webSha256(bytes) : hash('sha256', bytes)),

  async read(uri) {
    if (uri.scheme !== 'file') return editorDisk.read(uri);
    return orUndefined(files.read(uri.fsPath), uri);
  },

  async readHead(uri, length) {
    if (uri.scheme !== 'file') return editorDisk.readHead(uri, length);
    return orUndefined(files.read(uri.fsPath, length), uri);
  },

  async exists(uri) {
    if (uri.scheme !== 'file') return editorDisk.exists(uri);
    return access(uri.fsPath).then(
      () => true,
      () => false,
    );
  },

  async list(folders) {
    if (folders.some(({ scheme }) => scheme !== 'file')) return editorDisk.list(folders);
    return files.list(folders.map(({ fsPath }) => fsPath));
  },

  async makeFolder(folder) {
    if (folder.scheme !== 'file') return editorDisk.makeFolder(folder);
    try {
      await mkdir(folder.fsPath, { recursive: true });
    } catch (error) {
      throw asFileSystemError(error, folder);
    }
  },

  async stamps(places) {
    if (places.some(({ root }) => root.scheme !== 'file')) return editorDisk.stamps(places);
    // Some file systems tell times no finer than two seconds.
    const latest = Date.now() - COARSEST_TIME;
    const stats = await files.stats(places.map(({ root, path }) => `${root.fsPath}/${path}`));
    return stats.map((stat) => (stat && stat.mtimeMs < latest ? `${stat.mtimeMs}:${stat.size}` : undefined));
  },

  async write(uri, bytes, isCurrent, turn) {
    if (uri.scheme !== 'file') return editorDisk.write(uri, bytes, isCurrent);
    try {
      return await replaceFile(uri.fsPath, bytes, isCurrent, turn);
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },

  async remove(uri, isCurrent) {
    if (uri.scheme !== 'file') return editorDisk.remove(uri, isCurrent);
    const { fsPath } = uri;
    try {
      return await withLock(await followLink(fsPath), ({ isHeld }) =>
        ifUnchanged(
          fsPath,
          async () => (await isCurrent()) && (await isHeld()),
          () => unlinkSync(fsPath),
        ),
      );
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },

  async keep(uri, bytes) {
    if (uri.scheme !== 'file') return editorDisk.keep(uri, bytes);
    const temporary = temporaryFor(uri.fsPath);
    try {
      await writeFile(temporary, bytes);
      await rename(temporary, uri.fsPath);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
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

  onDidTakeTurn(listener) {
    const tell = (path: string) => listener(vscode.Uri.file(path));
    leftLockListeners.add(tell);
    return new vscode.Disposable(() => leftLockListeners.delete(tell));
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
  const there = await lstat(path).catch(() => undefined);
  const target = there?.isSymbolicLink() ? await followLink(path) : path;
  const old = there?.isSymbolicLink() ? await stat(target).catch(() => undefined) : there;
  // A rename would replace a read-only file without asking; its owner has said no.
  if (old && (old.mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
  const temporary = temporaryFor(target);
  try {
    const handle = await open(temporary, 'wx', old?.mode);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    // The turn is looked at last: who lost it meanwhile must not overtake who has it now.
    const isRight = async ({ isHeld }: Turn) => !isCurrent || ((await isCurrent()) && (await isHeld()));
    const replace = (turn: Turn) =>
      ifUnchanged(
        target,
        () => isRight(turn),
        () => renameSync(temporary, target),
      );
    const isReplaced = await (turn ? replace(turn) : withLock(target, replace));
    if (isReplaced) await flushFolder(dirname(target));
    else await unlink(temporary);
    return isReplaced;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/**
 * Does something to a file if that is as it should be, and did not change while that was looked at. Programs that
 * take no turn, as git, may write it at any time: so the last look and the deed are one, without a wait between
 * them, which takes a tenth of a millisecond where a wait takes some of them on a busy machine.
 */
async function ifUnchanged(
  path: string,
  isRight: () => Promise<boolean>,
  deed: () => void,
): Promise<boolean> {
  const before = versionOf(path);
  if (!(await isRight()) || versionOf(path) !== before) return false;
  deed();
  return true;
}

/** What tells a version of a file from another, as exactly as the system knows; empty where there is none. */
function versionOf(path: string): string {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join() : '';
}

function temporaryFor(path: string): string {
  return join(dirname(path), `${LEFTOVER_PREFIX}${randomUUID().slice(0, 8)}.tmp`);
}

async function followLink(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Folders that are flushed: what is on its way, and the next, for what was renamed since that began. */
const flushes = new Map<string, { now: Promise<void>; next?: Promise<void> }>();

/**
 * Brings a rename to the disk, so that what was written is there after a power cut, too: 0.3 ms where a
 * write takes 0.4 ms. Not every system can; a process that is killed does not need it. Many renames in one folder at
 * a time share a flush that begins after them.
 */
function flushFolder(folder: string): Promise<void> {
  const flush = flushes.get(folder);
  if (flush) return (flush.next ??= flush.now.then(() => startFlush(folder)));
  return startFlush(folder);
}

function startFlush(folder: string): Promise<void> {
  const now = flushNow(folder).finally(() => {
    if (flushes.get(folder)?.next === undefined) flushes.delete(folder);
  });
  flushes.set(folder, { now });
  return now;
}

async function flushNow(folder: string): Promise<void> {
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
