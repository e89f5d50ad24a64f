import { compareText } from '../../core/model/entity';
import { addCounted, noneCounted, type Count, type Counted, type Month } from '../../core/statistics';
import { oneOf, type Command, type Values } from '../command';
import { ArticleCounts } from '../article-counts';
import { NO_GIT } from '../article-reader';
import { DiskCorpus } from '../corpus';
import { exactly } from '../formats';
import { LAYER, layersOf } from '../layers';
import { table } from '../table';
import { print, Progress } from '../terminal';
import { TwoThreads } from '../threads';

interface Stats extends Omit<Counted, 'labels' | 'months'> {
  labels: Record<string, Count>;
  months: Record<string, Month>;
}

/** Counts what is in a corpus. */
export const stats: Command = {
  name: 'stats',
  summary: 'Counts articles and entities, by label and by month',
  usage: 'CORPUS',
  description:
    'Counts the articles of a corpus, those that are done, and entities: by label, how many are reviewed, how many are to be placed (see repair); and by the month of the date in the header.',
  examples: [
    ['corpus/', 'A table for people.'],
    ['--format json corpus/ | jq .labels.PER.reviewed', 'The same for programs.'],
    ['--layer ada corpus/', 'What Ada has annotated: of the articles of which there is a layer of hers.'],
  ],
  options: [
    { name: 'format', value: 'text|json', description: 'How it is printed; text where nothing is said' },
    LAYER,
    NO_GIT,
  ],
  exitCodes: '0 counted',

  async run(words, values) {
    const [root] = exactly(words, 1, 'the folder of a corpus, CORPUS') as [string];
    const format = oneOf(values, 'format', ['text', 'json']) ?? 'text';
    const corpus = DiskCorpus.open(root);
    const counted = await countCorpus(corpus, values);
    corpus.tellLinks();
    return print(format === 'json' ? `${JSON.stringify(counted, undefined, 2)}\n` : tableOf(counted));
  },
};

async function countCorpus(corpus: DiskCorpus, options: Values): Promise<Stats> {
  const threads = new TwoThreads(new ArticleCounts(corpus, options), 'counts', {
    root: corpus.root,
    options,
  });
  const progress = new Progress('articles');
  const sum = noneCounted();
  try {
    for await (const counted of threads.each(layersOf(corpus, options, LAYER), 'count')) {
      addCounted(sum, counted);
      progress.tick(counted.articles);
    }
  } finally {
    threads.end();
  }
  const { labels, months, ...all } = sum;
  return { ...all, labels: inOrder(labels, corpus), months: inOrder(months) };
}

/** Labels in the order of the label set, months by time. */
function inOrder<T>(map: ReadonlyMap<string, T>, corpus?: DiskCorpus): Record<string, T> {
  const known = new Set(corpus?.labelSet.labels.map(({ name }) => name).filter((name) => map.has(name)));
  const others = [...map.keys()].filter((key) => !known.has(key)).sort(compareText);
  return Object.fromEntries([...known, ...others].map((key) => [key, map.get(key)!]));
}

function tableOf({ labels, months, ...all }: Stats): string {
  const rows: (readonly [string, number])[] = [
    ['articles', all.articles],
    ['  annotated', all.annotated],
    ['  done', all.done],
    ...(all.invalid > 0 ? [['  that cannot be used', all.invalid] as const] : []),
    ['characters', all.characters],
    ['entities', all.entities],
    ['  reviewed', all.reviewed],
    ['  to place', all.toPlace],
  ];
  const parts = [table(rows)];
  if (Object.keys(labels).length > 0)
    parts.push(
      table([
        ['label', 'entities', 'reviewed', 'to place'],
        ...Object.entries(labels).map(
          ([label, one]) => [label, one.entities, one.reviewed, one.toPlace] as const,
        ),
      ]),
    );
  if (Object.keys(months).length > 0)
    parts.push(
      table([
        ['month', 'articles', 'done', 'entities'],
        ...Object.entries(months).map(
          ([month, one]) => [month, one.articles, one.done, one.entities] as const,
        ),
      ]),
    );
  return parts.join('\n');
}
