import assert from 'node:assert/strict';
import fc from 'fast-check';
import jsonld, { type Term, type Triple } from 'jsonld';
import type { AnnotatedDocument } from '../../../../src/formats/shared/document';
import type { FormatError } from '../../../../src/formats/shared/format';
import { webannotation } from '../../../../src/formats/webannotation';
import { formatErrorMessage } from '../../../../src/wording/format-errors';
import { inEnglish } from '../../../../src/wording/translate';
import { documents, essence } from '../documents';
import { marked, parse, serialize, told } from '../support';
import { ANNO_CONTEXT, annoContext, PREFIXES } from './anno-context';

const FOLDER = 'https://corpus.example/';

/** @param safe refuses what has no meaning in the context, which is dropped else */
const options = {
  base: `${FOLDER}a%20b.jsonld`,
  safe: true,
  documentLoader: (url: string) => {
    assert.equal(url, ANNO_CONTEXT);
    return Promise.resolve({ documentUrl: url, document: { '@context': annoContext } });
  },
};

const written = async (document: AnnotatedDocument) => {
  const { files } = await serialize(webannotation, [document]);
  return JSON.parse(files[`${document.name}.jsonld`]!) as object;
};
const expanded = (json: object) => jsonld.expand(json, options);
const read = (json: unknown, text: string) =>
  parse(webannotation, { 'a b.jsonld': JSON.stringify(json), 'a b.txt': text });

/** What triples say of a node of the file, as Turtle writes it, in the order of the alphabet. */
function turtle(triples: readonly Triple[], id: string): string[] {
  const short = (address: string) => {
    const prefix = Object.entries(PREFIXES).find(([, all]) => address.startsWith(all));
    return prefix ? address.replace(prefix[1], `${prefix[0]}:`) : `<${address.replace(FOLDER, '')}>`;
  };
  const shown = ({ termType, value, datatype }: Term): string => {
    if (termType === 'NamedNode') return short(value);
    if (termType === 'BlankNode') return `[ ${about(value).join(' ; ')} ]`;
    const type = short(datatype!.value);
    return JSON.stringify(value) + (type === 'xsd:string' ? '' : `^^${type}`);
  };
  const about = (subject: string): string[] =>
    triples
      .filter((triple) => triple.subject.value === subject)
      .map(({ predicate, object }) => `${short(predicate.value)} ${shown(object)}`.replace(/^rdf:type/, 'a'))
      .sort();
  return about(id.startsWith('#') ? options.base + id : id);
}

