import assert from 'node:assert/strict';
import { FORMATS } from '../../../src/formats/index.ts';
import { CliFolder, sidecarOf } from './support.ts';

const TEXT = 'Ada went to New York.\nBob stayed.\n';
const ENTITIES = [
  'id: aaaaaa, label: PER, start: 0, end: 3, text: Ada',
  'id: bbbbbb, label: GPE, start: 12, end: 20, text: New York',
  'id: cccccc, label: PER, start: 22, end: 25, text: Bob',
];

/** Its rows look like ones of columns. */
const TSV = [
  '#FORMAT=WebAnno TSV 3.3',
  '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value',
  ...['', '', '#Text=Ada met', '1-1\t0-3\tAda\t_\tB-PER\t', '1-2\t4-7\tmet\t_\t_\t', ''],
].join('\n');

describe('a file that is read as another format than it is', () => {
  let folder: CliFolder;
  before(async () => {
    folder = new CliFolder({
      'corpus/a.txt': TEXT,
      'corpus/a.ann.yaml': sidecarOf('a.txt', TEXT, ENTITIES),
      'in/a.tsv': TSV,
      'in/b.conll': TSV,
      'good/c.conll': 'Ada B-PER\n',
      'good/d.conll': TSV,
    });
    for (const { id, layout, extensions } of FORMATS) {
      const out = layout === 'one-file' ? `${id}/a${extensions[0]}` : id;
      assert.equal((await folder.run('export', '--to', id, 'corpus', out)).status, 0);
    }
  });
  after(() => folder.remove());

  for (const { id: own, extensions } of FORMATS)
    it(`${own} is refused, or nothing of it is lost without a word`, async () => {
      const silent: string[] = [];
      for (const { id } of FORMATS) {
        if (id === own) continue;
        const file = `${own}/a${extensions[0]}`;
        const { status, stderr } = await folder.run('import', '--dry-run', '--from', id, file, 'new');
        if (status === 0 && !stderr.includes(' 3 entities')) silent.push(`${id}: ${stderr}`);
      }
      assert.deepEqual(silent, []);
    });

  it('is refused in each shape of it, also where that begins behind a long text', async () => {
    const long = 'Ada went home. '.repeat(1000);
    folder.write('long/a.txt', long);
    folder.write('long/a.ann.yaml', sidecarOf('a.txt', long, ENTITIES.slice(0, 1)));
    const shapes = [
      ['spacy', 'entities', 'spaCy training examples'],
      ['spacy', 'spans', 'spaCy training examples'],
      ['spacy', 'dicts', 'spaCy training examples'],
      ['doccano', 'label', 'doccano JSONL'],
      ['doccano', 'relations', 'doccano JSONL'],
    ] as const;
    for (const [own, shape, title] of shapes) {
      const file = `shapes/${own}-${shape}.jsonl`;
      const written = await folder.run('export', '--to', own, '--shape', shape, 'long', file);
      assert.equal(written.status, 0, written.stderr);
      for (const from of ['doccano', 'spacy', 'spacy-doc', 'labelstudio', 'huggingface', 'conllu']) {
        if (from === own) continue;
        const { status, stderr } = await folder.run('import', '--dry-run', '--from', from, file, 'new');
        assert.equal(status, 1, `${file} as ${from}: ${stderr}`);
        assert.match(stderr, new RegExp(`:1:1 is ${title}, not `), `${file} as ${from}`);
      }
    }
  });

  it('is none of columns because words of its text, on one line of JSON, look like tags', async () => {
    const text = 'Ada O B-PER I-PER home '.repeat(500);
    folder.write('words/a.txt', text);
    folder.write('words/a.ann.yaml', sidecarOf('a.txt', text, ENTITIES.slice(0, 1)));
    for (const { id, extensions } of FORMATS.filter((one) => /^\.json/.test(one.extensions[0]))) {
      const file = `words/${id}${extensions[0]}`;
      assert.equal((await folder.run('export', '--to', id, 'words', file)).status, 0);
      const { status, stderr } = await folder.run('import', '--dry-run', '--from', id, file, 'new');
      assert.equal(status, 0, `${id}: ${stderr}`);
      assert.match(stderr, / 1 entity/);
    }
  });

  it('says what it is, and how it is read', async () => {
    for (const command of [['import'], ['convert', '--to', 'brat']])
      for (const file of ['in/a.tsv', 'in/b.conll']) {
        const { status, stderr } = await folder.run(...command, '--from', 'conll2003', file, 'out');
        assert.equal(status, 1);
        const name = file.slice(3);
        assert.match(
          stderr,
          new RegExp(
            `${name}:1:1 is WebAnno TSV 3, not CoNLL-2003: read it as that \\(--from webanno\\)`,
            'm',
          ),
        );
        assert.ok(!Object.keys(folder.files).some((name) => name.startsWith('out')));
      }
  });

  it('comes through a pipe', () => {
    const { status, stderr } = folder.start(
      TSV,
      'convert',
      '--from',
      'conll2003',
      '--to',
      'brat',
      '-',
      'out',
    );
    assert.equal(status, 1);
    assert.match(stderr, /stdin:1:1 is WebAnno TSV 3/);
  });

  it('is named where a folder has nothing else', async () => {
    folder.write('only/x.tsv', TSV.replace('B-PER', 'PER'));
    const { status, stderr } = await folder.run('import', '--from', 'conll2003', 'only', 'made');
    assert.equal(status, 1);
    assert.match(stderr, /x\.tsv:1:1 is WebAnno TSV 3, not CoNLL-2003/);
  });

  it('costs only itself in a folder', async () => {
    const { status, stderr } = await folder.run('import', '--from', 'conll2003', 'good', 'made');
    assert.equal(status, 1);
    assert.match(stderr, /^d\.conll:1:1: invalid: Left out: d\.conll is WebAnno TSV 3/m);
    assert.deepEqual(
      Object.keys(folder.files).filter((name) => /^made\/.*txt/.test(name)),
      ['made/c.txt'],
    );
  });
});
