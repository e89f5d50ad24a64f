import * as vscode from 'vscode';
import { disk } from '#disk';
import { mergeSidecars } from '../../core/sidecar/merge';
import { readSidecar } from '../../core/sidecar/read';
import { writeSidecar } from '../../core/sidecar/write';
import type { ArticleEntry } from '../corpus/article-entry';
import type { LiveArticle } from './live-article';
import { placed } from '../files/merge-sides';
import { Refusal } from '../files/refusal';
import { SidecarFile } from '../files/sidecar-file';
import type { FileChange } from '../files/source-change';

/** What is needed of the store. */
interface Store {
  readonly catalog: { isKnown(entry: ArticleEntry): boolean };
  readonly live: { of(entry: ArticleEntry): LiveArticle | undefined };
  followFile(uri: vscode.Uri, kind: FileChange): Promise<void>;
}

/** How long deleted files are gathered, in ms: a program may remove one to write it anew, or many at once. */
const PAUSE = 500;

/** How often it is begun anew because the file changed meanwhile. */
const MOST_TRIES = 20;

/** A sidecar that another program deleted, though its article is there. */
export interface LostSidecar {
  readonly entry: ArticleEntry;
  /** How many entities it had. */
  readonly entities: number;
  /** What it said, where this window had its article open. */
  readonly source: string | undefined;
}

/** Tells of sidecars that are deleted while their articles are known, and brings back those of open articles. */
export class LostSidecars implements vscode.Disposable {
  private readonly lost = new vscode.EventEmitter<readonly LostSidecar[]>();
  readonly onDidLose = this.lost.event;

  private readonly gone = new Map<ArticleEntry, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: Store) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.lost.dispose();
  }

  /** To be called before the articles of a sidecar are read without it. */
  follow(entries: readonly ArticleEntry[]): void {
    for (const entry of entries) if (!this.gone.has(entry)) this.gone.set(entry, entry.summary.entities);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.tell(), PAUSE);
  }

  private async tell(): Promise<void> {
    const gone = [...this.gone];
    this.gone.clear();
    const lost: LostSidecar[] = [];
    for (const [entry, known] of gone) {
      if (!this.store.catalog.isKnown(entry) || !(await disk.exists(entry.uri))) continue;
      const one = await this.look(entry, known);
      if (one.entities > 0) lost.push(one);
    }
    if (lost.length > 0) this.lost.fire(lost);
  }

  /** What is not there any more: what was tagged since may have been written to a new sidecar. */
  private async look(entry: ArticleEntry, known: number): Promise<LostSidecar> {
    const live = this.store.live.of(entry);
    if (!live)
      return { entry, entities: (await disk.exists(entry.sidecarUri)) ? 0 : known, source: undefined };
    const source = live.sync.file.lost;
    const here = new Set(live.entities.map(({ id }) => id));
    const before = source === undefined ? [] : (readSidecar(source).sidecar?.entities ?? []);
    return { entry, entities: before.filter(({ id }) => !here.has(id)).length, source };
  }

  /** Writes what a sidecar said; what was written since stays beside it. @throws Refusal */
  async bringBack({ entry, source }: LostSidecar): Promise<void> {
    const file = new SidecarFile(entry.sidecarUri, entry.uri);
    const before = source === undefined ? undefined : readSidecar(source).sidecar;
    if (source === undefined || !before) return;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      await file.refresh();
      if (file.refusal) throw file.refusal;
      const merged = file.sidecar && mergeSidecars(undefined, file.sidecar, before).sidecar;
      const sidecar = merged ? await placed(merged, entry.uri) : before;
      if (await file.write(merged ? writeSidecar(sidecar) : source, sidecar))
        return this.store.followFile(entry.sidecarUri, 'created');
    }
    throw new Refusal('write-failed', entry.sidecarUri);
  }
}
