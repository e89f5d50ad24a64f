import assert from 'node:assert/strict';
import type { Note } from '../../src/core/interchange/report';
import { noteMessage } from '../../src/wording/notes';
import { inEnglish } from '../../src/wording/translate';

describe('what is said of a conversion', () => {
  const said = (note: Pick<Note, 'code' | 'values'>) => noteMessage(inEnglish, { kind: 'lost', ...note });

  it('counts one as one', () => {
    const field = (count: string) => said({ code: 'field', values: { field: 'note', count } });
    assert.equal(field('1'), 'The format has no place for “note”, which 1 entity has');
    assert.equal(field('2'), 'The format has no place for “note”, which 2 entities have');
    const layer = (count: string) => said({ code: 'layer-kept', values: { type: 'Token', count } });
    assert.match(layer('1'), /^1 annotation of Token is kept .* it is no entity here$/);
    assert.match(layer('12'), /^12 annotations of Token are kept .* they are no entities here$/);
  });
});
