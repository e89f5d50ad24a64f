import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity';
import { conllu } from '../../../src/formats/conllu';
import { TextIndex } from '../../../src/core/text';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

/** Rows as one can read them: columns parted by spaces, `·` for what a column has of them. */
const rows = (source: string) =>
  source.replace(/^(?!#).*$/gm, (line) => line.trim().split(/ +/).join('\t').replaceAll('·', ' '));

const GUM = rows(`# newdoc id = GUM_news_1
# global.Entity = GRP-etype-infstat-minspan-link-identity
# newpar = p (2 s)
# sent_id = GUM_news_1-1
# text = Ada's friend, Bob Ray, didn't come.
1-2 Ada's _ _ _ _ _ _ _ _
1 Ada Ada PROPN NNP Number=Sing 3 nmod:poss 3:nmod:poss Entity=(2-person-new-1-coref(1-person-giv:act-1-coref-Ada_Lovelace)
2 's 's PART POS _ 1 case 1:case _
3 friend friend NOUN NN Number=Sing 7 nsubj 7:nsubj Entity=2)|SpaceAfter=No
4 , , PUNCT , _ 5 punct 5:punct _
5 Bob Bob PROPN NNP Number=Sing 3 appos 3:appos Entity=(2-person-giv:act-1,2-coref-Bob_Ray|XML=<name>
5.1 _ _ _ _ _ _ _ 5:x Entity=(9-abstract-new-1-sgl)
6 Ray Ray PROPN NNP Number=Sing 5 flat 5:flat Bridge=1<2|Entity=2)|SpaceAfter=No
7 , , PUNCT , _ 5 punct 5:punct _
8-9 didn't _ _ _ _ _ _ _ _
8 did do AUX VBD _ 10 aux 10:aux _
9 n't not PART RB _ 10 advmod 10:advmod _
10 come come VERB VB _ 0 root 0:root SpaceAfter=No
11 . . PUNCT . _ 10 punct 10:punct _

# newpar
# sent_id = GUM_news_1-2
# text = He left Rome .
1 He he PRON PRP _ 2 nsubj 2:nsubj Entity=(2-person-giv:act-1-ana)
2 left leave VERB VBD _ 0 root 0:root _
3 Rome Rome PROPN NNP _ 2 obj 2:obj Entity=(3-place-new-1-sgl-Rome)
4 . . PUNCT . _ 2 punct 2:punct _

`);

describe('CoNLL-U', () => {
  const again = async (source: string) => {
    const { documents: all } = await parse(conllu, { 'x.conllu': source });
    return (await serialize(conllu, all)).files[''];
  };

  it('reads text, entities and what is said of them, and writes the file as it was', async () => {
    const { documents: all, notes } = await parse(conllu, { 'x.conllu': GUM });
    const [document] = all;
    assert.equal(document?.name, 'GUM_news_1');
    assert.equal(document.index.raw, "Ada's friend, Bob Ray, didn't come.\n\nHe left Rome .\n");
    assert.deepEqual(shown(document), [
      'person [0, 12) "Ada\'s friend"',
      'person [0, 5) "Ada\'s"',
      'person [14, 21) "Bob Ray"',
      'person [37, 39) "He"',
      'place [45, 49) "Rome"',
    ]);
    assert.deepEqual(told(notes), ['changed off-token [0, 5) line 7', 'lost empty-span line 12']);
    const [, ada, bob] = document.entities;
    assert.equal(ada?.externalId, '1');
    assert.deepEqual(ada.attributes, {
      infstat: 'giv:act',
      minspan: '1',
      link: 'coref',
      identity: 'Ada_Lovelace',
    });
    assert.deepEqual([bob?.externalId, bob?.attributes?.minspan], ['2', '1,2']);
    const { files, notes: written } = await serialize(conllu, all);
    assert.equal(files[''], GUM);
    assert.deepEqual(written, []);
  });

  it('writes what has changed since, and leaves the rest as it was', async () => {
    const { documents: all } = await parse(conllu, { 'x.conllu': GUM });
    const [document] = all;
    const [friend, ada, , he, rome] = document!.entities;
    const index = document!.index;
    const left: Entity = { id: 'new', label: 'motion', start: 40, end: 44, text: 'left' };
    const entities = [friend!, ada!, he!, left, { ...rome!, label: 'city', note: 'which?' }];
    const { files, notes } = await serialize(conllu, [{ ...document!, entities }]);
    const expected = GUM.replace('Entity=(2-person-giv:act-1,2-coref-Bob_Ray|XML', 'XML')
      .replace('Bridge=1<2|Entity=2)|SpaceAfter', 'Bridge=1<2|SpaceAfter')
      .replace('2:obj\tEntity=(3-place-new-1-sgl-Rome)', '2:obj\tEntity=(3-city-new-1-sgl-Rome)')
      .replace('0:root\t_', '0:root\tEntity=(e1-motion)');
    assert.equal(files[''], expected);
    assert.deepEqual(told(notes), ['lost field [45, 49)']);
    assert.equal(index.raw.slice(40, 44), 'left');
  });

  it('reads crossing and discontinuous mentions across sentences', async () => {
    const source = rows(`# newdoc id = d
# global.Entity = eid-etype-head-other
# sent_id = 1
1 a _ _ _ _ _ _ _ Entity=(e1-A-1-x:y%2C,Note:to%20do(e3[1/2]-C-1
2 b _ _ _ _ _ _ _ Entity=e3[1/2])(e2-B-1
3 c _ _ _ _ _ _ _ Entity=e1)(e3[2/2]-C-1)

# sent_id = 2
1 d _ _ _ _ _ _ _ Entity=e2)

`);
    const { documents: all, notes } = await parse(conllu, { 'x.conllu': source });
    assert.deepEqual(shown(all[0]!), ['A [0, 5) "a b c"', 'C [0–3, 4–5) "a b c"', 'B [2, 7) "b c\\nd"']);
    const [first] = all[0]!.entities;
    assert.deepEqual([first?.note, first?.attributes], ['to do', { x: 'y,' }]);
    assert.deepEqual(notes, []);
    assert.equal(await again(source), source);
  });

  describe('reads what other corpora write', () => {
    const CASES: readonly [
      what: string,
      source: string,
      entities: readonly string[],
      notes: readonly string[],
    ][] = [
      [
        'brackets of old, without a declaration',
        '1 Ada _ _ _ _ _ _ _ Entity=(person-1\n2 Ray _ _ _ _ _ _ _ Entity=person-1)\n3 He _ _ _ _ _ _ _ Entity=(person-1)',
        ['person [0, 7) "Ada Ray"', 'person [8, 10) "He"'],
        [],
      ],
      [
        'tags',
        '1 Ada _ _ _ _ _ _ _ NE=B-PER\n2 Ray _ _ _ _ _ _ _ NE=I-PER|SpaceAfter=No\n3 , _ _ _ _ _ _ _ NE=O\n4 Rome _ _ _ _ _ _ _ ner=S-LOC',
        ['PER [0, 7) "Ada Ray"', 'LOC [9, 13) "Rome"'],
        [],
      ],
      [
        'marks',
        '1 Ada _ _ _ _ _ _ _ NamedEntity=Yes\n2 Ray _ _ _ _ _ _ _ NamedEntity=Yes\n3 x _ _ _ _ _ _ _ _',
        ['Mention [0, 7) "Ada Ray"'],
        [],
      ],
      [
        'coreference without types',
        '# global.Entity = eid-etype-head-other\n1 Ada _ _ _ _ _ _ _ Entity=(c1--1)\n2 x _ _ _ _ _ _ _ _',
        ['Mention [0, 3) "Ada"'],
        [],
      ],
      [
        'CoNLL-U Plus with a column of tags',
        '# global.columns = ID FORM MISC X:NE\n1 Ada SpaceAfter=No B-PER\n2 Ray _ I-PER\n3 . _ O',
        ['PER [0, 6) "AdaRay"'],
        [],
      ],
      [
        'brackets that do not match',
        '1 a _ _ _ _ _ _ _ Entity=(e1-X\n2 b _ _ _ _ _ _ _ Entity=e2)\n3 c _ _ _ _ _ _ _ Entity=((e3-Y)',
        ['Y [4, 5) "c"'],
        [
          'invalid sequence-malformed line 2',
          'invalid sequence-malformed line 3',
          'invalid sequence-malformed line 1',
        ],
      ],
      [
        'lines that are none',
        'x y\n1 Ada _ _ _ _ _ _ _ Entity=(__proto__-constructor)\n99-1\n2-1 b _ _ _ _ _ _ _ _',
        ['constructor [0, 3) "Ada"'],
        ['invalid line-malformed line 1', 'invalid line-malformed line 3'],
      ],
      [
        'tags as spaCy reads them, alone and by name',
        '1 Ada _ _ _ _ _ _ _ SpaceAfter=No|name=B-PER\n2 Ray _ _ _ _ _ _ _ name=I-PER\n3 x _ _ _ _ _ _ _ O\n4 Rome _ _ _ _ _ _ _ U-GPE_LOC',
        ['PER [0, 6) "AdaRay"', 'GPE_LOC [9, 13) "Rome"'],
        [],
      ],
      [
        'tags by other keys, if they look like tags',
        '1 Ada _ _ _ _ _ _ _ entity=B-PER\n2 Ray _ _ _ _ _ _ _ Entity=I-PER\n3 x _ _ _ _ _ _ _ name=Ex|Entity=O',
        ['PER [0, 7) "Ada Ray"'],
        [],
      ],
      [
        'tags of words within a token, whose row has none',
        '1 five _ _ _ _ _ _ _ name=B-NUM\n2-3 hundredth _ _ _ _ _ _ _ SpaceAfter=No\n2 hundred _ _ _ _ _ _ _ name=I-NUM\n3 th _ _ _ _ _ _ _ name=O\n4-5 Adas _ _ _ _ _ _ _ name=B-PER\n4 Ada _ _ _ _ _ _ _ _\n5 s _ _ _ _ _ _ _ _\n6 Ray _ _ _ _ _ _ _ name=I-PER',
        ['NUM [0, 14) "five hundredth"', 'PER [14, 22) "Adas Ray"'],
        ['changed off-token [0, 14) line 1'],
      ],
      [
        'brackets with nothing but a type',
        '1 Ada _ _ _ _ _ _ _ Entity=(person\n2 Ray _ _ _ _ _ _ _ Entity=person)\n3 x _ _ _ _ _ _ _ Entity=(event)',
        ['person [0, 7) "Ada Ray"', 'event [8, 9) "x"'],
        [],
      ],
      [
        'rows with a cell too few or too many',
        '1 Ada _ _ _ _ _ _ NE=B-PER\n2 met _ _ _ _ _ _ _ _ NE=B-X\n3 Bob _ _ _ _ _ _ _ NE=B-PER\n4 x _ _ _ _ _ _ _ _',
        ['PER [0, 3) "Bob"'],
        ['invalid line-malformed line 1', 'invalid line-malformed line 2'],
      ],
      [
        'what may go on in a row that is malformed',
        '1 Ada _ _ _ _ _ _ _ NE=B-PER\n2 Ray _ _ _ _ _ _ NE=I-PER\n3 Lee _ _ _ _ _ _ _ NE=I-PER\n4 Bob _ _ _ _ _ _ _ NE=B-PER\n5 Roy\n6 Eve _ _ _ _ _ _ _ NE=S-PER\n7 Max _ _ _ _ _ _ _ NE=S-PER',
        ['PER [12, 15) "Eve"', 'PER [16, 19) "Max"'],
        [
          'invalid line-malformed line 2',
          'invalid line-malformed line 5',
          'invalid span-cut line 1',
          'invalid span-cut line 4',
        ],
      ],
      [
        'brackets around a row that is malformed',
        '1 a _ _ _ _ _ _ _ Entity=(e1-A(e2[1/2]-B)(e3-C-1\n2 b _ _ _ _ _ _ Entity=e3)(e2[2/2]-B)\n3 c _ _ _ _ _ _ _ Entity=e1)(e4-D)',
        ['D [2, 3) "c"'],
        [
          'invalid line-malformed line 2',
          'invalid span-cut line 1',
          'invalid sequence-malformed line 1',
          'invalid sequence-malformed line 1',
        ],
      ],
      [
        'a range whose row is malformed',
        "1 Ada _ _ _ _ _ _ _ NE=S-PER\n2-3 don't _ _ _ _ _ _ _\n2 do _ _ _ _ _ _ _ _\n3 n't _ _ _ _ _ _ _ _\n4 x _ _ _ _ _ _ _ _",
        ['PER [0, 3) "Ada"'],
        [2, 3, 4].map((line) => `invalid line-malformed line ${line}`),
      ],
      [
        'a text that says where spaces are',
        '# text = Ada, Bob\n1 Ada _ _ _ _ _ _ _ Entity=(e1-P)\n2 , _ _ _ _ _ _ _ _\n3 Bob _ _ _ _ _ _ _ Entity=(e2-P)',
        ['P [0, 3) "Ada"', 'P [5, 8) "Bob"'],
        ['changed sentence-spaces line 1'],
      ],
      [
        'a text that is another one',
        '# text = Eva and Bob\n1 Ada _ _ _ _ _ _ _ Entity=(e1-P)\n2 Bob _ _ _ _ _ _ _ _',
        ['P [0, 3) "Ada"'],
        ['invalid sentence-text line 1'],
      ],
    ];
    for (const [what, source, entities, notes] of CASES) {
      it(what, async () => {
        const file = rows(source) + '\n\n';
        const read = await parse(conllu, { 'x.conllu': file });
        assert.deepEqual(shown(read.documents[0]!), entities);
        assert.deepEqual(told(read.notes), notes);
        assert.equal(await again(file), file);
      });
    }
  });

  it('takes the spaces of UDPipe exactly', async () => {
    const source = rows(`# newdoc
# newpar
# sent_id = 1
# text = A b|c d .
1 A _ _ _ _ _ _ _ SpacesAfter=\\t\\s\\n|SpacesBefore=\\n
2 b|c _ _ _ _ _ _ _ SpacesAfter=\\p\\\\\\r\\n
3 d·. _ _ _ _ _ _ _ SpacesAfter=\\s\\n|SpacesInToken=d\\s\\s.

`).replace('# text = A b|c d .', '# text = A b|c|\\ d .');
    const { documents: all, notes } = await parse(conllu, { 'x/y.conllu': source });
    assert.equal(all[0]!.index.raw, '\nA\t \nb|c|\\\r\nd  . \n');
    assert.equal(all[0]!.name, 'x/y');
    assert.deepEqual(notes, []);
    assert.equal(await again(source), source);
  });

  it('writes an article so that it comes back, in tokens and sentences', async () => {
    const document = marked('b c', '  [PER Ada  Ray] left.\r\n\r\n[GPE 北京]! [ORG The [GPE Rome] office]');
    const { files, notes } = await serialize(conllu, [document]);
    assert.equal(
      files[''],
      rows(`# newdoc id = b c
# global.Entity = eid-etype-head-other
# newpar
# sent_id = b_c-1
# text = Ada Ray left.
1 Ada _ _ _ _ _ _ _ Entity=(e1-PER-1|SpacesAfter=\\s\\s|SpacesBefore=\\s\\s
2 Ray _ _ _ _ _ _ _ Entity=e1)
3 left _ _ _ _ _ _ _ SpaceAfter=No
4 . _ _ _ _ _ _ _ SpacesAfter=\\r\\n\\r\\n

# newpar
# sent_id = b_c-2
# text = 北京!
1 北 _ _ _ _ _ _ _ Entity=(e2-GPE-1|SpaceAfter=No
2 京 _ _ _ _ _ _ _ Entity=e2)|SpaceAfter=No
3 ! _ _ _ _ _ _ _ SpacesAfter=\\s

# sent_id = b_c-3
# text = The Rome office
1 The _ _ _ _ _ _ _ Entity=(e3-ORG-1
2 Rome _ _ _ _ _ _ _ Entity=(e4-GPE-1)
3 office _ _ _ _ _ _ _ Entity=e3)|SpaceAfter=No

`),
    );
    assert.deepEqual(notes, []);
    const { documents: all } = await parse(conllu, { 'x.conllu': files[''] });
    assert.equal(all[0]!.name, 'b c');
    assert.deepEqual(all[0]!.carried, {});
    assert.equal(all[0]!.index.raw, document.index.raw);
  });

  it('declares anew what documents above have declared otherwise, and keeps several apart', async () => {
    const { documents: gum } = await parse(conllu, {
      'x.conllu':
        GUM +
        GUM.replace(/^# (?:newdoc|global).*\n/gm, (line) =>
          line.startsWith('# newdoc') ? '# newdoc id = two\n' : '',
        ),
    });
    assert.deepEqual(
      gum.map(({ name, entities }) => [name, entities.length]),
      [
        ['GUM_news_1', 5],
        ['two', 5],
      ],
    );
    const { files } = await serialize(conllu, [gum[0]!, marked('plain', '[PER Ada]'), gum[1]!]);
    assert.match(files['']!, /# newdoc id = plain\n# global.Entity = eid-etype-head-other\n/);
    assert.match(
      files['']!,
      /# newdoc id = two\n# global.Entity = GRP-etype-infstat-minspan-link-identity\n/,
    );
    const { documents: back } = await parse(conllu, { 'y.conllu': files['']! });
    assert.deepEqual(essence(back[2]!, ['attributes']), essence(gum[1]!, ['attributes']));
  });

  it('makes ten columns of CoNLL-U Plus where it is not the first', async () => {
    const plus = rows('# global.columns = ID FORM MISC SRL\n1 Ada Entity=(e1-P) ARG0\n2 x _ _\n\n');
    const { documents: all } = await parse(conllu, { 'x.conllup': plus });
    const { files, notes } = await serialize(conllu, [marked('plain', 'a'), all[0]!]);
    assert.match(files['']!, /\n1\tAda\t_\t_\t_\t_\t_\t_\t_\tEntity=\(e1-P\)\n/);
    assert.deepEqual(told(notes), ['lost carried']);
  });

  it('says what it could not write', async () => {
    const document = marked('a', 'un[Y believ]able and [X Ada] x');
    const entities = document.entities.map((entity) => ({
      ...entity,
      label: entity.label === 'X' ? 'a-(b' : 'Y',
    }));
    const { files, notes } = await serialize(conllu, [
      { ...document, entities },
      { ...document, index: new TextIndex(' \n'), entities: [] },
      {
        ...document,
        entities: [
          { id: 'a', label: 'P', start: 0, end: 12, text: '', externalId: 'e7' },
          { id: 'b', label: 'P', start: 13, end: 16, text: '', externalId: 'e7' },
          { id: 'c', label: 'P', start: 0, end: 16, text: '', externalId: 'e7' },
        ],
        carried: { conllu: { lines: ['1\tother\t_\t_\t_\t_\t_\t_\t_\t_', 7, ''], columns: 3 } },
      },
    ]);
    assert.match(files['']!, /\(e2-a%2D%28b-1\)/);
    assert.deepEqual(told(notes).slice(0, 3), [
      'changed off-token [2, 8)',
      'changed label-name [17, 20)',
      'lost white-space',
    ]);
    assert.deepEqual(told(notes).at(-1), 'lost carried-outdated');
  });

  it('is not made of another file', async () => {
    await assert.rejects(parse(conllu, { 'a.conllu': 'Ada B-PER\n' }), { code: 'file-not-format' });
  });

  it('comes back from any document, and is the same again', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    const any = documents({ fields, discontinuous: true });
    await fc.assert(
      fc.asyncProperty(any, fc.constantFrom('simple', 'words'), async (document, tokenizer) => {
        const options = { tokenizer };
        const first = await serialize(conllu, [document], { options });
        if (first.files[''] === '') return;
        const read = await parse(conllu, { 'a.conllu': first.files['']! });
        assert.deepEqual(read.notes, []);
        assert.equal(read.documents[0]!.index.raw, document.index.raw);
        // No attributes are none.
        const given = {
          ...document,
          entities: document.entities.map((entity) =>
            Object.keys(entity.attributes ?? {}).length > 0 ? entity : { ...entity, attributes: undefined },
          ),
        };
        const isCut = first.notes.some(({ code }) => code === 'off-token' || code === 'character');
        if (!isCut) assert.deepEqual(essence(read.documents[0]!, fields), essence(given, fields));
        const second = await serialize(conllu, read.documents, { options });
        assert.equal(second.files[''], first.files['']);
      }),
    );
  });

  it('comes back after any change', async () => {
    const { documents: all } = await parse(conllu, { 'x.conllu': GUM });
    const [document] = all;
    const token = fc.constantFrom([0, 5], [6, 12], [14, 17], [18, 21], [37, 39], [45, 49]);
    const added = fc.record({
      from: token,
      to: token,
      label: fc.constantFrom('person', 'x'),
      eid: fc.constantFrom('1', '2', undefined),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...document!.entities]),
        fc.array(added, { maxLength: 4 }),
        async (kept, more) => {
          const fresh = more.flatMap(({ from, to, label, eid }, i): Entity[] => {
            const [start, end] = [from[0], to[1]];
            if (start >= end) return [];
            const text = document!.index.slice({ start, end });
            return [{ id: `n${i}`, label, start, end, text, ...(eid !== undefined && { externalId: eid }) }];
          });
          const changed = {
            ...document!,
            entities: [...kept, ...fresh].sort((a, b) => a.start - b.start || b.end - a.end),
          };
          const { files } = await serialize(conllu, [changed]);
          const { documents: back, notes } = await parse(conllu, { 'x.conllu': files['']! });
          assert.deepEqual(
            notes.filter(({ kind }) => kind === 'invalid'),
            [],
          );
          assert.equal(back[0]!.index.raw, document!.index.raw);
          assert.deepEqual(essence(back[0]!, []), essence(changed, []));
        },
      ),
    );
  });

  describe('says what looks like tags and is not read', () => {
    const unread = (notes: Awaited<ReturnType<typeof parse>>['notes']) =>
      notes.map(({ kind, code, values }) => [kind, code, values?.count, values?.option].join(' '));

    it('by its name, or as all its values are tags; and reads it where it is named', async () => {
      const source = rows(
        '1 Ada _ _ B-X _ _ _ _ entity=PER|foo=B-PER|Gloss=I-see\n2 Ray _ _ O _ _ _ _ foo=I-PER|Gloss=B-b\n3 x _ _ O _ _ _ _ foo=O|Gloss=dog\n\n',
      );
      const { documents: all, notes } = await parse(conllu, { 'x.conllu': source });
      assert.deepEqual(shown(all[0]!), []);
      const left = (count: number, key: string) => `changed annotations-unread ${count} --tag-key ${key}`;
      assert.deepEqual(unread(notes), [left(1, 'XPOS'), left(1, 'entity'), left(1, 'foo')]);
      for (const [key, entity] of [
        ['foo', 'PER [0, 7) "Ada Ray"'],
        ['entity', 'PER [0, 3) "Ada"'],
        ['XPOS', 'X [0, 3) "Ada"'],
      ] as const) {
        const named = await parse(conllu, { 'x.conllu': source }, undefined, { 'tag-key': key });
        assert.deepEqual(shown(named.documents[0]!), [entity], key);
        assert.ok(!unread(named.notes).includes(left(1, key)));
        const { files } = await serialize(conllu, named.documents);
        assert.equal(files[''], source);
      }
    });

    it('and is not of tags that were read, nor of columns of words', async () => {
      const source = rows('1 B-A I-B DET _ _ 0 root _ NE=B-PER\n2 x y X _ Case=Nom 1 dep _ NE=I-PER\n\n');
      const { notes } = await parse(conllu, { 'x.conllu': source });
      assert.deepEqual(notes, []);
    });
  });

  it('takes out tags where it writes brackets', async () => {
    const source = rows(
      '1 Ada _ _ _ _ _ _ _ name=B-PER|X=1\n2 Ray _ _ _ _ _ _ _ I-PER\n3 x _ _ _ _ _ _ _ O\n\n',
    );
    const { documents: all } = await parse(conllu, { 'x.conllu': source });
    const [entity] = all[0]!.entities;
    const changed = [{ ...all[0]!, entities: [{ ...entity!, label: 'ORG' }] }];
    const { files } = await serialize(conllu, changed);
    const { documents: back } = await parse(conllu, { 'x.conllu': files['']! });
    assert.deepEqual(shown(back[0]!), ['ORG [0, 7) "Ada Ray"']);
    assert.doesNotMatch(files['']!, /name=|I-PER|\tO$/m);
    assert.match(files['']!, /X=1/);
  });

  it('is no file of other columns that has such comments', async () => {
    const other = '# newdoc id = a\n# sent_id = 1\n1\tAda\tB-PER\t-\t-\n';
    assert.equal(conllu.recognizes(other, 'x.conllu'), false);
    assert.equal(conllu.recognizes('# newdoc id = a\n# text = Ada', 'x.conllu'), true);
    await assert.rejects(parse(conllu, { 'x.tsv': '1-1\t0-3\tAda\tPER\t\n' }), { code: 'file-not-format' });
  });
});
