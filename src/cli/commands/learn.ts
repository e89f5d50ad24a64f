import { calibrationError, Prequential, type Score } from '../../core/learn/prequential';
import { NO_GIT, ArticleReader } from '../article-reader';
import { oneOf, UsageError, type Command } from '../command';
import { DiskCorpus } from '../corpus';
import { exactly } from '../formats';
import { letInterrupt } from '../interrupt';
import { needLessons } from '../lessons';
import { table } from '../table';
import { print, Progress } from '../terminal';

/** Tells how good what is learned from a corpus is. */
export const learn: Command = {
  name: 'learn',
  summary: 'Tells how well entities are predicted that are learned article by article',
  usage: '--report CORPUS',
  description:
    'Goes through the articles that are done, in the order of their names (in a corpus without any that is done, all that have entities): predicts the entities of each with what was learned from those before it, compares them with what is tagged, by exact span and label, then learns it. Nothing is written.',
  examples: [
    ['--report corpus/', 'A table with a line for each stretch of articles.'],
    ['--report --format json corpus/', 'A JSON line for each article.'],
  ],
  options: [
    { name: 'report', description: 'What is told; there is nothing else yet' },
    { name: 'format', value: 'text|json', description: 'How it is printed; text where nothing is said' },
    NO_GIT,
  ],
  exitCodes: '0 told, 1 told but for articles that cannot be used, which are named',

  async run(words, values) {
    const [root] = exactly(words, 1, 'the folder of a corpus, CORPUS') as [string];
    if (values.report !== true) throw new UsageError('learn needs --report.');
    const format = oneOf(values, 'format', ['text', 'json']) ?? 'text';
    const corpus = DiskCorpus.open(root);
    const reader = new ArticleReader(corpus, values);
    const course = new Prequential();
    const progress = new Progress('articles');
    const { order, leftOut } = await needLessons(corpus, reader, '', course.learner);
    const scores: Score[] = [];
    for (const path of order) {
      progress.tick();
      await letInterrupt();
      const { index, entities } = await reader.read(path);
      const score = course.next(index, entities);
      scores.push(score);
      if (format === 'json') print(`${JSON.stringify(lineOf(path, score))}\n`);
    }
    if (format === 'text') print(tableOf(scores));
    return leftOut.count > 0 ? 1 : 0;
  },
};

/** What a program reads: a field each, as the documentation says. */
function lineOf(article: string, { sureCorrect, bins, ...score }: Score) {
  return {
    article,
    ...score,
    sure_correct: sureCorrect,
    bins: bins.map(([mean, candidates, right]) => [Number(mean.toFixed(4)), candidates, right]),
  };
}

/** Where stretches of articles begin. */
const STRETCHES = [1, 11, 26, 51, 101, 201];

function tableOf(scores: readonly Score[]): string {
  const rows = STRETCHES.flatMap((from, k) => {
    const to = Math.min(STRETCHES[k + 1] ?? Infinity, scores.length + 1) - 1;
    if (from > scores.length) return [];
    const part = scores.slice(from - 1, to);
    const sum = (of: (score: Score) => number) => part.reduce((all, score) => all + of(score), 0);
    const [gold, predicted, correct] = [
      sum((one) => one.gold),
      sum((one) => one.predicted),
      sum((one) => one.correct),
    ];
    const [sure, sureCorrect] = [sum((one) => one.sure), sum((one) => one.sureCorrect)];
    const ratio = (part: number, whole: number) => (whole === 0 ? '–' : (part / whole).toFixed(2));
    return [
      [
        `${from}–${to}`,
        ...[ratio(correct, predicted), ratio(correct, gold), ratio(2 * correct, predicted + gold)],
        ...[ratio(sureCorrect, sure), ratio(sureCorrect, gold), calibrationError(part).toFixed(3)],
      ],
    ];
  });
  const head = ['articles', 'precision', 'recall', 'F1', 'sure: precision', 'recall', 'calibration'];
  return table([head, ...rows]);
}
