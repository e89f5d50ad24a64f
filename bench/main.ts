import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../test/hosts/corpus.ts';
import { fromRoot } from '../test/hosts/paths.ts';
import { agreeing, agreementAims } from './agreement.ts';
import { convertAims, converting } from './convert.ts';
import { formatAims, readingAndWriting } from './formats.ts';
import { spreadWords, writeLargeArticle, writeSmallArticles, writeTaggedArticles } from './generate.ts';
import { HostWindows } from './host-window.ts';
import type { Measured } from './in-host.ts';
import { measureKeystrokes } from './keystrokes.ts';
import { learnAims, learning } from './learn/index.ts';
import { matching } from './matcher.ts';
import { pressAims, pressing } from './presses/index.ts';
import { median, missedRatios, result, table, writeResults, type Aims, type Result } from './results.ts';

const ARTICLES = [10, 10_000];
const ENTITIES = [10, 1000, 10_000];
/** Articles of 50 entities for the index, and of 5. */
const TAGGED = 10_000;
const HUGE = 100_000;
/** Fresh windows for each size of a corpus, and words tagged in each size of an article. */
const WINDOWS = 5;
const TAPS = 21;
const TYPED = 21;

/** After how long, in ms, a window that was opened needs the processors no more. */
const WINDOW_AT_REST = 8000;
const STARTING = 'warm, while the window starts';

const count = (n: number) => n.toLocaleString('en');
const activation = (articles: number) => `activation, ${count(articles)} articles`;
const toDisk = (entities: number) => `tag to disk in the host, ${count(entities)} entities`;

const indexOf = (articles: number, entities: number) =>
  `${count(articles)} articles, ${count(articles * entities)} entities`;
const FULL = indexOf(TAGGED, 50);
const WIDE = indexOf(HUGE, 5);
const MEMORY = 'memory of the whole host';
const LONGEST = 'the longest that the host was busy';
/** By the time that the thread itself was running: others, as the window that is drawn, may need the processors. */
const LONGEST_OWN = 'the longest, without what other programs took';
const ROWS = 'the first rows of the tree';
/** By the time of the processors, so that a busy machine does not matter. */
const TAG_ALL_RATIO = 'tag all mentions : copying the same sidecars, by time of the processors';
const DRAWN_RATIO = 'key press to decorations, 10,000 entities : 10 entities';
const RULES = `all rules, ${count(TAGGED)} articles`;
const CONCORDANCE = 'concordance';
/** By the names of `in-host.ts`. */
const QUERIES = {
  word: 'concordance of a word, texts read',
  sorted: 'concordance of a word again, by what stands before it',
  regex: 'concordance of a regular expression',
  label: 'concordance of a label',
};

const aims: Aims = {
  ...agreementAims,
  ...convertAims,
  ...formatAims,
  ...learnAims,
  ...pressAims,
  [`index, cold, ${FULL}`]: 4000,
  [`index, warm, ${FULL}`]: 1000,
  ...Object.fromEntries(
    ['cold', 'warm'].flatMap((how) => [
      [`index, ${how}, ${FULL}: ${ROWS}`, 1000],
      [`index, ${how}, ${FULL}: ${LONGEST_OWN}`, 50],
      [`index, ${how}, ${WIDE}: ${LONGEST_OWN}`, 50],
      [`index, ${how}, ${WIDE}: ${MEMORY}`, 500],
    ]),
  ),
  [`tag all mentions: ${LONGEST_OWN}`]: 50,
  [TAG_ALL_RATIO]: 7,
  [`${RULES}: ${LONGEST_OWN}`]: 50,
  [`${CONCORDANCE}: ${LONGEST_OWN}`]: 50,
  [RULES]: 2000,
  [`${RULES} again, nothing changed`]: 2000,
  ...Object.fromEntries(Object.values(QUERIES).map((query) => [query, 2000])),
  'matcher, 10,000 forms in 100 MB of text': 50,
  ...Object.fromEntries(ARTICLES.map((articles) => [activation(articles), 50])),
  [toDisk(1000)]: 50,
  [toDisk(10_000)]: 150,
};

/** What is measured, by name. */
const PARTS: Record<string, (own: string, vsix: string) => Promise<Result[]> | Result[]> = {
  activation: (own, vsix) => inHost(own, vsix, activations),
  index: (own, vsix) => inHost(own, vsix, indexing),
  huge: (own, vsix) => inHost(own, vsix, indexingHuge),
  corpus: (own, vsix) => inHost(own, vsix, wholeCorpus),
  tagall: (own, vsix) => inHost(own, vsix, taggingAll),
  // Before the matcher: the most memory that a process ever had is told of those that it starts, too.
  convert: converting,
  agreement: agreeing,
  formats: readingAndWriting,
  matcher: matching,
  learn: learning,
  presses: pressing,
  tagging: (own, vsix) => inHost(own, vsix, tagging),
  keys: byKey,
  sizes: (_own, vsix) => sizes(vsix),
};

