import assert from 'node:assert/strict';
import fc from 'fast-check';
import { crossValidate } from '../../../../src/core/learn/doubts.ts';
import { WordCounts } from '../../../../src/core/learn/features.ts';
import { addConflicts, groupLabels } from '../../../../src/core/learn/chains.ts';
import { Known, ownKnown } from '../../../../src/core/learn/known.ts';
import { Learner, LIKELY } from '../../../../src/core/learn/learner.ts';
import { calibrationError, Prequential, type Score } from '../../../../src/core/learn/prequential.ts';
import { Sureness } from '../../../../src/core/learn/sureness.ts';
import { tokenize } from '../../../../src/core/learn/tokens.ts';
import type { Entity } from '../../../../src/core/model/entity.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { markedArticle as article } from '../../../support/marked-article.ts';

const TOWNS = ['Harwich', 'Dover', 'Lowestoft', 'Whitby', 'Poole', 'Ramsgate', 'Margate', 'Bideford'];
const NAMES = [
  'Ada Holt',
  'Bob Reed',
  'Eve Marsh',
  'Joan Pike',
  'Tom Vane',
  'Kit Lowe',
  'Sue Dell',
  'Max Orr',
];
const VERBS = ['left', 'reached', 'loved', 'forgot'];
const training = (n: number) =>
  article(
    TOWNS.map((town, i) => {
      const name = NAMES[(i * 3 + n) % 8]!;
      return `In the evening [PER ${name}] ${VERBS[(i + n) % 4]} the port of [GPE ${TOWNS[(i + n) % 8]!}]. The ferry to [GPE ${town}] was late.\n`;
    }).join('\n'),
  );

const predict = (learner: Learner, index: TextIndex) => learner.predict(learner.featuresOf(index));
const teach = (learner: Learner, [index, entities]: readonly [TextIndex, readonly Entity[]]) =>
  learner.learn(learner.featuresOf(index), entities);

