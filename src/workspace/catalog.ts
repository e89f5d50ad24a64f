import * as vscode from 'vscode';
import { disk } from '#disk';
import type { Status } from '../core/edit';
import type { Entity } from '../core/entity';
import { parseHeader } from '../core/header';
import { placeEntities } from '../core/place';
import { sidecarName } from '../core/sidecar/name';
import { decodeUtf8, TextIndex } from '../core/text';
import { findProblems, NO_PROBLEMS, type ArticleProblems, type ArticleReading } from './article-problems';
import type { Corpus } from './corpus';
import { isLeftoverName } from './disk';
import type { OldTexts } from './old-texts';
import { Pace } from './pace';
import { SidecarFile } from './sidecar-file';

export type ArticleState = 'untouched' | 'in-progress' | 'done' | 'trouble';

/** What the side bar knows of an article without opening it. */
export interface ArticleSummary {
  readonly date: string | undefined;
  readonly status: Status;
  readonly entities: number;
  readonly unreviewed: number;
  /** How many entities cannot be placed in the text for certain. */
  readonly toPlace: number;
  /** How many entities have each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Its sidecar cannot be read, or not all of its entities are placed and agreed on. */
  readonly inTrouble: boolean;
}

const UNREAD: ArticleSummary = {
  date: undefined,
  status: 'open',
  entities: 0,
  unreviewed: 0,
  toPlace: 0,
  labels: new Map(),
  inTrouble: false,
};

/** How much of an article without a sidecar is read, in bytes: its header, and mostly all of it. */
const HEAD_LENGTH = 65536;

/** An article of a corpus, open or not. */
export class ArticleEntry {
  summary: ArticleSummary = UNREAD;
  /** What was wrong in it and in its sidecar when they were read last; a live article knows better. */
  problems: ArticleProblems = NO_PROBLEMS;
  private sidecar: vscode.Uri | undefined;
  /** Identifies the files as they were read last; `undefined` for those that an editor has open. */
  stamp: string | undefined;

  constructor(
    readonly uri: vscode.Uri,
    readonly corpus: Corpus,
    /** Relative to the corpus root, with `/`. */
    readonly path: string,
    public hasSidecar: boolean,
    private readonly texts: OldTexts,
  ) {}

  get sidecarUri(): vscode.Uri {
    return (this.sidecar ??= this.uri.with({ path: sidecarName(this.uri.path) }));
  }

  get state(): ArticleState {
    const { inTrouble, status, entities } = this.summary;
    if (inTrouble) return 'trouble';
    if (status === 'done') return 'done';
    return entities > 0 ? 'in-progress' : 'untouched';
  }

  /**
   * Reads the article, as far as need be, and its sidecar, and remembers what is to be known of them.
   * @param stamp what {@link currentStamps} said before
   * @returns the entities where they are in the text
   */
  async refresh(stamp: string | undefined): Promise<readonly Entity[]> {
    const reading = await this.read();
    const { entities, file, index, isUtf8 } = reading;
    this.problems = findProblems(reading);
    const inTrouble = !isUtf8 || file.refusal !== undefined || entities.some(isToDecide);
    const status = file.refusal ? undefined : file.sidecar?.status;
    this.summary = summarize(parseHeader(index.raw).date, status, entities, { inTrouble });
    this.stamp = stamp;
    return entities;
  }

  /**
   * Reads the article, as far as need be, and its sidecar, with the entities where they are in the text.
   * @param options.isWhole whether all of its text is wanted where it has no sidecar, too
   */
  async read({ isWhole = false } = {}): Promise<ArticleReading> {
    const file = new SidecarFile(this.sidecarUri, this.uri);
    const [article] = await Promise.all([
      this.readArticle(isWhole || this.hasSidecar),
      this.hasSidecar && file.refresh(),
    ]);
    const { text, shown } = article;
    const sidecar = file.refusal ? undefined : file.sidecar;
    const index = new TextIndex(shown);
    const origin = await this.texts.originOf(this.uri, sidecar?.textHash ?? '', text ?? shown);
    const { entities, moved } = placeEntities(sidecar?.entities ?? [], index, origin);
    const isStale = text !== undefined && origin !== 'same' && origin !== 'unsaid';
    return { corpus: this.corpus, index, isUtf8: text !== undefined, file, entities, moved, isStale };
  }

