import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffAnnotations } from '../../../src/core/model/diff';
import { changing, applyEdits } from '../../../src/core/model/edit';
import type { Entity } from '../../../src/core/model/entity';
import { addLabelsToYaml, readCorpusYaml } from '../../../src/core/labels';
import { readSidecar } from '../../../src/core/sidecar/read';
import { NEW_FRAME } from '../../../src/core/sidecar/sidecar';
import { writeSidecar } from '../../../src/core/sidecar/write';
import { decodeUtf8 } from '../../../src/core/text';
import { anyEntity, entity } from './arbitraries';
import { assertKept } from '../../support/kept.ts';

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'length'];

describe('names that JavaScript has a use for', () => {
  const hostile: Entity[] = NAMES.map((name, start) =>
    entity({
      id: name,
      label: name,
      start,
      end: start + 1,
      text: name,
      note: name,
      attributes: Object.fromEntries([
        [name, { polluted: name }],
        ['deep', [Object.fromEntries([[name, 1]])]],
      ]),
    }),
  );
  const sidecar = {
    status: 'open',
    article: '__proto__',
    textHash: '',
    frame: NEW_FRAME,
    entities: hostile,
  } as const;

  it('are texts like any other in a sidecar, whichever way it is read', () => {
    const written = writeSidecar(sidecar);
    assert.deepEqual(readSidecar(written).sidecar?.entities, hostile);
    assert.deepEqual(readSidecar(written.replace('  - {', '  - { ')).sidecar?.entities, hostile, 'by yaml');
    assertKept(written);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('are kept as keys that nobody knows', () => {
    const pairs = NAMES.map((name) => `${name}: {__proto__: {polluted: 1}}`);
    const source = `version: 1\n${pairs.join('\n')}\nentities:\n  - {id: a1, label: A, start: 0, end: 1, text: a, ${pairs.join(', ')}}\n`;
    for (const form of [source, source.replace('  - {', '  - { ')]) {
      assertKept(form);
      const written = writeSidecar(readSidecar(form).sidecar!);
      for (const pair of pairs) assert.equal(written.split(pair).length, 3, pair);
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('are ids that edits find', () => {
    const before = { status: 'open', entities: [] } as const;
    const edits = diffAnnotations(before, sidecar);
    const after = applyEdits(before, edits);
    assert.deepEqual(new Set(after.entities), new Set(hostile));
    const [first] = hostile;
    const changed = applyEdits(after, [changing(first!, { ...first!, label: 'X' })]);
    assert.equal(changed.entities.find(({ id }) => id === '__proto__')?.label, 'X');
    assert.deepEqual(applyEdits(after, diffAnnotations(after, before)).entities, []);
  });

  it('are labels like any other', () => {
    const source = `version: 1\nlabels:\n${NAMES.map((name) => `  ${name}: {description: ${name}}\n`).join('')}`;
    const { labelSet, problems } = readCorpusYaml(source);
    assert.deepEqual(problems, []);
    assert.deepEqual(labelSet!.labels.map(({ name, description }) => [name, description]), NAMES.map((name) => [name, name])); // prettier-ignore
    assert.equal(
      readCorpusYaml(addLabelsToYaml(source, [labelSet!.labels[0]!]) ?? source).problems.length,
      0,
    );
  });
});

describe('a sidecar that is odd but sound', () => {
  const HEAD = 'version: 1\nentities:\n';
  const BASE = 'id: a1, label: ORG, start: 0, end: 4, text: text';
  const keys = (n: number) => Array.from({ length: n }, (_, i) => `k${i}: ${i}`);
  /** What has as many parts as it is told: 200 in each form of the file, 20,000 in one. */
  const many: [title: string, source: (n: number) => string][] = [
    ['keys beside the entities', (n) => `version: 1\n${keys(n).join('\n')}\nentities:\n  - {${BASE}}\n`],
    ['keys in an entity', (n) => `${HEAD}  - {${BASE}, ${keys(n).join(', ')}}\n`],
    ['keys in an entity on many lines', (n) => `${HEAD}  - {${BASE},\n     ${keys(n).join(',\n     ')}}\n`],
    ['attributes', (n) => `${HEAD}  - {${BASE}, attributes: { ${keys(n).join(', ')}}}\n`],
    ['aliases', (n) => `version: 1\nx:\n  - &a 1\n${'  - *a\n'.repeat(n)}entities:\n- {${BASE}}\n`],
    ['comments above', (n) => `${'# a\n'.repeat(n)}version: 1\nentities:\n  - {${BASE}}\n`],
    ['comments below', (n) => `version: 1\nentities:\n- {${BASE}}\n${'# a\n'.repeat(n)}`],
    ['comments among entities', (n) => `${HEAD}${'  # a\n'.repeat(n)}  - {${BASE}}\n`],
    ['lines of a text', (n) => `${HEAD}- {${BASE}, note: "${'x y\n  '.repeat(n)}"}\n`],
  ];
  const cases: [title: string, source: string][] = [
    ['an alias bomb beside the entities', `version: 1\na: &a [x]\n${[...'bcdefghi'].map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]}, `.repeat(9)}]\n`).join('')}entities:\n- {${BASE}}\n`], // prettier-ignore
    ['an alias of itself', `version: 1\nx: &x [*x]\nentities:\n- {${BASE}}\n`],
    ['a text of 300,000 characters', `${HEAD}- {${BASE.replace(': text', `: "${'x'.repeat(300_000)}"`)}}\n`],
    ['lone surrogates', `${HEAD}  - {${BASE}, note: "\\ud800 \\udc00\\ud800", before: "\\udfff"}\n`],
    ['lone surrogates by yaml', `${HEAD}  - { ${BASE}, note: "\\ud800 \\udc00\\ud800"}\n`],
    [
      'control characters',
      `${HEAD}  - {${BASE}, note: "\\0\\a\\b\\t\\n\\v\\f\\r\\e\\x85\\_\\L\\P\\uFEFF"}\n`,
    ],
    ['tabs between', `${HEAD}  - {${BASE.replaceAll(', ', ',\t')}}\t# c\n`],
    ['tabs in texts', `${HEAD}  - {${BASE}, note: "a\tb"}\n`],
    ['numbers of all kinds', `${HEAD}  - {${BASE}, attributes: {a: -0, b: .inf, c: -.inf, d: 1e21, e: 0x1F, f: 0o17, g: 1.50, h: -1.0e-7}}\n`], // prettier-ignore
    ['a hexadecimal span', `${HEAD}  - {${BASE.replace('4', '0x1F').replace('0,', '-0,')}}\n`],
    ['an empty span', `${HEAD}  - {${BASE.replace('4', '0')}}\n`],
    ['a span that no text is as long as', `${HEAD}  - {${BASE.replace('4', '9007199254740991')}}\n`],
    ['ids that differ in case and composition', ['a', 'A', 'é', 'e\u0301'].map((id) => `  - {${BASE.replace('a1', `"${id}"`)}}\n`).join('').replace(/^/, HEAD)], // prettier-ignore
    ['200 spaces in an id', `${HEAD}  - {${BASE.replace('a1', `a${' '.repeat(200)}b`)}}\n`],
    ['an end of the document', `${HEAD}  - {${BASE}}\n...\n`],
    ['a directive', `%YAML 1.2\n---\n${HEAD}  - {${BASE}}\n`],
    [
      'merge keys',
      `version: 1\nbase: &base {a: 1}\nx: {<<: *base}\nentities:\n  - {${BASE}, <<: {note: x}}\n`,
    ],
  ];
  const assertSound = (form: string) => {
    assert.deepEqual(readSidecar(form).problems, []);
    assertKept(form);
  };
  const formsOf = (source: string) => [source, source.replaceAll('\n', '\r\n'), '\ufeff' + source];
  for (const [title, source] of cases) it(`is kept: ${title}`, () => formsOf(source).forEach(assertSound));
  for (const [title, source] of many)
    it(`is kept: 20,000 ${title}`, () => {
      formsOf(source(200)).forEach(assertSound);
      assertSound(source(20_000));
    });

  it('is not taken for text where its bytes are not UTF-8', () => {
    const source = `${HEAD}  - {${BASE}}\n`;
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...source].flatMap((c) => [c.charCodeAt(0), 0])]);
    const surrogate = Uint8Array.from([0x76, 0xed, 0xa0, 0x80]);
    for (const bytes of [
      utf16,
      utf16.map((_, i) => utf16[i ^ 1]!),
      surrogate,
      Uint8Array.from([0xc0, 0x80]),
    ]) {
      assert.equal(decodeUtf8(bytes), undefined);
    }
    const unmarked = decodeUtf8(utf16.subarray(2))!;
    assert.equal(readSidecar(unmarked).sidecar, undefined, 'UTF-16 without its mark');
    assert.ok(readSidecar(unmarked).problems.length > 0);
  });
});

