// As much of the editor's API as an article needs that is written without an editor, over Node's file system.
import fs from 'node:fs/promises';
import path from 'node:path';

export class Uri {
  readonly authority = '';

  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}

  static file(name: string): Uri {
    return new Uri('file', name);
  }

  static parse(value: string): Uri {
    return Uri.file(decodeURI(new URL(value).pathname));
  }

  static joinPath(base: Uri, ...segments: string[]): Uri {
    return Uri.file(path.posix.join(base.path, ...segments));
  }

  with({ path: name }: { path: string }): Uri {
    return Uri.file(name);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `file://${encodeURI(this.path)}`;
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class FileSystemError extends Error {
  constructor(
    readonly code: string,
    uri: Uri,
  ) {
    super(`${code}: ${uri.toString()}`);
  }

  static NoPermissions = (uri: Uri) => new FileSystemError('NoPermissions', uri);
  static FileNotFound = (uri: Uri) => new FileSystemError('FileNotFound', uri);
  static FileIsADirectory = (uri: Uri) => new FileSystemError('FileIsADirectory', uri);
}

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export const workspace = {
  textDocuments: [],
  fs: {
    async stat(uri: Uri): Promise<{ mtime: number; size: number }> {
      const { mtimeMs: mtime, size } = await fs.stat(uri.fsPath);
      return { mtime, size };
    },
    writeFile: (uri: Uri, bytes: Uint8Array) => fs.writeFile(uri.fsPath, bytes),
    createDirectory: (uri: Uri) => fs.mkdir(uri.fsPath, { recursive: true }),
    delete: (uri: Uri) => fs.rm(uri.fsPath),
    rename: (from: Uri, to: Uri) => fs.rename(from.fsPath, to.fsPath),
    async readDirectory(uri: Uri): Promise<[string, number][]> {
      const entries = await fs.readdir(uri.fsPath, { withFileTypes: true });
      return entries.map((entry) => [entry.name, entry.isDirectory() ? FileType.Directory : FileType.File]);
    },
  },
};
