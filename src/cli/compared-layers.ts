import { compareText } from '../core/model/entity';
import { sidecarName } from '../core/sidecar/name';
import { hint, textOf, UsageError, type Option, type Values } from './command';
import type { DiskCorpus } from './corpus';

/** What the shared layer is called among those of annotators. */
export const SHARED = 'shared';

export const LAYERS: Option = {
  name: 'layers',
  value: 'NAME,NAME…',
  description:
    'Whose layers are compared; those of all annotators where nothing is said. "shared" is the shared layer, which is held to be right in precision and recall',
};

/** An article and which of the layers that are compared it has, by their numbers. */
export interface ComparedArticle {
  readonly article: string;
  readonly layers: readonly number[];
}

/** What is compared. */
export interface Comparison {
  /** The layers in order, the shared one first; that is called nothing. */
  readonly layers: readonly string[];
  /** By path. */
  readonly articles: readonly ComparedArticle[];
  /** How many articles have one of the layers only. */
  readonly alone: number;
}

/** Finds what is compared. @throws UsageError where there are no two layers, or no article has two */
export function comparisonOf(corpus: DiskCorpus, values: Values): Comparison {
  const there = layersThere(corpus);
  const names = [...new Set([...there.values()].flat())];
  const layers = chosen(names, textOf(values, LAYERS.name)).sort(compareText);
  const all = [...there].flatMap(([article, own]) => {
    const numbers = layers.flatMap((layer, number) => (own.includes(layer) ? number : []));
    return numbers.length > 0 ? [{ article, layers: numbers }] : [];
  });
  const articles = all.filter(({ layers: own }) => own.length > 1);
  if (articles.length === 0)
    throw new UsageError(`No article has two of the layers ${layers.map(shownLayer).join(', ')}.`);
  articles.sort((a, b) => compareText(a.article, b.article));
  return { layers, articles, alone: all.length - articles.length };
}

/** A layer as it is called for people. */
export function shownLayer(layer: string): string {
  return layer === '' ? SHARED : layer;
}

/** The layers of each article that has some. */
function layersThere(corpus: DiskCorpus): Map<string, string[]> {
  const there = new Map<string, string[]>();
  const add = (article: string, layer: string) => {
    const known = there.get(article);
    if (known) known.push(layer);
    else there.set(article, [layer]);
  };
  for (const { prefix, files } of corpus.folders()) {
    const names = new Set(files);
    for (const name of files)
      if (corpus.isArticle(prefix + name) && names.has(sidecarName(name))) add(prefix + name, '');
  }
  for (const { article, layer } of corpus.layers()) add(article, layer);
  return there;
}

/** @throws UsageError */
function chosen(there: readonly string[], said: string | undefined): string[] {
  const annotators = there.filter((layer) => layer !== '');
  if (said === undefined) {
    if (annotators.length > 1) return annotators;
    const only = annotators.length === 0 ? 'none' : `${annotators[0]} only`;
    const way =
      annotators.length === 1 && there.includes('')
        ? ` To compare it with the shared layer: --layers ${SHARED},${annotators[0]}.`
        : ' A layer is a sidecar with a name, as NAME.ada.ann.yaml.';
    throw new UsageError(`Agreement is that of two layers or more, and there is ${only}.${way}`);
  }
  const layers = [...new Set(said.split(',').map((one) => layerCalled(one.trim(), annotators)))];
  if (layers.length < 2) throw new UsageError(`--layers takes two names or more, not ${said}.`);
  const unknown = layers.find((layer) => !there.includes(layer));
  if (unknown !== undefined)
    throw new UsageError(
      `No article has a layer ${shownLayer(unknown)}.${hint(shownLayer(unknown), there.map(shownLayer))}`,
    );
  return layers;
}

/** An annotator who is called so comes first: then the shared layer is the one without a name. */
function layerCalled(name: string, annotators: readonly string[]): string {
  return name === SHARED && !annotators.includes(SHARED) ? '' : name;
}
