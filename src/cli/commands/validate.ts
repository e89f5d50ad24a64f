import { existsSync } from 'node:fs';
import type { Problem } from '../../core/problem';
import { severityOf } from '../../core/rules';
import { CORPUS_YAML, layerOf, sidecarName } from '../../core/sidecar/name';
import { GAZETTEER, GAZETTEER_FORM } from '../../core/suggest/gazetteer';
import type { ItemForm } from '../../core/suggest/item';
import { readListing } from '../../core/suggest/listing';
import { REFUSED, REFUSED_FORM } from '../../core/suggest/refusals';
import { findingMessage } from '../../wording/rules';
import { inEnglish } from '../../wording/translate';
import { ArticleChecks, placed } from '../article-checks';
import { NO_GIT } from '../article-reader';
import { oneOf, UsageError, type Command, type Values } from '../command';
import { DiskCorpus, type LayerOfArticle } from '../corpus';
import { decodeBytes, readIfThere } from '../disk';
import { FINDING_FORMATS, findingFormat, summaryOf, type PlacedFinding } from '../findings';
import { LAYER_OR_ALL, layerAskedFor, layersOf } from '../layers';
import { RULE, ruleSettings } from '../rule-settings';
import { PipeTarget } from '../target';
import { Progress, say } from '../terminal';
import { TwoThreads } from '../threads';
import { unlikelyLabels } from '../unlikely-labels';

/** Checks a corpus by all rules. */
export const validate: Command = {
  name: 'validate',
  summary: 'Checks a corpus: its sidecars, its label set, and all rules of consistency',
  usage: 'CORPUS [FILE…]',
  description:
    'Checks articles, sidecars (those of annotators’ layers, too) and corpus.yaml, and looks for what makes annotations inconsistent, by the rules and severities of corpus.yaml, as the editor does: each layer for itself, against what the same annotator did elsewhere. With files, only those articles (or the articles of those sidecars) are checked, against the whole corpus.',
  examples: [
    ['corpus/', 'Prints what is found, a line each.'],
    ['--format github corpus/', 'Marks the lines in a pull request, from a GitHub Action.'],
    ['--format sarif corpus/ > corpus.sarif', 'For code scanning.'],
    ['--severity error corpus/', 'Fails for errors only; all is told.'],
    ['--layer ada corpus/', 'Only what Ada has annotated.'],
    ['--rule unlikely-label corpus/', 'Errors in what was tagged, by a model of the other articles.'],
    ['. news/a.txt news/b.ann.yaml', 'Two articles, as a pre-commit hook asks for.'],
  ],
  options: [
    { name: 'format', value: FINDING_FORMATS.join('|'), description: 'How findings are printed' },
    {
      name: 'severity',
      value: 'info|warning|error',
      description: 'From when on a finding is a failure; warning where nothing is said',
    },
    RULE,
    LAYER_OR_ALL,
    NO_GIT,
  ],
  exitCodes: '0 nothing found, 1 findings of severity warning or error (see --severity)',

  async run([root, ...files], values) {
    if (root === undefined) throw new UsageError('validate needs the folder of a corpus.');
    const format = findingFormat(oneOf(values, 'format', FINDING_FORMATS) ?? 'text');
    const threshold = oneOf(values, 'severity', ['info', 'warning', 'error']) ?? 'warning';
    const corpus = DiskCorpus.open(root);
    const wanted = files.length > 0 ? wantedOf(corpus, files) : undefined;
    // Before anything is printed.
    layersOf(corpus, values, LAYER_OR_ALL);
    const output = new PipeTarget();
    const counts = { articles: 0, error: 0, warning: 0, info: 0 };
    output.write({ content: format.begin });
    for await (const finding of findingsOf(corpus, values, wanted, () => counts.articles++)) {
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

/** @param wanted articles and sidecars; all where it is `undefined` @param tick is called for each article */
async function* findingsOf(
  corpus: DiskCorpus,
  options: Values,
  wanted: ReadonlySet<string> | undefined,
  tick: () => void,
): AsyncGenerator<PlacedFinding> {
  const settings = ruleSettings(corpus, options);
  const isWanted = (path: string) => wanted?.has(path) ?? true;
  const isWantedLayer = ({ article, layer }: LayerOfArticle) =>
    isWanted(article) || isWanted(sidecarName(article, layer));
  yield* placed(corpus, CORPUS_YAML, corpus.yaml ?? '', corpus.yamlProblems);
  const gazetteer = listOf(corpus, GAZETTEER, GAZETTEER_FORM);
  const refused = listOf(corpus, REFUSED, REFUSED_FORM);
  for (const { name, source, problems } of [gazetteer, refused])
    yield* placed(corpus, name, source, problems);
  const checks = new ArticleChecks(corpus, options);
  const threads = new TwoThreads(checks, 'checks', { root: corpus.root, options });
  try {
    const reading = new Progress('articles read');
    for await (const count of threads.each(layersOf(corpus, options, LAYER_OR_ALL), 'read'))
      reading.tick(count);
    const lists = { gazetteer: gazetteer.items, refused: refused.items };
    await threads.inAll('learn', await threads.inAll('counted'), lists);
    const checking = new Progress('articles checked');
    const checked = new Set<string>();
    function* layers() {
      for (const one of layersOf(corpus, options, LAYER_OR_ALL)) {
        if (!isWantedLayer(one)) continue;
        if (!checked.has(one.article)) {
          checked.add(one.article);
          checking.tick();
          tick();
        }
        yield one;
      }
    }
    for await (const found of threads.each(layers(), 'check')) yield* found;
    if (severityOf('unlikely-label', settings) !== 'off')
      yield* await unlikelyLabels(corpus, options, checks, isWantedLayer);
  } finally {
    threads.end();
  }
  const severity = severityOf('orphan-sidecar', settings);
  if (severity === 'off') return;
  const message = findingMessage(inEnglish, { rule: 'orphan-sidecar' });
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const asked = layerAskedFor(options, LAYER_OR_ALL);
  for (const path of corpus.orphans())
    if (isWanted(path) && (asked === undefined || layerOf(path) === asked))
      yield { file: corpus.shown(path), rule: 'orphan-sidecar', severity, message, ...place };
}

function listOf(corpus: DiskCorpus, name: string, form: ItemForm) {
  const bytes = readIfThere(corpus.file(name));
  const source = bytes && decodeBytes(bytes)?.text;
  if (source !== undefined) return { name, source, ...readListing(source, form) };
  const unread: Problem = { code: 'file-not-utf8', severity: 'error', start16: 0, end16: 0, values: {} };
  return { name, source: '', items: [], problems: bytes ? [unread] : [] };
}
