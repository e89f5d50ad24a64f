import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../test/hosts/paths.ts';
import { Workbench } from '../test/hosts/workbench.ts';
import { until } from '../test/support/until.ts';
import { sidecarName } from '../src/core/sidecar/name.ts';
import { spreadWords, writeLargeArticle } from './generate.ts';

const ARTICLE = 'article.txt';
const STATUS = '[id="corpus-annotator.corpus-annotator.corpusAnnotator.status"]';
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Times from a real key press, in ms. */
export interface Keystrokes {
  /** Until the sidecar on disk has the entity. */
  disk: number[];
  /** Until the word has its decoration in the window's DOM. */
  drawn: number[];
}

/** What `in-page.js` stamps, on the page's clocks. */
interface KeyTimes {
  pressed: { date: number; now: number };
  drawn: number;
}

/** Tags words one by one with Alt+1 in a window, taking each back, so that the article keeps its size. */
export async function measureKeystrokes(options: {
  own: string;
  vsix: string;
  entities: number;
  taps: number;
}): Promise<Keystrokes> {
  const corpus = path.join(options.own, `keys-${options.entities}`);
  const article = await writeLargeArticle(corpus, ARTICLE, options.entities);
  const workbench = await Workbench.open({ corpus, vsix: options.vsix });
  try {
    const { page } = workbench;
    await page.locator(STATUS).waitFor();
    await workbench.openFile(ARTICLE);
    await workbench.show(/^Corpus/);
    await workbench.status(new RegExp(`${options.entities} entities`)).waitFor();
    await page.evaluate(fs.readFileSync(fromRoot('bench/in-page.js'), 'utf8'));
    const times: Keystrokes = { disk: [], drawn: [] };
    for (const { start } of spreadWords(article, options.taps)) {
      const before = article.text.slice(0, start + 2).split('\n');
      await workbench.goTo(before.length, before.at(-1)!.length + 1);
      await pause(300);
      await page.evaluate('bench.arm()');
      const written = sidecarWith(workbench.folder, `start: ${start},`);
      await page.keyboard.press('Alt+1');
      const onDisk = await written;
      const { pressed, drawn } = await until(
        () => page.evaluate<KeyTimes | undefined>('bench.times()'),
        'the decoration',
      );
      times.disk.push(onDisk - pressed.date);
      times.drawn.push(drawn - pressed.now);
      await pause(250);
      await page.keyboard.press('Control+Z');
      await workbench.readWhen(sidecarName(ARTICLE), (text) => !text.includes(`start: ${start},`));
    }
    return times;
  } finally {
    await workbench.close();
  }
}

/** When (`Date.now()`) the sidecar on disk has a text. The page's `Date.now()` is the same clock. */
function sidecarWith(folder: string, text: string): Promise<number> {
  const name = sidecarName(ARTICLE);
  return new Promise((resolve, reject) => {
    const watcher = fs.watch(folder, (_, changed) => {
      const at = Date.now();
      if (changed !== name || !fs.readFileSync(path.join(folder, name), 'utf8').includes(text)) return;
      clearTimeout(timer);
      watcher.close();
      resolve(at);
    });
    const timer = setTimeout(() => {
      watcher.close();
      reject(new Error(`The sidecar never got "${text}"`));
    }, 10_000);
  });
}
