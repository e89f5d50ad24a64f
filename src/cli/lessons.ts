import { compareText } from '../core/model/entity';
import { isTaught, type Learner } from '../core/learn/learner';
import type { ArticleReader } from './article-reader';
import { UsageError } from './command';
import { obstacleOf, type DiskCorpus } from './corpus';
import { letInterrupt } from './interrupt';
import { LeftOut } from './left-out';

/** What can be learned from in a corpus. */
export interface Lessons {
  /** The articles to learn from, in the order of their names. */
  readonly order: readonly string[];
  /** Those that are not done, in the order of the corpus. */
  readonly open: readonly string[];
}

/**
 * Reads a corpus for the first time: counts its words, over all texts, tagged or not, and finds what can be learned
 * from: what is done, or, where nothing is, all that has entities.
 * @param layer whose sidecars are read; the shared ones where it is empty
 * @param leftOut is told of what cannot be used
 * @param apart articles that are not learned from unless they are done
 */
export async function gatherLessons(
  corpus: DiskCorpus,
  reader: ArticleReader,
  layer: string,
  learner: Learner,
  leftOut?: LeftOut,
  apart: ReadonlySet<string> = new Set(),
): Promise<Lessons> {
  const [done, open, tagged]: [string[], string[], string[]] = [[], [], []];
  for (const path of corpus.articles()) {
    await letInterrupt();
    const reading = await reader.read(path, layer);
    const obstacle = obstacleOf(reading);
    if (obstacle) {
      leftOut?.add(obstacle);
      continue;
    }
    learner.read(reading.index);
    if (reading.sidecar?.status === 'done') done.push(path);
    else {
      open.push(path);
      if (!apart.has(path) && reading.entities.some(isTaught)) tagged.push(path);
    }
  }
  return { order: (done.length > 0 ? done : tagged).sort(compareText), open };
}

/** As {@link gatherLessons}, for commands that learn. @throws UsageError where there is nothing to learn */
export async function needLessons(
  corpus: DiskCorpus,
  reader: ArticleReader,
  layer: string,
  learner: Learner,
  apart?: ReadonlySet<string>,
): Promise<Lessons & { readonly leftOut: LeftOut }> {
  const leftOut = new LeftOut(corpus);
  const lessons = await gatherLessons(corpus, reader, layer, learner, leftOut, apart);
  corpus.tellLinks();
  if (lessons.order.length === 0)
    throw new UsageError(`No article has entities in ${corpus.root}: there is nothing to learn.`);
  return { ...lessons, leftOut };
}
