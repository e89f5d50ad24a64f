import assert from 'node:assert/strict';
import fc from 'fast-check';
import { brat } from '../../../../src/core/interchange/formats/brat';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const TEXT = 'Ada met Bob in New York.\nBob left 😀 Ada.\n';

const read = async (ann: string, text = TEXT) => {
  const { documents: all, notes } = await parse(brat, { 'x/a.ann': ann, 'x/a.txt': text });
  return { document: all[0]!, notes };
};
const again = async (ann: string, text = TEXT) => {
  const { document } = await read(ann, text);
  return (await serialize(brat, [document])).files['x/a.ann'];
};

describe('brat standoff', () => {
  it('reads and writes entities, links, notes, attributes and relations', async () => {
    const ann = [
      'T1\tPER 0 3\tAda',
      'T2\tPER 8 11\tBob',
      'T3\tGPE 15 23\tNew York',
      'R1\tMet Arg1:T1 Arg2:T2',
      'A1\tNegation T1',
      'A2\tLevel T2 L1',
      'N1\tReference T3 Wikidata:Q60\tNew York City',
      '#1\tAnnotatorNotes T1\tto be checked',
      '',
    ].join('\n');
    const { document, notes } = await read(ann);
    assert.deepEqual(notes, []);
    assert.deepEqual(shown(document), ['PER [0, 3) "Ada"', 'PER [8, 11) "Bob"', 'GPE [15, 23) "New York"']);
    const [ada, bob, york] = document.entities;
    assert.deepEqual([ada?.attributes, ada?.note], [{ Negation: true }, 'to be checked']);
    assert.deepEqual(bob?.attributes, { Level: 'L1' });
    assert.equal(york?.link, 'Wikidata:Q60');
    assert.deepEqual(
      document.relations.map(({ label, from, to }) => [label, from, to]),
      [['Met', ada?.id, bob?.id]],
    );
    assert.equal(await again(ann), ann);
  });

  it('gives a file with events and all the rest back as it was', async () => {
    const ann = [
      'T2\tMeet 4 7\tmet',
      'T1\tPER 0 3\tAda',
      'E1\tMeet:T2 Who:T1 Whom:T3',
      'T3\tPER 8 11\tBob',
      '*\tEquiv T1 T3',
      'A1\tNegation E1',
      'M1\tSpeculation E1',
      'T4\tPER 25 28;36 39\tBob Ada',
      'N1\tReference T1 Wiki:1\tAda',
      'N2\tReference T1 Other:2\tAda again',
      '#1\tNormalization T1\tx',
      'R1\tMet Left:T1 Right:T3\t',
      '',
    ].join('\n');
    assert.equal(await again(ann), ann);
    const { document } = await read(ann);
    assert.deepEqual(shown(document).at(-1), 'PER [25–28, 36–39) "Bob left 😀 Ada"');
  });

  it('says what was changed since, and leaves out what is gone', async () => {
    const { document } = await read(
      'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nA1\tNegation T1\nE1\tMeet:T2\n#1\tAnnotatorNotes T1\told\n',
    );
    const [ada] = document.entities;
    const { files } = await serialize(brat, [
      { ...document, entities: [{ ...ada!, label: 'MISC', note: 'new', attributes: {} }] },
    ]);
    assert.equal(files['x/a.ann'], 'T1\tMISC 0 3\tAda\n#2\tAnnotatorNotes T1\tnew\n');
  });

  it('numbers what has no id of brat behind what has one', async () => {
    const { files } = await serialize(brat, [
      marked('x', '[PER Ada] met [PER Bob] in [GPE New [PER York]].'),
    ]);
    assert.equal(
      files['x.ann'],
      'T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nT3\tGPE 15 23\tNew York\nT4\tPER 19 23\tYork\n',
    );
    assert.equal(files['x.txt'], 'Ada met Bob in New York.');
  });

  describe('mends what other programs write, and tells of it', () => {
    const CASES: readonly [
      what: string,
      ann: string,
      text: string,
      entities: readonly string[],
      notes: readonly string[],
    ][] = [
      [
        'line endings of Windows in the annotations',
        'T1\tPER 0 3\tAda\r\nT2\tPER 8 11\tBob\r\n',
        TEXT,
        ['PER [0, 3) "Ada"', 'PER [8, 11) "Bob"'],
        [],
      ],
      [
        'line endings of Windows in the text, which brat counts as two',
        'T1\tPER 26 29\tBob\n',
        TEXT.replace(/\n/g, '\r\n'),
        ['PER [25, 28) "Bob"'],
        [],
      ],
      [
        '… and others as one',
        'T1\tPER 25 28\tBob\n',
        TEXT.replace(/\n/g, '\r\n'),
        ['PER [25, 28) "Bob"'],
        ['changed span-moved line 1'],
      ],
      [
        'a byte-order mark that is counted',
        'T1\tPER 9 12\tBob\n',
        '\ufeff' + TEXT,
        ['PER [8, 11) "Bob"'],
        ['changed span-moved line 1'],
      ],
      [
        'offsets in UTF-16',
        'T1\tPER 37 40\tAda\n',
        TEXT,
        ['PER [36, 39) "Ada"'],
        ['changed span-moved line 1'],
      ],
      [
        'a start in UTF-16 and a length in code points',
        'T1\tX 35 38\t😀 A\n',
        '😀😀' + '.'.repeat(31) + '😀 A',
        ['X [33, 36) "😀 A"'],
        ['changed span-moved line 1'],
      ],
      [
        'a text that went on in the next line',
        'T1\tX 15 28\tNew York.\nBob\nT2\tPER 0 3\tAda\n',
        TEXT,
        ['PER [0, 3) "Ada"', 'X [15, 28) "New York.\\nBob"'],
        ['changed line-joined line 1'],
      ],
      [
        'white space at the edges',
        'T1\tPER 7 12\t Bob \n',
        TEXT,
        ['PER [8, 11) "Bob"'],
        ['changed span-trimmed line 1'],
      ],
      [
        'a mention that brat has cut where a line ends',
        'T1\tX 19 24;25 28\tYork. Bob\n',
        TEXT,
        ['X [19, 28) "York.\\nBob"'],
        [],
      ],
      ['a space for a line ending', 'T1\tX 19 28\tYork. Bob\n', TEXT, ['X [19, 28) "York.\\nBob"'], []],
      [
        'a text that is elsewhere',
        'T1\tPER 1 4\tBob\n',
        TEXT,
        ['PER [1, 4) broken "Bob"'],
        ['changed text-mismatch line 1'],
      ],
      [
        'offsets behind the end',
        'T1\tPER 900 904\tNora\n',
        TEXT,
        ['PER [41, 41) broken "Nora"'],
        ['changed text-mismatch line 1'],
      ],
      [
        'a line that is none',
        'what is this\nT1\tPER 0 3\tAda\n\nT2 PER\nT1\tPER 8 11\tBob\n',
        TEXT,
        ['PER [0, 3) "Ada"'],
        ['invalid line-malformed line 1', 'invalid line-malformed line 4', 'invalid duplicate line 5'],
      ],
      [
        'a relation with nothing',
        'T1\tPER 0 3\tAda\nR1\tMet Arg1:T1 Arg2:T9\n',
        TEXT,
        ['PER [0, 3) "Ada"'],
        ['invalid reference-missing line 2'],
      ],
    ];
    for (const [what, ann, text, entities, notes] of CASES) {
      it(what, async () => {
        const found = await read(ann, text);
        assert.deepEqual(shown(found.document), entities);
        assert.deepEqual(told(found.notes), notes);
      });
    }
  });

  it('needs the text', async () => {
    await assert.rejects(parse(brat, { 'a.ann': 'T1\tPER 0 3\tAda\n' }), { code: 'text-missing' });
  });

  it('comes back from any document', async () => {
    const fields = ['attributes', 'link', 'note'] as const;
    const arbitrary = documents({
      fields: ['link'],
      discontinuous: true,
      relations: true,
      label: fc.constantFrom('PER', 'Work_of_art', 'Ünï-code'),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (document) => {
        const { files } = await serialize(brat, [document]);
        const { documents: all } = await parse(brat, { 'a.ann': files['a.ann']!, 'a.txt': files['a.txt']! });
        assert.deepEqual(essence(all[0]!, fields).relations, essence(document, fields).relations);
        assert.equal(all[0]!.index.raw, document.index.raw);
        const again = await serialize(brat, all);
        const { documents: twice } = await parse(brat, {
          'a.ann': again.files['a.ann']!,
          'a.txt': files['a.txt']!,
        });
        assert.deepEqual(essence(twice[0]!, fields), essence(all[0]!, fields));
      }),
    );
  });
});