/**
 * Measures the parts that are named with a packaged extension; without a name, all, which go into `results.json`.
 * @returns the exit code: 1 where a ratio is not met, which no slower machine makes greater
 */
export async function main(vsix: string, names: readonly string[]): Promise<number> {
  const own = temporaryFolder();
  process.once('exit', () => fs.rmSync(own, { recursive: true, force: true, maxRetries: 3 }));
  const results: Result[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (names.length === 0 || names.includes(name)) results.push(...(await part(own, vsix)));
  }
  if (names.length === 0) writeResults(fromRoot('bench/results.json'), results);
  console.log(`\n${table(results, aims)}`);
  const missed = missedRatios(results, aims);
  if (missed.length > 0) console.log(`\nRatios that are missed: ${missed.join('; ')}`);
  return missed.length > 0 ? 1 : 0;
}

async function inHost(
  own: string,
  vsix: string,
  part: (own: string, windows: HostWindows) => Promise<Result[]>,
): Promise<Result[]> {
  const windows = await HostWindows.start(fs.mkdtempSync(path.join(own, 'host-')), vsix);
  try {
    return await part(own, windows);
  } finally {
    await windows.stop();
  }
}

async function activations(own: string, windows: HostWindows): Promise<Result[]> {
  const measured = new Map<number, Measured[]>(ARTICLES.map((articles) => [articles, []]));
  const folder = (articles: number) => path.join(own, `corpus-${articles}`);
  for (const articles of ARTICLES) await writeSmallArticles(folder(articles), articles);
  for (let n = 0; n < WINDOWS; n++) {
    for (const articles of ARTICLES) {
      say(`activation, window ${n + 1} of ${WINDOWS}, ${count(articles)} articles`);
      measured.get(articles)!.push(await windows.run(folder(articles), { kind: 'activate' }));
    }
  }
  const values = (articles: number, name: string) => measured.get(articles)!.flatMap((each) => each[name]!);
  const total = (articles: number) =>
    values(articles, 'load').map((load, i) => load + values(articles, 'call')[i]!);
  const ratio = median(total(10_000)) / Math.max(1, median(total(10)));
  return [
    ...ARTICLES.map((articles) => result(activation(articles), 'ms', total(articles))),
    { ...result('activation, 10,000 articles : 10 articles', '×', [ratio]), runs: WINDOWS },
    ...ARTICLES.flatMap((articles) => [
      result(`activation: load the bundle, ${count(articles)} articles`, 'ms', values(articles, 'load')),
      result(`activation: call activate(), ${count(articles)} articles`, 'ms', values(articles, 'call')),
      result(`load and start the program, ${count(articles)} articles`, 'ms', values(articles, 'wake')),
    ]),
    ...ARTICLES.map((articles) =>
      result(`article list known, ${count(articles)} articles`, 'ms', values(articles, 'list')),
    ),
  ];
}

/** A corpus that was never open before, and the same again in further windows. */
async function indexing(own: string, windows: HostWindows): Promise<Result[]> {
  const folder = path.join(own, 'tagged');
  await writeTaggedArticles(folder, TAGGED, 50);
  return indexed(windows, folder, FULL, 3);
}

/** As {@link indexing}, of ten times as many articles. */
async function indexingHuge(own: string, windows: HostWindows): Promise<Result[]> {
  const folder = path.join(own, 'huge');
  await writeTaggedArticles(folder, HUGE, 5);
  return indexed(windows, folder, WIDE, 1);
}

async function indexed(windows: HostWindows, folder: string, name: string, times: number): Promise<Result[]> {
  const run = (how: string, before: number, after: number) => {
    say(`index, ${name}, ${how}`);
    return windows.run(folder, { kind: 'index', before, after });
  };
  const cold = await run('cold', WINDOW_AT_REST, 20_000);
  const warm: Measured[] = [];
  for (let n = 0; n < times; n++) warm.push(await run('warm', WINDOW_AT_REST, 0));
  const starting = [await run(STARTING, 1000, 0)];
  const runs = [cold, ...warm, ...starting];
  return [
    ...indexTimes(`index, cold, ${name}`, [cold]),
    ...indexTimes(`index, warm, ${name}`, warm),
    ...indexTimes(`index, ${STARTING}, ${name}`, starting),
    result(
      `index, ${name}: all mentions of a text`,
      'ms',
      runs.flatMap(({ findText }) => findText!),
    ),
  ];
}

