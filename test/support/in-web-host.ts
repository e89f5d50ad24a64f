import type MochaClass from 'mocha';
import { reportMark } from './report-mark.ts';
import type { Report } from './report.ts';
import { runSuite } from './run-suite.ts';

/**
 * Runs a suite in VS Code's web worker host: the tests with `@web` in their name, which are a smoke of every feature
 * and all of what differs between the hosts; with `ALL` in the environment, all of them. Reports go to the console, which
 * the launcher listens to.
 */
export async function runInWebHost(load: () => Promise<void>): Promise<void> {
  const emit = (report: Report) => console.log(reportMark + JSON.stringify(report));
  // Set by Mocha's browser build, which the bundle's entry loads (scripts/build-tests.mjs).
  const { Mocha } = globalThis as unknown as { Mocha: typeof MochaClass };
  const verdict = await runSuite(Mocha, load, emit, {
    timeout: 60_000,
    ...(process.env.ALL ? {} : { only: /@web/ }),
  }).catch((error: unknown) => {
    emit({ log: String(error instanceof Error ? error.stack : error) });
    throw error;
  });
  if (verdict.failed) throw new Error(`${verdict.failed} failed`);
}
