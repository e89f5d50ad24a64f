import type * as vscode from 'vscode';
import { disk } from '#disk';
import { applyEdits, diffAnnotations, mapEdit, type Annotations, type Edit } from '../core/edit';
import { compareEntities, type Entity } from '../core/entity';
import { mergeAnnotations } from '../core/merge';
import { carrier, placeEntities, type Origin } from '../core/place';
import { composeSidecar } from '../core/sidecar/compose';
import { baseName } from '../core/sidecar/name';
import { NEW_FRAME } from '../core/sidecar/sidecar';
import { writeSidecar } from '../core/sidecar/write';
import { hashText, type TextIndex } from '../core/text';
import type { Turn } from './disk';
import type { Drafts } from './drafts';
import type { ArticleDocument, LiveArticle } from './live-article';
import type { OldTexts } from './old-texts';
import { Refusal } from './refusal';
import { SidecarFile } from './sidecar-file';

/** How long after a write failed it is tried again, in ms. */
const RETRY_PAUSE = 5000;
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
  writeError: Refusal | undefined;
  /** How many entities were found at another place than the sidecar said when it was read. */
  movedOnLoad = 0;
  /** What was known of the text that the sidecar's offsets belong to, when it was read. */
  private origin: Origin = 'same';

  /** The text that the sidecar on disk belongs to. */
  savedIndex: TextIndex;
  /** What the sidecar on disk says, placed in `savedIndex`. */
  synced: Annotations = { status: 'open', entities: [] };
  private queue: Promise<void> = Promise.resolve();
  private writeIsQueued = false;
  /** Edits of the draft that wait for a sidecar that can be read. */
  private waiting: readonly Edit[] = [];
  private isDisposed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly article: LiveArticle<ArticleDocument>,
    sidecarUri: vscode.Uri,
    private readonly drafts: Drafts,
    private readonly texts: OldTexts,
  ) {
    this.file = new SidecarFile(sidecarUri, article.uri);
    this.savedIndex = article.index;
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.retry);
    clearTimeout(this.typing);
  }

  /** Reads the sidecar and the draft for the first time. @param savedText the article as it is on disk */
  async read(savedText: string): Promise<void> {
    const [draft] = await Promise.all([this.drafts.read(this.article.uri), this.file.refresh()]);
    this.waiting = draft;
    await this.findOrigin(savedText);
  }

  /** Puts what was read into the article, whose text is now known. */
  start(savedIndex: TextIndex): void {
    this.savedIndex = savedIndex;
    const hasDraft = this.waiting.length > 0;
    this.takeSidecar();
    if (hasDraft && !this.article.refusal) void this.save();
  }

  /** Whether the sidecar, when it was read, was that of another text. */
  get isStale(): boolean {
    return this.origin !== 'same' && this.origin !== 'unsaid';
  }

  private async findOrigin(savedText: string): Promise<void> {
    const { textHash = '', entities = [] } = this.file.sidecar ?? {};
    const { uri } = this.article;
    this.origin = await this.texts.originOf(uri, textHash, savedText);
    if (this.origin === 'same' && entities.length > 0) void this.texts.keep(uri, textHash, savedText);
  }

  /** The editor has read the article again, since another program changed it. */
  async followReload(): Promise<void> {
    const { entities } = placeEntities(this.synced.entities, this.article.index, this.savedIndex);
    this.synced = { ...this.synced, entities: [...entities].sort(compareEntities) };
    this.savedIndex = this.article.index;
    const isNew = await this.file.refresh();
    await this.findOrigin(this.savedIndex.raw);
    // A sidecar of the old text knows less of it than the comparison did.
    if (isNew || this.origin === 'same') this.takeSidecar();
    else this.article.fireChange();
  }

  /** The article was saved: the sidecar, once written, belongs to the text that it has now. */
  followSave(): void {
    this.synced = this.carriedSynced();
    this.savedIndex = this.article.index;
  }

  /** After the sidecar changed on disk or in its editor: takes over what others did. */
  async followSidecar(): Promise<void> {
    await this.enqueue(async () => {
      if (await this.readAgain()) this.takeSidecar();
    });
    // What waited for a sidecar that can be read goes to it now.
    if (this.writeError && !this.article.refusal) await this.save().catch(() => undefined);
  }

  /** @returns whether the sidecar changed */
  private async readAgain(): Promise<boolean> {
    if (!(await this.file.refresh())) return false;
    await this.findOrigin(this.savedIndex.raw);
    return true;
  }

  /** Takes over the sidecar that was just read: what changed in it since is applied to what is here. */
  takeSidecar(): void {
    const { article } = this;
    const { sidecar, refusal } = this.file;
    this.refusal = refusal;
    if (refusal) return article.fireChange();
    const placed = placeEntities(sidecar?.entities ?? [], this.savedIndex, this.origin);
    const theirs: Annotations = {
      status: sidecar?.status ?? 'open',
      entities: [...placed.entities].sort(compareEntities),
    };
    this.movedOnLoad = placed.moved;
    const carry = carrier(this.savedIndex, article.index);
    const [base, read] = [carried(this.synced, carry), carried(theirs, carry)];
    const { annotations } = mergeAnnotations(base, article.annotations, read);
    this.synced = theirs;
    article.setAnnotations(applyEdits(annotations, this.takeDraft()));
  }

  /** What the draft holds, once nothing stands against it. */
  private takeDraft(): Edit[] {
    if (this.article.refusal) return [];
    const place = (entity: Entity) => placeEntities([entity], this.article.index).entities[0]!;
    const edits = this.waiting.map((edit) => mapEdit(edit, place));
    this.waiting = [];
    return edits;
  }

  /** Writes what is in the article, unless a write that has not begun yet will. */
  save(): Promise<void> {
    if (this.writeIsQueued) return this.queue;
    this.writeIsQueued = true;
    return this.enqueue(async () => {
      this.writeIsQueued = false;
      try {
        await this.write();
        this.setWriteError(undefined);
      } catch (error) {
        const refusal = await this.writeDraft().then(
          () => Refusal.fromWriteError(error, this.file.uri),
          (worse: Refusal) => worse,
        );
        this.setWriteError(refusal);
        throw refusal;
      }
    });
  }

  /** Whether something waits for unsaved text to be saved, or for what stands against a write. */
  get hasDraft(): boolean {
    return this.drafts.has(this.article.uri);
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
    await this.queue.catch(() => undefined);
  }

  private setWriteError(error: Refusal | undefined): void {
    clearTimeout(this.retry);
    // A sidecar that is refused is followed; what else is in the way goes away without a word.
    if (error && !this.article.refusal && !this.isDisposed) {
      this.retry = setTimeout(() => void this.save().catch(() => undefined), RETRY_PAUSE);
    }
    if (this.writeError?.code === error?.code) return;
    this.writeError = error;
    this.article.fireChange();
  }

  /** Runs a task after those before it, whether they failed or not. */
  enqueue(task: () => Promise<void>): Promise<void> {
    this.queue = this.queue.catch(() => undefined).then(task);
    // Whoever asked for the task sees its failure; nobody else must.
    this.queue.catch(() => undefined);
    return this.queue;
  }

  /** When everything that was asked for so far is on disk or in the drafts. */
  get whenSaved(): Promise<void> {
    return this.queue;
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
    if (!(await this.drafts.write(this.article.uri, [...this.waiting, ...edits])))
      throw new Refusal('not-kept', this.article.uri);
  }

  /** @returns `false`, and nothing is written, where the sidecar or the article changed meanwhile */
  private async mergeAndWrite(turn?: Turn): Promise<boolean> {
    const { article, file } = this;
    if (await this.readAgain()) this.takeSidecar();
    if (article.refusal) throw article.refusal;
    const isGone = !(await disk.exists(article.uri));
    if (article.document.isDirty) return false;
    const { annotations, index } = article;
    if (!file.sidecar && annotations.entities.length === 0 && annotations.status === 'open') {
      await this.drafts.remove(article.uri);
      return true;
    }
    if (isGone && article.document.isClosed) {
      // Nobody waits for it; what was tagged is there again if the article comes back.
      await this.writeDraft();
      return true;
    }
    if (isGone) throw new Refusal('article-gone', article.uri);
    const sidecar = composeSidecar(annotations, index, {
      article: baseName(article.uri.path),
      textHash: await this.hashOf(index),
      frame: file.sidecar?.frame ?? NEW_FRAME,
    });
    const source = writeSidecar(sidecar);
    if (source !== file.source && !(await file.write(source, sidecar, turn))) return false;
    this.savedIndex = index;
    this.synced = annotations;
    this.origin = 'same';
    void this.texts.keep(article.uri, sidecar.textHash, index.raw);
    this.movedOnLoad = 0;
    await this.drafts.remove(article.uri);
    return true;
  }

  /** What the sidecar says, where it is in the text now. */
  private carriedSynced(): Annotations {
    return carried(this.synced, carrier(this.savedIndex, this.article.index));
  }

  private hashed: { index: TextIndex; hash: string } | undefined;

  private async hashOf(index: TextIndex): Promise<string> {
    if (this.hashed?.index !== index) this.hashed = { index, hash: await hashText(index.raw) };
    return this.hashed.hash;
  }
}

function carried(annotations: Annotations, carry: (entity: Entity) => Entity): Annotations {
  return { ...annotations, entities: annotations.entities.map(carry) };
}
