import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prodigy } from '../../../src/formats/prodigy';
import { without } from '../../../src/formats/shared/records/kept';
import { TextIndex } from '../../../src/core/text';
import { documents, essence, withoutTwins } from './documents';
import { marked, parse, serialize, shown, told } from './support';

/** As `prodigy db-out` gives it. */
const TASK = {
  text: 'Ada met Bob 😀 in Rome.',
  meta: { source: 'x/rome.txt', pattern: '3' },
  _input_hash: -400334998,
  _task_hash: 1861007191,
  _is_binary: false,
  tokens: [
    { text: 'Ada', start: 0, end: 3, id: 0, ws: true },
    { text: 'met', start: 4, end: 7, id: 1, ws: true },
    { text: 'Bob', start: 8, end: 11, id: 2, ws: true },
    { text: '😀', start: 12, end: 13, id: 3, ws: true },
    { text: 'in', start: 14, end: 16, id: 4, ws: true },
    { text: 'Rome', start: 17, end: 21, id: 5, ws: false },
    { text: '.', start: 21, end: 22, id: 6, ws: false },
  ],
  _view_id: 'relations',
  spans: [
    { start: 0, end: 3, token_start: 0, token_end: 0, label: 'PERSON' },
    {
      start: 8,
      end: 11,
      token_start: 2,
      token_end: 2,
      label: 'PERSON',
      source: 'en_core_web_sm',
      score: 0.5,
    },
    { start: 17, end: 21, token_start: 5, token_end: 5, label: 'GPE', kb_id: 'Q220' },
  ],
  relations: [
    {
      head: 0,
      child: 2,
      head_span: { start: 0, end: 3, token_start: 0, token_end: 0, label: 'PERSON' },
      child_span: { start: 8, end: 11, token_start: 2, token_end: 2, label: 'PERSON' },
      color: '#ffd882',
      label: 'met',
    },
    {
      head: 1,
      child: 4,
      head_span: { start: 4, end: 7, token_start: 1, token_end: 1, label: null },
      child_span: { start: 14, end: 16, token_start: 4, token_end: 4, label: null },
      label: 'prep',
    },
  ],
  answer: 'accept',
  _timestamp: 1690000000,
};
const line = (value: unknown) => JSON.stringify(value) + '\n';
const read = (content: string) => parse(prodigy, { 'a.jsonl': content });
const one = async (content: string) => (await read(content)).documents[0]!;
const write = async (
  ...args: Parameters<typeof serialize> extends [unknown, ...infer Rest] ? Rest : never
) => {
  const { files, notes } = await serialize(prodigy, ...args);
  return { task: JSON.parse(files['']!) as Partial<typeof TASK>, notes };
};