  /** The article's text, `undefined` where it is not UTF-8, and what is shown of it all the same. */
  private async readArticle(isWhole: boolean): Promise<{ text: string | undefined; shown: string }> {
    if (isWhole) {
      // One that is too big cannot be opened either.
      const bytes = await disk.read(this.uri).catch(() => undefined);
      if (bytes) return decode(bytes, false);
    }
    const head = await disk.readHead(this.uri, HEAD_LENGTH).catch(() => undefined);
    return head ? decode(head, head.length === HEAD_LENGTH) : { text: '', shown: '' };
  }
}

/** What {@link ArticleEntry.stamp} is for the files as they are; `undefined` for one where that cannot be told. */
export async function currentStamps(entries: readonly ArticleEntry[]): Promise<(string | undefined)[]> {
  const files = entries.flatMap(({ uri, hasSidecar, sidecarUri }) =>
    hasSidecar ? [uri, sidecarUri] : [uri],
  );
  const stamps = await disk.stamps(files);
  let at = 0;
  return entries.map(({ hasSidecar }) => {
    const [article, sidecar] = [stamps[at++], hasSidecar ? stamps[at++] : ''];
    return article === undefined || sidecar === undefined ? undefined : `${article} ${sidecar}`;
  });
}

function decode(bytes: Uint8Array, isCut: boolean): { text: string | undefined; shown: string } {
  const text = isCut ? decodeCut(bytes) : decodeUtf8(bytes);
  return { text, shown: text ?? new TextDecoder().decode(bytes) };
}

/** Decodes bytes whose last character may be cut. */
function decodeCut(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Whether a person must say what becomes of an entity: where it is, or which of two versions counts. */
export function isToDecide({ broken, conflict }: Entity): boolean {
  return Boolean(broken) || conflict !== undefined;
}

export function summarize(
  date: string | undefined,
  status: Status | undefined,
  entities: readonly Pick<Entity, 'label' | 'reviewed' | 'broken'>[],
  { inTrouble }: { inTrouble: boolean },
): ArticleSummary {
  const labels = new Map<string, number>();
  let unreviewed = 0;
  let toPlace = 0;
  for (const entity of entities) {
    labels.set(entity.label, (labels.get(entity.label) ?? 0) + 1);
    if (!entity.reviewed) unreviewed++;
    if (entity.broken) toPlace++;
  }
  const count = entities.length;
  return { date, status: status ?? 'open', entities: count, unreviewed, toPlace, labels, inTrouble };
}

/** Files that a walk never enters: other programs' folders and everything hidden. */
const SKIPPED = /^(?:node_modules|\..*)$/;

/**
 * All files below a folder, relative with `/`, hidden ones left out; links to folders are not followed. What
 * a killed process left beside them is removed in the background.
 */
export async function listFiles(root: vscode.Uri): Promise<string[]> {
  const leftovers: vscode.Uri[] = [];
  const pace = new Pace();
  const visit = async (folder: vscode.Uri, prefix: string): Promise<string[]> => {
    const entries = await disk.list(folder);
    if (pace.isDue) await pace.rest();
    const paths: (string | Promise<string[]>)[] = [];
    const named = entries.map(([name, type]) => ({
      name,
      type,
      key: type === vscode.FileType.Directory ? `${name}/` : name,
    }));
    // Sorted folder by folder, as the paths would be, of which there may be too many to sort at once.
    for (const { name, type, key } of named.sort((a, b) => (a.key < b.key ? -1 : 1))) {
      if (SKIPPED.test(name)) {
        if (isLeftoverName(name)) leftovers.push(vscode.Uri.joinPath(folder, name));
      } else if (type === vscode.FileType.Directory)
        paths.push(visit(vscode.Uri.joinPath(folder, name), prefix + key));
      else if (type & vscode.FileType.File) paths.push(prefix + name);
    }
    const found: string[] = [];
    for (const part of paths) {
      if (typeof part === 'string') found.push(part);
      else for (const path of await part) found.push(path);
    }
    return found;
  };
  const found = await visit(root, '');
  void disk.removeLeftovers(leftovers);
  return found;
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
