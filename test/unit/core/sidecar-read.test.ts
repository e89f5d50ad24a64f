import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { adding, removing, changing, applyEdits, type Edit } from '../../../src/core/model/edit';
import type { Entity } from '../../../src/core/model/entity';
import { readSidecar } from '../../../src/core/sidecar/read';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { hostileText, yamlText } from './arbitraries';

const HEAD = 'version: 1\narticle: a.txt\nstatus: open\n';
const ENTITY = '{id: a1, label: ORG, start: 0, end: 4, text: text}';
const READ: Entity = { id: 'a1', label: 'ORG', start: 0, end: 4, text: 'text' };

describe('reading a sidecar', () => {
  const readings: [title: string, source: string, entities: readonly Entity[]][] = [
    ['canonical', `${HEAD}entities:\n  - ${ENTITY}\n`, [READ]],
    [
      'with other spaces',
      `${HEAD}entities:\n- { id:   a1,label: ORG , start: 0,end: 4 ,text: text }\n`,
      [READ],
    ],
    [
      'in block style',
      `${HEAD}entities:\n  - id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: >-\n      text\n`,
      [READ],
    ],
    [
      'on several lines',
      `${HEAD}entities:\n  - {id: a1, label: ORG,\n     start: 0, end: 4, text: text}\n`,
      [READ],
    ],
    [
      'as JSON',
      '{"version":1,"entities":[{"id":"a1","label":"ORG","start":0,"end":4,"text":"text"}]}',
      [READ],
    ],
    ['with a byte-order mark', `\ufeff${HEAD}entities:\n  - ${ENTITY}\n`, [READ]],
    ['with \\r\\n', `${HEAD}entities:\n  - ${ENTITY}\n`.replaceAll('\n', '\r\n'), [READ]],
    ['with a marker above', `---\n${HEAD}entities:\n  - ${ENTITY}\n`, [READ]],
    ['without a last line ending', `${HEAD}entities:\n  - ${ENTITY}`, [READ]],
    [
      'keys in another order',
      `entities:\n  - {text: text, end: 4, start: 0, id: a1, label: ORG}\nversion: 1\n`,
      [READ],
    ],
    [
      'keys in quotes',
      `"version": 1\n'entities':\n  - {"id": a1, 'label': ORG, start: 0, end: 4, text: text}\n`,
      [READ],
    ],
    ['nothing tagged', `${HEAD}entities: []\n`, []],
    ['no value', `${HEAD}entities:\n`, []],
    ['null', `${HEAD}entities: ~\n`, []],
    ['no entities', HEAD, []],
    [
      'out of order',
      `${HEAD}entities:\n  - {id: b, label: B, start: 5, end: 6, text: x}\n  - ${ENTITY}\n`,
      [READ, { id: 'b', label: 'B', start: 5, end: 6, text: 'x' }],
    ],
    [
      'everything an entity can have',
      `${HEAD}entities:\n  - {id: a1, label: ORG, start: 0, end: 4, text: text, reviewed: false, suggested_by: me, score: 0.93, ` +
        'note: n1, link: "wikidata:Q1", attributes: {n1: [1, {x: null}]}, parts: [[0, 1], [3, 4]], before: "", after: b}\n',
      [
        {
          ...{ ...READ, reviewed: false, suggestedBy: 'me', score: 0.93, note: 'n1', link: 'wikidata:Q1' },
          ...{
            attributes: { n1: [1, { x: null }] },
            parts: [
              [0, 1],
              [3, 4],
            ],
            before: '',
            after: 'b',
          },
        },
      ],
    ],
    [
      'parts to the very end, in block style',
      `${HEAD}entities:\n  - id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: text\n    parts: [[0, 1], [2, 4]]\n`,
      [{ ...READ, parts: [[0, 1], [2, 4]] }], // prettier-ignore
    ],
    [
      'rules that do not look at it, and its name in another tool',
      `${HEAD}entities:\n  - { id: a1, label: ORG, start: 0, end: 4, text: text, ignore: [x1], external_id: T1, conflict: deleted, to_place: true }\n`,
      [{ ...READ, ignore: ['x1'], externalId: 'T1', conflict: 'deleted', broken: true }],
    ],
    ['a span without text, in another form', `${HEAD}entities:\n  - { id: a1, label: ORG, start: 4, end: 4, text: "" }\n`, [{ ...READ, start: 4, text: '' }]], // prettier-ignore
    ['numbers that lose no digits, in another form', `${HEAD}entities:\n  - { id: a1, label: ORG, start: 0, end: 4, text: text, attributes: { a1: 1e+21, b1: .inf, c1: 0x1F, d1: 9007199254740991 } }\n`, [{ ...READ, attributes: { a1: 1e21, b1: Infinity, c1: 31, d1: 9007199254740991 } }]], // prettier-ignore
    ['a start of minus nothing', `${HEAD}entities:\n  - ${ENTITY.replace('0', '-0')}\n`, [READ]],
    ['a hash and an article without a status', `version: 1\ntext_hash: x\narticle: a.txt\nentities:\n  - ${ENTITY}\n`, [READ]], // prettier-ignore
    [
      'text that YAML would take for something else',
      `${HEAD}entities:\n  - {id: "12", label: "no", start: 0, end: 4, text: "1"}\n`,
      [{ ...READ, id: '12', label: 'no', text: '1' }],
    ],
    [
      'escapes of YAML only',
      `${HEAD}entities:\n  - {id: a1, label: ORG, start: 0, end: 4, text: "\\x74e\\u0078t"}\n`,
      [READ],
    ],
  ];
  for (const [title, source, entities] of readings) {
    it(title, () => {
      const { sidecar, problems } = readSidecar(source);
      assert.deepEqual(problems, []);
      assert.deepEqual(sidecar!.entities, entities);
      const written = writeSidecar(sidecar!);
      assert.deepEqual(readSidecar(written).sidecar?.entities, entities, 'the same after a write');
      assert.equal(writeSidecar(readSidecar(written).sidecar!), written, 'a second write changes nothing');
      assert.equal((parse(written) as { version: number }).version, 1);
    });
  }
});