describe('Prodigy JSONL', () => {
  it('is read with spans, relations and the answer, and written as it was', async () => {
    const { documents: all, notes } = await read(line(TASK));
    assert.deepEqual(notes, []);
    const [document] = all;
    assert.equal(document!.name, 'x/rome');
    assert.equal(document!.status, 'done');
    assert.deepEqual(shown(document!), [
      'PERSON [0, 3) "Ada"',
      'PERSON [8, 11) "Bob"',
      'GPE [17, 21) "Rome"',
    ]);
    const [ada, bob, rome] = document!.entities;
    assert.deepEqual(
      [bob!.suggestedBy, bob!.reviewed, bob!.attributes],
      ['en_core_web_sm', true, { score: 0.5 }],
    );
    assert.equal(rome!.link, 'Q220');
    assert.deepEqual(
      document!.relations.map(({ label, from, to, attributes }) => [label, from, to, attributes]),
      [['met', ada!.id, bob!.id, { color: '#ffd882' }]],
    );
    const { files, notes: written } = await serialize(prodigy, all);
    assert.deepEqual(written, []);
    assert.equal(files[''], line(TASK));
  });

  it('of less comes back as it was, too', async () => {
    const bare = without(TASK, ['tokens', 'relations']);
    const spans = [{ text: 'Ada', start: 0, token_start: 0, token_end: 0, end: 3, type: 'span', label: 'X' }];
    for (const task of [
      { text: 'Ada' },
      { ...bare, spans: [{ start: 0, end: 3, label: 'PERSON' }] },
      { ...TASK, relations: [] },
      { ...TASK, tokens: TASK.tokens.map((token, id) => ({ ...token, disabled: id === 0 })) },
      { ...TASK, tokens: TASK.tokens.map((token, id) => (id === 0 ? { ...token, disabled: true } : token)) },
      { ...TASK, spans, relations: [] },
    ]) {
      const { documents: all, notes } = await read(line(task));
      const { files } = await serialize(prodigy, all);
      assert.deepEqual(JSON.parse(files['']!), { spans: [], ...task });
      assert.deepEqual(notes, []);
    }
  });

  it('makes no entities of what was refused, and gives that back', async () => {
    for (const answer of ['reject', 'ignore']) {
      const task = { ...TASK, answer };
      const { documents: all, notes } = await read(line(task));
      assert.deepEqual([all[0]!.entities, all[0]!.relations, all[0]!.status], [[], [], undefined]);
      assert.deepEqual(told(notes), ['changed answer-not-accepted line 1']);
      assert.equal((await serialize(prodigy, all)).files[''], line(task));
      const done = await write([{ ...all[0]!, status: 'done' }]);
      assert.deepEqual([done.task.answer, done.task.spans], ['accept', []]);
    }
  });

  it('keeps no hashes and tokens of another text', async () => {
    const document = await one(line(TASK));
    const [ada] = document.entities;
    const { task, notes } = await write([
      { ...document, index: new TextIndex('Ada left'), entities: [ada!], relations: [], status: 'open' },
    ]);
    assert.deepEqual(told(notes), ['lost carried-outdated']);
    assert.match(notes[0]!.values!.keys!, /_input_hash, _task_hash/);
    assert.deepEqual(task, {
      text: 'Ada left',
      meta: TASK.meta,
      _is_binary: false,
      tokens: [
        { text: 'Ada', start: 0, end: 3, id: 0, ws: true },
        { text: 'left', start: 4, end: 8, id: 1, ws: false },
      ],
      _view_id: 'relations',
      spans: TASK.spans.slice(0, 1),
      relations: [],
      _timestamp: TASK._timestamp,
    });
  });

  it('has tokens of ours where it had none, unless none are wanted', async () => {
    const document = marked('n', '[PER Ada] un[X believ]able\n');
    const { task, notes } = await write([document]);
    assert.deepEqual(
      task.tokens!.map(({ text, ws }) => text + (ws ? ' ' : '')),
      ['Ada ', 'un', 'believ', 'able', '\n'],
    );
    assert.deepEqual(task.spans, [
      { start: 0, end: 3, token_start: 0, token_end: 0, label: 'PER' },
      { start: 6, end: 12, token_start: 2, token_end: 2, label: 'X' },
    ]);
    assert.deepEqual(told(notes), ['changed token-cut [6, 12)']);
    const bare = await write([document], { options: { tokenizer: 'none' } });
    assert.deepEqual(bare.task, {
      text: 'Ada unbelievable\n',
      meta: { source: 'n' },
      spans: [
        { start: 0, end: 3, label: 'PER' },
        { start: 6, end: 12, label: 'X' },
      ],
    });
    assert.deepEqual(bare.notes, []);
  });

  it('takes in whole tokens of its own, and tells of relations that lose an end', async () => {
    const document = await one(line(TASK));
    const [ada, bob] = document.entities;
    const cut = await write([{ ...document, entities: [{ ...ada!, end: 2, text: 'Ad' }, bob!] }]);
    assert.deepEqual(cut.task.spans?.[0], TASK.spans[0]);
    assert.equal(cut.task.relations?.length, 2);
    assert.deepEqual(told(cut.notes), ['changed off-token [0, 2)']);
    const lone = await write([{ ...document, entities: [ada!] }]);
    assert.deepEqual(told(lone.notes), ['lost relation-end-missing [0, 3)']);
  });

  it('says what is wrong in it, and reads on', async () => {
    const { documents: all, notes } = await read(
      [
        line({
          text: 'Ada',
          spans: [{ start: 0, end: 9, label: 'X' }, { start: 0, end: 3 }, 7],
          relations: [7, {}],
        }),
        line({ html: '<b>' }),
        line({ text: 'Ada', spans: 7, tokens: [{ start: 2, end: 1 }], answer: ['x'], meta: 'x' }),
      ].join(''),
    );
    assert.deepEqual(all.map(shown), [[], []]);
    assert.deepEqual(told([...notes].sort((a, b) => a.line! - b.line!)), [
      'invalid span-outside line 1',
      ...Array<string>(4).fill('invalid value-malformed line 1'),
      'invalid line-malformed line 2',
      ...Array<string>(2).fill('invalid value-malformed line 3'),
    ]);
    for (const rest of [7, { spans: 7, relations: 'x', tokens: { start: [] }, answer: 'reject' }])
      await serialize(prodigy, [{ ...all[0]!, carried: { prodigy: { rest } } }]);
  });

  it('comes back from any document', async () => {
    const fields = ['reviewed', 'suggestedBy', 'note', 'link', 'attributes'] as const;
    await fc.assert(
      fc.asyncProperty(
        documents({ fields, relations: true }).map(withoutTwins),
        fc.constantFrom('simple', 'words', 'none'),
        async (document, tokenizer) => {
          const first = await serialize(prodigy, [document], { options: { tokenizer } });
          const back = await one(first.files['']!);
          assert.equal(back.index.raw, document.index.raw);
          assert.deepEqual(essence(back, fields), essence(document, fields));
          assert.equal((await serialize(prodigy, [back])).files[''], first.files['']);
          const { text, tokens = [], spans = [] } = JSON.parse(first.files['']!) as typeof TASK;
          const chars = Array.from(text);
          for (const { text: said, start, end } of tokens)
            assert.equal(chars.slice(start, end).join(''), said);
          for (const { start, end, token_start, token_end } of tokens.length > 0 ? spans : [])
            assert.deepEqual([tokens[token_start]!.start, tokens[token_end]!.end], [start, end]);
        },
      ),
    );
  });

  it('is recognized by its beginning', () => {
    assert.ok(prodigy.recognizes(line(TASK), 'a.jsonl'));
    assert.ok(!prodigy.recognizes(line({ text: 'a', entities: [] }), 'a.jsonl'));
  });
});
