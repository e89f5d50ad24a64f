// npm run mutate -- src/core/model/merge.ts src/core/sidecar: changes the code that is named in many small ways ("mutants"),
// each of which a unit test should find, and prints how many are found and where those are that are not. Stryker's
// instrumenter puts all mutants into the sources, each behind a switch, so that one bundle has them all.
// GREP chooses tests by their names; EVERY=5 takes every fifth mutant; WORKERS is how many processes run beside each other.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { buildMutants } from './build-tests.mjs';

const root = path.resolve(import.meta.dirname, '..');
const named = process.argv.slice(2);
/** What runs so many times as often as without a mutant does not end. */
const HITS = 100;
/** How much longer than without a mutant tests may take, and how many ms all may. */
const SLOWER = 4;
const LEAST = 5000;
/** The quickest tests come first, some that take so long together, in ms. */
const QUICK = 300;
/** How long the tests of a mutant may take together, in ms: of many that run it, the last ones find nothing more. */
const MOST = 3000;

/** The sources below a file or folder. */
function sourcesOf(name) {
  const full = path.join(root, name);
  if (fs.statSync(full).isFile()) return [full];
  return fs
    .readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(full, file))
    .sort();
}

async function instrument(names) {
  const logger = { debug() {}, info() {}, warn: console.warn, isDebugEnabled: () => false };
  const files = names.map((name) => ({ name, mutate: true, content: fs.readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  return new Instrumenter(logger).instrument(files, options);
}

/** A process with the tests, which answers one question after the other; another takes its place where it hangs. */
class Tester {
  /** @param folder for what tests write, also those that are ended */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * @param limit in ms
   * @param files of the tests that may be asked for
   * @param mutant that is active from the beginning, so that it is also in what runs as modules are loaded
   * @returns the answer, or `undefined` where there is none: the process hangs, or has ended
   */
  async ask(question, limit, files, mutant) {
    if (mutant !== undefined) this.end();
    if (!this.child) {
      this.child = fork(path.join(root, 'out/test/mutants.mjs'), {
        cwd: root,
        stdio: 'ignore',
        execArgv: ['--max-old-space-size=2048'],
        env: {
          ...process.env,
          TMPDIR: this.folder,
          ...(files && { TEST_FILES: JSON.stringify(files) }),
          ...(mutant !== undefined && { __STRYKER_ACTIVE_MUTANT__: mutant }),
        },
      });
      if ((await this.next(60_000)) === undefined) {
        if (mutant === undefined) throw new Error('The tests do not load');
        return undefined;
      }
    }
    this.child.send(question);
    const said = await this.next(limit);
    if (mutant !== undefined) this.end();
    return said;
  }

  next(limit) {
    const { child } = this;
    return new Promise((resolve) => {
      const done = (said) => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        if (said === undefined) this.end();
        resolve(said);
      };
      const timer = setTimeout(done, limit);
      child.once('message', done);
      child.once('exit', () => done(undefined));
    });
  }

  end() {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

/** Which tests may find a mutant, in batches, the quick ones first, and how. */
function planOf(mutant, { tests, loading }, idsOfFile) {
  const isLoaded = loading[mutant.id] > 0;
  const runs = (ids) => tests.filter(({ hits }) => ids.some((id) => hits[id] > 0));
  // What is computed once as the modules are loaded is used by what runs other code of its file.
  const chosen = runs(isLoaded ? idsOfFile : [mutant.id]).sort((a, b) => a.ms - b.ms);
  const hits = chosen.reduce((sum, test) => sum + (test.hits[mutant.id] ?? 0), loading[mutant.id] ?? 0);
  let ms = 0;
  const within = chosen.filter((test, i) => (ms += test.ms) <= MOST || i === 0);
  ms = 0;
  const quick = within.filter((test) => (ms += test.ms) <= QUICK);
  const batches = [quick, within.slice(quick.length)].filter((batch) => batch.length > 0);
  return { isLoaded, hitLimit: HITS * hits, batches };
}

/** @returns `found`, `missed` or `not run` */
async function outcomeOf({ id }, { isLoaded, hitLimit, batches }, tester, allFiles) {
  const finds = async (batch, isAnew) => {
    const question = { ask: 'mutant', id, hitLimit, tests: batch.map(({ title }) => title) };
    const limit = LEAST + SLOWER * batch.reduce((sum, { ms }) => sum + ms, 0);
    const files = isAnew ? [...new Set(batch.map(({ file }) => file))] : allFiles;
    const said = await tester.ask(question, limit, files, isAnew ? id : undefined);
    return !said || said.by !== undefined;
  };
  for (const batch of batches) if (await finds(batch, false)) return 'found';
  if (isLoaded) for (const batch of batches) if (await finds(batch, true)) return 'found';
  return batches.length > 0 ? 'missed' : 'not run';
}

function shown({ fileName, location: { start, end }, replacement, mutatorName }, outcome) {
  const lines = fs
    .readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 90);
  const place = `${path.relative(root, fileName)}:${start.line + 1}:${start.column + 1}`;
  return `  ${place} ${outcome}: ${short(lines.join(' '))} → ${short(replacement)} (${mutatorName})`;
}

function scoreOf(outcomes) {
  const found = outcomes.filter((outcome) => outcome === 'found').length;
  const percent = outcomes.length > 0 ? Math.floor((1000 * found) / outcomes.length) / 10 : 100;
  return `${percent} % (${found} of ${outcomes.length})`;
}

if (named.length === 0) {
  console.error('Name files or folders: npm run mutate -- src/core/model/merge.ts src/core/sidecar');
  process.exit(2);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corpus-mutants-'));
const testers = Array.from(
  { length: Number(process.env.WORKERS) || os.availableParallelism() },
  () => new Tester(folder),
);
process.once('exit', () => {
  for (const tester of testers) tester.end();
  fs.rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const sources = [...new Set(named.flatMap(sourcesOf))];
const { files, mutants: all } = await instrument(sources);
const every = Number(process.env.EVERY) || 1;
const mutants = all.filter(({ status }, i) => status !== 'Ignored' && i % every === 0);
await buildMutants(new Map(files.map(({ name, content }) => [name, content])));
const coverage = await testers[0].ask({ ask: 'coverage', grep: process.env.GREP }, 900_000);
if (!coverage) throw new Error('The tests did not end');
testers[0].end();
if (process.env.TIMES)
  for (const { title, ms } of [...coverage.tests].sort((a, b) => b.ms - a.ms).slice(0, 20))
    console.log(`${ms} ms  ${title}`);
console.log(`${mutants.length} mutants, ${coverage.tests.length} tests`);
for (const title of coverage.failed) console.log(`  left out, fails without a mutant: ${title}`);

const allFiles = [
  ...new Set(coverage.tests.filter(({ hits }) => Object.keys(hits).length > 0).map(({ file }) => file)),
];
const outcomes = new Map();
const waiting = [...mutants];
await Promise.all(
  testers.map(async (tester) => {
    for (let mutant; (mutant = waiting.shift());) {
      const ofFile = mutants.filter(({ fileName }) => fileName === mutant.fileName).map(({ id }) => id);
      outcomes.set(mutant, await outcomeOf(mutant, planOf(mutant, coverage, ofFile), tester, allFiles));
      if (outcomes.size % 100 === 0) console.log(`… ${outcomes.size}`);
    }
  }),
);
for (const source of sources) {
  const own = mutants.filter(({ fileName }) => fileName === source);
  console.log(`${path.relative(root, source)}: ${scoreOf(own.map((mutant) => outcomes.get(mutant)))}`);
  for (const mutant of own)
    if (outcomes.get(mutant) !== 'found') console.log(shown(mutant, outcomes.get(mutant)));
}
console.log('\n── score');
for (const name of named) {
  const own = mutants.filter(({ fileName }) => sourcesOf(name).includes(fileName));
  console.log(`${name}: ${scoreOf(own.map((mutant) => outcomes.get(mutant)))}`);
}
process.exit(0);
