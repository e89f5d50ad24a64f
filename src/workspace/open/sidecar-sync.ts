import type * as vscode from 'vscode';
import { disk } from '#disk';
import { diffAnnotations } from '../../core/model/diff';
import { withDependents } from '../../core/model/dependents';
import { applyEdits, type Edit } from '../../core/model/edit';
import { hasRecords } from '../../core/model/records';
import type { Annotations } from '../../core/model/records';
import { carrier, carryAnnotations, placeAnnotations, placeEdits } from '../../core/place';
import { rewriteSidecar } from '../../core/sidecar/write';
import type { TextIndex } from '../../core/text';
import type { Turn } from '../host/disk';
import { LastWrite } from './last-write';
import type { Keepers, OpenArticle } from './open-article';
import { Refusal } from '../files/refusal';
import { Provenance } from './provenance';
import { ReloadWatch } from './reload-watch';
import { compose, followReload, mergeRead, type Moved } from './sidecar-content';
import { SidecarFile } from '../files/sidecar-file';
import { TaskQueue } from './task-queue';
import { WriteTrouble } from './write-trouble';

/** How often a write begins anew because the sidecar changed meanwhile. */
const MOST_MERGES = 20;
/** How long a write may take, in ms, before what it is to write goes to the drafts as well. */
const SLOW_WRITE = 1000;
/** How long after the last change of unsaved text a draft, whose offsets are those of that text, follows, in ms. */
const TYPING_PAUSE = 1000;

/**
 * Keeps a live article and its sidecar together: what others wrote is merged into the article, what was
 * done here is written, one write at a time, or kept in the drafts while it cannot be.
 */
export class SidecarSync implements vscode.Disposable {
  readonly file: SidecarFile;
  /** Why the sidecar must not be written. */
  refusal: Refusal | undefined;
  /** Why the last write failed. */
  get writeError(): Refusal | undefined {
    return this.trouble.error;
  }
  /** How many entities were found at another place than the sidecar said when it was read. */
  movedOnLoad = 0;
  readonly provenance: Provenance;

