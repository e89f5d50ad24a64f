import * as vscode from 'vscode';
import { disk } from '#disk';
import { textKey } from '../core/history';
import type { Origin } from '../core/place';
import { decodeUtf8, hashText, normalizeText, TextIndex } from '../core/text';

/** Longer texts are not kept, in UTF-16 units. */
const LONGEST = 2_000_000;
/** How many texts are kept: those of the articles that were worked on last. */
const MOST = 2000;

/**
 * Keeps in the extension's storage, for each article, the text that its sidecar belongs to, so that after
 * an edit outside of the editor the old text and the new one can be compared. What is lost here is lost
 * to no annotation: spans are then looked for by their own text.
 */
export class OldTexts {
  private readonly folder: vscode.Uri;
  /** By article: the hash of the text that is kept. */
  private readonly kept = new Map<string, string>();
  private isPruned = false;

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'texts');
  }

  /**
   * What is known of the text that a sidecar's offsets belong to.
   * @param textHash of the sidecar
   * @param text of the article as it is
   */
  async originOf(article: vscode.Uri, textHash: string, text: string): Promise<Origin> {
    if (textHash === '') return 'unsaid';
    if (textHash === (await hashText(text))) return 'same';
    // A sidecar may be read before the editor has shown that its article changed, too.
    for (const uri of [article, this.uriOf(article)]) {
      const bytes = await disk.read(uri).catch(() => undefined);
      const old = bytes && decodeUtf8(bytes);
      if (old !== undefined && textHash === (await hashText(old))) return new TextIndex(old);
    }
    return 'another';
  }

  /** Keeps the text that an article's sidecar belongs to now. Never rejects. */
  async keep(article: vscode.Uri, textHash: string, text: string): Promise<void> {
    const key = article.toString();
    if (this.kept.get(key) === textHash || text.length > LONGEST) return;
    this.kept.set(key, textHash);
    const bytes = new TextEncoder().encode(normalizeText(text));
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
      await vscode.workspace.fs.writeFile(this.uriOf(article), bytes);
      await this.prune();
    } catch {
      this.kept.delete(key);
    }
  }

  /** Once a session: the texts that were kept longest ago go. */
  private async prune(): Promise<void> {
    if (this.isPruned) return;
    this.isPruned = true;
    const names = await vscode.workspace.fs.readDirectory(this.folder);
    if (names.length <= MOST) return;
    const files = names.map(([name]) => vscode.Uri.joinPath(this.folder, name));
    const dated = await Promise.all(
      files.map(async (uri) => ({ uri, mtime: (await vscode.workspace.fs.stat(uri)).mtime })),
    );
    dated.sort((a, b) => b.mtime - a.mtime);
    await Promise.all(dated.slice(MOST / 2).map(({ uri }) => vscode.workspace.fs.delete(uri)));
  }

  private uriOf(article: vscode.Uri): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, textKey(article.toString()).replace(':', '-') + '.txt');
  }
}
