import assert from 'node:assert/strict';
import fc from 'fast-check';
import { headOf } from '../../../src/formats/shared/head';
import { scanJson, type JsonNode } from '../../../src/formats/shared/json-source';

describe('a source of JSON', () => {
  it('has the values that it has for any reader, where they stand', () =>
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (source, space) => {
        const value = JSON.parse(source) as unknown;
        const spaced = JSON.stringify(value, undefined, space);
        const { root, errorAt16 } = scanJson(spaced);
        assert.equal(errorAt16, undefined);
        assert.deepEqual(root!.value, value);
        const check = ({ at16, value, parts }: JsonNode) => {
          assert.ok(spaced.startsWith(JSON.stringify(value)[0]!, at16));
          for (const part of parts?.values() ?? []) check(part);
        };
        check(root!);
      }),
    ));

  it('that is cut has all before that, and its end is the error', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(), (source, cut) => {
        const whole = `[1,${source}]`;
        const length = 1 + (cut % (whole.length - 1));
        const { root, errorAt16 } = scanJson(whole.slice(0, length));
        assert.ok(Array.isArray(root?.value));
        assert.ok(errorAt16 !== undefined && errorAt16 <= length);
        if (length > 3) assert.equal((root.value as unknown[])[0], 1);
      }),
    ));

  it('says where it is wrong', () => {
    for (const [source, at16] of [
      ['', 0],
      ['{"a": oh}', 6],
      ['{"a" 1}', 5],
      ['{a: 1}', 1],
      ['[1 2]', 3],
      ['[1, 2}', 5],
      ['[1,]', 3],
      ['["a\\x"]', 1],
      ['["a\n"]', 1],
      ['[1] x', 4],
      ['{"a": [1, 2}\n}', 11],
    ] as const)
      assert.equal(scanJson(source).errorAt16, at16, source);
    assert.deepEqual(scanJson('{"a": [1, {"b": "x').root?.value, { a: [1, { b: 'x' }] });
    assert.ok(scanJson('['.repeat(100_000)).errorAt16 !== undefined);
  });
});

describe('the beginning of a file of JSON', () => {
  const headOfText = (source: string) => {
    const bytes = new TextEncoder().encode(source);
    return headOf(bytes.length, (start, end) => bytes.subarray(start, end));
  };

  it('has whatever keys stand behind long texts, which it has the beginnings of', () => {
    const text = fc
      .array(fc.constantFrom('a', ' ', '"', '\\', '\n', '\u0001', 'ü', '😀', ',', '}'), { maxLength: 200 })
      .map((units) => units.join(''));
    const isCut = (short: unknown, whole: unknown): boolean =>
      typeof short === 'string'
        ? typeof whole === 'string' && (short === whole || (whole.startsWith(short) && short.length > 10))
        : Object.entries(short as object).every(([key, value]) => isCut(value, (whole as never)[key]));
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), text), { maxLength: 6 }),
        (value) => {
          const short = JSON.parse(headOfText(JSON.stringify(value))) as unknown;
          assert.deepEqual(
            (short as object[]).map((one) => Object.keys(one)),
            value.map((one) => Object.keys(one)),
          );
          assert.ok(isCut(short, value));
        },
      ),
    );
    const long = JSON.stringify({ text: 'a "b" '.repeat(200_000), spans: [1] });
    assert.deepEqual((JSON.parse(headOfText(long)) as { spans: unknown }).spans, [1]);
  });
});
