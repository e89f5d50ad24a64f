import assert from 'node:assert/strict';
import fc from 'fast-check';
import { walkJson } from '../../../../src/core/interchange/json-places';

const isJson = (source: string) => {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
};

describe('places in JSON', () => {
  it('are faults where a parser has one, whatever was put into it or taken away', () => {
    const sign = fc.constantFrom(...'{}[]:,"\\ \n\t0-.eEtrue1nulx\u0001é');
    const edit = fc.record({ at: fc.nat(60), removed: fc.nat(2), added: fc.array(sign, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.array(edit, { maxLength: 2 }), (json, edits) => {
        const source = edits.reduce(
          (text, { at, removed, added }) =>
            text.slice(0, at % (text.length + 1)) +
            added.join('') +
            text.slice((at % (text.length + 1)) + removed),
          json,
        );
        const fault = walkJson(source);
        assert.equal(fault === undefined, isJson(source), source);
        // What stands before it can go on as JSON: it is there that it cannot.
        if (fault !== undefined) assert.ok(fault <= source.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('are where the first thing stands that cannot be there', () => {
    for (const source of [
      ...[
        '^',
        '{"a": 1,^}',
        '[1,^]',
        '[1 ^2]',
        '{"a" ^1}',
        '{^a: 1}',
        '{"a": ^"x\n"}',
        '["x", ^"y',
        '{"a": 1^',
      ],
      ...['[1]^]', '[0^1]', '["\\u00e9", ^"\\x"]', '[1, ^// no\n2]', '^undefined', '{"a": ^nul}', '[tru^'],
    ]) {
      const [before = ''] = source.split('^');
      const at = walkJson(source.replace('^', ''));
      // A number or a word may end before what is wrong.
      assert.ok(at === before.length || (/\w$/.test(before) && at! <= before.length), `${source}: ${at}`);
    }
  });

  it('are told of each value, with its keys', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const source = JSON.stringify(value, null, indent);
        walkJson(source, (within, at16) => {
          let found = value as Record<string | number, unknown>;
          for (const { at } of within) found = found[at] as typeof found;
          const shown = JSON.stringify(found, null, indent) ?? '';
          const rest = source.slice(at16).replace(/\s/g, '');
          assert.ok(
            rest.startsWith(shown.replace(/\s/g, '')),
            `${within.map(({ at }) => at).join('.')}: ${rest}`,
          );
        });
      }),
    );
  });

  it('take time by the length of the source, and no stack', () => {
    const begin = performance.now();
    assert.equal(walkJson('['.repeat(1_000_000)), 1_000_000);
    assert.equal(walkJson(`["${'a\\n'.repeat(500_000)}"]`), undefined);
    assert.equal(walkJson(`[${' '.repeat(1_000_000)}x`), 1_000_001);
    assert.ok(performance.now() - begin < 3000);
  });
});
