import type Mocha from 'mocha';
import type { Emit, Verdict } from './report.ts';

/**
 * Runs the tests that `load` defines with `Mocha` (the Node or the browser build). Prints failures only,
 * or every test with `GREP` (a pattern of test names) or `VERBOSE` in the environment.
 * @param retries how often a test that failed is tried again, which is told
 */
export async function runSuite(
  mochaClass: typeof Mocha,
  load: () => Promise<void>,
  emit: Emit,
  timeout: number,
  retries = 0,
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
  const mocha = new mochaClass({
    ui: 'bdd',
    timeout,
    retries,
    reporter: (grep || process.env.VERBOSE ? Spec : Quiet) as Mocha.ReporterConstructor,
    ...(grep ? { grep: new RegExp(grep, 'i') } : {}),
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
  });
}

/** The few directives that Mocha's reporters use. */
function format(text: string, values: unknown[]): string {
  const rest = [...values];
  const filled = text.replace(/%([sd%])/g, (_, kind) => (kind === '%' ? '%' : String(rest.shift())));
  return [filled, ...rest.map(String)].join(' ');
}
