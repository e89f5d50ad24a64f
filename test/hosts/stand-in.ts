// Stands in for the desktop executable in `runTests` of @vscode/test-electron: understands the few switches
// that it is started with, and runs the tests in the Node extension host of a VS Code server from npm.
import fs from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { temporaryFolder } from './corpus.ts';
import { findDeath, runExtensionTests } from './extension-tests.ts';
import { startServer } from './server.ts';

/** The variables that reach the extension host. */
const passed = /^(GREP|VERBOSE|TIMES|CORPUS_TEST_\w+|NODE_V8_COVERAGE)$/;

async function main(args: string[]): Promise<number> {
  const value = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
  const folder = args.find((arg) => !arg.startsWith('-')) ?? process.cwd();
  const settings = path.join(value('user-data-dir'), 'User/settings.json');
  const limit = Number(process.env.CORPUS_TEST_LIMIT ?? 900);

  const own = temporaryFolder();
  let end: (code: number, why?: string) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = (code, why) => {
      if (why) console.error(why);
      resolve(code);
    };
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(130, `Got ${signal}`));

  const parent = process.ppid;
  const orphan = setInterval(() => process.ppid === parent || end(1, 'The launcher is gone'), 1000);

  const server = await startServer({
    folder: own,
    settings: fs.existsSync(settings)
      ? (JSON.parse(fs.readFileSync(settings, 'utf8')) as object as never)
      : {},
    onOutput(text) {
      const death = findDeath(text);
      if (death) end(1, death);
      if (process.env.CORPUS_TEST_LOG) process.stderr.write(text);
    },
  });
  const browser = await launchBrowser();
  const timer = setTimeout(() => end(1, `No end after ${limit} s`), limit * 1000);
  try {
    const environment = Object.entries(process.env).filter(([name]) => passed.test(name));
    const tests = runExtensionTests(browser, server, {
      folder,
      extension: value('extensionDevelopmentPath'),
      tests: value('extensionTestsPath'),
      environment: Object.fromEntries(environment) as Record<string, string>,
    });
    return await Promise.race([tests, ended]);
  } finally {
    clearTimeout(timer);
    clearInterval(orphan);
    await browser.close();
    await server.stop();
    fs.rmSync(own, { recursive: true, force: true });
  }
}

process.exit(await main(process.argv.slice(2)));
