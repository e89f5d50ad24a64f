import * as vscode from 'vscode';
import { disk } from '#disk';
import type { MentionIndex } from '../../core/mentions';
import type { Status } from '../../core/model/records';
import type { Problem } from '../../core/problem';
import type { ArticleEntry } from './article-entry';
import type { FileProblem } from '../files/file-problem';
import { Pace } from '../files/pace';
import { ClosedSummary } from './summary';

/** How long nothing must have been read before the index is written, in ms. */
const PAUSE = 10_000;
/** It is written when so many articles, or this share of all, were read since: reading those again is quick. */
const LEAST = 100;
const LEAST_SHARE = 0.02;

type SavedProblem = [Problem['code'], Problem['severity'], range: number[], Problem['values']];
type SavedArticle = [
  uri: string,
  stamp: string,
  /** `null` where it was `undefined`: JSON has no other. */
  date: string | null | undefined,
  title: string | null | undefined,
  status: Status,
  unreviewed: number,
  columns: number,
  inArticle: SavedProblem[],
  inSidecar: SavedProblem[],
  /** Of the layers of annotators, in their sidecars. */
  inLayers: [layer: string, SavedProblem[]][],
];

interface Header {
  /** Of the extension: another may find other problems. */
  readonly version: string;
  /** Each corpus root, and what its label set was. */
  readonly corpora: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  readonly links: readonly string[];
  /** How many blocks hold the articles: one of JSON and one of their columns in turn. */
  readonly articles: number;
  /** How many blocks of JSON hold the texts. */
  readonly texts: number;
}

/** How many articles, or texts, are in a block: what is made, or read, before something else may run. */
const IN_BLOCK = 500;

/**
 * Keeps in the extension's storage what is known of the articles that no editor has open, so that the next
 * window reads only those that changed. A file of its own form, in blocks, so that neither to write nor to
 * read it blocks the host: the length of each in bytes (32 bits), and its bytes, filled up to whole 32 bits.
 * The first holds the header as JSON. Whatever is wrong with it costs the time that it would save.
 */
export class IndexCache implements vscode.Disposable {
  private readonly uri: vscode.Uri;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsaved = 0;

  /** @param layer that it is of; empty for the shared one */
  constructor(
    private readonly storage: vscode.Uri,
    layer: string,
  ) {
    this.uri = vscode.Uri.joinPath(storage, layer === '' ? 'index.bin' : `index.${layer}.bin`);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  /** @param index for which it is read */
  async read(index: MentionIndex<ArticleEntry>): Promise<SavedIndex | undefined> {
    try {
      const bytes = await disk.read(this.uri);
      return bytes && (await SavedIndex.read(bytes, index));
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
      const all = [...entries];
      if (this.unsaved < Math.max(LEAST, all.length * LEAST_SHARE)) return;
      this.unsaved = 0;
      void this.write(all, index);
    }, PAUSE);
  }

  async write(entries: readonly ArticleEntry[], index: MentionIndex<ArticleEntry>): Promise<void> {
    const bytes = await serialize(entries, index);
    try {
      await disk.makeFolder(this.storage);
      await disk.keep(this.uri, bytes);
    } catch {
      // The next window reads the articles.
    }
  }
}

async function serialize(
  entries: readonly ArticleEntry[],
  index: MentionIndex<ArticleEntry>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pace = new Pace();
  const encoder = new TextEncoder();
  const json = (value: unknown) => encoder.encode(JSON.stringify(value));
  const blocks: Uint8Array[] = [];
  const corpora: Record<string, string> = {};
  for (let at = 0; at < entries.length; at += IN_BLOCK) {
    if (pace.isDue) await pace.rest();
    const articles: SavedArticle[] = [];
    const columns: Uint32Array[] = [];
    for (const entry of entries.slice(at, at + IN_BLOCK)) {
      const { key, stamp, summary, problems, corpus } = entry;
      if (stamp === undefined || summary.inTrouble) continue;
      corpora[corpus.root.toString()] ??= corpus.key;
      const rows = index.rows(entry);
      columns.push(rows);
      const { date, title, status, unreviewed } = summary;
      const [inArticle, inSidecar] = [problems.article.map(toSaved), problems.sidecar.map(toSaved)];
      const inLayers = Array.from(
        entry.layers,
        ([layer, all]) => [layer, all.map(toSaved)] satisfies SavedArticle[9][number],
      );
      const counts = [unreviewed, rows.length] as const;
      articles.push([key, stamp, date, title, status, ...counts, inArticle, inSidecar, inLayers]);
    }
    blocks.push(json(articles), joined(columns));
  }
  const articles = blocks.length;
  // The tables only grow, so that at last they have every number that is in the columns.
  const { texts, labels, links } = index.tables;
  for (let at = 0; at < texts.length; at += IN_BLOCK) {
    if (pace.isDue) await pace.rest();
    blocks.push(json(texts.slice(at, at + IN_BLOCK)));
  }
  const counts = { articles, texts: blocks.length - articles };
  const header: Header = { version: version(), corpora, labels, links, ...counts };
  blocks.unshift(json(header));
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + 4 + padded(block.length), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const block of blocks) {
    view.setUint32(at, block.length);
    bytes.set(block, at + 4);
    at += 4 + padded(block.length);
  }
  return bytes;
}

