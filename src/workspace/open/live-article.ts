import * as vscode from 'vscode';
import { disk } from '#disk';
import { withDependents } from '../../core/model/dependents';
import { applyEdits, type Edit } from '../../core/model/edit';
import { findObstacles, type Obstacle } from '../../core/model/obstacles';
import type { Annotations } from '../../core/model/records';
import type { Entity } from '../../core/model/entity';
import { refreshEdits } from '../../core/follow-text';
import { History } from '../../core/model/history';
import { misplaced } from '../../core/misplaced';
import { decodeUtf8, TextIndex, type Span } from '../../core/text';
import type { Direction } from '../../core/text-step';
import type { ArticleReading } from '../corpus/article-problems';
import type { Corpus } from '../corpus/corpus';
import { encodingLost, isShownAsUtf8 } from '../files/encoding';
import type { HistoryFiles } from './history-files';
import type { ArticleDocument, Keepers, OpenArticle } from './open-article';
import { OpenText, type ArticleText } from './open-text';
import { isAboutEncoding, Refusal } from '../files/refusal';
import { SidecarSync } from './sidecar-sync';
import { TextFollower } from './text-follower';

/** What an undo or a redo did. */
export interface Travel {
  readonly title: string;
  /** What was applied; where there are obstacles, what would have been. */
  readonly edits: readonly Edit[];
  /** Why nothing was changed, for each edit that no longer applies. */
  readonly obstacles: readonly Obstacle[];
  readonly saved: Promise<void>;
}

/**
 * An article that is open in the editor, with the annotations of one layer in the coordinates of the text as it is
 * now. Edits show at once; {@link SidecarSync} writes them to the sidecar behind.
 */
