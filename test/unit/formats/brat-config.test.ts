import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Occurring } from '../../../src/formats/shared/format';
import { brat } from '../../../src/formats/brat';
import { Report, type Note } from '../../../src/formats/shared/report';
import type { Label } from '../../../src/core/labels';
import { noteMessage } from '../../../src/wording/notes';
import { inEnglish } from '../../../src/wording/translate';
import { Occurrences } from '../../../src/formats/shared/label-files';
import { marked, parse, serialize, told } from './support';

const read = (files: Record<string, string>) => {
  const notes: Note[] = [];
  const report = new Report((note) => notes.push(note));
  const labels = brat.labelFiles!.parse(new Map(Object.entries(files)), { report, options: {} });
  return { labels, notes };
};

const write = (labels: readonly Label[], occurring?: Occurring) => {
  const notes: Note[] = [];
  const report = new Report((note) => notes.push(note));
  const outputs = brat.labelFiles!.serialize(labels, { report, options: {} }, occurring);
  const files: Record<string, string> = {};
  for (const { path = '', content } of outputs) files[path] = content as string;
  return { files, notes };
};

const ANNOTATION = `# Types of a project
[entities]
!Anatomical_entity
	Organ
	  Heart|the heart
--------
Person

[relations]
<ANY-OF>=Person|Organ
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
Located	Arg1:Person, Arg2:<ANY-OF>
Equiv	Arg1:Organ, Arg2:Organ, <REL-TYPE>:symmetric-transitive

[events]
!Process
	Growth	Theme:Organ, Site?:<ENTITY>

[attributes]
Negation	Arg:<EVENT>
Confidence	Arg:<EVENT>, Value:L1|L2

[options]
Tokens	tokenizer:whitespace
`;

const VISUAL = `[labels]
Person | Person | Pers
Organ | Part of a body | Org
Growth | Growth (of organs), anything

[drawing]
SPAN_DEFAULT	fgColor:black, bgColor:lightgreen, borderColor:darken
Person	fgColor:white, bgColor:#8fcfff
Organ bgColor:DeepSkyBlue
Heart	bgColor:rgb(255, 0, 128), borderColor:red
Growth	bgColor:nonsense
Located	color:#000077
`;

