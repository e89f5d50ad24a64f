import { isMainThread } from 'node:worker_threads';
import { countArticle, type AgreementOptions } from '../core/agreement';
import type { StudyLayer } from '../core/agreement/study';
import { CountNames, type SparseCounts } from '../core/agreement/tally';
import { LineIndex } from '../core/lines';
import { problemMessage } from '../wording/problems';
import { inEnglish } from '../wording/translate';
import { ArticleReader } from './article-reader';
import type { Values } from './command';
import type { ComparedArticle } from './compared-layers';
import { obstacleOf, type ArticleReading, type DiskCorpus } from './corpus';

/** How many spans of a layer there are in what is compared, by what becomes of them. */
export interface SpanCounts {
  readonly read: number;
  readonly used: number;
  /** Those whose place is not certain, which nobody can compare. */
  readonly toPlace: number;
}

/** What was counted in some articles. */
export interface CountedArticles {
  /** Which thread has counted: each has its own numbers for the names of counts. */
  readonly isMain: boolean;
  /** The names that are new, in the order of their numbers. */
  readonly names: readonly string[];
  /** Those of which two layers or more could be used. */
  readonly articles: readonly SparseCounts[];
  /** By layer. */
  readonly spans: readonly SpanCounts[];
  /** What a person must know: why a layer could not be used. */
  readonly told: readonly string[];
  /** How many articles were looked at. */
  readonly count: number;
}

/** Counts what figures of agreement are made of, in either thread. */
export class ArticleAgreement {
  private readonly reader: ArticleReader;
  private readonly names = new CountNames();
  private known = 0;

  /** @param layers the names of those that are compared */
  constructor(
    private readonly corpus: DiskCorpus,
    values: Values,
    private readonly layers: readonly string[],
    private readonly options: AgreementOptions,
  ) {
    this.reader = new ArticleReader(corpus, values);
  }

  async count(compared: readonly ComparedArticle[]): Promise<CountedArticles> {
    const spans = this.layers.map(() => ({ read: 0, used: 0, toPlace: 0 }));
    const articles: SparseCounts[] = [];
    const told: string[] = [];
    for (const { article, layers } of compared) {
      const text = this.corpus.readText(article);
      const read: (StudyLayer | undefined)[] = this.layers.map(() => undefined);
      for (const layer of layers) {
        const reading = await this.reader.read(article, this.layers[layer], text);
        const obstacle = this.obstacleIn(reading);
        if (obstacle !== undefined) told.push(...obstacle);
        else read[layer] = layerIn(reading);
        spans[layer]!.read += reading.entities.length;
        spans[layer]!.toPlace += reading.entities.filter(({ broken }) => broken).length;
      }
      if (read.filter((layer) => layer !== undefined).length < 2) continue;
      read.forEach((layer, n) => (spans[n]!.used += layer?.entities.length ?? 0));
      articles.push(countArticle({ index: text.index, layers: read }, this.options, this.names));
    }
    const names = this.names.all.slice(this.known);
    this.known = this.names.all.length;
    return { isMain: isMainThread, names, articles, spans, told, count: compared.length };
  }

  /** Why a layer cannot be used, with its place; nothing to tell where it is that of another article. */
  private obstacleIn(reading: ArticleReading): string[] | undefined {
    const obstacle = obstacleOf(reading);
    if (!obstacle) return undefined;
    if (reading.otherArticle !== undefined && !reading.isOtherGone) return [];
    const { path, source, problem } = obstacle;
    const { line, character } = new LineIndex(source).at(problem.start16);
    const message = problemMessage(inEnglish, problem);
    return [`${this.corpus.shown(path)}:${line + 1}:${character + 1}: not compared: ${message}`];
  }
}

function layerIn({ entities, sidecar }: ArticleReading): StudyLayer {
  return { entities: entities.filter(({ broken }) => !broken), relations: sidecar?.relations };
}
