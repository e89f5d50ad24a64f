import assert from 'node:assert/strict';
import fc from 'fast-check';
import notatrix from 'notatrix';
import type { Entity } from '../../../../src/core/model/entity';
import { conllu } from '../../../../src/formats/conllu';
import { documents, essence } from '../documents';
import { marked, parse, serialize, shown } from '../support';

/** The sentences of a file as UD Annotatrix has them. */
const sentencesOf = (source: string) =>
  notatrix.split(source, {}).map((text) => new notatrix.Sentence(text, { interpretAs: 'CoNLL-U' }));

/** Its tokens as one can read them: form and MISC, words of a token in brackets, empty nodes in parentheses. */
const tokensOf = (source: string) =>
  sentencesOf(source).map((sentence) =>
    sentence.serialize().tokens.map(({ form, misc, isEmpty, analyses }) => {
      const words = analyses?.[0]?.subTokens.map((word) => [word.form, ...word.misc].join(' '));
      const said = [form, ...(words ? [`[${words.join(' | ')}]`] : []), ...misc].join(' ');
      return isEmpty ? `(${said})` : said;
    }),
  );

const written = (source: string) =>
  sentencesOf(source)
    .map((sentence) => sentence.to('CoNLL-U').output + '\n\n')
    .join('');

const FIELDS = ['note', 'link', 'reviewed', 'suggestedBy', 'attributes', 'externalId', 'parts'] as const;
const read = async (source: string) => {
  const { documents: all, notes } = await parse(conllu, { 'x.conllu': source });
  assert.deepEqual(notes, []);
  return all.map((document) => ({ text: document.index.raw, ...essence(document, FIELDS) }));
};

describe('Notatrix, of CoNLL-U', () => {
  it('reads the tokens, MISC and comments that we write, and writes what we read as the same entities', async () => {
    const letter = marked(
      '2024/letter',
      '[PER Ada [PER Lovelace]] met "[PER Bob]" 😀.\nIn [GPE 北京], (1843).\n',
    );
    const [ada, lovelace, bob, beijing] = letter.entities;
    const entities: Entity[] = [
      { ...ada!, note: 'who | a=b?' },
      lovelace!,
      { ...bob!, reviewed: true, suggestedBy: 'ner-2' },
      { ...beijing!, link: 'wikidata:Q956' },
    ];
    const source = (await serialize(conllu, [{ ...letter, entities }])).files['']!;
    assert.deepEqual(tokensOf(source), [
      [
        'Ada Entity=(e1-PER-1-Note:who%20%7C%20a%3Db?',
        'Lovelace Entity=(e2-PER-1)e1)',
        'met',
        '" SpaceAfter=No',
        'Bob Entity=(e3-PER-1-SuggestedBy:ner%2D2,Reviewed:Yes) SpaceAfter=No',
        '"',
        '😀 SpaceAfter=No',
        '. SpacesAfter=\\n',
      ],
      [
        'In',
        '北 Entity=(e4-GPE-1-Link:wikidata%3AQ956 SpaceAfter=No',
        '京 Entity=e4) SpaceAfter=No',
        ',',
        '( SpaceAfter=No',
        '1843 SpaceAfter=No',
        ') SpaceAfter=No',
        '. SpacesAfter=\\n',
      ],
    ]);
    assert.deepEqual(
      sentencesOf(source).map((sentence) => sentence.serialize().comments),
      [
        [
          'newdoc id = 2024/letter',
          'global.Entity = eid-etype-head-other',
          'newpar',
          'sent_id = 2024/letter-1',
          'text = Ada Lovelace met "Bob" 😀.',
        ],
        ['newpar', 'sent_id = 2024/letter-2', 'text = In 北京, (1843).'],
      ],
    );
    assert.deepEqual(await read(written(source)), await read(source));
  });

  it('reads words within tokens and empty nodes that we carry', async () => {
    const source = `# newdoc id = haus
# global.Entity = eid-etype-head-other
# sent_id = haus-1
# text = Wir gehen zum Haus.
1	Wir	wir	PRON	_	_	2	nsubj	_	Entity=(e1-PER-1)
2	gehen	gehen	VERB	_	_	0	root	_	_
2.1	dann	dann	ADV	_	_	_	_	2:advmod	_
3-4	zum	_	_	_	_	_	_	_	Typo=Yes
3	zu	zu	ADP	_	_	5	case	_	_
4	dem	der	DET	_	_	5	det	_	_
5	Haus	Haus	NOUN	_	_	2	obl	_	SpaceAfter=No
6	.	.	PUNCT	_	_	2	punct	_	_

`;
    const { documents: all } = await parse(conllu, { 'x.conllu': source });
    const place: Entity = { id: 'new', label: 'LOC', start: 10, end: 18, text: 'zum Haus', note: 'whose?' };
    const [document] = all;
    const changed = { ...document!, entities: [...document!.entities, place] };
    const again = (await serialize(conllu, [changed])).files['']!;
    assert.deepEqual(tokensOf(again), [
      [
        'Wir Entity=(e1-PER-1)',
        'gehen',
        '(dann)',
        'zum [zu Entity=(e2-LOC-1-Note:whose? | dem] Typo=Yes',
        'Haus Entity=e2) SpaceAfter=No',
        '.',
      ],
    ]);
    const back = await parse(conllu, { 'x.conllu': written(again) });
    assert.deepEqual(shown(back.documents[0]!), ['PER [0, 3) "Wir"', 'LOC [10, 18) "zum Haus"']);
    assert.deepEqual(await read(written(again)), await read(again));
  });

  it('gives back the same entities of whatever is annotated', async () => {
    const fields = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    await fc.assert(
      fc.asyncProperty(documents({ fields, discontinuous: true }), async (document) => {
        const source = (await serialize(conllu, [document])).files['']!;
        assert.deepEqual(await read(written(source)), await read(source));
      }),
      { numRuns: 25 },
    );
  });
});
