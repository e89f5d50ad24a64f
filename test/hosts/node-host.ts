import fs from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Verdict } from '../support/report.ts';
import { temporaryFolder, writeCorpus } from './corpus.ts';
import { ensureHost } from './install.ts';
import { fromRoot, root } from './paths.ts';
import { followReports, Reports, type Print } from './report.ts';

/** Runs the integration tests in the Node extension host, on a copy of the corpus. */
export async function runNodeHost(print: Print): Promise<Verdict> {
  const own = temporaryFolder();
  const corpus = path.join(own, 'corpus');
  writeCorpus(corpus);
  const file = path.join(own, 'report.jsonl');
  const reports = new Reports(print);
  const following = followReports(file, reports);
  const executable = await vscodeExecutable();
  try {
    await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath: fromRoot('out/test/integration.cjs'),
      extensionTestsEnv: { CORPUS_TEST_REPORT: file },
      launchArgs: [
        corpus,
        `--user-data-dir=${path.join(own, 'd')}`,
        `--extensions-dir=${path.join(own, 'e')}`,
        '--disable-extensions',
      ],
    });
  } catch (error) {
    following.finish();
    // Failed tests are in the verdict; anything else is the host's own failure.
    if (!reports.verdict?.failed) throw new Error(`The host broke off${reports.place}`, { cause: error });
  } finally {
    following.finish();
    fs.rmSync(own, { recursive: true, force: true });
  }
  if (!reports.verdict) throw new Error(`The host ended without a verdict${reports.place}`);
  return reports.verdict;
}

/**
 * The desktop VS Code that `VSCODE_PATH` names; else the stand-in, a VS Code server from npm; else, where
 * that does not run, nothing, and @vscode/test-electron downloads one.
 */
async function vscodeExecutable(): Promise<string | undefined> {
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  if (process.platform === 'win32') return undefined;
  // Here, and not in the process of the stand-in: others wait for the same.
  await ensureHost('server');
  return fromRoot('out/test/vscode-stand-in.mjs');
}
