import type { Uri } from 'vscode';

/** What makes git merge sidecars entity by entity. */
export interface GitMerging {
  /** What has to be done for the sidecars of a corpus; changes nothing. */
  plan(corpus: Uri, installation: Installation): Promise<MergingPlan | GitRefusal>;
  /** Does it. @returns whether git merges sidecars so now */
  setUp(plan: MergingPlan, installation: Installation): Promise<boolean>;
  /** Brings the merge driver that git runs up to date with this extension, if it was ever set up. */
  refresh(installation: Installation): Promise<void>;
}

/** Where the extension is, and where it keeps what must outlive that: the extension's folder has its version in its name. */
export interface Installation {
  readonly extension: Uri;
  readonly storage: Uri;
}

export interface MergingPlan {
  /** The folder of the corpus, as a path. */
  readonly folder: string;
  /** The file that says how git treats the files of that folder. */
  readonly attributes: string;
  /** What is added to it as its last line; `undefined` where git knows it already. */
  readonly line: string | undefined;
  /** The configuration of the repository, which is not shared with others. */
  readonly config: string;
  /** What is set in it; empty where that is set already. */
  readonly settings: readonly GitSetting[];
}

export interface GitSetting {
  readonly name: string;
  readonly value: string;
}

export type GitRefusalCode =
  'no-disk' | 'no-git' | 'no-repository' | 'no-work-tree' | 'read-only' | 'git-failed';

/** Why nothing can be done with git. */
export interface GitRefusal {
  readonly refusal: GitRefusalCode;
  /** The file that is in the way, or what git says. */
  readonly detail: string;
}
