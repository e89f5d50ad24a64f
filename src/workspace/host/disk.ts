import type * as vscode from 'vscode';
import type { Sha256 } from '../../core/text';

/** Larger files are not read, in MB: the editor gives extensions none above 50, and reading would freeze them. */
export const LARGEST_FILE = 64;

/** Why a file was not read. */
export class FileTooBig extends Error {
  readonly code = 'FileTooBig';
}

/** The right to be the only one that writes a file; one that takes it for too long loses it: for 2 seconds where who waits cannot see it, else for 10. */
export interface Turn {
  /** To be asked right before what cannot be taken back. */
  readonly isHeld: () => Promise<boolean>;
}

/** A file below a folder. Cheaper than an address of its own where there are thousands. */
export interface FilePlace {
  readonly root: vscode.Uri;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/** Files that come to be together, piece by piece: what is not placed is never seen. Paths are relative, with `/`. */
export interface Stage {
  /** Appends to a file that is made by this. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** What a file holds. */
  read(path: string): Promise<Uint8Array>;
  /** Puts a file where it belongs, in the place of what is there. */
  place(path: string): Promise<void>;
  /** Removes what was not placed, and all that was made for it. Never rejects. */
  discard(): Promise<void>;
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
   * What is in folders, in order: the names of files, those of folders with `/` at the end, and those of links to
   * folders with `//`. Nothing for one that cannot be read.
   */
  list(folders: readonly vscode.Uri[]): Promise<string[][]>;
  /** Makes a folder, and those that it is in, where they are not there. */
  makeFolder(folder: vscode.Uri): Promise<void>;
  /**
   * What changes whenever a file does, for many files. @returns `undefined` for one where there is no file, where
   * it was written so short a time ago that another change might not show, or where the host can tell no sooner
   * than it reads.
   */
  stamps(files: readonly FilePlace[]): Promise<(string | undefined)[]>;
  /**
   * Writes a file whole or not at all, where the host can; refuses a file that is marked read-only.
   * @param isCurrent asked at the last moment: whether what would be replaced is still what was read. Where
   * the host can, no other process that asks so writes the file between the answer and the end of the write.
   * @param turn where the caller has it already, see `inTurn`
   * @returns whether it was written: where not, `isCurrent` said no, or did not say yes in time
   */
  write(
    uri: vscode.Uri,
    bytes: Uint8Array,
    isCurrent?: () => Promise<boolean>,
    turn?: Turn,
  ): Promise<boolean>;
  /**
   * Removes a file. @param isCurrent as in {@link write}
   * @returns whether it was removed: where not, `isCurrent` said no
   */
  remove(uri: vscode.Uri, isCurrent: () => Promise<boolean>): Promise<boolean>;
  /**
   * Writes a file of the extension's own, which can be lost with the power: whole or not at all, where the host
   * can, but without a turn, and without waiting for the disk. A third of the time of {@link write}.
   */
  keep(uri: vscode.Uri, bytes: Uint8Array): Promise<void>;
  /**
   * Runs a task that reads a file and then writes it, while no other process that asks so writes that file,
   * where the host can: what is read is still there when it is written.
   */
  inTurn<T>(uri: vscode.Uri, task: (turn: Turn) => Promise<T>): Promise<T>;
  /**
   * Tells of each file whose turn another had, a process of another machine or container, until it was taken from
   * it: the only reason for which a write takes two seconds.
   */
  onDidTakeTurn(listener: (file: vscode.Uri) => void): vscode.Disposable;
  /** Begins files in a folder, which is made if need be. Large ones are not held in memory, where the host can. */
  stage(folder: vscode.Uri): Promise<Stage>;
  /** Removes files with such names ({@link isLeftoverName}) that are older than a minute. Never rejects. */
  removeLeftovers(uris: readonly vscode.Uri[]): Promise<void>;
  /** The fastest that the host has. */
  readonly sha256: Sha256;
  /** How many files may be read at once without harm to the host. */
  readonly concurrency: number;
}
