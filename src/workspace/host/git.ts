import type * as vscode from 'vscode';
import type { GitMerging } from './git-merging';

/** What is asked of git. Chosen at build time as `#git`, like `#disk`: a browser has none. */
export interface Git {
  /**
   * The version of a file, staged or in the history of what is checked out, that someone looks for; the newest
   * is looked at first. Only for a workspace that is trusted: the settings of a repository may name programs.
   * @param isWanted what the version is known by
   * @returns `undefined` where there is none, no repository, or no git; after some seconds, too. Never rejects
   */
  findVersion(
    uri: vscode.Uri,
    isWanted: (bytes: Uint8Array) => Promise<boolean>,
  ): Promise<Uint8Array | undefined>;
  /** What git calls the person in a folder. Only for a workspace that is trusted. Never rejects. */
  userName(folder: vscode.Uri): Promise<string | undefined>;
  /** `undefined` where there is no git. */
  readonly merging: GitMerging | undefined;
}
