import assert from 'node:assert/strict';
import { pressAims, pressing, taggedArticles } from '../../bench/presses/index.ts';
import { fewestPresses } from '../../bench/presses/model.ts';

/** A text whose entities stand in brackets. */
function read(marked: string): Parameters<typeof fewestPresses> {
  const pieces = marked.split(/[[\]]/);
  const lengths = pieces.map((_, i) => pieces.slice(0, i).join('').length);
  const entities = pieces.flatMap((piece, i) =>
    i % 2 ? { start16: lengths[i]!, end16: lengths[i]! + piece.length } : [],
  );
  return [pieces.join(''), entities];
}

describe('the presses that tag an article by keyboard alone', () => {
  const table: [what: string, marked: string, presses: Partial<ReturnType<typeof fewestPresses>>][] = [
    ['a name after the other', 'They met [Xi] in [Oslo].', { 'next name': 2, label: 2 }],
    ['the end of a name', 'They met Vice Premier [Liu He].', { 'show letters': 1, letters: 1, label: 1 }],
    [
      'a name in two',
      'by the [Ministry of Industry and Trade].',
      { 'next name': 1, 'widen to name': 1, label: 1 },
    ],
    [
      'many words in lower case',
      'There was a [conference upon the mending of very small harbors] then.',
      { 'show letters': 2, letters: 2, label: 1 },
    ],
  ];
  for (const [what, marked, presses] of table) {
    it(`are for ${what}: ${marked}`, () => {
      const found = Object.entries(fewestPresses(...read(marked))).filter(([, count]) => count > 0);
      assert.deepEqual(Object.fromEntries(found), presses);
    });
  }

  it('are under two and a half for an entity, with nothing learned yet', () => {
    const results = new Map(pressing().map(({ name, median }) => [name, median]));
    assert.equal(taggedArticles()[0]?.entities.length, 28);
    for (const [name, aim] of Object.entries(pressAims)) {
      assert.equal(aim, 2.5);
      assert.ok(results.get(name)! > 2 && results.get(name)! < aim, `${name}: ${results.get(name)}`);
    }
    assert.equal(Object.keys(pressAims).length, 2);
  });
});