describe('the configuration of brat', () => {
  it('gives labels with colours, descriptions and keys', () => {
    const { labels, notes } = read({
      'annotation.conf': ANNOTATION,
      'visual.conf': VISUAL,
      'kb_shortcuts.conf': 'P\tPerson\nO Organ\nOrgan\n',
    });
    assert.deepEqual(labels, [
      { name: 'Organ', key: 'o', color: '#00bfff', description: 'Part of a body' },
      { name: 'Heart', color: '#ff0080' },
      { name: 'Person', key: 'p', color: '#8fcfff' },
      { name: 'Growth', description: 'Growth (of organs), anything' },
    ]);
    assert.deepEqual(
      notes.map(({ kind, file, values }) => [kind, file, values?.section ?? values?.source, values?.count]),
      [
        // A type that groups, and two below it.
        ['lost', 'annotation.conf', 'entities', '3'],
        ['lost', 'annotation.conf', 'relations', '2'],
        // A type that groups, and one with roles.
        ['lost', 'annotation.conf', 'events', '2'],
        ['lost', 'annotation.conf', 'attributes', '2'],
        ['lost', 'annotation.conf', 'options', '1'],
        ['invalid', 'visual.conf', 'nonsense', undefined],
        // Abbreviations.
        ['lost', 'visual.conf', 'labels', '2'],
        // Colours of text and of borders, and of a relation.
        ['lost', 'visual.conf', 'drawing', '3'],
        ['invalid', 'kb_shortcuts.conf', 'Organ', undefined],
      ],
    );
  });

  it('reads line endings of Windows, and files that are not there', () => {
    assert.deepEqual(read({ 'annotation.conf': '[entities]\r\nA\r\n\tB\r\n' }).labels, [
      { name: 'A' },
      { name: 'B' },
    ]);
    assert.deepEqual(read({ 'visual.conf': '[labels]\n\t\n|\nA\n' }), { labels: [], notes: [] });
    assert.deepEqual(told(read({ 'annotation.conf': '[entities]\n!\n__proto__\n' }).notes), [
      'invalid line-malformed line 2',
    ]);
  });

  it('is written so that brat opens the folder', () => {
    const { files, notes } = write(
      [
        { name: 'PER', key: 'p', color: '#3b82f6', description: 'People | or\nfictional' },
        { name: 'work of art', color: '#fff' },
        { name: 'work_of_art', color: '#000' },
        { name: '---', color: '#111' },
      ],
      {
        relations: ['Located in'],
        attributes: new Map([...Object.entries({ Negation: [], Level: ['a b', 'c'] })]),
      },
    );
    assert.equal(
      files['annotation.conf'],
      `[entities]
PER
work_of_art_2
work_of_art
_---

[relations]
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
Located_in	Arg1:<ENTITY>, Arg2:<ENTITY>

[events]

[attributes]
Negation	Arg:<ENTITY>
Level	Arg:<ENTITY>, Value:a_b|c
`,
    );
    assert.equal(
      files['visual.conf'],
      `[labels]
PER | People / or fictional | PER
work_of_art_2 | work_of_art_2
work_of_art | work_of_art
_--- | _---

[drawing]
SPAN_DEFAULT	fgColor:black, bgColor:lightgreen, borderColor:darken
ARC_DEFAULT	color:black, arrowHead:triangle-5
PER	bgColor:#3b82f6
work_of_art_2	bgColor:#fff
work_of_art	bgColor:#000
_---	bgColor:#111
`,
    );
    assert.equal(files['kb_shortcuts.conf'], 'P\tPER\n');
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values?.from, values?.to]),
      [
        ['label-name', 'work of art', 'work_of_art_2'],
        ['label-name', '---', '_---'],
        ['label-name', 'Located in', 'Located_in'],
      ],
    );
  });

  it('tells of what a label has twice, and of keys that no label has', () => {
    const { labels, notes } = read({
      'annotation.conf': '[entities]\nPerson\nPlace|GPE\nPerson\n',
      'visual.conf':
        '[labels]\nPerson | People\nPerson | Folk\n[drawing]\nPerson bgColor:#111111\nPerson bgColor:#222222\n',
      'kb_shortcuts.conf': 'P Person\nQ Person\np Person\nP Place\n+ Place\nZ Located\n',
      'tools.conf': '[options]\nTokens tokenizer:mecab\n[search]\nGoogle <URL>:https://www.google.com/\n',
    });
    assert.deepEqual(labels, [
      { name: 'Person', key: 'p', color: '#222222', description: 'People' },
      { name: 'Place' },
    ]);
    assert.deepEqual(
      notes.map(({ kind, file, values }) => [kind, file, values?.section, values?.count]),
      [
        ['lost', 'annotation.conf', 'entities', '1'],
        ['lost', 'visual.conf', 'labels', '1'],
        ['lost', 'visual.conf', 'drawing', '1'],
        // Q, that of two labels, one that is no letter, and one of a relation.
        ['lost', 'kb_shortcuts.conf', '', '4'],
        ['lost', 'tools.conf', 'options', '1'],
        ['lost', 'tools.conf', 'search', '1'],
      ],
    );
    assert.equal(noteMessage(inEnglish, notes[3]!), 'A corpus has no place for what 4 lines say');
  });

  it('lists what occurs in documents that came from brat', async () => {
    const ann = [
      'T1\tPerson 0 3\tAda',
      'T2\tMeet 4 7\tmet',
      'T3\tPerson 8 11\tBob',
      'T4\tPlace 15 23\tNew York',
      'T5\tCause 4 7\tmet',
      'T6\tNap 12 14\tin',
      'E1\tMeet:T2 Who:T1 Who2:T3 Where:T4',
      'E2\tCause:T5 Effect:E1 By:T1',
      'E3\tCause:T5 Effect:T4',
      'E4\tNap:T6 ',
      'R1\tLivesIn Arg1:T1 Arg2:T4',
      'R2\tBefore First:E1 Then:E2',
      'A1\tNegation E1',
      'A2\tLevel E1 L2',
      'A3\tLevel T1 L1',
      'A4\tSure R1',
      '*\tEquiv T1 T3',
      '',
    ].join('\n');
    const files = { 'a.ann': ann, 'a.txt': 'Ada met Bob in New York.' };
    const { documents } = await parse(brat, files);
    const plain = marked('b', '[Nap Siesta] in [Place Rome]');
    const occurring = new Occurrences(brat.labelFiles);
    for (const document of [...documents, plain]) occurring.add(document);
    const { files: written, notes } = write(occurring.labelsWith([]), occurring);
    assert.deepEqual(notes, []);
    assert.equal(
      written['annotation.conf'],
      `[entities]
Person
Nap
Place

[relations]
<OVERLAP>	Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>
LivesIn	Arg1:<ENTITY>, Arg2:<ENTITY>
Before	First:<EVENT>, Then:<EVENT>
Equiv	Arg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive

[events]
Meet	Who*:Person, Where?:Place
Cause	Effect?:Meet|Place, By?:Person
Nap

[attributes]
Level	Arg:<ENTITY>|<EVENT>, Value:L1|L2
Sure	Arg:<RELATION>
Negation	Arg:<EVENT>
`,
    );
    // What was said of labels comes back.
    const again = read(written);
    assert.deepEqual(
      again.labels.map(({ name }) => name),
      ['Person', 'Nap', 'Place', 'Meet', 'Cause'],
    );
  });

  it('does not list what is left out, as it refers to what is gone', async () => {
    const files = {
      'a.ann': 'T1\tPerson 0 3\tAda\nT2\tMeet 4 7\tmet\nE1\tMeet:T2 Who:T1\nA1\tNegation E1\n',
      'a.txt': 'Ada met Bob.',
    };
    const { documents } = await parse(brat, files);
    const [document] = documents;
    const occurring = new Occurrences(brat.labelFiles);
    occurring.add({ ...document!, entities: document!.entities.filter(({ label }) => label === 'Meet') });
    const { files: written } = write(occurring.labelsWith([]), occurring);
    assert.match(written['annotation.conf']!, /^\[entities\]\nMeet\n\n[^]*\n\[events\]\n\n\[attributes\]\n$/);
  });

  it('calls labels as the annotations do, and tells of each once', async () => {
    const labels = [
      { name: 'a b', color: '#111111' },
      { name: 'a_b', color: '#222222' },
    ];
    const document = marked('x', '[one Ada] and [two Bob] and [one Eva]');
    const entities = document.entities.map((entity) => ({
      ...entity,
      label: entity.label === 'one' ? 'a b' : 'a_b',
      attributes: { 'is it': true },
    }));
    const written = await serialize(brat, [{ ...document, entities }], { labels });
    assert.match(written.files['x.ann']!, /^T1\ta_b_2 0 3\tAda\nT2\ta_b 8 11\tBob\nT3\ta_b_2 /);
    assert.deepEqual(told(written.notes), ['changed label-name', 'changed attribute-name']);
    assert.match(write(labels).files['annotation.conf']!, /^\[entities\]\na_b_2\na_b\n/);
  });

  it('comes back', () => {
    const label = fc.record({
      name: fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/),
      key: fc.option(fc.constantFrom('a', 'b', '1'), { nil: undefined }),
      color: fc.constantFrom('#123456', '#abc'),
      description: fc.option(fc.constantFrom('People, real or not', 'x#y', 'Ünï: 人'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(label, { selector: ({ name }) => name }), (drawn) => {
        // No two labels of a corpus have the same key.
        const labels = drawn.map((one, i) => {
          const isFirst = drawn.findIndex(({ key }) => key === one.key) === i;
          return isFirst ? one : { ...one, key: undefined };
        });
        const { files, notes } = write(labels);
        assert.deepEqual(notes, []);
        const given = labels.map((one) =>
          Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
        );
        assert.deepEqual(read(files), { labels: given, notes: [] });
      }),
    );
  });
});
