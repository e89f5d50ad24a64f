import * as vscode from 'vscode';
import { disk } from '#disk';
import { decodeUtf8 } from '../../core/text';
import type { Catalog } from '../corpus/catalog';
import type { ArticleEntry } from '../corpus/article-entry';
import { LiveArticle } from './live-article';
import type { ArticleDocument, Keepers } from './open-article';
import { OpenText } from './open-text';
import { Refusal } from '../files/refusal';

interface Slot {
  readonly article: LiveArticle;
  loaded: Promise<LiveArticle>;
  isLoaded: boolean;
}

/** @param article its address */
function keyOf(article: string, layer: string): string {
  // No name of a layer has a line end.
  return layer === '' ? article : `${article}\n${layer}`;
}

/**
 * The articles that are open in editors, each with its annotations: those of the layer that the window works in, which
 * the user interface shows, and of each other layer that was asked for.
 */
export class LiveArticles implements vscode.Disposable {
  private readonly entitiesChanged = new vscode.EventEmitter<LiveArticle>();
  /** Annotations, positions or problems of a live article changed. Also fires when it goes live. */
  readonly onDidChangeEntities = this.entitiesChanged.event;
  private readonly activeChanged = new vscode.EventEmitter<LiveArticle | undefined>();
  readonly onDidChangeActive = this.activeChanged.event;
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidClose = this.closed.event;

  /** The live article of the active editor, once it is loaded. */
  active: LiveArticle | undefined;

  /** By their addresses and their layers. */
  private readonly slots = new Map<string, Slot>();
  /** The texts that they are layers of. */
  private readonly texts = new WeakMap<vscode.TextDocument, OpenText>();

  constructor(
    private readonly catalog: Catalog,
    /** What knows more of them than their files say. */
    readonly keepers: Keepers,
  ) {}

  dispose(): void {
    for (const { article } of this.slots.values()) article.dispose();
    for (const emitter of [this.entitiesChanged, this.activeChanged, this.closed]) emitter.dispose();
    this.keepers.drafts.dispose();
    this.keepers.histories.dispose();
  }

  /**
   * The live article of a document, if it is one of a corpus. Loads it the first time.
   * @param layer of its annotations; without, that which the window works in
   */
  async open(document: vscode.TextDocument, layer = this.catalog.layer): Promise<LiveArticle | undefined> {
    const key = keyOf(document.uri.toString(), layer);
    const existing = this.slots.get(key);
    if (existing && existing.article.document === document) return existing.loaded;
    await this.catalog.ready;
    const entry = this.catalog.entry(document.uri);
    if (!entry || document.isClosed) return undefined;
    const raced = this.slots.get(key);
    if (raced && raced.article.document === document) return raced.loaded;
    raced?.article.dispose();
    const text = this.texts.get(document) ?? new OpenText(document);
    this.texts.set(document, text);
    const article = new LiveArticle(document, entry.sidecarOf(layer), this.keepers, layer, text);
    const slot = { article, isLoaded: false, loaded: Promise.resolve(article) };
    this.slots.set(key, slot);
    slot.loaded = article.load().then(() => {
      slot.isLoaded = true;
      article.onDidChange(() => this.follow(article));
      this.follow(article);
      this.updateActive();
      return article;
    });
    return slot.loaded;
  }

  /** Does a task with an article as it is: the live one, or one that is read from its file for the task only. */
  async use<T>(entry: ArticleEntry, task: (article: LiveArticle<ArticleDocument>) => Promise<T>): Promise<T> {
    const slot = this.slots.get(keyOf(entry.key, entry.layer));
    if (slot) return task(await slot.loaded);
    const bytes = await disk.read(entry.uri);
    if (!bytes) throw new Refusal('article-gone', entry.uri);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw new Refusal('article-not-utf8', entry.uri);
    const document = { uri: entry.uri, isDirty: false, getText: () => text };
    const article = new LiveArticle<ArticleDocument>(document, entry.sidecarUri, this.keepers, entry.layer);
    try {
      await article.load(bytes);
      return await task(article);
    } finally {
      entry.hasSidecar = article.sync.file.source !== undefined;
      article.dispose();
    }
  }

  /** The live article of a uri, in a layer, if it is loaded already. */
  at(uri: vscode.Uri, layer = this.catalog.layer): LiveArticle | undefined {
    return this.loadedAt(keyOf(uri.toString(), layer));
  }

  /** All layers of a document that are loaded. */
  layersOf(document: Pick<vscode.TextDocument, 'uri'>): readonly LiveArticle[] {
    const key = document.uri.toString();
    return this.loaded.filter(({ uri }) => uri.toString() === key);
  }

  /** The same for an article of the list. */
  of(entry: ArticleEntry, layer = entry.layer): LiveArticle | undefined {
    return this.loadedAt(keyOf(entry.key, layer));
  }

  /** The layer that is in a sidecar, if it is loaded. */
  ofSidecar(sidecar: vscode.Uri): LiveArticle | undefined {
    const key = sidecar.toString();
    return this.loaded.find(({ sync }) => sync.file.uri.toString() === key);
  }

  private loadedAt(key: string): LiveArticle | undefined {
    const slot = this.slots.get(key);
    return slot?.isLoaded ? slot.article : undefined;
  }

  /** When everything that was done to any article is on disk (or, where an article is unsaved, in the drafts). */
  async whenSaved(): Promise<void> {
    await Promise.all(
      [...this.slots.values()].map(({ loaded }) => loaded.then((article) => article.sync.whenSaved)),
    );
  }

  /** Ends what was begun: when nothing is in memory only. Never rejects, unlike {@link whenSaved}. */
  async flush(): Promise<void> {
    await Promise.all(this.loaded.map((article) => article.sync.flush()));
    await Promise.all([this.keepers.drafts.settled, this.keepers.histories.flush()]);
  }

  /** Those that are loaded, in the layer that the window works in. */
  get all(): readonly LiveArticle[] {
    return this.loaded.filter(({ layer }) => layer === this.catalog.layer);
  }

  private get loaded(): readonly LiveArticle[] {
    return [...this.slots.values()].filter((slot) => slot.isLoaded).map((slot) => slot.article);
  }

  /** Tells of an article that goes live, or changed. */
  private follow(article: LiveArticle): void {
    if (article.layer !== this.catalog.layer) return;
    this.catalog.followLive(article);
    this.entitiesChanged.fire(article);
  }

  /** The editor closed a document: each layer of it ends once all of it is written. */
  async close(document: vscode.TextDocument): Promise<void> {
    const slots = [...this.slots].filter(([, { article }]) => article.document === document);
    await Promise.all(slots.map(([key, slot]) => this.end(key, slot, document)));
  }

  private async end(key: string, slot: Slot, document: vscode.TextDocument): Promise<void> {
    const { article } = slot;
    await slot.loaded.then(() => article.sync.whenSaved).catch(() => undefined);
    if (this.keepers.drafts.has(article.keptAs)) await article.textFollower.settle();
    if (this.slots.get(key) !== slot || !document.isClosed) return;
    this.slots.delete(key);
    article.dispose();
    if (article.layer !== this.catalog.layer) return;
    this.closed.fire(document.uri);
    const entry = this.catalog.entry(document.uri);
    if (entry) await this.catalog.refresh([entry]);
  }

  /** Follows the active editor. */
  updateActive(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const article = uri && this.at(uri);
    if (article === this.active) return;
    this.active = article;
    this.activeChanged.fire(article);
  }
}
