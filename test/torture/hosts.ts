import fs from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../hosts/browser.ts';
import { temporaryFolder } from '../hosts/corpus.ts';
import { findDeath, runExtensionTests } from '../hosts/extension-tests.ts';
import { fromRoot, root } from '../hosts/paths.ts';
import { startServer } from '../hosts/server.ts';
import { count, type Scenario } from './scenario.ts';
import type { TaggerOptions, TaggerReport } from './tagger/options.ts';
import { WrittenArticle } from './writer.ts';

const WINDOWS = 2;

/** Windows of a real VS Code, each with an extension host of its own, whose command tags one article at once. */
export const hosts: Scenario = {
  name: 'hosts',
  async run(isLong) {
    const each = isLong ? 1000 : 20;
    const words = WINDOWS * each;
    const article = new WrittenArticle(words);
    const own = temporaryFolder();
    try {
      const reports = await tagTogether(article.folder, own, each);
      const [written, right] = [article.ids().size, article.rightWords()];
      const left = [...article.leftovers(), ...article.leftovers(path.join(own, 'd'))];
      for (const name of left) console.error(`Left over: ${name}`);
      const mean = (end: 'first' | 'last') =>
        Math.round(reports.reduce((sum, report) => sum + report[end], 0) / reports.length);
      return [
        {
          what: `${WINDOWS} windows of VS Code tag one article at once, by the command`,
          tried: `${count(each)} times each`,
          outcome:
            `${count(written)} of ${count(words)} entities, ${count(right)} with the right text; ` +
            `a tag takes ${mean('first')} ms at the beginning, ${mean('last')} ms at the end`,
          failures: Math.abs(written - words) + (words - right) + left.length + (WINDOWS - reports.length),
        },
      ];
    } finally {
      article.remove();
      fs.rmSync(own, { recursive: true, force: true, maxRetries: 3 });
    }
  },
};

/** @returns the reports of the windows that ended well */
async function tagTogether(folder: string, own: string, each: number): Promise<TaggerReport[]> {
  let die: (error: Error) => void = () => {};
  const died = new Promise<never>((_, reject) => (die = reject));
  const server = await startServer({
    folder: own,
    onOutput(text) {
      const death = findDeath(text);
      if (death) die(new Error(death));
    },
  });
  const browser = await launchBrowser();
  try {
    const ready = Array.from({ length: WINDOWS }, (_, first) => path.join(own, `ready-${first}`));
    const all = ready.map(async (name, first) => {
      const report = path.join(own, `report-${first}.json`);
      const options: TaggerOptions = {
        first,
        step: WINDOWS,
        count: each,
        ready: name,
        others: ready,
        report,
      };
      await runExtensionTests(browser, server, {
        folder,
        extension: root,
        tests: fromRoot('out/test/tagger.cjs'),
        environment: { CORPUS_TEST_TAGGER: JSON.stringify(options) },
      });
      return JSON.parse(fs.readFileSync(report, 'utf8')) as TaggerReport;
    });
    return await Promise.race([Promise.all(all), died]);
  } finally {
    await browser.close();
    await server.stop();
  }
}
