import { problemsOf } from '../core/article-problems';
import { parseHeader } from '../core/header';
import { LabelCounts } from '../core/label-counts';
import { LineIndex } from '../core/lines';
import { InternedStrings } from '../core/interned-strings';
import type { Doubt } from '../core/learn/doubts';
import type { Problem } from '../core/problem';
import {
  checkInCorpus,
  placeInSidecar,
  ruleOf,
  settingsOfLayer,
  weighProblems,
  type CheckedArticle,
  type CorpusFacts,
  type RuleFinding,
  type RuleSettings,
} from '../core/rules';
import { SidecarPlaces } from '../core/sidecar/locate';
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
import { LAYER_OR_ALL, layerAskedFor } from './layers';
import { ruleSettings } from './rule-settings';

/** What is of an article's trouble is told in its sidecar, too, where it is mended: once is enough. */
const IN_SIDECAR: ReadonlySet<string> = new Set(['entity-broken', 'entity-conflict']);
/** What rules find that is among the problems of articles and sidecars. */
const IN_PROBLEMS: ReadonlySet<string> = new Set(['header-malformed', 'unknown-label']);

/** What rules ask of the whole corpus, counted in some of its articles. */
export interface CorpusCounts {
  readonly articles: number;
  /** Those with a date in their header. */
  readonly dated: number;
  /** By layer: how often each text has which label; see `LabelCount`. */
  readonly layers: readonly (readonly [
    layer: string,
    labels: readonly (readonly [
      text: string,
      label: string,
      all: number,
      reviewed: number,
      links: readonly (readonly [link: string, count: number])[],
    ])[],
  ])[];
}

/** The lists of a corpus that suggestions know. */
export interface Lists {
  readonly gazetteer: readonly Item[];
  readonly refused: readonly Item[];
}

/** How often texts have which label in one layer: what one annotator does is not held against another. */
class LayerCounts {
  readonly counts = new LabelCounts();
  readonly texts = new InternedStrings();
}

/**
 * Checks articles by all rules, each layer for itself, in either thread: all are read once, then each is checked
 * against its layer of the corpus.
 */
export class ArticleChecks {
  private readonly known = new KnownArticles();
  private readonly reader: ArticleReader;
  private readonly counts = new Map<string, LayerCounts>();
  private articles = 0;
  private dated = 0;
  /** By layer. */
  private readonly facts = new Map<string, CorpusFacts>();
  /** Whether the shared ones are not checked, so that nobody else tells of an article that cannot be used. */
  private readonly isForOneLayer: boolean;
  private readonly settings: RuleSettings;

  constructor(
    private readonly corpus: DiskCorpus,
    options: Values,
  ) {
    this.reader = new ArticleReader(corpus, options);
    this.isForOneLayer = Boolean(layerAskedFor(options, LAYER_OR_ALL));
    this.settings = ruleSettings(corpus, options);
  }

  /** Counts what is in articles. @returns how many are the shared ones */
  async read(layers: readonly LayerOfArticle[]): Promise<number> {
    const before = this.articles;
    for (const one of layers) {
      const reading = await this.reader.read(one.article, one.layer);
      const { index, entities } = reading;
      if (one.layer === '') {
        this.articles++;
        if (parseHeader(index.raw).date !== undefined) this.dated++;
      }
      const { counts, texts } = this.countsOf(one.layer);
      const numbers = entities.map(({ text }) => texts.number(text));
      entities.forEach(({ label, link, reviewed, broken }, i) =>
        counts.add(numbers[i]!, label, { isReviewed: reviewed === true && !broken }, link, 1),
      );
      if (this.known.hasRoom && !isInTrouble(reading)) this.known.add(one, reading, numbers);
    }
    return this.articles - before;
  }

  /** What was counted in the articles that were read here. */
  counted(): CorpusCounts {
    const { articles, dated } = this;
    const layers = Array.from(this.counts, ([layer, { counts, texts }]) => {
      const labels = [...counts].flatMap(([text, tallies]) =>
        tallies.map(
          ({ label, all, reviewed, links }) => [texts.name(text), label, all, reviewed, [...links]] as const,
        ),
      );
      return [layer, labels] as const;
    });
    return { articles, dated, layers };
  }

  /** Takes over what was counted in all articles. */
  learn(counted: readonly CorpusCounts[], lists: Lists): void {
    const sum = (of: 'articles' | 'dated') => counted.reduce((total, each) => total + each[of], 0);
    const expectsDate = sum('dated') * 2 > sum('articles');
    const all = counted.flatMap(({ layers }) => layers);
    for (const layer of new Set(all.map(([name]) => name))) {
      const labels = all.flatMap(([name, each]) => (name === layer ? each : []));
      this.facts.set(layer, { ...this.factsOf(layer, labels, lists), expectsDate });
    }
  }

  private factsOf(
    layer: string,
    labels: CorpusCounts['layers'][number][1],
    { gazetteer, refused }: Lists,
  ): Omit<CorpusFacts, 'expectsDate'> {
    const { counts, texts } = new LayerCounts();
    for (const [text, label, all, reviewed, links] of labels)
      counts.addCount(texts.number(text), { label, all, reviewed, known: reviewed, links });
    const labelsOf = (text: string) => counts.of(texts.find(text));
    const forms = new KnownForms(labelsOf, gazetteer, refused);
    for (const [text, tallies] of counts)
      if (tallies.some(({ reviewed }) => reviewed > 0)) forms.add(texts.name(text));
    const settings = layer === '' ? this.settings : settingsOfLayer(this.settings);
    return { proposer: forms, hasLabel: this.corpus.allows, labelsOf, settings };
  }

