import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/core/lines.ts';

describe('lines', () => {
  it('start behind every kind of line ending', () => {
    const text = 'a\r\nb\rc\n\n𝒞d';
    const places = [...text, ''].reduce<number[]>(
      (offsets, unit) => [...offsets, offsets.at(-1)! + unit.length],
      [0],
    );
    const index = new LineIndex(text);
    assert.deepEqual(
      places.slice(0, -1).map((offset16) => Object.values(index.at(offset16)).join(':')),
      ['0:0', '0:1', '0:2', '1:0', '1:1', '2:0', '2:1', '3:0', '4:0', '4:2', '4:3'],
    );
  });

  it('hold every offset, clamped to the text', () => {
    assert.deepEqual(new LineIndex('').at(5), { line: 0, character: 0 });
    assert.deepEqual(new LineIndex('a\n').at(5), { line: 1, character: 0 });
    assert.deepEqual(new LineIndex('a\n').at(-1), { line: 0, character: 0 });
  });
});
