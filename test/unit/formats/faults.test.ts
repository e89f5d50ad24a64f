import assert from 'node:assert/strict';
import { FormatError } from '../../../src/formats/shared/format';
import { FORMATS } from '../../../src/formats';
import { formatErrorMessage } from '../../../src/wording/format-errors';
import { noteMessage, placeOf } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { marked, parse, serialize, type Files } from './support';

/** What is said of a file, with its place. */
async function saidOf(id: string, files: Files): Promise<string[]> {
  const { notes } = await parse(
    FORMATS.find((format) => format.id === id)!,
    files,
  );
  return notes.map((note) => `${placeOf(note)}: ${noteMessage(inEnglish, note)}`);
}

const region = (value: object) =>
  JSON.stringify([{ data: { text: 'Anna.' }, annotations: [{ result: [value] }] }]);

describe('a span that is not within the text', () => {
  const CASES: readonly [format: string, files: Files, said: string][] = [
    [
      'spacy',
      { 'a.jsonl': '{"text":"Anna.","entities":[[0,4,"PER"],[2,40,"X"]]}\n' },
      'a.jsonl:1:1: X [2, 40) is not within the text',
    ],
    [
      'doccano',
      { 'a.jsonl': '{"text":"Anna.","label":[[2,40,"X"]]}\n' },
      'a.jsonl:1:1: X [2, 40) is not within the text',
    ],
    [
      'prodigy',
      { 'a.jsonl': '{"text":"Anna.","spans":[{"start":2,"end":40,"label":"X"}]}\n' },
      'a.jsonl:1:1: X [2, 40) is not within the text',
    ],
    [
      'labelstudio',
      {
        'a.json': region({
          ...{ id: 'r', from_name: 'label', to_name: 'text', type: 'labels' },
          value: { start: 2, end: 40, labels: ['X'] },
        }),
      },
      'a.json:1:1: X [2, 40) is not within the text',
    ],
    [
      'webannotation',
      {
        'a.jsonld': JSON.stringify({
          '@context': 'http://www.w3.org/ns/anno.jsonld',
          ...{
            id: 'urn:x',
            type: 'Annotation',
            body: { type: 'TextualBody', purpose: 'tagging', value: 'X' },
          },
          target: { source: 'a.txt', selector: { type: 'TextPositionSelector', start: 2, end: 40 } },
        }),
        'a.txt': 'Anna.',
      },
      'a.jsonld: X [2, 40) is not within the text',
    ],
    [
      'table-csv',
      { 't.csv': 'article,label,start,end\na,X,2,40\n', 'a.txt': 'Anna.' },
      't.csv:2:1: X [2, 40) is not within the text',
    ],
    [
      'tei',
      {
        'a.xml': `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p xml:id="p">Anna.</p></text>
<standOff><spanGrp>
  <span type="X" target="#string-range(p,2,38)"/></spanGrp></standOff></TEI>`,
      },
      'a.xml:3:3: X [2, 40) is not within the text',
    ],
    [
      'uima-xmi',
      {
        'a.xmi': `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">
  <ner:NamedEntity xmi:id="2" sofa="1" begin="2" end="40" value="X"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Anna."/></xmi:XMI>`,
      },
      'a.xmi:2:3: X [2, 40) is not within the text',
    ],
  ];
  for (const [format, files, said] of CASES)
    it(`is told with its label, and its offsets as the file has them: ${format}`, async () => {
      assert.ok((await saidOf(format, files)).includes(said), String(await saidOf(format, files)));
    });
});

