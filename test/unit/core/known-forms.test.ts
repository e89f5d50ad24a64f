import assert from 'node:assert/strict';
import type { LabelCount } from '../../../src/core/label-counts.ts';
import type { Item } from '../../../src/core/suggest/item.ts';
import { KnownForms } from '../../../src/core/suggest/known-forms.ts';
import { JointProposer, proposalsIn } from '../../../src/core/suggest/proposer.ts';
import { TextIndex } from '../../../src/core/text.ts';

const reviewed = (label: string, count: number): LabelCount => ({
  ...{ label, all: count, reviewed: count, known: count, links: new Map() },
});

/** How far “Oslo” is trusted as GPE, which the gazetteer lists or the counts know, and whether it is suggested. */
function trustOf(counts: readonly LabelCount[], refusals: number, gazetteer: readonly Item[] = []) {
  const refused = Array.from({ length: refusals }, (_, i): Item => {
    return { text: 'Oslo', label: 'GPE', article: `${i}.txt`, before: 'in ', after: '.' };
  });
  const forms = new KnownForms(() => counts, gazetteer, refused);
  forms.add('Oslo');
  const text = ['x.txt', new TextIndex('To Oslo now.'), []] as const;
  const [found] = proposalsIn(forms, ...text);
  return [found?.trust, proposalsIn(new JointProposer([forms]), ...text).length];
}

describe('known forms', () => {
  const listed = [{ text: 'Oslo', label: 'GPE' }];
  const table: [why: string, trust: number, suggested: number, ...Parameters<typeof trustOf>][] = [
    ['all that was decided agrees', 1, 1, [reviewed('GPE', 3)], 0],
    ['others had another label', 0.75, 1, [reviewed('GPE', 3), reviewed('PER', 1)], 0],
    ['it was refused as often as accepted', 0.5, 1, [reviewed('GPE', 2)], 2],
    ['it was refused more often: it is silent', 0, 0, [reviewed('GPE', 2)], 3],
    ['nobody has decided of what is listed', 1, 1, [], 0, listed],
    ['one refusal is about its own place', 1, 1, [], 1, listed],
    ['what is listed was refused again and again', 0, 0, [], 2, listed],
  ];
  for (const [why, trust, suggested, ...given] of table)
    it(`are trusted as their record says: ${why}`, () => {
      assert.deepEqual(trustOf(...given), [trust, suggested]);
    });
});
