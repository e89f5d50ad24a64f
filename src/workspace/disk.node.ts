import { randomUUID } from 'node:crypto';
import { access, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Disk } from './disk';
import { editorDisk } from './disk.browser';

/** Files of the `file:` scheme straight from the disk, everything else through the editor. */
export const disk: Disk = {
  concurrency: 64,

  async read(uri) {
    if (uri.scheme !== 'file') return editorDisk.read(uri);
    return orUndefined(readFile(uri.fsPath), uri);
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

  async write(uri, bytes) {
    if (uri.scheme !== 'file') return editorDisk.write(uri, bytes);
    try {
      await replaceFile(uri.fsPath, bytes);
    } catch (error) {
      throw asFileSystemError(error, uri);
    }
  },
};

/**
 * A new file beside the old one, flushed, then renamed over it: a reader, or a crash, sees the old
 * content or the new, never a part. A link is followed; the old file's mode is kept.
 */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const old = await stat(target).catch(() => undefined);
  // A rename would replace a read-only file without asking; its owner has said no.
  if (old && (old.mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const handle = await open(temporary, 'wx', old?.mode);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

async function orUndefined<T>(result: Promise<T>, uri: vscode.Uri): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
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
