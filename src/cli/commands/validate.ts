import { existsSync } from 'node:fs';
import { problemsOf } from '../../core/article-problems';
import { CORPUS_YAML } from '../../core/articles';
import { parseHeader } from '../../core/header';
import { LabelCounts } from '../../core/label-counts';
import { LineIndex } from '../../core/lines';
import { Names } from '../../core/names';
import type { Problem } from '../../core/problem';
import { checkInCorpus, ruleOf, severityOf, weighProblems, type CorpusFacts } from '../../core/rules';
import { sidecarName } from '../../core/sidecar/name';
import { GAZETTEER, GAZETTEER_FORM } from '../../core/suggest/gazetteer';
import { KnownForms } from '../../core/suggest/known-forms';
import type { Item, ItemForm } from '../../core/suggest/item';
import { readListing } from '../../core/suggest/listing';
import { REFUSED, REFUSED_FORM } from '../../core/suggest/refusals';
import { problemMessage } from '../../wording/problems';
import { findingMessage } from '../../wording/rules';
import { inEnglish } from '../../wording/translate';
import { oneOf, UsageError, type Command } from '../command';
import { ArticleReader, NO_GIT } from '../article-reader';
import { DiskCorpus, obstacleOf, type ArticleReading } from '../corpus';
import { decodeBytes, readIfThere } from '../disk';
import { FINDING_FORMATS, findingFormat, summaryOf, type PlacedFinding } from '../findings';
import { PipeTarget } from '../target';
import { Progress, say } from '../terminal';

/** What is of an article's trouble is told in its sidecar, too, where it is mended: once is enough. */
const IN_SIDECAR: ReadonlySet<string> = new Set(['entity-broken', 'entity-conflict']);
/** What rules find that is among the problems of articles and sidecars. */
const IN_PROBLEMS: ReadonlySet<string> = new Set(['header-malformed', 'unknown-label']);

/** Checks a corpus by all rules. */
export const validate: Command = {
  name: 'validate',
  summary: 'Checks a corpus: its sidecars, its label set, and all rules of consistency',
  usage: 'CORPUS [FILE…]',
  description:
    'Checks articles, sidecars and corpus.yaml, and looks for what makes annotations inconsistent, by the rules and severities of corpus.yaml, as the editor does. With files, only those articles (or the articles of those sidecars) are checked, against the whole corpus.',
  examples: [
    ['corpus/', 'Prints what is found, a line each.'],
    ['--format github corpus/', 'Marks the lines in a pull request, from a GitHub Action.'],
    ['--format sarif corpus/ > corpus.sarif', 'For code scanning.'],
    ['--severity error corpus/', 'Fails for errors only; all is told.'],
    ['. news/a.txt news/b.ann.yaml', 'Two articles, as a pre-commit hook asks for.'],
  ],
  options: [
    { name: 'format', value: FINDING_FORMATS.join('|'), description: 'How findings are printed' },
    {
      name: 'severity',
      value: 'info|warning|error',
      description: 'From when on a finding is a failure; warning where nothing is said',
    },
    NO_GIT,
  ],
  exitCodes: '0 nothing found, 1 findings of severity warning or error (see --severity)',

  async run([root, ...files], values) {
    if (root === undefined) throw new UsageError('validate needs the folder of a corpus.');
    const format = findingFormat(oneOf(values, 'format', FINDING_FORMATS) ?? 'text');
    const threshold = oneOf(values, 'severity', ['info', 'warning', 'error']) ?? 'warning';
    const corpus = DiskCorpus.open(root);
    const wanted = files.length > 0 ? wantedOf(corpus, files) : undefined;
    const output = new PipeTarget();
    const counts = { articles: 0, error: 0, warning: 0, info: 0 };
    output.write({ content: format.begin });
    const validator = new Validator(corpus, new ArticleReader(corpus, values));
    for await (const finding of validator.findings(wanted, () => counts.articles++)) {
      counts[finding.severity]++;
      output.write({ content: format.finding(finding) });
    }
    output.write({ content: format.end(counts) });
    await output.commit();
    corpus.tellLinks();
    say(summaryOf(counts));
    const failing =
      counts.error + (threshold === 'error' ? 0 : counts.warning) + (threshold === 'info' ? counts.info : 0);
    return failing > 0 ? 1 : 0;
  },
};

/** The paths of what is to be checked. @throws UsageError where a file is not there */
function wantedOf(corpus: DiskCorpus, files: readonly string[]): ReadonlySet<string> {
  const gone = files.find((file) => !existsSync(file));
  if (gone !== undefined) throw new UsageError(`There is no file ${gone}.`);
  return new Set(files.flatMap((file) => corpus.pathOf(file) ?? []));
}

