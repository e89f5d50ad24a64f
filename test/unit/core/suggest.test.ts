import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { GAZETTEER_FORM, itemsOf, readTable } from '../../../src/core/suggest/gazetteer';
import { addItems, readListing, type Item } from '../../../src/core/suggest/listing';
import { REFUSED_FORM, refusalOf, Refusals } from '../../../src/core/suggest/refusals';

const read = (source: string) => readListing(source, GAZETTEER_FORM);

describe('a gazetteer', () => {
  it('is read as it is written by hand', () => {
    const source =
      'version: 1\nforms:\n- text: Wuhan\n  label: GPE\n- {text: 007, label: PER, link: x}\n- {label: ORG}\n- 5\n';
    const { items, problems } = read(source);
    assert.deepEqual(items, [
      { text: 'Wuhan', label: 'GPE' },
      { text: '7', label: 'PER', link: 'x' },
    ]);
    assert.deepEqual(
      problems.map(({ code, start16 }) => [code, source.slice(0, start16).split('\n').length]),
      [
        ['key-missing', 6],
        ['wrong-type', 7],
      ],
    );
  });

  it('tells where it is no YAML', () => {
    assert.equal(read('version: 1\nforms: [').problems[0]?.code, 'yaml-syntax');
    assert.equal(read('forms: 3').problems[0]?.code, 'wrong-type');
    assert.deepEqual(read(''), { items: [], problems: [] });
  });

  it('takes new forms in their order, and leaves the rest as it is', () => {
    const source =
      '# ours\r\nversion: 1\r\nforms:\r\n  - {text: B, label: X}\r\n  # the last\r\n  - {text: D, label: X}\r\n';
    const added = [
      { text: 'C', label: 'X' },
      { text: 'B', label: 'X' },
      { text: 'z: 1', label: 'X', link: '"' },
    ];
    assert.equal(
      addItems(source, GAZETTEER_FORM, added),
      '# ours\r\nversion: 1\r\nforms:\r\n  - {text: "z: 1", label: X, link: "\\""}\r\n  - {text: B, label: X}\r\n  # the last\r\n  - {text: C, label: X}\r\n  - {text: D, label: X}\r\n',
    );
    assert.equal(addItems('version: 1\nforms:\n- text: B\n', GAZETTEER_FORM, added), undefined);
    assert.equal(addItems('nonsense', GAZETTEER_FORM, added), undefined);
  });

  it('has what was added to it, whatever that is, and for yaml the same', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 });
    const item = fc.record({ text, label: text, link: text }, { requiredKeys: ['text', 'label'] });
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (first, second) => {
        const source = addItems(addItems(undefined, GAZETTEER_FORM, first), GAZETTEER_FORM, second)!;
        const { items, problems } = read(source);
        const sorted = (all: readonly Item[]) =>
          [...new Set(all.map(({ text, label, link }) => JSON.stringify([text, label, link])))].sort();
        assert.deepEqual(problems, []);
        assert.deepEqual(sorted(items), sorted([...first, ...second]));
        const forms = (parseDocument(source).toJS() as { forms: Item[] | null }).forms ?? [];
        assert.deepEqual(sorted(forms), sorted(items));
      }),
    );
  });
});

describe('a table of forms', () => {
  const cases: [why: string, source: string, items: Item[]][] = [
    [
      'may be CSV with a head',
      'Type,Name,URL\nGPE,"Wuhan, China",x\n',
      [{ text: 'Wuhan, China', label: 'GPE', link: 'x' }],
    ],
    [
      'may be TSV without one',
      '\ufeffWuhan\tGPE\r\nHubei\tGPE\twikidata:Q46862\r\n',
      [
        { text: 'Wuhan', label: 'GPE' },
        { text: 'Hubei', label: 'GPE', link: 'wikidata:Q46862' },
      ],
    ],
    ['may have quotes and line breaks', 'text,label\n"a ""b""\nc",X\n', [{ text: 'a "b" c', label: 'X' }]],
  ];
  for (const [why, source, items] of cases)
    it(why, () => assert.deepEqual(itemsOf(readTable(source)), { items, left: [] }));

  it('may lack labels, for which one is given', () => {
    const table = readTable('Wuhan\nHubei\n');
    assert.equal(itemsOf(table).left.length, 2);
    assert.deepEqual(itemsOf(table, 'GPE').items, [
      { text: 'Wuhan', label: 'GPE' },
      { text: 'Hubei', label: 'GPE' },
    ]);
    assert.deepEqual(itemsOf(readTable('text,label\n,GPE\n'), 'GPE').left, [
      { row: ['', 'GPE'], lacks: 'text' },
    ]);
  });
});

describe('refusals', () => {
  const place = { text: 'May', label: 'DATE', article: 'a/b.txt', before: 'in ', after: ' we' };
  const has = (item: Item, other: Partial<typeof place>) => {
    const source = addItems(undefined, REFUSED_FORM, [item])!;
    return new Refusals(readListing(source, REFUSED_FORM).items).has({ ...place, ...other });
  };

  it('are of one place, one article, or everywhere', () => {
    const { text, label, article } = place;
    assert.ok(has(refusalOf(place), {}));
    assert.ok(!has(refusalOf(place), { after: ' be' }));
    assert.ok(has({ text, label, article }, { after: ' be' }));
    assert.ok(!has({ text, label, article }, { article: 'c.txt' }));
    assert.ok(has({ text, label }, { article: 'c.txt' }));
    assert.ok(!has({ text, label }, { label: 'PER' }));
    assert.ok(has({ text: 'May Day', label }, { text: 'May\r\n  Day' }));
  });
});
