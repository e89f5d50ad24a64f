import assert from 'node:assert/strict';
import { lineReader, problemsOfLarge } from '../../../src/core/sidecar/read-lines.ts';
import { NEW_FRAME, type Sidecar } from '../../../src/core/sidecar/sidecar.ts';
import { entity } from './arbitraries.ts';

const PAIRS = 'id: a1, label: ORG, start: 0, end: 4, text: text';

describe('a line of a sidecar that is read by itself', () => {
  it('is an entity on one line', () => {
    const reader = lineReader();
    assert.equal(reader.readItem(`  - { ${PAIRS} } # c`)?.kept?.comment, '# c');
    const others = ['', 'x: 1', '  - a', `  - id: a1`, `  - {${PAIRS}`, `  - {${PAIRS}, x: &a 1}`];
    for (const line of [...others, `  - {${PAIRS}}\n  - {${PAIRS}}`, `  - {${PAIRS}, note: 1}`])
      assert.equal(reader.readItem(line), undefined, line);
  });

  it('is not read once all such lines together are too much, each with fifty characters more', () => {
    const readable = (length: number) => {
      const reader = lineReader();
      const line = `  - {${PAIRS}, note: "${'x'.repeat(length - PAIRS.length - 16)}"}`;
      return Array.from({ length: 4 }, () => reader.readItem(line)).filter((read) => read).length;
    };
    assert.deepEqual([readable(166_600), readable(166_640)], [3, 2]);
  });

  it('tells the keys that are managed where they can be written again', () => {
    const reader = lineReader();
    const keys = reader.readFrame(['version: 1', 'mine: 1', 'article: a.txt'], ['other: 2']);
    assert.deepEqual(keys, { article: 'a.txt', textHash: '', status: 'open' });
    const heads = [['version: 2'], ['version: 1', 'x: "'], ['version:', '  1'], ['- version: 1'], ['version: 1', 'status: x']]; // prettier-ignore
    for (const head of heads) assert.equal(reader.readFrame(head, []), undefined, head.join('\n'));
    assert.equal(reader.readFrame([], ['version: 1']), undefined);
  });
});

describe('what is wrong in a sidecar that is too large', () => {
  const HEAD = 'version: 1\nentities:\n';
  const problems = (text: string, canonical: Sidecar | number, mark = '') =>
    problemsOfLarge(mark + text, text, canonical).map(({ code, start16, end16, values }) => [
      code,
      (mark + text).slice(start16, end16),
      values,
    ]);

  it('stands in the line at which reading stopped, be there a byte-order mark or not', () => {
    for (const mark of ['', '\ufeff']) {
      const text = `${HEAD}  - {${PAIRS}}\n  - {${PAIRS}, note: 1}\r\nx: 1\n`;
      assert.deepEqual(problems(text, 3, mark), [['wrong-type', '1', { key: 'note', expected: 'string' }]]);
      assert.deepEqual(problems(text, 4, mark), [['line-not-canonical', 'x: 1', { limit: '500000' }]]);
      assert.deepEqual(problems(text, 0, mark), [['line-not-canonical', 'version: 1', { limit: '500000' }]]);
      assert.deepEqual(problems(text, 2, mark)[0]?.[1], `  - {${PAIRS}}`);
    }
  });

  it('is the first line that has the id of one above', () => {
    const kept = { above: ['  # c'], pairs: '', comment: '' };
    const entities = [entity({ id: 'a1' }), entity({ id: 'b1', kept }), entity({ id: 'a1' })];
    const canonical: Sidecar = { article: '', textHash: '', status: 'open', frame: NEW_FRAME, entities };
    const text = `${HEAD}  - {one}\n  # c\n  - {two}\n  - {three}\n`;
    assert.deepEqual(problems(text, canonical), [['entity-id-duplicate', '  - {three}', { id: 'a1' }]]);
  });
});
