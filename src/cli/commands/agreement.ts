import { MEASURES, agreementOf, type AgreementOptions, type Measure } from '../../core/agreement';
import { GAMMA } from '../../core/agreement/gamma';
import { ITEM_UNITS } from '../../core/agreement/study';
import { Tally } from '../../core/agreement/tally';
import { agreementCsv, agreementJson, agreementText, type Compared } from '../agreement-report';
import { ArticleAgreement, type SpanCounts } from '../article-agreement';
import { NO_GIT } from '../article-reader';
import { hint, oneOf, textOf, UsageError, type Command, type Values } from '../command';
import { comparisonOf, LAYERS, type Comparison } from '../compared-layers';
import { DiskCorpus } from '../corpus';
import { exactly } from '../formats';
import { print, Progress, say } from '../terminal';
import { TwoThreads } from '../threads';

/** Of how many articles γ is told without being asked for: of more it takes minutes. */
const MOST_FOR_GAMMA = 1000;
/** Of so few, γ is sampled until it is precise; of more, what is sampled of each evens out. */
const FEW = 10;
const PRECISE = 0.01;
const ROUGH = 1;

const FORMATS = { text: agreementText, json: agreementJson, csv: agreementCsv };

/** Tells how well annotators agree. */
export const agreement: Command = {
  name: 'agreement',
  summary: 'Tells how well annotators agree, by F1, κ, π, α and γ',
  usage: 'CORPUS',
  description:
    'Compares the layers of annotators (NAME.ada.ann.yaml), in the articles that two of them have: precision, recall and F1 of entities, Cohen’s κ, Scott’s π, Fleiss’ κ, Krippendorff’s α, his α for unitizing, γ; F1 and κ of relations and attributes; and what they confuse. Each figure is that of all articles together, with the mean of single articles, and intervals over articles in which it would lie 19 times of 20. What is not defined is said so. docs/agreement.md tells which is for what.',
  examples: [
    ['corpus/', 'Tables for people.'],
    ['--format json corpus/ | jq .measures.f1.exact.micro.value', 'The same for programs.'],
    ['--layers ada,bob --min-f1 0.8 corpus/', 'Fails where the F1 of exact matches is less, for CI.'],
    ['--layers shared,ada corpus/', 'Ada against what was adjudicated: her precision and recall.'],
    ['--unit line --measure krippendorff_alpha corpus/', 'Of a coding study with an item a line.'],
  ],
  options: [
    {
      name: 'format',
      value: Object.keys(FORMATS).join('|'),
      description: 'How it is printed; text where nothing is said',
    },
    LAYERS,
    {
      name: 'unit',
      value: ITEM_UNITS.join('|'),
      description:
        'What has a category for κ, π and α: each word or sign (token, where nothing is said), each code point, or each line',
    },
    {
      name: 'measure',
      value: 'NAME,NAME…',
      description: `Which are told: ${MEASURES.join(', ')}; all where nothing is said, but for gamma of more than ${MOST_FOR_GAMMA.toLocaleString('en')} articles`,
    },
    {
      name: 'gamma-weights',
      value: 'POSITION,LABEL',
      description: 'How much positions and labels count for γ, its α and β; 1,1 where nothing is said',
    },
    {
      name: 'min-f1',
      value: 'NUMBER',
      description: 'Exit code 1 where the F1 of exact matches over all articles is less, or not defined',
    },
    NO_GIT,
  ],
  exitCodes: '0 told, 1 the F1 is less than --min-f1',

  async run(words, values) {
    const [root] = exactly(words, 1, 'the folder of a corpus, CORPUS') as [string];
    const format = oneOf(values, 'format', ['text', 'json', 'csv']) ?? 'text';
    const least = leastF1(values);
    const corpus = DiskCorpus.open(root);
    const options = optionsOf(values, least);
    const comparison = comparisonOf(corpus, values);
    const compared = await compare(corpus, values, comparison, decided(options, comparison, values));
    corpus.tellLinks();
    print(FORMATS[format](compared));
    return least === undefined ? 0 : passes(compared, least);
  },
};

/** @throws UsageError */
function leastF1(values: Values): number | undefined {
  const said = textOf(values, 'min-f1');
  if (said === undefined) return undefined;
  const least = Number(said);
  if (said.trim() === '' || !(least >= 0 && least <= 1))
    throw new UsageError(`--min-f1 takes a number from 0 to 1, not ${said}.`);
  return least;
}

