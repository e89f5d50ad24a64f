import assert from 'node:assert/strict';
import type { Plain } from '../../../src/core/model/entity.ts';
import { carriedLines, readCarriedLines } from '../../../src/core/sidecar/carried-lines.ts';
import { readCarried, withCarried } from '../../../src/core/sidecar/carried.ts';
import { readPairs, readValue } from '../../../src/core/sidecar/read-value.ts';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar.ts';

describe('a value as it is written', () => {
  const values: [written: string, value: Plain][] = [
    ['plain text', 'plain text'],
    ['"a: \\"b\\", \\\\"', 'a: "b", \\'],
    ['""', ''],
    ['"é\\u2028\\n"', 'é\u2028\n'],
    ['-1.5', -1.5],
    ['1.0e+21', 1e21],
    ['true', true],
    ['false', false],
    ['[]', []],
    ['{}', {}],
    ['[a1]', ['a1']],
    ['[a1, [2, null], {b1: false, "c 2": []}]', ['a1', [2, null], { b1: false, 'c 2': [] }]],
    ['{a1: {b1: [1]}, "__proto__": 2}', Object.fromEntries([['a1', { b1: [1] }], ['__proto__', 2]])], // prettier-ignore
  ];
  for (const [written, value] of values)
    it(`is read with its end: ${written}`, () => {
      for (const behind of ['', ', b1: 2', ']', '}'])
        assert.deepEqual(readValue(`x1: ${written}${behind}`, 4), { value, end: 4 + written.length });
    });

  const others = [
    ...[
      'null',
      'yes',
      '',
      '01',
      '1.50',
      '0x1F',
      '+1',
      "'a'",
      '&a b',
      '"a',
      '"\\x41"',
      '"\u00ad\u0085"',
      '"\t"',
    ],
    ...['[a1', '[a1,b1]', '[a1, ]', '[, a1]', '[a1 b1}', '[yes]', '["\\q"]', '[a1}', '{a1: b1]', '{a1}'],
    ...[
      '{a1:b1}',
      '{a1: b1,c1: d1}',
      '{a1: 1, a1: 2}',
      '{1: 2}',
      '{a1: yes}',
      '{[a1]: 1}',
      '{a1: 1, }',
      '{, a1: 1}',
    ],
  ];
  for (const written of others)
    it(`is not what is written in another way: ${written}`, () =>
      assert.equal(readValue(written, 0), undefined));

  it('has no more than twenty lists and maps in each other here', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    assert.equal(readValue(nested(21), 0)?.end, 42);
    assert.equal(readValue(nested(22), 0), undefined);
    const maps = (levels: number) => '{a1: '.repeat(levels) + '{}' + '}'.repeat(levels);
    assert.ok(readValue(maps(20), 0));
    assert.equal(readValue(maps(21), 0), undefined);
  });

  it('is one of the pairs that end a line, each with its source', () => {
    assert.deepEqual(readPairs('- {a1: [1, 2], b1: null, c1: "x, y"}', 3), [
      { key: 'a1', value: [1, 2], source: 'a1: [1, 2]' },
      { key: 'b1', value: null, source: 'b1: null' },
      { key: 'c1', value: 'x, y', source: 'c1: "x, y"' },
    ]);
    const broken = [
      'a1',
      'a1: 1',
      'a1: 1]',
      'a1: 1,b1: 2}',
      'a1: 1, a1: 2}',
      'a1: yes}',
      'a1: 1}}',
      'a1: 1} # c',
    ];
    for (const line of [...broken, '']) assert.equal(readPairs(line, 0), undefined, line);
  });
});

