import { shortNames } from '../../core/short-names';
import { baseName } from '../../core/sidecar/name';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';

/** What tells the file of an article apart from those beside it, shown or not. A folder's are made when asked first. */
export class FileNames {
  private names: Map<string, string[]> | undefined;
  private readonly short = new Map<string, ReadonlyMap<string, string>>();

  constructor(private readonly entries: readonly ArticleEntry[]) {}

  of(entry: ArticleEntry): string {
    const folder = folderOf(entry);
    let short = this.short.get(folder);
    if (!short) {
      short = shortNames(this.namesIn(folder));
      this.short.set(folder, short);
    }
    const name = baseName(entry.path);
    return short.get(name) ?? name;
  }

  private namesIn(folder: string): readonly string[] {
    if (!this.names) {
      this.names = new Map();
      for (const entry of this.entries) {
        const names = this.names.get(folderOf(entry));
        if (names) names.push(baseName(entry.path));
        else this.names.set(folderOf(entry), [baseName(entry.path)]);
      }
    }
    return this.names.get(folder) ?? [];
  }
}

function folderOf({ key }: ArticleEntry): string {
  return key.slice(0, key.lastIndexOf('/'));
}
