import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FormatError } from '../../../src/formats/shared/format';
import { FORMATS } from '../../../src/formats';
import { uimaXmi } from '../../../src/formats/uima';
import { isForXml } from '../../../src/formats/shared/xml';
import { TextIndex } from '../../../src/core/text';
import { formatErrorMessage } from '../../../src/wording/format-errors';
import { inEnglish } from '../../../src/wording/translate';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:tcas="http:///uima/tcas.ecore" xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmlns:type3="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>`;

/** Of INCEpTION's form: a line, tokens, two layers, a relation, a slot and a chain of its own. */
const SAMPLE = `${HEAD}<type:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="33" language="en" documentTitle="talks.txt" documentId="talks.txt" documentUri="file:/srv/repository/7/talks.txt" isLastSegment="false"/><type3:Sentence xmi:id="3" sofa="1" begin="0" end="33"/><type3:Token xmi:id="4" sofa="1" begin="0" end="3" order="0"/><type3:Token xmi:id="5" sofa="1" begin="4" end="7" order="0"/><type3:Token xmi:id="6" sofa="1" begin="8" end="11" order="0"/><type3:Token xmi:id="7" sofa="1" begin="12" end="14" order="0"/><type3:Token xmi:id="8" sofa="1" begin="15" end="18" order="0"/><type4:NamedEntity xmi:id="13" sofa="1" begin="0" end="3" value="PER" identifier="http://www.wikidata.org/entity/Q7259"/><type4:NamedEntity xmi:id="14" sofa="1" begin="8" end="11" value="PER"/><custom:Place xmi:id="20" sofa="1" begin="15" end="23" kind="city" size="8804190" capital="false"/><custom:Meets xmi:id="21" sofa="1" begin="8" end="11" Governor="13" Dependent="14" label="meets"/><custom:Role xmi:id="30" role="guest" target="14"/><custom:Talk xmi:id="31" sofa="1" begin="4" end="7" roles="30"><notes>at &lt;noon&gt;</notes><notes>two</notes></custom:Talk><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ada met Bob in New York 😀.&#10;Bye &amp; go"/><cas:View sofa="1" members="2 3 4 5 6 7 8 13 14 20 21 31"/></xmi:XMI>`;

const type = (name: string, supertype: string, ...features: (readonly [string, string])[]) =>
  `<typeDescription><name>${name}</name><description/><supertypeName>${supertype}</supertypeName><features>${features
    .map(
      ([feature, range]) =>
        `<featureDescription><name>${feature}</name><description/><rangeTypeName>${range}</rangeTypeName></featureDescription>`,
    )
    .join('')}</features></typeDescription>`;
const TYPES = `<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>${[
  type(
    'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity',
    'uima.tcas.Annotation',
    ['value', 'uima.cas.String'],
    ['identifier', 'uima.cas.String'],
  ),
  type(
    'webanno.custom.Place',
    'uima.tcas.Annotation',
    ['kind', 'uima.cas.String'],
    ['size', 'uima.cas.Integer'],
    ['capital', 'uima.cas.Boolean'],
  ),
  type(
    'webanno.custom.Meets',
    'uima.tcas.Annotation',
    ['label', 'uima.cas.String'],
    ['Governor', 'uima.tcas.Annotation'],
    ['Dependent', 'uima.tcas.Annotation'],
  ),
  type(
    'webanno.custom.Role',
    'uima.cas.TOP',
    ['role', 'uima.cas.String'],
    ['target', 'uima.tcas.Annotation'],
  ),
  type(
    'webanno.custom.Talk',
    'uima.tcas.Annotation',
    ['roles', 'uima.cas.FSArray'],
    ['notes', 'uima.cas.StringArray'],
  ),
  type('unused.Type', 'uima.tcas.Annotation'),
].join('')}</types></typeSystemDescription>`;

const read = (xmi = SAMPLE, options = {}, types: string | undefined = TYPES) =>
  parse(uimaXmi, { 'x/user.xmi': xmi, ...(types && { 'x/TypeSystem.xml': types }) }, undefined, options);

