import type Mocha from 'mocha';
import type { Emit, Verdict } from './report.ts';

export interface RunOptions {
  /** What is taken for hanging, in ms: far more than a test takes on a slow and busy machine. */
  readonly timeout: number;
  /** How often a test that failed is tried again, which is told. */
  readonly retries?: number;
  /** Which tests run, by their full name; all by default. `GREP` comes before it. */
  readonly only?: RegExp;
}

/**
 * Runs the tests that `load` defines with `Mocha` (the Node or the browser build). Prints failures only,
 * or every test with `GREP` (a pattern of test names) or `VERBOSE` in the environment.
 */
export async function runSuite(
  mochaClass: typeof Mocha,
  load: () => Promise<void>,
  emit: Emit,
  { timeout, retries = 0, only }: RunOptions,
): Promise<Verdict> {
  const { Base, Spec } = mochaClass.reporters;
  Base.consoleLog = (text: unknown = '', ...values: unknown[]) => emit({ log: format(String(text), values) });
  Base.useColors = false;

  class Quiet extends Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.once('end', () => this.epilogue());
    }
  }

  const grep = process.env.GREP;
  const chosen = grep ? new RegExp(grep, 'i') : only;
  const mocha = new mochaClass({
    ui: 'bdd',
    timeout,
    retries,
    reporter: (grep || process.env.VERBOSE ? Spec : Quiet) as Mocha.ReporterConstructor,
    ...(chosen ? { grep: chosen } : {}),
  });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  await load();

  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      const verdict = { passed: passes, failed, skipped: pending };
      emit({ verdict });
      resolve(verdict);
    });
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      emit({ log: `  tried again: ${test.fullTitle()}\n    ${error.message.replaceAll('\n', '\n    ')}` });
    });
    runner.on('test', (test) => emit({ test: test.fullTitle() }));
    if (process.env.TIMES) tellTimes(runner, emit);
  });
}

/** At the end, says which suites took how long, the slowest first, with the tests of each that took a tenth of it. */
function tellTimes(runner: Mocha.Runner, emit: Emit): void {
  const suites: { title: string; ms: number; tests: string[] }[] = [];
  let start = 0;
  let tests: Mocha.Test[] = [];
  runner.on('suite', (suite) => {
    if (suite.parent?.root) [start, tests] = [Date.now(), []];
  });
  runner.on('test end', (test) => void tests.push(test));
  runner.on('suite end', (suite) => {
    if (!suite.parent?.root) return;
    const ms = Date.now() - start;
    const slow = tests.filter(({ duration = 0 }) => duration > ms / 10);
    suites.push({
      title: `${suite.title} (${tests.length})`,
      ms,
      tests: slow.map(({ title, duration }) => `    ${duration} ms  ${title}`),
    });
  });
  runner.once('end', () => {
    for (const { title, ms, tests: slow } of suites.sort((a, b) => b.ms - a.ms))
      emit({ log: [`${String(ms).padStart(7)} ms  ${title}`, ...slow].join('\n') });
  });
}

/** The few directives that Mocha's reporters use. */
function format(text: string, values: unknown[]): string {
  const rest = [...values];
  const filled = text.replace(/%([sd%])/g, (_, kind) => (kind === '%' ? '%' : String(rest.shift())));
  return [filled, ...rest.map(String)].join(' ');
}
