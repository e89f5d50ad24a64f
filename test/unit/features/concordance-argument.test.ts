import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readKept, requestOf, type ConcordanceArgument } from '../../../src/features/concordance/argument';
import { isMeant, NO_REQUEST } from '../../../src/workspace/asking/concordance-request';

describe('what the concordance is asked', () => {
  it('is a word at whole words, or an expression anywhere, unless said', () => {
    const query = (argument: ConcordanceArgument) => requestOf(argument)?.query;
    assert.deepEqual(query({ word: 'a' }), {
      text: 'a',
      isRegex: false,
      wholeWords: true,
      matchCase: false,
      label: '',
    });
    assert.deepEqual(query({ regex: 'a', matchCase: true, label: 'PER' }), {
      text: 'a',
      isRegex: true,
      wholeWords: false,
      matchCase: true,
      label: 'PER',
    });
    assert.equal(requestOf({ word: 'a', state: 'reviewed', from: '2020-01-01' })?.state, 'reviewed');
  });
  it('is nothing without a word, an expression or a label', () => {
    for (const argument of [{}, { word: '' }, { state: 'tagged' as const }])
      assert.equal(requestOf(argument), undefined);
  });
  it('is a request whatever was kept', () => {
    assert.deepEqual(readKept(undefined), { request: NO_REQUEST, order: 'place' });
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (query, state, order) => {
        const kept = readKept({ request: { query, state, articles: state, from: state, to: query }, order });
        assert.deepEqual(readKept(JSON.parse(JSON.stringify(kept))), kept);
        assert.equal(typeof kept.request.query.text, 'string');
      }),
    );
  });
});

describe('an article that is asked for', () => {
  const summary = (date: string | undefined, ...labels: string[]) => ({
    state: 'in-progress' as const,
    summary: {
      ...{ date, title: undefined, status: 'open' as const, inTrouble: false },
      ...{ entities: 1, unreviewed: 0, toPlace: 0 },
      labels: new Map(labels.map((label) => [label, 1])),
    },
  });
  const cases: [why: string, asked: Partial<typeof NO_REQUEST>, isIt: boolean][] = [
    ['is any', {}, true],
    ['has the label', { query: { ...NO_REQUEST.query, label: 'PER' } }, true],
    ['has not another label', { query: { ...NO_REQUEST.query, label: 'ORG' } }, false],
    ['has the state', { articles: 'in-progress' }, true],
    ['has not another state', { articles: 'done' }, false],
    ['is of the first day', { from: '2022-05-01' }, true],
    ['is of the last day', { to: '2022-05-01' }, true],
    ['is not later', { from: '2022-05-02' }, false],
    ['is not earlier', { to: '2022-04-30' }, false],
  ];
  for (const [why, asked, isIt] of cases)
    it(why, () => assert.equal(isMeant(summary('2022-05-01', 'PER'), { ...NO_REQUEST, ...asked }), isIt));
  it('has a date if dates are asked for', () => {
    assert.equal(isMeant(summary(undefined), { ...NO_REQUEST, from: '2000-01-01' }), false);
    assert.equal(isMeant(summary(undefined), { ...NO_REQUEST, to: '2000-01-01' }), false);
  });
});
