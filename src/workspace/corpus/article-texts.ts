import { TextIndex } from '../../core/text';
import type { ArticleEntry } from './article-entry';
import { readText } from '../files/source';
import type { CorpusStore } from '../store';

/** How much is kept, in UTF-16 units; what is beyond is read again whenever it is needed. */
const MOST_KEPT = 64 * 2 ** 20;

/** Texts of articles as they are now, each read once; for what looks at many of them again and again. */
export class ArticleTexts {
  private readonly kept = new Map<ArticleEntry, TextIndex>();
  private size = 0;

  constructor(private readonly store: CorpusStore) {}

  /** The text as the editor has it, else as it is on disk. @returns `undefined` for what cannot be read as text */
  async of(entry: ArticleEntry): Promise<TextIndex | undefined> {
    const known = this.known(entry);
    if (known) return known;
    const raw = await readText(entry.uri);
    if (raw === undefined) return undefined;
    const index = new TextIndex(raw);
    if (this.size + raw.length <= MOST_KEPT && !this.kept.has(entry)) {
      this.kept.set(entry, index);
      this.size += raw.length;
    }
    return index;
  }

  /** A text that need not be read. */
  known(entry: ArticleEntry): TextIndex | undefined {
    return this.store.live.of(entry)?.index ?? this.kept.get(entry);
  }

  /** Forgets what may have changed. */
  forget(entry: ArticleEntry): void {
    this.size -= this.kept.get(entry)?.raw.length ?? 0;
    this.kept.delete(entry);
  }

  clear(): void {
    this.kept.clear();
    this.size = 0;
  }
}
