import assert from 'node:assert/strict';
import { NO_QUERY, patternOfQuery } from '../../../src/core/concordance/query';
import { PatternSearch, PatternTooSlow } from '../../../src/workspace/asking/pattern-search';

const searchFor = (text: string, longest?: number) =>
  new PatternSearch(patternOfQuery({ ...NO_QUERY, text, isRegex: true, wholeWords: false })!, longest);
/** Holds this process up, as a machine does that stands still. */
const standStill = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

describe('a search for a pattern', () => {
  it('is given up where it would take for ever, and finds something in the next texts', async () => {
    const search = searchFor('(a+)+b', 250);
    await assert.rejects(search.find(['a'.repeat(40)]), PatternTooSlow);
    assert.deepEqual(await search.find(['xab', 'a']), [[1, 3], []]);
    search.end();
  });

  it('takes its time from when it began, and while the host had its turns', async () => {
    const search = searchFor('b', 250);
    const found = search.find(['abc']);
    standStill(700);
    assert.deepEqual(await found, [[1, 2]]);
    // The thread is there now, and its answer lies ready when the timer is due.
    const again = search.find(['abc']);
    await new Promise((resolve) => setTimeout(resolve, 1));
    standStill(700);
    assert.deepEqual(await again, [[1, 2]]);
    search.end();
  });
});
