import { addArticle, noneCounted, type Counted } from '../core/statistics';
import { ArticleReader } from './article-reader';
import type { Values } from './command';
import { obstacleOf, type DiskCorpus, type LayerOfArticle } from './corpus';

/** Counts what is in articles, in either thread. */
export class ArticleCounts {
  private readonly reader: ArticleReader;

  constructor(corpus: DiskCorpus, options: Values) {
    this.reader = new ArticleReader(corpus, options);
  }

  async count(layers: readonly LayerOfArticle[]): Promise<Counted> {
    const counted = noneCounted();
    for (const { article, layer } of layers) {
      const reading = await this.reader.read(article, layer);
      const { index, entities, sidecar } = reading;
      const [isValid, status] = [!obstacleOf(reading), sidecar?.status];
      addArticle(counted, { index, entities, isValid, status });
    }
    return counted;
  }
}
