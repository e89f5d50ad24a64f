import type * as vscode from 'vscode';

export type RefusalCode =
  | 'sidecar-invalid'
  | 'sidecar-in-conflict'
  | 'sidecar-side-invalid'
  | 'sidecar-of-another-article'
  | 'sidecar-of-gone-article'
  | 'sidecar-elsewhere'
  | 'sidecar-of-same-name'
  | 'article-not-utf8'
  | 'article-not-shown-as-utf8'
  | 'article-gone'
  | 'read-only'
  | 'disk-full'
  | 'write-failed'
  | 'not-kept'
  | 'label-set-invalid'
  | 'label-set-not-written'
  | 'list-invalid'
  | 'file-unsaved'
  | 'file-changed'
  | 'list-not-written';

/** Why annotations cannot be changed or written. Features turn the code into a sentence with what to do. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    /** The file that is in the way. */
    readonly uri: vscode.Uri,
    readonly detail = '',
    /** The article that is concerned, where it is not that file. */
    readonly article = uri,
  ) {
    super(`${code}: ${uri.toString()} ${detail}`);
  }

  /** What a failed write means. */
  static fromWriteError(error: unknown, uri: vscode.Uri): Refusal {
    if (error instanceof Refusal) return error;
    const { code, message } = error as { code?: string; message?: string };
    if (code === 'NoPermissions') return new Refusal('read-only', uri);
    if (code === 'ENOSPC' || code === 'EDQUOT' || /ENOSPC|EDQUOT/.test(message ?? '')) {
      return new Refusal('disk-full', uri);
    }
    if (code === 'FileNotFound') return new Refusal('article-gone', uri);
    return new Refusal('write-failed', uri, message ?? String(error));
  }
}

/** Whether an article is refused for how it is encoded, on disk or in the editor. */
export function isAboutEncoding({ code }: Refusal): boolean {
  return code === 'article-not-utf8' || code === 'article-not-shown-as-utf8';
}
