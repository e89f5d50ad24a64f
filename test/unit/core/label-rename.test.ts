import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelPlaces, renameInLabelSet } from '../../../src/core/label-rename';
import { BUILT_IN, readCorpusYaml } from '../../../src/core/labels';
import { inverse, spliced } from '../../../src/core/splice';
import { GAZETTEER_FORM } from '../../../src/core/suggest/gazetteer';
import type { Item } from '../../../src/core/suggest/item';
import { changeItems, readListing } from '../../../src/core/suggest/listing';

const rename = (source: string | undefined, from: string, to: string | undefined) => {
  const splices = renameInLabelSet(source, from, to);
  return splices && spliced(source ?? '', splices);
};

describe('renaming a label in corpus.yaml', () => {
  for (const [what, source, expected] of [
    [
      'changes the name only',
      '# ours\nversion: 1\nlabels:\n    # people\n    PER:   {key: p} # all of them\n    ORG: {key: o}\n',
      '# ours\nversion: 1\nlabels:\n    # people\n    PERSON:   {key: p} # all of them\n    ORG: {key: o}\n',
    ],
    ['keeps the quotes', "labels:\r\n  'PER':\r\n    key: p\r\n", "labels:\r\n  'PERSON':\r\n    key: p\r\n"],
    ['changes a map on one line', 'labels: {ORG: , PER: {key: p}}', 'labels: {ORG: , PERSON: {key: p}}'],
    [
      'keeps an anchor',
      'labels:\n  &a PER: &b {key: p}\n  X:\n',
      'labels:\n  &a PERSON: &b {key: p}\n  X:\n',
    ],
    ['keeps a byte-order mark', '\ufefflabels:\n  PER:\n', '\ufefflabels:\n  PERSON:\n'],
    ['does nothing about a label that is not there', 'labels:\n  ORG:\n', 'labels:\n  ORG:\n'],
    [
      'takes the old one out where the new one is there',
      'labels:\n  PER: {key: p} # old\n  # new\n  PERSON: {key: q}\n',
      'labels:\n  # new\n  PERSON: {key: q}\n',
    ],
    [
      'takes the last one out, with all of its lines',
      'labels:\n  PERSON: {key: q}\n  PER:\n    key: p\n    description: a\n# end\n',
      'labels:\n  PERSON: {key: q}\n# end\n',
    ],
    ['takes the first out of a line', 'labels: {PER: {key: p}, PERSON: }', 'labels: {PERSON: }'],
    ['takes the last out of a line', 'labels: {PERSON: , PER: {key: p}}', 'labels: {PERSON}'],
  ] as const) {
    it(what, () => assert.equal(rename(source, 'PER', 'PERSON'), expected));
  }

  for (const [what, source, expected] of [
    ['with its line', 'labels:\n  ORG: {key: o}\n  PER: {key: p} # slip\n', 'labels:\n  ORG: {key: o}\n'],
    ['in a map on one line', 'labels: {PER: {key: p}, ORG: }', 'labels: {ORG: }'],
    ['that is the only one', 'labels:\n  PER:\n    key: p\n# end\n', 'labels:\n  {}\n# end\n'],
    ['that is the only one, in a line', 'version: 1\nlabels: {PER: {key: p}}\n', 'version: 1\nlabels: {}\n'],
    ['that is not there', 'labels:\n  ORG:\n', 'labels:\n  ORG:\n'],
  ] as const) {
    it(`takes one out ${what}`, () => assert.equal(rename(source, 'PER', undefined), expected));
  }

  it('writes the built-in labels out where those serve', () => {
    for (const source of [undefined, '', '# mine\n', 'version: 1\narticles: "*.txt"']) {
      const result = rename(source, 'PER', 'PERSON')!;
      assert.ok(result.startsWith(source ?? ''));
      assert.deepEqual(
        readCorpusYaml(result).labelSet?.labels.map(({ name }) => name),
        BUILT_IN.labels.map(({ name }) => (name === 'PER' ? 'PERSON' : name)),
      );
    }
    assert.equal(rename(undefined, 'STRAY', 'PERSON'), '');
  });

  it('refuses what it cannot change', () => {
    assert.equal(rename('labels: [', 'PER', 'X'), undefined);
    assert.equal(rename('version: 1\nlabels:\n', 'PER', 'X'), undefined);
    assert.equal(rename('labels:\n  PER: &a {key: p}\n  X: {mine: *a}\n', 'PER', 'X'), undefined);
  });

  it('tells where the names stand', () => {
    const source = '\ufefflabels:\n  "A B": {}\n  C:\n';
    const places = labelPlaces(source).map(({ name, start16, end16 }) => [
      name,
      source.slice(start16, end16),
    ]);
    assert.deepEqual(places, [
      ['A B', '"A B"'],
      ['C', 'C'],
    ]);
  });
});

describe('changing items of a list', () => {
  const relabel = (from: string, to: string) => (item: Item) =>
    item.label === from ? { ...item, label: to } : item;
  const change = (source: string, from = 'GPE', to = 'PLACE') => {
    const splices = changeItems(source, GAZETTEER_FORM, relabel(from, to));
    return splices && spliced(source, splices);
  };

  it('changes values only, and takes out what is there twice', () => {
    assert.equal(
      change(
        'version: 1\r\nforms:\r\n  # GPE\r\n  - {text: A, label: GPE}\r\n  - {text: A, label: PLACE}\r\n  - {text: GPE, label: GPE}\r\n',
      ),
      'version: 1\r\nforms:\r\n  # GPE\r\n  - {text: A, label: PLACE}\r\n  - {text: GPE, label: PLACE}\r\n',
    );
  });

  it('changes what is written by hand', () => {
    assert.equal(
      change('\ufeffforms:\n- label: GPE # a\n  text: "A"\n- {label: "GPE", text: B, x: 1}\n- 5\n'),
      '\ufeffforms:\n- label: PLACE # a\n  text: "A"\n- {label: PLACE, text: B, x: 1}\n- 5\n',
    );
    assert.equal(change('version: 1\nforms:\n'), 'version: 1\nforms:\n');
    assert.equal(change('forms: ['), undefined);
  });

  it('is taken back exactly, and is read as changed', () => {
    const word = fc.constantFrom('GPE', 'PLACE', 'a, b', '"', 'x: y', '😀', 'no');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 8 }), fc.boolean(), (pairs, isByHand) => {
        const line = ([text, label]: readonly [string, string]) =>
          `  - ${isByHand ? '   ' : ''}{text: ${JSON.stringify(text)}, label: ${JSON.stringify(label)}}`;
        const source = ['version: 1', 'forms:', ...pairs.map(line), ''].join('\n');
        const splices = changeItems(source, GAZETTEER_FORM, relabel('GPE', 'PLACE'))!;
        const after = spliced(source, splices)!;
        assert.equal(spliced(after, inverse(splices)), source);
        const keys = (items: readonly Item[]) => new Set(items.map(({ text, label }) => `${text}\0${label}`));
        const wanted = readListing(source, GAZETTEER_FORM).items.map(relabel('GPE', 'PLACE'));
        assert.deepEqual(keys(readListing(after, GAZETTEER_FORM).items), keys(wanted));
      }),
    );
  });

  it('refuses a text that is another', () => {
    assert.equal(spliced('abc', [{ at16: 1, removed: 'x', added: '' }]), undefined);
  });
});