  /** What is found in articles. */
  async check(layers: readonly LayerOfArticle[]): Promise<PlacedFinding[]> {
    const found: PlacedFinding[] = [];
    for (const one of layers) {
      const index = this.known.has(one) ? this.corpus.textOf(one.article) : undefined;
      const article = index && this.known.get(one, index, this.countsOf(one.layer).texts);
      const findings = article && this.findIn(one, article);
      if (findings?.length === 0) continue;
      if (findings && one.layer === '') found.push(...this.inArticle(one.article, article, findings));
      else {
        const reading = await this.reader.read(one.article, one.layer);
        found.push(...(one.layer === '' ? this.checkShared(reading) : this.checkLayer(one, reading)));
      }
    }
    return found;
  }

  private *checkShared(reading: ArticleReading): Generator<PlacedFinding> {
    const { corpus, settings } = this;
    const { path, index, source } = reading;
    const obstacle = obstacleOf(reading);
    if (reading.unreadable !== undefined) {
      yield* placed(corpus, path, '', obstacle ? [obstacle.problem] : []);
      return;
    }
    const problems = problemsOf(reading);
    const ofArticle = problems.article.filter(({ code }) => !IN_SIDECAR.has(code));
    yield* placed(corpus, path, index.raw, weighProblems(ofArticle, settings));
    yield* placed(corpus, sidecarName(path), source, weighProblems(problems.sidecar, settings));
    if (obstacle) return;
    const article = checked(reading);
    yield* this.inArticle(path, article, this.findIn({ article: path, layer: '' }, article));
  }

  /** What is wrong with an annotator's layer, in its sidecar; what is wrong with its article is told once. */
  private *checkLayer(one: LayerOfArticle, reading: ArticleReading): Generator<PlacedFinding> {
    const { corpus } = this;
    const { source } = reading;
    const obstacle = obstacleOf(reading);
    if (reading.unreadable !== undefined || !reading.isUtf8) {
      if (this.isForOneLayer && obstacle)
        yield* placed(corpus, one.article, obstacle.source, [obstacle.problem]);
      return;
    }
    const sidecar = sidecarName(one.article, one.layer);
    const problems = weighProblems(problemsOf(reading).sidecar, this.settings);
    yield* placed(corpus, sidecar, source, problems);
    if (!obstacle) yield* this.inSidecar(one, reading, this.findIn(one, checked(reading)));
  }

  /** What rules find in an annotator's layer, where its sidecar says so. */
  private *inSidecar(
    one: LayerOfArticle,
    { index, source }: ArticleReading,
    findings: readonly RuleFinding[],
  ): Generator<PlacedFinding> {
    if (findings.length === 0) return;
    const { corpus } = this;
    const sidecar = sidecarName(one.article, one.layer);
    const [lines, linesOfText] = [new LineIndex(source), new LineIndex(index.raw)];
    const places = new SidecarPlaces(source);
    for (const finding of findings) {
      const { rule, severity } = finding;
      const place = placeInSidecar(finding, source, places);
      const { line, column } = placeIn(linesOfText, finding);
      const where = place.isOfText ? `${corpus.shown(one.article)}:${line}:${column}: ` : '';
      const message = where + findingMessage(inEnglish, finding);
      yield { file: corpus.shown(sidecar), rule, severity, message, ...placeIn(lines, place) };
    }
  }

  /** What `unlikely-label` finds in an article, by what a model doubts in it, each with how certain that is. */
  *checkDoubts(
    one: LayerOfArticle,
    reading: ArticleReading,
    doubts: readonly Doubt[],
  ): Generator<readonly [finding: PlacedFinding, certainty: number]> {
    const facts = { ...this.facts.get(one.layer)!, doubts };
    const article = checked(reading);
    for (const finding of checkInCorpus(one.article, article, facts)) {
      if (finding.rule !== 'unlikely-label') continue;
      const [place] =
        one.layer === ''
          ? this.inArticle(one.article, article, [finding])
          : this.inSidecar(one, reading, [finding]);
      if (place) yield [place, finding.certainty ?? 1];
    }
  }

  private findIn({ article: path, layer }: LayerOfArticle, article: CheckedArticle): RuleFinding[] {
    const found = checkInCorpus(path, article, this.facts.get(layer)!);
    return found.filter(({ rule }) => !IN_PROBLEMS.has(rule));
  }

  private *inArticle(
    path: string,
    { index }: CheckedArticle,
    findings: readonly RuleFinding[],
  ): Generator<PlacedFinding> {
    if (findings.length === 0) return;
    const lines = new LineIndex(index.raw);
    for (const finding of findings) {
      const { rule, severity } = finding;
      const message = findingMessage(inEnglish, finding);
      yield { file: this.corpus.shown(path), rule, severity, message, ...placeIn(lines, finding) };
    }
  }

  private countsOf(layer: string): LayerCounts {
    let counts = this.counts.get(layer);
    if (!counts) this.counts.set(layer, (counts = new LayerCounts()));
    return counts;
  }
}

function checked({ index, sidecar, entities }: ArticleReading): CheckedArticle {
  return { index, status: sidecar?.status ?? 'open', entities };
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
