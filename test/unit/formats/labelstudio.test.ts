import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/model/entity';
import { withFields } from '../../../src/core/model/entity';
import { labelstudio } from '../../../src/formats/labelstudio';
import type { AnnotatedDocument } from '../../../src/formats/shared/document';
import type { JsonObject } from '../../../src/formats/shared/json';
import { documents, essence } from './documents';
import { marked, parse, serialize, shown, told, type Files } from './support';

const TEXT = 'Ada met Bob in New York.\nBob left 😀 Ada.';

const region = (
  id: string,
  start: number,
  end: number,
  text: string | undefined,
  labels: string[],
  more = {},
) => ({
  value: { start, end, ...(text !== undefined && { text }), labels },
  id,
  from_name: 'label',
  to_name: 'text',
  type: 'labels',
  origin: 'manual',
  ...more,
});

/** A task as the export has it. */
const task = (result: readonly object[], more: object = {}, text = TEXT) => ({
  id: 7,
  annotations: [
    {
      id: 12,
      completed_by: 3,
      result,
      was_cancelled: false,
      ground_truth: false,
      created_at: '2024-05-02T10:00:00.000000Z',
      lead_time: 12.5,
    },
  ],
  file_upload: '1a2b3c4d-letter.txt',
  drafts: [],
  predictions: [],
  data: { text },
  meta: {},
  project: 2,
  ...more,
});

const read = async (value: unknown, more: Files = {}, options: Record<string, string> = {}) => {
  const { documents: all, notes } = await parse(
    labelstudio,
    { 'x/export.json': typeof value === 'string' ? value : JSON.stringify(value), ...more },
    'x/export.json',
    options,
  );
  return { documents: all, document: all[0]!, notes };
};
const written = async (all: readonly AnnotatedDocument[], options = {}) => {
  const { files, notes } = await serialize(labelstudio, all, { options });
  return { tasks: JSON.parse(files['']!) as JsonObject[], notes };
};
const again = async (value: object) => (await written((await read([value])).documents)).tasks[0];

