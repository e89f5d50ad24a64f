import assert from 'node:assert/strict';
import { readCorpusYaml } from '../../../src/core/labels';
import { LineIndex } from '../../../src/core/lines';
import type { Problem } from '../../../src/core/problem';
import { readSidecar } from '../../../src/core/sidecar/read';
import { YamlSource } from '../../../src/core/yaml-source';

const HEAD = 'version: 1\narticle: a.txt\nentities:\n';
const BASE = 'id: a1, label: ORG, start: 0, end: 4, text: text';
const inEntity = (pairs: string) => `${HEAD}  - {${pairs}}\n`;

/** A source whose problems stand between « and »; the places of those in it, `line:character-line:character`. */
function unmark(marked: string): { source: string; places: string[] } {
  const source = marked.replace(/[«»]/g, '');
  const lines = new LineIndex(source);
  const marks = [...marked.matchAll(/[«»]/g)].map(({ index }, i) => lines.at(index - i));
  const places: string[] = [];
  for (let i = 0; i < marks.length; i += 2) places.push(place(marks[i]!, marks[i + 1]!));
  return { source, places };
}

type Place = ReturnType<LineIndex['at']>;

function place(start: Place, end: Place): string {
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}

function assertProblems(
  read: (source: string) => { problems: readonly Problem[] },
  marked: string,
  code: string,
) {
  for (const mark of ['', '\ufeff']) {
    const { source, places } = unmark(mark + marked);
    const lines = new LineIndex(source);
    assert.deepEqual(
      read(source).problems.map((one) => `${one.code} ${place(lines.at(one.start16), lines.at(one.end16))}`),
      places.map((one) => `${code} ${one}`),
    );
  }
}

/** Values of each kind that a key does not take, and what is said of them. */
const WRONG: [keys: string[], values: string[]][] = [
  [
    ['article', 'text_hash', 'status'],
    ['[1]', '{a: 1}', '2.5', 'null', 'true'],
  ],
  [
    ['id', 'label', 'text'],
    ['[1]', '{a: 1}', '2.5', 'null', 'true'],
  ],
  [
    ['suggested_by', 'note', 'link', 'before', 'after'],
    ['[1]', '{a: 1}', '2.5', 'null', 'true'],
  ],
  [['reviewed'], ['[1]', '{a: 1}', '2.5', 'null', 'yes', '"true"', '1']],
  [['score'], ['[1]', '{a: 1}', 'high', '"0.5"', 'null', 'true', '.nan', '.inf']],
  [['attributes'], ['[]', '2', 'text', 'null']],
  [
    ['parts'],
    ['2', '[0, 4]', '[[0]]', '[[0, 1, 2]]', '[[2, 1]]', '[[0.5, 1]]', '[["0", 1]]', '{0: 1}', 'null'],
  ],
  [['start'], ['-1', '-.inf']],
  [
    ['start', 'end'],
    ['0.5', '.nan', '0b11', '1_000', '"0"', '017x', 'NaN', '[0]', 'null'],
  ],
  [['end'], ['1e99', '9007199254740993', '.inf', '0x7fffffffffffffffff', 'Infinity']],
];

function withValue(key: string, value: string): string {
  if (['article', 'text_hash', 'status'].includes(key))
    return `version: 1\n${key}: «${value}»\nentities: []\n`;
  const pairs = new Map(BASE.split(', ').map((pair) => pair.split(': ') as [string, string]));
  return inEntity([...pairs.set(key, `«${value}»`)].map((pair) => pair.join(': ')).join(', '));
}

