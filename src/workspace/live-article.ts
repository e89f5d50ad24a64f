import * as vscode from 'vscode';
import { disk } from '#disk';
import { toTextChange } from '../core/change';
import { applyEdits, diffAnnotations, mapEdit, type Annotations, type Edit } from '../core/edit';
import { compareEntities, type Entity } from '../core/entity';
import { History, moveEntity, refreshTexts, textKey, textStep } from '../core/history';
import { carrier, placeEntities } from '../core/place';
import { baseName } from '../core/sidecar/name';
import { NEW_FRAME, type Sidecar } from '../core/sidecar/sidecar';
import { writeSidecar } from '../core/sidecar/write';
import { decodeUtf8, hashText, normalizeText, TextIndex } from '../core/text';
import type { Drafts } from './drafts';
import { Refusal } from './refusal';
import { SidecarFile } from './sidecar-file';

const NOTHING: Annotations = { status: 'open', entities: [] };

/** How long after a write failed it is tried again, in ms. */
const RETRY_PAUSE = 5000;
/** How often a write begins anew because the sidecar changed meanwhile. */
const MOST_MERGES = 20;

/**
 * An article that is open in the editor, with its annotations in the coordinates of the text as it is
 * now. Edits show at once and are written to the sidecar behind, one write at a time.
 */