export class LiveArticle<Document extends ArticleDocument = vscode.TextDocument>
  implements OpenArticle, vscode.Disposable
{
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires after annotations, positions, problems or the refusal changed. */
  readonly onDidChange = this.changed.event;

  /** Of this window, or, as far as it was kept, of the one before. Known once the article is loaded. */
  history = new History();
  readonly sync: SidecarSync;
  readonly textFollower: TextFollower;
  annotations: Annotations = { status: 'open', entities: [] };
  /** The text that the annotations are in. */
  private text: ArticleText;
  private isUtf8 = true;
  /** Whether its file is, however it is shown. */
  private isUtf8OnDisk = true;
  readonly keptAs: vscode.Uri;
  private readonly histories: HistoryFiles;

  constructor(
    readonly document: Document,
    sidecarUri: vscode.Uri,
    keepers: Keepers,
    /** Whose annotations these are; empty for the shared ones. */
    readonly layer = '',
    /** The text that it shares with the other layers of the document. */
    private readonly openText = new OpenText(document),
  ) {
    this.keptAs = layer === '' ? document.uri : sidecarUri;
    this.histories = keepers.histories;
    this.text = openText.at();
    this.textFollower = new TextFollower(this);
    this.sync = new SidecarSync(this, sidecarUri, keepers);
  }

  get uri(): vscode.Uri {
    return this.document.uri;
  }

  get entities(): readonly Entity[] {
    return this.annotations.entities;
  }

  /** Why annotations cannot be changed now. */
  get refusal(): Refusal | undefined {
    if (this.isUtf8) return this.sync.refusal;
    return new Refusal(this.isUtf8OnDisk ? 'article-not-shown-as-utf8' : 'article-not-utf8', this.uri);
  }

  /** Why the last write failed; what was to be written is still here, and in the drafts. */
  get writeError(): Refusal | undefined {
    return this.sync.writeError;
  }

  /** The article and its sidecar as problems are looked for in them. */
  reading(corpus: Corpus): ArticleReading {
    const { index, refusal } = this;
    const { entities, comments } = this.annotations;
    const { file, movedOnLoad: moved } = this.sync;
    const { isStale, elsewhere } = this.sync.provenance;
    const isUtf8 = !refusal || !isAboutEncoding(refusal);
    const { isSameText, encoding } = this;
    return {
      corpus,
      index,
      isUtf8,
      file,
      entities,
      comments,
      moved,
      ...{ isStale, isSameText, elsewhere, encoding },
    };
  }

  /** An encoding other than UTF-8 that the editor shows it in, or would save it in. */
  private get encoding(): ArticleReading['encoding'] {
    const { refusal, document } = this;
    const name = encodingLost(document);
    if (refusal && isAboutEncoding(refusal))
      return this.isUtf8OnDisk ? { code: 'file-not-shown-as-utf8', name: name ?? '' } : undefined;
    return name === undefined ? undefined : { code: 'file-leaves-utf8', name };
  }

  /** Whether the sidecar is that of the text as it is. */
  private get isSameText(): boolean {
    return this.sync.provenance.origin === 'same' && this.sync.savedIndex === this.index;
  }

  /** Where entities belong for certain that the sidecar has elsewhere in this text; see {@link misplaced}. */
  get misplaced(): ReadonlyMap<string, Span> {
    return misplaced(this.isSameText ? (this.sync.file.sidecar?.entities ?? []) : [], this.index);
  }

  dispose(): void {
    this.sync.dispose();
    this.changed.dispose();
  }

  /**
   * Reads the article's bytes, its sidecar and its draft. Must run once, before anything else.
   * @param known its bytes, where they were read just now
   */
  async load(known?: Uint8Array): Promise<void> {
    const bytes = known ?? (await disk.read(this.uri).catch(() => undefined));
    const onDisk = bytes && decodeUtf8(bytes);
    this.isUtf8 = !bytes || (await isShownAsUtf8(this.document, onDisk));
    this.isUtf8OnDisk = !bytes || onDisk !== undefined;
    const [history] = await Promise.all([
      this.histories.read(this.keptAs),
      this.sync.read(onDisk ?? this.document.getText()),
    ]);
    // From here on nothing is waited for: who types is followed as soon as this ends.
    this.followText();
    this.history = this.histories.open(this, history);
    this.sync.start(this.document.isDirty && onDisk !== undefined ? new TextIndex(onDisk) : this.index);
  }

  get index(): TextIndex {
    return this.text.index;
  }

  /** Of the text of `index`. */
  get key(): string {
    return this.text.key;
  }

  /** The `text_hash` of the text as it is. */
  hash(): Promise<string> {
    return this.text.hash();
  }

  /** The text is another; the annotations are the caller's to move. @param raw of the file, where the document has gone */
  followText(raw?: string): void {
    this.text = this.openText.at(raw);
  }

  /** Refuses an article that is not UTF-8 any more, and takes it up again when it is. */
  async checkEncoding(): Promise<void> {
    const bytes = await disk.read(this.uri).catch(() => undefined);
    const onDisk = bytes && decodeUtf8(bytes);
    const isUtf8 = !bytes || (await isShownAsUtf8(this.document, onDisk));
    const isUtf8OnDisk = !bytes || onDisk !== undefined;
    if (isUtf8 === this.isUtf8 && isUtf8OnDisk === this.isUtf8OnDisk) return;
    [this.isUtf8, this.isUtf8OnDisk] = [isUtf8, isUtf8OnDisk];
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
    const all = withDependents(this.annotations, edits);
    this.history.push({ kind: 'edits', title, edits: all, bulk });
    return this.run(all);
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
      this.rememberHistory();
    }
    const saved = obstacles.length > 0 ? Promise.resolve() : this.run(edits);
    return { title: step.title, edits, obstacles, saved };
  }

  /** Adds a step without edits, so that undo in this article takes back a change of other files. */
  remember(title: string, bulk: string): void {
    this.history.push({ kind: 'edits', title, edits: [], bulk });
    this.rememberHistory();
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

  /** Keeps the history for the next window, as it is now. */
  rememberHistory(): void {
    this.histories.follow(this);
  }

  private run(edits: readonly Edit[]): Promise<void> {
    this.rememberHistory();
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

  /** After the article was saved: its sidecar follows, if it has one. */
  async followSave(): Promise<void> {
    this.sync.followSave();
    await this.sync.enqueue(() => this.checkEncoding());
    // It may be saved in another encoding now.
    this.fireChange();
    if (!this.refusal) await this.sync.save();
  }
}
