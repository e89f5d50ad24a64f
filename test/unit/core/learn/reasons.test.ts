import assert from 'node:assert/strict';
import { Prequential, type Guess } from '../../../../src/core/learn/prequential.ts';
import { TextIndex } from '../../../../src/core/text.ts';
import { markedArticle } from '../../../support/marked-article.ts';

const TOWNS = ['Harwich', 'Dover', 'Lowestoft', 'Whitby', 'Poole', 'Ramsgate', 'Margate', 'Bideford'];
const NAMES = ['Ada', 'Bob', 'Eve', 'Joan', 'Tom', 'Kit', 'Sue', 'Max'];

/** A course that learned of people before “sailed”, and of towns behind “port of”. */
function learned(): Prequential {
  const course = new Prequential();
  for (let n = 0; n < 12; n++)
    course.next(
      ...markedArticle(
        TOWNS.map(
          (town, i) => `At noon [PER ${NAMES[(i + n) % 8]}] sailed to the port of [GPE ${town}] again.\n`,
        ).join('\n'),
      ),
    );
  return course;
}

describe('what is suggested because it was learned', () => {
  let course: Prequential;
  const suggest = (text: string) => course.suggest(new TextIndex(text));
  const said = (guess: Guess | undefined) =>
    guess?.reasons?.map(({ code, text = '', label = '' }) => `${code} ${text} ${label}`.trim()) ?? [];

  before(() => (course = learned()));

  it('has what spoke most for it, and is sure where such was right', () => {
    const found = suggest('At noon Ann sailed to the port of Padstow again.\n');
    assert.deepEqual(
      found.map(({ label }) => label),
      ['PER', 'GPE'],
    );
    assert.ok(found[0]!.isSure);
    for (const guess of found) assert.equal(said(guess).length, 3, said(guess).join(', '));
    const [ann, padstow] = found;
    assert.ok(
      said(ann).some((reason) => ['after sailed', 'before noon', 'capital'].includes(reason)),
      said(ann).join(', '),
    );
    assert.ok(
      said(padstow).some((reason) => ['before of', 'after again', 'before port'].includes(reason)),
      said(padstow).join(', '),
    );
  });

  it('says as what a form is known', () => {
    const [found] = suggest('Dover sailed.');
    assert.equal(found?.label, 'GPE');
    assert.ok(
      said(found).some((reason) =>
        ['known-form  GPE', 'known-word Dover GPE', 'word Dover'].includes(reason),
      ),
      said(found).join(', '),
    );
  });

  it('is the same, reasons asked or not', () => {
    const index = new TextIndex('At noon Ann sailed to the port of Padstow again.\n\nNumber 12: Bob.');
    const { learner } = course;
    const [asked, plain] = [true, false].map((isAsked) =>
      learner.predict(learner.featuresOf(index, isAsked)),
    );
    assert.deepEqual(
      asked!.map(({ reasons: _, ...one }) => one),
      plain,
    );
  });
});
