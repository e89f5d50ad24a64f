import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tei } from '../../../src/formats/tei';
import type { Entity } from '../../../src/core/model/entity';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told } from './support';

const EDITION = `<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>Letters of <persName>Nobody</persName></title></titleStmt>
      <publicationStmt><p/></publicationStmt>
      <sourceDesc><p>A letter</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <standOff>
    <listPerson><person xml:id="ada"><persName>Ada Lovelace</persName></person></listPerson>
    <listAnnotation>
      <note target="#n1">Which one?</note>
      <annotation xml:id="x1" target="#w1 #w2" ana="#MOTION"/>
      <annotation target="#nowhere" ana="#X"/>
    </listAnnotation>
    <listRelation><relation name="wroteTo" active="#n1" passive="#n2"/></listRelation>
  </standOff>
  <text>
    <body>
      <head>To <persName
          xml:id="n2" ref="#ada" cert="high">Ada   Lovelace</persName></head>
      <p>
        <rs type="person" xml:id="n1">The <orgName key="bank">Bank</orgName></rs>
        of <placeName>New<lb/>York</placeName>, on <date when="1842-05-01">May 1</date>.
        <note>An editor&#39;s remark</note>
      </p>
      <l>He <w xml:id="w1">went</w> far <w xml:id="w2">away</w> &amp; back</l>
      <ab xml:id="raw" xml:space="preserve"> kept  <name/>as it is</ab>
    </body>
  </text>
</TEI>
`;