describe('what is learned from articles', () => {
  it('is told in code points, of tokens that are words, numbers, signs and characters', () => {
    const index = new TextIndex('😀 Ada’s\r\n\r\n北京大学 12!');
    const { words, starts, ends, paragraphs } = tokenize(index);
    assert.deepEqual(words, ['😀', 'Ada', '’', 's', '北', '京', '大', '学', '12', '!']);
    assert.deepEqual([...starts], [0, 2, 5, 6, 9, 10, 11, 12, 14, 16]);
    assert.deepEqual([...ends], [1, 5, 6, 7, 10, 11, 12, 13, 16, 17]);
    assert.deepEqual(paragraphs, [0, 4, 10]);
    for (const [i, word] of words.entries())
      assert.equal(index.slice({ start: starts[i]!, end: ends[i]! }), word);
    assert.match(tokenize(new TextIndex('北京大学')).inWords.get(0)!, /^\S+ [BS]$/);
    assert.deepEqual(tokenize(new TextIndex('')).paragraphs, [0]);
  });

  it('groups labels that stand in each other apart, and others together', () => {
    const conflicts = new Map<string, Set<string>>();
    assert.ok(
      addConflicts(conflicts, [
        { first: 0, last: 4, label: 'ORG' },
        { first: 1, last: 1, label: 'GPE' },
        { first: 5, last: 6, label: 'PER' },
      ]),
    );
    assert.ok(
      !addConflicts(conflicts, [
        { first: 0, last: 1, label: 'GPE' },
        { first: 1, last: 2, label: 'ORG' },
      ]),
    );
    assert.deepEqual(groupLabels(['ORG', 'GPE', 'PER'], conflicts), [['ORG', 'PER'], ['GPE']]);
  });

  it('knows the longest forms, but not what the article itself says', () => {
    const words = ['new', 'york', 'and', 'york'];
    const own = ownKnown(words, [{ first: 0, last: 1, label: 'GPE' }]);
    const other = ownKnown(words, [{ first: 3, last: 3, label: 'PER' }]);
    const known = new Known();
    known.add(own);
    assert.deepEqual([...known.matches(words)], [{ first: 0, last: 1, label: 'GPE' }]);
    assert.deepEqual([...known.matches(words, own)], []);
    known.add(other);
    assert.deepEqual(
      [...known.matches(words, own)].map(({ first, label }) => [first, label]),
      [
        [1, 'PER'],
        [3, 'PER'],
      ],
    );
    assert.deepEqual(known.ofWord('york', own), { label: 'PER', share: 2 });
    assert.deepEqual(known.ofWord('york'), { label: 'GPE', share: 1 });
    assert.deepEqual(known.ofWord('and'), { label: '', share: 0 });
    assert.equal(known.ofWord('and', { ...own, totals: new Map([['and', 2]]) }), undefined);
  });

  it('is found where nobody has tagged it, with forms that were never seen', () => {
    const learner = new Learner();
    for (let n = 0; n < 8; n++) learner.read(training(n)[0]);
    for (let n = 0; n < 8; n++) {
      teach(learner, training(n));
      for (let k = 0; k < 4; k++) learner.replay();
    }
    const [index, gold] = article(
      'In the evening [PER Ann Shaw] left the port of [GPE Padstow]. The ferry to [GPE Fowey] was late.',
    );
    const found = predict(learner, index).filter(({ probability }) => probability >= LIKELY);
    const key = ({ start, end, label }: { start: number; end: number; label: string }) =>
      `${label} ${start} ${end}`;
    assert.deepEqual(found.map(key), gold.sort((a, b) => a.start - b.start).map(key));
  });

  it('is found in what is in each other, too, and a new label loses nothing', () => {
    const learner = new Learner();
    const nested = (town: string) =>
      article(`We saw [ORG Bank of [GPE ${town}]] today, said [PER Ada Holt].\n`);
    for (let n = 0; n < 30; n++) teach(learner, nested(TOWNS[n % 6]!));
    teach(learner, article('On [DATE Monday] we saw it.'));
    for (let n = 0; n < 60; n++) learner.replay();
    const found = predict(learner, nested(TOWNS[7]!)[0]).filter(({ probability }) => probability >= LIKELY);
    assert.deepEqual(
      found.map(({ label }) => label),
      ['ORG', 'GPE', 'PER'],
    );
  });

  it('is the same for the same articles in the same order', () => {
    const learn = () => {
      const course = new Prequential();
      const scores = [0, 1, 2, 3].map((n) => course.next(...training(n)));
      return [scores, predict(course.learner, training(5)[0])];
    };
    assert.deepEqual(learn(), learn());
  });

  it('leaves out what it cannot hold, and takes any text', () => {
    const learner = new Learner();
    const [index] = article('Adamant\n\n[X ]');
    const entity = (start: number, end: number, more: object = {}): Entity => ({
      id: 'aaaaaa',
      label: 'PER',
      start,
      end,
      text: '',
      ...more,
    });
    const entities = [
      entity(0, 3),
      entity(0, 99),
      entity(3, 3),
      entity(0, 7, { broken: true }),
      entity(0, 7, {
        parts: [
          [0, 1],
          [3, 7],
        ],
      }),
    ];
    teach(learner, [index, entities]);
    assert.deepEqual(predict(learner, index), []);
    teach(learner, [new TextIndex(''), []]);
    learner.replay();
    assert.deepEqual(predict(learner, new TextIndex('')), []);
  });

  it('scores by exact span and label, with the probabilities that were right', () => {
    const course = new Prequential();
    const first = course.next(...training(0));
    const nothing: Score = { gold: 24, predicted: 0, correct: 0, sure: 0, sureCorrect: 0, bins: [] };
    assert.deepEqual(first, nothing);
    let last = first;
    for (let n = 1; n < 12; n++) last = course.next(...training(n));
    assert.equal(last.gold, 24);
    assert.ok(last.correct >= 23 && last.predicted <= 25 && last.sureCorrect >= 20, JSON.stringify(last));
    const sum = (at: 1 | 2) => last.bins.reduce((all, bin) => all + bin[at], 0);
    assert.ok(sum(1) >= last.predicted && sum(2) >= last.correct, JSON.stringify(last.bins));
  });
});

describe('how far probabilities are from what was right', () => {
  it('is the mean over all candidates, bin by bin', () => {
    const score = (...bins: [number, number, number][]): Score => ({
      ...{ gold: 0, predicted: 0, correct: 0, sure: 0, sureCorrect: 0, bins },
    });
    assert.equal(calibrationError([]), 0);
    // Too high here and too low there is right on the whole, in one bin only.
    assert.ok(Math.abs(calibrationError([score([0.92, 50, 50]), score([0.98, 50, 45])])) < 1e-9);
    assert.ok(Math.abs(calibrationError([score([0.2, 100, 30], [0.9, 100, 80])]) - 0.1) < 1e-9);
  });
});

