import type * as vscode from 'vscode';
import { disk } from '#disk';
import { compareText } from '../../core/model/entity';
import { sharedSidecarName } from '../../core/sidecar/name';
import { namedArticle, orphansFor, setOf, type Orphan, type OrphanSet } from '../../core/sidecar/orphans';
import { readSidecar } from '../../core/sidecar/read';
import { hashText } from '../../core/text';
import { forEachLimited, type ArticleEntry } from './article-entry';
import type { Corpus } from './corpus';
import { Refusal } from '../files/refusal';
import { readSource } from '../files/source';

/** What is asked of the list of articles. */
interface ArticleList {
  entry(uri: vscode.Uri): ArticleEntry | undefined;
  sharing(sidecar: vscode.Uri): readonly ArticleEntry[];
}

/** A sidecar without an article in a corpus. */
export interface OrphanFile {
  readonly corpus: Corpus;
  /** Relative to the corpus root, with `/`. */
  readonly path: string;
}

/**
 * The sidecars without an article, as the list of files has them: what an article that lacks one may have been
 * moved away from. None is read before such an article is open.
 */
export class Orphans {
  /** By address. */
  private files = new Map<string, OrphanFile & { said?: Promise<Orphan> }>();
  /** What a person does not want for which article; see {@link keyOf}. */
  private readonly declined = new Set<string>();

  constructor(private readonly articles: ArticleList) {}

  /** Takes over what a walk through the folders found. */
  reset(found: readonly OrphanFile[]): void {
    const known = this.files;
    this.files = new Map();
    for (const file of found) {
      const key = file.corpus.keyOf(file.path);
      const before = known.get(key);
      this.files.set(key, before?.corpus === file.corpus ? before : file);
    }
  }

  /** One changed on disk, came, or, without a corpus, went. */
  follow(uri: vscode.Uri, corpus: Corpus | undefined): void {
    const path = corpus?.relativePath(uri);
    const shared = sharedSidecarName(uri.path);
    const isLayer = shared !== undefined && this.articles.sharing(uri.with({ path: shared })).length > 0;
    if (corpus && path !== undefined && !isLayer) this.files.set(uri.toString(), { corpus, path });
    else this.files.delete(uri.toString());
  }

  /** Those that may be an article's, but for what was declined. @param text of the article */
  async find(article: vscode.Uri, text: string): Promise<OrphanSet[]> {
    const entry = this.articles.entry(article);
    const said = await this.read(entry?.corpus);
    if (!entry || said.length === 0) return [];
    const found: OrphanSet[] = [];
    for (const set of orphansFor(said, entry.path, await hashText(text, disk.sha256))) {
      const named = namedArticle(set.orphans[0]!);
      // It may be that of a file which is no article of the corpus.
      const isLost = named === undefined || !(await disk.exists(entry.corpus.at(named)));
      if (isLost && !this.declined.has(keyOf(set, article))) found.push(set);
    }
    return found;
  }

  /** A sidecar without an article, and those of its layers; none where it is not one. */
  async withLayers(sidecar: vscode.Uri): Promise<Orphan[]> {
    const file = this.files.get(sidecar.toString());
    return file ? setOf(await readOrphan(file), await this.read(file.corpus)) : [];
  }

  /** All of a corpus, by path. */
  private async read(corpus: Corpus | undefined): Promise<Orphan[]> {
    const said: Orphan[] = [];
    const own = [...this.files.values()].filter((file) => file.corpus === corpus);
    await forEachLimited(own, disk.concurrency, async (file) => {
      said.push(await (file.said ??= readOrphan(file)));
    });
    return said.sort((a, b) => compareText(a.path, b.path));
  }

  /** Why an article must not be given a new sidecar before a person was asked; `undefined` where it may. */
  async refusalFor(article: vscode.Uri, text: string): Promise<Refusal | undefined> {
    const [set] = await this.find(article, text);
    const corpus = this.articles.entry(article)?.corpus;
    if (!set || !corpus) return undefined;
    const code = set.isSameText ? 'sidecar-elsewhere' : 'sidecar-of-same-name';
    return new Refusal(code, corpus.at(set.orphans[0]!.path), '', article);
  }

  /** What {@link find} finds now is not this article's. */
  async decline(article: vscode.Uri, text: string): Promise<void> {
    for (const set of await this.find(article, text)) this.declined.add(keyOf(set, article));
  }
}

/** An article of the same text may be a copy; of those of one name, most are not meant, and are asked for once. */
function keyOf({ orphans: [first], isSameText }: OrphanSet, article: vscode.Uri): string {
  return isSameText ? `${article.toString()} ${first!.path}` : first!.path;
}

async function readOrphan({ corpus, path }: OrphanFile): Promise<Orphan> {
  const { sidecar } = readSidecar((await readSource(corpus.at(path))) ?? '');
  return { path, article: sidecar?.article ?? '', textHash: sidecar?.textHash ?? '' };
}
