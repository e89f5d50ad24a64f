import type * as vscode from 'vscode';

/**
 * File access that differs between hosts. Chosen at build time as `#disk`: the one seam behind which
 * `node:` may be used. Errors are those of `vscode.workspace.fs` (`FileSystemError`) in both hosts.
 */
export interface Disk {
  /** The bytes of a file; `undefined` where there is none. */
  read(uri: vscode.Uri): Promise<Uint8Array | undefined>;
  /** At most the first `length` bytes of a file. */
  readHead(uri: vscode.Uri, length: number): Promise<Uint8Array | undefined>;
  exists(uri: vscode.Uri): Promise<boolean>;
  /** Writes a file whole or not at all, where the host can; refuses a file that is marked read-only. */
  write(uri: vscode.Uri, bytes: Uint8Array): Promise<void>;
  /** How many files may be read at once without harm to the host. */
  readonly concurrency: number;
}
