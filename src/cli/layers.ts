import { textOf, UsageError, type Option, type Values } from './command';
import type { DiskCorpus, LayerOfArticle } from './corpus';

const NAME = 'layer';
/** What `--layer all` says. */
const ALL = 'all';
const VALUE = { name: NAME, value: 'NAME|all' };

/** For commands that are about one version of each article. */
export const LAYER: Option = {
  ...VALUE,
  description: 'The layer of an annotator, or each layer for itself; the shared one where nothing is said',
};

/** For commands that look after the sidecars, so that none is seen by nobody. */
export const LAYER_OR_ALL: Option = {
  ...VALUE,
  description:
    'Only the layer of an annotator ("" is the shared one); each layer for itself where nothing is said',
};

/** The layer that is asked for by its name; empty for the shared one, `undefined` for all. @param option of the command */
export function layerAskedFor(values: Values, option: Option): string | undefined {
  const said = textOf(values, NAME) ?? (option === LAYER ? '' : ALL);
  return said === ALL ? undefined : said;
}

/**
 * The layers of articles that are asked for, each an article for itself, the shared ones first.
 * @param option of the command
 * @throws UsageError at once where no article has the layer
 */
export function layersOf(corpus: DiskCorpus, values: Values, option: Option): Iterable<LayerOfArticle> {
  const asked = layerAskedFor(values, option);
  if (asked && !isThere(corpus, asked)) throw new UsageError(`No article has a layer ${asked}.`);
  return walkLayers(corpus, asked);
}

function isThere(corpus: DiskCorpus, name: string): boolean {
  for (const { layer } of corpus.layers()) if (layer === name) return true;
  return false;
}

function* walkLayers(corpus: DiskCorpus, asked: string | undefined): Generator<LayerOfArticle> {
  if (!asked) for (const article of corpus.articles()) yield { article, layer: '' };
  if (asked === '') return;
  for (const one of corpus.layers()) if (asked === undefined || one.layer === asked) yield one;
}
