import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { GAZETTEER_FORM, itemsOf, matchesCase, readTable } from '../../../src/core/suggest/gazetteer';
import type { Item } from '../../../src/core/suggest/item';
import { addItems, readListing, removeItems } from '../../../src/core/suggest/listing';
import { REFUSED_FORM, refusalOf, Refusals, scopeOf } from '../../../src/core/suggest/refusals';

const read = (source: string) => readListing(source, GAZETTEER_FORM);

describe('a gazetteer', () => {
  it('is read as it is written by hand', () => {
    const source =
      'version: 1\nforms:\n- text: Wuhan\n  label: GPE\n- {text: 007, label: PER, link: x}\n- {label: ORG}\n- 5\n';
    const { items, problems } = read(source);
    assert.deepEqual(items, [
      { text: 'Wuhan', label: 'GPE' },
      { text: '007', label: 'PER', link: 'x' },
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

  it('says of each form, or of all, whether its case counts', () => {
    const items = [
      { text: 'A', label: 'X', match_case: 'false' },
      { text: 'B', label: 'X', match_case: 'true' },
    ];
    const canonical =
      'version: 1\nmatch_case: false\nforms:\n  - {text: A, label: X}\n  - {text: B, label: X, match_case: true}\n';
    assert.deepEqual(read(canonical), { items, problems: [] });
    assert.deepEqual(read(canonical.replace(/version: 1\n/, '') + 'version: 1\n'), { items, problems: [] });
    assert.equal(
      addItems(canonical, GAZETTEER_FORM, [{ text: 'AA', label: 'X', match_case: 'false' }]),
      canonical.replace('  - {text: B', '  - {text: AA, label: X, match_case: false}\n  - {text: B'),
    );
    const { items: kept, problems } = read(canonical.replace('true', '"true"').replace('false', 'no'));
    assert.deepEqual(
      kept,
      items.map(({ text, label }) => ({ text, label })),
    );
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ['wrong-type', 'warning'],
        ['wrong-type', 'warning'],
      ],
    );
    assert.ok(matchesCase({ text: 'A' }) && matchesCase(items[1]!) && !matchesCase(items[0]!));
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
    assert.equal(addItems('nonsense', GAZETTEER_FORM, added), undefined);
    assert.equal(addItems('forms: {a: 1}', GAZETTEER_FORM, added), undefined);
    assert.equal(addItems('forms: [', GAZETTEER_FORM, added), undefined);
  });

  const A = { text: 'A', label: 'X' };
  const B = { text: 'B 2', label: 'X' };
  /** Ways to write a list of A and another: what comes of it where B is added, and where A is taken out. */
  const ways: [why: string, source: string, withB: string, withoutA: string][] = [
    [
      'spaces within braces, and single quotes, as formatters have them',
      "version: 1\nforms:\n  - { text: A, label: X }\n  - { text: C, label: X, link: 'wikidata:Q1' }\n",
      "version: 1\nforms:\n  - { text: A, label: X }\n  - {text: B 2, label: X}\n  - { text: C, label: X, link: 'wikidata:Q1' }\n",
      "version: 1\nforms:\n  - { text: C, label: X, link: 'wikidata:Q1' }\n",
    ],
    [
      'no indentation',
      "version: 1\nforms:\n- {text: A, label: X}\n- {text: 'it''s', label: X}\n",
      "version: 1\nforms:\n- {text: A, label: X}\n- {text: B 2, label: X}\n- {text: 'it''s', label: X}\n",
      "version: 1\nforms:\n- {text: 'it''s', label: X}\n",
    ],
    [
      'items of several lines, CRLF and a byte-order mark',
      '\ufeffversion: 1\r\nforms:\r\n    - text: A\r\n      label: X\r\n    # ours\r\n    - text: C\r\n      label: X\r\n# end',
      '\ufeffversion: 1\r\nforms:\r\n    - text: A\r\n      label: X\r\n    # ours\r\n    - text: C\r\n      label: X\r\n    - {text: B 2, label: X}\r\n# end',
      '\ufeffversion: 1\r\nforms:\r\n    # ours\r\n    - text: C\r\n      label: X\r\n# end',
    ],
    [
      'comments behind items, unknown keys, and the list not last',
      'forms:\n  - {text: A, label: X} # first\n  - {text: C, label: X, note: hm} # last\nversion: 1',
      'forms:\n  - {text: A, label: X} # first\n  - {text: C, label: X, note: hm} # last\n  - {text: B 2, label: X}\nversion: 1',
      'forms:\n  - {text: C, label: X, note: hm} # last\nversion: 1',
    ],
  ];
  for (const [why, source, withB, withoutA] of ways)
    it(`takes and gives up forms where there are ${why}`, () => {
      assert.equal(addItems(source, GAZETTEER_FORM, [A, B]), withB);
      assert.equal(removeItems(source, GAZETTEER_FORM, [A, B]), withoutA);
      assert.equal(addItems(source, GAZETTEER_FORM, [A]), source);
      const texts = read(withB).items.map(({ text }) => text);
      assert.ok(texts.includes('A') && texts.includes('B 2'), texts.join());
    });

  it('takes forms where the list is empty, flat or not there', () => {
    const line = '  - {text: B 2, label: X}\n';
    const cases = [
      ['version: 1\nforms: []', `version: 1\nforms:\n${line}`],
      [
        'version: 1\nforms: [] # none\nmatch_case: true\n',
        `version: 1\nforms: # none\n${line}match_case: true\n`,
      ],
      ['version: 1\nforms:\nmatch_case: true\n', `version: 1\nforms:\n${line}match_case: true\n`],
      ['version: 1\nforms: ~', `version: 1\nforms:\n${line}`],
      ['version: 1', `version: 1\nforms:\n${line}`],
      ['# ours\n', `# ours\nversion: 1\nforms:\n${line}`],
      ['forms: [{text: C, label: X}]\n', 'forms: [{text: C, label: X}, {text: B 2, label: X}]\n'],
    ] as const;
    for (const [source, expected] of cases) {
      assert.equal(addItems(source, GAZETTEER_FORM, [B]), expected);
      const { text, label } = read(expected).items.at(-1)!;
      assert.deepEqual({ text, label }, B);
    }
  });

  it('has no forms, and no problem, where the list is empty', () => {
    for (const source of ['version: 1\nforms:\n', 'version: 1\nforms: []\n', 'version: 1\nforms: ~\n'])
      assert.deepEqual(read(source), { items: [], problems: [] }, source);
  });

  it('has what was added to it, whatever that is, and for yaml the same', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 });
    const item = fc.record(
      { text, label: text, link: text, match_case: fc.constantFrom('true', 'false') },
      { requiredKeys: ['text', 'label'] },
    );
    fc.assert(
      fc.property(fc.array(item), fc.array(item), (first, second) => {
        const source = addItems(addItems(undefined, GAZETTEER_FORM, first), GAZETTEER_FORM, second)!;
        const { items, problems } = read(source);
        const key = ({ text, label, link, match_case }: Item) => [
          text,
          label,
          link,
          match_case === undefined ? '' : String(match_case),
        ];
        const sorted = (all: readonly Item[]) =>
          [...new Set(all.map((one) => JSON.stringify(key(one))))].sort();
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
    [
      'may say whether case counts',
      'text\tlabel\tmatch case\nWuhan\tGPE\tNo\nIT\tORG\tyes\nHubei\tGPE\t\n',
      [
        { text: 'Wuhan', label: 'GPE', match_case: 'false' },
        { text: 'IT', label: 'ORG', match_case: 'true' },
        { text: 'Hubei', label: 'GPE' },
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
  const place = { text: 'May', form: 'May', label: 'DATE', article: 'a/b.txt', before: 'in ', after: ' we' };
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

  it('are of a form in whatever case the text has it', () => {
    const { label } = place;
    assert.ok(has({ text: 'May', label }, { text: 'MAY' }));
    assert.ok(!has({ text: 'May', label }, { text: 'MAY', form: 'MAY' }));
    assert.ok(!has(refusalOf(place), { text: 'MAY' }));
  });

  it('are taken back, and leave the rest of the file as it is', () => {
    const { label, text } = place;
    const source =
      '# ours\r\nversion: 1\r\nrefused:\r\n  # May\r\n  - {text: May, label: DATE}\r\n  - {text: A, label: X}\r\n';
    assert.equal(
      removeItems(source, REFUSED_FORM, [{ text, label }, refusalOf(place)]),
      source.replace('  - {text: May, label: DATE}\r\n', ''),
    );
    const both = addItems(source, REFUSED_FORM, [refusalOf(place)])!;
    assert.equal(removeItems(both, REFUSED_FORM, [refusalOf(place)]), source);
    assert.equal(removeItems('refused: []', REFUSED_FORM, []), 'refused: []');
    assert.equal(
      removeItems('refused: [{text: A, label: X}]', REFUSED_FORM, [{ text: 'A', label: 'X' }]),
      undefined,
    );
    assert.deepEqual([{ text, label }, { text, label, article: 'a' }, refusalOf(place)].map(scopeOf), [
      'everywhere',
      'article',
      'place',
    ]);
  });
});
