import { problemsOf } from '../core/article-problems';
import { parseHeader } from '../core/header';
import { LabelCounts } from '../core/label-counts';
import { LineIndex } from '../core/lines';
import { InternedStrings } from '../core/interned-strings';
import type { Problem } from '../core/problem';
import { checkInCorpus, ruleOf, weighProblems, type CheckedArticle, type CorpusFacts } from '../core/rules';
import { sidecarName } from '../core/sidecar/name';
import type { Item } from '../core/suggest/item';
import { KnownForms } from '../core/suggest/known-forms';
import { problemMessage } from '../wording/problems';
import { findingMessage } from '../wording/rules';
import { inEnglish } from '../wording/translate';
import { ArticleReader } from './article-reader';
import type { Values } from './command';
import { obstacleOf, type ArticleReading, type DiskCorpus, type LayerOfArticle } from './corpus';
import type { PlacedFinding } from './findings';
import { KnownArticles } from './known-articles';

/** What is of an article's trouble is told in its sidecar, too, where it is mended: once is enough. */
const IN_SIDECAR: ReadonlySet<string> = new Set(['entity-broken', 'entity-conflict']);
/** What rules find that is among the problems of articles and sidecars. */
const IN_PROBLEMS: ReadonlySet<string> = new Set(['header-malformed', 'unknown-label']);

/** What rules ask of the whole corpus, counted in some of its articles. */
export interface CorpusCounts {
  readonly articles: number;
  /** Those with a date in their header. */
  readonly dated: number;
  /** How often each text has which label; see `LabelCount`. */
  readonly labels: readonly (readonly [
    text: string,
    label: string,
    all: number,
    reviewed: number,
    links: readonly (readonly [link: string, count: number])[],
  ])[];
}

/** The lists of a corpus that suggestions know. */
export interface Lists {
  readonly gazetteer: readonly Item[];
  readonly refused: readonly Item[];
}

/** Checks articles by all rules, in either thread: all articles are read once, then each is checked against them. */
export class ArticleChecks {
  private readonly known = new KnownArticles();
  private readonly reader: ArticleReader;
  private readonly counts = new LabelCounts();
  private readonly texts = new InternedStrings();
  private articles = 0;
  private dated = 0;
  private facts: CorpusFacts | undefined;

  constructor(
    private readonly corpus: DiskCorpus,
    options: Values,
  ) {
    this.reader = new ArticleReader(corpus, options);
  }

  /** Counts what is in articles. @returns how many they are */
  async read(paths: readonly string[]): Promise<number> {
    for (const path of paths) {
      const reading = await this.reader.read(path);
      const { index, entities } = reading;
      this.articles++;
      if (parseHeader(index.raw).date !== undefined) this.dated++;
      const texts = entities.map(({ text }) => this.texts.number(text));
      entities.forEach(({ label, link, reviewed, broken }, i) =>
        this.counts.add(texts[i]!, label, { isReviewed: reviewed === true && !broken }, link, 1),
      );
      if (this.known.hasRoom && !isInTrouble(reading)) this.known.add(reading, texts);
    }
    return paths.length;
  }

  /** What was counted in the articles that were read here. */
  counted(): CorpusCounts {
    const { articles, dated, texts } = this;
    const labels = [...this.counts].flatMap(([text, counts]) =>
      counts.map(
        ({ label, all, reviewed, links }) => [texts.name(text), label, all, reviewed, [...links]] as const,
      ),
    );
    return { articles, dated, labels };
  }

