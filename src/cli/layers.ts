import { textOf, UsageError, type Option, type Values } from './command';
import type { DiskCorpus, LayerOfArticle } from './corpus';

export const LAYER: Option = {
  name: 'layer',
  value: 'NAME|all',
  description: 'The layer of an annotator, or each layer for itself; the shared one where nothing is said',
};

/** What `--layer all` says. */
const ALL = 'all';

/**
 * The layers of articles that are asked for, each an article for itself.
 * @throws UsageError where no article has the layer
 */
export function* layersOf(corpus: DiskCorpus, values: Values): Generator<LayerOfArticle> {
  const wanted = textOf(values, LAYER.name);
  if (wanted === undefined || wanted === ALL)
    for (const article of corpus.articles()) yield { article, layer: '' };
  if (wanted === undefined) return;
  let found = wanted === ALL;
  for (const one of corpus.layers()) {
    if (wanted !== ALL && one.layer !== wanted) continue;
    found = true;
    yield one;
  }
  if (!found) throw new UsageError(`No article has a layer ${wanted}.`);
}
