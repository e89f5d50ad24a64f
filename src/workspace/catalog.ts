import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Status } from '../core/edit';
import type { Entity } from '../core/entity';
import { parseHeader } from '../core/header';
import { sidecarName } from '../core/sidecar/name';
import { readSidecar } from '../core/sidecar/read';
import { decodeUtf8 } from '../core/text';
import type { Corpus } from './corpus';

export type ArticleState = 'untouched' | 'in-progress' | 'done' | 'trouble';

/** What the side bar knows of an article without opening it. */
export interface ArticleSummary {
  readonly date: string | undefined;
  readonly status: Status;
  readonly entities: number;
  readonly unreviewed: number;
  /** How many entities have each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Its sidecar cannot be read, or its entities cannot all be placed. */
  readonly inTrouble: boolean;
}

const UNREAD: ArticleSummary = {
  date: undefined,
  status: 'open',
  entities: 0,
  unreviewed: 0,
  labels: new Map(),
  inTrouble: false,
};

/** How much of an article is read for its header, in bytes. */
const HEAD_LENGTH = 4096;

/** An article of a corpus, open or not. */
export class ArticleEntry {
  summary: ArticleSummary = UNREAD;
  readonly sidecarUri: vscode.Uri;

  constructor(
    readonly uri: vscode.Uri,
    readonly corpus: Corpus,
    /** Relative to the corpus root, with `/`. */
    readonly path: string,
    public hasSidecar: boolean,
  ) {
    this.sidecarUri = uri.with({ path: sidecarName(uri.path) });
  }

  get state(): ArticleState {
    const { inTrouble, status, entities } = this.summary;
    if (inTrouble) return 'trouble';
    if (status === 'done') return 'done';
    return entities > 0 ? 'in-progress' : 'untouched';
  }

  /** Reads the article's header and its sidecar's counts from disk. */
  async refresh(): Promise<void> {
    const [head, sidecar] = await Promise.all([
      disk.readHead(this.uri, HEAD_LENGTH).catch(() => undefined),
      this.hasSidecar ? disk.read(this.sidecarUri).catch(() => new Uint8Array([0])) : undefined,
    ]);
    const date = head && parseHeader(new TextDecoder().decode(head)).date;
    const source = sidecar && (decodeUtf8(sidecar) ?? '\0');
    const reading = source === undefined ? undefined : readSidecar(source);
    this.summary = summarize(date, reading?.sidecar?.status, reading?.sidecar?.entities ?? [], {
      inTrouble: reading !== undefined && reading.sidecar === undefined,
    });
  }
}

export function summarize(
  date: string | undefined,
  status: Status | undefined,
  entities: readonly Entity[],
  { inTrouble }: { inTrouble: boolean },
): ArticleSummary {
  const labels = new Map<string, number>();
  let unreviewed = 0;
  for (const entity of entities) {
    labels.set(entity.label, (labels.get(entity.label) ?? 0) + 1);
    if (!entity.reviewed) unreviewed++;
  }
  return { date, status: status ?? 'open', entities: entities.length, unreviewed, labels, inTrouble };
}

/** Files that a walk never enters: other programs' folders and everything hidden. */
const SKIPPED = /^(?:node_modules|\..*)$/;

/** All files below a folder, relative with `/`, hidden ones left out; links to folders are not followed. */
export async function listFiles(root: vscode.Uri): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: vscode.Uri, prefix: string): Promise<void> => {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    await Promise.all(
      entries.map(async ([name, type]) => {
        if (SKIPPED.test(name)) return;
        if (type === vscode.FileType.Directory)
          await visit(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`);
        else if (type & vscode.FileType.File) found.push(prefix + name);
      }),
    );
  };
  await visit(root, '');
  return found.sort();
}

/** Runs a task for each item, a limited number at a time. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await task(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
