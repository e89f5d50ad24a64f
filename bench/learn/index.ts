import path from 'node:path';
import { ArticleReader } from '../../src/cli/article-reader.ts';
import { DiskCorpus, obstacleOf } from '../../src/cli/corpus.ts';
import { Learner, LIKELY } from '../../src/core/learn/learner.ts';
import { calibrationError, Prequential, REPLAYED, type Score } from '../../src/core/learn/prequential.ts';
import { compareText } from '../../src/core/model/entity.ts';
import { processorTime } from '../../test/support/processor-time.ts';
import { seeded } from '../generate.ts';
import { result, type Aims, type Result } from '../results.ts';
import { actionsOf, KEYBOARD, MOUSE } from './actions.ts';
import { taggedArticle, type TaggedArticle } from './corpus.ts';
import { foundAmongFirst, KINDS, plantErrors } from './planted.ts';

/** Articles of the course, and those that a model is trained anew with, as CoNLL-2003 has. */
const [COURSE, ANEW] = [400, 946];
const STRETCHES = [
  [11, 25],
  [26, 50],
  [51, 100],
  [101, 200],
  [201, COURSE],
] as const;
const ERRORS = 200;
/** Which share of the tags somebody forgets, in percent. */
const FORGOTTEN = 30;

const LEARN = 'learn an article';
const PREDICT = 'predict an article';
const TRAIN = `train ${ANEW} articles anew`;
const GROWTH = `learn: articles 301–400, as 101–200`;
const MEMORY = 'a model of four labels';

const MADE_UP = 'made up';
const forgetting = (name: string, articles: number) =>
  `${name}, articles 26–${articles}: F1 lost where ${FORGOTTEN} % of the tags are forgotten`;

/** How good predictions are depends on the text: that is told, and no aim. */
export const learnAims: Aims = {
  [LEARN]: 15,
  [PREDICT]: 200,
  [TRAIN]: 20_000,
  [MEMORY]: 12,
  // A new article costs the same, whatever was learned before.
  [GROWTH]: 1.5,
  [forgetting(MADE_UP, COURSE)]: 7,
};

/** Learns a made-up corpus, or those whose folders CORPUS_BENCH_CORPORA names, as PATH does. */
export async function learning(): Promise<Result[]> {
  const made = Array.from({ length: COURSE }, (_, n) => taggedArticle(n));
  const folders = process.env.CORPUS_BENCH_CORPORA?.split(path.delimiter) ?? [];
  const results = times(made);
  if (folders.length === 0) results.push(...quality(MADE_UP, made));
  for (const folder of folders) results.push(...quality(path.basename(folder), await articlesOf(folder)));
  return results;
}

function times(articles: readonly TaggedArticle[]): Result[] {
  say('learning and predicting articles');
  const before = process.memoryUsage().arrayBuffers;
  const learner = new Learner();
  for (const { index } of articles) learner.read(index);
  const [learned, speeds, steps]: [number[], number[], number[]] = [[], [], []];
  let memory = 0;
  for (const { index, entities } of articles) {
    const features = learner.featuresOf(index);
    const predicting = processorTime(() => learner.predict(learner.featuresOf(index)));
    const learning = processorTime(() => learner.learn(features, entities));
    const replaying = processorTime(() => {
      for (let n = 0; n < REPLAYED; n++) learner.replay();
    });
    if (learned.length === 20) memory = (process.memoryUsage().arrayBuffers - before) / 2 ** 20;
    learned.push(learning);
    steps.push(learning + replaying);
    speeds.push(index.length / 1024 / (predicting / 1000));
  }
  const sum = (from: number, to: number) => steps.slice(from, to).reduce((all, one) => all + one, 0);
  say(`training ${ANEW} articles anew`);
  const training = processorTime(() => {
    const course = new Prequential();
    const all = Array.from({ length: ANEW }, (_, n) => taggedArticle(n));
    for (const { index } of all) course.learner.read(index);
    for (const { index, entities } of all) course.next(index, entities);
  });
  return [
    result(LEARN, 'ms', learned.slice(20)),
    result(PREDICT, 'KB/s', speeds.slice(20)),
    result(TRAIN, 'ms', [training]),
    result(GROWTH, '×', [sum(300, 400) / sum(100, 200)]),
    result(MEMORY, 'MB', [memory]),
  ];
}