describe('TEI', () => {
  it('reads text and entities of an edition, and writes the file as it was', async () => {
    const { documents: all, notes } = await parse(tei, { 'x/letter.xml': EDITION });
    const [document] = all;
    assert.equal(document?.name, 'x/letter');
    assert.equal(
      document.index.raw,
      'To Ada Lovelace\n\nThe Bank of New\nYork, on May 1.\n\nHe went far away & back\n\n kept  as it is',
    );
    assert.deepEqual(shown(document), [
      'PER [3, 15) "Ada Lovelace"',
      'person [17, 25) "The Bank"',
      'ORG [21, 25) "Bank"',
      'GPE [29, 37) "New\\nYork"',
      'DATE [42, 47) "May 1"',
      'MOTION [53–57, 62–66) "went far away"',
    ]);
    const [ada, bank, org] = document.entities;
    assert.deepEqual([ada?.link, ada?.externalId, ada?.attributes], ['#ada', 'n2', { cert: 'high' }]);
    assert.deepEqual([bank?.note, org?.link], ['Which one?', 'bank']);
    assert.deepEqual(
      document.relations.map(({ label, from, to }) => [label, from, to]),
      [['wroteTo', bank?.id, ada?.id]],
    );
    assert.deepEqual(told(notes), [
      'changed markup-skipped',
      'invalid empty-span line 29',
      'invalid reference-missing line 15',
    ]);
    const { files, notes: written } = await serialize(tei, all, { options: { markup: 'standoff' } });
    assert.equal(files['x/letter.tei.xml'], EDITION);
    assert.deepEqual(written, []);
  });

  it('tells what is lost of a file that has changed since', async () => {
    const { documents: all } = await parse(tei, { 'letter.xml': EDITION });
    const [document] = all;
    const { files, notes } = await serialize(tei, [{ ...document!, entities: document!.entities.slice(1) }]);
    assert.deepEqual(told(notes), [
      'lost markup-lost',
      'lost discontinuous [53, 66)',
      'lost relation-end-missing [17, 25)',
    ]);
    assert.match(
      files['letter.tei.xml']!,
      /<rs xml:id="n1" type="person">The <orgName ref="bank">Bank<\/orgName><\/rs> of/,
    );
  });

  it('reads spans by characters and by elements', async () => {
    const source = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
      <p xml:id="p1">😀 <anchor xml:id="a"/>Ada met<anchor xml:id="b"/> <seg xml:id="s">Bob</seg>.</p></body></text>
      <standOff><spanGrp type="ner">
        <span type="PER" target="#string-range(p1,2,3)"/>
        <span type="ACT" from="#a" to="#b">a gloss</span>
        <span type="PER" from="#s"/>
        <span type="OUT" target="#string-range(p1,10,900000000)"/>
        <span type="NO" target="#string-range(p1,99,1)"/>
      </spanGrp></standOff></TEI>`;
    const { documents: all, notes } = await parse(tei, { 'a.xml': source });
    assert.deepEqual(shown(all[0]!), [
      'ACT [2, 9) "Ada met"',
      'PER [2, 5) "Ada"',
      'OUT [10, 14) "Bob."',
      'PER [10, 13) "Bob"',
    ]);
    assert.deepEqual(told(notes), [
      'invalid span-outside line 7',
      'invalid span-outside line 8',
      'invalid empty-span line 8',
    ]);
  });

  it('tells which entities stand in what is not read as text, and where', async () => {
    const source = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><persName>Nobody</persName></teiHeader><text><body>
<p>Of <persName>Ada</persName>.<note place="foot">See <persName>Luigi
  Menabrea</persName>
of <orgName>the <placeName>Turin</placeName> Academy</orgName>.</note></p>
<figure><figDesc><rs type="person">Byron</rs></figDesc></figure>
<p><choice><sic><placeName>Londn</placeName></sic><corr><placeName>London</placeName></corr></choice>,
<app><rdg>Anne</rdg><lem><persName>Ann</persName></lem><rdg><persName>Annie</persName></rdg></app></p>
</body></text><sourceDoc><zone><persName>Bob</persName></zone></sourceDoc></TEI>`;
    const { documents: all, notes } = await parse(tei, { 'a.xml': source });
    assert.equal(all[0]!.index.raw, 'Of Ada.\n\nLondn, Ann\n');
    assert.deepEqual(shown(all[0]!), ['PER [3, 6) "Ada"', 'GPE [9, 14) "Londn"', 'PER [16, 19) "Ann"']);
    assert.deepEqual(
      notes.map(({ code, line, label, text, values }) =>
        [code, line, label, text, values?.name].join(' ').trim(),
      ),
      [
        'markup-skipped    note',
        'markup-skipped    figDesc',
        'markup-skipped    corr',
        'markup-skipped    rdg',
        'markup-skipped    sourceDoc',
        'entity-beside 2 PER Luigi Menabrea note',
        'entity-beside 4 ORG the Turin Academy note',
        'entity-beside 4 GPE Turin note',
        'entity-beside 5 person Byron figDesc',
        'entity-beside 6 GPE London corr',
        'entity-beside 7 PER Annie rdg',
        'entity-beside 8 PER Bob sourceDoc',
      ],
    );
    assert.equal((await serialize(tei, all)).files['a.tei.xml'], source);
  });

  for (const markup of ['inline', 'standoff'])
    it(`gives back all attributes of an edition that has changed: ${markup}`, async () => {
      const source = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><head>To <persName ref="#b" key="b1" cert="high"
 resp="#me" xml:lang="en"><forename>Charles</forename> <surname>Babbage</surname></persName></head>
<p>from <rs type="person" xml:id="m1" next="#m2">Ada</rs>, <date when="1843-07">July</date> <lb/>in
<placeName key="LND">London, <country>England</country></placeName> <pb n="2"/>and
<rs type="person" xml:id="m2" prev="#m1">Byron</rs></p></body></text></TEI>`;
      const { documents: all } = await parse(tei, { 'a.xml': source });
      const [babbage] = all[0]!.entities;
      assert.deepEqual(
        [babbage!.link, babbage!.attributes],
        ['#b', { key: 'b1', cert: 'high', resp: '#me', 'xml:lang': 'en' }],
      );
      const changed = { ...all[0]!, entities: all[0]!.entities.filter(({ label }) => label !== 'DATE') };
      const { files } = await serialize(tei, [changed], { options: { markup } });
      const again = await parse(tei, files);
      const plain = ({ link, attributes }: Entity) => ({
        link,
        attributes: Object.entries(attributes ?? {}).sort(),
      });
      assert.deepEqual(shown(again.documents[0]!), shown(changed));
      assert.deepEqual(again.documents[0]!.entities.map(plain), changed.entities.map(plain));
      assert.deepEqual(again.notes, []);
    });

  it('writes an article inline', async () => {
    const document = marked('a & b', '[PER Ada] <met>\r\n[ORG the [GPE Rome] office]');
    const [ada, office] = document.entities;
    const { files, notes } = await serialize(tei, [
      {
        ...document,
        entities: [
          { ...ada!, note: 'who?', link: 'wikidata:Q7259', attributes: { cert: 'low', age: 3 } },
          ...document.entities.slice(1),
        ],
        relations: [{ id: 'r', label: 'In', from: ada!.id, to: office!.id }],
      },
    ]);
    assert.equal(
      files['a & b.tei.xml']!.slice(files['a & b.tei.xml']!.indexOf('  <standOff>')),
      `  <standOff>
    <listAnnotation>
      <note target="#e1">who?</note>
      <note target="#e1" type="attribute" subtype="json" n="age">3</note>
    </listAnnotation>
    <listRelation>
      <relation name="In" active="#e1" passive="#e2"/>
    </listRelation>
  </standOff>
  <text><body><ab xml:space="preserve"><persName xml:id="e1" ref="wikidata:Q7259" cert="low">Ada</persName> &lt;met&gt;&#13;
<orgName xml:id="e2">the <placeName>Rome</placeName> office</orgName></ab></body></text>
</TEI>
`,
    );
    assert.deepEqual(notes, []);
  });

  it('reads a corpus, and nothing but TEI', async () => {
    const corpus =
      '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><TEI xml:id="one"><text><p>A</p></text></TEI><TEI><text><p>B</p></text></TEI></teiCorpus>';
    const { documents: all } = await parse(tei, { 'c.xml': corpus });
    assert.deepEqual(
      all.map(({ name, index }) => [name, index.raw]),
      [
        ['c/one', 'A\n'],
        ['c/0002', 'B\n'],
      ],
    );
    await assert.rejects(parse(tei, { 'c.xml': '<html/>' }), { code: 'file-not-format' });
    await assert.rejects(parse(tei, { 'c.xml': '<TEI>\n<p></TEI>' }), { code: 'xml-malformed' });
  });

  it('comes back from any document, inline where entities nest and beside the text always', async () => {
    const fields = ['note', 'link', 'attributes'] as const;
    for (const markup of ['inline', 'standoff']) {
      const isInline = markup === 'inline';
      const any = documents({
        fields,
        relations: true,
        overlap: isInline ? 'nested' : 'any',
        discontinuous: !isInline,
      });
      await fc.assert(
        fc.asyncProperty(any, async (document) => {
          const { files, notes } = await serialize(tei, [document], { options: { markup } });
          if (notes.length > 0) return assert.deepEqual([...new Set(told(notes))], ['lost character']);
          const source = files['a.tei.xml']!;
          const { documents: all, notes: read } = await parse(tei, { 'a.tei.xml': source });
          assert.deepEqual(read, []);
          assert.equal(all[0]!.index.raw, document.index.raw);
          const given = {
            ...document,
            entities: document.entities.map((entity) =>
              Object.keys(entity.attributes ?? {}).length > 0 ? entity : { ...entity, attributes: undefined },
            ),
          };
          assert.deepEqual(essence(all[0]!, fields), essence(given, fields));
          const again = await serialize(tei, all, { options: { markup } });
          assert.equal(again.files['a.tei.xml'], source);
        }),
      );
    }
  });
});
