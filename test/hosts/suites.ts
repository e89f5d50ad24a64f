import { fork } from 'node:child_process';
import type { Report, Verdict } from '../support/report.ts';
import { ensureHost } from './install.ts';
import { runNodeHost } from './node-host.ts';
import { fromRoot, root } from './paths.ts';
import { Reports, type Print } from './report.ts';
import { runWebHost } from './web-host.ts';

export interface Suite {
  title: string;
  run(print: Print): Promise<Verdict>;
}

/** The suites that start something: all but the check. */
export const suites: Record<string, Suite> = {
  unit: { title: 'Node', run: (print) => runProcess('unit', print) },
  node: { title: 'VS Code, Node host', run: runNodeHost },
  web: { title: 'VS Code, web worker host', run: runWebHost },
  e2e: {
    title: 'VS Code, driven in a browser',
    run: async (print) => {
      await ensureHost('server');
      return runProcess('e2e', print);
    },
  },
};

/** Runs a bundled suite in a Node process of its own. */
function runProcess(name: string, print: Print): Promise<Verdict> {
  const reports = new Reports(print);
  const child = fork(fromRoot(`out/test/${name}.mjs`), {
    cwd: root,
    execArgv: ['--enable-source-maps'],
  });
  process.once('exit', () => child.kill());
  child.on('message', (report) => reports.take(report as Report));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (reports.verdict) resolve(reports.verdict);
      else reject(new Error(`The process ended with code ${code} and no verdict${reports.place}`));
    });
  });
}
