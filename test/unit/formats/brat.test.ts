import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity';
import { brat } from '../../../src/formats/brat';
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

  describe('leaves out, and tells, what refers to what is gone', () => {
    const ann = [
      'T1\tMeet 4 7\tmet',
      'T2\tPER 0 3\tAda',
      'T3\tPER 8 11\tBob',
      'T4\tGPE 15 23\tNew York',
      'E1\tMeet:T1 P:T2 P2:T3 L:T4',
      'E2\tMeet:T1 P:T2 ',
      'E3\tCause:T1 Of:E1 By:E2',
      'A1\tNeg E1',
      'A2\tNeg E2',
      'A3\tLevel T4 L1',
      'N1\tReference E1 Wiki:1\tthe meeting',
      'N2\tReference T4 Wiki:60\tNew York',
      'N3\tReference T4 Other:60\tNew York',
      '#1\tAnnotatorNotes E1\twhen?',
      '#2\tAnnotatorNotes A1\tsure?',
      'R1\tMet Arg1:T2 Arg2:T3',
      'R2\tIn Arg1:T2 Arg2:T4',
      'R3\tAfter Arg1:E1 Arg2:E2',
      '#3\tAnnotatorNotes R2\tsince when?',
      '*\tEquiv T2 T3',
      '*\tEquiv E1 E2',
      '',
    ];
    const without = (...ids: string[]) =>
      ann.filter((line) => !ids.some((id) => line.startsWith(`${id}\t`))).join('\n');
    const change = async (change: (entity: Entity) => readonly Entity[]) => {
      const { document, notes } = await read(ann.join('\n'));
      assert.deepEqual(notes, []);
      const entities = document.entities.flatMap(change);
      const ids = new Set(entities.map(({ id }) => id));
      const relations = document.relations.filter(({ from, to }) => ids.has(from) && ids.has(to));
      const written = await serialize(brat, [{ ...document, entities, relations }]);
      const lines = written.notes.filter(({ code }) => code === 'carried-line');
      assert.ok(lines.every(({ kind, document: name }) => kind === 'lost' && name === 'x/a'));
      const left = lines.map(({ values }) => [values?.id, values?.source]);
      return { content: written.files['x/a.ann']!, left, notes: written.notes };
    };
    /** What goes with T4, beside what the model has of it (`A3`, `N2`, `R2`). */
    const LEFT = [
      ['T4', 'E1\tMeet:T1 P:T2 P2:T3 L:T4'],
      ['E1', 'E3\tCause:T1 Of:E1 By:E2'],
      ['E1', 'A1\tNeg E1'],
      ['E1', 'N1\tReference E1 Wiki:1\tthe meeting'],
      ['T4', 'N3\tReference T4 Other:60\tNew York'],
      ['E1', '#1\tAnnotatorNotes E1\twhen?'],
      ['A1', '#2\tAnnotatorNotes A1\tsure?'],
      ['E1', 'R3\tAfter Arg1:E1 Arg2:E2'],
      ['R2', '#3\tAnnotatorNotes R2\tsince when?'],
      ['E1', '*\tEquiv E1 E2'],
    ];
    const WITHOUT_T4 = without(
      ...['T4', 'E1', 'E3', 'A1', 'A3', 'N1', 'N2', 'N3', '#1', '#2', '#3', 'R2', 'R3'],
    ).replace('*\tEquiv E1 E2\n', '');

    it('nothing, where nothing is', async () => {
      const { content, notes } = await change((entity) => [entity]);
      assert.equal(content, ann.join('\n'));
      assert.deepEqual(notes, []);
    });

    it('an argument that was deleted', async () => {
      const { content, left } = await change((entity) => (entity.externalId === 'T4' ? [] : [entity]));
      assert.equal(content, WITHOUT_T4);
      assert.deepEqual(left, LEFT);
    });

    it('an argument whose place is not certain', async () => {
      const { content, left, notes } = await change((entity) => [
        entity.externalId === 'T4' ? { ...entity, broken: true } : entity,
      ]);
      assert.equal(content, WITHOUT_T4);
      assert.deepEqual(left, LEFT);
      assert.deepEqual(told(notes).slice(0, 2), [
        'lost place-unknown [15, 23)',
        'lost relation-end-missing [0, 3)',
      ]);
    });

    it('a trigger that was deleted', async () => {
      const { content, left } = await change((entity) => (entity.externalId === 'T1' ? [] : [entity]));
      assert.equal(
        content,
        without('T1', 'E1', 'E2', 'E3', 'A1', 'A2', 'N1', '#1', '#2', 'R3').replace('*\tEquiv E1 E2\n', ''),
      );
      assert.equal(left.length, 10);
    });

    it('… and gives its number to nothing new, which the lines would be about', async () => {
      const { content, left } = await change((entity) =>
        entity.externalId === 'T4' ? [{ ...entity, id: 'aaaaaa', externalId: undefined }] : [entity],
      );
      assert.ok(content.includes('\nT5\tGPE 15 23\tNew York\n'), content);
      assert.ok(!content.includes('T4') && !content.includes('E1'), content);
      assert.deepEqual(left, LEFT);
    });

    it('but a relation that was deleted is no loss', async () => {
      const { document } = await read('T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\nR1\tMet Arg1:T1 Arg2:T2\n');
      const { files, notes } = await serialize(brat, [{ ...document, relations: [] }]);
      assert.deepEqual([files['x/a.ann'], notes], ['T1\tPER 0 3\tAda\nT2\tPER 8 11\tBob\n', []]);
    });
  });

  it('keeps ids that others make', async () => {
    const ann = 'T01\tPER 0 3\tAda\nT.2\tMeet 4 7\tmet\nE-1\tMeet:T.2 Who:T01\nA1\tNeg E-1\n';
    assert.deepEqual((await read(ann)).notes, []);
    assert.equal(await again(ann), ann);
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
        'white space before the tab, and a tab at the end',
        'T1\tPER 0 3 \tAda\nT2\tX  15  23\tNew York\t\nT3\tX 4 7 ; 8 11\tmet Bob\n',
        TEXT,
        ['PER [0, 3) "Ada"', 'X [4–7, 8–11) "met Bob"', 'X [15, 23) "New York"'],
        [],
      ],
      [
        'a text that stands at one other place only',
        'T1\tGPE 0 8\tNew York\nT2\tX 900 904\tleft\n',
        TEXT,
        ['GPE [15, 23) "New York"', 'X [29, 33) "left"'],
        ['changed span-moved line 1', 'changed span-moved line 2'],
      ],
      [
        '… but not within a word',
        'T1\tGPE 0 3\tYor\n',
        TEXT,
        ['GPE [0, 3) broken "Yor"'],
        ['changed text-mismatch line 1'],
      ],
      ['nothing', 'T1\tPER 5 5\t\n', TEXT, ['PER [5, 5) broken ""'], ['changed empty-span line 1']],
      [
        'fragments that share characters',
        'T1\tX 4 11;0 5\tmet Bob Ada m\nT2\tX 0 3;8 11;9 14\tAda Bob ob in\n',
        TEXT,
        ['X [0–3, 8–14) "Ada met Bob in"', 'X [0, 11) "Ada met Bob"'],
        ['changed parts-merged line 1', 'changed parts-merged line 2'],
      ],
      [
        'cells that are missing or too many',
        [
          ...['T1\tPER 0 3\tAda', 'T2\tPER 8 11', 'T3\tPER 8 11\t', 'T4\tPER 8 11\tx\tBob'],
          ...['T5\tx\tPER 8 11\tBob', 'T6\tBob', 'R1\tMet Arg1:T1 Arg2:T1\tx', 'A1\tNeg T1\tx', ''],
        ].join('\n'),
        TEXT,
        ['PER [0, 3) "Ada"'],
        [2, 3, 4, 5, 6, 7, 8].map((line) => `invalid line-malformed line ${line}`),
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
      [
        'what is about nothing, and about that',
        [
          'T1\tPER 0 3\tAda',
          'A1\tNeg T99',
          '#1\tAnnotatorNotes T88\tx',
          'E1\tMeet:T1 Who:T99',
          'A2\tNeg E1',
          '*\tEquiv T1 T99',
          '#\tthis is about nothing in particular',
          '',
        ].join('\n'),
        TEXT,
        ['PER [0, 3) "Ada"'],
        [
          ...[2, 3, 4, 5, 6].map((line) => `invalid reference-missing line ${line}`),
          'invalid line-malformed line 7',
        ],
      ],
      [
        'a link to nothing, and an event without a trigger',
        'T1\tPER 0 3\tAda\nN1\tReference T1 nocolon\nE1\tMeet T1\n',
        TEXT,
        ['PER [0, 3) "Ada"'],
        ['invalid line-malformed line 2', 'invalid line-malformed line 3'],
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

  it('writes nothing that is about nothing, once it was told', async () => {
    const { document } = await read('T1\tPER 0 3\tAda\nE1\tMeet:T1 Who:T99\nA2\tNeg E1\nA3\tNeg T1\n');
    const { files, notes } = await serialize(brat, [document]);
    assert.deepEqual([files['x/a.ann'], notes], ['T1\tPER 0 3\tAda\nA3\tNeg T1\n', []]);
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
