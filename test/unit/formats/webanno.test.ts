import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMATS } from '../../../src/formats';
import { conll2003 } from '../../../src/formats/conll2003';
import { webanno } from '../../../src/formats/webanno';
import {
  escapeText,
  escapeValue,
  splitId,
  splitValue,
  unescapeText,
  unescapeValue,
} from '../../../src/formats/webanno/escape';
import { TextIndex } from '../../../src/core/text';
import { noteMessage } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { hostileText } from '../core/arbitraries';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const NE = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';
const POS = 'de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS';
const file = (...lines: string[]) => lines.map((line) => line.replaceAll(' → ', '\t') + '\n').join('');

/** Of INCEpTION's form: stacked and parted annotations, slots, a chain, relations, line breaks, an emoji. */
const SAMPLE = file(
  '#FORMAT=WebAnno TSV 3.3',
  `#T_SP=${NE}|identifier|value`,
  '#T_SP=webanno.custom.Talk|ROLE_webanno.custom.Talk:roles_webanno.custom.Role|webanno.custom.Thing|topic',
  '#T_SP=webanno.custom.Thing|',
  `#T_SP=${POS}|PosValue`,
  '#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceRelation|referenceType',
  `#T_RL=webanno.custom.Meets|label|BT_${NE}`,
  '',
  '',
  '#Sentence.id=s1',
  '#Text=Ada Lovelace met Bob 😀 in',
  '#Text=New York.',
  '1-1 → 0-3 → Ada → http://www/Q7\\_1[1]|*[2] → PER[1]|first[2] → _ → _ → _ → _ → NE → *->1-1 → pr[1] → _ → _ → ',
  '1-2 → 4-12 → Lovelace → http://www/Q7\\_1[1] → PER[1] → _ → _ → _ → _ → NE → _ → _ → _ → _ → ',
  '1-3 → 13-16 → met → _ → _ → host;guest → 1-4;1-8[3] → at \\[noon\\] \\| \\* → _ → V → _ → _ → _ → _ → ',
  '1-4 → 17-20 → Bob → * → PER → _ → _ → _ → * → NE → coref->1-2 → pr[1] → meets → 1-1[1_0] → ',
  '1-5 → 21-23 → 😀 → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
  '1-6 → 24-26 → in → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
  '1-7 → 27-30 → New → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
  '1-8 → 31-35 → York → _ → _ → _ → _ → _ → *[3] → _ → _ → _ → _ → _ → ',
  '1-9 → 35-36 → . → _ → _ → _ → _ → _ → *[3] → _ → _ → _ → _ → _ → ',
  '',
  '#Text=Unbelievable\\tDay',
  '2-1 → 39-51 → Unbelievable → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
  '2-1.1 → 41-48 → believa → * → MISC → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
  '2-2 → 52-55 → Day → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → _ → ',
);

const read = (tsv = SAMPLE) => parse(webanno, { 'x/a.tsv': tsv });

