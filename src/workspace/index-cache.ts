import * as vscode from 'vscode';
import { disk } from '#disk';
import type { MentionIndex } from '../core/mentions';
import type { Status } from '../core/edit';
import type { Problem } from '../core/problem';
import { summarize, type ArticleEntry } from './catalog';
import type { FileProblem } from './file-problem';

/** How long nothing must have been read before the index is written, in ms. */
const PAUSE = 10_000;
/** It is written when so many articles, or this share of all, were read since: reading those again is quick. */
const LEAST = 100;
const LEAST_SHARE = 0.02;

type SavedProblem = [Problem['code'], Problem['severity'], range: number[], Problem['values']];
type SavedArticle = [
  uri: string,
  stamp: string,
  date: string | undefined,
  status: Status,
  columns: number,
  inArticle: SavedProblem[],
  inSidecar: SavedProblem[],
];

interface Header {
  /** Of the extension: another may find other problems. */
  readonly version: string;
  /** Each corpus root, and what its label set was. */
  readonly corpora: Readonly<Record<string, string>>;
  readonly tables: MentionIndex<ArticleEntry>['tables'];
  readonly articles: readonly SavedArticle[];
}

/**
 * Keeps in the extension's storage what is known of the articles that no editor has open, so that the next
 * window reads only those that changed. A file of its own form: the length of the header in bytes, the header
 * as JSON, and the columns of the index. Whatever is wrong with it costs the time that it would save.
 */
export class IndexCache implements vscode.Disposable {
  private readonly uri: vscode.Uri;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsaved = 0;

  constructor(private readonly storage: vscode.Uri) {
    this.uri = vscode.Uri.joinPath(storage, 'index.bin');
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  async read(): Promise<SavedIndex | undefined> {
    try {
      const bytes = await disk.read(this.uri);
      return bytes && new SavedIndex(bytes);
    } catch {
      return undefined;
    }
  }

  /** After articles were read: writes the index soon, if that is worth it. */
  follow(
    count: number,
    now: () => { entries: Iterable<ArticleEntry>; index: MentionIndex<ArticleEntry> },
  ): void {
    this.unsaved += count;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { entries, index } = now();
      void this.write([...entries], index);
    }, PAUSE);
  }

  private async write(entries: readonly ArticleEntry[], index: MentionIndex<ArticleEntry>): Promise<void> {
    if (this.unsaved < Math.max(LEAST, entries.length * LEAST_SHARE)) return;
    const bytes = serialize(entries, index);
    this.unsaved = 0;
    try {
      await vscode.workspace.fs.createDirectory(this.storage);
      await disk.write(this.uri, bytes);
    } catch {
      // The next window reads the articles.
    }
  }
}

function serialize(entries: readonly ArticleEntry[], index: MentionIndex<ArticleEntry>): Uint8Array {
  const columns: Uint32Array[] = [];
  const articles: SavedArticle[] = [];
  for (const entry of entries) {
    const { uri, stamp, summary, problems } = entry;
    if (stamp === undefined || summary.inTrouble) continue;
    const rows = index.rows(entry);
    columns.push(rows);
    articles.push([
      uri.toString(),
      stamp,
      summary.date,
      summary.status,
      rows.length,
      problems.article.map(toSaved),
      problems.sidecar.map(toSaved),
    ]);
  }
  const corpora = Object.fromEntries(entries.map(({ corpus }) => [corpus.root.toString(), corpus.key]));
  const header: Header = { version: version(), corpora, tables: index.tables, articles };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 4 + Math.ceil(json.length / 4) * 4;
  const bytes = new Uint8Array(start + columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  new Uint32Array(bytes.buffer, 0, 1)[0] = json.length;
  bytes.set(json, 4);
  let at = start / 4;
  const all = new Uint32Array(bytes.buffer);
  for (const rows of columns) {
    all.set(rows, at);
    at += rows.length;
  }
  return bytes;
}

/** What the last window knew of articles. */
export class SavedIndex {
  private readonly articles = new Map<string, { saved: SavedArticle; rows: Uint32Array }>();
  private readonly corpora: ReadonlyMap<string, string>;
  private readonly tables: Header['tables'];
  private restoring: ReturnType<MentionIndex<ArticleEntry>['restorer']> | undefined;

  /** @throws where the bytes are not such a file */
  constructor(bytes: Uint8Array) {
    const { buffer } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    const offset = bytes.byteOffset % 4 === 0 ? bytes.byteOffset : 0;
    const length = new Uint32Array(buffer, offset, 1)[0]!;
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    if (header.version !== version()) throw new Error('of another version');
    this.corpora = new Map(Object.entries(header.corpora));
    this.tables = header.tables;
    let at = offset + 4 + Math.ceil(length / 4) * 4;
    for (const saved of header.articles) {
      this.articles.set(saved[0], { saved, rows: new Uint32Array(buffer, at, saved[4]) });
      at += saved[4] * 4;
    }
  }

  /** Restores what is known of an article, unless it or its label set changed. @returns whether it could */
  async restore(entry: ArticleEntry, index: MentionIndex<ArticleEntry>): Promise<boolean> {
    const known = this.articles.get(entry.uri.toString());
    if (!known || this.corpora.get(entry.corpus.root.toString()) !== entry.corpus.key) return false;
    const [, stamp, date, status, , inArticle, inSidecar] = known.saved;
    if ((await entry.currentStamp()) !== stamp) return false;
    this.restoring ??= index.restorer(this.tables);
    if (!this.restoring(entry, known.rows)) return false;
    entry.stamp = stamp;
    entry.problems = { article: inArticle.map(fromSaved), sidecar: inSidecar.map(fromSaved) };
    entry.summary = summarize(date, status, [...index.of(entry)], { inTrouble: false });
    return true;
  }
}

function toSaved({ code, severity, range: { start, end }, values }: FileProblem): SavedProblem {
  return [code, severity, [start.line, start.character, end.line, end.character], values];
}

function fromSaved([code, severity, range, values]: SavedProblem): FileProblem {
  const [line = 0, character = 0, endLine = 0, endCharacter = 0] = range;
  return { code, severity, range: new vscode.Range(line, character, endLine, endCharacter), values };
}

function version(): string {
  const extension = vscode.extensions.getExtension('corpus-annotator.corpus-annotator');
  return `2 ${(extension?.packageJSON as { version?: string } | undefined)?.version}`;
}
