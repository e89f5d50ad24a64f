import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Output } from '../../formats/shared/format';
import { baseName } from '../../core/sidecar/name';
import type { Stage } from '../host/disk';

/** How much is gathered before it is written, in bytes. */
const PIECE = 2 ** 20;

/**
 * Where an export goes: a file, or files in a folder. Nothing is there before {@link place}, and nothing but
 * what was there is after {@link discard}.
 */
export class ExportTarget {
  private readonly paths = new Set<string>();
  private gathered: Uint8Array[] = [];
  private size = 0;
  private current: string | undefined;
  private readonly encoder = new TextEncoder();

  private constructor(
    private readonly folder: vscode.Uri,
    /** The name of the file of all documents. */
    private readonly main: string | undefined,
    private readonly stage: Stage,
  ) {}

  /** @param uri the file of all documents, or the folder of files */
  static async begin(uri: vscode.Uri, isFolder: boolean): Promise<ExportTarget> {
    const folder = isFolder ? uri : vscode.Uri.joinPath(uri, '..');
    return new ExportTarget(folder, isFolder ? undefined : baseName(uri.path), await disk.stage(folder));
  }

  async write({ path = this.main, content }: Output): Promise<void> {
    if (path === undefined) throw new Error('A file in a folder needs a path');
    // What a document is called may come from a stranger's file.
    if (path.startsWith('/') || path.split(/[\\/]/).includes('..'))
      throw new Error(`${path} would leave the folder`);
    if (path !== this.current) await this.flush();
    this.current = path;
    this.paths.add(path);
    const bytes = typeof content === 'string' ? this.encoder.encode(content) : content.slice();
    this.gathered.push(bytes);
    this.size += bytes.length;
    if (this.size >= PIECE) await this.flush();
  }

  /** Ends writing. @returns the files that are there already with another content */
  async conflicts(): Promise<string[]> {
    await this.flush();
    const found: string[] = [];
    for (const path of this.paths) {
      const there = await disk.read(this.at(path));
      if (!there) continue;
      const bytes = await this.stage.read(path);
      if (bytes.length === there.length && bytes.every((byte, i) => byte === there[i]))
        this.paths.delete(path);
      else found.push(path);
    }
    return found;
  }

  /** Puts all files in their places. */
  async place(): Promise<void> {
    for (const path of this.paths) await this.stage.place(path);
    await this.stage.discard();
  }

  discard(): Promise<void> {
    return this.stage.discard();
  }

  private async flush(): Promise<void> {
    const path = this.current;
    if (path === undefined) return;
    // An empty file is one, too.
    const [first = new Uint8Array(0)] = this.gathered;
    await this.stage.append(path, this.gathered.length > 1 ? join(this.gathered, this.size) : first);
    this.gathered = [];
    this.size = 0;
  }

  private at(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, path);
  }
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
