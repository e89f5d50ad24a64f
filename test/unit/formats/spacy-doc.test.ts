import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spacyDoc } from '../../../src/formats/spacy/doc';
import { without } from '../../../src/formats/shared/records/kept';
import { TextIndex } from '../../../src/core/text';
import { documents, essence, withoutTwins } from './documents';
import { marked, parse, serialize, shown, told } from './support';

/** As `Doc.to_json` gives it. */
const DOC = {
  text: 'Ada met Bob.\n\nIn  Rome.',
  ents: [
    { start: 0, end: 3, label: 'PERSON' },
    { start: 8, end: 11, label: 'PERSON' },
  ],
  sents: [
    { start: 0, end: 14 },
    { start: 14, end: 23 },
  ],
  cats: { news: 0.75 },
  tokens: [
    { id: 0, start: 0, end: 3, tag: 'NNP', dep: 'nsubj', head: 1 },
    { id: 1, start: 4, end: 7, tag: 'VBD', dep: 'ROOT', head: 1 },
    { id: 2, start: 8, end: 11, tag: 'NNP', dep: 'dobj', head: 1 },
    { id: 3, start: 11, end: 12, tag: '.', dep: 'punct', head: 1 },
    { id: 4, start: 12, end: 14, tag: '_SP', dep: 'dep', head: 3 },
    { id: 5, start: 14, end: 16, tag: 'IN', dep: 'ROOT', head: 5 },
    { id: 6, start: 17, end: 18, tag: '_SP', dep: 'dep', head: 5 },
    { id: 7, start: 18, end: 22, tag: 'NNP', dep: 'pobj', head: 5 },
    { id: 8, start: 22, end: 23, tag: '.', dep: 'punct', head: 5 },
  ],
  spans: {
    sc: [
      { start: 8, end: 11, label: 'PERSON', kb_id: '' },
      { start: 18, end: 22, label: 'GPE', kb_id: 'Q220' },
    ],
    other: [{ start: 0, end: 7, label: 'X', kb_id: '' }],
  },
  _: { source: 'x/rome', page: 3 },
};
const line = (value: unknown) => JSON.stringify(value) + '\n';
const read = async (content: string, options = {}) =>
  (await parse(spacyDoc, { 'a.jsonl': content }, 'a.jsonl', options)).documents[0]!;

interface Said {
  readonly text: string;
  readonly ents: readonly { start: number; end: number; label: string }[];
  readonly sents: readonly { start: number; end: number }[];
  readonly tokens: readonly { id: number; start: number; end: number }[];
  readonly spans?: Readonly<Record<string, readonly { start: number; end: number; kb_id: string }[]>>;
}
const write = async (
  ...args: Parameters<typeof serialize> extends [unknown, ...infer Rest] ? Rest : never
) => {
  const { files, notes } = await serialize(spacyDoc, ...args);
  return { said: JSON.parse(files['']!) as Said, notes };
};

