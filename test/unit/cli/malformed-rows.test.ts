import assert from 'node:assert/strict';
import { CliFolder } from './support.ts';

const NE = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';
const TSV = [
  '#FORMAT=WebAnno TSV 3.3',
  `#T_SP=${NE}|identifier|value`,
  ...['', '', '#Text=Ada met', '1-1\t0-3\tAda\t_\tPER\t', '1-2\t4-7\tmet\t_\t', ''],
].join('\n');
const OLD = '{"text": "Ada met", "annotations": [{"label": 4, "start_offset": 0, "end_offset": 3}]}\n';

describe('what an import says of rows and labels', () => {
  let folder: CliFolder;
  before(() => (folder = new CliFolder({ 'a.tsv': TSV, 'old.jsonl': OLD })));
  after(() => folder.remove());

  it('a row with a cell too few is invalid: left out with its place, and nothing is written with --strict', async () => {
    const { status, stderr } = await folder.run('import', 'a.tsv', 'corpus');
    assert.equal(status, 1);
    assert.match(stderr, /^a\.tsv:7:1: invalid: The line is malformed/m);
    assert.deepEqual(folder.read('corpus/a.ann.yaml').match(/label: \w+, start: \d+/g), [
      'label: PER, start: 0',
    ]);
    const strict = await folder.run('import', '--strict', 'a.tsv', 'strict');
    assert.equal(strict.status, 1);
    assert.ok(!Object.keys(folder.files).some((name) => name.startsWith('strict')));
  });

  it('numbers for labels are printed with the option that names them, which then reads them', async () => {
    const told = await folder.run('import', 'old.jsonl', 'left');
    assert.equal(told.status, 0);
    assert.match(told.stderr, /1 annotation of “annotations” is not read.*--label-names 4=NAME/);
    const named = await folder.run('import', '--label-names', '4=PER', 'old.jsonl', 'named');
    assert.match(named.stderr, /1 entity/);
  });
});