describe('what is wrong in a file is told with line and column, and what it is', () => {
  const CASES: readonly [what: string, format: string, files: Files, said: string][] = [
    [
      'a cell',
      'table-csv',
      { 't.csv': 'article,label,start,end\na,GPE,0,4\na,GPE,x,5\n', 'a.txt': 'Anna.' },
      't.csv:3:1: The value is malformed: start: x',
    ],
    [
      'a cell without which there is an entity',
      'table-csv',
      { 't.csv': 'article,label,start,end,parts\na,GPE,0,4,"[1]"\n', 'a.txt': 'Anna.' },
      't.csv:2:1: The value is malformed: parts: [1]',
    ],
    [
      'an end before its start',
      'table-csv',
      { 't.csv': 'article,label,start,end\na,GPE,4,0\n', 'a.txt': 'Anna.' },
      't.csv:2:1: The value is malformed: end: 0',
    ],
    [
      'tags of another number',
      'huggingface',
      { 'a.jsonl': '{"tokens":["Ada"],"ner_tags":["O"]}\n{"tokens":["Ada","met"],"ner_tags":["O"]}\n' },
      'a.jsonl:2:1: ner_tags: not one for each token (tags: 1, tokens: 2)',
    ],
    [
      'no tags',
      'huggingface',
      { 'a.jsonl': '{"tokens":["Ada"],"ner_tags":["O"]}\n{"tokens":["Ada"],"ner_tags":[{}]}\n' },
      'a.jsonl:2:1: The value is malformed: ner_tags: [{}]',
    ],
    [
      'a text of other tokens',
      'huggingface',
      { 'a.jsonl': '{"tokens":["Ada"],"ner_tags":["O"],"text":"Bob"}\n' },
      'a.jsonl:1:1: The text does not hold the tokens in their order; it is made of them',
    ],
    [
      'an element of no text',
      'tei',
      {
        'a.xml':
          '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>\r\n<p>Ada 😀 <persName\n type="PER"/></p></body></text></TEI>',
      },
      'a.xml:2:11: PER is empty',
    ],
    [
      'a task',
      'labelstudio',
      { 'a.json': '[{"data":{"text":"Ada"}},\n7]' },
      'a.json:2:1: The value is malformed: 7',
    ],
  ];
  for (const [what, format, files, said] of CASES)
    it(`${what}: ${format}`, async () => {
      assert.ok((await saidOf(format, files)).includes(said), (await saidOf(format, files)).join('\n'));
    });
});

describe('a file that cannot be read', () => {
  const said = async (id: string, files: Files) => {
    const error = await saidOf(id, files).catch((one: unknown) => one);
    assert.ok(error instanceof FormatError, String(error));
    return formatErrorMessage(inEnglish, error);
  };

  it('is said to end within a string, or within something else', async () => {
    assert.equal(
      await said('labelstudio', { 'a.json': '[\n{"data": {"text": "Ad' }),
      'a.json:2:22 is no valid JSON: the file ends within a string',
    );
    assert.equal(
      await said('labelstudio', { 'a.json': '[\n{"data": {"text": "Ad"}' }),
      'a.json:2:24 is no valid JSON: the file ends within an object or a list',
    );
  });

  it('is said to be damaged, in words of ours', async () => {
    const format = FORMATS.find(({ id }) => id === 'table-parquet')!;
    const { bytes } = await serialize(format, [marked('a', '[PER Ada] met [PER Bob]')]);
    const whole = bytes.get('')!;
    const messages = new Set<string>();
    for (let at = 4; at < whole.length - 8; at++) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = 0xff;
      const error = await saidOf('table-parquet', { 'a.parquet': damaged, 'a.txt': 'Ada met Bob' }).catch(
        (one: unknown) => one,
      );
      if (error instanceof FormatError && error.code === 'file-damaged')
        messages.add(formatErrorMessage(inEnglish, error));
    }
    assert.deepEqual([...messages], ['a.parquet is damaged: its data are not as it says itself']);
  });

  it('is said to need what its numbers stand for, by an option', async () => {
    assert.match(
      await said('huggingface', { 'a.jsonl': '{"tokens":["Ada"],"ner_tags":[1]}\n' }),
      /by the option “tag-names” \(--tag-names O,B-PER/,
    );
  });
});

describe('what is lost of a brat file', () => {
  it('is the text of a link, not the link', async () => {
    const [brat, csv] = ['brat', 'table-csv'].map((id) => FORMATS.find((format) => format.id === id)!);
    const ann = 'T1\tPER 0 5\tObama\nN1\tReference T1 Wikipedia:534366\t44th president of the USA\n';
    const { documents } = await parse(brat!, { 'a.ann': ann, 'a.txt': 'Obama.' });
    const { notes, files } = await serialize(csv!, documents);
    assert.match(files['']!, /Wikipedia:534366/);
    assert.deepEqual(
      notes.filter(({ code }) => code === 'carried').map((note) => noteMessage(inEnglish, note)),
      [
        'The format has no place for what is kept of brat: texts of links that are not those of their entities',
      ],
    );
  });
});