describe('Web Annotation, as a processor of JSON-LD understands it', () => {
  const letter = marked('a b', 'So [PER Ada] 😀 left [GPE Rome].\r\n[PER Bob Ray].');
  const [ada, rome, bob] = letter.entities;
  const document = {
    ...letter,
    entities: [
      { ...ada!, note: 'who?', reviewed: true, suggestedBy: 'ner-2' },
      { ...rome!, link: 'wikidata:Q220', attributes: { level: 2 } },
      { ...bob!, parts: [[20, 23] as const, [24, 27] as const], externalId: 'https://example.org/anno/1' },
    ],
    relations: [{ id: 'r1', label: 'left', from: ada!.id, to: rome!.id }],
  };

  it('says in triples what the recommendation says', async () => {
    const triples = await jsonld.toRDF(await written(document), options);
    const selectors = (start: number, end: number, exact: string, prefix: string, suffix: string) =>
      `oa:hasSelector [ a oa:TextPositionSelector ; oa:end "${end}"^^xsd:nonNegativeInteger ; ` +
      `oa:start "${start}"^^xsd:nonNegativeInteger ] ; ` +
      `oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ${JSON.stringify(exact)} ; ` +
      `oa:prefix ${JSON.stringify(prefix)} ; oa:suffix ${JSON.stringify(suffix)} ]`;
    assert.deepEqual(turtle(triples, `#${ada!.id}`), [
      'a oa:Annotation',
      'dcterms:creator [ a as:Application ; foaf:name "ner-2" ]',
      'oa:hasBody [ a oa:TextualBody ; oa:hasPurpose oa:assessing ; rdf:value "reviewed" ]',
      'oa:hasBody [ a oa:TextualBody ; oa:hasPurpose oa:commenting ; rdf:value "who?" ]',
      'oa:hasBody [ a oa:TextualBody ; oa:hasPurpose oa:tagging ; rdf:value "PER" ]',
      `oa:hasTarget [ ${selectors(3, 6, 'Ada', 'So ', ' 😀 left Rome.\nBob Ray.')} ; oa:hasSource <a%20b.txt> ]`,
      'oa:motivatedBy oa:tagging',
    ]);
    assert.deepEqual(turtle(triples, `#${rome!.id}`), [
      'a oa:Annotation',
      'oa:hasBody [ a oa:SpecificResource ; oa:hasPurpose oa:identifying ; oa:hasSource <wikidata:Q220> ]',
      'oa:hasBody [ a oa:TextualBody ; dc:format "application/json" ; oa:hasPurpose oa:describing ; ' +
        'rdf:value "{\\"level\\":2}" ]',
      'oa:hasBody [ a oa:TextualBody ; oa:hasPurpose oa:tagging ; rdf:value "GPE" ]',
      `oa:hasTarget [ ${selectors(14, 18, 'Rome', 'So Ada 😀 left ', '.\nBob Ray.')} ; oa:hasSource <a%20b.txt> ]`,
      'oa:motivatedBy oa:tagging',
    ]);
    assert.deepEqual(
      turtle(triples, 'https://example.org/anno/1').filter((line) => line.startsWith('oa:hasTarget')),
      [
        `oa:hasTarget [ ${selectors(21, 24, 'Bob', 'So Ada 😀 left Rome.\n', ' Ray.')} ; oa:hasSource <a%20b.txt> ]`,
        `oa:hasTarget [ ${selectors(25, 28, 'Ray', 'So Ada 😀 left Rome.\nBob ', '.')} ; oa:hasSource <a%20b.txt> ]`,
      ],
    );
    assert.deepEqual(turtle(triples, '#r1'), [
      'a oa:Annotation',
      'oa:hasBody [ a oa:SpecificResource ; oa:hasPurpose oa:linking ; oa:hasSource <a%20b.jsonld#gpe2> ]',
      'oa:hasBody [ a oa:TextualBody ; oa:hasPurpose oa:tagging ; rdf:value "left" ]',
      'oa:hasTarget <a%20b.jsonld#per1>',
      'oa:motivatedBy oa:linking',
    ]);
    assert.deepEqual(
      turtle(triples, options.base).filter((line) => !line.startsWith('as:first')),
      ['a as:OrderedCollection', 'as:totalItems "4"^^xsd:nonNegativeInteger'],
    );
  });

  it('has a meaning for each of its terms, whatever is annotated', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    const any = documents({ fields, discontinuous: true, relations: true });
    await fc.assert(
      fc.asyncProperty(any, async (drawn) => {
        const json = await written({ ...drawn, name: 'a b' });
        // What has none is refused: else this would prove nothing.
        await assert.rejects(expanded({ ...json, colour: 'red' }), /Safe mode/);
        const compacted = await jsonld.compact(await expanded(json), ANNO_CONTEXT, options);
        const again = await read(compacted, drawn.index.raw);
        assert.deepEqual(again.notes, []);
        assert.deepEqual(essence(again.documents[0]!, fields), essence(drawn, fields));
      }),
      { numRuns: 25 },
    );
  });

  it('is read where types and values are said in another way that its context allows', async () => {
    const source = JSON.stringify(await written(document))
      .replace(/"type":"(Annotation|TextualBody)"/g, '"@type":["oa:$1"]')
      .replace(/"motivation":"(\w+)"/g, '"motivation":["oa:$1"]')
      .replace(/"id":/g, '"@id":');
    const other = JSON.parse(source) as object;
    assert.deepEqual(await expanded(other), await expanded(await written(document)));
    const { documents: all, notes } = await read(other, letter.index.raw);
    assert.deepEqual(notes, []);
    assert.deepEqual(
      essence(all[0]!, ['note', 'link', 'reviewed']),
      essence(document, ['note', 'link', 'reviewed']),
    );
  });

  const inOtherTerms: Record<string, (json: object) => Promise<unknown>> = {
    expanded: expanded,
    flattened: (json) => jsonld.flatten(json, null, options),
    'with prefixes': async (json) => jsonld.compact(await expanded(json), PREFIXES, options),
    'in the words of another language': async (json) => {
      const { target: Ziel, items: Einträge, ...others } = annoContext;
      const context = { ...others, Ziel, Einträge };
      return jsonld.compact(await expanded(json), context, options);
    },
  };
  for (const [how, convert] of Object.entries(inOtherTerms))
    it(`is refused where it is ${how}, and that is said`, async () => {
      const other = await convert(await written(document));
      await assert.rejects(read(other, letter.index.raw), (error: FormatError) => {
        const said = `a b.jsonld has no annotation in the terms of ${ANNO_CONTEXT}; compact it with that context`;
        assert.equal(formatErrorMessage(inEnglish, error), said);
        return true;
      });
    });

  it('tells which annotation of a file it does not understand, where there are others', async () => {
    const json = (await written(document)) as { first: { items: Record<string, unknown>[] } };
    const [first, ...rest] = json.first.items;
    const { target, ...others } = first!;
    const items = [{ ...others, 'oa:hasTarget': target }, ...rest];
    const { documents: all, notes } = await read(
      { ...json, first: { ...json.first, items } },
      letter.index.raw,
    );
    assert.equal(all[0]!.entities.length, 2);
    assert.deepEqual(told(notes), ['invalid value-malformed', 'invalid reference-missing']);
  });
});
