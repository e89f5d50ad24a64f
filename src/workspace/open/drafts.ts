import * as vscode from 'vscode';
import { disk } from '#disk';
import { readEdits, type Edit } from '../../core/model/edit';
import { textKey } from '../../core/model/history';
import { isLeftoverName } from '../../core/skipped';
import { Retry } from '../files/retry';

/** Edits that could not go to the sidecar yet: the article has unsaved changes, or a write failed. */
export interface Draft {
  readonly article: string;
  readonly edits: readonly Edit[];
}

/**
 * Keeps such edits in the extension's storage, so that they survive the window: the editor brings back
 * the unsaved text after a restart, this brings back what was tagged in it. Every window writes files of its
 * own, since several may have the same folder open, and reads those of all.
 */
export class Drafts implements vscode.Disposable {
  private readonly setAside = new vscode.EventEmitter<vscode.Uri>();
  /** A draft could not be read, and is kept where this says. */
  readonly onDidSetAside = this.setAside.event;

  private readonly folder: vscode.Uri;
  private readonly session = Math.random().toString(36).slice(2, 10).padEnd(8, '0');
  /** What this window keeps, by article; the storage has it, too, unless it refuses. */
  private readonly kept = new Map<string, readonly Edit[]>();
  /** What files of other windows held when they were read, by article and by name. */
  private readonly others = new Map<string, ReadonlyMap<string, string>>();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly retry = new Retry(() => void this.storeAll());
  private isDisposed = false;

  constructor(storage: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(storage, 'drafts');
  }

  dispose(): void {
    this.isDisposed = true;
    this.retry.end();
    this.setAside.dispose();
  }

  /** When all that was asked for so far is done. */
  get settled(): Promise<unknown> {
    return this.queue;
  }

  /** Whether this window keeps edits of an article. */
  has(article: vscode.Uri): boolean {
    return this.kept.has(article.toString());
  }

  /** The articles that something is kept of in the storage. */
  async articles(): Promise<readonly vscode.Uri[]> {
    const found = new Set<string>();
    for (const name of await this.names()) {
      const file = await this.readFile(name);
      if (file) found.add(file.draft.article);
    }
    return [...found].map((uri) => vscode.Uri.parse(uri));
  }

  /** What is kept of an article, by this window and by others, which may have ended. */
  async read(article: vscode.Uri): Promise<readonly Edit[]> {
    const key = article.toString();
    await this.queue;
    const others = new Map<string, string>();
    const edits: Edit[] = [];
    for (const name of await this.names()) {
      if (!name.startsWith(fileKey(key) + '.') || name === this.fileName(key)) continue;
      const file = await this.readFile(name);
      if (file?.draft.article !== key) continue;
      others.set(name, file.source);
      edits.push(...file.draft.edits);
    }
    this.others.set(key, others);
    return [...edits, ...(this.kept.get(key) ?? [])];
  }

  /**
   * Keeps these edits of an article, and none that this window kept before.
   * @returns whether the storage has them; what it refuses is kept in memory, and the storage asked again
   */
  write(article: vscode.Uri, edits: readonly Edit[]): Promise<boolean> {
    const key = article.toString();
    if (edits.length === 0 && !this.kept.has(key)) return Promise.resolve(true);
    this.kept.set(key, edits);
    return this.enqueue(() => this.store(key));
  }

  /** Forgets what is kept of an article: all of it is in the sidecar. */
  async remove(article: vscode.Uri): Promise<void> {
    const key = article.toString();
    const others = this.others.get(key);
    this.others.delete(key);
    await this.write(article, []);
    if (!others?.size) return;
    await this.enqueue(async () => {
      // What its window has written since is not in the sidecar.
      for (const [name, source] of others)
        if ((await this.readFile(name))?.source === source) await this.delete(name);
    });
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Brings what is kept of an article to the storage. @returns whether it is there */
  private async store(key: string): Promise<boolean> {
    const edits = this.kept.get(key);
    if (edits === undefined) return true;
    if (edits.length === 0) {
      this.kept.delete(key);
      await this.delete(this.fileName(key));
      return true;
    }
    const draft: Draft = { article: key, edits };
    try {
      await disk.makeFolder(this.folder);
      await disk.write(this.uri(this.fileName(key)), new TextEncoder().encode(JSON.stringify(draft)));
      return true;
    } catch {
      if (!this.isDisposed) this.retry.schedule();
      return false;
    }
  }

  private async storeAll(): Promise<void> {
    const keys = [...this.kept.keys()];
    const areStored = await Promise.all(keys.map((key) => this.enqueue(() => this.store(key))));
    if (areStored.every(Boolean)) this.retry.end();
  }

  private async names(): Promise<string[]> {
    const [names = []] = await disk.list([this.folder]);
    void disk.removeLeftovers(names.filter(isLeftoverName).map((name) => this.uri(name)));
    return names.filter((name) => name.endsWith('.json'));
  }

  /** A draft with the source it was read from; `undefined` where there is none, or none that can be read now. */
  private async readFile(name: string): Promise<{ source: string; draft: Draft } | undefined> {
    const bytes = await disk.read(this.uri(name)).catch(() => undefined);
    if (!bytes) return undefined;
    const source = new TextDecoder().decode(bytes);
    const draft = parseDraft(source);
    if (!draft) await this.putAside(name);
    return draft && { source, draft };
  }

  private async putAside(name: string): Promise<void> {
    const aside = this.uri(`${name}.unreadable`);
    const isDone = await vscode.workspace.fs.rename(this.uri(name), aside, { overwrite: true }).then(
      () => true,
      () => false,
    );
    if (isDone) this.setAside.fire(aside);
  }

  private async delete(name: string): Promise<void> {
    await vscode.workspace.fs.delete(this.uri(name)).then(undefined, () => undefined);
  }

  private fileName(key: string): string {
    return `${fileKey(key)}.${this.session}.json`;
  }

  private uri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}

function fileKey(key: string): string {
  return textKey(key).replace(':', '-');
}

function parseDraft(source: string): Draft | undefined {
  try {
    const { article, edits } = Object(JSON.parse(source)) as Partial<Record<keyof Draft, unknown>>;
    const read = readEdits(edits);
    return typeof article === 'string' && read ? { article, edits: read } : undefined;
  } catch {
    return undefined;
  }
}