/** A file with random harm done to it: bytes flipped, lines cut, doubled, swapped; the rest cut off. */
function harmed(bytes: Uint8Array): fc.Arbitrary<string> {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const decode = (harmedBytes: Uint8Array) =>
    decodeUtf8(harmedBytes) ?? new TextDecoder().decode(harmedBytes);
  const line = fc.nat(lines.length - 1);
  const change = fc.oneof(
    fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((flips) => {
      const copy = bytes.slice();
      for (const [at, byte] of flips) copy[at] = byte;
      return decode(copy);
    }),
    fc.nat(bytes.length).map((length) => decode(bytes.slice(0, length))),
    fc.tuple(fc.nat(bytes.length), fc.nat(40)).map(([at, n]) => decode(bytes.filter((_, i) => i < at || i >= at + n))), // prettier-ignore
    line.map((i) => lines.toSpliced(i, 1).join('\n')),
    fc.tuple(line, line).map(([i, j]) => lines.toSpliced(i, 0, lines[j]!).join('\n')),
    fc.tuple(line, line).map(([i, j]) => lines.with(i, lines[j]!).join('\n')),
    fc.tuple(line, fc.constantFrom('<<<<<<< HEAD', '=======', '---', '- a', 'x: [', '\t', '  note: "', '# c', '? a', '&a *a', '"')).map(([i, added]) => lines.toSpliced(i, 0, added).join('\n')), // prettier-ignore
    fc.tuple(fc.nat(bytes.length), fc.constantFrom('{', '}', '[', ']', '"', "'", ': ', ', ', '\n', '\r', '#', ' ', '\0', '\ufeff', '&', '*', '!', '|', '>', '%', '\\', '\u2028')).map(([at, added]) => decode(bytes.slice(0, at)) + added + decode(bytes.slice(at))), // prettier-ignore
  );
  return change;
}