class Validator {
  constructor(
    private readonly corpus: DiskCorpus,
    private readonly reader: ArticleReader,
  ) {}

  /** @param wanted articles and sidecars; all where it is `undefined` @param tick is called for each article */
  async *findings(wanted: ReadonlySet<string> | undefined, tick: () => void): AsyncGenerator<PlacedFinding> {
    const { corpus } = this;
    const isWanted = (path: string) => wanted?.has(path) ?? true;
    yield* this.place(CORPUS_YAML, corpus.yaml ?? '', corpus.yamlProblems);
    const gazetteer = this.list(GAZETTEER, GAZETTEER_FORM);
    const refused = this.list(REFUSED, REFUSED_FORM);
    for (const { name, source, problems } of [gazetteer, refused]) yield* this.place(name, source, problems);
    const facts = await this.count(gazetteer.items, refused.items);
    const progress = new Progress('articles checked');
    for (const path of corpus.articles()) {
      if (!isWanted(path) && !isWanted(sidecarName(path))) continue;
      progress.tick();
      tick();
      yield* this.check(await this.reader.read(path), facts);
    }
    const severity = severityOf('orphan-sidecar', facts.settings);
    if (severity === 'off') return;
    const message = findingMessage(inEnglish, { rule: 'orphan-sidecar' });
    const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    for (const path of corpus.orphans())
      if (isWanted(path))
        yield { file: corpus.shown(path), rule: 'orphan-sidecar', severity, message, ...place };
  }

  /** Reads all articles once, and keeps what rules ask of the whole corpus: how often each text has which label. */
  private async count(gazetteer: readonly Item[], refused: readonly Item[]): Promise<CorpusFacts> {
    const { corpus } = this;
    const [counts, texts] = [new LabelCounts(), new Names()];
    let [articles, dated] = [0, 0];
    const progress = new Progress('articles read');
    for (const path of corpus.articles()) {
      progress.tick();
      const { index, entities } = await this.reader.read(path);
      articles++;
      if (parseHeader(index.raw).date !== undefined) dated++;
      for (const { text, label, link, reviewed, broken } of entities)
        counts.add(texts.number(text), label, reviewed === true && !broken, link, 1);
    }
    const labelsOf = (text: string) => counts.of(texts.find(text));
    const forms = new KnownForms(labelsOf, gazetteer, refused);
    for (const [text, tallies] of counts)
      if (tallies.some(({ reviewed }) => reviewed > 0)) forms.add(texts.name(text));
    const settings = corpus.labelSet.rules ?? {};
    return { forms, hasLabel: corpus.allows, labelsOf, expectsDate: dated * 2 > articles, settings };
  }

  private *check(reading: ArticleReading, facts: CorpusFacts): Generator<PlacedFinding> {
    const { path, index, source, sidecar, entities } = reading;
    const obstacle = obstacleOf(reading);
    if (reading.unreadable !== undefined) {
      yield* this.place(path, '', obstacle ? [obstacle.problem] : []);
      return;
    }
    const problems = problemsOf(reading);
    const ofArticle = problems.article.filter(({ code }) => !IN_SIDECAR.has(code));
    yield* this.place(path, index.raw, weighProblems(ofArticle, facts.settings));
    yield* this.place(sidecarName(path), source, weighProblems(problems.sidecar, facts.settings));
    if (obstacle) return;
    const found = checkInCorpus(path, { index, status: sidecar?.status ?? 'open', entities }, facts);
    const told = found.filter(({ rule }) => !IN_PROBLEMS.has(rule));
    if (told.length === 0) return;
    const lines = new LineIndex(index.raw);
    for (const finding of told) {
      const { rule, severity } = finding;
      const place = placeIn(lines, finding);
      yield {
        file: this.corpus.shown(path),
        rule,
        severity,
        message: findingMessage(inEnglish, finding),
        ...place,
      };
    }
  }

  /** Problems in a file, at their lines. */
  private *place(path: string, source: string, problems: readonly Problem[]): Generator<PlacedFinding> {
    if (problems.length === 0) return;
    const lines = new LineIndex(source);
    for (const problem of problems) {
      const { code, severity } = problem;
      const message = problemMessage(inEnglish, problem);
      yield {
        file: this.corpus.shown(path),
        rule: ruleOf(code) ?? code,
        severity,
        message,
        ...placeIn(lines, problem),
      };
    }
  }

  private list(name: string, form: ItemForm) {
    const bytes = readIfThere(this.corpus.file(name));
    const source = bytes && decodeBytes(bytes)?.text;
    if (source !== undefined) return { name, source, ...readListing(source, form) };
    const unread: Problem = { code: 'file-not-utf8', severity: 'error', start16: 0, end16: 0, values: {} };
    return { name, source: '', items: [], problems: bytes ? [unread] : [] };
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
