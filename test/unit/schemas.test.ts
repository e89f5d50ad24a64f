import { Ajv } from 'ajv';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { parse } from 'yaml';
import { readCorpusYaml } from '../../src/core/labels.ts';
import { readSidecar } from '../../src/core/sidecar/read.ts';

const entity = '{id: abc234, label: ORG, start: 0, end: 3, text: ABC}';
const sidecar = (item: string) => `version: 1\nentities:\n  - ${item}\n`;
const withField = (field: string) => sidecar(entity.replace('}', `, ${field}}`));

/** What the schemas say is what the readers say, but for what a schema cannot say. */
describe('schemas', () => {
  const validator = (name: string) =>
    new Ajv({ strict: true, allowUnionTypes: true }).compile(
      JSON.parse(fs.readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object,
    );

  describe('of sidecars', () => {
    const isValid = validator('sidecar');
    const agree = (source: string, expected: boolean) => {
      const { sidecar: read, problems } = readSidecar(source);
      assert.equal(read !== undefined, expected, JSON.stringify(problems));
      assert.equal(isValid(parse(source)), expected, JSON.stringify(isValid.errors));
    };

    for (const source of [
      sidecar(entity),
      'version: 1\nentities: []\n',
      'version: 1\nstatus: done\nentities:\nmine: {a: 1}\n',
      withField('reviewed: true'),
      withField('suggested_by: gazetteer, note: n, link: "wikidata:Q148", conflict: k7q2m9'),
      withField('attributes: {a: [1, null, {b: x}]}'),
      withField('parts: [[0, 1], [2, 3]]'),
      withField('mine: 5'),
      fs.readFileSync('seeds/000_dbeb007e7c7426dc.ann.yaml', 'utf8'),
      fs.readFileSync('seeds/2022/005_3c0d3712a5898bd0.ann.yaml', 'utf8'),
    ]) {
      it(`both accept ${JSON.stringify(source.slice(0, 90))}`, () => agree(source, true));
    }

    for (const source of [
      '- 1\n',
      'entities: []\n',
      'version: 2\nentities: []\n',
      'version: 1\nstatus: closed\nentities: []\n',
      'version: 1\nentities: 5\n',
      sidecar('5'),
      sidecar('{label: ORG, start: 0, end: 3, text: ABC}'),
      sidecar(entity.replace('ORG', '7')),
      sidecar(entity.replace('0', '-1')),
      sidecar(entity.replace('3,', '3.5,')),
      sidecar(entity.replace('3,', '1.e+16,')),
      'version: 1\narticle: 5\n',
      'version: 1\nstatus:\n',
      withField('reviewed: maybe'),
      withField('note: [a]'),
      withField('conflict: true'),
      withField('attributes: x'),
      withField('parts: [[0]]'),
    ]) {
      it(`both refuse ${JSON.stringify(source)}`, () => agree(source, false));
    }

    it('cannot say that ids are unique, spans are not reversed, and parts lie inside', () => {
      for (const source of [
        `${sidecar(entity)}  - ${entity}\n`,
        sidecar(entity.replace('start: 0', 'start: 9')),
        withField('parts: [[0, 9]]'),
      ]) {
        assert.equal(readSidecar(source).sidecar, undefined);
        assert.equal(isValid(parse(source)), true);
      }
    });
  });

  describe('of label sets', () => {
    const isValid = validator('corpus');
    const agree = (source: string, expected: boolean) => {
      const { problems } = readCorpusYaml(source);
      assert.equal(problems.length === 0, expected, JSON.stringify(problems));
      assert.equal(isValid(parse(source)), expected, JSON.stringify(isValid.errors));
    };

    for (const source of [
      'version: 1\n',
      'version: 1\narticles: "**/*.md"\nlabels: {}\n',
      'version: 1\narticles: [a/*.txt, b/*.txt]\nlabels:\n  ORG:\n  PER: {key: p, color: "#fff", description: People}\n',
      'version: 1\nlabels:\n  ORG: {key: 7, mine: x, description: 1984}\n',
      'version: 1\narticles: []\n',
      'authority: data/people.csv\nprefixes: {own: "https://example.org/"}\n',
      '# Nothing yet\n',
      fs.readFileSync('seeds/corpus.yaml', 'utf8'),
    ]) {
      it(`both accept ${JSON.stringify(source.slice(0, 90))}`, () => agree(source, true));
    }

    for (const source of [
      '- 1\n',
      'version: 2\n',
      'version: 1\narticles: /etc/*\n',
      'version: 1\narticles: ../*.txt\n',
      'version: 1\narticles: 5\n',
      'version: 1\nlabels: [ORG]\n',
      'version: 1\nlabels:\n',
      'version: 1\narticles: [a.txt, ""]\n',
      'version: 1\nlabels: {ORG: {key: 12}}\n',
      'version: 1\nlabels: {ORG: x}\n',
      'version: 1\nlabels: {ORG: {key: op}}\n',
      'version: 1\nlabels: {ORG: {color: red}}\n',
      'version: 1\nlabels: {ORG: {description: [a]}}\n',
      'authority: ../people.yaml\n',
      'authority: people.txt\n',
      'prefixes: {own: "javascript:x"}\n',
      'prefixes: [a]\n',
    ]) {
      it(`both refuse ${JSON.stringify(source)}`, () => agree(source, false));
    }

    it('takes authority files', () => {
      const isAuthority = validator('authority');
      const isFine = (source: string) => isAuthority(parse(source));
      assert.ok(isFine('version: 1\nentries: {"wikidata:Q1": {name: A, mine: [1]}, x: B, y: }\n'));
      assert.ok(!isFine('version: 1\nentries: [a]\n') && !isFine('version: 1\n'));
    });

    it('cannot say that two labels have one key', () => {
      const source = 'version: 1\nlabels: {ORG: {key: o}, LOC: {key: o}}\n';
      assert.equal(readCorpusYaml(source).problems[0]?.code, 'label-key-duplicate');
      assert.equal(isValid(parse(source)), true);
    });
  });
});
