import assert from 'node:assert/strict';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import { FORMATS } from '../../../src/formats';
import { holdsPlaces, withoutPlaces } from '../../../src/formats/shared/without-places';
import { TextIndex } from '../../../src/core/text';
import { parse, serialize, told, type Files } from './support';

const TEXT = 'Anna met Bob.\n';
const ANNA = { start: 0, end: 4 };
const BOB = { start: 9, end: 12 };
const json = (value: unknown): string => JSON.stringify(value);
const region = (label: string, span: object, more = {}) => ({
  ...{ id: label, from_name: 'label', to_name: 'text', type: 'labels' },
  value: { ...span, labels: [label] },
  ...more,
});
const annotation = (id: string, value: string, target: unknown) => ({
  ...{ id, type: 'Annotation', motivation: 'tagging' },
  body: { type: 'TextualBody', purpose: 'tagging', value },
  target,
});
const at = ({ start, end }: typeof ANNA) => ({
  source: 'a.txt',
  selector: { type: 'TextPositionSelector', start, end },
});
const feature = (id: number, type: string, more = {}) => ({ '%ID': id, '%TYPE': type, '@sofa': 1, ...more });

/**
 * A file of each format with an entity of Anna, and with KEPT at whatever else has a place and HELD at what has
 * none; then what is told once the text has changed.
 */