describe('UIMA CAS XMI', () => {
  it('reads entities of the usual layers, their links and attributes, and relations', async () => {
    const { documents: all, notes } = await read();
    const [document] = all;
    assert.equal(document!.name, 'talks');
    assert.deepEqual(shown(document!), [
      'PER [0, 3) "Ada"',
      'Talk [4, 7) "met"',
      'PER [8, 11) "Bob"',
      'city [15, 23) "New York"',
    ]);
    const [ada, , bob, york] = document!.entities;
    assert.equal(ada!.link, 'http://www.wikidata.org/entity/Q7259');
    assert.deepEqual(york!.attributes, { size: 8804190, capital: false });
    assert.deepEqual(
      document!.relations.map(({ label, from, to }) => [label, from, to]),
      [['meets', ada!.id, bob!.id]],
    );
    assert.deepEqual(told(notes), ['changed name-changed'].slice(1));
  });

  it('gives the same file back, with tokens, slots, lists and all', async () => {
    const { documents: all } = await read();
    const { files, notes } = await serialize(uimaXmi, all);
    assert.equal(files['talks.xmi'], SAMPLE);
    assert.deepEqual(notes, []);
    assert.match(files['TypeSystem.xml']!, /<name>webanno\.custom\.Role<\/name>/);
    assert.doesNotMatch(files['TypeSystem.xml']!, /unused/);
    // What was written is read as what it was.
    const again = await read(files['talks.xmi'], {}, files['TypeSystem.xml']);
    assert.deepEqual(again.documents[0]!.entities, all[0]!.entities);
  });

  it('gives a file of several views back, and reads the text of the first', async () => {
    const other =
      '<type4:NamedEntity xmi:id="40" sofa="41" begin="3" end="6" value="PER"/><cas:Sofa xmi:id="41" sofaNum="2" sofaID="html" mimeType="text" sofaString="&lt;b&gt;Ada&lt;/b&gt;"/><cas:Sofa xmi:id="42" sofaNum="3" sofaID="audio" sofaURI="file:a.wav"/>';
    const xmi = SAMPLE.replace('<cas:View ', `${other}<cas:View `).replace(
      '</xmi:XMI>',
      '<cas:View sofa="41" members="40"/><cas:View sofa="42" members=""/></xmi:XMI>',
    );
    const { documents: all, notes } = await read(xmi);
    assert.equal(all[0]!.entities.length, 4);
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values?.view, values?.count]),
      [['view-kept', 'html', '1']],
    );
    assert.equal((await serialize(uimaXmi, all)).files['talks.xmi'], xmi);
  });

  it('gives the same file back without the types, too', async () => {
    const { documents: all } = await read(SAMPLE, {}, '');
    assert.deepEqual(all[0]!.entities[3]!.attributes, { kind: 'city', size: '8804190', capital: 'false' });
    assert.equal((await serialize(uimaXmi, all)).files['talks.xmi'], SAMPLE);
  });

  it('keeps tokens as a run', async () => {
    const { documents: all } = await read();
    assert.match(JSON.stringify(all[0]!.carried), /"run":"1\+3 1\+3 1\+2 1\+3"/);
  });

  it('writes what was changed since, and leaves out what is gone and who refers to it', async () => {
    const { documents: all } = await read();
    const [ada, met, bob, york] = all[0]!.entities;
    const { files, notes } = await serialize(uimaXmi, [
      {
        ...all[0]!,
        relations: [],
        entities: [
          { ...ada!, label: 'ARTIST', link: 'wikidata:Q1' },
          met!,
          { ...york!, end: 18, text: 'New', attributes: {} },
          { ...bob!, id: 'new', label: 'city', start: 24, end: 25, text: '😀' },
        ],
      },
    ]);
    const written = files['talks.xmi']!;
    assert.match(
      written,
      /xmi:id="13" sofa="1" begin="0" end="3" value="ARTIST" identifier="wikidata:Q1"\/>/,
    );
    assert.match(written, /<custom:Place xmi:id="20" sofa="1" begin="15" end="18" kind="city"\/>/);
    // What is new is of the layer that has its label; the emoji is two units.
    assert.match(written, /<custom:Place xmi:id="32" sofa="1" begin="24" end="26" kind="city"\/>/);
    assert.match(written, /<custom:Role xmi:id="30" role="guest"\/>/);
    assert.match(written, /members="2 3 4 5 6 7 8 13 20 31 32"/);
    assert.doesNotMatch(written, /xmi:id="(?:14|21)"/);
    assert.deepEqual(told(notes), ['lost reference-missing']);
  });

  it('does not put what was kept into another text', async () => {
    const { documents: all } = await read();
    const { files, notes } = await serialize(uimaXmi, [
      { ...all[0]!, index: new TextIndex(all[0]!.index.raw + ' more'), relations: [] },
    ]);
    assert.deepEqual(told(notes), ['lost carried-outdated']);
    assert.doesNotMatch(files['talks.xmi']!, /custom:/);
    assert.match(files['talks.xmi']!, /begin="37" end="41"\/>/);
  });

  it('makes a file with sentences, tokens and types of a document that was none', async () => {
    const document = marked('a/b', '[PER Ada] met [PER Bob]. <Bye> & go\r\n');
    const [ada, bob] = document.entities;
    const { files, notes } = await serialize(uimaXmi, [
      {
        ...document,
        entities: [{ ...ada!, link: 'wikidata:Q1', attributes: { 'is so': true, value: 'x' } }, bob!],
        relations: [{ id: 'r', label: 'Met', from: ada!.id, to: bob!.id }],
      },
    ]);
    assert.deepEqual(Object.keys(files), ['a/b.xmi', 'a/TypeSystem.xml']);
    assert.equal(
      files['a/b.xmi']!.replace(/ {2}<type2:Token.*\n/g, '').replace(/members=".*"/, ''),
      `<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmlns:type2="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:type3="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0">
  <cas:NULL xmi:id="0"/>
  <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ada met Bob. &lt;Bye&gt; &amp; go&#13;&#10;"/>
  <type:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="25" language="x-unspecified" documentTitle="a/b" documentId="a/b"/>
  <type2:Sentence xmi:id="3" sofa="1" begin="0" end="23"/>
  <type3:NamedEntity xmi:id="13" sofa="1" begin="0" end="3" value="PER" identifier="wikidata:Q1" is_so="true" value_="x"/>
  <type3:NamedEntity xmi:id="14" sofa="1" begin="8" end="11" value="PER"/>
  <custom:Relation xmi:id="15" sofa="1" begin="8" end="11" Governor="13" Dependent="14" label="Met"/>
  <cas:View sofa="1" />
</xmi:XMI>
`,
    );
    assert.deepEqual(told(notes), ['changed attribute-name', 'changed attribute-name']);
    assert.equal(files['a/b.xmi']!.match(/<type2:Token /g)!.length, 9);
    for (const name of ['is_so', 'value_', 'documentTitle', 'custom.Relation', 'Governor'])
      assert.ok(files['a/TypeSystem.xml']!.includes(`<name>${name}</name>`), name);
  });

  it('reads and writes the type and feature that an option names', async () => {
    const options = { type: 'webanno.custom.Talk', feature: 'topic' };
    const { documents: all } = await read(SAMPLE, options);
    assert.deepEqual(shown(all[0]!), ['Talk [4, 7) "met"']);
    const { files } = await serialize(uimaXmi, [marked('a', '[PER Ada]')], { options });
    assert.match(files['a.xmi']!, /<custom:Talk xmi:id="5" sofa="1" begin="0" end="3" topic="PER"\/>/);
    await assert.rejects(read(SAMPLE, { type: '../x y' }), { code: 'option-unknown' });
  });

  it('tells of annotations that are kept and are no entities', async () => {
    const { notes } = await read(SAMPLE, { type: 'webanno.custom.Talk', name: 'file' });
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values]),
      [
        ['layer-kept', { type: 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity', count: '2' }],
        ['layer-kept', { type: 'webanno.custom.Place', count: '1' }],
        ['layer-kept', { type: 'webanno.custom.Meets', count: '1' }],
      ],
    );
  });

  const around = (structures: string, text = 'Ada 😀') =>
    `${HEAD}\n${structures}\n<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="${text}"/></xmi:XMI>`;
  const CASES: readonly [
    what: string,
    structures: string,
    entities: readonly string[],
    notes: readonly string[],
  ][] = [
    [
      'a span outside',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="0" end="99" value="A"/>',
      [],
      ['invalid span-outside line 2'],
    ],
    [
      'an end before its begin',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="3" end="1" value="A"/>',
      [],
      ['invalid span-outside line 2'],
    ],
    [
      'an empty span',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="1" end="1" value="A"/>',
      [],
      ['changed empty-span line 2'],
    ],
    [
      'offsets that are none',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="x" end="1e9" value="A"/>',
      [],
      ['invalid value-malformed line 2'],
    ],
    [
      'half a character',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="0" end="5" value="A"/>',
      ['A [0, 5) "Ada 😀"'],
      ['changed off-character line 2'],
    ],
    [
      'an id twice',
      '<type4:NamedEntity xmi:id="2" sofa="1" begin="0" end="3"/>\n<type4:NamedEntity xmi:id="2" sofa="1" begin="0" end="2"/>',
      ['NamedEntity [0, 3) "Ada"'],
      ['invalid duplicate line 3'],
    ],
    ['no id', '<type4:NamedEntity sofa="1" begin="0" end="3"/>', [], ['invalid line-malformed line 2']],
    [
      'another view',
      '<type4:NamedEntity xmi:id="2" sofa="7" begin="0" end="3"/><cas:Sofa xmi:id="7" sofaID="b" sofaString="Bob"/>',
      [],
      ['changed view-kept'],
    ],
    [
      'a name of every object',
      '<custom:__proto__ xmi:id="2" sofa="1" begin="0" end="3" __proto__="x" constructor="y"/>',
      ['__proto__ [0, 3) "Ada"'],
      [],
    ],
  ];
  for (const [what, structures, entities, notes] of CASES)
    it(`stands ${what}`, async () => {
      const found = await parse(uimaXmi, { 'a.xmi': around(structures) });
      assert.deepEqual(shown(found.documents[0]!), entities);
      assert.deepEqual(told(found.notes), notes);
      const { files } = await serialize(uimaXmi, found.documents);
      const again = await parse(uimaXmi, files, 'a.xmi');
      assert.deepEqual(shown(again.documents[0]!), entities);
    });

  it('is not made of another file', async () => {
    await assert.rejects(parse(uimaXmi, { 'a.xmi': '<a/>' }), { code: 'file-not-format' });
    await assert.rejects(parse(uimaXmi, { 'a.xmi': '<a>\n<b></a>' }), {
      code: 'xml-malformed',
      place: { file: 'a.xmi', line: 2, column: 8 },
    });
    await assert.rejects(parse(uimaXmi, { 'a.xmi': HEAD + '</xmi:XMI>' }), { code: 'text-not-within' });
  });

  it('tells of a type system that is malformed, and reads on', async () => {
    const { documents: all, notes } = await read(SAMPLE, {}, '<a>');
    assert.equal(all.length, 1);
    assert.deepEqual(told(notes), ['invalid line-malformed line 1']);
  });

  it('keeps no two names alike, and none that leads out of the corpus', async () => {
    const { documents: all, notes } = await read(
      SAMPLE.replace('documentTitle="talks.txt"', 'documentTitle="../../etc/x"'),
    );
    assert.deepEqual([all[0]!.name, told(notes)], ['etc/x', ['changed name-changed']]);
  });

  it('tells of what XML cannot hold', async () => {
    const { files, notes } = await serialize(uimaXmi, [marked('a', '[PER A\u0001da] \u0000.')]);
    assert.deepEqual(
      notes.map(({ code, values }) => [code, values]),
      [['character', { count: '2' }]],
    );
    assert.match(files['a.xmi']!, /sofaString="A\ufffdda \ufffd\."/);
  });

  it('stands a sidecar that is not ours', async () => {
    const { documents: all } = await read();
    const kept = all[0]!.carried['uima-xmi'] as { text: number; names: string[] };
    for (const value of [
      7,
      {},
      { text: kept.text },
      { ...kept, structures: [null, { id: -1, type: 0 }, { id: 'x', type: 0 }, { id: 5, type: 99 }] },
      { ...kept, names: ['a b', '"><x', ...kept.names.slice(2)] },
      { ...kept, views: [['_InitialView', 1, '1-999999999999']], types: [{ name: 'x y', supertype: 1 }] },
      {
        ...kept,
        frame: { head: '<!DOCTYPE x>', indent: '<x/>', namespaces: [['a b', 'c'], ['xmi', 'other'], 1] },
      },
    ]) {
      const { files } = await serialize(uimaXmi, [{ ...all[0]!, carried: { 'uima-xmi': value } }]);
      const again = await parse(uimaXmi, files, 'talks.xmi');
      assert.ok(shown(again.documents[0]!).includes('PER [0, 3) "Ada"'));
    }
  });

  it('comes back from any document', async () => {
    const fields = ['link', 'attributes'] as const;
    await fc.assert(
      fc.asyncProperty(documents({ fields: ['link', 'attributes'], relations: true }), async (document) => {
        fc.pre(isForXml(JSON.stringify(document.entities).replace(/\\u[0-9a-f]{4}/g, '\0')));
        const { files, notes: written } = await serialize(uimaXmi, [document]);
        const { documents: all, notes } = await parse(uimaXmi, files, 'a.xmi');
        assert.deepEqual(notes, []);
        assert.equal(all[0]!.index.raw, document.index.raw);
        // Of an attribute that is text here and true there, all are texts, which is told.
        const compared = written.some(({ code }) => code === 'value-as-text') ? fields.slice(0, 1) : fields;
        const expected = {
          ...document,
          entities: document.entities.map(({ attributes, ...entity }) =>
            Object.keys(attributes ?? {}).length > 0 ? { ...entity, attributes } : entity,
          ),
        };
        assert.deepEqual(essence(all[0]!, compared), essence(expected, compared));
        assert.equal((await serialize(uimaXmi, all)).files['a.xmi'], files['a.xmi']);
      }),
    );
  });

  it('is offered', () => {
    assert.ok(FORMATS.includes(uimaXmi));
    assert.ok(uimaXmi.recognizes(SAMPLE.slice(0, 4096), 'a.xmi'));
  });
});

