import fc from 'fast-check';
import Mocha from 'mocha';
import { measurements } from './processor-time.ts';

/** What Stryker's instrumented code reads and writes: https://stryker-mutator.io/docs/stryker-js/ */
interface Instrumented {
  activeMutant?: string | undefined;
  /** Where the code of mutants that runs now is counted: not set while modules are loaded. */
  currentTestId?: number | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<number, Hits> };
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

/** How often the code of each mutant ran, by its id. */
type Hits = Record<string, number>;

/** What a process is asked: which tests run which mutants, or whether some tests find a mutant. */
export type Question =
  | { readonly ask: 'coverage'; readonly grep?: string }
  | {
      readonly ask: 'mutant';
      readonly id: string;
      readonly tests: readonly string[];
      readonly hitLimit: number;
    };

export interface Coverage {
  /** The tests that pass where nothing is mutated, by their full titles, but for those that measure time. */
  readonly tests: readonly {
    readonly title: string;
    readonly file: string;
    readonly ms: number;
    readonly hits: Hits;
  }[];
  readonly failed: readonly string[];
  /** What runs as modules are loaded. */
  readonly loading: Hits;
}

/** Which test found a mutant; nothing where none did. */
export interface Found {
  readonly by?: string;
}

const instrumented: Instrumented = ((globalThis as { __stryker__?: Instrumented }).__stryker__ ??= {});

/** The file of each test, by its suite. */
const fileOf = new Map<Mocha.Suite, string>();

/**
 * Answers the questions of the process that started this one: `scripts/mutate.mjs`.
 * @param files load the tests of each, by its path; all are, or those that TEST_FILES names
 */
export async function answer(files: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  // The same random values for every mutant; the smallest that finds it is of no use.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    reporter: class {} as unknown as Mocha.ReporterConstructor,
  });
  mocha.cleanReferencesAfterRun(false);
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  const wanted = process.env.TEST_FILES;
  for (const file of wanted ? (JSON.parse(wanted) as string[]) : Object.keys(files)) {
    await files[file]!();
    for (const suite of mocha.suite.suites) if (!fileOf.has(suite)) fileOf.set(suite, file);
  }
  process.on('message', (question: Question) => {
    const answering = question.ask === 'coverage' ? coverage(mocha, question.grep) : find(mocha, question);
    void answering.then((said) => process.send!(said));
  });
  process.send!('ready');
}

async function coverage(mocha: Mocha, grep: string | undefined): Promise<Coverage> {
  if (grep) mocha.grep(new RegExp(grep, 'i'));
  const { static: loading = {} } = instrumented.mutantCoverage ?? {};
  const passed: { title: string; file: string; id: number; ms: number }[] = [];
  let id = 1;
  let measured = measurements;
  const failed: string[] = [];
  await run(mocha, (runner) => {
    // What hooks before a test run belongs to it.
    runner.on('hook', () => (instrumented.currentTestId = id));
    runner.on('test', () => {
      instrumented.currentTestId = id;
      measured = measurements;
    });
    runner.on('test end', () => id++);
    runner.on('pass', (test) => {
      if (measurements !== measured) return;
      const file = fileOf.get(outermost(test.parent!))!;
      passed.push({ title: test.fullTitle(), file, id, ms: test.duration ?? 0 });
    });
    runner.on('fail', (test) => failed.push(test.fullTitle()));
  });
  const { perTest = {} } = instrumented.mutantCoverage ?? {};
  const tests = passed.map(({ id: own, ...test }) => ({ ...test, hits: perTest[own] ?? {} }));
  return { tests, failed, loading };
}

function outermost(suite: Mocha.Suite): Mocha.Suite {
  return suite.parent?.root ? suite : outermost(suite.parent!);
}

async function find(mocha: Mocha, { id, tests, hitLimit }: Question & { ask: 'mutant' }): Promise<Found> {
  const chosen = new Set(tests);
  const grep = /^/;
  grep.test = (title) => chosen.has(title);
  mocha.grep(grep);
  Object.assign(instrumented, { activeMutant: id, hitCount: 0, hitLimit });
  let by: string | undefined;
  await run(mocha, (runner) =>
    runner.on('fail', (test) => {
      by ??= test.fullTitle();
      runner.abort();
    }),
  );
  Object.assign(instrumented, { activeMutant: undefined, hitCount: undefined });
  return by === undefined ? {} : { by };
}

function run(mocha: Mocha, follow: (runner: Mocha.Runner) => void): Promise<void> {
  return new Promise((resolve) => follow(mocha.run(() => resolve())));
}
