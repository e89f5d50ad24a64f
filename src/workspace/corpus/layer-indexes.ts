import { disk } from '#disk';
import { MentionIndex } from '../../core/mentions';
import { currentStamps, forEachLimited, type ArticleEntry } from './article-entry';
import type { LiveArticle } from '../open/live-article';

/** The entities of one layer, as they were when somebody asked last. */
interface LayerIndex {
  readonly mentions: MentionIndex<ArticleEntry>;
  /** What {@link currentStamps} said of each article that is in it; `undefined` where that does not tell. */
  readonly stamps: Map<ArticleEntry, string | undefined>;
  /** When it is up to date for all who have asked. */
  ready: Promise<unknown>;
}

/**
 * The entities of annotators' layers, for who asks for one: of a layer that nobody asks for, nothing is read or held.
 * Nor is any followed: who asks again has what changed read.
 */
export class LayerIndexes {
  private readonly layers = new Map<string, LayerIndex>();

  /** @param liveOf an article in a layer, where that is open and loaded */
  constructor(private readonly liveOf: (entry: ArticleEntry, layer: string) => LiveArticle | undefined) {}

  /** The entities of a layer as they are now. @param all the articles of the catalog */
  async of(layer: string, all: readonly ArticleEntry[]): Promise<MentionIndex<ArticleEntry>> {
    let index = this.layers.get(layer);
    if (!index) {
      const mentions = new MentionIndex<ArticleEntry>(({ corpus }) => corpus);
      this.layers.set(layer, (index = { mentions, stamps: new Map(), ready: Promise.resolve() }));
    }
    const { mentions } = index;
    const update = () => this.update(layer, index, all);
    await (index.ready = index.ready.then(update, update));
    return mentions;
  }

  private async update(
    layer: string,
    { mentions, stamps }: LayerIndex,
    all: readonly ArticleEntry[],
  ): Promise<void> {
    const entries = all.filter(({ layers }) => layers.has(layer));
    const there = new Set(entries);
    for (const entry of stamps.keys()) {
      if (there.has(entry)) continue;
      stamps.delete(entry);
      mentions.delete(entry);
    }
    const now = await currentStamps(entries);
    const changed = entries.flatMap((entry, i) => {
      const stamp = this.liveOf(entry, layer) ? undefined : now[i];
      return stamp === undefined || stamps.get(entry) !== stamp ? [{ entry, stamp }] : [];
    });
    await forEachLimited(changed, disk.concurrency, async ({ entry, stamp }) => {
      const { entities } = this.liveOf(entry, layer) ?? (await entry.read({ layer }));
      mentions.set(entry, entities);
      stamps.set(entry, stamp);
    });
  }
}
