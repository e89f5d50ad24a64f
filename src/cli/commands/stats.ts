import { parseHeader } from '../../core/header';
import { compareText } from '../../core/entity';
import { oneOf, type Command, type Values } from '../command';
import { ArticleReader, NO_GIT } from '../article-reader';
import { DiskCorpus, obstacleOf } from '../corpus';
import { exactly } from '../formats';
import { print, Progress } from '../terminal';

interface Count {
  entities: number;
  reviewed: number;
  /** Those whose place is not certain. */
  toPlace: number;
}

interface Month {
  articles: number;
  done: number;
  entities: number;
}

interface Stats extends Count {
  articles: number;
  /** In code points. */
  characters: number;
  annotated: number;
  done: number;
  /** Those whose text or sidecar cannot be used. */
  invalid: number;
  labels: Record<string, Count>;
  /** By `YYYY-MM` of the date in the header; articles without one are in none. */
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
  ],
  options: [
    { name: 'format', value: 'text|json', description: 'How it is printed; text where nothing is said' },
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
  const all = { articles: 0, characters: 0, annotated: 0, done: 0, invalid: 0 };
  const sum: Count = { entities: 0, reviewed: 0, toPlace: 0 };
  const labels = new Map<string, Count>();
  const months = new Map<string, Month>();
  const progress = new Progress('articles');
  const reader = new ArticleReader(corpus, options);
  for (const path of corpus.articles()) {
    progress.tick();
    const reading = await reader.read(path);
    const { index, sidecar, entities } = reading;
    const isValid = !obstacleOf(reading);
    const isDone = isValid && sidecar?.status === 'done';
    all.articles++;
    all.characters += index.length;
    if (!isValid) all.invalid++;
    if (isDone) all.done++;
    if (entities.length > 0) all.annotated++;
    for (const { label, reviewed, broken } of entities) {
      for (const each of [sum, at(labels, label, () => ({ entities: 0, reviewed: 0, toPlace: 0 }))]) {
        each.entities++;
        if (reviewed) each.reviewed++;
        if (broken) each.toPlace++;
      }
    }
    const date = parseHeader(index.raw).date?.slice(0, 7);
    if (date === undefined) continue;
    const month = at(months, date, () => ({ articles: 0, done: 0, entities: 0 }));
    month.articles++;
    if (isDone) month.done++;
    month.entities += entities.length;
  }
  return { ...all, ...sum, labels: inOrder(labels, corpus), months: inOrder(months) };
}

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (!value) map.set(key, (value = make()));
  return value;
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

function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  );
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return cells
    .map(
      (row) =>
        row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ') +
        '\n',
    )
    .join('');
}
