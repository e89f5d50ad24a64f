import * as vscode from 'vscode';
import type { Disk } from './disk';

/** Files through the editor: the only way in the web worker host, and for virtual file systems. */
export const editorDisk: Disk = {
  concurrency: 256,

  async read(uri) {
    try {
      return await vscode.workspace.fs.readFile(uri);
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      throw error;
    }
  },

  async readHead(uri, length) {
    return (await this.read(uri))?.subarray(0, length);
  },

  async exists(uri) {
    return vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
  },

  async write(uri, bytes) {
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false)
      throw vscode.FileSystemError.NoPermissions(uri);
    await vscode.workspace.fs.writeFile(uri, bytes);
  },
};

export const disk: Disk = editorDisk;