describe('a hostile sidecar is refused, with the place', () => {
  const bomb = [...'bcdefghi']
    .map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]}, `.repeat(9)}]\n`)
    .join('');
  const laughs = `version: 1\na: &a [lol]\n${bomb}`;
  const cases: [title: string, marked: string, code: string][] = [
    ['an alias bomb as the version', laughs.replace('version: 1', '') + 'version: «*i»\n', 'version-unknown'],
    ['as the article', `${laughs}article: «*i»\n`, 'wrong-type'],
    ['as the list of entities', `${laughs}entities: «*i»\n`, 'wrong-type'],
    ['as an entity', `${laughs}entities:\n  - «*i»\n`, 'yaml-alias'],
    ['as a label', `${laughs}entities:\n  - {${BASE.replace('ORG', '«*i»')}}\n`, 'yaml-alias'],
    ['as a key', `${laughs}entities:\n  - {${BASE}, «*i» : x}\n`, 'yaml-alias'],
    ['among attributes', `${laughs}entities:\n  - {${BASE}, attributes: {x: [«*i»]}}\n`, 'yaml-alias'],
    ['under an unknown key', `${laughs}entities:\n  - {${BASE}, x: «*i»}\n`, 'yaml-alias'],
    ['a merge of a bomb', `${laughs}entities:\n  - {<<: «*i», ${BASE}}\n`, 'yaml-alias'],
    ['an anchor on the entities', 'version: 1\nentities: &a «[]»\n', 'yaml-alias'],
    ['an alias of nothing', `${HEAD}  - {${BASE}}\nx: «*nobody»\n`, 'yaml-alias-unknown'],

    [
      '100,000 lists in one another',
      `version: 1\nx: ${'['.repeat(100)}«[»${'['.repeat(99_900)}`,
      'yaml-too-deep',
    ],
    ['100,000 maps', `version: 1\nx: ${'{a: '.repeat(100)}«{»a: ${'{a: '.repeat(99_900)}`, 'yaml-too-deep'],
    ['in block style', `version: 1\nx:\n  ${'- '.repeat(99)}«-»${' -'.repeat(100_000)}`, 'yaml-too-deep'],
    ['where none may be', `version: 1\nx: «-»${' -'.repeat(100_000)}`, 'yaml-too-deep'],
    ['a few where none may be', `version: 1\nx: ${'- '.repeat(99)}«-»${' -'.repeat(100)} a`, 'yaml-too-deep'],
    ['100,000 keys of keys', `version: 1\nx: «?»${' ?'.repeat(100_000)}`, 'yaml-too-deep'],
    ['100,000 anchors in a row', `version: 1\nx: «&»a${' &a'.repeat(100_000)}`, 'yaml-too-deep'],
    ['a deep attribute', inEntity(`${BASE}, attributes: {x: ${'['.repeat(98)}«[»[`), 'yaml-too-deep'],

    ['a key twice', 'version: 1\n«version»: 1\n', 'key-duplicate'],
    ['a key twice in quotes', 'version: 1\n«"version"»: 1\n', 'key-duplicate'],
    ['the entities twice', `${HEAD}  - {${BASE}}\n«entities»: []\n`, 'key-duplicate'],
    ['a key twice in an entity', inEntity(`${BASE}, «text»: other`), 'key-duplicate'],
    ['an unknown key twice', inEntity(`${BASE}, x: 1, «x»: 2`), 'key-duplicate'],
    ['an attribute twice', inEntity(`${BASE}, attributes: {x: 1, «x»: 2}`), 'key-duplicate'],
    ['`__proto__` twice', inEntity(`${BASE}, attributes: {__proto__: 1, «__proto__»: 2}`), 'key-duplicate'],
    ['an attribute as number and text', inEntity(`${BASE}, attributes: {1: a, «"1"»: b}`), 'key-duplicate'],
    ['an attribute with a list as key', inEntity(`${BASE}, attributes: {«[a]»: b}`), 'wrong-type'],
    ['an attribute with nothing as key', inEntity(`${BASE}, attributes: {«null»: b}`), 'wrong-type'],
    [
      'a number that loses digits',
      inEntity(`${BASE}, attributes: {x: «12345678901234567890»}`),
      'number-too-long',
    ],
    ['a number without end', inEntity(`${BASE}, attributes: {x: [«1e999»]}`), 'number-too-long'],

    ...['[1]', '{a: 1}', '1.5', '"1"', 'null', '.nan'].map((version): [string, string, string] => {
      return [`version: ${version}`, `version: «${version}»\n`, 'version-unknown'];
    }),
    ['entities: [1]', 'version: 1\nentities: [«1»]\n', 'wrong-type'],
    ['entities: {a: 1}', 'version: 1\nentities: «{a: 1}»\n', 'wrong-type'],
    ...WRONG.flatMap(([keys, values]) =>
      keys.flatMap((key) =>
        values.map((value): [string, string, string] => [
          `${key}: ${value}`,
          withValue(key, value),
          'wrong-type',
        ]),
      ),
    ),
    [
      'a span that starts at infinity',
      inEntity(BASE.replace('0', '«.inf»').replace('4', '«.inf»')),
      'wrong-type',
    ],
    ['a part before the text', inEntity(`${BASE}, parts: «[[-1, 1]]»`), 'entity-part-outside'],
    ['a reversed span', inEntity(BASE.replace('0, end: 4', '«5», end: 4')), 'entity-span-reversed'],
    [
      'a span reversed by hexadecimal',
      inEntity(BASE.replace('0, end: 4', '«0xF», end: 4')),
      'entity-span-reversed',
    ],
    ['an id that repeats', inEntity(BASE) + `  - {${BASE.replace('a1', '«a1»')}}\n`, 'entity-id-duplicate'],
    ['an empty id', withValue('id', '""'), 'wrong-type'],
    ['an empty label', withValue('label', "''"), 'wrong-type'],

    ...['../b/a.txt', '/etc/passwd', 'https://example.org/a.txt', 'sub/a.txt', '..', '.', '"a\\0.txt"'].map(
      (name): [string, string, string] => [
        `an article that is ${name}`,
        `version: 1\narticle: «${name}»\nentities: []\n`,
        'article-not-a-name',
      ],
    ),
    ['a second document', `${HEAD}  - {${BASE}}\n«»---\n${HEAD}`, 'yaml-several-documents'],
    ['100,000 documents', '---\n«»' + '---\n'.repeat(100_000), 'yaml-several-documents'],
    ['a tab before an entity', `${HEAD}«\t»- {${BASE}}\n`, 'yaml-syntax'],
    ['a tag that makes an object', inEntity(`${BASE}, x: !!js/function «"f"»`), 'yaml-alias'],
    [
      'a file that is large and not ours',
      `«version: 1»\nx:\n${'- a\n'.repeat(200_000)}`,
      'line-not-canonical',
    ],
    [
      'a file of brackets',
      `version: 1\nx: [${'[],'.repeat(41_665)}[«]»,${'[],'.repeat(9)}]\n`,
      'yaml-too-dense',
    ],
    [
      'an id of five million characters',
      `${HEAD}«  - {${BASE.replace('a1', 'a&a '.repeat(1_250_000) + 'b')}}»\n`,
      'line-not-canonical',
    ],
    [
      'a line whose canonical form would be too large',
      `«${HEAD}  - {${BASE}, ${'[],'.repeat(41_000)} x: 1}\n»`,
      'not-canonicalizable',
    ],
    [
      'a file whose canonical form would be too large',
      `«version: 1\nentities:\n- {${BASE}, ${'[],'.repeat(35_000)} x: 1}\n»`,
      'not-canonicalizable',
    ],
  ];
  for (const [title, marked, code] of cases) {
    it(title, () => {
      assert.equal(readSidecar(unmark(marked).source).sidecar, undefined);
      assertProblems(readSidecar, marked, code);
    });
  }

  it('however many errors it has, with the first few', () => {
    for (const piece of ['"\n', ']', ', ', '|1\n', '%a\n']) {
      const source = `${HEAD}  - {${piece.repeat(20_000)}`;
      const { sidecar, problems } = readSidecar(source);
      assert.equal(sidecar, undefined);
      assert.ok(problems.length >= 1 && problems.length <= 10, `${problems.length} problems`);
      const { errors } = new YamlSource(source).document;
      assert.ok(errors.length <= 101, `yaml went on after ${errors.length} errors`);
    }
    assert.equal(readSidecar(HEAD + `  - {${BASE}, note: 1}\n`.repeat(1000)).problems.length, 100);
  });
});

