import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMATS } from '../../../src/formats';
import { conll2003 } from '../../../src/formats/conll2003';
import { uimaJson } from '../../../src/formats/uima';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const feature = (name: string, range = 'uima.cas.String') => ({ '%NAME': name, '%RANGE': range });

/** Of INCEpTION's form: slots in an array of their own, structures in any order. */
const SAMPLE = {
  '%TYPES': {
    'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity': {
      '%NAME': 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
      '%SUPER_TYPE': 'uima.tcas.Annotation',
      value: feature('value'),
      identifier: feature('identifier'),
    },
    'custom.Role': {
      '%NAME': 'custom.Role',
      '%SUPER_TYPE': 'uima.cas.TOP',
      '%DESCRIPTION': 'who takes part',
      role: feature('role'),
      target: feature('target', 'uima.tcas.Annotation'),
    },
    'custom.Talk': {
      '%NAME': 'custom.Talk',
      '%SUPER_TYPE': 'uima.tcas.Annotation',
      roles: feature('roles', 'custom.Role[]'),
      long: feature('long', 'uima.cas.Boolean'),
      weight: feature('weight', 'uima.cas.Double'),
    },
  },
  '%FEATURE_STRUCTURES': [
    {
      '%ID': 1,
      '%TYPE': 'uima.cas.Sofa',
      sofaNum: 1,
      sofaID: '_InitialView',
      mimeType: 'text',
      sofaString: 'Ada met 😀 Bob.',
    },
    {
      '%ID': 2,
      '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
      '@sofa': 1,
      begin: 0,
      end: 3,
      value: 'PER',
    },
    {
      '%ID': 3,
      '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
      '@sofa': 1,
      begin: 11,
      end: 14,
      value: 'PER',
      identifier: 'wikidata:Q1',
    },
    { '%ID': 4, '%TYPE': 'custom.Role', role: 'host', '@target': 2 },
    { '%ID': 5, '%TYPE': 'custom.Role', role: 'guest', '@target': 3 },
    { '%ID': 6, '%TYPE': 'custom.Role[]', '%ELEMENTS': [4, 5, null] },
    {
      '%ID': 7,
      '%TYPE': 'custom.Talk',
      '@sofa': 1,
      begin: 4,
      end: 7,
      long: true,
      '@roles': 6,
      '#weight': 'NaN',
    },
  ],
  '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': [2, 3, 7] } },
};

const read = (value: unknown = SAMPLE, options = {}) =>
  parse(uimaJson, { 'x/a.json': JSON.stringify(value, null, 1) }, undefined, options);

/** Without the types: of those, only what something needs comes back. */
const bodyOf = (json: string) => json.slice(json.indexOf('"%FEATURE_STRUCTURES"'));

