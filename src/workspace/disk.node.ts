import { randomUUID } from 'node:crypto';
import { access, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { FileTooBig, LARGEST_FILE, type Disk } from './disk';
import { editorDisk } from './disk.browser';

/** Files of the `file:` scheme straight from the disk, everything else through the editor. */
export const disk: Disk = {
  concurrency: 64,

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

  async write(uri, bytes, isCurrent) {
    if (uri.scheme !== 'file') return editorDisk.write(uri, bytes, isCurrent);
    try {
      return await replaceFile(uri.fsPath, bytes, isCurrent);
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },
};

async function readWhole(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const stats = await handle.stat();
    // A device or a pipe may never end.
    if (!stats.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
    if (stats.size > LARGEST_FILE * 2 ** 20) throw new FileTooBig();
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/**
 * A new file beside the old one, flushed, then renamed over it: a reader, or a crash, sees the old
 * content or the new, never a part. A link is followed; the old file's mode is kept. The name of the new
 * file is short, since that of the old one may be as long as names can be.
 */
async function replaceFile(
  path: string,
  bytes: Uint8Array,
  isCurrent: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => undefined);
  // A rename would replace a read-only file without asking; its owner has said no.
  if (old && (old.mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
  const temporary = join(dirname(target), `.${randomUUID().slice(0, 13)}.tmp`);
  try {
    const handle = await open(temporary, 'wx', old?.mode);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (await isCurrent()) {
      await rename(temporary, target);
      return true;
    }
    await unlink(temporary);
    return false;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
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
