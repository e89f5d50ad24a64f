import assert from 'node:assert/strict';
import fc from 'fast-check';
import { webannotation } from '../../../src/formats/webannotation';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import type { JsonObject } from '../../../src/formats/shared/json';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told, type Files } from './support';

const TEXT = 'Ada met Bob in New York.\nBob left 😀 Ada.';

const position = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });
const quote = (exact: string, prefix?: string, suffix?: string) => ({
  type: 'TextQuoteSelector',
  exact,
  prefix,
  suffix,
});
const tag = (value: string, more = {}) => ({ type: 'TextualBody', purpose: 'tagging', ...more, value });
const annotation = (id: string, body: unknown, selector: unknown, more = {}) => ({
  id,
  type: 'Annotation',
  motivation: 'tagging',
  ...more,
  body,
  target: { source: 'letter.txt', selector },
});

const read = async (value: unknown, files: Files = { 'x/letter.txt': TEXT }) => {
  const source = typeof value === 'string' ? value : JSON.stringify(value);
  const { documents: all, notes } = await parse(webannotation, { 'x/letter.jsonld': source, ...files });
  return { documents: all, document: all[0]!, notes };
};
const written = async (document: AnnotatedDocument) => {
  const { files } = await serialize(webannotation, [document]);
  return JSON.parse(files[`${document.name}.jsonld`]!) as JsonObject & { first: { items: JsonObject[] } };
};

