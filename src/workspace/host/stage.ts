import * as vscode from 'vscode';
import type { Stage } from './disk';

/** Files that are held in memory until they are placed, through the editor. */
export class MemoryStage implements Stage {
  private readonly files = new Map<string, Uint8Array[]>();

  constructor(private readonly folder: vscode.Uri) {}

  append(path: string, bytes: Uint8Array): Promise<void> {
    const pieces = this.files.get(path) ?? [];
    this.files.set(path, pieces);
    pieces.push(bytes.slice());
    return Promise.resolve();
  }

  read(path: string): Promise<Uint8Array> {
    const pieces = this.files.get(path) ?? [];
    const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return Promise.resolve(whole);
  }

  async place(path: string): Promise<void> {
    const uri = vscode.Uri.joinPath(this.folder, path);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    await vscode.workspace.fs.writeFile(uri, await this.read(path));
    this.files.delete(path);
  }

  discard(): Promise<void> {
    this.files.clear();
    return Promise.resolve();
  }
}
