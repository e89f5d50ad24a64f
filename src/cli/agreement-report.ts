import type { Agreement, Row } from '../core/agreement';
import type { Weights } from '../core/agreement/near-units';
import type { Estimate } from '../core/agreement/bootstrap';
import { MATCHES, type Confusion } from '../core/agreement/entity-wise';
import type { ItemUnit, Pair } from '../core/agreement/study';
import { csvRow } from '../core/csv';
import type { SpanCounts } from './article-agreement';
import { shownLayer } from './compared-layers';
import { table } from './table';

/** What was compared, and how well it agrees. */
export interface Compared {
  readonly layers: readonly string[];
  readonly unit: ItemUnit;
  readonly weights: Weights;
  readonly articles: number;
  /** How many articles have one layer only that could be used. */
  readonly leftOut: number;
  /** By layer. */
  readonly spans: readonly SpanCounts[];
  readonly agreement: Agreement;
}

/** For programs: one object, a field each, as the documentation says. */
export function agreementJson(compared: Compared): string {
  const { layers, articles, leftOut, spans, agreement } = compared;
  const names = layers.map(shownLayer);
  const byName = (of: (counts: SpanCounts) => number) =>
    named(spans.map((counts, layer) => [names[layer]!, of(counts)]));
  const [whole, ...pairs] = agreement.confusion;
  const told = {
    annotators: names,
    articles,
    articles_left_out: leftOut,
    spans: {
      read: byName(({ read }) => read),
      used: byName(({ used }) => used),
      to_place: byName(({ toPlace }) => toPlace),
    },
    measures: measuresOf(compared),
    confusion: whole!.matrix,
    ...(pairs.length > 0 && {
      confusion_pairs: pairs.map(({ pair, matrix }) => ({ annotators: namesOf(layers, pair!), matrix })),
    }),
  };
  return `${JSON.stringify(told, undefined, 2)}\n`;
}

type Told = Readonly<Record<string, unknown>>;

/** An object of these fields, whatever their names are. */
function named(fields: readonly (readonly [name: string, value: unknown])[]): Told {
  return Object.fromEntries(fields);
}

function measuresOf({ layers, agreement, weights }: Compared): Told {
  const { rows, fleiss, disorder } = agreement;
  const ofFleiss = fleiss && {
    annotators_per_item: fleiss.annotators,
    items: fleiss.items,
    items_left_out: fleiss.allItems - fleiss.items,
  };
  const ofGamma = disorder && {
    disorder: disorder.value ?? null,
    expected_disorder: disorder.expected ?? null,
    ...{ alpha: weights.position, beta: weights.label, delta_empty: 1 },
    is_exact: disorder.notBest === 0,
  };
  return named(
    [...new Set(rows.map(({ measure }) => measure))].map((name) => {
      const own = rows.filter(({ measure }) => measure === name);
      const parts = [...new Set(own.map(({ part }) => part ?? ''))];
      if (name === 'f1')
        return [
          name,
          named(
            parts.map((part) => [
              part,
              f1Of(
                own.filter((row) => row.part === part),
                layers,
              ),
            ]),
          ),
        ];
      if (parts[0] !== '') return [name, named(own.map((row) => [row.part!, figureOf(row)]))];
      const more = name === 'fleiss_kappa' ? ofFleiss : name === 'gamma' ? ofGamma : undefined;
      return [name, { ...figureOf(own[0]!), ...more, ...byLabel(own), ...ofPairs(own, layers) }];
    }),
  );
}

function f1Of(rows: readonly Row[], layers: readonly string[]): Told {
  return { micro: figureOf(rows[0]!), by_label: {}, ...byLabel(rows), ...ofPairs(rows, layers) };
}

function byLabel(rows: readonly Row[]): Told {
  const labelled = rows.filter(({ label }) => label !== undefined);
  if (labelled.length === 0) return {};
  return { by_label: named(labelled.map((row) => [row.label!, figureOf(row)])) };
}

function ofPairs(rows: readonly Row[], layers: readonly string[]): Told {
  const paired = rows.filter(({ pair }) => pair !== undefined);
  if (paired.length === 0) return {};
  return { pairs: paired.map((row) => ({ annotators: namesOf(layers, row.pair!), ...figureOf(row) })) };
}

function namesOf(layers: readonly string[], pair: Pair): string[] {
  return pair.map((number) => shownLayer(layers[number]!));
}

/** `null` is what is not defined. */
function figureOf({ estimate, unit, measure, precision, recall }: Row): Told {
  const { value, interval, mean } = estimate;
  return {
    value: value ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    unit,
    ...(measure === 'f1' && { precision: precision ?? null, recall: recall ?? null, f1: value ?? null }),
    mean: {
      value: mean.value ?? null,
      low: mean.interval?.low ?? null,
      high: mean.interval?.high ?? null,
      articles: mean.articles,
    },
  };
}

const COLUMNS = [
  ...['measure', 'part', 'annotators', 'label', 'unit', 'value', 'low', 'high'],
  ...['mean', 'mean_low', 'mean_high', 'mean_articles', 'precision', 'recall'],
];

/** For spreadsheets: a line a figure; empty is what is not defined. */
export function agreementCsv({ layers, agreement }: Compared): string {
  const lines = agreement.rows.map(({ measure, part, pair, label, unit, estimate, precision, recall }) => {
    const { value, interval, mean } = estimate;
    const annotators = pair && namesOf(layers, pair).join(' ');
    return [
      ...[measure, part, annotators, label, unit, value, interval?.low, interval?.high],
      ...[mean.value, mean.interval?.low, mean.interval?.high, mean.articles, precision, recall],
    ];
  });
  return [COLUMNS, ...lines].map((line) => `${csvRow(line)}\n`).join('');
}

