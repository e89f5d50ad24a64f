import type * as vscode from 'vscode';

/** Larger files are not read, in MB: the editor gives extensions none above 50, and reading would freeze them. */
export const LARGEST_FILE = 64;

/** Why a file was not read. */
export class FileTooBig extends Error {
  readonly code = 'FileTooBig';
}

/**
 * File access that differs between hosts. Chosen at build time as `#disk`: the one seam behind which
 * `node:` may be used. Errors are those of `vscode.workspace.fs` (`FileSystemError`) in both hosts.
 */
export interface Disk {
  /** The bytes of a file; `undefined` where there is none. Rejects one above {@link LARGEST_FILE}. */
  read(uri: vscode.Uri): Promise<Uint8Array | undefined>;
  /** At most the first `length` bytes of a file. */
  readHead(uri: vscode.Uri, length: number): Promise<Uint8Array | undefined>;
  exists(uri: vscode.Uri): Promise<boolean>;
  /**
   * Writes a file whole or not at all, where the host can; refuses a file that is marked read-only.
   * @param isCurrent asked at the last moment: whether what would be replaced is still what was read
   * @returns whether it was written: `false` only where `isCurrent` said no
   */
  write(uri: vscode.Uri, bytes: Uint8Array, isCurrent?: () => Promise<boolean>): Promise<boolean>;
  /** How many files may be read at once without harm to the host. */
  readonly concurrency: number;
}
