import * as vscode from 'vscode';
import { disk } from '#disk';
import { alignTexts } from '../core/align';
import { toTextChanges, type TextChange } from '../core/change';
import { applyEdits, findObstacles, type Annotations, type Edit, type Obstacle } from '../core/edit';
import { compareEntities, withFields, type Entity } from '../core/entity';
import { moveEntity, refreshEdits, refreshTexts } from '../core/follow-text';
import { History, textKey } from '../core/history';
import { placeEntities } from '../core/place';
import { decodeUtf8, normalizeText, TextIndex } from '../core/text';
import { textStep, type Direction } from '../core/text-step';
import type { ArticleReading } from './article-problems';
import type { Corpus } from './corpus';
import type { Drafts } from './drafts';
import { isShownAsUtf8 } from './encoding';
import type { HistoryFiles } from './history-files';
import type { OldTexts } from './old-texts';
import { Refusal } from './refusal';
import { SidecarSync } from './sidecar-sync';

/** What an undo or a redo did. */
export interface Travel {
  readonly title: string;
  /** What was applied; where there are obstacles, what would have been. */
  readonly edits: readonly Edit[];
  /** Why nothing was changed, for each edit that no longer applies. */
  readonly obstacles: readonly Obstacle[];
  readonly saved: Promise<void>;
}

/** What an article's text is taken from: a document of the editor, or a file. */
export type ArticleDocument = Pick<vscode.TextDocument, 'uri' | 'isDirty' | 'getText'> &
  Partial<Pick<vscode.TextDocument, 'isClosed'>>;

/**
 * An article that is open in the editor, with its annotations in the coordinates of the text as it is
 * now. Edits show at once; {@link SidecarSync} writes them to the sidecar behind.
 */
