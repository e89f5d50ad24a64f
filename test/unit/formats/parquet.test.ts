import assert from 'node:assert/strict';
import { FormatError } from '../../../src/formats/shared/format';
import { column, listColumn, openParquet, ParquetRows } from '../../../src/formats/shared/parquet';
import { sourceFile } from './support';

const COLUMNS = [column('article', 'string'), column('start', 'int32'), listColumn('tokens', 'string')];

function written(): Uint8Array {
  const rows = new ParquetRows(COLUMNS);
  for (let i = 0; i < 20; i++) rows.add([`a${i % 3}`, i, ['x', `y${i}`]]);
  return rows.end().slice();
}

async function read(bytes: Uint8Array): Promise<number> {
  const source = await openParquet(sourceFile({ a: bytes }, 'a'), 'Parquet');
  const rows = [];
  for await (const row of source.rows(source.names)) rows.push(row);
  return rows.length;
}

describe('Parquet', () => {
  it('is read, or refused, at once, whichever of its bytes is damaged', async () => {
    const bytes = written();
    assert.equal(await read(bytes), 20);
    const outcomes = { read: 0, refused: 0 };
    for (const value of [0, 0x7f, 0x80, 0xff])
      for (const at of bytes.keys()) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = value;
        try {
          await read(damaged);
          outcomes.read++;
        } catch (error) {
          assert.ok(error instanceof FormatError, String(error));
          outcomes.refused++;
        }
      }
    assert.ok(outcomes.read > 100 && outcomes.refused > 100, JSON.stringify(outcomes));
  });
});
