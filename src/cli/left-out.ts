import { LineIndex } from '../core/lines';
import { problemMessage } from '../wording/problems';
import { inEnglish } from '../wording/translate';
import type { DiskCorpus, obstacleOf } from './corpus';
import { say } from './terminal';

/** What of a corpus cannot be used, told once with its place: an article that cannot be read is so for each of its layers. */
export class LeftOut {
  private readonly told = new Set<string>();
  /** How many articles, each in each of its layers, were left out. */
  count = 0;

  constructor(private readonly corpus: DiskCorpus) {}

  add({ path, source, problem }: NonNullable<ReturnType<typeof obstacleOf>>): void {
    this.count++;
    const { line, character } = new LineIndex(source).at(problem.start16);
    const place = `${this.corpus.shown(path)}:${line + 1}:${character + 1}`;
    const message = `${place}: ${problemMessage(inEnglish, problem)}`;
    if (!this.told.has(message)) say(message);
    this.told.add(message);
  }
}
