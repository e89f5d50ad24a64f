import * as vscode from 'vscode';
import { disk } from '#disk';
import { History, textKey } from '../../core/model/history';
import { HistoryWriter, readHistory } from '../../core/model/saved-history';
import { decodeUtf8, quickHash, type TextIndex } from '../../core/text';
import { isLeftoverName } from '../../core/skipped';

/** How long an article must rest before its history is written, in ms. */
const PAUSE = 500;
/** How many histories are kept in files (a change of many articles makes many), and their size together, in bytes. */
const MOST = { files: 20_000, bytes: 50 * 2 ** 20 };
/** After so many new ones, those that are too many go. */
const TIDY_AFTER = 500;
/** How many histories of closed articles are kept whole, with the changes of their texts. */
const MOST_WHOLE = 20;
/** How many histories are written at once: a change of many articles must not wait for each in turn. */
const LANES = 16;

/** An article with its history, see `LiveArticle`. */
interface WithHistory {
  /** See `OpenArticle`. */
  readonly keptAs: vscode.Uri;
  readonly index: TextIndex;
  /** Of the text of `index`. */
  readonly key: string;
  readonly history: History;
}

/**
 * Keeps histories beyond their articles' tabs, in memory, and beyond the window, in the extension's
 * storage: there the edits of annotations only, since the editor forgets its own steps with the window.
 * Histories are a help: what goes wrong with a file costs the steps in it, and is no error.
 */
export class HistoryFiles implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly writer = new HistoryWriter();
  /** Histories of this window by article, the one that changed last at the end, with what writes them soon. */
  private readonly recent = new Map<string, WithHistory>();
  private readonly waiting = new Map<
    string,
    { article: WithHistory; timer: ReturnType<typeof setTimeout> }
  >();
  private readonly written = new Set<string>();
  /** What is written one after the other; an article has always the same. */
  private readonly lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  private untilTidy = 0;

  constructor(
    storage: vscode.Uri,
    private readonly most = MOST,
  ) {
    this.folder = vscode.Uri.joinPath(storage, 'history');
  }

  dispose(): void {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  /** The source of an article's history, for {@link open}; `undefined` where there is none that can be read. */
  async read(article: vscode.Uri): Promise<string | undefined> {
    await this.flush(article.toString());
    try {
      const bytes = await disk.read(this.uriOf(article));
      if (bytes) this.written.add(article.toString());
      return bytes && decodeUtf8(bytes);
    } catch {
      return undefined;
    }
  }

  /** The history of an article that was just opened. @param source from {@link read} */
  open({ keptAs: uri, index, key }: Omit<WithHistory, 'history'>, source: string | undefined): History {
    const known = this.recent.get(uri.toString());
    if (known?.key === key) return known.history;
    return new History(source === undefined ? undefined : readHistory(source, uri.toString(), index, key));
  }

  /** After an article's history or its text changed: writes it once the article rests. */
  follow(article: WithHistory): void {
    const key = article.keptAs.toString();
    this.recent.delete(key);
    this.recent.set(key, article);
    clearTimeout(this.waiting.get(key)?.timer);
    this.waiting.set(key, { article, timer: setTimeout(() => void this.flush(key), PAUSE) });
    for (const oldest of [...this.recent.keys()].slice(0, -MOST_WHOLE)) this.recent.delete(oldest);
  }

  /** Writes what waits, of one article or of all. @returns when it is on disk, as far as that can be. Never rejects */
  async flush(only?: string): Promise<void> {
    for (const key of only === undefined ? [...this.waiting.keys()] : [only]) {
      const waiting = this.waiting.get(key);
      if (!waiting) continue;
      clearTimeout(waiting.timer);
      this.waiting.delete(key);
      const lane = laneOf(key);
      this.lanes[lane] = this.lanes[lane]!.then(() => this.write(waiting.article)).catch(() => undefined);
    }
    await (only === undefined ? Promise.all(this.lanes) : this.lanes[laneOf(only)]);
  }

  private async write({ keptAs: uri, index, key, history }: WithHistory): Promise<void> {
    const article = uri.toString();
    const source = this.writer.write(history, article, index, key);
    if (source === undefined) {
      if (this.written.delete(article)) await vscode.workspace.fs.delete(this.uriOf(uri));
      return;
    }
    const isFirst = !this.written.has(article);
    if (isFirst) await disk.makeFolder(this.folder);
    await disk.keep(this.uriOf(uri), new TextEncoder().encode(source));
    this.written.add(article);
    if (isFirst && --this.untilTidy < 0) await this.tidy();
  }

  /** Deletes the files that were written longest ago, and what a killed host left of one. */
  private async tidy(): Promise<void> {
    this.untilTidy = TIDY_AFTER;
    const [names = []] = await disk.list([this.folder]);
    const leftovers = names.filter(isLeftoverName);
    await disk.removeLeftovers(leftovers.map((name) => vscode.Uri.joinPath(this.folder, name)));
    const kept = names.filter((name) => !isLeftoverName(name));
    const files = await Promise.all(
      kept.map(async (name) => {
        const uri = vscode.Uri.joinPath(this.folder, name);
        const { mtime, size } = await vscode.workspace.fs.stat(uri);
        return { uri, mtime, size };
      }),
    );
    let bytes = 0;
    for (const [i, { uri, size }] of files.sort((a, b) => b.mtime - a.mtime).entries()) {
      bytes += size;
      if (i >= this.most.files || bytes > this.most.bytes) await vscode.workspace.fs.delete(uri);
    }
  }

  private uriOf(article: vscode.Uri): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, textKey(article.toString()).replace(':', '-') + '.json');
  }
}

function laneOf(article: string): number {
  return quickHash(article) % LANES;
}
