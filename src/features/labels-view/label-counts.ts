import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { CorpusStore } from '../../workspace/store';

/**
 * How often a corpus has each label. Counting all is a pass over all entities, so what changes in articles that are
 * open, as with each tag, is only added and taken away.
 */
export class LabelCounts {
  private corpus: Corpus | undefined;
  private total: Map<string, number> | undefined;
  /** What was counted of the articles that were open then, or have changed since. */
  private readonly counted = new Map<ArticleEntry, ReadonlyMap<string, number>>();

  constructor(
    private readonly store: {
      readonly catalog: Pick<CorpusStore['catalog'], 'index' | 'entry'>;
      readonly live: Pick<CorpusStore['live'], 'all'>;
    },
  ) {}

  of(corpus: Corpus | undefined): ReadonlyMap<string, number> {
    if (this.total && corpus === this.corpus) return this.total;
    this.corpus = corpus;
    this.counted.clear();
    for (const { uri } of this.store.live.all) {
      const entry = this.store.catalog.entry(uri);
      if (entry) this.counted.set(entry, entry.summary.labels);
    }
    return (this.total = this.store.catalog.index.labelsOfGroup(corpus));
  }

  /** The summaries of articles changed. */
  follow(entries: readonly ArticleEntry[]): void {
    for (const entry of entries) {
      const before = this.counted.get(entry);
      if (!this.total || !before) return this.forget();
      const now = entry.summary.labels;
      this.counted.set(entry, now);
      if (entry.corpus !== this.corpus) continue;
      for (const [label, count] of before) this.add(label, -count);
      for (const [label, count] of now) this.add(label, count);
    }
  }

  /** What is counted is counted anew. */
  forget(): void {
    this.total = undefined;
  }

  private add(label: string, more: number): void {
    const count = (this.total!.get(label) ?? 0) + more;
    if (count === 0) this.total!.delete(label);
    else this.total!.set(label, count);
  }
}