  /** Takes over what was counted in all articles. */
  learn(counted: readonly CorpusCounts[], { gazetteer, refused }: Lists): void {
    const [counts, texts] = [new LabelCounts(), new InternedStrings()];
    for (const { labels } of counted)
      for (const [text, label, all, reviewed, links] of labels)
        counts.addCount(texts.number(text), { label, all, reviewed, known: reviewed, links });
    const sum = (of: 'articles' | 'dated') => counted.reduce((total, each) => total + each[of], 0);
    const labelsOf = (text: string) => counts.of(texts.find(text));
    const forms = new KnownForms(labelsOf, gazetteer, refused);
    for (const [text, tallies] of counts)
      if (tallies.some(({ reviewed }) => reviewed > 0)) forms.add(texts.name(text));
    const expectsDate = sum('dated') * 2 > sum('articles');
    const settings = this.corpus.labelSet.rules ?? {};
    this.facts = { forms, hasLabel: this.corpus.allows, labelsOf, expectsDate, settings };
  }

  /** What is found in articles. */
  async check(paths: readonly string[]): Promise<PlacedFinding[]> {
    const found: PlacedFinding[] = [];
    for (const path of paths) {
      const known = this.known.has(path) ? this.corpus.textOf(path) : undefined;
      const article = known && this.known.get(path, known, this.texts);
      found.push(...(article ? this.checkRules(path, article) : this.checkAll(await this.reader.read(path))));
    }
    return found;
  }

  /** What is wrong in sidecars of annotators' layers; rules look at the shared ones. */
  async checkLayers(layers: readonly LayerOfArticle[]): Promise<PlacedFinding[]> {
    const found: PlacedFinding[] = [];
    for (const { article, layer } of layers) {
      const reading = await this.reader.read(article, layer);
      // An article that cannot be read is told once.
      if (reading.unreadable !== undefined || !reading.isUtf8) continue;
      const problems = weighProblems(problemsOf(reading).sidecar, this.facts!.settings);
      found.push(...placed(this.corpus, sidecarName(article, layer), reading.source, problems));
    }
    return found;
  }

  private *checkAll(reading: ArticleReading): Generator<PlacedFinding> {
    const { corpus } = this;
    const { path, index, source, sidecar, entities } = reading;
    const { settings } = this.facts!;
    const obstacle = obstacleOf(reading);
    if (reading.unreadable !== undefined) {
      yield* placed(corpus, path, '', obstacle ? [obstacle.problem] : []);
      return;
    }
    const problems = problemsOf(reading);
    const ofArticle = problems.article.filter(({ code }) => !IN_SIDECAR.has(code));
    yield* placed(corpus, path, index.raw, weighProblems(ofArticle, settings));
    yield* placed(corpus, sidecarName(path), source, weighProblems(problems.sidecar, settings));
    if (!obstacle) yield* this.checkRules(path, { index, status: sidecar?.status ?? 'open', entities });
  }

  private *checkRules(path: string, article: CheckedArticle): Generator<PlacedFinding> {
    const found = checkInCorpus(path, article, this.facts!);
    const told = found.filter(({ rule }) => !IN_PROBLEMS.has(rule));
    if (told.length === 0) return;
    const lines = new LineIndex(article.index.raw);
    for (const finding of told) {
      const { rule, severity } = finding;
      const message = findingMessage(inEnglish, finding);
      yield { file: this.corpus.shown(path), rule, severity, message, ...placeIn(lines, finding) };
    }
  }
}

/** Whether more is to be told of an article than what rules find, or its sidecar cannot be used. */
function isInTrouble(reading: ArticleReading): boolean {
  const { article, sidecar } = problemsOf(reading);
  return article.length + sidecar.length > 0 || obstacleOf(reading) !== undefined;
}

/** Problems in a file, at their lines. */
export function* placed(
  corpus: DiskCorpus,
  path: string,
  source: string,
  problems: readonly Problem[],
): Generator<PlacedFinding> {
  if (problems.length === 0) return;
  const lines = new LineIndex(source);
  for (const problem of problems) {
    const { code, severity } = problem;
    const message = problemMessage(inEnglish, problem);
    const rule = ruleOf(code) ?? code;
    yield { file: corpus.shown(path), rule, severity, message, ...placeIn(lines, problem) };
  }
}

function placeIn(lines: LineIndex, { start16, end16 }: { readonly start16: number; readonly end16: number }) {
  const [start, end] = [lines.at(start16), lines.at(end16)];
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
