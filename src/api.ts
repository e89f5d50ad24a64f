import * as vscode from 'vscode';
import { contextOf, newEntityId, type Entity } from './core/model/entity';
import { addedBy, adding, removing, type Edit } from './core/model/edit';
import { countEntities } from './features/shared/counts';
import type { LiveArticle } from './workspace/open/live-article';
import { isLayerName } from './core/sidecar/name';
import { Pace } from './workspace/files/pace';
import { toRange, toSpan } from './workspace/files/positions';
import type { CorpusStore } from './workspace/store';

/** An entity as other extensions see it. */
export interface ApiEntity {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** `[start, end)` in Unicode code points of the article's text; a line ending counts 1. */
  readonly start: number;
  readonly end: number;
  /** The same place as a range of the document. */
  readonly range: vscode.Range;
  readonly reviewed: boolean;
  readonly suggestedBy: string | undefined;
  readonly note: string | undefined;
  readonly link: string | undefined;
  /** The article no longer has the entity's text at its place. */
  readonly broken: boolean;
}

/** An entity to add: a label, and a place either as a range or in code points. */
export type NewApiEntity = {
  readonly label: string;
  readonly reviewed?: boolean;
  readonly suggestedBy?: string;
  readonly note?: string;
  readonly link?: string;
} & ({ readonly range: vscode.Range } | { readonly start: number; readonly end: number });

/** An entity somewhere in the open corpora. */
export interface ApiMention {
  readonly article: vscode.Uri;
  readonly label: string;
  readonly text: string;
  /** `[start, end)` in Unicode code points of the article's text. */
  readonly start: number;
  readonly end: number;
  readonly link: string | undefined;
  readonly reviewed: boolean;
}

/** What `activate` returns: `vscode.extensions.getExtension('corpus-annotator.corpus-annotator').activate()`. */
export interface CorpusAnnotatorApi {
  readonly version: 1;
  /** The entities of an article, in text order. Rejects where the uri is not an article of an open corpus. */
  getEntities(article: vscode.Uri, layer?: string): Promise<readonly ApiEntity[]>;
  /**
   * Adds entities as one step that can be undone. A span and label that is there already is not added
   * again. Resolves, with the added ones, when they are on disk; rejects where they cannot be written.
   */
  addEntities(
    article: vscode.Uri,
    entities: readonly NewApiEntity[],
    layer?: string,
  ): Promise<readonly ApiEntity[]>;
  /** Removes entities by id as one step that can be undone. Resolves with their number when that is on disk. */
  removeEntities(article: vscode.Uri, ids: readonly string[], layer?: string): Promise<number>;
  /**
   * The annotators of whom an article has a layer, a sidecar of their own. Without a layer, what is about one article is
   * about the shared one, whichever the window works in.
   */
  getLayers(article: vscode.Uri): Promise<readonly string[]>;
  /**
   * All entities of the open corpora that have what is given, article by article, in the shared layer or in another;
   * those that are to place are left out. Resolves once all articles have been read.
   */
  findEntities(filter: {
    readonly text?: string;
    readonly label?: string;
    readonly link?: string;
    readonly layer?: string;
  }): Promise<readonly ApiMention[]>;
  /** An article's entities changed: by a person, by this API, or on disk. */
  readonly onDidChangeEntities: vscode.Event<vscode.Uri>;
  /** Resolves when everything that was done so far is on disk. */
  whenSaved(): Promise<void>;
}

export function createApi(store: CorpusStore): CorpusAnnotatorApi {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  store.live.onDidChangeEntities((article) => changed.fire(article.uri));

  const open = async (uri: vscode.Uri, layer = ''): Promise<LiveArticle> => {
    checkLayer(layer);
    await store.catalog.ready;
    // One that vanished from the disk is no longer in the catalog, but still in the editor.
    const live = store.live.at(uri, layer);
    if (live && !live.document.isClosed) return live;
    const article =
      store.catalog.entry(uri) &&
      (await store.live.open(await vscode.workspace.openTextDocument(uri), layer));
    if (!article) throw notAnArticle(uri);
    return article;
  };

  return {
    version: 1,
    onDidChangeEntities: changed.event,
    whenSaved: () => store.live.whenSaved(),

    async getLayers(uri) {
      await store.catalog.ready;
      const entry = store.catalog.entry(uri);
      if (!entry) throw notAnArticle(uri);
      return entry.allLayers.filter((layer) => layer !== '').sort();
    },

    async getEntities(uri, layer) {
      const article = await open(uri, layer);
      return article.entities.map((entity) => toApi(article, entity));
    },

    async findEntities({ layer = '', ...filter }) {
      checkLayer(layer);
      const index = await store.catalog.indexOf(layer);
      const found: ApiMention[] = [];
      const pace = new Pace();
      for (const { key, mention } of index.find(filter)) {
        if (pace.isDue) await pace.rest();
        const { label, text, start, end, link, reviewed, broken } = mention;
        if (!broken) found.push({ article: key.uri, label, text, start, end, link, reviewed });
      }
      return found;
    },

    async addEntities(uri, wanted, layer) {
      const article = await open(uri, layer);
      const edits: Edit[] = wanted.flatMap((item) => {
        const entity = fromApi(article, item);
        const isThere = article.entities.some(
          (e) => e.start === entity.start && e.end === entity.end && e.label === entity.label,
        );
        return isThere ? [] : [adding(entity)];
      });
      await article.apply(vscode.l10n.t('Add {0}', countEntities(edits.length)), edits);
      return addedBy(edits).map((entity) => toApi(article, entity));
    },

    async removeEntities(uri, ids, layer) {
      const article = await open(uri, layer);
      const removed = article.entities.filter((entity) => ids.includes(entity.id));
      const edits = removed.map((entity): Edit => removing(entity));
      await article.apply(vscode.l10n.t('Remove {0}', countEntities(edits.length)), edits);
      return edits.length;
    },
  };
}

function checkLayer(layer: string): void {
  if (!isLayerName(layer)) throw new TypeError(`Not a name of a layer: ${layer}`);
}

function notAnArticle(uri: vscode.Uri): Error {
  return new Error(`Not an article of an open corpus: ${uri.toString()}`);
}

function toApi(article: LiveArticle, entity: Entity): ApiEntity {
  const { id, label, text, start, end, reviewed, suggestedBy, note, link, broken } = entity;
  const range = toRange(article.document, article.index, entity);
  return {
    id,
    label,
    text,
    start,
    end,
    range,
    reviewed: reviewed === true,
    suggestedBy,
    note,
    link,
    broken: broken === true,
  };
}

function fromApi(article: LiveArticle, item: NewApiEntity): Entity {
  const { index } = article;
  const span =
    'range' in item ? toSpan(article.document, index, item.range) : { start: item.start, end: item.end };
  if (
    !Number.isInteger(span.start) ||
    !Number.isInteger(span.end) ||
    span.start < 0 ||
    span.end > index.length ||
    span.start >= span.end
  ) {
    throw new RangeError(`Not a span of the article: [${span.start}, ${span.end}) of ${index.length}`);
  }
  if (typeof item.label !== 'string' || item.label === '') throw new TypeError('An entity needs a label');
  const { label, reviewed, suggestedBy, note, link } = item;
  return {
    id: newEntityId((id) => article.entities.some((entity) => entity.id === id)),
    label,
    ...span,
    text: index.slice(span),
    reviewed,
    suggestedBy,
    note,
    link,
    ...contextOf(index.text, span, (part) => index.slice(part)),
  };
}