describe('UIMA CAS XMI with its text beside it', () => {
  const withAddress = (address: string) =>
    `${HEAD}<type4:NamedEntity xmi:id="3" sofa="1" begin="8" end="11" value="LOC"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaURI="${address}"/><cas:View sofa="1" members="3"/></xmi:XMI>`;
  const read = (address: string, beside: Record<string, string> = { 'x/a b.txt': 'Ada in\r\nUlm' }) =>
    parse(uimaXmi, { 'x/a.xmi': withAddress(address), ...beside }, 'x/a.xmi');

  for (const address of [
    ...[
      'a%20b.txt',
      'a b.txt',
      './a%20b.txt',
      'file:a%20b.txt',
      'file:./a b.txt',
      'file:/home/ada/a%20b.txt',
    ],
    ...[
      'file:///home/ada/a%20b.txt',
      'file://localhost/a%20b.txt',
      'file:/C:/corpus/a%20b.txt',
      'C:\\corpus\\a b.txt',
    ],
  ])
    it(`reads it from the file of its name: ${address}`, async () => {
      const { documents, notes } = await read(address);
      assert.deepEqual(shown(documents[0]!), ['LOC [7, 10) "Ulm"']);
      assert.equal(documents[0]!.name, 'x/a');
      assert.deepEqual(notes, []);
      const { files } = await serialize(uimaXmi, documents);
      assert.doesNotMatch(files['x/a.xmi']!, /sofaURI/);
      const again = await parse(uimaXmi, files, 'x/a.xmi');
      assert.deepEqual(shown(again.documents[0]!), ['LOC [7, 10) "Ulm"']);
    });

  for (const address of [
    ...['http://example.org/a.txt', 'https://example.org/a.txt', 'ftp://x/a.txt', 'jar:file:/x.jar!/a.txt'],
    ...[
      '../a.txt',
      '%2E%2E%2Fa.txt',
      '..%5Ca.txt',
      'file:../a.txt',
      'sub/a.txt',
      'file:/x/../a.txt',
      '..',
      'file:',
    ],
    ...['//server/share/a.txt', 'file://server/share/a.txt', '\\\\server\\share\\a.txt', 'file:/x/%2e%2e'],
  ])
    it(`never follows ${address}`, async () => {
      const beside = { 'a.txt': 'secret text', 'x/a.txt': 'secret text', 'x/sub/a.txt': 'secret text' };
      await assert.rejects(read(address, beside), (error: FormatError) => {
        assert.equal(error.code, 'text-elsewhere');
        assert.equal(error.values.address, address);
        return true;
      });
    });

  it('says which file it looked for', async () => {
    await assert.rejects(read('file:/x/missing%20one.txt'), (error: FormatError) => {
      const message = formatErrorMessage(inEnglish, error);
      assert.equal(message, 'x/a.xmi needs missing one.txt beside it, which is not there');
      return true;
    });
  });
});
