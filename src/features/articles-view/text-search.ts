import * as vscode from 'vscode';
import { disk } from '#disk';
import { forEachLimited, type ArticleEntry } from '../../workspace/corpus/article-entry';
import type { CorpusStore } from '../../workspace/store';
import { withProgress } from '../shared/progress';

/** A search that takes longer than this shows its progress, in ms. */
const PATIENCE = 400;

/** Which articles have some text in their path or in what they say. */
export class TextSearch implements vscode.Disposable {
  private readonly needle: string;
  private readonly found = new Map<string, boolean>();
  private isCancelled = false;

  constructor(
    private readonly store: CorpusStore,
    private readonly text: string,
  ) {
    this.needle = fold(text);
  }

  dispose(): void {
    this.isCancelled = true;
  }

  matches(entry: ArticleEntry): boolean {
    return this.needle === '' || this.found.get(entry.key) === true;
  }

  /** Reads all articles. @returns whether it came to its end */
  async run(): Promise<boolean> {
    if (this.needle === '') return true;
    const entries = this.store.catalog.all;
    let report: (read: number) => void = () => undefined;
    let read = 0;
    const searching = forEachLimited(entries, disk.concurrency, async (entry) => {
      if (this.isCancelled) return;
      await this.look(entry);
      report(++read);
    });
    const timer = setTimeout(() => {
      const title = vscode.l10n.t('Searching the articles for “{0}”', this.text);
      void withProgress(title, async ({ token, onProgress }) => {
        token?.onCancellationRequested(() => this.dispose());
        report = (count) => onProgress?.(count, entries.length);
        await searching;
      });
    }, PATIENCE);
    await searching.finally(() => clearTimeout(timer));
    return !this.isCancelled;
  }

  async follow(changed: readonly ArticleEntry[]): Promise<void> {
    if (this.needle === '') return;
    const unseen = this.store.catalog.all.filter((entry) => !this.found.has(entry.key));
    const entries = new Set([...changed, ...unseen]);
    await forEachLimited([...entries], disk.concurrency, (entry) => this.look(entry));
  }

  private async look(entry: ArticleEntry): Promise<void> {
    const isFound =
      fold(entry.path).includes(this.needle) || fold(await this.read(entry)).includes(this.needle);
    this.found.set(entry.key, isFound);
  }

  /** The text as the editor has it, else as it is on disk; a file that cannot be read has none. */
  private async read(entry: ArticleEntry): Promise<string> {
    const live = this.store.live.of(entry);
    if (live) return live.index.raw;
    const bytes = await disk.read(entry.uri).catch(() => undefined);
    return new TextDecoder().decode(bytes);
  }
}

function fold(text: string): string {
  return text.normalize().toLocaleLowerCase();
}
