import { crossValidate } from '../core/learn/doubts';
import { WordCounts } from '../core/learn/features';
import { Learner } from '../core/learn/learner';
import type { ArticleChecks } from './article-checks';
import { ArticleReader } from './article-reader';
import type { Values } from './command';
import type { DiskCorpus, LayerOfArticle } from './corpus';
import type { PlacedFinding } from './findings';
import { letInterrupt } from './interrupt';
import { gatherLessons } from './lessons';
import { LAYER_OR_ALL, layersOf } from './layers';
import { Progress } from './terminal';

/**
 * What `unlikely-label` finds in a corpus, the surest first: each layer is held against what was learned from other
 * articles in the same layer. What it learns from is what {@link gatherLessons} says.
 * @param checks that know the corpus already
 */
export async function unlikelyLabels(
  corpus: DiskCorpus,
  options: Values,
  checks: ArticleChecks,
  isWanted: (one: LayerOfArticle) => boolean,
): Promise<PlacedFinding[]> {
  const found: (readonly [finding: PlacedFinding, certainty: number])[] = [];
  const reader = new ArticleReader(corpus, options);
  const layers = new Set<string>();
  for (const { layer } of layersOf(corpus, options, LAYER_OR_ALL)) layers.add(layer);
  const progress = new Progress('articles learned');
  for (const layer of layers) {
    const counts = new WordCounts();
    const learner = new Learner(counts);
    const { order } = await gatherLessons(corpus, reader, layer, learner);
    const tagged = [];
    for (const path of order) {
      const { index, entities } = await reader.read(path, layer);
      tagged.push({ features: learner.featuresOf(index), entities });
    }
    for (const step of crossValidate(tagged, counts)) {
      progress.tick();
      await letInterrupt();
      const [i, doubts] = step ?? [0, []];
      const one = { article: order[i]!, layer };
      if (doubts.length > 0 && isWanted(one))
        found.push(...checks.checkDoubts(one, await reader.read(one.article, layer), doubts));
    }
  }
  return found.sort((a, b) => b[1] - a[1]).map(([finding]) => finding);
}
