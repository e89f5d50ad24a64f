import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkInCorpus } from '../../../src/core/rules/index.ts';
import {
  JointProposer,
  proposalsIn,
  type Proposal,
  type TextProposer,
} from '../../../src/core/suggest/proposer.ts';
import { TextIndex } from '../../../src/core/text.ts';

const TEXT = 'Ada left Harwich for the port of Dover.';

/** A proposer that proposes these: where they are, and how sure. */
function proposing(proposals: readonly Partial<Proposal>[]): TextProposer {
  return {
    learn: () => undefined,
    *look(article, index) {
      for (const { start = 0, end = 1, ...more } of proposals) {
        const text = index.slice({ start, end });
        yield undefined;
        yield {
          ...{ start, end, start16: start, end16: end, text, form: text, article, before: '', after: '' },
          ...{ label: 'GPE', link: undefined, source: 'corpus', reviewedAs: [], ...more },
        };
      }
    },
  };
}

const said = (proposers: readonly TextProposer[]) =>
  proposalsIn(new JointProposer(proposers), 'a.txt', new TextIndex(TEXT), []);

describe('several proposers', () => {
  it('are one: in text order, each place once, the surest first, then the order of proposers', () => {
    const lists = proposing([
      { start: 9, end: 16, trust: 0.6 },
      { start: 33, end: 38 },
    ]);
    const learned = proposing([
      { start: 0, end: 3, label: 'PER', score: 0.3 },
      { start: 9, end: 16, label: 'LOC', score: 0.9 },
      { start: 21, end: 38, label: 'FAC', score: 0.99 },
      { start: 33, end: 38, label: 'FAC', score: 1 },
    ]);
    assert.deepEqual(
      said([lists, learned]).map(({ label, text }) => `${label} ${text}`),
      ['PER Ada', 'LOC Harwich', 'GPE Dover'],
    );
    assert.deepEqual(
      said([learned, lists]).map(({ label, text }) => `${label} ${text}`),
      ['PER Ada', 'LOC Harwich', 'FAC Dover'],
    );
    assert.deepEqual(said([]), []);
  });

  it('make nothing of what is not trusted, and leave its place to others', () => {
    const lists = proposing([
      { start: 0, end: 3, trust: 0 },
      { start: 9, end: 16, trust: 0 },
    ]);
    const learned = proposing([{ start: 0, end: 3, label: 'PER', score: 0.4 }]);
    assert.deepEqual(
      said([lists, learned]).map(({ label, text }) => `${label} ${text}`),
      ['PER Ada'],
    );
  });

  it('let whoever asks rest at each place that is none, and need not know all before the first', () => {
    const asked: number[] = [];
    const endless: TextProposer = {
      learn: () => undefined,
      *look(article, index, entities) {
        for (let start = 0; ; start++) {
          asked.push(start);
          yield* proposing([{ start, end: start + 1 }]).look(article, index, entities);
        }
      },
    };
    const found = new JointProposer([endless, proposing([])]).look('a.txt', new TextIndex(TEXT), []);
    const first = [found.next(), found.next(), found.next(), found.next(), found.next(), found.next()];
    assert.deepEqual(
      first.flatMap(({ value }) => (value ? [value.start] : [])),
      [0, 1],
    );
    assert.ok(asked.length <= 4, `${asked.length} places`);
  });

  it('never propose two things at one place, and leave out only what is less sure than what is there', () => {
    const some = fc.array(
      fc.record({
        start: fc.nat(30),
        length: fc.integer({ min: 1, max: 8 }),
        score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 3 }), (all) => {
        const proposers = all.map((list) =>
          list
            .toSorted((a, b) => a.start - b.start)
            .map(({ start, length, score }) => ({
              ...{ start, end: start + length },
              ...(score !== undefined && { score }),
            })),
        );
        const found = said(proposers.map(proposing));
        for (const [i, { end }] of found.entries()) assert.ok(end <= (found[i + 1]?.start ?? Infinity));
        for (const { start, end, score = 1 } of proposers.flat())
          assert.ok(
            found.some((one) => one.start < end && start < one.end && (one.score ?? 1) >= score),
            `${start} to ${end}`,
          );
      }),
    );
  });

  it('are what rules ask for mentions that are not tagged, whoever proposes', () => {
    const facts = {
      proposer: new JointProposer([
        proposing([]),
        proposing([{ start: 9, end: 16, score: 0.97, reviewedAs: ['GPE'] }]),
      ]),
      ...{ hasLabel: () => true, labelsOf: () => [], expectsDate: false, settings: {} },
    };
    const found = checkInCorpus('a.txt', { index: new TextIndex(TEXT), status: 'open', entities: [] }, facts);
    assert.deepEqual(
      found.map(({ rule, start16, end16 }) => [rule, start16, end16]),
      [['untagged-mention', 9, 16]],
    );
  });
});
