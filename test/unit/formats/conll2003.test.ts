import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conll2003 } from '../../../src/formats/conll2003';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import { TAG_SCHEMES } from '../../../src/formats/shared/tags';
import type { Label } from '../../../src/core/labels';
import { TextIndex } from '../../../src/core/text';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const SAMPLE = `-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC
call NN I-NP O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER

-DOCSTART- -X- -X- O

BRUSSELS NNP B-NP B-LOC

`;

/** A document of a text that is ASCII, with `[start, end, label]`. */
function documentOf(text: string, spans: readonly (readonly [number, number, string])[]): AnnotatedDocument {
  const entities = spans.map(([start, end, label], i) => ({
    ...{ id: `e${i}`, label, start, end, text: text.slice(start, end) },
  }));
  return { name: 'a', index: new TextIndex(text), entities, relations: [], carried: {} };
}

describe('CoNLL-2003', () => {
  it('reads documents, sentences and entities, and writes the file as it was', async () => {
    const { documents: all, notes } = await parse(conll2003, { 'train.conll': SAMPLE });
    assert.deepEqual(
      all.map(({ name }) => name),
      ['train/0001', 'train/0002'],
    );
    assert.equal(all[0]!.index.raw, 'EU rejects German call\nPeter Blackburn\n');
    assert.deepEqual(shown(all[0]!), [
      'ORG [0, 2) "EU"',
      'MISC [11, 17) "German"',
      'PER [23, 38) "Peter Blackburn"',
    ]);
    assert.deepEqual(told(notes), ['changed text-rebuilt']);
    assert.equal((await serialize(conll2003, all)).files[''], SAMPLE);
  });

  it('writes a text in tokens and sentences', async () => {
    const { files, notes } = await serialize(conll2003, [
      marked('a', '[PER Ada Smith] left. [GPE 北京] is far.'),
    ]);
    assert.equal(
      files[''],
      `-DOCSTART- -X- -X- O

Ada -X- _ B-PER
Smith -X- _ I-PER
left -X- _ O
. -X- _ O

北 -X- _ B-GPE
京 -X- _ I-GPE
is -X- _ O
far -X- _ O
. -X- _ O

`,
    );
    assert.deepEqual(notes, []);
  });

  it('tells each span that it cannot hold', async () => {
    const document = marked('a', '[ORG the [GPE Rome] office] and un[MISC believ]able');
    const { files, notes, report } = await serialize(conll2003, [
      {
        ...document,
        entities: [
          ...document.entities,
          {
            ...document.entities[0]!,
            id: 'x',
            start: 30,
            end: 36,
            parts: [
              [30, 31],
              [33, 34],
            ],
          },
        ],
      },
    ]);
    assert.deepEqual(told(notes), [
      'lost overlap [4, 8)',
      'lost discontinuous [30, 36)',
      'changed off-token [22, 28)',
    ]);
    assert.match(files['']!, /^unbelievable -X- _ B-MISC$/m);
    assert.equal(report.entities, 2);
  });

  it('writes white space in a label as _, tells each such label once, and reads the same again', async () => {
    const document = documentOf('Ada is CTO of ACME or CEO', [
      [0, 3, 'Full Name'],
      [7, 10, 'Job\u00a0Title'],
      [14, 18, 'Company/Org'],
      [22, 25, 'Job\u00a0Title'],
    ]);
    const { files, notes } = await serialize(conll2003, [document]);
    assert.deepEqual(files['']!.match(/\S+$/gm), [
      ...['O', 'B-Full_Name', 'O', 'B-Job_Title', 'O', 'B-Company/Org', 'O', 'B-Job_Title'],
    ]);
    assert.deepEqual(
      notes.map(({ kind, code, values }) => ({ kind, code, ...values })),
      [
        { kind: 'changed', code: 'label-name', from: 'Full Name', to: 'Full_Name' },
        { kind: 'changed', code: 'label-name', from: 'Job\u00a0Title', to: 'Job_Title' },
      ],
    );
    const read = await parse(conll2003, { 'a.conll': files['']! });
    assert.deepEqual(read.documents.map(shown), [
      [
        'Full_Name [0, 3) "Ada"',
        'Job_Title [7, 10) "CTO"',
        'Company/Org [14, 18) "ACME"',
        'Job_Title [22, 25) "CEO"',
      ],
    ]);
    assert.deepEqual(told(read.notes), ['changed text-rebuilt']);
  });

  it('keeps labels apart that differ in white space only', async () => {
    const document = documentOf('Ada Bob', [
      [0, 3, 'a b'],
      [4, 7, 'a_b'],
    ]);
    const labels = [{ name: 'a b' }, { name: 'a_b' }] as Label[];
    const { files } = await serialize(conll2003, [document], { labels });
    assert.deepEqual(files['']!.match(/\S+$/gm), ['O', 'B-a_b_2', 'B-a_b']);
  });

  it('does not end a sentence within an entity', async () => {
    const { files } = await serialize(conll2003, [marked('a', '[ORG Yahoo! Inc] x')]);
    assert.equal(files['']!.split('\n\n').length, 3);
  });

  it('says which line is wrong, and reads on', async () => {
    const { documents: all, notes } = await parse(conll2003, {
      'a.conll': 'Ada B-PER\nalone\nRome Q-LOC\nLon L-PER\n',
    });
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"', 'PER [9, 12) "Lon"']);
    assert.deepEqual(told(notes), [
      'invalid line-malformed line 2',
      'changed text-rebuilt',
      'invalid sequence-malformed line 3',
      'invalid sequence-malformed line 4',
    ]);
  });

  it('parts lines with tabs at tabs only, and writes tabs', async () => {
    const source = '-DOCSTART- -X- -X- O\n\nNew York\tB-LOC\nis\tO\nbig\tO\n\n';
    const { documents: all, notes } = await parse(conll2003, { 'a.conll': source });
    assert.equal(all[0]!.index.raw, 'New York is big\n');
    assert.deepEqual(shown(all[0]!), ['LOC [0, 8) "New York"']);
    assert.deepEqual(told(notes), ['changed text-rebuilt', 'changed token-spaced line 3']);
    const { files } = await serialize(conll2003, all);
    assert.equal(files[''], source.replace('New York\tB-LOC', 'New\tB-LOC\nYork\tI-LOC'));
  });

  it('keeps columns that are parted by tabs', async () => {
    const source = '-DOCSTART- -X- -X- O\n\nEU\tNNP x\tB-NP\tB-ORG\nis\tVBZ\tB-VP\tO\n\n';
    const { documents: all } = await parse(conll2003, { 'a.conll': source });
    assert.deepEqual(shown(all[0]!), ['ORG [0, 2) "EU"']);
    assert.equal((await serialize(conll2003, all)).files[''], source);
  });

  it('keeps comments before sentences, and tells them; a token # has a tag', async () => {
    const source = `-DOCSTART- -X- -X- O

# id 1 domain=en
# sent 2
Ada _ _ B-PER
# _ _ O
left _ _ O

# _ _ O
1 _ _ O

# end
`;
    const { documents: all, notes } = await parse(conll2003, { 'a.conll': source });
    assert.equal(all[0]!.index.raw, 'Ada # left\n# 1\n');
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"']);
    assert.deepEqual(told(notes), ['changed text-rebuilt', 'changed comments-kept']);
    assert.equal(notes[1]!.values?.count, '3');
    const written = await serialize(conll2003, all);
    assert.deepEqual([written.files[''], written.notes], [source, []]);
    const changed = { ...all[0]!, index: new TextIndex('Ada # left\n') };
    const { files, notes: lost } = await serialize(conll2003, [changed]);
    assert.doesNotMatch(files['']!, /id 1|end/);
    assert.deepEqual(told(lost), ['lost carried-outdated']);
  });

  it('keeps the other columns of the tokens that are as they were, and tells of those that are not', async () => {
    const source = '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\nit PRP B-NP O\n\n';
    const [document] = (await parse(conll2003, { 'a.conll': source })).documents;
    const write = async (text: string) => {
      const { files, notes } = await serialize(conll2003, [{ ...document!, index: new TextIndex(text) }]);
      return [...files['']!.split('\n').slice(2, -2), ...told(notes)];
    };
    const [eu, rejects, it] = source.split('\n').slice(2);
    assert.deepEqual(await write('EU rejects it\n'), [eu, rejects, it]);
    assert.deepEqual(await write('EU rejects it now\n'), [eu, rejects, it, 'now -X- _ O']);
    assert.deepEqual(await write('EU now rejects it\n'), [eu, 'now -X- _ O', rejects, it]);
    const outdated = 'lost carried-outdated';
    assert.deepEqual(await write('EU takes it\n'), [eu, 'takes -X- _ O', it, outdated]);
    assert.deepEqual(await write('EU it\n'), [eu, it, outdated]);
  });

  it('reads the tokens behind numbers that only count them, and entities within entities', async () => {
    const source = `#\thttp://de.wikipedia.org/wiki/Manfred [2009-10-17]
1\tDie\tO\tO
2\tUni\tB-ORG\tO
3\tKöln\tI-ORG\tB-LOC

#\thttp://de.wikipedia.org/wiki/Ada [2009-10-17]
1\tAda\tB-PER\tO
`;
    const { documents: all, notes } = await parse(conll2003, { 'a.conll': source });
    assert.equal(all[0]!.index.raw, 'Die Uni Köln\nAda\n');
    assert.deepEqual(shown(all[0]!), ['ORG [4, 12) "Uni Köln"', 'LOC [8, 12) "Köln"', 'PER [13, 16) "Ada"']);
    assert.deepEqual(told(notes), ['changed text-rebuilt', 'changed comments-kept']);
    const { files, notes: lost } = await serialize(conll2003, all);
    assert.match(files['']!, /^Köln\tI-ORG$/m);
    assert.deepEqual(told(lost), ['lost overlap [8, 12)']);
  });

  it('reads other columns behind numbers, and takes numbers for tokens where they do not count', async () => {
    const numbered = await parse(conll2003, { 'a.conll': '1 EU NNP B-ORG\n2 is VBZ O\n\n1 No DT O\n' });
    assert.equal(numbered.documents[0]!.index.raw, 'EU is\nNo\n');
    assert.deepEqual(shown(numbered.documents[0]!), ['ORG [0, 2) "EU"']);
    const plain = await parse(conll2003, { 'a.conll': '1 CD x O\n2 CD x O\n\n7 CD x O\n' });
    assert.equal(plain.documents[0]!.index.raw, '1 2\n7\n');
  });

  it('takes a line with # for a comment where it has not the columns of tokens, though it ends like a tag', async () => {
    const files = {
      two: '# id O\nAda B-PER\nleft O\n',
      three: '# id O\nAda NNP B-PER\nleft VBD O\n',
      four: '#id 5 O\nAda NNP B-NP B-PER\nleft VBD B-VP O\n',
      tabs: '# text = type O\nAda\tB-PER\nleft\tO\n',
      numbers: '#\tid\tO\n1\tAda\tB-PER\n2\tleft\tO\n',
      begin: '#begin document (a); part 000\nAda B-PER\nleft O\n\n#end document\n',
    };
    for (const [name, source] of Object.entries(files)) {
      const { documents: all, notes } = await parse(conll2003, { [`${name}.conll`]: source });
      assert.equal(all[0]!.index.raw, 'Ada left\n', name);
      assert.deepEqual(told(notes), ['changed text-rebuilt', 'changed comments-kept'], name);
    }
    const tokens = {
      two: '# O\nAda B-PER\n\n#AdaDay O\n',
      three: '# # O\nAda NNP B-PER\n\n#AdaDay adaday O\n',
    };
    for (const [name, source] of Object.entries(tokens)) {
      const { documents: all, notes } = await parse(conll2003, { [`${name}.conll`]: source });
      assert.equal(all[0]!.index.raw, '# Ada\n#AdaDay\n', name);
      assert.deepEqual(told(notes), ['changed text-rebuilt'], name);
    }
  });

  it('tells of lines that have not the columns of others', async () => {
    const { documents: all, notes } = await parse(conll2003, {
      'a.conll': 'Ada B-PER\nin O\nNew York B-LOC\nnow O\n',
    });
    assert.equal(all[0]!.index.raw, 'Ada in New now\n');
    assert.deepEqual(told(notes), ['changed columns-differ line 3', 'changed text-rebuilt']);
  });

  it('reads numbers that begin with 0, go on, or are of several tokens or of none', async () => {
    const read = async (source: string) => {
      const { documents: all, notes } = await parse(conll2003, { 'a.conll': source });
      return [all[0]!.index.raw, ...told(notes).filter((note) => !note.includes('text-rebuilt'))];
    };
    assert.deepEqual(await read('0 Ada B-PER\n1 left O\n\n0 So O\n'), ['Ada left\nSo\n']);
    assert.deepEqual(await read('1 Ada B-PER\n2 left O\n\n3 So O\n'), ['Ada left\nSo\n']);
    assert.deepEqual(await read('1-2\tal\tO\n1\ta\tO\n2\tel\tO\n2.1\tx\tO\n3\tsol\tO\n'), [
      'a el sol\n',
      'lost row-left-out line 1',
      'lost row-left-out line 4',
    ]);
    const many = Array.from({ length: 12 }, (_, i) => `${i + (i > 5 ? 2 : 1)} t${i} O`).join('\n');
    assert.deepEqual(await read(many), [
      't0 t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11\n',
      'changed number-out-of-count line 7',
    ]);
    assert.deepEqual(await read('1990 CD O\n12 CD O\n3 CD O\n'), [
      '1990 12 3\n',
      'changed numbers-as-tokens line 1',
    ]);
    assert.deepEqual(await read('1990 O\n12 O\n'), ['1990 12\n']);
  });

  it('reads WikiANN, whose tokens have their language before them, and writes that again', async () => {
    const source = '-DOCSTART- -X- -X- O\n\nen:Ada\tB-PER\nen::\tO\n\nen:Rome\tB-LOC\n\n';
    const { documents: all, notes } = await parse(conll2003, { 'a.conll': source });
    assert.equal(all[0]!.index.raw, 'Ada :\nRome\n');
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"', 'LOC [6, 10) "Rome"']);
    assert.deepEqual(told(notes), ['changed text-rebuilt']);
    assert.equal((await serialize(conll2003, all)).files[''], source);
  });

  it('keeps what -DOCSTART- is followed by', async () => {
    const source = `-DOCSTART- (1 EU)

EU B-ORG
is O

-DOCSTART- -X- O O

# end
No O

`;
    const { documents: all } = await parse(conll2003, { 'a.conll': source });
    assert.equal(all.length, 2);
    assert.deepEqual(Object.keys(all[0]!.carried.conll2003 as object).sort(), ['form', 'start']);
    assert.equal((await serialize(conll2003, all)).files[''], source);
  });

  it('refuses CoNLL-U, at the end of whose lines no tag stands', async () => {
    const ofU = '1\tAda\tAda\tPROPN\t_\t_\t0\troot\t_\t_\n2\tleft\tleave\tVERB\t_\t_\t1\tx\t_\t_\n';
    await assert.rejects(parse(conll2003, { 'a.conll': ofU }), { code: 'file-not-format' });
  });

  it('is not made of another file', async () => {
    await assert.rejects(parse(conll2003, { 'a.conll': '{"a":1}\n' }), { code: 'file-not-format' });
  });

  it('comes back in any scheme, once the text is tokens', async () => {
    const label = fc.constantFrom('PER', 'Work of art', 'Work_of_art', 'Ünï\u2028code');
    const flat = documents({ overlap: 'none', label });
    await fc.assert(
      fc.asyncProperty(flat, fc.constantFrom(...TAG_SCHEMES), async (document, scheme) => {
        const first = await serialize(conll2003, [document], { options: { scheme } });
        if (!/^\S+ .*\S$/m.test(first.files['']!.replace(/^-DOC.*$/gm, ''))) return;
        const read = await parse(conll2003, { 'a.conll': first.files['']! });
        const written = await serialize(conll2003, read.documents, { options: { scheme } });
        assert.equal(written.files[''], first.files['']);
        const again = await parse(conll2003, { 'a.conll': written.files['']! });
        assert.deepEqual(
          again.documents.map((one) => essence(one)),
          read.documents.map((one) => essence(one)),
        );
      }),
    );
  });
});