describe('Web Annotation', () => {
  it('writes a collection beside the text', async () => {
    const document = marked('2024/a b', 'So [PER Ada] left.\r\n[GPE Rome] 😀 [PER Bob].', {});
    const [ada, rome, bob] = document.entities;
    const { files } = await serialize(webannotation, [
      {
        ...document,
        entities: [
          { ...ada!, note: 'who?', reviewed: true, externalId: 'https://example.org/1' },
          { ...rome!, link: 'wikidata:Q220', suggestedBy: 'ner-2' },
          { ...bob!, attributes: { certain: false } },
        ],
        relations: [{ id: 'r1', label: 'fled', from: ada!.id, to: rome!.id }],
      },
    ]);
    assert.equal(files['2024/a b.txt'], document.index.raw);
    const source = 'a%20b.txt';
    assert.deepEqual(JSON.parse(files['2024/a b.jsonld']!), {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'a%20b.jsonld',
      type: 'AnnotationCollection',
      total: 4,
      first: {
        id: 'a%20b.jsonld#page',
        type: 'AnnotationPage',
        startIndex: 0,
        items: [
          {
            id: 'https://example.org/1',
            type: 'Annotation',
            motivation: 'tagging',
            body: [
              tag('PER'),
              { type: 'TextualBody', purpose: 'commenting', value: 'who?' },
              { type: 'TextualBody', purpose: 'assessing', value: 'reviewed' },
            ],
            target: { source, selector: [position(3, 6), quote('Ada', 'So ', ' left.\nRome 😀 Bob.')] },
          },
          {
            id: `#${rome!.id}`,
            type: 'Annotation',
            motivation: 'tagging',
            creator: { type: 'Software', name: 'ner-2' },
            body: [tag('GPE'), { type: 'SpecificResource', purpose: 'identifying', source: 'wikidata:Q220' }],
            target: { source, selector: [position(14, 18), quote('Rome', 'So Ada left.\n', ' 😀 Bob.')] },
          },
          {
            id: `#${bob!.id}`,
            type: 'Annotation',
            motivation: 'tagging',
            body: [
              tag('PER'),
              {
                type: 'TextualBody',
                purpose: 'describing',
                format: 'application/json',
                value: '{"certain":false}',
              },
            ],
            target: { source, selector: [position(21, 24), quote('Bob', 'So Ada left.\nRome 😀 ', '.')] },
          },
          {
            id: '#r1',
            type: 'Annotation',
            motivation: 'linking',
            body: [tag('fled'), { type: 'SpecificResource', purpose: 'linking', source: `#${rome!.id}` }],
            target: 'https://example.org/1',
          },
        ],
      },
    });
  });

  it('gives back what it does not know', async () => {
    const creator = { id: 'https://example.org/people/1', type: 'Person', name: 'A. Reader' };
    const items = [
      {
        ...annotation(
          '#a',
          [
            tag('PER', { created: '2024-05-02T10:00:00Z', creator }),
            {
              type: 'SpecificResource',
              purpose: 'identifying',
              source: 'https://viaf.org/1',
              format: 'text/html',
            },
            { type: 'TextualBody', purpose: 'commenting', value: 'one', language: 'en' },
            { type: 'TextualBody', purpose: 'commenting', value: 'two' },
          ],
          [
            position(0, 3),
            quote('Ada', '', ' met Bob in New York.\nBob left 😀'),
            { type: 'XPathSelector', value: '/p[1]' },
          ],
          {
            created: '2024-05-02T10:00:00Z',
            creator,
          },
        ),
      },
      {
        id: '#b',
        type: 'Annotation',
        motivation: 'classifying',
        body: [{ id: 'http://dbpedia.org/ontology/Place', type: 'SpecificResource', purpose: 'classifying' }],
        target: {
          type: 'SpecificResource',
          state: { type: 'TimeState', sourceDate: '2024-05-01T00:00:00Z' },
          source: 'letter.txt',
          selector: [position(15, 23), quote('New York', 'Ada met Bob in ', '.\nBob left 😀 Ada.')],
        },
      },
      {
        id: '#c',
        type: 'Annotation',
        motivation: 'commenting',
        body: 'https://example.org/review',
        target: 'letter.txt',
      },
      {
        id: '#d',
        type: 'Annotation',
        motivation: 'replying',
        body: [{ type: 'TextualBody', value: 'no' }],
        target: '#c',
      },
    ];
    const page = {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'page1',
      type: 'AnnotationPage',
      partOf: { total: 9 },
      items,
    };
    const { document, notes } = await read(page);
    assert.deepEqual(told(notes), []);
    assert.deepEqual(shown(document), ['PER [0, 3) "Ada"', 'Place [15, 23) "New York"']);
    const [ada] = document.entities;
    assert.deepEqual([ada?.note, ada?.link, ada?.externalId], ['one', 'https://viaf.org/1', '#a']);
    assert.deepEqual(await written(document), page);
    const other = await written({
      ...document,
      entities: [{ ...ada!, label: 'ORG', note: undefined, start: 8, end: 11, text: 'Bob' }],
    });
    const [first, ...rest] = (other as unknown as typeof page).items;
    assert.deepEqual(
      [JSON.stringify(first).includes('XPath'), JSON.stringify(first).includes('"one"'), rest.length],
      [false, false, 2],
    );
  });

  it('reads an array, several labels, parts and relations as other programs write them', async () => {
    const two = (id: string, ...selector: object[]) => ({
      ...annotation(id, [tag('A'), tag('B')], undefined),
      target: selector.map((one) => ({ source: 'letter.txt', selector: one })),
    });
    const { document, notes } = await read([
      two('#1', [position(0, 3), quote('Ada')], [position(8, 11), quote('Bob')]),
      annotation('#2', tag('C'), [position(25, 28), position(36, 39), quote('Bob'), quote('Ada')]),
      {
        id: '#3',
        type: 'Annotation',
        motivation: 'linking',
        body: [tag('met')],
        target: [{ id: '#1' }, { id: '#2' }],
      },
      { id: '#4', type: 'Annotation', motivation: 'linking', body: '#1', target: '#2' },
      { id: '#5', type: 'Annotation', motivation: 'tagging', body: tag('saw'), target: '#4' },
      { id: '#6', type: 'Annotation', motivation: 'linking', body: '#1', target: '#9' },
    ]);
    assert.deepEqual(shown(document), [
      'A [0–3, 8–11) "Ada met Bob"',
      'B [0–3, 8–11) "Ada met Bob"',
      'C [25–28, 36–39) "Bob left 😀 Ada"',
    ]);
    const name = new Map(document.entities.map(({ id, label }) => [id, label]));
    assert.deepEqual(
      document.relations.map(({ label, from, to }) => [label, name.get(from), name.get(to)]),
      [
        ['met', 'A', 'C'],
        ['saw', 'C', 'A'],
      ],
    );
    assert.deepEqual(told(notes), ['invalid reference-missing']);
    const again = await read(await written(document));
    assert.deepEqual(essence(again.document), essence(document));
  });

  describe('finds the place', () => {
    const CASES: readonly [what: string, selector: unknown, entities: string[], notes: string[]][] = [
      ['code points', [position(36, 39), quote('Ada')], ['X [36, 39) "Ada"'], []],
      ['UTF-16 units', [position(37, 40), quote('Ada')], ['X [36, 39) "Ada"'], ['changed span-moved']],
      ['no quote', position(8, 11), ['X [8, 11) "Bob"'], []],
      ['a quote alone', quote('New York'), ['X [15, 23) "New York"'], ['changed placed-by-quote']],
      [
        'a quote with what is around it',
        quote('Bob', 'York.\n', ' left'),
        ['X [25, 28) "Bob"'],
        ['changed placed-by-quote'],
      ],
      [
        'a quote as a browser gives it',
        quote('York. Bob', 'New ', ' left'),
        ['X [19, 28) "York.\\nBob"'],
        ['changed placed-by-quote'],
      ],
      ['a quote that is there twice', quote('Bob'), ['X [0, 0) broken "Bob"'], ['changed text-mismatch']],
      [
        'a position that is another',
        [position(0, 3), quote('New York')],
        ['X [15, 23) "New York"'],
        ['changed placed-by-quote'],
      ],
      [
        'nothing of it',
        [position(0, 3), quote('Nora')],
        ['X [0, 3) broken "Nora"'],
        ['changed text-mismatch'],
      ],
      ['a place behind the end', position(8, 1e6), [], ['invalid span-outside']],
      ['an empty place', position(8, 8), [], ['invalid empty-span']],
      [
        'a fragment of plain text',
        { type: 'FragmentSelector', conformsTo: 'http://tools.ietf.org/rfc/rfc5147', value: 'char=0,3' },
        ['X [0, 3) "Ada"'],
        [],
      ],
      [
        'a range',
        { type: 'RangeSelector', startSelector: position(0, 1), endSelector: position(3, 4) },
        ['X [0, 3) "Ada"'],
        [],
      ],
      ['another kind', { type: 'CssSelector', value: 'p' }, [], ['lost region-unsupported']],
      [
        'numbers that are none',
        [{ type: 'TextPositionSelector', start: -1, end: 'x' }],
        [],
        ['lost region-unsupported'],
      ],
    ];
    for (const [what, selector, entities, notes] of CASES)
      it(what, async () => {
        const found = await read([annotation('#1', tag('X'), selector)]);
        assert.deepEqual(shown(found.document), entities);
        assert.deepEqual(told(found.notes), notes);
      });
  });

  it('reads the kinds of bodies', async () => {
    const CASES: readonly [body: object, label: string, fields: JsonObject][] = [
      [{ body: tag('A') }, 'A', {}],
      [{ body: { type: 'TextualBody', value: 'A' } }, 'A', {}],
      [{ bodyValue: 'A' }, 'A', {}],
      [{ bodyValue: 'A', motivation: 'commenting' }, 'annotation', { note: 'A' }],
      [{ body: ['http://dbpedia.org/ontology/Ada%20L'] }, 'Ada L', {}],
      [{ body: 'http://viaf.org/1', motivation: 'identifying' }, 'annotation', { link: 'http://viaf.org/1' }],
      [{ body: [tag('A'), { purpose: 'assessing', value: 'not reviewed' }] }, 'A', { reviewed: false }],
      [
        { body: [tag('A'), { purpose: 'describing', format: 'application/json', value: '{"b": [1]}' }] },
        'A',
        { attributes: { b: [1] } },
      ],
      [
        { body: [tag('A'), { purpose: 'describing', format: 'application/json', value: '{' }] },
        'A',
        { note: '{' },
      ],
      [{ body: [tag('A')], creator: { type: 'Software', name: 'm' } }, 'A', { suggestedBy: 'm' }],
      [{ body: [tag('A')], creator: { type: 'Person', name: 'm' } }, 'A', {}],
    ];
    for (const [more, label, fields] of CASES) {
      const value = { ...annotation('#1', undefined, position(0, 3)), ...more };
      const { document } = await read(value);
      const own = ({ note, link, reviewed, attributes, suggestedBy }: JsonObject) =>
        JSON.stringify({ note, link, reviewed, attributes, suggestedBy });
      const [entity, ...others] = document.entities;
      assert.deepEqual(
        [entity?.label, others.length, own(entity as never)],
        [label, 0, own(fields)],
        JSON.stringify(more),
      );
      const again = await read(JSON.stringify(await written(document)));
      assert.deepEqual(
        [again.document.entities[0]?.label, own(again.document.entities[0] as never)],
        [label, own(fields)],
      );
    }
  });

  it('takes the text from the file of its name, from the one beside, or from the source', async () => {
    const one = (source: unknown) => ({
      ...annotation('#1', tag('X'), undefined),
      target: { source, selector: position(0, 3) },
    });
    assert.equal(
      (await read(one('http://example.org/texts/a%20b.txt'), { 'x/a b.txt': TEXT })).document.index.raw,
      TEXT,
    );
    assert.equal((await read(one('http://example.org/1'))).document.index.raw, TEXT);
    assert.equal((await read(one({ id: 'urn:1', value: 'Ada.' }), {})).document.index.raw, 'Ada.');
    await assert.rejects(read(one('a.txt'), {}), { code: 'text-missing' });
    const source = [one('../../b.txt'), { ...one('c.txt'), id: '#2' }, { ...one('d.txt'), id: '#3' }];
    const several = await read(source, { 'x/b.txt': TEXT, 'x/c.txt': 'Abcdef' });
    assert.deepEqual(
      several.documents.map(({ name }) => name),
      ['x/b', 'x/c'],
    );
    assert.deepEqual(told(several.notes), ['invalid reference-missing']);
    const elsewhere = await written((await read(one('http://example.org/1'))).document);
    assert.equal(JSON.stringify(elsewhere).includes('"source":"http://example.org/1"'), true);
  });

  it('says what is wrong', async () => {
    await assert.rejects(read('{"a": 1}'), { code: 'file-not-format' });
    await assert.rejects(read('[{'), { code: 'json-malformed' });
    const { document, notes } = await read([
      7,
      { type: 'Thing' },
      { type: 'Annotation' },
      annotation('#1', tag('X'), position(0, 3)),
      annotation('#1', tag('Y'), position(0, 3)),
    ]);
    assert.deepEqual(shown(document), ['X [0, 3) "Ada"']);
    assert.deepEqual(told(notes), [
      'invalid value-malformed',
      'invalid value-malformed',
      'invalid duplicate',
      'invalid value-malformed',
    ]);
    const pages = await read({
      type: 'AnnotationCollection',
      first: { items: [], next: { items: [], next: 'page3' } },
    });
    assert.deepEqual(told(pages.notes), ['invalid reference-missing']);
  });

  it('reads whatever the JSON holds, and writes whatever a sidecar holds', async () => {
    const value = fc.jsonValue();
    const keys = ['body', 'target', 'motivation', 'creator', 'id', 'type', 'bodyValue'];
    await fc.assert(
      fc.asyncProperty(
        value,
        fc.constantFrom(...keys),
        fc.constantFrom('purpose', 'source', 'selector', 'value'),
        async (any, key, inner) => {
          for (const hostile of [any, { [inner]: any }, [{ [inner]: any, purpose: 'linking' }, any]]) {
            const one = { ...annotation('__proto__', [tag('__proto__')], position(0, 3)), [key]: hostile };
            const { documents: all } = await read([one, annotation('#2', tag('X'), position(0, 3))]);
            for (const document of all) await written(document);
          }
          for (const carried of [
            any,
            { frame: any, source: any, usual: any, others: any },
            { annotations: { per1: { rest: any, bodies: any, selectors: any, targets: any } } },
          ]) {
            const document = marked('x/letter', '[PER Ada].', {
              carried: { webannotation: carried as never },
            });
            const { files } = await serialize(webannotation, [document]);
            assert.ok(files['x/letter.jsonld']!.includes('PER'));
          }
        },
      ),
    );
  });

  it('reads positions without a quote in UTF-16 where they can be nothing else, and tells where they seem to be', async () => {
    const raw = '😀 Ada met Bob 😀.';
    const make = (...spans: (readonly [number, number])[]) =>
      spans.map(([start, end], i) => annotation(`#${i}`, tag('X'), position(start, end)));
    const readIn = async (value: unknown, options = {}) => {
      const files = { 'letter.jsonld': JSON.stringify(value), 'letter.txt': raw };
      const { documents: all, notes } = await parse(webannotation, files, 'letter.jsonld', options);
      return [...shown(all[0]!), ...told(notes)];
    };
    const found = ['X [2, 5) "Ada"', 'X [10, 13) "Bob"'];
    assert.deepEqual(await readIn(make([2, 5], [10, 13])), found);
    assert.deepEqual(await readIn(make([3, 6], [11, 14])), [
      'X [3, 6) "da "',
      'X [11, 14) "ob "',
      'changed offsets-doubtful',
    ]);
    assert.deepEqual(await readIn(make([3, 6], [11, 14]), { offsets: 'utf-16' }), found);
    // The text has 16 code points and 18 units.
    assert.deepEqual(await readIn(make([3, 6], [11, 14], [15, 18])), [
      ...found,
      'X [14, 16) "😀."',
      'changed offsets-proved',
    ]);
    assert.deepEqual(await readIn(make([2, 5], [15, 18]), { offsets: 'code-points' }), [
      'X [2, 5) "Ada"',
      'invalid span-outside',
    ]);
  });

  it('comes back from any document', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    const compared = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy', 'parts'] as const;
    await fc.assert(
      fc.asyncProperty(documents({ fields, relations: true, discontinuous: true }), async (document) => {
        const { files } = await serialize(webannotation, [document]);
        const { documents: all, notes } = await parse(webannotation, files, 'a.jsonld');
        assert.deepEqual(notes, []);
        assert.equal(all[0]!.index.raw, document.index.raw);
        assert.deepEqual(essence(all[0]!, compared), essence(document, compared));
        const twice = await serialize(webannotation, all);
        // Of the same places and labels, the order is that of the ids, which are made anew.
        const linesOf = (source: string) => source.split(/,?\n/).sort();
        assert.deepEqual(linesOf(twice.files['a.jsonld']!), linesOf(files['a.jsonld']!));
      }),
    );
  });
});
