import * as vscode from 'vscode';
import { webSha256 } from '../../core/text';
import { FileTooBig, LARGEST_FILE, type Disk } from './disk';
import { MemoryStage } from './stage';

/** Files through the editor: the only way in the web worker host, and for virtual file systems. */
export const editorDisk: Disk = {
  concurrency: 256,
  sha256: webSha256,

  async read(uri) {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.byteLength > LARGEST_FILE * 2 ** 20) throw new FileTooBig();
      return bytes;
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

  async list(folders) {
    const namesIn = async (folder: vscode.Uri) => {
      const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
      return entries.flatMap(([name, type]) => nameOf(name, type)).sort();
    };
    return Promise.all(folders.map(namesIn));
  },

  async makeFolder(folder) {
    await vscode.workspace.fs.createDirectory(folder);
  },

  // To ask for the time of a file takes as long as to read it.
  stamps: (files) => Promise.resolve(files.map(() => undefined)),

  async write(uri, bytes, isCurrent) {
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false)
      throw vscode.FileSystemError.NoPermissions(uri);
    if (isCurrent && !(await isCurrent())) return false;
    await vscode.workspace.fs.writeFile(uri, bytes);
    return true;
  },

  async remove(uri, isCurrent) {
    if (!(await isCurrent())) return false;
    await vscode.workspace.fs.delete(uri);
    return true;
  },

  async keep(uri, bytes) {
    await vscode.workspace.fs.writeFile(uri, bytes);
  },

  inTurn: (_uri, task) => task({ isHeld: () => Promise.resolve(true) }),

  onDidTakeTurn: () => new vscode.Disposable(() => undefined),

  stage: (folder) => Promise.resolve(new MemoryStage(folder)),

  // Nothing is made beside the files that are written, so what is there is another host's to remove.
  removeLeftovers: () => Promise.resolve(),
};

function nameOf(name: string, type: vscode.FileType): string[] {
  if (type & vscode.FileType.Directory) return [`${name}${type & vscode.FileType.SymbolicLink ? '//' : '/'}`];
  return type & vscode.FileType.File ? [name] : [];
}

export const disk: Disk = editorDisk;
