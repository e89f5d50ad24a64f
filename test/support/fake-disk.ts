import * as vscode from 'vscode';

/** A file system in memory whose failures a test chooses. Lives under a scheme of its own until disposed. */
export class FakeDisk implements vscode.FileSystemProvider, vscode.Disposable {
  /** The error of a write, or nothing where it succeeds. */
  failWith: (uri: vscode.Uri) => Error | undefined = () => undefined;
  /** What a write waits for. */
  delay: (uri: vscode.Uri) => Promise<void> | undefined = () => undefined;
  /** Whether sidecars cannot be read. */
  failReading = false;
  /** Runs before an article is looked for. */
  onStat: () => void = () => undefined;

  private readonly scheme = `fake-${Math.random().toString(36).slice(2, 8)}`;
  private readonly files = new Map<string, Uint8Array>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly registration: vscode.Disposable;

  constructor(files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) this.set(name, text);
    this.registration = vscode.workspace.registerFileSystemProvider(this.scheme, this, {
      isCaseSensitive: true,
    });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  uri(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: this.scheme, path: `/${name}` });
  }

  set(name: string, text: string): void {
    this.files.set(`/${name}`, new TextEncoder().encode(text));
  }

  text(name: string): string | undefined {
    const bytes = this.files.get(`/${name}`);
    return bytes && new TextDecoder().decode(bytes);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path.endsWith('.txt')) this.onStat();
    const bytes = this.files.get(uri.path);
    if (bytes) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    const isFolder =
      uri.path === '/' || [...this.files.keys()].some((path) => path.startsWith(uri.path + '/'));
    if (!isFolder) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    if (this.failReading && uri.path.endsWith('.ann.yaml')) throw vscode.FileSystemError.NoPermissions(uri);
    return bytes;
  }

  /** Not all at once: an error that is thrown at once would end the editor's own queue of writes. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await this.delay(uri);
    const error = this.failWith(uri);
    if (error) throw error;
    this.files.set(uri.path, content);
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const names = this.names(uri.path);
    if (names.length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return names.map((name) => [name, vscode.FileType.File]);
  }

  /** The files in a folder. */
  names(folder: string): string[] {
    const start = folder.replace(/^\/?/, '/').replace(/\/?$/, '/');
    const inside = [...this.files.keys()].filter((path) => path.startsWith(start));
    return inside.map((path) => path.slice(start.length)).filter((name) => !name.includes('/'));
  }

  createDirectory(): void {}

  delete(uri: vscode.Uri): void {
    this.files.delete(uri.path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.files.set(to.path, this.readFile(from));
    this.files.delete(from.path);
  }
}
