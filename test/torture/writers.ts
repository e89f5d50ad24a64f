import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { count, type Row, type Scenario } from './scenario.ts';
import { WrittenArticle } from './writer.ts';
import { wordOf, wordSpan } from './writer/words.ts';

const run = promisify(execFile);
const CLI = path.resolve('dist/cli.js');

/** Processes that tag one article at once; another reads the sidecar all the time. */
export const writers: Scenario = {
  name: 'writers',
  async run(isLong) {
    if (!isLong) return [await together(2, 25), await withCommandLine(50, 5)];
    return [await together(2, 1000), await together(4, 250), await withCommandLine(1000, 200)];
  },
};

async function together(processes: number, each: number): Promise<Row> {
  const article = new WrittenArticle(processes * each);
  const all = Array.from({ length: processes }, (_, first) =>
    article.start({ first, step: processes, count: each, isUnsaved: false }),
  );
  let isOver = false;
  const ends = Promise.all(all.map(({ ended }) => ended)).finally(() => (isOver = true));
  let reads = 0;
  let failures = 0;
  while (!isOver) {
    failures += missing(article);
    reads++;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const end of await ends) {
    if (end === 'done') continue;
    console.error(end);
    failures++;
  }
  failures += missing(article);
  const written = article.ids().size;
  failures += Math.abs(written - processes * each) + article.leftovers().length + article.draftIds().size;
  article.remove();
  return {
    what: `${count(processes)} processes tag one article at once`,
    tried: `${count(each)} times each`,
    outcome: `${count(written)} of ${count(processes * each)} entities; valid and whole at ${count(reads)} reads`,
    failures,
  };
}

/** A process tags an article while the command line imports into its sidecar, and another repairs that. */
async function withCommandLine(each: number, imports: number): Promise<Row> {
  const article = new WrittenArticle(each + imports);
  const source = path.join(article.folder, 'storage/in');
  mkdirSync(source, { recursive: true });
  copyFileSync(path.join(article.folder, 'article.txt'), path.join(source, 'article.txt'));
  const { ended } = article.start({ first: 0, step: 1, count: each, isUnsaved: false });
  let isOver = false;
  let tries = 0;
  let failures = 0;
  const importAll = async () => {
    for (let n = each; n < each + imports; n++) {
      const { start, end } = wordSpan(n);
      writeFileSync(path.join(source, 'article.ann'), `T${n}\tPER ${start} ${end}\t${wordOf(n)}\n`);
      while (!(await succeeds('import', '--quiet', '--from', 'brat', source, article.folder))) tries++;
      tries++;
    }
  };
  const repairAll = async () => {
    while (!isOver) if (!(await succeeds('repair', '--quiet', article.folder))) tries++;
  };
  const repairing = repairAll();
  const [end] = await Promise.all([ended, importAll()]);
  isOver = true;
  await repairing;
  if (end !== 'done') {
    console.error(end);
    failures++;
  }
  failures += missing(article);
  const right = article.rightWords();
  failures += each + imports - right + article.leftovers().length;
  article.remove();
  return {
    what: 'A process tags an article while the command line imports into it, and another repairs it',
    tried: `${count(each)} tags, ${count(imports)} imports`,
    outcome: `${count(right)} of ${count(each + imports)} entities; the command line gave way ${count(tries - imports)} times, and said so`,
    failures,
  };
}

/** Runs the command line. @returns whether it did all; where another writer was quicker it says so, and is to be run again */
async function succeeds(...args: string[]): Promise<boolean> {
  try {
    await run(process.execPath, [CLI, ...args]);
    return true;
  } catch (error) {
    const { stderr } = error as { stderr: string };
    if (/was changed (?:since|by another program)|There are no articles/.test(stderr)) return false;
    throw error;
  }
}

/** How much of what was acknowledged is not in the sidecar. */
function missing(article: WrittenArticle): number {
  const acknowledged = [...article.acknowledged];
  try {
    const ids = article.ids();
    return acknowledged.filter((id) => !ids.has(id)).length;
  } catch (error) {
    console.error(error);
    return 1;
  }
}