const SAMPLES: Readonly<Record<string, readonly [files: Files, ...told: string[]]>> = {
  // Lines that have a place are entities, and move with them.
  brat: [{ 'a.ann': 'T1\tPER 0 4\tAnna\nT2\tHELD 5 8\tmet\nE1\tHELD:T2 Who:T1\n', 'a.txt': TEXT }],
  // Other columns go with their tokens (see conll2003.test.ts).
  conll2003: [{ 'a.conll': 'Anna HELD HELD B-PER\nmet HELD HELD O\nBob. HELD HELD O\n' }],
  conllu: [
    {
      'a.conllu':
        '# newdoc id = a\n# text = Anna met\n1\tAnna\tKEPT\t_\t_\t_\t_\t_\t_\tEntity=(1-PER)\n2\tmet\tKEPT\t_\t_\t_\t_\t_\t_\t_\n',
    },
    'lost carried-outdated',
  ],
  spacy: [
    {
      'a.jsonl': json({
        text: TEXT,
        entities: [[0, 4, 'PER']],
        spans: { other: [[9, 12, 'KEPT']] },
        cats: { HELD: 1 },
        mine: [{ ...BOB, as: 'KEPT' }],
        meta: { source: 'HELD', spans: [[9, 12, 'KEPT']] },
      }),
    },
    'lost carried-outdated',
  ],
  'spacy-doc': [
    {
      'a.json': json({
        text: TEXT,
        ents: [{ ...ANNA, label: 'PER' }],
        tokens: [
          { id: 0, ...ANNA, tag: 'KEPT' },
          { id: 1, start: 5, end: 8, tag: 'KEPT' },
          { id: 2, ...BOB, tag: 'KEPT' },
          { id: 3, start: 12, end: 13, tag: 'KEPT' },
        ],
        spans: { other: [{ ...BOB, label: 'KEPT', kb_id: '' }] },
        _: { title: 'HELD', quotes: [{ start_char: 9, end_char: 12, of: 'KEPT' }] },
      }),
    },
    'lost carried-outdated',
  ],
  prodigy: [
    {
      'a.jsonl': json({
        text: TEXT,
        spans: [{ ...ANNA, label: 'PER' }],
        relations: [{ head: 0, child: 2, label: 'KEPT' }],
        suggestions: [{ ...BOB, label: 'KEPT' }],
        comment: 'HELD',
      }),
    },
    'lost carried-outdated',
  ],
  doccano: [
    {
      'a.jsonl': json({
        text: TEXT,
        label: [[0, 4, 'PER']],
        other: [[9, 12, 'KEPT']],
        KEPT_span: [9, 12],
        Comments: ['HELD'],
      }),
    },
    'lost carried-outdated',
  ],
  labelstudio: [
    {
      'a.json': json([
        {
          id: 1,
          data: { text: TEXT, title: 'HELD', second: 'Bob again.', hints: [{ ...BOB, as: 'KEPT' }] },
          annotations: [
            {
              id: 1,
              result: [
                region('PER', ANNA, { score: 0.5, meta: { HELD: 1 } }),
                region('KEPT', {
                  start: '/p[1]/text()[1]',
                  startOffset: 9,
                  end: '/p[1]/text()[1]',
                  endOffset: 12,
                }),
                {
                  value: { ...BOB, choices: ['KEPT'] },
                  id: 'c',
                  from_name: 'sure',
                  to_name: 'text',
                  type: 'choices',
                },
                region('HELD', { start: 0, end: 3 }, { to_name: 'second' }),
                {
                  value: { choices: ['HELD'] },
                  id: 'd',
                  from_name: 'genre',
                  to_name: 'text',
                  type: 'choices',
                },
              ],
            },
            { id: 2, result: [region('KEPT', { ...BOB, text: 'Bob' })] },
            { id: 3, was_cancelled: true, note: 'HELD', result: [] },
          ],
          drafts: [{ id: 4, result: [region('KEPT', BOB)] }],
          predictions: [{ model_version: 'm', result: [region('KEPT', { ...BOB, text: 'Bob' })] }],
        },
      ]),
    },
    'lost carried-outdated',
  ],
  webanno: [
    {
      'a.tsv':
        '#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n\n\n#Text=Anna met Bob.\n1-1\t0-4\tAnna\t_\tPER\tKEPT\n1-2\t5-8\tmet\t_\t_\tKEPT\n1-3\t9-12\tBob\t_\t_\tKEPT\n1-4\t12-13\t.\t_\t_\tKEPT\n',
    },
    'lost carried-outdated',
  ],
  'uima-json': [
    {
      'a.json': json({
        '%TYPES': {},
        '%FEATURE_STRUCTURES': [
          { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaNum: 1, sofaID: '_InitialView', sofaString: TEXT },
          feature(2, 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity', {
            begin: 0,
            end: 4,
            value: 'PER',
          }),
          feature(3, 'de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS', {
            ...{ begin: 9, end: 12 },
            PosValue: 'KEPT',
          }),
        ],
        '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': [2, 3] } },
      }),
    },
    'lost carried-outdated',
  ],
  'uima-xmi': [
    {
      'a.xmi': `<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" xmi:version="2.0"><ner:NamedEntity xmi:id="2" sofa="1" begin="0" end="4" value="PER"/><pos:POS xmi:id="3" sofa="1" begin="9" end="12" PosValue="KEPT"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Anna met Bob.&#10;"/><cas:View sofa="1" members="2 3"/></xmi:XMI>`,
    },
    'lost carried-outdated',
  ],
  webannotation: [
    {
      'a.jsonld': json([
        annotation('1', 'PER', {
          source: 'a.txt',
          selector: [
            { type: 'TextPositionSelector', ...ANNA },
            { type: 'DataPositionSelector', ...ANNA, note: 'KEPT' },
          ],
        }),
        annotation('2', 'HELD', 'a.txt'),
        annotation('3', 'KEPT', [at(BOB), { source: 'b.txt', selector: at(ANNA).selector }]),
        annotation('4', 'KEPT', { source: 'a.txt', selector: { type: 'DataPositionSelector', ...BOB } }),
        annotation('5', 'KEPT', '4'),
      ]),
      'a.txt': TEXT,
    },
    'lost carried-outdated',
  ],
  tei: [
    {
      'a.xml':
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p><persName>Anna</persName> met <hi rend="KEPT">Bob</hi>.</p></body></text></TEI>',
    },
    'lost markup-lost',
  ],
  json: [
    {
      'a.jsonl': json({
        ...{ document: TEXT, ner: [{ start: 0, end: 4, type: 'PER', text: 'Anna' }], lang: 'HELD' },
        tokens: [{ start: 0, end: 4, text: 'KEPT' }],
      }),
    },
    'lost carried-outdated',
  ],
  huggingface: [
    {
      'a.jsonl': json({
        ...{ id: '0', tokens: ['Anna', 'met', 'Bob'], ner_tags: ['B-PER', 'O', 'O'] },
        pos_tags: ['KEPT', 'KEPT', 'KEPT'],
      }),
    },
    'lost carried-outdated',
  ],
};

