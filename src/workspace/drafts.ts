import * as vscode from 'vscode';
import type { Edit } from '../core/edit';
import { textKey } from '../core/history';

/** Edits that could not go to the sidecar yet: the article has unsaved changes, or a write failed. */
export interface Draft {
  readonly article: string;
  readonly edits: readonly Edit[];
}

/**
 * Keeps such edits in the extension's storage, so that they survive the window: the editor brings back
 * the unsaved text after a restart, this brings back what was tagged in it.
 */
export class Drafts {
  private readonly folder: vscode.Uri;
  private readonly known = new Set<string>();

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'drafts');
  }

  async read(article: vscode.Uri): Promise<readonly Edit[]> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.uriOf(article));
      const draft = JSON.parse(new TextDecoder().decode(bytes)) as Draft;
      if (draft.article !== article.toString()) return [];
      this.known.add(draft.article);
      return draft.edits;
    } catch {
      return []; // No draft is the usual case; one that cannot be read holds nothing that can be used.
    }
  }

  async write(article: vscode.Uri, edits: readonly Edit[]): Promise<void> {
    if (edits.length === 0) return this.remove(article);
    this.known.add(article.toString());
    const draft: Draft = { article: article.toString(), edits };
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(this.uriOf(article), new TextEncoder().encode(JSON.stringify(draft)));
  }

  async remove(article: vscode.Uri): Promise<void> {
    if (!this.known.delete(article.toString())) return;
    await vscode.workspace.fs.delete(this.uriOf(article)).then(undefined, () => undefined);
  }

  private uriOf(article: vscode.Uri): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, textKey(article.toString()).replace(':', '-') + '.json');
  }
}
