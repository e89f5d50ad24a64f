import assert from 'node:assert/strict';
import { W3CTextFormat, type W3CTextAnnotation } from '@recogito/text-annotator';
import { webannotation } from '../../../../src/formats/webannotation';
import { marked, parse, serialize, shown, told } from '../support';

/** Recogito reads and writes single annotations; relations are not in its format of texts. */
const recogito = W3CTextFormat('letter.txt');

describe('Recogito’s text annotator', () => {
  it('reads what we write, and writes what we read as the same entities', async () => {
    const letter = marked('letter', 'So [PER Ada Lovelace] left 北京市 for [GPE Rome].');
    const [ada, rome] = letter.entities;
    const parts = [[3, 6] as const, [11, 15] as const];
    const entities = [
      { ...ada!, parts, suggestedBy: 'ner-2', note: 'who?' },
      { ...rome!, link: 'wikidata:Q220', reviewed: true },
    ];
    const { files } = await serialize(webannotation, [{ ...letter, entities }]);
    const { first } = JSON.parse(files['letter.jsonld']!) as { first: { items: W3CTextAnnotation[] } };
    const read = first.items.map((item) => recogito.parse(item).parsed!);
    assert.deepEqual(
      read.map(({ target }) => target.selector.map(({ start, end, quote }) => ({ start, end, quote }))),
      [
        [
          { start: 3, end: 6, quote: 'Ada' },
          { start: 11, end: 15, quote: 'lace' },
        ],
        [{ start: 29, end: 33, quote: 'Rome' }],
      ],
    );
    assert.deepEqual(
      read.map(({ bodies }) => bodies.map(({ purpose, value }) => [purpose, value])),
      [
        [
          ['tagging', 'PER'],
          ['commenting', 'who?'],
        ],
        [
          ['tagging', 'GPE'],
          ['identifying', undefined],
          ['assessing', 'reviewed'],
        ],
      ],
    );

    const again = await parse(webannotation, {
      'letter.jsonld': JSON.stringify(read.map((annotation) => recogito.serialize(annotation))),
      'letter.txt': letter.index.raw,
    });
    assert.deepEqual(again.notes, []);
    const said = (all: readonly object[]) =>
      all.map((entity) => ({ ...entity, id: '', externalId: undefined }));
    assert.deepEqual(said(again.documents[0]!.entities), said(entities));
  });

  it('counts in UTF-16, as its browser does, which the quotes tell us', async () => {
    const text = '😀 Ada met 👩‍👩‍👧 Bob.';
    const annotate = (id: string, quote: string, value: string) => {
      const start = text.indexOf(quote);
      const selector = [{ id: `${id}-s`, quote, start, end: start + quote.length }];
      const bodies = [{ id: `${id}-b`, annotation: id, purpose: 'tagging' as const, value }];
      return recogito.serialize({ id, bodies, target: { annotation: id, selector } } as never);
    };
    const { documents, notes } = await parse(webannotation, {
      'letter.jsonld': JSON.stringify([annotate('u1', 'Ada', 'PER'), annotate('u2', 'Bob', 'PER')]),
      'letter.txt': text,
    });
    assert.deepEqual(shown(documents[0]!), ['PER [2, 5) "Ada"', 'PER [16, 19) "Bob"']);
    assert.deepEqual(told(notes), ['changed span-moved', 'changed span-moved']);
  });
});
