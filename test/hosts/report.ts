import fs from 'node:fs';
import type { Report, Verdict } from '../support/report.ts';

/** Prints what a suite reports and keeps its verdict. Without one, the suite did not end by itself. */
export class Reports {
  verdict: Verdict | undefined;
  #current: string | undefined;

  take(report: Report): void {
    if (report.log !== undefined) console.log(report.log);
    if (report.test !== undefined) this.#current = report.test;
    if (report.verdict) this.verdict = report.verdict;
  }

  /** Where the suite was, for the message about a run that broke off. */
  get place(): string {
    return this.#current ? ` (in "${this.#current}")` : '';
  }
}

/** Hands over the reports that another process appends to `file`, a JSON value a line. */
export function followReports(file: string, reports: Reports): { finish(): void } {
  fs.writeFileSync(file, '');
  const handle = fs.openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  let pending = Buffer.alloc(0);
  const read = () => {
    for (let count; (count = fs.readSync(handle, buffer, 0, buffer.length, null)) > 0;) {
      pending = Buffer.concat([pending, buffer.subarray(0, count)]);
    }
    for (let end; (end = pending.indexOf(10)) >= 0; pending = pending.subarray(end + 1)) {
      reports.take(JSON.parse(pending.subarray(0, end).toString()) as Report);
    }
  };
  const timer = setInterval(read, 100);
  let finished = false;
  return {
    finish() {
      if (finished) return;
      finished = true;
      clearInterval(timer);
      read();
      fs.closeSync(handle);
    },
  };
}