describe('what a model speaks against', () => {
  const doubted = (articles: readonly (readonly [TextIndex, readonly Entity[]])[]) => {
    const counts = new WordCounts();
    const learner = new Learner(counts);
    for (const [index] of articles) learner.read(index);
    const tagged = articles.map(([index, entities]) => ({ features: learner.featuresOf(index), entities }));
    return [...crossValidate(tagged, counts)].flatMap((step) => {
      const [i, doubts] = step ?? [0, []];
      return doubts.map((doubt) => ({ i, ...doubt }));
    });
  };
  const all = Array.from({ length: 15 }, (_, n) => training(n));
  /** The articles with another list of entities in one of them. */
  const but = (n: number, change: (entities: Entity[]) => Entity[]) =>
    all.map((one, i) => (i === n ? ([one[0], change([...one[1]])] as const) : one));

  it('is nothing where all is alike, or nothing can be learned', () => {
    assert.deepEqual(doubted(all), []);
    assert.deepEqual(doubted([]), []);
    assert.deepEqual(doubted(all.slice(0, 1)), []);
  });

  it('is another label, another edge, and an entity that is not there, each by its article', () => {
    const [index, [first]] = all[4]!;
    const wrong = { ...first!, label: 'GPE' };
    const label = doubted(but(4, ([, ...others]) => [wrong, ...others]));
    assert.deepEqual(
      label.map(({ i, entity, likelier }) => [i, entity, likelier!.label, likelier!.start]),
      [[4, wrong, 'PER', first!.start]],
    );
    assert.ok(label[0]!.probability < 0.2 && label[0]!.certainty > 0.8);
    const end = first!.start + first!.text.indexOf(' ');
    const cut = { ...first!, end, text: index.slice({ start: first!.start, end }) };
    const edge = doubted(but(4, ([, ...others]) => [cut, ...others]));
    assert.deepEqual(
      edge.map(({ entity, likelier }) => [entity, likelier!.end]),
      [[cut, first!.end]],
    );
    const removed = doubted(but(4, ([, ...others]) => others));
    assert.deepEqual(
      removed.map(({ entity, likelier }) => [entity, likelier!.start, likelier!.label]),
      [[undefined, first!.start, 'PER']],
    );
  });

  it('is an entity whose words are none elsewhere, and nothing that nobody accepted', () => {
    const extra: Entity = { id: 'x', label: 'PER', start: 0, end: 6, text: 'In the' };
    const found = doubted(but(4, (entities) => [extra, ...entities]));
    assert.deepEqual(
      found.map(({ entity, likelier }) => [entity, likelier]),
      [[extra, undefined]],
    );
    assert.deepEqual(doubted(but(4, (entities) => [{ ...extra, suggestedBy: 'learned' }, ...entities])), []);
  });
});

describe('what is sure', () => {
  const decided = (label: string, probability: number, right: number, wrong: number) => [
    ...Array.from({ length: right }, () => ({ label, probability, isRight: true })),
    ...Array.from({ length: wrong }, () => ({ label, probability, isRight: false })),
  ];

  it('is nothing before something was decided, then what was right in 93 of 100', () => {
    const sureness = new Sureness();
    assert.equal(sureness.isSure('PER', 1), false);
    sureness.add(decided('PER', 0.99, 19, 0));
    assert.deepEqual(
      [0.99, 0.98].map((p) => sureness.isSure('PER', p)),
      [true, false],
    );
    sureness.add(decided('PER', 0.8, 131, 9));
    assert.deepEqual(
      [0.99, 0.8, 0.79].map((p) => sureness.isSure('PER', p)),
      [true, true, false],
    );
    sureness.add(decided('PER', 0.8, 0, 3));
    assert.deepEqual(
      [0.99, 0.8].map((p) => sureness.isSure('PER', p)),
      [true, false],
    );
  });

  it('trusts probabilities while little was decided, and then what was', () => {
    const sureness = new Sureness();
    sureness.add(decided('PER', 0.6, 3, 0));
    assert.equal(sureness.isSure('PER', 0.6), false, 'chance');
    sureness.add(decided('PER', 0.6, 97, 0));
    assert.equal(sureness.isSure('PER', 0.6), true);
    sureness.add(decided('PER', 0.99, 5, 20));
    assert.equal(sureness.isSure('PER', 0.99), false, 'probable, and wrong');
  });

  it('is not told by what was not suggested', () => {
    const sureness = new Sureness();
    sureness.add(decided('PER', 0.9, 60, 1));
    sureness.add(decided('PER', LIKELY - 0.01, 0, 600));
    assert.equal(sureness.isSure('PER', 0.9), true);
  });

  it('is as often right as it says, whatever the probabilities are like', () => {
    const cases = fc.array(fc.record({ p: fc.integer({ min: 40, max: 100 }), right: fc.boolean() }), {
      minLength: 1,
      maxLength: 499,
    });
    fc.assert(
      fc.property(cases, (all) => {
        const sureness = new Sureness();
        sureness.add(all.map(({ p, right }) => ({ label: 'X', probability: p / 100, isRight: right })));
        const sure = all.filter(({ p }) => sureness.isSure('X', p / 100));
        // Ten decisions' worth of what the model expects may be all that speaks for them.
        const right = sure.filter((one) => one.right).length;
        assert.ok(right + 10 >= 0.93 * (sure.length + 10) - 1e-9);
        const least = Math.min(...sure.map(({ p }) => p));
        assert.ok(
          all.every(({ p }) => p < least === !sureness.isSure('X', p / 100)),
          'a threshold',
        );
      }),
    );
  });

  it('is told label by label where there is enough to go by, by the last decisions', () => {
    const sureness = new Sureness();
    sureness.add([...decided('PER', 0.7, 100, 0), ...decided('GPE', 0.7, 20, 80)]);
    assert.deepEqual(
      [sureness.isSure('PER', 0.7), sureness.isSure('GPE', 0.7), sureness.isSure('ORG', 0.7)],
      [true, false, false],
    );
    sureness.add(decided('GPE', 0.7, 500, 0));
    assert.deepEqual([sureness.isSure('GPE', 0.7), sureness.isSure('ORG', 0.7)], [true, true]);
  });
});
