import assert from 'node:assert/strict';
import { anchorByText } from '../../../src/core/anchor/by-text.ts';
import { compareEntities } from '../../../src/core/model/entity.ts';
import { TextIndex } from '../../../src/core/text.ts';
import { entity } from './arbitraries.ts';

/** Where the old text had it, what it is, and what its sidecar says of its context. */
type Mention = [start: number, text: string, before?: string, after?: string];

/** For each mention: where it is found in a text; `-` where that is left to a person. */
function found(mentions: readonly Mention[], text: string, trusted?: string): string {
  const entities = mentions.map(([start, mention, before, after], i) =>
    entity({ id: `a${i}`, text: mention, start, end: start + mention.length, before, after }),
  );
  const places = anchorByText(
    [...entities].sort(compareEntities),
    new TextIndex(text),
    (one) => one.text === trusted,
  );
  return entities.map((one) => places.get(one)?.start ?? '-').join(' ');
}

describe('an entity whose old text is not at hand', () => {
  const CONTEXT = ['she went to ', ' by a train '] as const;
  const cases: [what: string, mentions: Mention[], now: string, places: string][] = [
    ['is where its only whole word is', [[3, 'Rome']], 'In our Rome.', '7'], // prettier-ignore
    ['is not within a word that begins alike', [[5, 'Ad']], 'To Adam.', '-'], // prettier-ignore
    ['is not within a word that ends alike', [[3, 'dam']], 'To Adam.', '-'], // prettier-ignore
    ['is within a word where its context says so', [[3, 'dam', 'a ma', '.']], 'To a madam.', '7'], // prettier-ignore
    ['is the one with its whole context', [[0, 'Rome', 'in ', ' now']], 'To Rome, in Rome now.', '12'], // prettier-ignore
    ['is not told where another has half of its context', [[0, 'Rome', 'in ', ' now']], 'Rome now, in Rome now.', '-'], // prettier-ignore
    ['is not where what stood behind it is rewritten', [[10, 'Rome', 'I went to ', ' by train']], 'I went to Rome, but late.', '-'], // prettier-ignore
    ['is not where what stood before it is rewritten', [[10, 'Rome', 'I went to ', ' by train']], 'We live in Rome by train.', '-'], // prettier-ignore
    ['is not where less than most of its context is', [[40, 'Rome', ...CONTEXT]], 'He flies to Rome by a ship.', '-'], // prettier-ignore
    ['is elsewhere where most of its context is', [[40, 'Rome', ...CONTEXT]], 'Who went to Rome by a ship.', '12'], // prettier-ignore
    ['is not told by its distance where another fits as well', [[3, 'Rome', 'in the ', ' and']], 'in Rome and in Rome and', '-'], // prettier-ignore
    ['is told by its neighbours where they are as far apart', [[0, 'Ada'], [8, 'it', 'saw ', '. I'], [14, 'Bob']], 'Now Ada saw it. I Bob.', '4 12 18'], // prettier-ignore
    ['is before what was put in where the neighbour before it says so', [[0, 'Ada'], [8, 'it'], [12, 'Bob']], 'Ada saw it, said. Bob has it.', '0 8 18'], // prettier-ignore
    ['is behind what was put in where the neighbour behind it says so', [[0, 'Ada'], [8, 'it'], [12, 'Bob']], 'Ada also saw it. Bob has it.', '0 13 17'], // prettier-ignore
    ['is not told where two stand between its neighbours', [[0, 'Ada'], [8, 'it'], [12, 'Bob']], 'Ada saw it, it said. Bob.', '0 - 21'], // prettier-ignore
    ['is not one alone that changed places', [[0, 'Ada'], [8, 'Bob'], [16, 'Eve'], [26, 'Cy']], 'Then Cy. Ada met Bob and Eve.', '9 17 25 -'], // prettier-ignore
    ['is one of two that changed places together', [[0, 'Ada'], [8, 'Bob'], [16, 'Eve'], [26, 'Cy'], [34, 'Di']], 'Then Cy left Di. Ada met Bob and Eve.', '17 25 33 5 13'], // prettier-ignore
    ['is one alone that changed places with its context', [[0, 'Ada'], [8, 'Bob'], [16, 'Eve'], [26, 'Cy', 'hen ', '.']], 'Then Cy. Ada met Bob and Eve.', '9 17 25 5'], // prettier-ignore
    ['is not one that moved between neighbours that did not', [[0, 'Ada'], [8, 'Cy'], [24, 'Bob']], 'Ada saw I know, Cy, and Bob.', '0 - 24'], // prettier-ignore
  ];
  for (const [what, mentions, now, places] of cases)
    it(what, () => assert.equal(found(mentions, now), places));

  it('stays where it is where its place is known, and tells that of its neighbours', () => {
    const mentions: Mention[] = [[0, 'it'], [6, 'Ada'], [14, 'it']]; // prettier-ignore
    assert.equal(found(mentions, 'it or Ada met it'), '0 6 14');
    assert.equal(found([[3, 'it']], 'it it', 'it'), '3');
  });
});