/** How good predictions are, how many actions an entity takes, and how many errors are found. */
function quality(name: string, articles: readonly TaggedArticle[]): Result[] {
  say(`${name}: predicting each article, then learning it`);
  const course = new Prequential();
  for (const { index } of articles) course.learner.read(index);
  const scores: (Score & { mouse: number; keyboard: number })[] = [];
  for (const { index, entities } of articles) {
    const candidates = course.learner.predict(course.learner.featuresOf(index));
    const [mouse, keyboard] = [MOUSE, KEYBOARD].map((hand) => actionsOf(candidates, entities, hand));
    scores.push({ ...course.next(index, entities), mouse: mouse!, keyboard: keyboard! });
  }
  const stretches = STRETCHES.flatMap(([from, to]) => {
    const part = scores.slice(from - 1, to);
    if (part.length === 0) return [];
    const sum = (of: (score: (typeof scores)[number]) => number) =>
      part.reduce((all, one) => all + of(one), 0);
    const [gold, sure] = [sum((one) => one.gold), sum((one) => one.sure)];
    const of = `${name}, articles ${from}–${Math.min(to, articles.length)}`;
    return [
      result(`${of}: F1`, '%', [(200 * sum((one) => one.correct)) / (gold + sum((one) => one.predicted))]),
      result(`${of}: precision of what is sure`, '%', [
        (100 * sum((one) => one.sureCorrect)) / Math.max(1, sure),
      ]),
      result(`${of}: recall of what is sure`, '%', [(100 * sum((one) => one.sureCorrect)) / gold]),
      result(`${of}: calibration error`, '%', [100 * calibrationError(part)]),
      result(`${of}: actions an entity, mouse`, '', [sum((one) => one.mouse) / gold]),
      result(`${of}: actions an entity, keyboard`, '', [sum((one) => one.keyboard) / gold]),
    ];
  });
  say(`${name}: forgetting tags`);
  const lost = f1Where(articles, 0) - f1Where(articles, FORGOTTEN / 100);
  stretches.push(result(forgetting(name, articles.length), '%', [100 * lost]));
  say(`${name}: planting errors`);
  const { articles: wrong, planted } = plantErrors(articles, ERRORS, 1);
  const found = foundAmongFirst(wrong, planted, ERRORS);
  const of = `${name}: of ${planted.length} errors planted, among the first ${ERRORS} findings`;
  const all = KINDS.reduce((count, kind) => count + found[kind], 0);
  return [
    ...stretches,
    result(of, '', [all]),
    ...KINDS.map((kind) => result(`${of}: ${kind}`, '', [found[kind]])),
  ];
}

/** F1 from the 26th article on, where a share of the entities was not tagged in what was learned. */
function f1Where(articles: readonly TaggedArticle[], forgotten: number): number {
  const random = seeded(1);
  const learner = new Learner();
  for (const { index } of articles) learner.read(index);
  let [gold, predicted, correct] = [0, 0, 0];
  for (const [i, { index, entities }] of articles.entries()) {
    const features = learner.featuresOf(index);
    const likely = learner.predict(features).filter(({ probability }) => probability >= LIKELY);
    const said = new Set(entities.map(({ start, end, label }) => `${start} ${end} ${label}`));
    if (i >= 25) {
      gold += said.size;
      predicted += likely.length;
      correct += likely.filter(({ start, end, label }) => said.has(`${start} ${end} ${label}`)).length;
    }
    learner.learn(
      features,
      entities.filter(() => random() >= forgotten),
    );
    for (let n = 0; n < REPLAYED; n++) learner.replay();
  }
  return (2 * correct) / Math.max(1, gold + predicted);
}

/** The articles of a corpus that have entities, in the order of their names. */
async function articlesOf(root: string): Promise<TaggedArticle[]> {
  const corpus = DiskCorpus.open(root);
  const reader = new ArticleReader(corpus, { 'no-git': true });
  const articles: TaggedArticle[] = [];
  for (const path of [...corpus.articles()].sort(compareText)) {
    const reading = await reader.read(path);
    if (!obstacleOf(reading) && reading.entities.length > 0) articles.push(reading);
  }
  return articles;
}

function say(text: string): void {
  console.log(`… ${text}`);
}