function joined(columns: readonly Uint32Array[]): Uint8Array {
  const all = new Uint32Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const rows of columns) {
    all.set(rows, at);
    at += rows.length;
  }
  return new Uint8Array(all.buffer);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** What the last window knew of articles. */
export class SavedIndex {
  private constructor(
    private readonly articles: ReadonlyMap<string, { saved: SavedArticle; rows: Uint32Array }>,
    private readonly corpora: ReadonlyMap<string, string>,
    private readonly index: MentionIndex<ArticleEntry>,
  ) {}

  /** Rejects where the bytes are not such a file. They are the index's from now on. */
  static async read(bytes: Uint8Array, index: MentionIndex<ArticleEntry>): Promise<SavedIndex> {
    const pace = new Pace();
    const blocks = blocksOf(bytes.byteOffset % 4 === 0 ? bytes : bytes.slice());
    const decoder = new TextDecoder();
    const json = (block: Uint8Array) => JSON.parse(decoder.decode(block)) as unknown;
    const header = json(blocks[0]!) as Header;
    if (header.version !== version()) throw new Error('of another version');
    const ofArticles = blocks.slice(1, 1 + header.articles);
    const texts: string[] = [];
    for (const block of blocks.slice(1 + header.articles)) {
      if (pace.isDue) await pace.rest();
      texts.push(...(json(block) as string[]));
    }
    const translate = index.translator({ texts, labels: header.labels, links: header.links });
    const articles = new Map<string, { saved: SavedArticle; rows: Uint32Array }>();
    for (let n = 0; n < ofArticles.length; n += 2) {
      if (pace.isDue) await pace.rest();
      const [list, { buffer, byteOffset, length }] = [ofArticles[n]!, ofArticles[n + 1]!];
      const columns = new Uint32Array(buffer, byteOffset, length / 4);
      if (!translate(columns)) throw new Error('not sound');
      let row = 0;
      for (const saved of json(list) as SavedArticle[])
        articles.set(saved[0], { saved, rows: columns.subarray(row, (row += saved[6])) });
    }
    return new SavedIndex(articles, new Map(Object.entries(header.corpora)), index);
  }

  /**
   * Restores what is known of an article, unless it or its label set changed.
   * @param stamp of the files as they are
   * @returns whether it could
   */
  restore(entry: ArticleEntry, stamp: string | undefined): boolean {
    const known = this.articles.get(entry.key);
    if (!known || this.corpora.get(entry.corpus.root.toString()) !== entry.corpus.key) return false;
    const [, savedStamp, date, title, status, unreviewed, , inArticle, inSidecar, inLayers] = known.saved;
    if (stamp !== savedStamp) return false;
    this.index.restore(entry, known.rows);
    entry.stamp = stamp;
    entry.problems = { article: inArticle.map(fromSaved), sidecar: inSidecar.map(fromSaved) };
    for (const [layer, problems] of inLayers)
      if (entry.layers.has(layer)) entry.layers.set(layer, problems.map(fromSaved));
    // Those that are in trouble, as with entities to place, are not kept.
    const texts = { date: date ?? undefined, title: title ?? undefined };
    const facts = { ...texts, status, unreviewed, toPlace: 0, inTrouble: false };
    entry.summary = new ClosedSummary(facts, known.rows, this.index);
    return true;
  }
}

function blocksOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at);
    blocks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + padded(length);
  }
  return blocks;
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
  return `5 ${(extension?.packageJSON as { version?: string } | undefined)?.version}`;
}
