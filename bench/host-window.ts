import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/hosts/browser.ts';
import { fromRoot } from '../test/hosts/paths.ts';
import { startServer, type Server } from '../test/hosts/server.ts';
import type { Task, Measured } from './in-host.ts';

/** How long one window may take, in ms. */
const LIMIT = 300_000;

/** Runs `in-host.ts` in the extension hosts of fresh windows of one VS Code that has the package installed. */
export class HostWindows {
  private constructor(
    private readonly own: string,
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async start(own: string, vsix: string): Promise<HostWindows> {
    // The measuring module belongs to an extension under development that does nothing.
    const empty = path.join(own, 'measuring');
    fs.mkdirSync(empty, { recursive: true });
    const manifest = { name: 'measuring', publisher: 'bench', version: '0.0.0', engines: { vscode: '*' } };
    fs.writeFileSync(path.join(empty, 'package.json'), JSON.stringify(manifest));
    const server = await startServer({
      folder: path.join(own, 's'),
      vsix: [vsix],
      // Hides sidecars from `workspaceContains`, so that the module is there before the extension is activated.
      settings: { 'search.exclude': { '**/*.ann.yaml': true } },
    });
    try {
      return new HostWindows(own, server, await launchBrowser());
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens a window on a folder, does a task in its extension host, closes it. */
  async run(folder: string, task: Task): Promise<Measured> {
    const report = path.join(this.own, 'report.json');
    fs.rmSync(report, { force: true });
    let firstRows: number | undefined;
    const context = await this.browser.newContext({ viewport: { width: 1400, height: 900 } });
    try {
      const page = await context.newPage();
      const ended = new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(new Error(`No end after ${LIMIT / 1000} s`)), LIMIT).unref();
        page.exposeFunction('codeAutomationExit', () => resolve()).catch(reject);
      });
      await page.exposeFunction('codeAutomationLog', () => {});
      await page.addInitScript({ path: fromRoot('bench/first-rows.js') });
      await page.goto(
        this.server.url(folder, {
          extensionDevelopmentPath: this.server.remote(path.join(this.own, 'measuring')),
          extensionTestsPath: this.server.remote(fromRoot('out/bench/in-host.cjs')),
          extensionEnvironment: JSON.stringify({
            CORPUS_BENCH_TASK: JSON.stringify(task),
            CORPUS_BENCH_REPORT: report,
            CORPUS_BENCH_PROFILE: process.env.CORPUS_BENCH_PROFILE ?? '',
          }),
          skipWelcome: 'true',
        }),
      );
      await ended;
      firstRows = await page.evaluate<number | undefined>('window.firstRows');
    } finally {
      await context.close();
    }
    if (!fs.existsSync(report)) throw new Error('The extension host ended without a report');
    const { error, measured } = JSON.parse(fs.readFileSync(report, 'utf8')) as {
      error?: string;
      measured?: Measured;
    };
    if (error || !measured) throw new Error(`Measuring failed in the extension host: ${error}`);
    const { began } = measured;
    if (began && firstRows !== undefined) measured.firstRows = [firstRows - began[0]!];
    return measured;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}
