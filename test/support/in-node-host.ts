import fs from 'node:fs';
import Mocha from 'mocha';
import type { Report } from './report.ts';
import { runSuite } from './run-suite.ts';

/** Runs a suite in VS Code's Node extension host; reports go to the file that the launcher follows. */
export async function runInNodeHost(load: () => Promise<void>): Promise<void> {
  const file = process.env.CORPUS_TEST_REPORT;
  const emit = (report: Report) => {
    if (file) fs.appendFileSync(file, `${JSON.stringify(report)}\n`);
    else if (report.log !== undefined) console.log(report.log);
  };
  const verdict = await runSuite(Mocha, load, emit, { timeout: 60_000 }).catch((error: unknown) => {
    emit({ log: String(error instanceof Error ? error.stack : error) });
    throw error;
  });
  if (verdict.failed) throw new Error(`${verdict.failed} failed`);
}
