import { TextIndex } from '../core/text';
import { findVersion } from '../node/git-versions';
import { GitError } from '../node/run-git';
import type { Option, Values } from './command';
import { hashOf, type ArticleReading, type DiskCorpus } from './corpus';
import { decodeBytes } from './disk';

export const NO_GIT: Option = { name: 'no-git', description: 'Does not look for old texts in git' };

/** How much of old texts is remembered, in UTF-16 units; what is beyond it is looked for again. */
const MOST_REMEMBERED = 2 ** 25;

/**
 * Reads the articles of a corpus as the editor does: where a sidecar is that of another text, that is looked for
 * in git, which tells where spans are now. Only such articles cost a look-up.
 */
export class ArticleReader {
  private hasGit: boolean;
  /** Old texts by their hashes; `undefined` for those that git does not have of the article. */
  private readonly known = new Map<string, string | undefined>();
  private remembered = 0;

  constructor(
    private readonly corpus: DiskCorpus,
    values: Values,
  ) {
    this.hasGit = values[NO_GIT.name] !== true;
  }

  /**
   * @param path relative to the corpus root, with `/`
   * @param layer whose sidecar is read; without, the shared one
   * @param text of the article, where it was read before
   */
  async read(path: string, layer = '', text = this.corpus.readText(path)): Promise<ArticleReading> {
    const reading = this.corpus.article(path, undefined, layer, text);
    if (!reading.isStale || !reading.sidecar || !this.hasGit) return reading;
    const old = await this.oldText(path, reading.sidecar.textHash);
    return old === undefined ? reading : this.corpus.article(path, new TextIndex(old), layer, text);
  }

  private async oldText(path: string, textHash: string): Promise<string | undefined> {
    const key = `${textHash} ${path}`;
    if (this.known.has(key)) return this.known.get(key);
    let found: string | undefined;
    const isWanted = (bytes: Uint8Array) => {
      found = decodeBytes(Buffer.from(bytes))?.text;
      return found !== undefined && hashOf(found) === textHash;
    };
    try {
      const bytes = await findVersion(this.corpus.file(path), isWanted);
      if (!bytes) found = undefined;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      found = undefined;
      // Without a repository, or without git, an entity's own text tells where it is.
      this.hasGit = !error.isMissing && !/not a git repository|bare repository/.test(error.message);
    }
    this.remembered += found?.length ?? 0;
    if (this.remembered <= MOST_REMEMBERED) this.known.set(key, found);
    return found;
  }
}