export class LiveArticle implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires after annotations, positions, problems or the refusal changed. */
  readonly onDidChange = this.changed.event;

  readonly file: SidecarFile;
  readonly history = new History();
  annotations: Annotations = NOTHING;
  index: TextIndex;
  /** Of the text of `index`. */
  private key: string;
  /** Why annotations cannot be changed now. */
  refusal: Refusal | undefined;
  /** Why the last write failed; what was to be written is still here, and in the drafts. */
  writeError: Refusal | undefined;
  /** How many entities were found at another place than the sidecar said when it was read. */
  movedOnLoad = 0;
  /** Whether the sidecar, when it was read, was that of another text. */
  isStale = false;

  /** The text that the sidecar on disk belongs to. */
  private savedIndex: TextIndex;
  /** What the sidecar on disk says, placed in `savedIndex`. */
  private synced: Annotations = NOTHING;
  private writing: Promise<void> = Promise.resolve();
  private writeIsQueued = false;
  /** Edits of the draft that wait for a sidecar that can be read. */
  private waiting: readonly Edit[] = [];
  private isDisposed = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    sidecarUri: vscode.Uri,
    private readonly drafts: Drafts,
  ) {
    this.file = new SidecarFile(sidecarUri, document.uri);
    this.index = this.savedIndex = new TextIndex(document.getText());
    this.key = textKey(this.index.text);
  }

  get uri(): vscode.Uri {
    return this.document.uri;
  }

  get entities(): readonly Entity[] {
    return this.annotations.entities;
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.retry);
    this.changed.dispose();
  }

  /** Reads the article's bytes, its sidecar and its draft. Must run once, before anything else. */
  async load(): Promise<void> {
    const [bytes, draft] = await Promise.all([
      disk.read(this.uri).catch(() => undefined),
      this.drafts.read(this.uri),
      this.file.refresh(),
    ]);
    const onDisk = bytes && decodeUtf8(bytes);
    if (bytes && !(await this.isUtf8(onDisk))) this.refusal = new Refusal('article-not-utf8', this.uri);
    await this.compareHash(onDisk ?? this.document.getText());
    // From here on nothing is waited for: who types is followed as soon as this ends.
    this.setIndex(new TextIndex(this.document.getText()));
    this.savedIndex = this.document.isDirty && onDisk !== undefined ? new TextIndex(onDisk) : this.index;
    this.waiting = draft;
    this.takeSidecar();
    if (draft.length > 0 && !this.refusal) void this.save();
  }

  private setIndex(index: TextIndex): void {
    this.index = index;
    this.key = textKey(index.text);
  }

  /** Reads the sidecar again. @returns whether it changed */
  private async readSidecar(): Promise<boolean> {
    if (!(await this.file.refresh())) return false;
    await this.compareHash(this.savedIndex.raw);
    return true;
  }

  private async compareHash(savedText: string): Promise<void> {
    const { textHash = '' } = this.file.sidecar ?? {};
    this.isStale = textHash !== '' && textHash !== (await hashText(savedText));
  }

  /** Refuses an article that is not UTF-8 any more, and takes it up again when it is. */
  private async checkEncoding(): Promise<void> {
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const isUtf8 = !bytes || (await this.isUtf8(decodeUtf8(bytes)));
    if (isUtf8 === (this.refusal?.code !== 'article-not-utf8')) return;
    this.refusal = isUtf8 ? undefined : new Refusal('article-not-utf8', this.uri);
    this.takeSidecar();
  }

  /** Whether the document shows the file's bytes as UTF-8. A file that just changed gets a second look. */
  private async isUtf8(onDisk: string | undefined): Promise<boolean> {
    const isShown = (text: string | undefined) =>
      text !== undefined &&
      (this.document.isDirty || normalizeText(text) === normalizeText(this.document.getText()));
    if (isShown(onDisk)) return true;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const bytes = await disk.read(this.uri).catch(() => undefined);
    return !bytes || isShown(decodeUtf8(bytes));
  }

  /**
   * Changes the annotations as one step that can be undone.
   * @param title what was done, for the message of an undo
   * @returns when the change is on disk (or, while the article has unsaved changes, in the drafts)
   * @throws Refusal at once where annotations cannot be changed; later where they cannot be written
   */
  apply(title: string, edits: readonly Edit[]): Promise<void> {
    if (this.refusal) throw this.refusal;
    if (edits.length === 0) return this.writing;
    this.history.push({ kind: 'edits', title, edits });
    return this.run(edits);
  }

  /** Takes back the newest step if it is one of annotations. @returns its title, and when that is on disk */
  undo(): { title: string; saved: Promise<void> } | undefined {
    if (this.refusal) throw this.refusal;
    const step = this.history.undoEdits();
    return step && { title: step.title, saved: this.run(step.edits) };
  }

  redo(): { title: string; saved: Promise<void> } | undefined {
    if (this.refusal) throw this.refusal;
    const step = this.history.redoEdits();
    return step && { title: step.title, saved: this.run(step.edits) };
  }

  private run(edits: readonly Edit[]): Promise<void> {
    this.annotations = applyEdits(this.annotations, edits);
    this.changed.fire();
    return this.save();
  }

  /** Moves the annotations with a change of the document's text. */
  followText(event: vscode.TextDocumentChangeEvent): void {
    const text = this.document.getText();
    if (text === this.index.raw) return;
    // A clean document that changes was read again from a file that another program changed.
    if (!this.document.isDirty) this.enqueue(() => this.checkEncoding()).catch(() => undefined);
    const before = this.index;
    const keyBefore = this.key;
    this.setIndex(new TextIndex(text));
    const changes = [...event.contentChanges]
      .sort((a, b) => b.rangeOffset - a.rangeOffset)
      .flatMap(({ rangeOffset, rangeLength, text: inserted }) => {
        const replacement = { start16: rangeOffset, end16: rangeOffset + rangeLength, text: inserted };
        return toTextChange(before, replacement) ?? [];
      });
    if (changes.length === 0) return;
    const old = this.annotations.entities;
    const { Undo, Redo } = vscode.TextDocumentChangeReason;
    const direction = event.reason === Undo ? 'undo' : event.reason === Redo ? 'redo' : undefined;
    let moved = direction && this.history.travel(direction, this.key, old);
    if (!moved) {
      this.history.push(textStep(old, changes, keyBefore, this.key));
      moved = old.map((entity) => moveEntity(entity, changes));
    }
    const entities = refreshTexts(moved, old, this.index).sort(compareEntities);
    this.annotations = { ...this.annotations, entities };
    this.changed.fire();
  }

  /** After the article was saved: its sidecar follows, if it has one. */
  async followSave(): Promise<void> {
    this.synced = this.carriedSynced();
    this.savedIndex = this.index;
    await this.enqueue(() => this.checkEncoding());
    if (!this.refusal) await this.save();
  }

  /** After the sidecar changed on disk or in its editor: takes over what others did. */
  async followSidecar(): Promise<void> {
    await this.enqueue(async () => {
      if (await this.readSidecar()) this.takeSidecar();
    });
    // What waited for a sidecar that can be read goes to it now.
    if (this.writeError && !this.refusal) await this.save().catch(() => undefined);
  }

  /** Takes over the sidecar that was just read: what changed in it since is applied to what is here. */
  private takeSidecar(): void {
    const { sidecar, refusal } = this.file;
    if (this.refusal?.code !== 'article-not-utf8') this.refusal = refusal;
    if (!refusal) {
      const placed = placeEntities(sidecar?.entities ?? [], this.savedIndex);
      const theirs: Annotations = {
        status: sidecar?.status ?? 'open',
        entities: [...placed.entities].sort(compareEntities),
      };
      this.movedOnLoad = placed.moved;
      const carry = carrier(this.savedIndex, this.index);
      const edits = diffAnnotations(this.synced, theirs).map((edit) => mapEdit(edit, carry));
      this.annotations = applyEdits(this.annotations, edits);
      this.synced = theirs;
      this.takeDraft();
    }
    this.changed.fire();
  }

  /** Does what the draft holds, once nothing stands against it. */
  private takeDraft(): void {
    if (this.refusal || this.waiting.length === 0) return;
    const place = (entity: Entity) => placeEntities([entity], this.index).entities[0]!;
    const edits = this.waiting.map((edit) => mapEdit(edit, place));
    this.waiting = [];
    this.annotations = applyEdits(this.annotations, edits);
  }

  /** Writes what is here, unless a write that has not begun yet will. */
  private save(): Promise<void> {
    if (this.writeIsQueued) return this.writing;
    this.writeIsQueued = true;
    return this.enqueue(async () => {
      this.writeIsQueued = false;
      try {
        if (this.document.isDirty) await this.writeDraft();
        else await this.writeSidecar();
        this.setWriteError(undefined);
      } catch (error) {
        const refusal = Refusal.fromWriteError(error, this.file.uri);
        await this.writeDraft().catch(() => undefined);
        this.setWriteError(refusal);
        throw refusal;
      }
    });
  }

  private setWriteError(error: Refusal | undefined): void {
    clearTimeout(this.retry);
    // A sidecar that is refused is followed; what else is in the way goes away without a word.
    if (error && !this.refusal && !this.isDisposed)
      this.retry = setTimeout(() => void this.save().catch(() => undefined), RETRY_PAUSE);
    if (this.writeError?.code === error?.code) return;
    this.writeError = error;
    this.changed.fire();
  }

  private enqueue(task: () => Promise<void>): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(task);
    // Whoever asked for the write sees its failure; the queue itself goes on.
    this.writing.catch(() => undefined);
    return this.writing;
  }

  /** When everything that was asked for so far is on disk or in the drafts. */
  get whenSaved(): Promise<void> {
    return this.writing;
  }

  private async writeDraft(): Promise<void> {
    const edits = diffAnnotations(this.carriedSynced(), this.annotations);
    await this.drafts.write(this.uri, [...this.waiting, ...edits]);
  }

  private async writeSidecar(): Promise<void> {
    for (let tries = 0; tries < MOST_MERGES; tries++) if (await this.mergeAndWrite()) return;
    throw new Refusal('write-failed', this.file.uri);
  }

  /** @returns `false`, and nothing is written, where the sidecar changed after it was read here */
  private async mergeAndWrite(): Promise<boolean> {
    if (await this.readSidecar()) this.takeSidecar();
    if (this.refusal) throw this.refusal;
    const isGone = await this.hasVanished();
    if (this.document.isDirty) {
      await this.writeDraft();
      return true;
    }
    const { annotations, index } = this;
    if (!this.file.sidecar && annotations.entities.length === 0 && annotations.status === 'open') return true;
    if (isGone) throw new Refusal('article-gone', this.uri);
    const textHash = await this.hashOf(index);
    const sidecar: Sidecar = {
      ...annotations,
      entities: annotations.entities.map((entity) => withContext(entity, index)),
      article: baseName(this.uri.path),
      textHash,
      frame: this.file.sidecar?.frame ?? NEW_FRAME,
    };
    const source = writeSidecar(sidecar);
    if (source !== this.file.source && !(await this.file.write(source, sidecar))) return false;
    this.savedIndex = index;
    this.synced = annotations;
    this.isStale = false;
    this.movedOnLoad = 0;
    await this.drafts.remove(this.uri);
    return true;
  }

  private async hasVanished(): Promise<boolean> {
    return !(await disk.exists(this.uri));
  }

  /** What the sidecar says, where it is in the text now. */
  private carriedSynced(): Annotations {
    return { ...this.synced, entities: this.synced.entities.map(carrier(this.savedIndex, this.index)) };
  }

  private hashed: { index: TextIndex; hash: string } | undefined;

  private async hashOf(index: TextIndex): Promise<string> {
    if (this.hashed?.index !== index) this.hashed = { index, hash: await hashText(index.raw) };
    return this.hashed.hash;
  }
}

/** An entity with the `before` and `after` that stand around it now, where it has them. */
function withContext(entity: Entity, index: TextIndex): Entity {
  const { before, after } = entity;
  if ((before === undefined && after === undefined) || entity.broken) return entity;
  const around = {
    ...(before !== undefined && {
      before: index.slice({ start: entity.start - [...before].length, end: entity.start }),
    }),
    ...(after !== undefined && {
      after: index.slice({ start: entity.end, end: entity.end + [...after].length }),
    }),
  };
  return around.before === before && around.after === after ? entity : { ...entity, ...around };
}