/** Formats whose files are of no text that could change, or say no more than the model; or that carry as another does. */
const NOTHING_KEPT = ['table-csv', 'table-parquet', 'huggingface-parquet'];

/** With two more characters and a space before the text. */
function moved(document: AnnotatedDocument): AnnotatedDocument {
  const entities = document.entities.map((entity) => ({
    ...entity,
    start: entity.start + 3,
    end: entity.end + 3,
  }));
  return { ...document, index: new TextIndex(`Zz ${document.index.raw}`), entities };
}

describe('what is kept of a text that is another one now', () => {
  it('is known of each format', () => {
    const known = [...Object.keys(SAMPLES), ...NOTHING_KEPT];
    assert.deepEqual(FORMATS.map(({ id }) => id).sort(), known.sort());
  });

  for (const [id, [files, ...expected]] of Object.entries(SAMPLES))
    it(`is told and left out if it is of a place, else it goes back: ${id}`, async () => {
      const format = FORMATS.find((one) => one.id === id)!;
      const source = Object.values(files)[0] as string;
      const { documents } = await parse(format, files);
      const [document] = documents;
      assert.ok(document);
      const countOf = (word: string, text: string) => text.split(word).length - 1;
      const textOf = async (one: AnnotatedDocument) => {
        const { files: all, notes } = await serialize(format, [one]);
        return { text: Object.values(all).join('\n'), notes };
      };
      const same = await textOf(document);
      const changed = await textOf(moved(document));
      assert.equal(countOf('KEPT', same.text), countOf('KEPT', source));
      assert.equal(countOf('HELD', same.text), countOf('HELD', source));
      assert.deepEqual(told(same.notes), []);
      assert.equal(countOf('HELD', changed.text), countOf('HELD', source));
      assert.equal(countOf('KEPT', changed.text), 0);
      const losses = changed.notes.filter(({ kind }) => kind === 'lost');
      assert.deepEqual(
        losses.map(({ kind, code }) => `${kind} ${code}`),
        expected,
      );
    });

  it('is of a place by how it looks', () => {
    const places = [
      { start: 1, end: 2 },
      { beginOffset: '1', endOffset: '2' },
      { char_start: 1, char_end: 2, x: 'y' },
      { offset: 1, length: 2 },
      [[1, 2]],
      [{ a: [[1, 2, 'PER']] }],
      { token_span: [1, 2] },
    ];
    for (const place of places) assert.ok(holdsPlaces(place), json(place));
    const others = [
      { start: 'now', end: 'then' },
      { start_time: 1, end_time: 2 },
      { start: 1, end: 2, channel: 0 },
      { startOffset: 1 },
      [1, 2, 3],
      [
        [0.5, 1.5],
        [1, 2, 3],
      ],
      { years: [1914, 1918], scores: { a: 1, b: 2 } },
    ];
    for (const other of others) assert.ok(!holdsPlaces(other), json(other));
    assert.deepEqual(
      withoutPlaces({ a: { b: 1, c: [[1, 2]] }, d: { start: 1, end: 2 }, e: 3 }, new Set(['e'])),
      {
        rest: { a: { b: 1 } },
        lost: ['a.c', 'd', 'e'],
      },
    );
  });
});
