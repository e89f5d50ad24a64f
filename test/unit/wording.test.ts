import assert from 'node:assert/strict';
import { Report, type Note } from '../../src/formats/shared/report';
import { noteMessage } from '../../src/wording/notes';
import { totalMessage } from '../../src/wording/totals';
import { inEnglish } from '../../src/wording/translate';

describe('what is said of a conversion', () => {
  const said = (note: Pick<Note, 'code' | 'values'>) => noteMessage(inEnglish, { kind: 'lost', ...note });

  it('counts one as one', () => {
    const layer = (count: string) => said({ code: 'layer-kept', values: { type: 'Token', count } });
    assert.match(layer('1'), /^1 annotation of Token is kept .* it is no entity here$/);
    assert.match(layer('12'), /^12 annotations of Token are kept .* they are no entities here$/);
  });

  it('names what an entity loses, and counts it by field', () => {
    const entity = { kind: 'lost', code: 'field', label: 'ORG', text: 'ANC' } as const;
    const notes = ['note, link', 'note', 'reviewed', 'level'].map((fields) => ({
      ...entity,
      values: { fields },
    }));
    assert.deepEqual(
      notes.map((note) => noteMessage(inEnglish, note)),
      [
        'ORG “ANC” loses its note, its link: the format has no place for that',
        'ORG “ANC” loses its note: the format has no place for that',
        'ORG “ANC” loses the mark that it is reviewed: the format has no place for that',
        'ORG “ANC” loses “level”: the format has no place for that',
      ],
    );
    const report = new Report();
    for (const note of notes) report.add(note);
    assert.deepEqual(
      report.totals.map((total) => totalMessage(inEnglish, total)),
      [
        '2 entities lose their note',
        '1 entity loses its link',
        '1 entity loses the mark that it is reviewed',
        '1 entity loses attributes',
      ],
    );
    assert.equal(report.count('lost'), 4);
  });

  it('counts in a sum what it names', () => {
    const report = new Report();
    const notes: Pick<Note, 'code' | 'values'>[] = [
      { code: 'columns-differ', values: { count: '2', columns: '4' } },
      { code: 'columns-differ', values: { count: '1', columns: '4' } },
      { code: 'comments-kept', values: { count: '3' } },
      { code: 'text-rebuilt' },
      { code: 'answer-not-accepted', values: { answer: 'reject', count: '5' } },
    ];
    for (const note of notes) report.add({ kind: 'changed', ...note });
    report.add({ kind: 'invalid', code: 'article-missing', values: { name: 'a', count: '4' } });
    assert.deepEqual(
      report.totals.map((total) => totalMessage(inEnglish, total)),
      [
        '3 changed: lines with other columns than most',
        '3 changed: lines with #, kept as comments',
        '1 changed: files whose texts are made of tokens',
        '1 changed: answers other than “accept”',
        '4 invalid in the source: rows of articles that are not there',
      ],
    );
    assert.equal(report.count('changed'), 5);
  });

  it('names what is lost of another format, all of it', () => {
    const names = Array.from({ length: 9 }, (_, i) => `a_column_of_some_length_${i}`).join(', ');
    const message = said({ code: 'carried', values: { event: '2', comment: '1', names, format: 'brat' } });
    const all = `2 events, 1 comment, ${names}`;
    assert.equal(message, `The format has no place for what is kept of brat: ${all}`);
  });
});