function optionsOf(values: Values, least: number | undefined): AgreementOptions {
  const wanted = measuresOf(textOf(values, 'measure'));
  const [position, label] = weightsOf(textOf(values, 'gamma-weights'));
  return {
    unit: oneOf(values, 'unit', ITEM_UNITS) ?? 'token',
    measures: MEASURES.filter((name) => wanted.includes(name) || (name === 'f1' && least !== undefined)),
    gamma: { ...GAMMA, weights: { position, label } },
  };
}

/** @throws UsageError */
function measuresOf(said: string | undefined): readonly Measure[] {
  if (said === undefined) return MEASURES;
  return said.split(',').map((name) => {
    const found = MEASURES.find((one) => one === name.trim());
    if (!found)
      throw new UsageError(`--measure takes ${MEASURES.join(', ')}, not ${name}.${hint(name, MEASURES)}`);
    return found;
  });
}

/** @throws UsageError */
function weightsOf(said: string | undefined): readonly [number, number] {
  if (said === undefined) return [1, 1];
  const weights = said.split(',').map(Number);
  const [position, label] = weights;
  if (weights.length !== 2 || !(position! > 0 && position! < Infinity) || !(label! >= 0 && label! < Infinity))
    throw new UsageError(`--gamma-weights takes two numbers, the first above 0, as 3,1; not ${said}.`);
  return [position!, label!];
}

/** Whether γ is told, and how precisely it is sampled. */
function decided(options: AgreementOptions, { articles }: Comparison, values: Values): AgreementOptions {
  const isTooMuch = articles.length > MOST_FOR_GAMMA && values.measure === undefined;
  if (isTooMuch)
    say(`γ of ${articles.length.toLocaleString('en')} articles takes a while: --measure gamma tells it.`);
  return {
    ...options,
    measures: options.measures.filter((name) => name !== 'gamma' || !isTooMuch),
    gamma: { ...options.gamma, precision: articles.length <= FEW ? PRECISE : ROUGH },
  };
}

async function compare(
  corpus: DiskCorpus,
  values: Values,
  { layers, articles, alone }: Comparison,
  options: AgreementOptions,
): Promise<Compared> {
  const threads = new TwoThreads(new ArticleAgreement(corpus, values, layers, options), 'agreement', {
    ...{ root: corpus.root, options: values },
    ...{ layers, agreement: options },
  });
  const progress = new Progress('articles');
  const tally = new Tally();
  const spans = layers.map(() => ({ read: 0, used: 0, toPlace: 0 }));
  const numbers = { main: [] as number[], other: [] as number[] };
  try {
    for await (const part of threads.each(articles, 'count')) {
      const here = part.isMain ? numbers.main : numbers.other;
      for (const name of part.names) here.push(tally.names.number(name));
      for (const { numbers, values } of part.articles)
        tally.add({ numbers: numbers.map((number) => here[number]!), values });
      part.spans.forEach((one, layer) => addSpans(spans[layer]!, one));
      part.told.forEach(say);
      progress.tick(part.count);
    }
  } finally {
    threads.end();
  }
  return {
    ...{ layers, spans, unit: options.unit, weights: options.gamma.weights },
    articles: tally.counted.length,
    leftOut: alone + articles.length - tally.counted.length,
    agreement: agreementOf(tally, layers.length, options),
  };
}

function addSpans(
  sum: { -readonly [K in keyof SpanCounts]: number },
  { read, used, toPlace }: SpanCounts,
): void {
  sum.read += read;
  sum.used += used;
  sum.toPlace += toPlace;
}

/** Whether annotators agree well enough, as an exit code; where they do not, it is said. */
function passes({ agreement: { rows } }: Compared, least: number): number {
  const exact = rows.find(({ measure, part, pair, label }) => {
    return measure === 'f1' && part === 'exact' && pair === undefined && label === undefined;
  });
  const value = exact?.estimate.value;
  if (value !== undefined && value >= least) return 0;
  const found = value === undefined ? 'not defined: nobody has tagged anything' : value.toFixed(4);
  say(`The F1 of exact matches is ${found}; --min-f1 asks for ${least}.`);
  return 1;
}
