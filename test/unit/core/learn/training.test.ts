import assert from 'node:assert/strict';
import { Training } from '../../../../src/core/learn/training.ts';
import { proposalsOf } from '../../../../src/core/suggest/guesses.ts';
import type { Guess } from '../../../../src/core/learn/prequential.ts';
import type { Entity } from '../../../../src/core/model/entity.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { markedArticle } from '../../../support/marked-article.ts';

const TOWNS = ['Harwich', 'Dover', 'Lowestoft', 'Whitby', 'Poole', 'Ramsgate'];
const RAW = 'We left the port of Padstow again.\n';

function teach(training: Training, times: number, label = 'GPE'): void {
  for (let n = 0; n < times; n++) {
    const marked = TOWNS.map((town) => `We left the port of [${label} ${town}] again.\n`).join('\n');
    const [{ raw }, entities] = markedArticle(marked);
    training.follow({ kind: 'learn', raw, entities });
  }
}

describe('a training', () => {
  const said = (training: Training) =>
    training.follow({ kind: 'suggest', raw: RAW }).map(({ label, start }) => `${label} ${start}`);

  it('answers with what was learned before until all is learned anew, then unlearns what is gone', () => {
    const training = new Training();
    assert.deepEqual(said(training), []);
    training.follow({ kind: 'begin' });
    training.follow({ kind: 'read', texts: [RAW] });
    teach(training, 8);
    assert.deepEqual(said(training), []);
    training.follow({ kind: 'end' });
    assert.deepEqual(said(training), ['GPE 20']);
    training.follow({ kind: 'begin' });
    teach(training, 8, 'LOC');
    assert.deepEqual(said(training), ['GPE 20']);
    training.follow({ kind: 'end' });
    assert.deepEqual(said(training), ['LOC 20']);
  });

  it('says only what is sure while such guesses were mostly wrong, or few', () => {
    const training = new Training();
    training.follow({ kind: 'begin' });
    const ofOne = (label: string, towns: readonly string[]) =>
      markedArticle(towns.map((town) => `We left the port of [${label} ${town}] again.\n`).join('\n'));
    const learn = ([{ raw }, entities]: ReturnType<typeof markedArticle>) =>
      training.follow({ kind: 'learn', raw, entities });
    learn(ofOne('GPE', TOWNS));
    training.follow({ kind: 'end' });
    assert.deepEqual(said(training), [], 'one article proves nothing');
    // Whatever was learned is wrong in the next.
    for (let n = 0; n < 8; n++) learn(ofOne(n % 2 === 0 ? 'ORG' : 'GPE', TOWNS));
    assert.deepEqual(said(training), []);
  });

  it('takes sixty labels, and an article of one word', () => {
    const training = new Training();
    training.follow({ kind: 'begin' });
    const labels = Array.from({ length: 60 }, (_, n) => `L${n}`);
    const [{ raw }, entities] = markedArticle(
      labels.map((label) => `[${label} word${label}] is.`).join('\n'),
    );
    training.follow({ kind: 'learn', raw, entities });
    training.follow({ kind: 'learn', raw: 'word', entities: [] });
    training.follow({ kind: 'end' });
    for (const { probability } of training.follow({ kind: 'suggest', raw }))
      assert.ok(probability > 0 && probability <= 1);
  }).timeout(60_000);
});

describe('guesses as proposals', () => {
  const guess = (start: number, end: number, label = 'GPE'): Guess => ({
    ...{ start, end, label, probability: 0.8, isSure: true },
  });
  const entity: Entity = { id: 'aaaaaa', label: 'PER', start: 2, end: 5, text: 'Ada' };

  it('are where no entity is, in both units, and none that is not wanted', () => {
    const index = new TextIndex('😀 Ada, Rome, Oslo');
    const guesses = [guess(3, 6), guess(7, 11), guess(13, 17, 'ORG'), guess(13, 99)];
    const found = [...proposalsOf(guesses, 'a.txt', index, [entity], ({ label }) => label !== 'ORG')];
    assert.deepEqual(
      found.map((one) => one && [one.text, one.start16, one.end16, one.source, one.score, one.isSure]),
      [undefined, ['Rome', 8, 12, 'learned', 0.8, true], undefined, undefined],
    );
  });

  it('are where an entity is that nobody can find', () => {
    const index = new TextIndex('  Ada');
    const found = [...proposalsOf([guess(2, 5)], 'a.txt', index, [{ ...entity, broken: true }], () => true)];
    assert.deepEqual(
      found.map((one) => one?.text),
      ['Ada'],
    );
  });
});
