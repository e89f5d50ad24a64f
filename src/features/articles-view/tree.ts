import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import { compareNames, type Order } from './order';

/** A folder with more siblings than this gets groups instead: the editor is slow with long lists. */
export const MOST_SIBLINGS = 1000;
const GROUP_SIZE = 500;

export interface ArticleNode {
  readonly kind: 'article';
  readonly id: string;
  readonly entry: ArticleEntry;
  parent: FolderNode | RangeNode | undefined;
  /** What the article's place in the order was made from. */
  readonly rank: string;
}

export interface FolderNode {
  readonly kind: 'corpus' | 'folder';
  readonly id: string;
  readonly name: string;
  readonly corpus: Corpus;
  /** Relative to the corpus root; empty for that. */
  readonly path: string;
  /** The folder that it is in; `parent` may be a range of that folder's children. */
  readonly container: FolderNode | undefined;
  parent: FolderNode | RangeNode | undefined;
  readonly folders: FolderNode[];
  readonly entries: ArticleEntry[];
  children: readonly TreeNode[] | undefined;
}

/** Some of a long folder's children, named after the first and the last. */
export interface RangeNode {
  readonly kind: 'range';
  readonly id: string;
  readonly parent: FolderNode;
  readonly children: readonly TreeNode[];
}

export type TreeNode = ArticleNode | FolderNode | RangeNode;

/** Articles as a tree that follows folders. Immutable but for what it makes on demand: the children of a folder. */
export class ArticleTree {
  private readonly corpora: FolderNode[] = [];
  private readonly folders = new Map<string, FolderNode>();
  private readonly shown: ReadonlySet<ArticleEntry>;
  private readonly nodes = new Map<ArticleEntry, ArticleNode>();

  constructor(
    entries: readonly ArticleEntry[],
    private readonly order: Order,
    /** Whether each corpus gets a node of its own. */
    private readonly hasCorpusNodes: boolean,
  ) {
    this.shown = new Set(entries);
    let folder: FolderNode | undefined;
    for (const entry of this.shown) {
      const { corpus, path } = entry;
      const parent = parentPath(path);
      // Those of one folder mostly follow each other.
      if (folder?.corpus !== corpus || folder.path !== parent) folder = this.folder(corpus, parent);
      folder.entries.push(entry);
    }
  }

  get size(): number {
    return this.shown.size;
  }

  get roots(): readonly TreeNode[] {
    if (this.hasCorpusNodes) return this.corpora;
    return this.corpora.flatMap((corpus) => this.children(corpus));
  }

  children(node: TreeNode): readonly TreeNode[] {
    if (node.kind === 'article') return [];
    if (node.kind === 'range') return node.children;
    return (node.children ??= this.arrange(node));
  }

  parent(node: TreeNode): TreeNode | undefined {
    return node.parent?.kind === 'corpus' && !this.hasCorpusNodes ? undefined : node.parent;
  }

  /** The node of an article, made together with everything above it. */
  find(entry: ArticleEntry): ArticleNode | undefined {
    if (!this.shown.has(entry)) return undefined;
    this.open(this.folder(entry.corpus, parentPath(entry.path)));
    return this.nodes.get(entry);
  }

  /**
   * All articles in the order in which they are shown, folders that are closed included: those behind one, then those
   * before it; all from the top where it is not here. Each folder is arranged when it is come to.
   */
  *articlesFrom(entry: ArticleEntry | undefined): Generator<ArticleEntry> {
    const start = entry && this.find(entry);
    for (let node: TreeNode | undefined = start; node; node = this.parent(node)) {
      const parent = this.parent(node);
      const siblings = parent ? this.children(parent) : this.roots;
      yield* this.articlesOf(siblings.slice(siblings.indexOf(node) + 1));
    }
    for (const before of this.articlesOf(this.roots)) {
      if (before === entry) return;
      yield before;
    }
  }

  private *articlesOf(nodes: readonly TreeNode[]): Generator<ArticleEntry> {
    for (const node of nodes) {
      if (node.kind === 'article') yield node.entry;
      else yield* this.articlesOf(this.children(node));
    }
  }

  /** Whether an article is here though it should not be, is not though it should, or stands at the wrong place. */
  isMisplaced(entry: ArticleEntry, shouldBeHere: boolean): boolean {
    if (this.shown.has(entry) !== shouldBeHere) return true;
    const node = this.nodes.get(entry);
    return node !== undefined && node.rank !== this.order.rank(entry);
  }

  private folder(corpus: Corpus, path: string): FolderNode {
    const id = `${corpus.root.toString()}/${path}`;
    const known = this.folders.get(id);
    if (known) return known;
    const container = path === '' ? undefined : this.folder(corpus, parentPath(path));
    const node: FolderNode = {
      kind: path === '' ? 'corpus' : 'folder',
      id,
      name: path === '' ? corpus.name : path.slice(path.lastIndexOf('/') + 1),
      corpus,
      path,
      container,
      parent: container,
      folders: [],
      entries: [],
      children: undefined,
    };
    (container?.folders ?? this.corpora).push(node);
    this.folders.set(id, node);
    return node;
  }

  private open(folder: FolderNode): void {
    if (folder.container) this.open(folder.container);
    this.children(folder);
  }

  private arrange(folder: FolderNode): TreeNode[] {
    const folders = folder.folders.sort((a, b) => compareNames(a.name, b.name));
    const articles = this.order.sort(folder.entries).map((entry): ArticleNode => {
      const node = {
        kind: 'article' as const,
        id: entry.key,
        entry,
        parent: folder,
        rank: this.order.rank(entry),
      };
      this.nodes.set(entry, node);
      return node;
    });
    if (folders.length + articles.length <= MOST_SIBLINGS) return [...folders, ...articles];
    return [...grouped(folder, folders, 'folders'), ...grouped(folder, articles, 'articles')];
  }
}

function grouped(folder: FolderNode, nodes: (ArticleNode | FolderNode)[], what: string): TreeNode[] {
  if (nodes.length <= GROUP_SIZE) return nodes;
  const size = Math.max(GROUP_SIZE, Math.ceil(nodes.length / MOST_SIBLINGS));
  return Array.from({ length: Math.ceil(nodes.length / size) }, (_, n) => {
    const children = nodes.slice(n * size, (n + 1) * size);
    const range: RangeNode = { kind: 'range', id: `${folder.id}?${what}=${n}`, parent: folder, children };
    for (const child of children) child.parent = range;
    return range;
  });
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** All articles below a node. */
export function entriesBelow(node: TreeNode): ArticleEntry[] {
  const found: ArticleEntry[] = [];
  const visit = (current: TreeNode): void => {
    if (current.kind === 'article') return void found.push(current.entry);
    if (current.kind === 'range') return current.children.forEach(visit);
    for (const entry of current.entries) found.push(entry);
    current.folders.forEach(visit);
  };
  visit(node);
  return found;
}
