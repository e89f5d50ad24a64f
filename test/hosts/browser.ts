import fs from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type LaunchOptions, type Page } from 'playwright-core';
import { temporaryFolder } from './corpus.ts';

const names = [
  // Nothing but the headless mode of Chromium, which draws a window in less time.
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium to use: `CHROME_PATH`, else one that is installed. */
export function findBrowser(): string {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (fs.existsSync(given)) return given;
    throw new Error(`CHROME_PATH names no file: ${given}`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = [...candidates, ...elsewhere].find((file) => fs.existsSync(file));
  if (found) return found;
  throw new Error(
    'No Chromium, Chrome or Edge found. Install one (on Debian: apt-get install -y chromium) ' +
      'or name its executable in CHROME_PATH.',
  );
}

function launchOptions(): LaunchOptions {
  return {
    executablePath: findBrowser(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  };
}

/** A headless browser that needs no display, no network and no user other than root. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}

/** A page that nobody looks at: it is small, since to draw it takes time. */
export function newUnseenPage(browser: Browser): Promise<Page> {
  return browser.newPage({ viewport: { width: 700, height: 500 } });
}

let kept: Promise<BrowserContext> | undefined;
let profile: string | undefined;

/**
 * The one browser of this process whose profile keeps the compiled code of the pages that it has shown: from
 * the third window of an address on, VS Code opens in two thirds of the time.
 */
export function keptBrowser(): Promise<BrowserContext> {
  profile ??= temporaryFolder();
  kept ??= chromium.launchPersistentContext(profile, launchOptions());
  return kept;
}

/** Ends the browser of {@link keptBrowser}, if there is one, and forgets its profile. */
export async function closeKeptBrowser(): Promise<void> {
  await (await kept)?.close();
  if (profile) fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  kept = profile = undefined;
}
