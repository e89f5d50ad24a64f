import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../test/hosts/paths.ts';
import { makeArticle } from './generate.ts';
import { median, result, type Aims, type Result } from './results.ts';

const RUNS = 3;
/** Documents with so many entities each. */
const MANY = { documents: 10_000, entities: 50 };
/** 186,000 entities in 22 MB of text: of twice as many, every other one. */
const SPARSE = { documents: 12_000, entities: 15.5 };
const SIZES = [1000, 10_000, 100_000];

export const CLI = 'out/package/corpus-annotator/dist/cli.js';
const READ_FILES = 'bench/read-files.mjs';

const count = (n: number) => n.toLocaleString('en');
const shape = ({ documents, entities }: typeof MANY) =>
  `${count(documents)} documents, ${count(documents * entities)} entities`;
const many = `brat to CoNLL-2003, ${shape(MANY)}`;
const sparse = `brat to CoNLL-2003, ${shape(SPARSE)}`;
const imported = `import from brat, ${shape(MANY)}`;
/** What is asked of the corpus that was imported, without the name of what is written. */
const COMMANDS = {
  [`stats, ${shape(MANY)}`]: (corpus: string) => ['stats', corpus],
  [`validate, ${shape(MANY)}`]: (corpus: string) => ['validate', '--severity', 'error', corpus],
  [`export to CoNLL-2003, ${shape(MANY)}`]: (corpus: string, output: string) => [
    ...['export', '--to', 'conll2003', '--quiet'],
    ...[corpus, output],
  ],
};
const sized = (documents: number) => `brat to CoNLL-2003, ${count(documents)} documents`;
export const PROCESSOR = 'processor time';
export const PEAK = 'peak memory';
const SPEED = 'documents a second of processor time';
/** The system's part of it: files are opened, read, closed and listed. */
const SYSTEM = 'processor time of the system';

/** Peak memory in MB, times in ms. */
export const convertAims: Aims = {
  [`${sparse}: ${PROCESSOR}`]: 1000,
  [`${sparse}: ${SPEED}`]: 12_000,
  ...Object.fromEntries(
    [many, sparse, imported, ...Object.keys(COMMANDS), ...SIZES.map(sized)].map((name) => [
      `${name}: ${PEAK}`,
      200,
    ]),
  ),
};

/** The command line in processes of its own, without the start of Node; the time of its own start is within. */
export function converting(own: string): Result[] {
  const folder = path.join(own, 'convert');
  const output = path.join(folder, 'out');
  const fresh = () => fs.rmSync(output, { recursive: true, force: true });
  const toConll = ['convert', '--from', 'brat', '--to', 'conll2003', '--quiet'];
  const results: Result[] = [];
  const usage = path.join(folder, 'usage.json');
  const measure = (name: string, documents: number, args: readonly string[]): readonly Usage[] => {
    const runs = Array.from({ length: RUNS }, () => {
      fresh();
      return run(CLI, args, usage);
    });
    results.push(...rows(name, documents, runs));
    return runs;
  };

  console.log('… the command line converts');
  const dense = path.join(folder, 'dense');
  writeBrat(dense, MANY.documents, (n) => makeArticle(MANY.entities, n));
  measure(many, MANY.documents, [...toConll, dense, output]);
  measure(imported, MANY.documents, ['import', '--from', 'brat', '--quiet', dense, output]);
  const corpus = path.join(folder, 'corpus');
  fs.renameSync(output, corpus);
  const files = filesAlone(corpus, usage);
  for (const [name, argsOf] of Object.entries(COMMANDS)) {
    console.log(`… the command line: ${name}`);
    const runs = measure(name, MANY.documents, argsOf(corpus, output));
    const ratio = median(runs.map(({ processor }) => processor)) / median(files);
    results.push(result(`${name}: ${PROCESSOR}, as for its files alone`, '×', [ratio]));
  }
  for (const made of [dense, corpus]) fs.rmSync(made, { recursive: true });

  const wide = path.join(folder, 'wide');
  writeBrat(wide, SPARSE.documents, (n) => {
    const article = makeArticle(2 * SPARSE.entities, n);
    return { ...article, entities: article.entities.filter((_, i) => (i + n) % 2 === 0) };
  });
  measure(sparse, SPARSE.documents, [...toConll, wide, output]);
  results.push(result(`${sparse}: processor time for its files alone`, 'ms', filesAlone(wide, usage)));
  fs.rmSync(wide, { recursive: true });

  for (const documents of SIZES) {
    console.log(`… the command line converts ${count(documents)} documents`);
    const small = path.join(folder, 'small');
    writeBrat(small, documents, (n) => makeArticle(5, n));
    measure(sized(documents), documents, [...toConll, small, output]);
    fs.rmSync(small, { recursive: true });
  }
  fs.rmSync(folder, { recursive: true });
  return results;
}

export interface Usage {
  readonly ms: number;
  readonly processor: number;
  readonly system: number;
  /** In MB. */
  readonly peak: number;
}

/** What it takes to open, read and close the files of a folder, in processor time. */
function filesAlone(folder: string, usage: string): number[] {
  return Array.from({ length: RUNS }, () => run(READ_FILES, [folder], usage).processor);
}

/** Runs a program in a process of its own. @param file that gets what it used */
export function run(program: string, args: readonly string[], file: string): Usage {
  const node = ['--import', fromRoot('bench/usage.mjs'), fromRoot(program)];
  const { status, stderr } = spawnSync(process.execPath, [...node, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, BENCH_USAGE: file },
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Usage;
}

function rows(name: string, documents: number, runs: readonly Usage[]): Result[] {
  const processor = runs.map((usage) => usage.processor);
  const per = processor.map((ms) => (1000 * ms) / documents);
  return [
    result(
      name,
      'ms',
      runs.map(({ ms }) => ms),
    ),
    result(`${name}: ${PROCESSOR}`, 'ms', processor),
    result(
      `${name}: ${SYSTEM}`,
      'ms',
      runs.map(({ system }) => system),
    ),
    result(`${name}: ${PROCESSOR} for a document`, 'µs', per),
    result(
      `${name}: ${SPEED}`,
      '/s',
      processor.map((ms) => (1000 * documents) / ms),
    ),
    result(
      `${name}: ${PEAK}`,
      'MB',
      runs.map(({ peak }) => peak),
    ),
  ];
}

/** Documents of brat in folders of a hundred. */
function writeBrat(
  folder: string,
  documents: number,
  make: (n: number) => Pick<ReturnType<typeof makeArticle>, 'text' | 'entities'>,
): void {
  for (let n = 0; n < documents; n++) {
    const { text, entities } = make(n);
    const stem = path.join(folder, String(Math.floor(n / 100)).padStart(4, '0'), String(n % 100));
    if (n % 100 === 0) fs.mkdirSync(path.dirname(stem), { recursive: true });
    fs.writeFileSync(`${stem}.txt`, text);
    const lines = entities.map(
      ({ label, start, end, text: mention }, i) => `T${i + 1}\t${label} ${start} ${end}\t${mention}\n`,
    );
    fs.writeFileSync(`${stem}.ann`, lines.join(''));
  }
}