describe('UIMA CAS JSON', () => {
  it('reads entities, and gives the same data back', async () => {
    const { documents: all, notes } = await read();
    assert.deepEqual(notes, []);
    assert.equal(all[0]!.name, 'x/a');
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"', 'Talk [4, 7) "met"', 'PER [10, 13) "Bob"']);
    assert.deepEqual(all[0]!.entities[1]!.attributes, { long: true });
    assert.equal(all[0]!.entities[2]!.link, 'wikidata:Q1');
    const { files, notes: lost } = await serialize(uimaJson, all);
    assert.deepEqual(JSON.parse(files['x/a.json']!), SAMPLE);
    assert.deepEqual(lost, []);
  });

  it('reads structures by their ids, anchors and a header', async () => {
    const { '%FEATURE_STRUCTURES': structures, ...rest } = SAMPLE;
    const byId = Object.fromEntries(
      structures.map(({ '%ID': id, begin, ...structure }) => [
        id,
        { ...structure, ...(begin !== undefined && { '^begin': begin }) },
      ]),
    );
    const { documents: all, notes } = await read({
      '%HEADER': { '%VERSION': '0.4.0' },
      ...rest,
      '%FEATURE_STRUCTURES': byId,
    });
    assert.deepEqual(notes, []);
    assert.equal(shown(all[0]!).length, 3);
    const { files } = await serialize(uimaJson, all);
    assert.match(files['x/a.json']!, /^\{\n {2}"%HEADER": \{"%VERSION":"0\.4\.0"\},\n {2}"%TYPES"/);
  });

  it('keeps sections, of views too, that the specification does not know, and a header of any form', async () => {
    const own = {
      ...SAMPLE,
      '%HEADER': { '%VERSION': 4, tools: ['x', { y: [1] }] },
      '%VIEWS': { _InitialView: { ...SAMPLE['%VIEWS']._InitialView, '%INDEX': { by: [2, 3] } } },
      '%INDEX': [{ a: 1 }, null],
      'x:more': 'text',
    };
    const { documents: all, notes } = await read(own);
    assert.deepEqual(told(notes), []);
    const { files } = await serialize(uimaJson, all);
    assert.deepEqual(JSON.parse(files['x/a.json']!), own);
  });

  it('tells what a type has that is no feature', async () => {
    const types = {
      'custom.Role': { '%NAME': 'custom.Role', '%SUPER_TYPE': 'uima.cas.TOP', 'no-name': {}, role: 7 },
    };
    const { notes } = await read({ ...SAMPLE, '%TYPES': types });
    assert.deepEqual(
      notes.filter(({ kind }) => kind === 'invalid').map(({ line, values }) => [line, values?.source]),
      [
        [6, 'custom.Role no-name'],
        [7, 'custom.Role role'],
      ],
    );
  });

  it('reads the text of one view, and tells and keeps what is in others', async () => {
    const sofa = (id: number, sofaID: string, more: object) => ({
      ...{ '%ID': id, '%TYPE': 'uima.cas.Sofa', sofaNum: id, sofaID, mimeType: 'text', ...more },
    });
    const entity = (id: number, of: number, end: number) => ({
      ...{ '%ID': id, '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity', '@sofa': of },
      ...{ begin: 0, end, value: 'PER' },
    });
    const own = {
      '%TYPES': { [entity(0, 0, 0)['%TYPE']]: SAMPLE['%TYPES'][entity(0, 0, 0)['%TYPE'] as never] },
      '%FEATURE_STRUCTURES': [
        sofa(1, 'html', { sofaString: '<b>Ada</b>' }),
        sofa(2, '_InitialView', { sofaString: 'Ada' }),
        sofa(3, 'audio', { sofaURI: 'file:a.wav' }),
        ...[entity(4, 1, 10), entity(5, 1, 3), entity(6, 2, 3)],
      ],
      '%VIEWS': {
        html: { '%SOFA': 1, '%MEMBERS': [4, 5] },
        _InitialView: { '%SOFA': 2, '%MEMBERS': [6] },
        audio: { '%SOFA': 3, '%MEMBERS': [] },
      },
    };
    const { documents: all, notes } = await read(own);
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"']);
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values?.view, values?.count]),
      [['view-kept', 'html', '2']],
    );
    const { files } = await serialize(uimaJson, all);
    assert.deepEqual(JSON.parse(files['x/a.json']!), own);
  });

  it('leaves out what is gone and who refers to it', async () => {
    const { documents: all } = await read();
    const { files, notes } = await serialize(uimaJson, [
      { ...all[0]!, entities: all[0]!.entities.slice(0, 2) },
    ]);
    const written = JSON.parse(files['x/a.json']!) as typeof SAMPLE;
    assert.deepEqual(told(notes), ['lost reference-missing']);
    assert.deepEqual(written['%FEATURE_STRUCTURES'][3], { '%ID': 5, '%TYPE': 'custom.Role', role: 'guest' });
    assert.deepEqual(written['%VIEWS']._InitialView['%MEMBERS'], [2, 7]);
  });

  it('writes a document that was none, with the types of its attributes', async () => {
    const document = marked('a', '[PER Ada] met [PER Bob].');
    const [ada, bob] = document.entities;
    const { files, notes } = await serialize(uimaJson, [
      {
        ...document,
        entities: [
          { ...ada!, attributes: { sure: true, rank: 2, mixed: 1 } },
          { ...bob!, attributes: { mixed: 'x', list: [1, 2] } },
        ],
      },
    ]);
    assert.deepEqual(told(notes), ['changed value-as-text', 'changed value-as-text']);
    assert.match(
      files['a.json']!,
      /"sure":\{"%NAME":"sure","%RANGE":"uima\.cas\.Boolean"\},"rank":\{"%NAME":"rank","%RANGE":"uima\.cas\.Integer"\},"mixed":\{"%NAME":"mixed","%RANGE":"uima\.cas\.String"\}/,
    );
    assert.match(files['a.json']!, /"value": "PER", "sure": true, "rank": 2, "mixed": "1"\}/);
    assert.match(files['a.json']!, /"value": "PER", "mixed": "x", "list": "\[1,2\]"\}/);
  });

  it('says which structure is wrong and where, and reads on', async () => {
    const sofa = SAMPLE['%FEATURE_STRUCTURES'][0];
    const entity = SAMPLE['%FEATURE_STRUCTURES'][1]!;
    const { documents: all, notes } = await read({
      '%TYPES': { 'a b': {}, x: 1 },
      '%FEATURE_STRUCTURES': [
        sofa,
        7,
        { ...entity, '%ID': -1 },
        { ...entity, '%ID': 1 },
        { ...entity, '%TYPE': '<x>' },
        { ...entity, deep: { er: 1 }, 'a b': 1 },
        { ...entity, '%ID': 9, end: 99 },
        { ...entity, '%ID': 10, end: '3' },
      ],
      '%VIEWS': [],
    });
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"']);
    assert.deepEqual(told(notes), [
      'invalid value-malformed line 15',
      'invalid value-malformed line 16',
      'invalid duplicate line 24',
      'invalid value-malformed line 32',
      'invalid value-malformed line 47',
      'invalid value-malformed line 50',
      'invalid value-malformed line 3',
      'invalid value-malformed line 4',
      'invalid span-outside line 52',
      'invalid value-malformed line 60',
    ]);
  });

  it('is not made of another file', async () => {
    await assert.rejects(read([]), { code: 'file-not-format' });
    await assert.rejects(read({ '%FEATURE_STRUCTURES': [] }), { code: 'text-not-within' });
    await assert.rejects(parse(uimaJson, { 'a.json': '{"%TYPES":\n {x}}' }), {
      code: 'json-malformed',
      place: { file: 'a.json', line: 2, column: 3 },
    });
  });

  it('comes back from any document', async () => {
    const fields = ['link', 'attributes'] as const;
    const all = documents({ fields: ['link', 'attributes'], relations: true });
    await fc.assert(
      fc.asyncProperty(all, async (document) => {
        const { files, notes } = await serialize(uimaJson, [document]);
        const found = await parse(uimaJson, files);
        assert.deepEqual(found.notes, []);
        assert.equal(found.documents[0]!.index.raw, document.index.raw);
        // Of an attribute that is text here and true there, all are texts, which is told.
        const compared = notes.some(({ code }) => code === 'value-as-text') ? fields.slice(0, 1) : fields;
        const expected = {
          ...document,
          entities: document.entities.map(({ attributes, ...entity }) =>
            Object.keys(attributes ?? {}).length > 0 ? { ...entity, attributes } : entity,
          ),
        };
        assert.deepEqual(essence(found.documents[0]!, compared), essence(expected, compared));
        const again = await serialize(uimaJson, found.documents);
        assert.equal(bodyOf(again.files['a.json']!), bodyOf(files['a.json']!));
      }),
    );
  });

  it('is offered', () => {
    assert.ok(FORMATS.includes(uimaJson));
    assert.ok(uimaJson.recognizes(JSON.stringify(SAMPLE, null, 2), 'a.json'));
  });

  it('loses nothing to another format but what people annotated', async () => {
    const written = await serialize(uimaJson, [marked('a', 'Hi [PER Ada]. She left.')]);
    const [file] = Object.values(written.files);
    const lost = async (source: string) => {
      const { documents } = await parse(uimaJson, { 'a.json': source });
      const { notes } = await serialize(conll2003, documents);
      return notes.filter(({ kind }) => kind === 'lost').map(({ code }) => code);
    };
    assert.match(file!, /segmentation\.type\.Token/);
    assert.deepEqual(await lost(file!), []);
    assert.ok((await lost(JSON.stringify(SAMPLE))).includes('carried'));
  });
});