describe('a sidecar or label set that was harmed', () => {
  const sidecars = fc.array(anyEntity, { minLength: 1, maxLength: 4 }).map((entities) => {
    const unique = [...new Map(entities.map((one) => [one.id, one])).values()];
    const frame = { ...NEW_FRAME, head: ['# c', 'version: 1', 'x: {a: [1, b]}'], tail: ['y: 2'] };
    return writeSidecar({ status: 'done', article: 'a.txt', textHash: '', frame, entities: unique });
  });
  const blocks = fc.constant(
    'version: 1\nx: &a {b: 1}\ny: *a\nentities: # c\n- id: a1\n  # d\n  label: ORG\n  start: 0\n  end: 4\n  text: >-\n    te\n    xt\n  u: |\n    v\n- {id: b1, label: "X",\n   start: 1, end: 2, text: y, attributes: {a: [1, {b: null}]}}\n# e\n',
  );

  it('is refused with a problem in it, or kept', () => {
    const source = fc.oneof(sidecars, blocks).chain((text) => harmed(new TextEncoder().encode(text)));
    fc.assert(
      fc.property(source, (text) => void assertKept(text)),
      {
        numRuns: 600,
        examples: [
          ['version: 1\narticle: a.txt\nentities: []\ny: 2\n\r'],
          ['version: 1\narticle:entities:\n  - {a: 1}\n'],
          ['# \r# c\nversion: 1\narticle: a.txt\nx: {a: b}\nentities: []\n'],
          ['# \rc\nversion: 1\narticle: a.txt\nx: {a: b}\nentities: []\n'],
        ],
      },
    );
  });

  it('is refused with a problem in it, or gives labels that a label can be added to', () => {
    const text =
      '# c\nversion: 1\narticles: ["a/*.txt", b]\nlabels:\n  ORG: {key: o, color: "#3b82f6", description: x}\n  "P Q":\n    key: 1\n  R:\nz: 1\n';
    const added = { name: 'NEW', color: '#123456' };
    fc.assert(
      fc.property(harmed(new TextEncoder().encode(text)), (source) => {
        const { labelSet, problems } = readCorpusYaml(source);
        for (const { start16, end16 } of problems) assert.ok(0 <= start16 && start16 <= end16 && end16 <= source.length); // prettier-ignore
        if (!labelSet) return assert.ok(problems.some(({ severity }) => severity === 'error'));
        const result = addLabelsToYaml(source, [added]);
        if (result === undefined) return;
        const names = readCorpusYaml(result).labelSet!.labels.map(({ name }) => name);
        assert.deepEqual(names, [...new Set([...labelSet.labels.map(({ name }) => name), 'NEW'])]);
      }),
      { numRuns: 300 },
    );
  });
});