describe('WebAnno TSV', () => {
  it('reads text, entities, links, attributes and relations', async () => {
    const { documents: all, notes } = await read();
    const [document] = all;
    assert.equal(document!.name, 'x/a');
    assert.equal(document!.index.raw, 'Ada Lovelace met Bob 😀 in\nNew York.\n  Unbelievable\tDay');
    assert.deepEqual(shown(document!), [
      'PER [0, 12) "Ada Lovelace"',
      'first [0, 3) "Ada"',
      'at [noon] | * [13, 16) "met"',
      'PER [17, 20) "Bob"',
      'Thing [17, 20) "Bob"',
      'Thing [30, 35) "York."',
      'MISC [40, 47) "believa"',
    ]);
    const [ada, , , bob] = document!.entities;
    assert.equal(ada!.link, 'http://www/Q7_1');
    assert.deepEqual(
      document!.relations.map(({ label, from, to }) => [label, from, to]),
      [['meets', ada!.id, bob!.id]],
    );
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values!.type, values!.count]),
      [
        ['layer-kept', POS, '4'],
        ['layer-kept', 'de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink', '2'],
      ],
    );
  });

  it('gives the same file back, with slots, chains and all', async () => {
    const { documents: all } = await read();
    const { files, notes } = await serialize(webanno, all);
    assert.equal(files['x/a.tsv'], SAMPLE);
    assert.deepEqual(notes, []);
  });

  const HOST = 'webanno.custom.Host';
  const SLOT = `${HOST}|ROLE_${HOST}:links_webanno.custom.Link|webanno.custom.Thing`;
  const FORMS: readonly (readonly [
    what: string,
    layers: readonly string[],
    text: string,
    ...units: string[],
  ])[] = [
    [
      'no layers',
      [],
      'a \\\\ 😀.',
      '1-1 → 0-1 → a → ',
      '1-2 → 2-3 → \\ → ',
      '1-3 → 4-6 → 😀 → ',
      '1-4 → 6-7 → . → ',
    ],
    [
      'parts of tokens, and spans of no length',
      ['#T_SP=webanno.custom.Thing|'],
      'aaa bbb',
      ...['1-1 → 0-3 → aaa → *[1]|*[2] → ', '1-1.1 → 0-1 → a → * → ', '1-1.2 → 0-0 →  → *[3]|*[4] → '],
      ...['1-2 → 4-7 → bbb → *[1] → ', '1-2.1 → 4-6 → bb → *[2] → ', '1-2.2 → 7-7 →  → * → '],
    ],
    [
      'slots without roles, stacked, that lead to spans of several tokens and of no length',
      ['#T_SP=webanno.custom.Thing|', `#T_SP=${SLOT}`],
      'a b c',
      ...['1-1 → 0-1 → a → _ → *;p[1]|*;*[2] → 1-2[3];1-3.1|1-2[3];1-2[3] → '],
      ...[
        '1-2 → 2-3 → b → *[3] → _ → _ → ',
        '1-3 → 4-5 → c → *[3] → _ → _ → ',
        '1-3.1 → 5-5 →  → * → _ → _ → ',
      ],
    ],
    [
      'chains of spans of several tokens',
      ['#T_CH=webanno.custom.SimpleLink|referenceRelation|referenceType'],
      'a b c',
      ...[
        '1-1 → 0-1 → a → *->1-1 → *[1] → ',
        '1-2 → 2-3 → b → x->2-1 → y[2] → ',
        '1-3 → 4-5 → c → x->2-1 → y[2] → ',
      ],
    ],
    [
      'relations of spans that share tokens, and numbers of which some are left out',
      [`#T_SP=${NE}|value`, `#T_RL=webanno.custom.Rel|value|BT_${NE}`],
      'a b c',
      ...['1-1 → 0-1 → a → X[2]|*[5] → _ → _ → ', '1-2 → 2-3 → b → X[2] → _ → _ → '],
      '1-3 → 4-5 → c → Y[7]|Z[9]|W[1] → *|r → 1-1[2_7]|1-3[9_1] → ',
    ],
    [
      'every sign that is escaped',
      ['#T_SP=webanno.custom.Thing|value'],
      'a',
      `1-1 → 0-1 → a → #\\*'"\`´\\t:\\;{}\\|\\[ \\]()\\\\§$%?=&\\_\\n\\-> → `,
    ],
  ];
  for (const [what, layers, text, ...units] of FORMS)
    it(`gives the same file back, with ${what}`, async () => {
      const source = file('#FORMAT=WebAnno TSV 3.3', ...layers, '', '', `#Text=${text}`, ...units);
      const { documents: all, notes } = await read(source);
      assert.deepEqual(
        notes.filter(({ kind }) => kind !== 'changed'),
        [],
      );
      const written = await serialize(webanno, all);
      assert.equal(written.files['x/a.tsv'], source);
      assert.deepEqual(written.notes, []);
    });

  it('reads files whose numbers are those of each layer', async () => {
    const source = file(
      ...[
        '#FORMAT=WebAnno TSV 3.1',
        `#T_SP=${NE}|value`,
        '#T_SP=webanno.custom.Thing|',
        '',
        '',
        '#Text=a b c',
      ],
      ...['1-1 → 0-1 → a → X[1] → *[1] → ', '1-2 → 2-3 → b → X[1] → *[1] → ', '1-3 → 4-5 → c → _ → *[1] → '],
    );
    const { documents: all, notes } = await read(source);
    assert.deepEqual(shown(all[0]!), ['Thing [0, 5) "a b c"', 'X [0, 3) "a b"']);
    assert.deepEqual(notes, []);
    const { files } = await serialize(webanno, all);
    const again = await read(files['x/a.tsv']);
    assert.deepEqual(shown(again.documents[0]!), shown(all[0]!));
  });

  it('writes what was changed since, and leaves out what is gone and who refers to it', async () => {
    const { documents: all } = await read();
    const [ada, , met, , , york] = all[0]!.entities;
    const { files, notes } = await serialize(webanno, [
      {
        ...all[0]!,
        relations: [],
        entities: [{ ...ada!, end: 3, text: 'Ada', attributes: { sure: 'yes' } }, met!, york!],
      },
    ]);
    const lines = files['x/a.tsv']!.split('\n');
    assert.equal(lines[1], `#T_SP=${NE}|identifier|value|sure`);
    assert.ok(
      lines.includes('1-1\t0-3\tAda\thttp://www/Q7\\_1\tPER\tyes\t_\t_\t_\t_\tNE\t*->1-1\tpr[1]\t_\t_\t'),
    );
    assert.ok(lines.some((line) => line.startsWith('1-3\t13-16\tmet\t_\t_\t_\thost;guest\t*;1-8[1]\t')));
    assert.deepEqual(told(notes), ['lost reference-missing']);
  });

  it('writes a document that was none', async () => {
    const document = marked(
      'a',
      '[PER Ada [LOC Love]lace] met [PER Bob] 😀. \r\n\r\n[X It] is\tlate. [ORG Yes]\n',
    );
    const [ada, , bob] = document.entities;
    const { files, notes } = await serialize(webanno, [
      {
        ...document,
        entities: document.entities.map((entity) =>
          entity === bob ? { ...entity, link: 'wikidata:Q_1', attributes: { n: 2, 'is it': 'a|b' } } : entity,
        ),
        relations: [{ id: 'r', label: 'Met', from: ada!.id, to: bob!.id }],
      },
    ]);
    assert.equal(
      files['a.tsv'],
      file(
        '#FORMAT=WebAnno TSV 3.3',
        `#T_SP=${NE}|identifier|value|n|is_it`,
        `#T_RL=custom.Relation|label|BT_${NE}`,
        '',
        '',
        '#Text=Ada Lovelace met Bob 😀. \\r',
        '#Text=\\r',
        '1-1 → 0-3 → Ada → *[1] → PER[1] → *[1] → *[1] → _ → _ → ',
        '1-2 → 4-12 → Lovelace → *[1] → PER[1] → *[1] → *[1] → _ → _ → ',
        '1-2.1 → 4-8 → Love → * → LOC → * → * → _ → _ → ',
        '1-3 → 13-16 → met → _ → _ → _ → _ → _ → _ → ',
        '1-4 → 17-20 → Bob → wikidata:Q\\_1 → PER → 2 → a\\|b → Met → 1-1[1_0] → ',
        '1-5 → 21-23 → 😀 → _ → _ → _ → _ → _ → _ → ',
        '1-6 → 23-24 → . → _ → _ → _ → _ → _ → _ → ',
        '',
        '#Text=It is\\tlate. ',
        '2-1 → 29-31 → It → * → X → * → * → _ → _ → ',
        '2-2 → 32-34 → is → _ → _ → _ → _ → _ → _ → ',
        '2-3 → 35-39 → late → _ → _ → _ → _ → _ → _ → ',
        '2-4 → 39-40 → . → _ → _ → _ → _ → _ → _ → ',
        '',
        '#Text=Yes',
        '#Text=',
        '3-1 → 41-44 → Yes → * → ORG → * → * → _ → _ → ',
      ),
    );
    assert.deepEqual(told(notes), ['changed attribute-name', 'changed value-as-text']);
    const again = await parse(webanno, files);
    assert.equal(again.documents[0]!.index.raw, document.index.raw);
    assert.deepEqual(shown(again.documents[0]!), shown(document));
  });

  it('tells of what tokens cannot hold', async () => {
    const index = new TextIndex('\tAda met \n');
    const entity = (id: string, start: number, end: number) =>
      ({ id, label: 'X', start, end, text: index.slice({ start, end }) }) as const;
    const { files, notes, report } = await serialize(webanno, [
      { ...marked('a', ''), index, entities: [entity('a', 1, 5), entity('b', 8, 9)] },
    ]);
    assert.deepEqual(told(notes), [
      'changed span-trimmed [1, 5)',
      'lost off-token [8, 9)',
      'changed white-space',
    ]);
    assert.match(files['a.tsv']!, /\n#Text=Ada met \n#Text=\n1-1\t1-4\tAda\t\*\tX\t\n/);
    assert.equal(report.entities, 1);
    const blank = await serialize(webanno, [marked('a', ' \n')]);
    assert.deepEqual(told(blank.notes), ['lost white-space']);
    assert.deepEqual(shown((await parse(webanno, blank.files)).documents[0]!), []);
  });

  const HEAD = ['#FORMAT=WebAnno TSV 3.2', `#T_SP=${NE}|value`, '', ''];
  const CASES: readonly [string, readonly string[], string, readonly string[], readonly string[]][] = [
    [
      'offsets of Python',
      ['#Text=😀 Ada', '1-1 → 0-1 → 😀 → _', '1-2 → 2-5 → Ada → A', '', '#Text=Bob', '2-1 → 6-9 → Bob → B'],
      '😀 Ada\nBob',
      ['A [2, 5) "Ada"', 'B [6, 9) "Bob"'],
      ['changed span-moved line 6'],
    ],
    [
      'a sentence that is elsewhere',
      [
        '#Text=Ada',
        '1-1 → 0-3 → Ada → A',
        '',
        '#Text=Bob',
        '2-1 → 1-4 → Bob → B',
        '',
        '#Text=Cy',
        '3-1 → 999999999-999999999 → Cy → B',
      ],
      'Ada\nBob\nCy',
      ['A [0, 3) "Ada"', 'B [4, 7) "Bob"', 'B [8, 10) "Cy"'],
      ['changed span-moved line 9', 'changed span-moved line 12'],
    ],
    [
      'spaces that were not counted',
      [
        '#Text=Anna  met Bob in  New York.',
        '1-1 → 0-4 → Anna → A',
        '1-2 → 5-8 → met → _',
        '1-3 → 9-12 → Bob → B',
        '1-4 → 13-15 → in → _',
        '1-5 → 16-19 → New → C[1]',
        '1-6 → 20-24 → York → C[1]',
        '1-6.1 → 21-23 → or → D',
        '1-7 → 24-25 → . → _',
        '',
        '#Text=She left.',
        '2-1 → 26-29 → She → E',
        '2-2 → 30-34 → left → _',
        '2-3 → 34-35 → . → _',
      ],
      'Anna  met Bob in  New York.\nShe left.',
      ['A [0, 4) "Anna"', 'B [10, 13) "Bob"', 'C [18, 26) "New York"', 'D [23, 25) "or"', 'E [28, 31) "She"'],
      ['changed span-moved line 6'],
    ],
    [
      'tokens that the sentence is not made of',
      [
        '#Text=Anna met old Bob in New York.',
        '1-1 → 0-4 → Anna → A',
        '1-2 → 5-8 → met → _',
        '1-3 → 9-12 → Bob → B',
        '1-4 → 13-15 → in → _',
        '1-5 → 16-19 → New → C[1]',
        '1-6 → 20-24 → York → C[1]',
      ],
      'Anna met old Bob in New York.',
      ['A [0, 4) "Anna"', 'B [9, 12) broken "Bob"', 'C [16, 24) broken "New York"'],
      [
        ...['changed token-elsewhere line 8', 'changed token-elsewhere line 9'],
        ...['changed token-elsewhere line 10', 'changed token-elsewhere line 11'],
        ...['changed text-mismatch line 8', 'changed text-mismatch line 10'],
      ],
    ],
    [
      'a token whose text is not there',
      ['#Text=Ada Bob', '1-1 → 0-3 → Ada → A', '1-2 → 5-7 → Bob → B'],
      'Ada Bob',
      ['A [0, 3) "Ada"', 'B [4, 7) "Bob"'],
      ['changed span-moved line 6'],
    ],
    [
      'lines that are none',
      [
        'what',
        '#Text=Ada',
        '1-1 → 0-3 → Ada',
        '1-2 → 3-1 → x → A',
        '#T_SP=late|x',
        '1-2 → x',
        '',
        '1-1 → 0-3 → Ada → A',
      ],
      'Ada',
      [],
      [
        'invalid line-malformed line 5',
        'invalid line-malformed line 7',
        'invalid line-malformed line 8',
        'invalid line-malformed line 9',
        'invalid line-malformed line 10',
        'invalid line-malformed line 12',
      ],
    ],
    [
      'empty cells',
      ['#Text=Ada Bob', '1-1 → 0-3 → Ada →  → ', '1-2 → 4-7 → Bob → B → '],
      'Ada Bob',
      ['B [4, 7) "Bob"'],
      [],
    ],
    [
      'what may go on in a line that is malformed',
      [
        '#Text=Ada Ray Lee met Bob Roy',
        '1-1 → 0-3 → Ada → A[1] → ',
        '1-2 → 4-7 → Ray → A[1] → ',
        '1-3 → 8-11 → Lee → ',
        '1-4 → 12-15 → met → B → ',
        '1-5 → 16-19 → Bob → C[2] → ',
        '1-6 → 20-23 → Roy → C[2] → ',
      ],
      'Ada Ray Lee met Bob Roy',
      ['B [12, 15) "met"', 'C [16, 23) "Bob Roy"'],
      ['invalid line-malformed line 8', 'invalid span-cut line 6'],
    ],
    [
      'a hole in what is known at both ends',
      ['#Text=Ada Ray Lee', '1-1 → 0-3 → Ada → A[1] → ', '1-2 → 4-7 → Ray → ', '1-3 → 8-11 → Lee → A[1] → '],
      'Ada Ray Lee',
      ['A [0, 11) "Ada Ray Lee"'],
      ['invalid line-malformed line 7'],
    ],
    [
      'names of every object',
      ['#Text=Ada', '1-1 → 0-3 → Ada → __proto__|constructor'],
      'Ada',
      ['__proto__ [0, 3) "Ada"', 'constructor [0, 3) "Ada"'],
      [],
    ],
  ];
  for (const [what, lines, text, entities, notes] of CASES)
    it(`stands ${what}`, async () => {
      const found = await read(file(...HEAD, ...lines));
      assert.equal(found.documents[0]!.index.raw, text);
      assert.deepEqual(shown(found.documents[0]!).sort(), [...entities].sort());
      assert.deepEqual(told(found.notes), notes);
    });

  it('leaves out a row that has not a cell for each column, whichever is missing', async () => {
    const rows = (row: string) =>
      file('#FORMAT=WebAnno TSV 3.3', `#T_SP=${NE}|identifier|value`, '', '', '#Text=Ada met Bob', row) +
      file('1-3 → 8-11 → Bob → _ → ORG → ');
    for (const row of [
      '1-1 → 0-3 → Ada → _ → ',
      '1-1 → 0-3 → Ada → PER → ',
      '1-1 → 0-3 → Ada → PER',
      '1-1 → 0-3 → Ada',
      '1-1 → 0-3 → _ → PER → ',
      '1-1 → 0-3 → Ada → _ → PER → PER → ',
      '1-1 → 0-3 → Ada → _ →  → PER → ',
    ]) {
      const { documents: all, notes } = await read(rows(row));
      assert.deepEqual(shown(all[0]!), ['ORG [8, 11) "Bob"'], row);
      assert.equal(all[0]!.index.raw, 'Ada met Bob');
      assert.deepEqual(told(notes), ['invalid line-malformed line 6'], row);
    }
    for (const row of ['1-1 → 0-3 → Ada → _ → PER → ', '1-1 → 0-3 → Ada → _ → PER']) {
      const { documents: all, notes } = await read(rows(row));
      assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"', 'ORG [8, 11) "Bob"'], row);
      assert.deepEqual(notes, []);
    }
  });

  it('keeps lines with # that it does not know, in the header and before sentences', async () => {
    const tsv = file(
      '#FORMAT=WebAnno TSV 3.3',
      `#T_SP=${NE}|identifier|value`,
      '#Summary1=Ada met somebody.',
      '#Summary2=',
      '',
      '',
      '#Speaker=Ray',
      '#Text=Ada met Bob',
      '1-1 → 0-3 → Ada → * → PER → ',
      '1-2 → 4-7 → met → _ → _ → ',
      '1-3 → 8-11 → Bob → * → PER → ',
      '',
      '#the end',
    );
    const { documents: all, notes } = await read(tsv);
    assert.deepEqual(
      notes.map(({ kind, code, values }) => ({ kind, code, values })),
      [{ kind: 'changed', code: 'comments-kept', values: { count: '4' } }],
    );
    const { files } = await serialize(webanno, all);
    assert.equal(files['x/a.tsv'], tsv);
    const { notes: lost } = await serialize(conll2003, all);
    assert.match(
      noteMessage(
        inEnglish,
        lost.find(({ code }) => code === 'carried')!,
      ),
      /4 comments/,
    );
  });

  it('says which relation and slot lead nowhere', async () => {
    const { documents: all, notes } = await read(
      file(
        '#FORMAT=WebAnno TSV 3.3',
        '#T_SP=custom.Span|label',
        '#T_SP=custom.Host|ROLE_custom.Host:links_custom.Link|custom.Span',
        '#T_CH=custom.CorefLink|referenceType|referenceRelation',
        '#T_RL=custom.Relation|label|BT_custom.Span',
        '',
        '',
        '#Text=Ada Bob',
        '1-1 → 0-3 → Ada → A → x;y → 1-2[7];1-1 → pr → * → r → 1-2',
        '1-2 → 4-7 → Bob → _ → _ → _ → _ → _ → r → 1-1',
      ),
    );
    assert.deepEqual(shown(all[0]!), ['A [0, 3) "Ada"', 'Host [0, 3) "Ada"']);
    assert.deepEqual(told(notes), [
      'invalid value-malformed line 9',
      'invalid reference-missing line 9',
      'invalid reference-missing line 9',
      'invalid reference-missing line 10',
    ]);
  });

  it('is not made of another file', async () => {
    await assert.rejects(read('a\tb\n'), {
      code: 'file-not-format',
      place: { file: 'x/a.tsv', line: 1, column: 1 },
    });
    await assert.rejects(read(''), { code: 'file-not-format' });
  });

  it('escapes any text and value', () => {
    fc.assert(
      fc.property(hostileText, fc.array(hostileText, { minLength: 1 }), fc.nat(99), (text, values, id) => {
        assert.equal(unescapeText(escapeText(text)), text);
        assert.ok(!/[\n\r\t]/.test(escapeText(text)));
        const written = values.map((value) => `${escapeValue(value)}[${id}]`).join('|');
        assert.deepEqual(
          splitValue(written, '|').map((part) => splitId(part)),
          values.map((value) => ({ value: escapeValue(value), id: String(id) })),
        );
        assert.deepEqual(
          values.map((value) => unescapeValue(escapeValue(value))),
          values,
        );
      }),
    );
  });

  it('comes back from any document', async () => {
    const fields = ['link', 'attributes'] as const;
    const all = documents({ fields: ['link', 'attributes'], relations: true });
    await fc.assert(
      fc.asyncProperty(all, async (document) => {
        // A carriage return in a value becomes a line ending, and UTF-8 holds no half of a pair.
        fc.pre(!/\\r|\\ud/.test(JSON.stringify(document.entities.map(({ attributes }) => attributes))));
        const { files } = await serialize(webanno, [document]);
        const found = await parse(webanno, files);
        assert.deepEqual(found.notes, []);
        assert.equal(found.documents[0]!.index.raw, document.index.raw);
        const asTexts = {
          ...document,
          entities: document.entities.map(({ attributes, ...entity }) => {
            const texts = Object.entries(attributes ?? {}).map(([key, value]) => [
              key,
              value === true ? 'true' : value,
            ]);
            return texts.length > 0
              ? { ...entity, attributes: Object.fromEntries(texts) as Record<string, string> }
              : entity;
          }),
        };
        assert.deepEqual(sorted(essence(found.documents[0]!, fields)), sorted(essence(asTexts, fields)));
        assert.equal((await serialize(webanno, found.documents)).files['a.tsv'], files['a.tsv']);
      }),
    );
  });

  it('stands a sidecar that is not ours', async () => {
    const { documents: all } = await read();
    const kept = all[0]!.carried.webanno as { text: number; structures: readonly { id: number }[] };
    for (const value of [
      { ...kept, frame: { layers: [1, '#T_SP=a b', '#T_SP=custom.X|BT_|a b', '#FORMAT=x'] } },
      { ...kept, structures: [...kept.structures.slice(0, 1), { id: 9, type: 3, as: 'entity' }] },
      {
        ...kept,
        structures: kept.structures.map((one) => ({ ...one, features: { '@Governor': 'x', begin: -5 } })),
      },
    ]) {
      const { files } = await serialize(webanno, [{ ...all[0]!, carried: { webanno: value } }]);
      assert.match(files['x/a.tsv']!, /^#FORMAT=WebAnno TSV 3\.3\n(?:#T_.*\n)*\n/);
    }
  });

  it('is offered', () => {
    assert.ok(FORMATS.includes(webanno));
    assert.ok(webanno.recognizes(SAMPLE.slice(0, 4096), 'a.tsv'));
  });
});

/** Attributes come in the order of the columns. */
function sorted({ entities, relations }: ReturnType<typeof essence>) {
  const inOrder = (json: string) =>
    JSON.stringify(JSON.parse(json), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  return { entities: entities.map(inOrder).sort(), relations };
}