export class LiveArticle<Document extends ArticleDocument = vscode.TextDocument>
  implements vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires after annotations, positions, problems or the refusal changed. */
  readonly onDidChange = this.changed.event;

  /** Of this window, or, as far as it was kept, of the one before. Known once the article is loaded. */
  history = new History();
  readonly sync: SidecarSync;
  annotations: Annotations = { status: 'open', entities: [] };
  index: TextIndex;
  /** Of the text of `index`. */
  key: string;
  private isUtf8 = true;
  private isUnsaved: boolean;

  constructor(
    readonly document: Document,
    sidecarUri: vscode.Uri,
    drafts: Drafts,
    private readonly histories: HistoryFiles,
    texts: OldTexts,
  ) {
    this.index = new TextIndex(document.getText());
    this.key = textKey(this.index.text);
    this.isUnsaved = document.isDirty;
    this.sync = new SidecarSync(this, sidecarUri, drafts, texts);
  }

  get uri(): vscode.Uri {
    return this.document.uri;
  }

  get entities(): readonly Entity[] {
    return this.annotations.entities;
  }

  /** Why annotations cannot be changed now. */
  get refusal(): Refusal | undefined {
    return this.isUtf8 ? this.sync.refusal : new Refusal('article-not-utf8', this.uri);
  }

  /** Why the last write failed; what was to be written is still here, and in the drafts. */
  get writeError(): Refusal | undefined {
    return this.sync.writeError;
  }

  /** The article and its sidecar as problems are looked for in them. */
  reading(corpus: Corpus): ArticleReading {
    const { index, entities, refusal } = this;
    const { file, movedOnLoad: moved, isStale } = this.sync;
    const isUtf8 = refusal?.code !== 'article-not-utf8';
    return { corpus, index, isUtf8, file, entities, moved, isStale };
  }

  dispose(): void {
    this.sync.dispose();
    this.changed.dispose();
  }

  /** Reads the article's bytes, its sidecar and its draft. Must run once, before anything else. */
  async load(): Promise<void> {
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const onDisk = bytes && decodeUtf8(bytes);
    this.isUtf8 = !bytes || (await isShownAsUtf8(this.document, onDisk));
    const [history] = await Promise.all([
      this.histories.read(this.uri),
      this.sync.read(onDisk ?? this.document.getText()),
    ]);
    // From here on nothing is waited for: who types is followed as soon as this ends.
    this.setIndex(new TextIndex(this.document.getText()));
    this.history = this.histories.open(this, history);
    this.sync.start(this.document.isDirty && onDisk !== undefined ? new TextIndex(onDisk) : this.index);
  }

  private setIndex(index: TextIndex): void {
    this.index = index;
    this.key = textKey(index.text);
  }

  /** Refuses an article that is not UTF-8 any more, and takes it up again when it is. */
  private async checkEncoding(): Promise<void> {
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const isUtf8 = !bytes || (await isShownAsUtf8(this.document, decodeUtf8(bytes)));
    if (isUtf8 === this.isUtf8) return;
    this.isUtf8 = isUtf8;
    this.sync.takeSidecar();
  }

  /**
   * Changes the annotations as one step that can be undone.
   * @param title what was done, for the message of an undo
   * @param bulk identifies the change of many articles that this is part of
   * @returns when the change is on disk (or, while the article has unsaved changes, in the drafts)
   * @throws Refusal at once where annotations cannot be changed; later where they cannot be written
   */
  apply(title: string, edits: readonly Edit[], bulk?: string): Promise<void> {
    if (this.refusal) throw this.refusal;
    if (edits.length === 0) return this.sync.whenSaved;
    this.history.push({ kind: 'edits', title, edits, bulk });
    return this.run(edits);
  }

  /**
   * Takes back the newest step of annotations, or does the oldest undone one again: all of it, or, where
   * another writer has changed what it is about, nothing. Such a step is forgotten, so that the one behind
   * it can be reached.
   * @param bulk the step that is part of this change of many articles, whatever was done since
   * @returns `undefined` where there is no step
   */
  travel(direction: Direction, bulk?: string): Travel | undefined {
    if (this.refusal) throw this.refusal;
    const step = direction === 'undo' ? this.history.undoEdits(bulk) : this.history.redoEdits(bulk);
    if (!step) return undefined;
    const edits = refreshEdits(step.edits, this.index);
    const obstacles = findObstacles(this.annotations, edits);
    if (obstacles.length > 0) {
      this.history.forget(direction);
      this.histories.follow(this);
    }
    const saved = obstacles.length > 0 ? Promise.resolve() : this.run(edits);
    return { title: step.title, edits, obstacles, saved };
  }

  /** Adds a step without edits, so that undo in this article takes back a change of other files. */
  remember(title: string, bulk: string): void {
    this.history.push({ kind: 'edits', title, edits: [], bulk });
    this.histories.follow(this);
  }

  /** Takes a step back that could not be written, as if it had never been. Never rejects. */
  async withdraw(bulk: string): Promise<void> {
    const done = this.refusal ? undefined : this.travel('undo', bulk);
    if (!done || done.obstacles.length > 0) return;
    this.history.forget('undo');
    await done.saved.catch(() => undefined);
  }

  get hasSidecar(): boolean {
    return this.sync.file.source !== undefined;
  }

  /** Removes the sidecar where it says no more than a new one. Never rejects. */
  removeEmptySidecar(): Promise<void> {
    return this.sync.enqueue(() => this.sync.file.removeEmpty().catch(() => undefined));
  }

  private run(edits: readonly Edit[]): Promise<void> {
    this.histories.follow(this);
    this.setAnnotations(applyEdits(this.annotations, edits));
    return this.sync.save();
  }

  /** Shows annotations without a step in the history: what came from disk, or from a draft. */
  setAnnotations(annotations: Annotations): void {
    this.annotations = annotations;
    this.fireChange();
  }

  /** Tells of what changed beside the annotations: problems, a refusal. */
  fireChange(): void {
    this.changed.fire();
  }

  /** Moves the annotations with a change of the document's text. */
  followText(event: vscode.TextDocumentChangeEvent): void {
    const text = this.document.getText();
    if (text !== this.index.raw) this.followChanges(event, text);
    // It was saved, or reverted: what waited for that goes to the sidecar.
    if (this.isUnsaved && !this.document.isDirty) void this.settle();
    this.isUnsaved = this.document.isDirty;
  }

  private followChanges(event: vscode.TextDocumentChangeEvent, text: string): void {
    // A clean document that changes was read again from a file that another program changed, or is just
    // becoming dirty. The editor tells the former as one large replacement.
    const isPerhapsReload = !this.document.isDirty && event.reason === undefined && !isTyping(event);
    const before = this.index;
    const keyBefore = this.key;
    this.setIndex(new TextIndex(text));
    const changes = isPerhapsReload ? alignTexts(before, this.index) : changesOf(event, before);
    if (!this.document.isDirty) void this.sync.enqueue(() => this.checkEncoding());
    if (changes.length === 0) return;
    const old = this.annotations.entities;
    const { Undo, Redo } = vscode.TextDocumentChangeReason;
    const direction = event.reason === Undo ? 'undo' : event.reason === Redo ? 'redo' : undefined;
    let moved = direction && this.history.travel(direction, this.key, old);
    if (!moved) {
      this.history.push(textStep(old, changes, keyBefore, this.key));
      moved = old.map((entity) => moveEntity(entity, changes));
    }
    this.histories.follow(this);
    const entities = refreshTexts(moved, old, this.index).sort(compareEntities);
    this.setAnnotations({ ...this.annotations, entities });
    this.sync.followTyping();
    if (isPerhapsReload) void this.sync.enqueue(() => this.followReload(before, old));
  }

  /** Where the document was indeed read again: its spans are those that the old text tells for certain. */
  private async followReload(before: TextIndex, entities: readonly Entity[]): Promise<void> {
    const { index } = this;
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const text = bytes && decodeUtf8(bytes);
    const isReload = text !== undefined && normalizeText(text) === index.text;
    if (!isReload || this.document.isDirty || this.index !== index) return;
    const placed = new Map(
      placeEntities(entities, index, before).entities.map((entity) => [entity.id, entity]),
    );
    const now = this.annotations.entities.map((entity) => {
      const { start, end, text, parts, broken } = placed.get(entity.id) ?? entity;
      return withFields(entity, { start, end, text, parts, broken });
    });
    this.setAnnotations({ ...this.annotations, entities: now.sort(compareEntities) });
    await this.sync.followReload();
  }

  /** After the article was saved: its sidecar follows, if it has one. */
  async followSave(): Promise<void> {
    this.sync.followSave();
    await this.sync.enqueue(() => this.checkEncoding());
    if (!this.refusal) await this.sync.save();
  }

  /**
   * Where the article has no unsaved text any more: brings to the sidecar what waited for that. Text that was
   * thrown away as the editor closed it is followed to the text of the file. Never rejects.
   */
  async settle(): Promise<void> {
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const text = bytes && decodeUtf8(bytes);
    // Where it was saved, that is followed first: a look at the encoding, then the write.
    for (let i = 0; i < 2; i++) await this.sync.whenSaved.catch(() => undefined);
    if (text === undefined || this.document.isDirty || !this.sync.hasDraft) return;
    if (normalizeText(text) !== this.index.text) {
      // Else it was just changed on disk, too, and the editor reads it again.
      if (!this.document.isClosed) return;
      const [before, old] = [this.index, this.annotations.entities];
      this.setIndex(new TextIndex(text));
      const changes = alignTexts(before, this.index);
      const moved = old.map((entity) => moveEntity(entity, changes));
      const entities = refreshTexts(moved, old, this.index).sort(compareEntities);
      this.setAnnotations({ ...this.annotations, entities });
    }
    await this.followSave().catch(() => undefined);
  }
}

/** Whether no more than a character changed. */
function isTyping({ contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  return contentChanges.every(({ rangeLength, text }) => rangeLength + text.length <= 2);
}

function changesOf(event: vscode.TextDocumentChangeEvent, before: TextIndex): TextChange[] {
  const replacements = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    start16: rangeOffset,
    end16: rangeOffset + rangeLength,
    text,
  }));
  return toTextChanges(before, replacements);
}