describe('a hostile corpus.yaml', () => {
  const deep = '['.repeat(100_000);
  const cases: [title: string, marked: string, code: string][] = [
    ['an alias bomb as labels', 'a: &a [x]\nb: &b [*a, *a]\nlabels: «*b»\n', 'wrong-type'],
    ['as a label', 'a: &a {key: x}\nlabels: {A: «*a»}\n', 'wrong-type'],
    ['as a description', 'a: &a x\nlabels: {A: {description: «*a»}}\n', 'wrong-type'],
    ['as articles', 'a: &a x\narticles: [«*a»]\n', 'wrong-type'],
    ['as the version', 'a: &a [x]\nversion: «*a»\n', 'version-unknown'],
    ['an alias of nothing', 'labels: {A: «*a»}\n', 'yaml-alias-unknown'],
    ['100,000 levels', `labels: ${deep.slice(0, 100)}«[»${deep}`, 'yaml-too-deep'],
    ['a label twice', 'labels:\n  A:\n  «A»:\n', 'key-duplicate'],
    ['labels that are a list', 'labels: «[A, B]»\n', 'wrong-type'],
    ['a label that is a list', 'labels: {«[A]»: x}\n', 'wrong-type'],
    ['a label without a name', 'labels: {«""»: x}\n', 'wrong-type'],
    ['a colour that is a map', 'labels: {A: {color: «{a: b}»}}\n', 'wrong-type'],
    ['articles outside', 'articles: ["«»a/../../b/*.txt"]\n'.replace('"«»', '«"').replace('"]', '"»]'), 'glob-malformed'], // prettier-ignore
    ['articles of 70,000 characters', `articles: «${'a'.repeat(70_000)}»\n`, 'glob-too-complex'],
    ['articles that take for ever', `articles: «"${'*a'.repeat(20)}"»\n`, 'glob-too-complex'],
    ['articles in repetitions', 'articles: «"+(+(a))b"»\n', 'glob-too-complex'],
    [
      'more articles than a person writes',
      `articles:\n${'  - a\n'.repeat(100)}  - «b»\n`,
      'glob-too-complex',
    ],
    ['a second document', 'labels: {}\n«»---\nlabels: {}\n', 'yaml-several-documents'],
    ['a file that is too large', `«»${'# a\n'.repeat(200_000)}`, 'yaml-too-big'],
    ['a file of commas', `labels: {A: {x: [${'a,'.repeat(124_994)}a«,»]}}\n`, 'yaml-too-dense'],
  ];
  for (const [title, marked, code] of cases) {
    it(`says where it is wrong: ${title}`, () => assertProblems(readCorpusYaml, marked, code));
  }

  it('has no more problems than a person can read', () => {
    const labels = (n: number, value: string) =>
      'labels:\n' + Array.from({ length: n }, (_, i) => `  L${i}:${value}\n`).join('');
    const { labelSet, problems } = readCorpusYaml(labels(20_000, ' x'));
    assert.deepEqual([labelSet!.labels.length, problems.length], [20_000, 100]);
    assert.equal(new Set(labelSet!.labels.map(({ color }) => color)).size, 20_000, 'each has its colour');
  });
});
