import assert from 'node:assert/strict';
import { parse } from 'yaml';
import {
  compareEntities,
  compareText,
  contextOf,
  entityIdFrom,
  holdsText,
  newEntityId,
  surroundingsOf,
  withFields,
} from '../../../src/core/model/entity';
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

  it('is of all signs that are not taken for one another, and has no `e` first', () => {
    const ids = Array.from({ length: 2000 }, () => newEntityId());
    const signs = (all: readonly string[]) => [...new Set(all.join(''))].sort().join('');
    assert.equal(signs(ids.map((id) => id[0]!)), 'abcdfghjkmnpqrstvwxyz');
    assert.equal(signs(ids.map((id) => id.slice(1))), '23456789abcdefghjkmnpqrstvwxyz');
  });

  it('of a content is the same in every version, whose merges would else make two copies', () => {
    const ids = ['', 'a', 'Rome', '中'].map(entityIdFrom);
    assert.deepEqual(ids, ['xf6bbnz2', 'jg4jkf42', 'vjtrjxh9', 'bxrcha4w']);
  });
});

describe('the text of an entity', () => {
  const index = new TextIndex('😀 in China');
  const cases: [what: string, start: number, end: number, text: string, isThere: boolean][] = [
    ['is where it says', 5, 10, 'China', true],
    ['is not where another stands', 4, 9, 'China', false],
    ['is not where more than that stands', 2, 10, 'China', false],
    ['is not where it would go beyond the end', 5, 11, 'China', false],
    ['is nowhere if it is empty', 5, 5, '', false],
    ['is nowhere behind the end', 10, 11, '', false],
  ];
  for (const [what, start, end, text, isThere] of cases)
    it(what, () => assert.equal(holdsText(entity({ start, end, text }), index), isThere));
});

describe('the order of texts', () => {
  it('is by units, whatever the language', () => {
    assert.deepEqual(['ä', 'b', 'B', '10', '9', ''].sort(compareText), ['', '10', '9', 'B', 'b', 'ä']);
    assert.deepEqual([compareText('a', 'b'), compareText('b', 'a'), compareText('a', 'a')], [-1, 1, 0]);
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

  it('is not that of an empty mention, which is everywhere', () => {
    assert.deepEqual(contextIn('in [] China'), {});
  });

  it('is twelve code points on each side where the text has them', () => {
    const slice = ({ start, end }: { start: number; end: number }) =>
      'abcdefghijklmnopqrstuvwxyz0123456789'.slice(start, end);
    assert.deepEqual(surroundingsOf({ start: 13, end: 15 }, slice), {
      before: 'bcdefghijklm',
      after: 'pqrstuvwxyz0',
    });
    assert.deepEqual(surroundingsOf({ start: 3, end: 35 }, slice), { before: 'abc', after: '9' });
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
