import type MochaClass from 'mocha';
import { reportMark } from './report-mark.ts';
import type { Report } from './report.ts';
import { runSuite } from './run-suite.ts';

/** Runs a suite in VS Code's web worker host; reports go to the console, which the launcher listens to. */
export async function runInWebHost(load: () => Promise<void>): Promise<void> {
  const emit = (report: Report) => console.log(reportMark + JSON.stringify(report));
  // Set by Mocha's browser build, which the bundle's entry loads (scripts/build-tests.mjs).
  const { Mocha } = globalThis as unknown as { Mocha: typeof MochaClass };
  const verdict = await runSuite(Mocha, load, emit, 20_000).catch((error: unknown) => {
    emit({ log: String(error instanceof Error ? error.stack : error) });
    throw error;
  });
  if (verdict.failed) throw new Error(`${verdict.failed} failed`);
}
