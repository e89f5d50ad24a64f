import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { compareEntities, contextOf, newEntityId, withFields } from '../../../src/core/model/entity';
import { TextIndex } from '../../../src/core/text';
import { entity } from './arbitraries';

describe('an id', () => {
  it('is text for every YAML reader, and no other', () => {
    const taken = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const id = newEntityId((other) => taken.has(other));
      assert.match(id, /^[a-z][2-9a-z]{5}$/);
      for (const version of ['1.1', '1.2'] as const) assert.equal(parse(id, { version }), id);
      assert.ok(!taken.has(id));
      taken.add(id);
    }
  });

  it('is asked for again while it is taken', () => {
    let asked = 0;
    newEntityId(() => ++asked < 5);
    assert.equal(asked, 5);
  });
});

describe('the order of entities', () => {
  it('is by start, then longest first, then label, then id', () => {
    const sorted = [
      entity({ start: 0, end: 9, label: 'B', id: 'b' }),
      entity({ start: 0, end: 4, label: 'A', id: 'c' }),
      entity({ start: 0, end: 4, label: 'B', id: 'a' }),
      entity({ start: 0, end: 4, label: 'B', id: 'b' }),
      entity({ start: 1, end: 9, label: 'A', id: 'a' }),
    ];
    assert.deepEqual([...sorted].reverse().sort(compareEntities), sorted);
    assert.equal(compareEntities(sorted[0]!, { ...sorted[0]! }), 0);
  });
});

describe('the context of a mention', () => {
  const contextIn = (marked: string) => {
    const raw = marked.replace(/[[\]]/g, '');
    const index = new TextIndex(raw);
    const start = index.toCodePoint(marked.indexOf('['));
    const end = index.toCodePoint(marked.indexOf(']') - 1);
    return contextOf(index.text, { start, end }, (span) => index.slice(span));
  };

  it('is needed only where its text occurs more than once', () => {
    assert.deepEqual(contextIn('in [China] today'), {});
    assert.deepEqual(contextIn('in [China] and South China'), { before: 'in ', after: ' and South C' });
  });

  it('is as long on both sides as the text allows', () => {
    assert.deepEqual(contextIn('[aa]'), {});
    assert.deepEqual(contextIn('[aa] aa'), { before: '', after: ' aa' });
    assert.deepEqual(contextIn('123456789012345 ab [ab]'), { before: '89012345 ab ', after: '' });
  });

  it('counts mentions that overlap', () => {
    assert.deepEqual(contextIn('x[aa]a'), { before: 'x', after: 'a' });
  });

  it('counts code points, and line endings once', () => {
    assert.deepEqual(contextIn('😀😀\r\n[中]中'), { before: '😀😀\n', after: '中' });
  });
});

describe('an entity with other values', () => {
  it('has no key without a value', () => {
    const changed = withFields(entity({ note: 'n', reviewed: true }), { note: undefined, label: 'X' });
    assert.deepEqual(changed, entity({ reviewed: true, label: 'X' }));
  });
});
