import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvRow, csvRows, delimiterOf } from '../../../src/core/csv';

const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\t', ';', ' ', '\n', '\r\n', '京'), maxLength: 6 }),
);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const SIGNS = [',', ';', '\t'];

describe('CSV', () => {
  it('is written as Papa Parse writes it, and read as it was', () =>
    fc.assert(
      fc.property(table, fc.constantFrom(...SIGNS), fc.constantFrom('\n', '\r\n'), (rows, delimiter, end) => {
        const lines = rows.map((row) => csvRow(row, delimiter));
        assert.equal(lines.join(end), Papa.unparse(rows, { delimiter, newline: end }));
        for (const source of [lines.join(end), lines.map((line) => line + end).join('')]) {
          const read = [...csvRows(source, delimiter)];
          assert.deepEqual(
            read.map(({ cells }) => cells),
            rows,
          );
          const ends = lines.map(
            (_, i) =>
              lines
                .slice(0, i + 1)
                .map((line) => line + end)
                .join('').length,
          );
          assert.deepEqual(
            read.map(({ end16 }) => end16),
            ends.map((end16) => Math.min(end16, source.length)),
          );
        }
      }),
    ));

  it('is read as Papa Parse reads it, however its quotation marks stand', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', '"', ',', '\n'), minLength: 1, maxLength: 20 }),
        (source) => {
          const { data } = Papa.parse<string[]>(source, { delimiter: ',', newline: '\n' });
          const rows = [...csvRows(source, ',')].map(({ cells }) => [...cells]);
          // A line ending at the end of a table begins a row there.
          const theirs = source.endsWith('\n') && data.length > rows.length ? data.slice(0, -1) : data;
          assert.deepEqual(rows, theirs);
        },
      ),
    ));

  it('is parted by the sign that parts each of its rows alike', () => {
    assert.equal(delimiterOf('a;b;c\n1,5;2;3\n', SIGNS), ';');
    assert.equal(delimiterOf('a,b\n"x;y;z",1\n', SIGNS), ',');
    assert.equal(delimiterOf('a\tb\n1\t2\n', SIGNS), '\t');
    assert.equal(delimiterOf('a\n1\n', SIGNS), ',');
    assert.deepEqual(
      [...csvRows('a,b\rc,d\r', ',')].map(({ cells }) => cells),
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
  });
});
