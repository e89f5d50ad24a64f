import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { FORMATS } from '../../../src/formats/index.ts';
import { CliFolder, sidecarOf } from './support.ts';

const ENTITIES = [
  'id: aaaaaa, label: PER, start: 0, end: 3, text: Ada',
  'id: bbbbbb, label: GPE, start: 12, end: 20, text: New York',
  'id: cccccc, label: PER, start: 22, end: 25, text: Bob',
];
const TEXT = 'Ada went to New York.\nBob 😀 stayed.\n';

describe('corpus-annotator export and import', () => {
  let scratch: CliFolder;
  beforeEach(() => void (scratch = new CliFolder()));
  afterEach(() => scratch.remove());

  for (const { id, layout } of FORMATS) {
    it(`write ${id} from a corpus, and make the same corpus of it`, async () => {
      for (const name of ['a', 'b']) {
        scratch.write(`corpus/${name}.txt`, TEXT);
        scratch.write(`corpus/${name}.ann.yaml`, sidecarOf(`${name}.txt`, TEXT, ENTITIES));
      }
      const out = layout === 'one-file' ? 'out/all.data' : 'out';
      const written = await scratch.run('export', '--to', id, 'corpus', out);
      assert.equal(written.status, 0, written.stderr);
      assert.match(written.stderr, /Exported 2 documents, 6 entities\./);
      // A table has no texts; it is read into a corpus that has them.
      if (id.startsWith('table-')) for (const name of ['a', 'b']) scratch.write(`again/${name}.txt`, TEXT);
      const read = await scratch.run('import', '--from', id, out, 'again');
      assert.equal(read.status, 0, read.stderr);
      assert.match(read.stderr, /Imported 2 documents, 6 entities\./);
      const sidecars = fs
        .readdirSync(path.join(scratch.path, 'again'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ann.yaml'));
      assert.equal(sidecars.length, 2);
      for (const name of sidecars)
        for (const text of ['Ada', 'New York', 'Bob'])
          assert.ok(scratch.read(`again/${name}`).includes(`text: ${text}`), `${name}: ${text}`);
    });
  }
});
