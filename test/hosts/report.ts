import fs from 'node:fs';
import { SourceMap } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import type { Report, Verdict } from '../support/report.ts';
import { fromRoot } from './paths.ts';

/** Says something of a suite, which may be several lines. */
export type Print = (text: string) => void;

/** Prints what a suite reports and keeps its verdict. Without one, the suite did not end by itself. */
export class Reports {
  constructor(private readonly print: Print) {}

  verdict: Verdict | undefined;
  #current: string | undefined;

  take(report: Report): void {
    if (report.log !== undefined) this.print(inSources(stripVTControlCharacters(report.log)));
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

const places = /(?:[^\s(]*\/)?out\/test\/(integration(?:\.web)?\.c?js)(#vscode-extension)?:(\d+):(\d+)/g;

/** Rewrites places in a bundle that a VS Code ran, which knows no source maps, to places in the sources. */
function inSources(text: string): string {
  return text.replace(
    places,
    (place, name: string, wrapped: string | undefined, line: string, column: string) => {
      try {
        const payload = JSON.parse(fs.readFileSync(fromRoot('out/test', `${name}.map`), 'utf8')) as never;
        // The web worker host puts two lines before the bundle.
        const entry = new SourceMap(payload).findEntry(Number(line) - (wrapped ? 3 : 1), Number(column) - 1);
        if (!('originalSource' in entry)) return place;
        return `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
      } catch {
        return place;
      }
    },
  );
}
