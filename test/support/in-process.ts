import Mocha from 'mocha';
import type { Report } from './report.ts';
import { runSuite, type RunOptions } from './run-suite.ts';

/** Runs a suite in this Node process and ends it; reports go to the parent process where there is one. */
export async function runInProcess(load: () => Promise<void>, options: RunOptions): Promise<void> {
  const emit = (report: Report) => {
    if (process.send) process.send(report);
    else if (report.log !== undefined) console.log(report.log);
  };
  // Ends with what `exit` listeners tidy up, such as servers that tests have started.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
  const { failed } = await runSuite(Mocha, load, emit, options);
  if (process.connected) process.disconnect();
  process.exitCode = failed ? 1 : 0;
  // A handle that a test left open must not hold the process up.
  setTimeout(() => process.exit(), 500).unref();
}