/** Sidecars with `#c1`, `#c2` … as comments, and keys `u1`, `u2` … that the program does not know. */
const ANNOTATED: Record<string, string> = {
  canonical: `#c1
version: 1 #c2
#c3
article: a.txt

u1: {a: [1, 2]} #c4
u2: |
  #not a comment
  text
status: open
entities: #c5
  #c6
  - {id: a1, label: ORG, start: 0, end: 4, text: text, u3: 0x1F, u4: {b: [x, "y: z"]}} #c7

  #c8
  - {id: b1, label: PER, start: 5, end: 9, text: more}
  #c9
u5: [1, 2]
#c10
`,
  'block style': `#c1
version: 1
entities:
  #c2
  - id: a1 #c3
    label: ORG
    #c4
    start: 0
    u1: |
      #not a comment, and longer than the forty characters of a folded line
      text
    end: 4
    text: "text" #c5
    #c6
    u2:
      - 1
      #c7
      - b: 2.50 #c8
  #c9
  - {id: b1, label: PER, start: 5, end: 9, text: more} #c10
  #c11
u3:
  #c12
  deep: {x: [1, 2]}
#c13
`,
  'flow maps on several lines': `version: 1
entities: #c1
  - { #c2
      id: a1, #c3
      label: ORG, start: 0, end: 4,
      #c4
      u1: [1, #c5
        2], "u2": "a
        b", 3: three, [k, l]: m, u3, u4: ,
      text: text #c6
    } #c7
  #c8
  - {id: b1, label: PER, start: 5, end: 9, text: more, ? u5 : "#no"}
`,
  'managed keys in any place': `#c1
u1: 1
#c2
entities: #c3
#c4
- {id: a1, label: ORG, start: 0, end: 4, text: text} #c5
#c6
- {id: b1, label: PER, start: 5, end: 9, text: more}
#c7
u2: &anchor {a: 1}
u3: *anchor
#c8
"status": #c9
  done #c10
'article' : >-
  a.txt
#c11
version: 1 #c12
#c13
`,
  "keys that begin like the program's own": `#c1
article:u1: 1 #c2
article:entities:
  - {u2: 1} #c3
version:u3: #c4
  u: {v: w}
version: 1
status:: open #c5
entities:u4: [] #c6
entities: #c7
  - {id: a1, label: ORG, start: 0, end: 4, text: text, id:: x} #c8
  - {id: b1, label: PER, start: 5, end: 9, text: more}
entities:u5: 1 #c9
`,
  'a flow map as a whole': `#c1
{ version: 1, #c2
  u1: [1], entities: [ #c3
    {id: a1, label: ORG, start: 0, end: 4, text: text, u2: {x: y}}, #c4
    {id: b1, label: PER, start: 5, end: 9, text: more} #c5
  ], #c6
  u3: x } #c7
`,
};