function indexTimes(name: string, runs: readonly Measured[]): Result[] {
  const all = (key: string) => runs.flatMap((measured) => measured[key]!);
  return [
    result(name, 'ms', all('index')),
    result(`${name}: time of the processors`, 'ms', all('cpu')),
    result(`${name}: the list of articles`, 'ms', all('list')),
    result(`${name}: ${ROWS}`, 'ms', all('firstRows')),
    result(`${name}: ${LONGEST}`, 'ms', all('longest')),
    result(`${name}: ${LONGEST_OWN}`, 'ms', all('longestOwn')),
    result(`${name}: memory`, 'MB', all('memory')),
    result(`${name}: ${MEMORY}`, 'MB', all('rss')),
  ];
}

/** What is asked of, and done to, all articles. */
async function wholeCorpus(own: string, windows: HostWindows): Promise<Result[]> {
  const folder = path.join(own, 'whole');
  await writeTaggedArticles(folder, TAGGED, 50);
  say('all rules, and all mentions of a text');
  const measured = await windows.run(folder, { kind: 'all' });
  const { checked, rechecked, processor, found, relabelled, changed } = measured;
  return [
    ...Object.entries(QUERIES).flatMap(([name, what]) => [
      result(what, 'ms', measured[`${name}Lines`]!),
      result(`${what}: lines`, '', measured[`${name}Count`]!),
    ]),
    result(`${CONCORDANCE}: ${LONGEST}`, 'ms', measured.linesLongest!),
    result(`${CONCORDANCE}: ${LONGEST_OWN}`, 'ms', measured.linesLongestOwn!),
    result(RULES, 'ms', checked!),
    result(`${RULES}: findings`, '', found!),
    result(`${RULES}: time of the processors`, 'ms', processor!),
    result(`${RULES} again, nothing changed`, 'ms', rechecked!),
    result(`${RULES}: ${LONGEST}`, 'ms', measured.longest!),
    result(`${RULES}: ${LONGEST_OWN}`, 'ms', measured.longestOwn!),
    result(`relabel all mentions of a text, ${count(changed![0]!)} of them`, 'ms', relabelled!),
  ];
}

async function taggingAll(own: string, windows: HostWindows): Promise<Result[]> {
  const folder = path.join(own, 'tag-all');
  await writeTaggedArticles(folder, TAGGED, 50);
  say('tag all mentions of a form');
  const measured = await windows.run(folder, { kind: 'tagAll' });
  const name = `tag all mentions of a form, ${count(measured.count![0]!)} of them`;
  return [
    result(name, 'ms', measured.tagged!),
    result('tag all mentions: time of the processors', 'ms', measured.processor!),
    result(TAG_ALL_RATIO, '×', [measured.processor![0]! / measured.plain![0]!]),
    result(`tag all mentions: ${LONGEST}`, 'ms', measured.longest!),
    result(`tag all mentions: ${LONGEST_OWN}`, 'ms', measured.longestOwn!),
  ];
}

async function tagging(own: string, windows: HostWindows): Promise<Result[]> {
  const results: Result[] = [];
  const typing: Result[] = [];
  for (const entities of ENTITIES) {
    say(`tag to disk in the host, ${count(entities)} entities`);
    const folder = path.join(own, `host-${entities}`);
    const name = 'article.txt';
    const article = await writeLargeArticle(folder, name, entities);
    const words = spreadWords(article, TAPS);
    const task = { kind: 'tag', article: name, words, label: 'PER', typed: TYPED } as const;
    const { tagged, typed } = await windows.run(folder, task);
    results.push(result(toDisk(entities), 'ms', tagged!));
    typing.push(result(`typing a character, in the host, ${count(entities)} entities`, 'ms', typed!));
  }
  return [...results, ...typing];
}

async function byKey(own: string, vsix: string): Promise<Result[]> {
  const disk: Result[] = [];
  const drawn: Result[] = [];
  for (const entities of ENTITIES) {
    say(`keystrokes, ${count(entities)} entities`);
    const times = await measureKeystrokes({ own, vsix, entities, taps: TAPS });
    disk.push(result(`key press to sidecar on disk, ${count(entities)} entities`, 'ms', times.disk));
    drawn.push(result(`key press to decorations, ${count(entities)} entities`, 'ms', times.drawn));
  }
  // Both in one run, so that a slow or busy machine does not matter.
  const growth = result(DRAWN_RATIO, '×', [drawn.at(-1)!.median / drawn[0]!.median]);
  return [...disk, ...drawn, growth];
}

function sizes(vsix: string): Result[] {
  const size = (name: string, file: string) => result(name, 'KB', [fs.statSync(file).size / 1024]);
  return [
    size('dist/extension.js', fromRoot('out/package/corpus-annotator/dist/extension.js')),
    ...['program.js', 'formats.js', 'host.js', 'web/extension.js', 'web/host.js'].map((name) =>
      size(`dist/${name}`, fromRoot(`out/package/corpus-annotator/dist/${name}`)),
    ),
    size('package (VSIX)', vsix),
  ];
}

function say(text: string): void {
  console.log(`… ${text}`);
}