  /** The text that the sidecar on disk belongs to. */
  savedIndex: TextIndex;
  /** What the sidecar on disk says, placed in `savedIndex`. */
  synced: Annotations = { status: 'open', entities: [] };
  /** Whether the sidecar that was read last is in the article. */
  private isTaken = true;
  readonly reloadWatch: ReloadWatch;
  private readonly queue = new TaskQueue();
  private writeIsQueued = false;
  /** Edits of the draft that wait for a sidecar that can be read. */
  private waiting: readonly Edit[] = [];
  private isDisposed = false;
  private readonly trouble: WriteTrouble;
  private readonly lastWrite = new LastWrite();
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly article: OpenArticle,
    sidecarUri: vscode.Uri,
    private readonly keepers: Keepers,
  ) {
    this.file = new SidecarFile(sidecarUri, article.uri);
    this.provenance = new Provenance(this.file, keepers.texts, keepers.orphans);
    this.savedIndex = article.index;
    this.reloadWatch = new ReloadWatch(article, () => void this.followSidecar());
    this.trouble = new WriteTrouble(
      () => void this.save().catch(() => undefined),
      () => article.fireChange(),
    );
  }

  dispose(): void {
    this.isDisposed = true;
    this.trouble.dispose();
    clearTimeout(this.typing);
    this.reloadWatch.dispose();
  }

  /** Reads the sidecar and the draft for the first time. @param savedText the article as it is on disk */
  async read(savedText: string): Promise<void> {
    const [draft] = await Promise.all([this.keepers.drafts.read(this.article.keptAs), this.file.refresh()]);
    this.waiting = draft;
    await this.provenance.find(savedText);
  }

  /** Puts what was read into the article, whose text is now known. */
  start(savedIndex: TextIndex): void {
    this.savedIndex = savedIndex;
    const hasDraft = this.waiting.length > 0;
    this.takeSidecar();
    if (hasDraft && !this.article.refusal) void this.save();
  }

  /** Takes the sidecar for this article's, though it names another, which is gone, and writes it so. */
  adopt(): Promise<void> {
    this.file.claim();
    // Who says so has seen the article as it is.
    this.reloadWatch.expect(false);
    this.takeSidecar();
    return this.save();
  }

  /**
   * The editor has read the article again, since another program changed it. What only has another place now is no
   * change of this side's. @param moved the entities as they were, each with what it is now
   */
  async followReload(moved: readonly Moved[]): Promise<void> {
    this.synced = followReload(this.synced, [this.savedIndex, this.article.index], moved);
    this.savedIndex = this.article.index;
    const isNew = await this.file.refresh();
    if (await this.provenance.find(this.savedIndex.raw)) this.isTaken = false;
    // A sidecar of the old text knows less of it than the comparison did.
    if (isNew || !this.isTaken || this.provenance.origin === 'same') this.takeSidecar();
    else this.article.fireChange();
    void this.saveWhatWaited();
  }

  /** The article was saved: the sidecar, once written, belongs to the text that it has now. */
  followSave(): void {
    this.synced = this.carriedSynced();
    this.savedIndex = this.article.index;
  }

  /** After the sidecar changed on disk or in its editor: takes over what others did. */
  async followSidecar(): Promise<void> {
    await this.enqueue(async () => void (await this.takeUp()));
    await this.saveWhatWaited();
  }

  /**
   * Reads the sidecar again, and takes it over where it changed.
   * @returns `false`, and nothing is taken over, where the editor is about to read the article again
   */
  private async takeUp(): Promise<boolean> {
    if (await this.file.refresh()) {
      await this.provenance.findOrigin(this.savedIndex.raw);
      this.isTaken = false;
      this.reloadWatch.expect(this.provenance.isStale);
    }
    if (await this.provenance.lookElsewhere(this.savedIndex.raw)) this.isTaken = false;
    if (!(await this.reloadWatch.isInStep(this.provenance.isStale))) return false;
    if (!this.isTaken) this.takeSidecar();
    return true;
  }

  /** What waited for a sidecar that can be read, or for the article to be read again, goes to the sidecar now. */
  private async saveWhatWaited(): Promise<void> {
    const { document, refusal } = this.article;
    const isWaiting = this.writeError ?? (this.hasDraft && !document.isDirty);
    if (isWaiting && !refusal) await this.save().catch(() => undefined);
  }

  /** Takes over the sidecar that was just read: what changed in it since is applied to what is here. */
  takeSidecar(): void {
    const { article } = this;
    const { sidecar, refusal = this.provenance.elsewhere } = this.file;
    this.isTaken = true;
    this.refusal = refusal;
    if (refusal) return this.showOurs();
    const { moved, annotations: theirs } = placeAnnotations(sidecar, this.savedIndex, this.provenance.origin);
    const base = this.lastWrite.seenBy(sidecar, this.synced);
    const texts = [this.savedIndex, article.index] as const;
    const { annotations, lost } = mergeRead([base, article.annotations, theirs], texts);
    this.file.keepLost(lost);
    // What it has not seen must be written again.
    if (base !== this.synced || lost.length > 0) void this.save().catch(() => undefined);
    this.movedOnLoad = moved;
    this.synced = theirs;
    const draft = withDependents(annotations, this.takeDraft());
    article.setAnnotations(applyEdits(annotations, draft));
  }

  /** What was there before stays to be seen; if nothing was, and git's two versions are not merged, ours is. */
  private showOurs(): void {
    const { article, file } = this;
    const ours = article.entities.length + this.synced.entities.length === 0 ? file.ours : undefined;
    if (!ours) return article.fireChange();
    // As if it had been read: whatever is merged then is a change of others.
    this.synced = placeAnnotations(ours, this.savedIndex, 'unsaid').annotations;
    article.setAnnotations(this.carriedSynced());
  }

  /** What the draft holds, once nothing stands against it. */
  private takeDraft(): Edit[] {
    if (this.article.refusal) return [];
    const edits = placeEdits(this.waiting, this.article.index);
    this.waiting = [];
    return edits;
  }

  /** Writes what is in the article, unless a write that has not begun yet will. */
  save(): Promise<void> {
    if (this.writeIsQueued) return this.queue.done;
    this.writeIsQueued = true;
    return this.enqueue(async () => {
      this.writeIsQueued = false;
      try {
        await this.write();
        this.trouble.set(undefined, false);
      } catch (error) {
        const refusal = await this.writeDraft().then(
          () => Refusal.fromWriteError(error, this.file.uri),
          (worse: Refusal) => worse,
        );
        // A sidecar that is refused is followed; what else is in the way goes away without a word.
        this.trouble.set(refusal, !this.article.refusal && !this.isDisposed);
        throw refusal;
      }
    });
  }

  /** Whether something waits for unsaved text to be saved, or for what stands against a write. */
  get hasDraft(): boolean {
    return this.keepers.drafts.has(this.article.keptAs);
  }

  /** The article's unsaved text changed: its draft follows after a pause. */
  followTyping(): void {
    if (!this.hasDraft) return;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.flush(), TYPING_PAUSE);
  }

  /** Ends what was begun: when all is on disk or in the drafts. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.typing);
    if (this.article.document.isDirty && this.hasDraft) void this.save();
    await this.queue.done.catch(() => undefined);
  }

  enqueue(task: () => Promise<void>): Promise<void> {
    return this.queue.enqueue(task);
  }

  /** When everything that was asked for so far is on disk or in the drafts. */
  get whenSaved(): Promise<void> {
    return this.queue.done;
  }

  private async write(): Promise<void> {
    const slow = setTimeout(() => void this.writeDraft().catch(() => undefined), SLOW_WRITE);
    try {
      for (let tries = 0; tries < MOST_MERGES; tries++) {
        if (this.article.document.isDirty) return await this.writeDraft();
        // Who came too late once has the turn from the reading on, so that no number of others is in the way.
        const isDone =
          tries === 0
            ? await this.mergeAndWrite()
            : await disk.inTurn(this.file.uri, (turn) => this.mergeAndWrite(turn));
        if (isDone) return;
      }
    } finally {
      clearTimeout(slow);
    }
    throw new Refusal('write-failed', this.file.uri);
  }

  /** @throws Refusal where the storage does not take it; then it is in memory only */
  private async writeDraft(): Promise<void> {
    const edits = diffAnnotations(this.carriedSynced(), this.article.annotations);
    if (!(await this.keepers.drafts.write(this.article.keptAs, [...this.waiting, ...edits])))
      throw new Refusal('not-kept', this.article.uri);
  }

  /** @returns `false`, and nothing is written, where the sidecar or the article changed meanwhile */
  private async mergeAndWrite(turn?: Turn): Promise<boolean> {
    const { article, file } = this;
    // What was read for one task was read just now; whether that is so still is asked again before it is replaced.
    const isJustRead = article.document.isClosed === undefined && turn === undefined;
    if (!isJustRead && !(await this.takeUp())) {
      // Nothing but an editor reads an article again.
      if (article.document.isClosed === undefined) throw new Refusal('file-changed', article.uri);
      return this.writeDraft().then(() => true);
    }
    if (article.refusal) throw article.refusal;
    const isGone = !(await disk.exists(article.uri));
    if (article.document.isDirty) return false;
    const { annotations, index } = article;
    if (!file.sidecar && !hasRecords(annotations) && annotations.status === 'open') {
      await this.keepers.drafts.remove(article.keptAs);
      return true;
    }
    // Nobody waits for it; what was tagged is there again if the article comes back.
    if (isGone && article.document.isClosed) return this.writeDraft().then(() => true);
    if (isGone) throw new Refusal('article-gone', article.uri);
    const sidecar = await compose(article, file.sidecar);
    const source = rewriteSidecar(sidecar);
    const isShown = () => this.reloadWatch.isShown();
    if (source !== file.source && !(await file.write(source, sidecar, turn, isShown))) return false;
    this.lastWrite.remember(this.synced, annotations, sidecar.textHash);
    this.savedIndex = index;
    this.synced = annotations;
    this.provenance.origin = 'same';
    void this.keepers.texts.keep(article.uri, sidecar.textHash, index.raw);
    this.movedOnLoad = 0;
    await this.keepers.drafts.remove(article.keptAs);
    return true;
  }

  /** What the sidecar says, where it is in the text now. */
  private carriedSynced(): Annotations {
    return carryAnnotations(this.synced, carrier(this.savedIndex, this.article.index));
  }
}