describe('comments and unknown keys', () => {
  const change = (edit: (entity: Entity) => Edit) => (first: Entity) => [edit(first)];
  const EDITS: Record<string, (first: Entity) => Edit[]> = {
    nothing: () => [],
    adding: change(() => adding({ ...READ, id: 'zz', start: 2, end: 7 })),
    relabelling: change((before) => changing(before, { ...before, label: 'LOC' })),
    moving: change((before) => changing(before, { ...before, start: 20, end: 24 })),
    'ending the article': () => [{ kind: 'status', before: 'open', after: 'done' }],
  };
  const comments = (source: string) => source.match(/#c\d+/g)!.sort();
  /** Every unknown key of a sidecar with its value. */
  const unknown = (source: string) => {
    const found: Record<string, unknown> = {};
    const known = ['id', 'label', 'start', 'end', 'text', 'version', 'article', 'status', 'entities'];
    const root = parse(source, { logLevel: 'error' }) as { entities: Record<string, unknown>[] };
    for (const map of [root, ...root.entities]) {
      for (const [key, value] of Object.entries(map)) if (!known.includes(key)) found[key] = value;
    }
    return found;
  };

  for (const [style, unix] of Object.entries(ANNOTATED)) {
    for (const [name, edits] of Object.entries(EDITS)) {
      it(`survive ${name}: ${style}`, () => {
        for (const source of [unix, unix.replaceAll('\n', '\r\n'), '\ufeff' + unix]) {
          const { sidecar, problems } = readSidecar(source);
          assert.deepEqual(problems, []);
          const first = sidecar!.entities.find(({ id }) => id === 'a1')!;
          const edited = { ...sidecar!, ...applyEdits(sidecar!, edits(first)) };
          const written = writeSidecar(edited);
          assert.deepEqual(comments(written), comments(unix), written);
          assert.deepEqual(unknown(written), unknown(unix));
          const again = readSidecar(written);
          assert.deepEqual(again.problems, []);
          assert.deepEqual(again.sidecar!.entities, edited.entities);
          assert.equal(writeSidecar(again.sidecar!), written);
          assert.equal(written.includes('\r\n'), source.includes('\r\n'));
          assert.ok(!/(^|[^\r])\n/.test(written) || !source.includes('\r\n'), 'line endings are not mixed');
        }
      });
    }
  }

  it('of a canonical sidecar stay byte for byte', () => {
    const source = ANNOTATED.canonical!;
    assert.equal(writeSidecar(readSidecar(source).sidecar!), source);
  });

  it('leave with the entity that they belong to, and come back with it', () => {
    const sidecar = readSidecar(ANNOTATED.canonical!).sidecar!;
    const [entity] = sidecar.entities;
    const removed = applyEdits(sidecar, [removing(entity!)]);
    const without = writeSidecar({ ...sidecar, ...removed });
    assert.deepEqual(
      comments(without),
      comments(ANNOTATED.canonical!).filter((c) => c !== '#c6' && c !== '#c7'),
    );
    const back = applyEdits(removed, [adding(entity!)]);
    assert.equal(writeSidecar({ ...sidecar, ...back }), ANNOTATED.canonical);
  });

  it('of several lines have no empty one among them', () => {
    const source = `version: 1\nentities:\n  - id: a1 #c1\n    label: ORG\n    #c2\n\n    #c3\n    start: 0\n    end: 4\n    text: text\n`;
    const written = writeSidecar(readSidecar(source).sidecar!);
    assert.equal(written, `version: 1\nstatus: open\nentities:\n  #c1\n  #c2\n  #c3\n  - ${ENTITY}\n`);
  });

  it('come out readable', () => {
    assert.equal(
      writeSidecar(readSidecar(ANNOTATED['block style']!).sidecar!),
      `#c1
version: 1
status: open
entities:
  #c2
  #c3
  #c4
  #c5
  #c6
  #c7
  #c8
  - {id: a1, label: ORG, start: 0, end: 4, text: text, u1: "#not a comment, and longer than the forty characters of a folded line\\ntext\\n", u2: [1, {b: 2.50}]}
  #c9
  - {id: b1, label: PER, start: 5, end: 9, text: more} #c10
  #c11
u3:
  #c12
  deep: {x: [1, 2]}
#c13
`,
    );
  });
});

describe('a sidecar in a form that the program does not write', () => {
  const codes = (source: string) => readSidecar(source).problems.map(({ code }) => code);
  const BLOCK = '- id: a1\n    label: ORG\n    start: 0\n    end: 4\n    text: text\n';

  it('has lines that end with \\r alone, too', () => {
    assert.equal(readSidecar('version: 1 # a\rstatus: done\nentities: [ ]\n').sidecar!.status, 'done');
    const bad = 'version: 1 # a\rstatus: what\nentities: [ ]\n';
    assert.deepEqual([readSidecar(bad).sidecar, codes(bad)], [undefined, ['not-canonicalizable']]);
  });

  it('ends its lines as the first of them is ended', () => {
    const eolOf = (source: string) => readSidecar(source).sidecar!.frame.eol;
    assert.equal(eolOf('version: 1\nentities: [ ]\r\n'), '\n');
    assert.equal(eolOf('version: 1\r\nentities: [ ]\n'), '\r\n');
  });

  it('is told what is wrong with it once, whatever its lines end with', () => {
    for (const eol of ['\n', '\r\n'])
      assert.deepEqual(codes(`version: 1${eol}entities: [${eol}`), ['yaml-syntax']);
  });

  it('keeps comments and empty lines above each entity', () => {
    const second = BLOCK.replace('a1', 'b1').replace('0', '1');
    const { sidecar } = readSidecar(
      `version: 1\nentities: # c0\n\n  # c1\n\n  ${BLOCK}\n\n  # c2\n  ${second}`,
    );
    assert.deepEqual(
      sidecar!.entities.map(({ id, kept }) => [id, kept]),
      [
        ['a1', { above: ['', '  # c1', ''], pairs: '', comment: '' }],
        ['b1', { above: ['', '  # c2'], pairs: '', comment: '' }],
      ],
    );
    assert.equal(sidecar!.frame.comment, '# c0');
  });

  it('keeps comments in a list on one line', () => {
    const list = `[ # c0\n # c1\n {id: a1, label: ORG, start: 0, end: 4, text: text}]`;
    const { sidecar } = readSidecar(`version: 1\nentities: ${list}\n`);
    assert.deepEqual(sidecar!.entities, [
      { ...READ, kept: { above: ['  # c0', '  # c1'], pairs: '', comment: '' } },
    ]);
    const above = `version: 1\nentities: # c0\n # c1\n [{id: a1, label: ORG, start: 0, end: 4, text: text}]\n`;
    const [entity] = readSidecar(above).sidecar!.entities;
    assert.deepEqual(entity!.kept, { above: ['  # c1'], pairs: '', comment: '' });
    const both = `version: 1\nentities: # c0\n # c1\n [{id: a1, label: ORG, start: 0, end: 4, text: text, mine: 1} # c2\n]\n`;
    const [kept] = readSidecar(both).sidecar!.entities;
    assert.deepEqual(kept!.kept!.above[0], '  # c1');
    assert.equal(kept!.kept!.pairs, 'mine: 1');
  });

  it('may be longer as it is written than `yaml` takes, where it can be read without', () => {
    const numbers = Array(50_000).fill('12345678').join();
    const line = `{id: a1,label: ORG,start: 0,end: 4,text: text,attributes: {x: [${numbers}]}}`;
    const { sidecar, problems } = readSidecar(`version: 1\nentities:\n- ${line}\n`);
    assert.deepEqual(problems, []);
    assert.ok(writeSidecar(sidecar!).length > 500_000);
  });

  it('has its entities in their order', () => {
    const line = (id: string, start: number) =>
      `  - { id: ${id}, label: ORG, start: ${start}, end: 9, text: text }\n`;
    const { sidecar } = readSidecar(
      `version: 1\nentities:\n${line('c1', 5)}${line('a1', 2)}${line('b1', 2)}`,
    );
    assert.deepEqual(
      sidecar!.entities.map(({ id }) => id),
      ['a1', 'b1', 'c1'],
    );
  });
});

describe('a sidecar that is not valid', () => {
  /** Asserts on codes; `«…»` in the source marks where the (only) problem stands. */
  function assertProblem(marked: string, code: string, values?: Record<string, string>): void {
    const start16 = marked.indexOf('«');
    const end16 = marked.indexOf('»') - 1;
    for (const mark of ['', '\ufeff']) {
      const source = mark + marked.replace(/[«»]/g, '');
      const { sidecar, problems } = readSidecar(source);
      assert.equal(sidecar, undefined);
      const [problem] = problems;
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.deepEqual([problem!.code, problem!.severity], [code, 'error']);
      if (start16 >= 0) {
        const found = source.slice(problem!.start16, problem!.end16);
        assert.equal(found, marked.slice(start16 + 1, end16 + 1));
        assert.equal(problem!.start16, start16 + mark.length);
      }
      if (values) assert.deepEqual(problem!.values, values);
    }
  }
  const inEntity = (pairs: string) => `${HEAD}entities:\n  - {${pairs}}\n`;
  const BASE = 'id: a1, label: ORG, start: 0, end: 4, text: text';

  const cases: [title: string, source: string, code: string, values?: Record<string, string>][] = [
    ['an empty file', '', 'root-not-a-map'],
    ['only comments', '# a\n\n# b\n', 'root-not-a-map'],
    ['a list', '«- a\n- b\n»', 'root-not-a-map'],
    ['a text', '«just text»\n', 'root-not-a-map'],
    ['no version', '«article»: a.txt\nentities: []\n', 'key-missing', { key: 'version' }],
    ['a newer version', 'version: «2»\nentities: []\n', 'version-unknown', { version: '2' }],
    ['a version in quotes', 'version: «"1"»\n', 'version-unknown', { version: '"1"' }],
    ['an unknown status', 'version: 1\nstatus: «ready»\n', 'status-unknown', { status: 'ready' }],
    [
      'a status that is no text',
      'version: 1\nstatus: «true»\n',
      'wrong-type',
      { key: 'status', expected: 'string' },
    ],
    [
      'an article that is no text',
      'version: 1\narticle: «[a]»\n',
      'wrong-type',
      { key: 'article', expected: 'string' },
    ],
    [
      'entities that are a map',
      'version: 1\nentities: «{a: b}»\n',
      'wrong-type',
      { key: 'entities', expected: 'list' },
    ],
    [
      'entities that are text',
      'version: 1\nentities: «none»\n',
      'wrong-type',
      { key: 'entities', expected: 'list' },
    ],
    [
      'an entity that is text',
      `${HEAD}entities:\n  - «China»\n`,
      'wrong-type',
      { key: 'entities', expected: 'map' },
    ],
    [
      'no id',
      inEntity('label: ORG, start: 0, end: 4, text: text').replace(/\{.*\}/, '«$&»'),
      'key-missing',
      { key: 'id' },
    ],
    [
      'no text',
      inEntity('id: a1, label: ORG, start: 0, end: 4').replace(/\{.*\}/, '«$&»'),
      'key-missing',
      { key: 'text' },
    ],
    [
      'an empty id',
      inEntity('id: «""», label: ORG, start: 0, end: 4, text: text'),
      'wrong-type',
      { key: 'id', expected: 'text' },
    ],
    [
      'an id that is a number',
      inEntity('id: «12», label: ORG, start: 0, end: 4, text: text'),
      'wrong-type',
      { key: 'id', expected: 'string' },
    ],
    [
      'a start that is text',
      inEntity('id: a1, label: ORG, start: «"0"», end: 4, text: text'),
      'wrong-type',
      { key: 'start', expected: 'number' },
    ],
    [
      'a start that is a part',
      inEntity('id: a1, label: ORG, start: «0.5», end: 4, text: text'),
      'wrong-type',
      { key: 'start', expected: 'offset' },
    ],
    [
      'a start before the text',
      inEntity('id: a1, label: ORG, start: «-1», end: 4, text: text'),
      'wrong-type',
      { key: 'start', expected: 'offset' },
    ],
    [
      'a span that is reversed',
      inEntity('id: a1, label: ORG, start: «9», end: 4, text: text'),
      'entity-span-reversed',
      { start: '9', end: '4' },
    ],
    [
      'a text that is a date for no one but a number',
      inEntity('id: a1, label: ORG, start: 0, end: 4, text: «2022»'),
      'wrong-type',
      { key: 'text', expected: 'string' },
    ],
    [
      'reviewed that is text',
      inEntity(`${BASE}, reviewed: «yes»`),
      'wrong-type',
      { key: 'reviewed', expected: 'boolean' },
    ],
    [
      'a note that is a map',
      inEntity(`${BASE}, note: «{a: b}»`),
      'wrong-type',
      { key: 'note', expected: 'string' },
    ],
    [
      'a note that is empty',
      `${HEAD}entities:\n  - ${ENTITY.slice(0, -1)}, «note»}\n`,
      'wrong-type',
      { key: 'note', expected: 'string' },
    ],
    [
      'attributes that are a list',
      inEntity(`${BASE}, attributes: «[a]»`),
      'wrong-type',
      { key: 'attributes', expected: 'map' },
    ],
    [
      'parts that are numbers',
      inEntity(`${BASE}, parts: «[0, 4]»`),
      'wrong-type',
      { key: 'parts', expected: 'parts' },
    ],
    ...['[[3, 2]]', '[[0, 1, 2]]', '[[0]]', '[[0, 1.5]]', '[0, [1, 2]]', 'all'].map(
      (parts): [string, string, string, Record<string, string>] => [
        `parts that are ${parts}`,
        inEntity(`${BASE}, parts: «${parts}»`),
        'wrong-type',
        { key: 'parts', expected: 'parts' },
      ],
    ),
    ['a part before the span', inEntity('id: a1, label: ORG, start: 2, end: 4, text: text, parts: «[[1, 3]]»'), 'entity-part-outside'], // prettier-ignore
    ...['[1]', '[x1, 2]', 'x1'].map((ignore): [string, string, string, Record<string, string>] => [
      `rules that are ${ignore}`,
      inEntity(`${BASE}, ignore: «${ignore}»`),
      'wrong-type',
      { key: 'ignore', expected: 'list of texts' },
    ]),
    ['attributes without a value', inEntity(`${BASE}, «attributes»`), 'wrong-type', { key: 'attributes', expected: 'map' }], // prettier-ignore
    ['an attribute that is named by a list', inEntity(`${BASE}, attributes: {«[a1]»: 1}`), 'wrong-type', { key: '?', expected: 'string' }], // prettier-ignore
    ['a number that loses digits', inEntity(`${BASE}, attributes: {a: «9007199254740993»}`), 'number-too-long', { number: '9007199254740993' }], // prettier-ignore
    ['a number that is too large', inEntity(`${BASE}, attributes: {a: [«1e999»]}`), 'number-too-long', { number: '1e999' }], // prettier-ignore
    [
      'an article in a folder',
      'version: 1\narticle: «a/b.txt»\n',
      'article-not-a-name',
      { article: 'a/b.txt' },
    ],
    ['a version without a value', 'version:«»\n', 'version-unknown', { version: '' }],
    ['an anchor on a managed key', 'version: 1\nstatus: &a «done»\n', 'yaml-alias'],
    ['an anchor on the name of a managed key', 'version: 1\n&a «status»: done\n', 'yaml-alias'],
    ['parts outside of the span', inEntity(`${BASE}, parts: «[[0, 1], [3, 5]]»`), 'entity-part-outside'],
    [
      'an id twice',
      `${HEAD}entities:\n  - ${ENTITY}\n  - {id: «a1», label: X, start: 8, end: 9, text: y}\n`,
      'entity-id-duplicate',
      { id: 'a1' },
    ],
    ['a key twice', `version: 1\n«version»: 1\n`, 'key-duplicate', { key: 'version' }],
    ['a key twice in an entity', inEntity(`${BASE}, «label»: X`), 'key-duplicate', { key: 'label' }],
    ['a bracket that does not close', `${HEAD}entities:\n  - {id: a1, label: ORG\n`, 'yaml-syntax'],
    ['an anchor', inEntity(`${BASE}, x: &a «1»`), 'yaml-alias'],
    ['a tag', inEntity(`${BASE}, x: !!str «1»`), 'yaml-alias'],
    ['a tag on a managed key', 'version: 1\narticle: !!str «1»\n', 'yaml-alias'],
    [
      'an alias',
      `version: 1\na: &a text\nentities:\n  - {id: a1, label: ORG, start: 0, end: 4, text: «*a»}\n`,
      'yaml-alias',
    ],
    ['two documents', `${HEAD}«»---\n${HEAD}`, 'yaml-several-documents'],
  ];
  for (const [title, source, code, values] of cases) it(title, () => assertProblem(source, code, values));

  it('shows every problem at once', () => {
    const { problems } = readSidecar(`version: 1\nstatus: x\nentities:\n  - {id: a1}\n  - 5\n`);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['status-unknown', 'key-missing', 'key-missing', 'key-missing', 'key-missing', 'wrong-type'],
    );
  });

  it('never throws, and what it reads it can write', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'version: 1',
        'entities:',
        'status: done',
        `  - ${ENTITY}`,
        '  # c',
        '---',
        '',
        'x: "',
        '  - id: b',
      ),
      fc.constantFrom(
        '    label: L',
        '    start: 1',
        '    end: 2',
        '    text: >',
        '      t',
        '{',
        '}',
        'article: |',
        '  y',
      ),
      yamlText,
      hostileText,
    );
    const source = fc.oneof(
      fc.array(line, { maxLength: 10 }).map((lines) => lines.join('\n')),
      fc
        .array(line, { maxLength: 8 })
        .map((lines) => ['version: 1', ...lines, 'entities:', `  - ${ENTITY}`, ...lines].join('\n')),
    );
    fc.assert(
      fc.property(source, (text) => {
        const { sidecar, problems } = readSidecar(text);
        for (const { start16, end16 } of problems)
          assert.ok(0 <= start16 && start16 <= end16 && end16 <= text.length);
        if (!sidecar) return assert.ok(problems.some(({ severity }) => severity === 'error'));
        const written = writeSidecar(sidecar);
        const again = readSidecar(written).sidecar;
        assert.deepEqual(again?.entities, sidecar.entities, written);
        assert.equal(writeSidecar(again), written);
      }),
      { numRuns: 300 },
    );
  });

  it('never hangs: aliases of aliases, and what is nested too deep', () => {
    const levels = [...'abcdefghi'].map(
      (key, i, all) => `${key}: &${key} [${i ? `*${all[i - 1]},`.repeat(9) : 'x'}]`,
    );
    const bomb = [
      'version: 1',
      ...levels,
      'entities:',
      `  - {${BASE}, attributes: {x: *i}, parts: *i, u: *i}`,
    ];
    assert.equal(readSidecar(bomb.join('\n')).problems[0]?.code, 'yaml-alias');
    assert.ok(
      readSidecar([...bomb.slice(0, -1), `  - ${ENTITY}`, ''].join('\n')).sidecar,
      'beside the entities it is kept',
    );
    const deep = ['['.repeat(50_000), '- '.repeat(50_000), '? '.repeat(50_000), '{a: '.repeat(50_000)];
    deep.push(Array.from({ length: 900 }, (_, i) => ' '.repeat(i) + 'a:').join('\n'));
    deep.push(inEntity(`${BASE}, attributes: {a: ${'['.repeat(9000)}${']'.repeat(9000)}}`));
    for (const source of deep) {
      const { sidecar, problems } = readSidecar(source);
      assert.deepEqual([sidecar, problems[0]?.code], [undefined, 'yaml-too-deep']);
    }
    const nested = readSidecar(inEntity(`${BASE}, attributes: {a: ${'['.repeat(90)}${']'.repeat(90)}}`));
    assert.equal(writeSidecar(nested.sidecar!).match(/\[/g)!.length, 90);
    assert.ok(
      readSidecar(inEntity(`${BASE}, note: "${'['.repeat(500)}", other: 1`)).sidecar,
      'brackets in a text',
    );
  });
});