describe('spaCy Doc JSON', () => {
  it('is read with entities and spans, and written as it was', async () => {
    const { documents: all, notes } = await parse(spacyDoc, { 'a.jsonl': line(DOC) });
    assert.deepEqual(notes, []);
    assert.equal(all[0]!.name, 'x/rome');
    assert.deepEqual(shown(all[0]!), ['PERSON [0, 3) "Ada"', 'PERSON [8, 11) "Bob"', 'GPE [18, 22) "Rome"']);
    assert.equal(all[0]!.entities[2]!.link, 'Q220');
    const { files, notes: written } = await serialize(spacyDoc, all);
    assert.deepEqual(written, []);
    assert.equal(files[''], line(DOC));
    const bare = without(DOC, ['tokens', 'spans']);
    assert.deepEqual(JSON.parse((await serialize(spacyDoc, [await read(line(bare))])).files['']!), {
      ...bare,
      tokens: DOC.tokens.map(({ id, start, end }) => ({ id, start, end })),
    });
  });

  it('is one object or a list in a file, too', async () => {
    const one = await parse(spacyDoc, { 'a.json': JSON.stringify(DOC, undefined, 2) });
    assert.deepEqual(one.documents.map(shown), [shown(await read(line(DOC)))]);
    const list = await parse(spacyDoc, { 'a.json': JSON.stringify([DOC, DOC], undefined, 1) });
    assert.deepEqual(
      list.documents.map(({ name }) => name),
      ['x/rome', 'x/rome-2'],
    );
  });

  it('is cut into tokens and sentences of ours', async () => {
    const { said, notes } = await write([
      marked('n', '[PER Ada] met  [PER Bob].\n\nIn [GPE Rome] un[X believ]able'),
    ]);
    const text = (span: { start: number; end: number }) => said.text.slice(span.start, span.end);
    assert.deepEqual(said.tokens.map(text), [
      'Ada',
      'met',
      ' ',
      'Bob',
      '.',
      '\n\n',
      'In',
      'Rome',
      'un',
      'believ',
      'able',
    ]);
    assert.deepEqual(said.sents.map(text), ['Ada met  Bob.\n\n', 'In Rome unbelievable']);
    assert.deepEqual(said.ents.map(text), ['Ada', 'Bob', 'Rome', 'believ']);
    assert.deepEqual(told(notes), ['changed token-cut [25, 31)']);
  });

  it('has what overlaps in a group of spans', async () => {
    const document = marked('n', '[ORG the [GPE Rome] office]');
    const usual = await write([document]);
    assert.deepEqual(usual.said.ents, [{ start: 0, end: 15, label: 'ORG' }]);
    assert.deepEqual(usual.said.spans, { sc: [{ start: 4, end: 8, label: 'GPE', kb_id: '' }] });
    assert.deepEqual(told(usual.notes), ['changed span-grouped [4, 8)']);
    const spans = await write([document], { options: { entities: 'spans', 'spans-key': 'mine' } });
    assert.deepEqual([spans.said.ents, spans.said.spans?.mine?.length, spans.notes], [[], 2, []]);
    const both = await write([document], { options: { entities: 'both' } });
    assert.deepEqual([both.said.ents.length, both.said.spans?.sc?.length], [1, 2]);
  });

  it('takes in whole tokens of its own, and keeps nothing that was made of another text', async () => {
    const document = await read(line(DOC));
    const [ada] = document.entities;
    const off = await write([{ ...document, entities: [{ ...ada!, end: 2, text: 'Ad' }] }]);
    assert.deepEqual(off.said.ents, DOC.ents.slice(0, 1));
    assert.deepEqual(told(off.notes), ['changed off-token [0, 2)']);
    const other = await write([{ ...document, index: new TextIndex('Ada left'), entities: [ada!] }]);
    assert.deepEqual(told(other.notes), ['lost carried-outdated']);
    assert.deepEqual(other.said, {
      text: 'Ada left',
      ents: DOC.ents.slice(0, 1),
      sents: [{ start: 0, end: 8 }],
      cats: DOC.cats,
      tokens: [
        { id: 0, start: 0, end: 3 },
        { id: 1, start: 4, end: 8 },
      ],
      spans: { sc: [] },
      _: DOC._,
    });
  });

  it('has empty ids and links that are none, and writes them again', async () => {
    const doc = {
      text: 'Ada left',
      ents: [{ start: 0, end: 3, label: 'PER', kb_id: '', id: '' }],
      tokens: [
        { id: 0, start: 0, end: 3 },
        { id: 1, start: 4, end: 8 },
      ],
    };
    const { documents: all } = await parse(spacyDoc, { 'a.json': JSON.stringify(doc) });
    const { id, label, start, end, text } = all[0]!.entities[0]!;
    assert.deepEqual(all[0]!.entities, [{ id, label, start, end, text }]);
    assert.deepEqual(JSON.parse((await serialize(spacyDoc, all)).files['']!), doc);
  });

  it('takes no values that spaCy does not', async () => {
    const { entities, ...document } = marked('n', '[PER Ada]');
    const attributes = { Negation: true, level: 'high' };
    const { said, notes } = await write([
      { ...document, entities: [{ ...entities[0]!, reviewed: true, attributes }] },
    ]);
    assert.deepEqual(said.ents, [{ start: 0, end: 3, label: 'PER', level: 'high' }]);
    assert.deepEqual(told(notes), ['lost field [0, 3)']);
    assert.deepEqual((said as { meta?: unknown }).meta, { source: 'n' });
  });

  it('comes back from any document, in tokens that make up its text', async () => {
    const fields = ['note', 'link', 'suggestedBy'] as const;
    await fc.assert(
      fc.asyncProperty(
        documents({ fields }).map(withoutTwins),
        fc.constantFrom('simple', 'words'),
        async (document, tokenizer) => {
          const first = await serialize(spacyDoc, [document], { options: { tokenizer } });
          const back = await read(first.files['']!);
          assert.equal(back.index.raw, document.index.raw);
          const distinct = (one: typeof document) => [...new Set(essence(one, fields).entities)];
          assert.deepEqual(distinct(back), distinct(document));
          assert.equal((await serialize(spacyDoc, [back])).files[''], first.files['']);
          const { text, tokens, ents } = JSON.parse(first.files['']!) as Said;
          const chars = Array.from(text);
          let end = 0;
          for (const token of tokens) {
            assert.match(chars.slice(end, token.start).join(''), /^ ?$/);
            ({ end } = token);
          }
          assert.equal(chars.slice(end).join('').trim(), '');
          ents.forEach((ent, i) => assert.ok(i === 0 || ent.start >= ents[i - 1]!.end));
        },
      ),
    );
  });

  it('of hostile values gives notes', async () => {
    const { documents: all, notes } = await parse(spacyDoc, {
      'a.jsonl': [
        line({
          text: 'Ada',
          ents: 7,
          tokens: [{ id: 0, start: 0, end: 1e9 }],
          spans: { sc: { a: 1 } },
          _: 3,
        }),
        line({ text: 'Ada', ents: [{ start: 0, end: 3, label: '' }], tokens: [7, null], spans: [] }),
        line({ ents: [] }),
      ].join(''),
    });
    assert.deepEqual(all.map(shown), [[], []]);
    assert.deepEqual(told([...notes].sort((a, b) => a.line! - b.line!)), [
      ...Array<string>(3).fill('invalid value-malformed line 1'),
      ...Array<string>(2).fill('invalid value-malformed line 2'),
      'invalid line-malformed line 3',
    ]);
    for (const form of [
      7,
      { tokens: { start: [0], end: 3 } },
      { tokens: { start: 'x' }, both: 3, only: [7] },
    ])
      await serialize(spacyDoc, [{ ...all[0]!, carried: { 'spacy-doc': { form, rest: [] } } }]);
  });
});
