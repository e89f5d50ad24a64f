import * as vscode from 'vscode';
import { disk } from '#disk';
import { git } from '#git';
import { textKey } from '../../core/model/history';
import type { Origin } from '../../core/place';
import { decodeUtf8, hashText, hashUtf8, normalizeText, TextIndex } from '../../core/text';

/** Longer texts are not kept, in UTF-16 units. */
const LONGEST = 2_000_000;
/** How many texts are kept: those of the articles that were worked on last. */
const MOST = 2000;

/**
 * Keeps in the extension's storage, for each article, the text that its sidecar belongs to, so that after
 * an edit outside of the editor the old text and the new one can be compared; where it is not kept, git may
 * have it. What is lost here is lost to no annotation: spans are then looked for by their own text.
 */
export class OldTexts {
  private readonly folder: vscode.Uri;
  /** By article: the hash of the text that is kept. */
  private readonly kept = new Map<string, string>();
  /** Hashes and articles that git was asked for in vain in this window. */
  private readonly notInGit = new Set<string>();
  private isPruned = false;

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'texts');
  }

  /**
   * What is known of the text that a sidecar's offsets belong to.
   * @param textHash of the sidecar
   * @param text of the article as it is, or its bytes, if they are UTF-8
   */
  async originOf(article: vscode.Uri, textHash: string, text: string | Uint8Array): Promise<Origin> {
    if (textHash === '') return 'unsaid';
    const hash = typeof text === 'string' ? hashText(text, disk.sha256) : hashUtf8(text, disk.sha256);
    if (textHash === (await hash)) return 'same';
    // A sidecar may be read before the editor has shown that its article changed, too.
    for (const uri of [article, this.uriOf(article)]) {
      const bytes = await disk.read(uri).catch(() => undefined);
      const old = bytes && decodeUtf8(bytes);
      if (old !== undefined && textHash === (await hashText(old, disk.sha256))) return new TextIndex(old);
    }
    return (await this.fromGit(article, textHash)) ?? 'another';
  }

  /** The old text from the repository that the article is in. Where it lacks that, it is asked once. */
  private async fromGit(article: vscode.Uri, textHash: string): Promise<TextIndex | undefined> {
    const key = `${textHash} ${article.toString()}`;
    if (!vscode.workspace.isTrusted || this.notInGit.has(key)) return undefined;
    const isWanted = async (bytes: Uint8Array) => {
      const text = decodeUtf8(bytes);
      return text !== undefined && (await hashText(text, disk.sha256)) === textHash;
    };
    const bytes = await git.findVersion(article, isWanted);
    const text = bytes && decodeUtf8(bytes);
    if (text === undefined) {
      this.notInGit.add(key);
      return undefined;
    }
    void this.keep(article, textHash, text);
    return new TextIndex(text);
  }

  /** Keeps the text that an article's sidecar belongs to now. Never rejects. */
  async keep(article: vscode.Uri, textHash: string, text: string): Promise<void> {
    const key = article.toString();
    if (this.kept.get(key) === textHash || text.length > LONGEST) return;
    this.kept.set(key, textHash);
    const bytes = new TextEncoder().encode(normalizeText(text));
    try {
      await disk.keep(this.uriOf(article), bytes).catch(async () => {
        // The folder is not there the first time.
        await disk.makeFolder(this.folder);
        await disk.keep(this.uriOf(article), bytes);
      });
      await this.prune();
    } catch {
      this.kept.delete(key);
    }
  }

  /** Once a session: the texts that were kept longest ago go. */
  private async prune(): Promise<void> {
    if (this.isPruned) return;
    this.isPruned = true;
    const [names = []] = await disk.list([this.folder]);
    if (names.length <= MOST) return;
    const files = names.map((name) => vscode.Uri.joinPath(this.folder, name));
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
