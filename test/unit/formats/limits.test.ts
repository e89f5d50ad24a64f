import assert from 'node:assert/strict';
import { conll2003 } from '../../../src/formats/conll2003';
import { fit } from '../../../src/formats/shared/limits';
import { Report, type Note } from '../../../src/formats/shared/report';
import { marked } from './support';

describe('what a format cannot hold', () => {
  const lossesOf = (...args: Parameters<typeof marked>) => {
    const notes: Note[] = [];
    fit(marked(...args), conll2003, new Report((note) => notes.push(note)));
    return notes;
  };

  it('is told of each entity, with its place and all that it loses', () => {
    const { entities } = marked('a', '[PER Ada] met [PER Bob] in [GPE Rome]');
    const [ada, bob, rome] = entities;
    const notes = lossesOf('a', 'Ada met Bob in Rome', {
      entities: [
        { ...ada!, note: 'a note', link: 'wikidata:Q7259', externalId: 'T1' },
        // Says nothing: that is no loss.
        { ...bob!, reviewed: false, note: '', attributes: {} },
        { ...rome!, reviewed: true, suggestedBy: 'model', attributes: { level: 1 } },
      ],
    });
    assert.deepEqual(notes, [
      {
        kind: 'lost',
        code: 'field',
        document: 'a',
        span: { start: 0, end: 3 },
        label: 'PER',
        text: 'Ada',
        values: { fields: 'note, link' },
      },
      {
        kind: 'lost',
        code: 'field',
        document: 'a',
        span: { start: 15, end: 19 },
        label: 'GPE',
        text: 'Rome',
        values: { fields: 'reviewed, suggestedBy, attributes' },
      },
    ]);
  });
});
