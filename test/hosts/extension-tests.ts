import type { Browser } from 'playwright-core';
import { newUnseenPage } from './browser.ts';
import type { Server } from './server.ts';

export interface ExtensionTests {
  /** The folder that the window opens. */
  readonly folder: string;
  /** The folder of the extension. */
  readonly extension: string;
  /** A module that exports `run`. */
  readonly tests: string;
  /** Variables for the extension host. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Opens a window whose extension host runs tests.
 * @returns the exit code when they end: not 0 where `run` rejected. That the host itself dies, only the server tells
 */
export async function runExtensionTests(
  browser: Browser,
  server: Server,
  { folder, extension, tests, environment }: ExtensionTests,
): Promise<number> {
  const page = await newUnseenPage(browser);
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
    if (process.env.CORPUS_TEST_LOG) console.error(`[${type}]`, ...values);
  });
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => (end = resolve));
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  await page.goto(
    server.url(folder, {
      extensionDevelopmentPath: server.remote(extension),
      extensionTestsPath: server.remote(tests),
      extensionEnvironment: JSON.stringify(environment),
      skipWelcome: 'true',
    }),
  );
  return ended;
}

/** What a server says when an extension host has died; the workbench reports success then. */
export function findDeath(output: string): string | undefined {
  const died = /Extension Host Process exited with code: .*/.exec(output)?.[0];
  return died && !/code: 0\b/.test(died) ? died : undefined;
}