describe('Label Studio', () => {
  it('reads regions with notes, controls and relations, and gives the same task back', async () => {
    const control = (id: string, name: string, type: string, value: object) => ({
      value: { start: 8, end: 11, text: 'Bob', ...value },
      id,
      from_name: name,
      to_name: 'text',
      type,
      origin: 'manual',
    });
    const source = task([
      region('u5Yc', 15, 23, 'New York', ['GPE', 'LOC'], { meta: { text: ['which one?'] } }),
      region('aB3x', 0, 3, 'Ada', ['PER']),
      region('bob0', 8, 11, 'Bob', ['PER'], { score: 0.5, parentID: 'aB3x' }),
      control('bob0', 'gender', 'choices', { choices: ['male'] }),
      control('bob0', 'roles', 'choices', { choices: ['friend', 'rival'] }),
      control('bob0', 'sure', 'rating', { rating: 4 }),
      control('bob0', 'comment', 'textarea', { text: ['said “Bob”'] }),
      {
        value: { choices: ['news'] },
        id: 'whole',
        from_name: 'topic',
        to_name: 'text',
        type: 'choices',
        origin: 'manual',
      },
      { from_id: 'aB3x', to_id: 'bob0', type: 'relation', direction: 'right', labels: ['met', 'knows'] },
      { from_id: 'bob0', to_id: 'u5Yc', type: 'relation', direction: 'bi' },
    ]);
    const { document, notes } = await read([source]);
    assert.deepEqual(notes, []);
    assert.equal(document.name, 'letter');
    assert.equal(document.status, 'done');
    assert.deepEqual(shown(document), [
      'PER [0, 3) "Ada"',
      'PER [8, 11) "Bob"',
      'GPE [15, 23) "New York"',
      'LOC [15, 23) "New York"',
    ]);
    const [ada, bob, gpe, loc] = document.entities;
    assert.deepEqual(bob?.attributes, {
      gender: 'male',
      roles: ['friend', 'rival'],
      sure: 4,
      comment: 'said “Bob”',
    });
    assert.deepEqual([gpe?.note, loc?.note, loc?.externalId], ['which one?', 'which one?', 'u5Yc']);
    assert.deepEqual(
      document.relations.map(({ label, from, to, attributes }) => [label, from, to, attributes]),
      [
        ['met', ada?.id, bob?.id, undefined],
        ['knows', ada?.id, bob?.id, undefined],
        ['related', bob?.id, gpe?.id, { direction: 'bi' }],
      ],
    );
    assert.equal(JSON.stringify(await again(source)).length, JSON.stringify(source).length);
    assert.deepEqual(await again(source), source);
  });

  it('writes what was changed, and no more of what is gone', async () => {
    const { document } = await read([
      task([
        region('r1', 0, 3, 'Ada', ['PER'], { score: 1 }),
        region('r2', 8, 11, 'Bob', ['PER']),
        { from_id: 'r1', to_id: 'r2', type: 'relation', direction: 'right', labels: ['met'] },
      ]),
    ]);
    const [, bob] = document.entities;
    const { tasks, notes } = await written([
      { ...document, entities: [{ ...bob!, label: 'ORG', note: 'n' }] },
    ]);
    const [{ annotations }] = tasks as [{ annotations: [{ result: unknown }] }];
    assert.deepEqual(annotations[0].result, [region('r2', 8, 11, 'Bob', ['ORG'], { meta: { text: ['n'] } })]);
    assert.deepEqual(told(notes), ['lost relation-end-missing']);
  });

  it('writes documents of others as tasks to be imported', async () => {
    const document = marked('2024/a', '[PER Ada] met [GPE New [PER York]].', { status: 'done' });
    const [ada, ...others] = document.entities;
    const entities = [
      { ...ada!, reviewed: true, link: 'wikidata:Q7259' },
      ...others.map((one) => ({ ...one, suggestedBy: 'm-1' })),
    ];
    const { tasks } = await written([{ ...document, entities }]);
    assert.deepEqual(tasks, [
      {
        data: { text: 'Ada met New York.', article: '2024/a' },
        annotations: [
          {
            result: [
              {
                value: { start: 0, end: 3, text: 'Ada', labels: ['PER'] },
                id: 'per1',
                from_name: 'label',
                to_name: 'text',
                type: 'labels',
                meta: { link: 'wikidata:Q7259', reviewed: true },
              },
            ],
          },
        ],
        predictions: [
          {
            model_version: 'm-1',
            result: [
              {
                value: { start: 8, end: 16, text: 'New York', labels: ['GPE'] },
                id: 'gpe3',
                from_name: 'label',
                to_name: 'text',
                type: 'labels',
              },
              {
                value: { start: 12, end: 16, text: 'York', labels: ['PER'] },
                id: 'per2',
                from_name: 'label',
                to_name: 'text',
                type: 'labels',
              },
            ],
          },
        ],
        meta: { status: 'done' },
      },
    ]);
  });

  it('takes predictions for suggestions until a person has annotated the text', async () => {
    const predictions = [
      {
        id: 1,
        model_version: 'ner-2',
        score: 0.9,
        result: [region('p', 8, 11, 'Bob', ['PER'], { score: 0.8 })],
      },
      { id: 2, result: [region('q', 0, 3, 'Ada', ['PER'])] },
    ];
    const open = task([], { annotations: [], predictions });
    const { document } = await read([open]);
    assert.equal(document.status, undefined);
    assert.deepEqual(
      document.entities.map(({ text, suggestedBy }) => [text, suggestedBy]),
      [
        ['Ada', 'prediction'],
        ['Bob', 'ner-2'],
      ],
    );
    assert.deepEqual((await again(open))?.annotations, []);
    const models = (await again(open))?.predictions as JsonObject[];
    assert.deepEqual(
      new Set(models.map((one) => JSON.stringify(one))),
      new Set(predictions.map((one) => JSON.stringify(one))),
    );
    const done = task([region('p', 8, 11, 'Bob', ['PER'])], { predictions });
    assert.deepEqual(shown((await read([done])).document), ['PER [8, 11) "Bob"']);
    assert.deepEqual(await again(done), done);
  });

  it('reads the ground truth, the first or the chosen annotation, and keeps the others', async () => {
    const one = (id: number, label: string, more = {}) => ({
      id,
      completed_by: { id, email: `a${id}@example.org` },
      result: [region(`r${id}`, 0, 3, 'Ada', [label])],
      ...more,
    });
    const labelOf = async (annotations: object[], options = {}) => {
      const { document, notes } = await read([task([], { annotations })], {}, options);
      return [document.entities.map(({ label, reviewed }) => [label, reviewed]), told(notes)];
    };
    const kept = ['changed annotations-kept line 1'];
    assert.deepEqual(await labelOf([one(1, 'A'), one(2, 'B')]), [[['A', undefined]], kept]);
    assert.deepEqual(await labelOf([one(1, 'A'), one(2, 'B', { ground_truth: true })]), [
      [['B', true]],
      kept,
    ]);
    assert.deepEqual(await labelOf([one(1, 'A', { was_cancelled: true }), one(2, 'B')]), [
      [['B', undefined]],
      kept,
    ]);
    assert.deepEqual(await labelOf([one(1, 'A'), one(2, 'B')], { annotator: 'a2@example.org' }), [
      [['B', undefined]],
      kept,
    ]);
    assert.deepEqual(await labelOf([one(1, 'A')], { annotator: '9' }), [[], kept]);
    const all = task([], { annotations: [one(1, 'A', { skipped: true }), one(2, 'B'), one(3, 'C')] });
    assert.deepEqual(await again(all), all);
  });

  it('reads UTF-16 units where regions do not say their texts, and code points cannot be meant', async () => {
    const short = '😀 Ada met Bob';
    const results = (...places: (readonly [number, number])[]) =>
      places.map(([start, end], i) => ({
        id: `r${i}`,
        from_name: 'label',
        to_name: 'text',
        type: 'labels',
        value: { start, end, labels: ['PER'] },
      }));
    const { documents: all, notes } = await read([task(results([3, 6], [11, 14]), {}, short)]);
    assert.deepEqual(shown(all[0]!), ['PER [2, 5) "Ada"', 'PER [10, 13) "Bob"']);
    assert.deepEqual(told(notes), ['changed offsets-proved line 1']);
    const right = await read([task(results([2, 5], [10, 13]), {}, short)]);
    assert.deepEqual([shown(right.documents[0]!), told(right.notes)], [shown(all[0]!), []]);
  });

  it('keeps regions of another text of the task, and tells them', async () => {
    const place = { start: 0, end: 3, text: 'Ada', labels: ['PER'] };
    const of = (name: string) => ({ id: name, from_name: 'l', to_name: name, type: 'labels', value: place });
    const [one, other] = [of('text'), of('title')];
    const plain = task([one, other]);
    const value = { ...plain, data: { ...plain.data, title: 'Ada and Bob' } };
    const { documents: all, notes } = await read([value]);
    assert.deepEqual(shown(all[0]!), ['PER [0, 3) "Ada"']);
    assert.deepEqual(told(notes), ['lost region-unsupported line 1']);
    assert.deepEqual(await again(value), value);
    const config =
      '<View><Labels name="l" toName="a"><Label value="PER"/></Labels><Text name="a" value="$text"/><Text name="b" value="$title"/></View>';
    const named = { ...value, annotations: task([of('a'), of('b')]).annotations };
    const read2 = await read([named], { 'x/label_config.xml': config });
    assert.deepEqual(shown(read2.documents[0]!), ['PER [0, 3) "Ada"']);
    assert.deepEqual(told(read2.notes), ['lost region-unsupported line 1']);
  });

  it('reads JSON-MIN, the annotations of one task together', async () => {
    const record = (annotator: number, label: object[]) => ({
      text: TEXT,
      source: 'a paper',
      id: 4,
      label,
      topic: 'news',
      annotator,
      annotation_id: annotator * 10,
      created_at: '2024-05-02T10:00:00Z',
      updated_at: '2024-05-02T10:00:00Z',
      lead_time: 3,
    });
    const { documents: all, notes } = await read([
      record(1, [{ start: 0, end: 3, text: 'Ada', labels: ['PER'] }]),
      record(2, [{ start: 8, end: 11, text: 'Bob', labels: ['PER'] }]),
      { ...record(1, []), id: 5, text: 'Only text.' },
    ]);
    assert.deepEqual(all.map(shown), [['PER [0, 3) "Ada"'], []]);
    assert.deepEqual(
      all.map(({ name }) => name),
      ['task-4', 'task-5'],
    );
    assert.deepEqual(told(notes), ['changed annotations-kept line 1']);
    const { tasks } = await written(all);
    assert.equal((tasks[0]?.annotations as object[]).length, 2);
    assert.deepEqual((tasks[0]?.data as JsonObject).topic, 'news');
  });

  it('finds the text by the labelling configuration, beside the file, or as it is told', async () => {
    const config = '<View><Text name="t" value="$body"/></View>';
    const data = { headline: TEXT + TEXT, body: TEXT };
    const source = [task([region('r', 0, 3, 'Ada', ['PER'])], { data })];
    assert.equal((await read(source, { 'x/label_config.xml': config })).document.index.raw, TEXT);
    assert.equal((await read(source, {}, { 'text-field': 'body' })).document.index.raw, TEXT);
    assert.equal((await read(source)).document.index.raw, data.headline);
    const address = [
      task([region('r', 0, 3, undefined, ['PER'])], { data: { text: '/data/upload/1/ab%20c.txt' } }),
    ];
    const beside = await read(address, { 'x/ab c.txt': TEXT });
    assert.deepEqual(shown(beside.document), ['PER [0, 3) "Ada"']);
    assert.deepEqual((await written(beside.documents)).tasks[0], {
      ...address[0],
      annotations: [{ ...address[0]!.annotations[0], result: [region('r', 0, 3, 'Ada', ['PER'])] }],
    });
    const missing = await read(address);
    assert.deepEqual(told(missing.notes), ['invalid reference-missing line 1']);
    assert.deepEqual(missing.documents, []);
    const broken = await read(source, { 'x/config.xml': '<View>\n<Text' });
    assert.deepEqual(told(broken.notes), ['invalid value-malformed line 2']);
  });

  describe('mends what versions and programs write, and tells of it', () => {
    const CASES: readonly [
      what: string,
      result: object,
      text: string,
      entities: string[],
      notes: string[],
    ][] = [
      ['code points', region('r', 36, 39, 'Ada', ['X']), TEXT, ['X [36, 39) "Ada"'], []],
      [
        'UTF-16 units',
        region('r', 37, 40, 'Ada', ['X']),
        TEXT,
        ['X [36, 39) "Ada"'],
        ['changed span-moved line 1'],
      ],
      [
        'line endings of Windows as two',
        region('r', 27, 30, 'eft', ['X']),
        'Ada met Bob in New York.\r\nLeft',
        ['X [26, 29) "eft"'],
        [],
      ],
      [
        'line endings of Windows as one',
        region('r', 26, 29, 'eft', ['X']),
        'Ada met Bob in New York.\r\nLeft',
        ['X [26, 29) "eft"'],
        ['changed span-moved line 1'],
      ],
      [
        'a line ending as two characters',
        region('r', 19, 28, 'York.\\nBob', ['X']),
        TEXT,
        ['X [19, 28) "York.\\nBob"'],
        [],
      ],
      [
        'white space as a browser shows it',
        region('r', 0, 9, 'a b', ['X']),
        ' a  \n\n b ',
        ['X [0, 9) " a  \\n\\n b "'],
        [],
      ],
      [
        'offsets as text',
        { ...region('r', 0, 3, 'Ada', ['X']), value: { start: '0', end: '3', text: 'Ada', labels: ['X'] } },
        TEXT,
        ['X [0, 3) "Ada"'],
        [],
      ],
      ['no text', region('r', 8, 11, undefined, ['X']), TEXT, ['X [8, 11) "Bob"'], []],
      [
        'a text that is elsewhere',
        region('r', 1, 4, 'Bob', ['X']),
        TEXT,
        ['X [1, 4) broken "Bob"'],
        ['changed text-mismatch line 1'],
      ],
      [
        'a place behind the end',
        region('r', 100, 104, undefined, ['X']),
        TEXT,
        [],
        ['invalid span-outside line 1'],
      ],
      ['an empty place', region('r', 4, 4, '', ['X']), TEXT, [], ['invalid empty-span line 1']],
      ['no label', region('r', 0, 3, 'Ada', []), TEXT, [], ['invalid value-malformed line 1']],
      [
        'numbers that are none',
        region('r', -1, 1e300, 'Ada', ['X']),
        TEXT,
        [],
        ['invalid value-malformed line 1'],
      ],
      [
        'a place in a page',
        {
          ...region('r', 0, 3, 'Ada', ['X']),
          type: 'hypertextlabels',
          value: {
            start: '/div[1]/text()[1]',
            end: '/div[1]/text()[1]',
            startOffset: 0,
            endOffset: 3,
            text: 'Ada',
            hypertextlabels: ['X'],
          },
        },
        TEXT,
        [],
        ['lost region-unsupported line 1'],
      ],
      [
        'a relation with nothing',
        { type: 'relation', from_id: 'a', to_id: 'b' },
        TEXT,
        [],
        ['invalid reference-missing line 1'],
      ],
      ['a result that is none', [1], TEXT, [], ['invalid value-malformed line 1']],
    ];
    for (const [what, result, text, entities, notes] of CASES)
      it(what, async () => {
        const found = await read([task([result], {}, text)]);
        assert.deepEqual(shown(found.document), entities);
        assert.deepEqual(told(found.notes), notes);
      });
  });

  it('reads whatever the JSON holds, and says so where that is none of it', async () => {
    for (const hostile of [
      '{"data": {"text": "a", "__proto__": {"x": 1}}, "annotations": [{"result": [{"type": "constructor", "value": {"start": 0, "end": 1}}]}]}',
      '[{"data": {"text": "a"}, "annotations": "x", "predictions": [null, {"result": 7, "model_version": {}}], "meta": []}]',
      '[{"data": {"text": "Ada"}, "annotations": [{"result": [{"id": "__proto__", "type": "labels", "value": {"start": 0, "end": 3, "text": "Ada", "labels": ["__proto__", 3]}}, {"id": "__proto__", "from_name": "__proto__", "type": "choices", "value": {"choices": ["x"]}}]}]}]',
    ]) {
      const { documents: all } = await read(hostile);
      assert.equal(all.length, 1);
      const { tasks } = await written(all);
      assert.equal(tasks.length, 1);
      assert.equal(({} as JsonObject).x, undefined);
    }
    const { notes } = await read('[7, {"x": 1}, [], {"data": {"text": "Ada"}}]');
    assert.deepEqual(told(notes), [
      'invalid value-malformed line 1',
      'invalid value-malformed line 1',
      'invalid reference-missing line 1',
    ]);
    await assert.rejects(read('no JSON'), { code: 'file-not-format' });
    await assert.rejects(read('[{"data": {]'), { code: 'json-malformed' });
    const deep = `[{"data": ${'['.repeat(9999)}${']'.repeat(9999)}}]`;
    await assert.rejects(read(deep), { code: 'json-malformed' });
    assert.deepEqual((await read('[]')).documents, []);
  });

  it('writes what a sidecar holds of it, whatever that is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('task', 'data', 'annotation', 'predictions', 'before'),
        async (value, key) => {
          for (const carried of [
            value,
            { [key]: value },
            {
              annotation: {
                head: value,
                results: { regions: value, controls: value, order: value, others: value },
              },
            },
          ]) {
            const document = marked('a', 'So [PER Ada] left.', {
              carried: { labelstudio: carried as never },
            });
            const { documents: all } = await read((await serialize(labelstudio, [document])).files['']!);
            assert.deepEqual(all.flatMap(shown).length <= 1, true);
          }
        },
      ),
    );
  });

  it('comes back from any document', async () => {
    const options = { fields: ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] } as const;
    const compared = ['note', 'link', 'reviewed', 'attributes', 'suggestedBy'] as const;
    const plain = ({ entities, ...document }: AnnotatedDocument) => ({
      ...document,
      // Not reviewed is not reviewed; no attributes are none.
      entities: entities.map((entity): Entity =>
        withFields(entity, {
          reviewed: entity.reviewed || undefined,
          attributes: Object.keys(entity.attributes ?? {}).length > 0 ? entity.attributes : undefined,
        }),
      ),
    });
    for (const relations of [true, false]) {
      const fields = relations ? options.fields.slice(0, 4) : options.fields;
      await fc.assert(
        fc.asyncProperty(documents({ fields, relations }), async (drawn) => {
          const document = plain(drawn);
          const { files } = await serialize(labelstudio, [document]);
          const { documents: all, notes } = await parse(labelstudio, { 'a.json': files['']! });
          assert.deepEqual(notes, []);
          assert.equal(all[0]!.index.raw, document.index.raw);
          assert.equal(all[0]!.name, document.name);
          assert.deepEqual(essence(all[0]!, compared), essence(document, compared));
          const twice = await serialize(labelstudio, all);
          // Of the same places and labels, the order is that of the ids, which are made anew.
          assert.deepEqual([...twice.files['']!].sort(), [...files['']!].sort());
        }),
      );
    }
  });
});
