import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelForKeys, withKeys } from '../../../src/core/label-keys';
import { BUILT_IN, PRESETS, readCorpusYaml, writeCorpusYaml, type Preset } from '../../../src/core/labels';
import { newLabels } from '../../../src/core/new-label';

interface Row {
  readonly name: string;
  readonly key?: string | undefined;
}

const ALL_KEYS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const name = fc.oneof(
  fc.constantFrom('ORG', 'Organisation', 'WORK_OF_ART', 'PERSON', 'Éthique', '人物', 'fjk', '1'),
  fc.string({ minLength: 1, maxLength: 12 }),
);

/** Labels of which some have keys, as `corpus.yaml` gives them: one character, each once. */
function labelSets(maxLength: number): fc.Arbitrary<Row[]> {
  const written = fc.shuffledSubarray(ALL_KEYS);
  return fc
    .tuple(fc.array(fc.tuple(name, fc.boolean()), { maxLength }), written)
    .map(([rows, keys]) => rows.map(([name, has], i) => (has ? { name, key: keys[i] } : { name })));
}

const keysOf = (labels: readonly Row[]) => labels.map(({ key }) => key);
const named = (...names: string[]) => names.map((name) => ({ name }));

describe('keys of labels', () => {
  it('are the letters of their names, those that begin words first', () => {
    const labels = named('ORG', 'OTHER', 'WORK_OF_ART', 'War_of_Art', 'Éthique', '人物');
    assert.deepEqual(keysOf(withKeys(labels)), ['o', 't', 'w', 'a', 'e', 'b']);
  });

  it('leave what is written, and never take letters that mean something else', () => {
    const labels = [...named('FJK'), { name: 'JACK', key: 'j' }, ...named('K', 'PER')];
    assert.deepEqual(keysOf(withKeys(labels)), ['a', 'j', 'b', 'p']);
  });

  it('are two where one does not reach, a digit and a letter of the name', () => {
    const keys = keysOf(withKeys(Array.from({ length: 60 }, (_, i) => ({ name: `Label ${i}` }))));
    assert.deepEqual(
      [keys.filter((key) => key!.length === 1).length, keys.filter((key) => key!.length === 2).length],
      [23, 37],
    );
    assert.deepEqual(keys.slice(23, 27), ['1l', '1a', '1b', '1e']);
  });

  it('of a label begin those of no other, all are different, and every label has one', () => {
    fc.assert(
      fc.property(labelSets(120), (labels) => {
        const given = withKeys(labels);
        const keys = keysOf(given).flatMap((key) => key ?? []);
        assert.equal(new Set(keys).size, keys.length);
        for (const key of keys) {
          assert.match(key, /^[a-z0-9]{1,2}$/);
          assert.ok(
            !keys.some((other) => other !== key && other.startsWith(key)),
            `${key} in ${keys.join()}`,
          );
        }
        for (const [i, { key }] of labels.entries()) if (key !== undefined) assert.equal(given[i]!.key, key);
        // Only who gives all digits, and the three letters behind them, to labels leaves nothing to begin two with.
        const written = new Set(keysOf(labels));
        if ([...'0123456789qxz'].some((key) => !written.has(key))) assert.equal(keys.length, labels.length);
      }),
      { numRuns: 300 },
    );
  });

  it('stay as they are when labels are added at the end', () => {
    fc.assert(
      fc.property(labelSets(80), fc.array(name, { maxLength: 80 }), (labels, names) => {
        const before = keysOf(withKeys(labels));
        assert.deepEqual(keysOf(withKeys([...labels, ...named(...names)])).slice(0, labels.length), before);
      }),
    );
  });

  it('stay as they are when new labels are written with keys of their own', () => {
    fc.assert(
      fc.property(labelSets(60), fc.array(name, { maxLength: 30 }), (labels, names) => {
        const coloured = withKeys(labels).map((label) => ({ ...label, color: '#123456' }));
        const added = newLabels(names, coloured);
        const after = withKeys([...labels, ...added]);
        assert.deepEqual(keysOf(after).slice(0, labels.length), keysOf(coloured));
        for (const [i, { key }] of added.entries())
          if (key !== undefined) assert.equal(after[labels.length + i]!.key, key);
      }),
    );
  });

  it('are there for every label of a corpus.yaml, and no preset takes a letter that means something else', () => {
    const source = `labels: {${Array.from({ length: 300 }, (_, i) => `L${i}: `).join(', ')}}\n`;
    assert.ok(readCorpusYaml(source).labelSet!.labels.every(({ key }) => key));
    for (const preset of Object.keys(PRESETS) as Preset[]) {
      const { labels } = readCorpusYaml(writeCorpusYaml(preset)).labelSet!;
      assert.ok(
        labels.every(({ key }) => key && !'fjk'.includes(key)),
        preset,
      );
    }
  });

  it('find their label, or say that more is to come', () => {
    fc.assert(
      fc.property(labelSets(80), (labels) => {
        const given = withKeys(labels);
        for (const label of given) {
          if (label.key === undefined) continue;
          assert.equal(labelForKeys(given, label.key), label);
          if (label.key.length === 2) assert.equal(labelForKeys(given, label.key[0]!), 'prefix');
          assert.equal(labelForKeys(given, `${label.key}a`), undefined);
        }
      }),
    );
    assert.equal(labelForKeys(BUILT_IN.labels, ''), undefined);
    assert.equal(labelForKeys(BUILT_IN.labels, '1'), undefined);
  });
});