describe('what other formats keep in a sidecar', () => {
  const words = (n: number, sign: string) => Array.from({ length: n }, (_, i) => `w${i}`).join(sign);

  it('is on one line as long as that is no longer than 2,000 units', () => {
    const long = (length: number) => ({ tei: 'x1'.repeat(length / 2 - 4) + 'z' });
    assert.deepEqual(carriedLines({ tei: 'x1', b1: 2 }), ['carried:', '  tei: x1', '  b1: 2']);
    const list = { tei: Array.from({ length: 497 }, () => 'ab') };
    const longest = carriedLines({ tei: [...list.tei, 'abc'] });
    assert.deepEqual([longest.length, longest[1]!.length], [2, 2000]);
    assert.ok(carriedLines({ tei: [...list.tei, 'abcd'] }).length > 10);
    assert.equal(carriedLines(long(4000)).length, 2, 'nowhere to part it');
  });

  it('is parted behind commas and line ends, with nothing lost of spaces and quotes', () => {
    const wrapped = carriedLines({
      tei: { a1: words(100, '\n '), b1: [words(300, ', '), words(100, '\\n'), words(100, '\n'), 'end'] },
    });
    assert.deepEqual(
      [wrapped.slice(0, 3), wrapped.at(-1)],
      [
        [
          'carried:',
          '  tei: {a1: "w0\\n w1\\n w2\\n w3\\n w4\\n w5\\n w6\\n w7\\n w8\\n w9\\n w10\\n w11\\n w12\\n w13\\n\\',
          '    \\ w14\\n w15\\n w16\\n w17\\n w18\\n w19\\n w20\\n w21\\n w22\\n w23\\n w24\\n w25\\n w26\\n w27\\n\\',
        ],
        '    w86\\nw87\\nw88\\nw89\\nw90\\nw91\\nw92\\nw93\\nw94\\nw95\\nw96\\nw97\\nw98\\nw99", end]}',
      ],
    );
    const inQuotes = wrapped.slice(1, -1).filter((line) => !/(?:\\n\\|,)$/.test(line));
    assert.deepEqual(inQuotes, [], 'each line ends where a reader of YAML goes on');
  });

  it('is read where it is parted in that way only', () => {
    const read = (...lines: string[]) => readCarriedLines(['carried:', ...lines]);
    assert.deepEqual(read('  a1: [1,', '    2]', '  b1: "x\\n\\', '    \\ y\\n\\', '    z"'), {
      a1: [1, 2],
      b1: 'x\n y\nz',
    });
    const others: string[][] = [
      [],
      ['a1: 1'],
      [' a1: 1'],
      ['  a1: 1', '  a1: 2'],
      ['  a1:1'],
      ['  1: 1'],
      ['  a1: 1 2]'],
      ['  a1: [1', '    , 2]'],
      ['  a1: [1,', '     2]'],
      ['  a1: [1,', '    '],
      ['  a1: "x\\\\', '    y"'],
      ['  a1: 1', '# c'],
    ];
    for (const lines of others) assert.equal(read(...lines), undefined, lines.join('\n'));
    assert.equal(readCarriedLines(['carried: # c', '  a1: 1']), undefined);
  });

  const blocks: [what: string, tail: string[], carried: object, left?: string[]][] = [
    ['as it is written', ['carried:', '  a1: 1'], { a1: 1 }],
    ['among other keys', ['mine: 1', '# c', 'carried:', '  a1: 1', 'carried2: 2'], { a1: 1 }, ['mine: 1', '# c', 'carried2: 2']], // prettier-ignore
    ['in block style', ['carried:', '  a1:', '    - 1', '    # c', '    - b1: x'], { a1: [1, { b1: 'x' }] }],
    ['on one line', ['carried: {a1: 1}'], { a1: 1 }],
    ['nowhere but in another key', ['mine:', '  carried:', '    a1: 1', 'carried2: {a1: 1}'], {}, ['mine:', '  carried:', '    a1: 1', 'carried2: {a1: 1}']], // prettier-ignore
    ['below comments', ['# c1', '  # c2', 'carried:', '  a1: 1'], { a1: 1 }, ['# c1', '  # c2']],
    ['nowhere but in a key that ends alike', ['mycarried: {a1: 1}'], {}, ['mycarried: {a1: 1}']],
    ['as a list, which says nothing', ['carried: [a1]'], {}],
    ['as broken YAML, which says nothing', ['carried: {a1: 1'], {}],
    ['with an alias, which says nothing', ['carried: {a1: &x 1, b1: *x}'], {}],
  ];
  for (const [what, tail, carried, left = []] of blocks)
    it(`is read, and replaced by other: ${what}`, () => {
      assert.deepEqual(readCarried({ ...NEW_FRAME, tail }), carried);
      assert.deepEqual(readCarried({ ...NEW_FRAME, head: tail }), carried, 'above the entities');
      assert.deepEqual(withCarried({ ...NEW_FRAME, tail }, {}).tail, left);
      const { head, tail: below } = withCarried({ ...NEW_FRAME, head: tail }, { tei: 'x1' });
      assert.deepEqual([head, below], [left, ['carried:', '  tei: x1']]);
    });
});
