import assert from 'node:assert/strict';
import { CliFolder } from './support.ts';

const TEXT = 'Mara sang in Graz';
const OWN = { sentence: TEXT, ner: [{ type: 'PER', start_char: 0, end_char: 4 }] };
const LONG = { ...OWN, sentence: `${TEXT}. ${'And on. '.repeat(2000)}` };
const NER_ANNOTATOR = {
  classes: ['PER'],
  annotations: [null, [`${TEXT}\r`, { entities: [[0, 4, 'PER']] }]],
};
const TWO = { text: TEXT, content: TEXT, entities: [{ start: 0, end: 4, label: 'PER' }] };

describe('JSON on the command line', () => {
  let folder: CliFolder;
  before(() => {
    folder = new CliFolder({
      'own.jsonl': `${JSON.stringify(OWN)}\n`,
      'long.jsonl': `${JSON.stringify(LONG)}\n`,
      'ner.json': JSON.stringify(NER_ANNOTATOR),
      'two.json': JSON.stringify(TWO),
      'package.json': '{"name": "x", "version": "1.0.0"}\n',
      'mixed/a.json': JSON.stringify(OWN),
      'mixed/b.ann': 'T1\tPER 0 4\tMara\n',
      'mixed/b.txt': TEXT,
      'a.txt': 'This is a text.\n',
    });
  });
  after(() => folder.remove());

  const entities = (file: string) => folder.read(file).match(/label: \w+, start: \d+, end: \d+/g);

  it('is read without being asked for, and what was guessed is printed', async () => {
    for (const name of ['own', 'long']) {
      const { status, stderr } = await folder.run('import', `${name}.jsonl`, `to-${name}`);
      assert.equal(status, 0, stderr);
      assert.match(
        stderr,
        /^\w+\.jsonl:1:1: changed: Guessed: texts are in “sentence” \(--text-field\), spans in “ner” \(--spans-field\), with “start_char”, “end_char” and “type”/m,
      );
      assert.deepEqual(entities(`to-${name}/${name}.ann.yaml`), ['label: PER, start: 0, end: 4']);
    }
    const longer = { ...OWN, sentence: `${TEXT}. ${'And on. '.repeat(60_000)}` };
    for (const source of [folder.read('long.jsonl'), JSON.stringify(longer)]) {
      const piped = folder.start(source, 'import', '-', 'piped');
      assert.equal(piped.status, 0, piped.stderr);
    }
    const other = await folder.run('import', 'ner.json', 'ner');
    assert.equal(other.status, 0, other.stderr);
    assert.deepEqual(entities('ner/ner/0002.ann.yaml'), ['label: PER, start: 0, end: 4']);
  });

  it('is read by the fields that are said, and asked for where it is not certain', async () => {
    const asked = await folder.run('import', 'two.json', 'two');
    assert.equal(asked.status, 1);
    assert.match(asked.stderr, /two\.json:1:1: the text may be in text, content; say which by --text-field/);
    const said = await folder.run('import', '--text-field', 'content', 'two.json', 'two');
    assert.equal(said.status, 0, said.stderr);
    const wrong = await folder.run(
      'convert',
      '--from',
      'brat',
      '--to',
      'spacy',
      '--spans-field',
      'x',
      'a.txt',
      '-',
    );
    assert.equal(wrong.status, 2);
  });

  it('is written with fields of one’s own', async () => {
    const { status, stderr } = await folder.run(
      ...['convert', '--from', 'brat', '--to', 'json', '--text-field', 'body', '--label-field', 'tag'],
      ...['mixed', 'written.jsonl'],
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(folder.read('written.jsonl')), {
      body: TEXT,
      entities: [{ start: 0, end: 4, tag: 'PER', text: 'Mara', id: 'T1' }],
      meta: { source: 'b' },
    });
  });

  it('leaves a folder to the format that its other files have', async () => {
    const { stderr } = await folder.run('import', 'mixed', 'from-mixed');
    assert.match(stderr, /Imported 1 document, 1 entity\./);
    assert.equal(folder.read('from-mixed/b.txt'), TEXT);
  });

  it('says of a file that is not known which formats were tried, and what it lacks of each', async () => {
    const { status, stderr } = await folder.run('import', 'package.json', 'none');
    assert.equal(status, 1);
    assert.match(
      stderr,
      /package\.json is not a format that is known; name it by --from, or its fields by --from json --text-field/,
    );
    assert.match(stderr, /spaCy training examples \(“text”, “entities” \/ “spans”\)/);
    assert.match(stderr, /Label Studio JSON \(“result” \/ “data” \/ “annotation_id”\)/);
    const text = await folder.run('import', 'a.txt', 'none');
    assert.match(
      text.stderr,
      /a\.txt is not a format that is known; name it by --from\. Tried, with what it lacks: CoNLL-2003/,
    );
  });

  it('is not another format, which says what is missing of it', async () => {
    for (const [from, lacking] of [
      [
        'labelstudio',
        /own\.jsonl:1:1 is not Label Studio JSON: it lacks “result” \/ “data” \/ “annotation_id”/,
      ],
      ['prodigy', /own\.jsonl:1:1 is not Prodigy JSONL: it lacks “text”, “_input_hash”/],
      ['spacy', /own\.jsonl:1:1 is not spaCy training examples: it lacks “text”, “entities” \/ “spans”/],
      ['doccano', /own\.jsonl:1:1 is not doccano JSONL: it lacks/],
      ['huggingface', /own\.jsonl:1:1 is not Hugging Face \(JSON lines\): it lacks “tokens”/],
      ['uima-json', /is not UIMA CAS JSON: it lacks “%HEADER”/],
      ['conllu', /is not CoNLL-U: it lacks “# text”/],
      ['tei', /own\.jsonl/],
    ] as const) {
      const { status, stderr } = await folder.run('import', '--from', from, 'own.jsonl', 'none');
      assert.equal(status, 1, from);
      assert.match(stderr, lacking);
      assert.ok(!Object.keys(folder.files).some((name) => name.startsWith('none')));
    }
  });
});
