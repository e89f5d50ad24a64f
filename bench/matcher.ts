import { performance } from 'node:perf_hooks';
import { findForms } from '../src/core/occurrences.ts';
import { FormMatcher } from '../src/core/suggest/matcher.ts';
import { makeForms, makeProse, type Script } from './generate.ts';
import { result, type Result } from './results.ts';

const FORMS = 10_000;
/** How long the texts are into which a corpus is cut, and how many forms the plain ways look for, in UTF-16 units. */
const TEXT = 100_000;
/** What the ways that are compared with get to read, in UTF-16 units: they would take hours for all of it. */
const SAMPLE = 4000;
const MEGA = 1e6;

/** How fast all forms are found at once, in plain Node, beside what one would do without the matcher. */
export function matching(): Result[] {
  return [...measure('latin', 'text', 100 * MEGA), ...measure('chinese', 'Chinese text', 20 * MEGA)];
}

/** @param size of all texts, in bytes of UTF-8 */
function measure(script: Script, name: string, size: number): Result[] {
  const forms = makeForms(script, FORMS);
  const texts: string[] = [];
  for (let bytes = 0; bytes < size; bytes += Buffer.byteLength(texts.at(-1)!))
    texts.push(makeProse(script, forms, TEXT, texts.length));
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

  const matcher = new FormMatcher();
  const built = time(() => forms.forEach((form) => matcher.add(form)));
  const speeds: number[] = [];
  let longest = 0;
  let hits = 0;
  for (let run = 0; run < 3; run++) {
    hits = 0;
    let total = 0;
    for (const text of texts) {
      const ms = time(() => (hits += matcher.find(text).length));
      longest = Math.max(longest, ms);
      total += ms;
    }
    speeds.push(bytes / MEGA / (total / 1000));
  }

  const sample = texts[0]!.slice(0, SAMPLE);
  let found: { start16: number; end16: number }[] = [];
  const ours = best(() => (found = matcher.find(sample)));
  let same: typeof found = [];
  const pattern = time(() => (same = findForms(sample, forms, { wholeWords: true, matchCase: true })));
  if (JSON.stringify(same) !== JSON.stringify(found.map(({ start16, end16 }) => ({ start16, end16 }))))
    throw new Error('The matcher finds something else than a pattern does');
  const oneByOne = best(() => forms.forEach((form) => countOf(sample, form)));
  const what = `${FORMS.toLocaleString('en')} forms in ${Math.round(bytes / MEGA)} MB of ${name}`;
  return [
    result(`matcher, ${what}`, 'MB/s', speeds),
    result(`matcher, ${what}: hits`, '', [hits]),
    result(`matcher, ${what}: to build it`, 'ms', [built]),
    result(`matcher, ${what}: the longest for one article`, 'ms', [longest]),
    result(`matcher, ${name}: one pattern of all forms takes so many times as long`, '×', [pattern / ours]),
    result(`matcher, ${name}: indexOf for each form takes so many times as long`, '×', [oneByOne / ours]),
  ];
}

function countOf(text: string, form: string): number {
  let count = 0;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) count++;
  return count;
}

function time(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

/** The least of three times. */
function best(run: () => unknown): number {
  return Math.min(time(run), time(run), time(run));
}