/** How often labels are confused that are told, the most often first. */
const MOST_CONFUSED = 20;

/** For people: tables. */
export function agreementText(compared: Compared): string {
  const { layers, articles, leftOut, spans, agreement } = compared;
  const names = layers.map(shownLayer);
  const alone = leftOut > 0 ? `; ${leftOut.toLocaleString('en')} that only one of them has are left out` : '';
  const parts = [
    `${names.join(', ')}: ${articles.toLocaleString('en')} ${articles === 1 ? 'article' : 'articles'} that two or more of them have${alone}.\n`,
    table([
      ['spans', 'read', 'used', 'to place'],
      ...spans.map(({ read, used, toPlace }, layer) => [names[layer]!, read, used, toPlace]),
    ]),
    ...figureTables(compared),
    ...confusedTable(agreement.confusion[0]!.matrix, layers),
    READING,
  ];
  return parts.join('\n');
}

const READING = `A value is that of all articles as one text. In other articles like these it would lie between its
bounds 19 times of 20: where they are far apart, there are too few articles. The mean is that of the
articles in which a figure is defined; where it differs much, long articles are not like short ones.
What is undefined has nothing to agree on, or no way to disagree; it is neither 0 nor 1.
`;

function figureTables({ layers, agreement, weights }: Compared): string[] {
  const { rows, fleiss, disorder } = agreement;
  const whole = rows.filter(({ pair, label }) => pair === undefined && label === undefined);
  const f1 = whole.filter(({ measure }) => measure === 'f1');
  const others = whole.filter(({ measure }) => measure !== 'f1');
  const tables: string[] = [];
  if (f1.length > 0) {
    const head = ['F1', 'value', 'bounds', 'mean', 'bounds', 'precision', 'recall'];
    tables.push(
      table([
        head,
        ...f1.map(({ part, estimate, precision, recall }) => [
          wordsOf(part!),
          ...estimated(estimate),
          ...[shown(precision), shown(recall)],
        ]),
      ]),
    );
    const labels = [
      ...new Set(
        rows.flatMap(({ measure, label }) => (measure === 'f1' && label !== undefined ? label : [])),
      ),
    ];
    if (labels.length > 0)
      tables.push(f1Table('F1 by label', rows, labels, (row, label) => row.label === label));
    const pairs = rows.flatMap(({ pair, part }) => (pair && part === 'exact' ? [pair] : []));
    const named = new Map(pairs.map((pair) => [namesOf(layers, pair).join(', '), pair]));
    if (pairs.length > 1)
      tables.push(
        f1Table(
          'F1 by pair',
          rows,
          [...named.keys()],
          ({ pair }, name) => pair?.join() === named.get(name)!.join(),
        ),
      );
  }
  if (others.length === 0) return tables;
  const what = (row: Row) => `${row.measure}${row.part === undefined ? '' : `, ${wordsOf(row.part)}`}`;
  tables.push(
    table([
      ['measure', 'of each', 'value', 'bounds', 'mean', 'bounds'],
      ...others.map((row) => [what(row), row.unit, ...estimated(row.estimate)]),
    ]),
  );
  const notes: string[] = [];
  if (fleiss && fleiss.items < fleiss.allItems)
    notes.push(
      `fleiss_kappa is that of the ${fleiss.items.toLocaleString('en')} items that ${fleiss.annotators} annotators have; ${(fleiss.allItems - fleiss.items).toLocaleString('en')} others are left out.\n`,
    );
  if (disorder?.value !== undefined) {
    const also = disorder.notBest > 0 ? ` In ${disorder.notBest} articles, better alignments may be.` : '';
    notes.push(
      `gamma is that of the disorder ${shown(disorder.value)}, where ${shown(disorder.expected)} is expected (α ${weights.position}, β ${weights.label}).${also}\n`,
    );
  }
  return [...tables, ...notes];
}

function f1Table(
  title: string,
  rows: readonly Row[],
  names: readonly string[],
  isOf: (row: Row, name: string) => boolean,
): string {
  const values = (name: string) =>
    MATCHES.map((match) =>
      shown(
        rows.find((row) => row.measure === 'f1' && row.part === match && isOf(row, name))?.estimate.value,
      ),
    );
  return table([[title, ...MATCHES.map(wordsOf)], ...names.map((name) => [name, ...values(name)])]);
}

function confusedTable(matrix: Confusion, layers: readonly string[]): string[] {
  const confused = Object.entries(matrix)
    .flatMap(([row, columns]) => Object.entries(columns).map(([column, count]) => ({ row, column, count })))
    .filter(({ row, column }) => row !== column)
    .sort((a, b) => b.count - a.count);
  if (confused.length === 0) return [];
  const head = layers.length === 2 ? layers.map(shownLayer) : ['one', 'another'];
  return [
    table([
      [head[0]!, head[1]!, 'spans'],
      ...confused.slice(0, MOST_CONFUSED).map(({ row, column, count }) => [row, column, count]),
    ]),
  ];
}

function estimated({ value, interval, mean }: Estimate): string[] {
  return [shown(value), bounds(interval), shown(mean.value), bounds(mean.interval)];
}

function bounds(interval: Estimate['interval']): string {
  return interval ? `${shown(interval.low)} – ${shown(interval.high)}` : '';
}

function shown(value: number | undefined): string {
  return value === undefined ? 'undefined' : value.toFixed(3);
}

function wordsOf(part: string): string {
  return part.replace('_', ' ');
}
