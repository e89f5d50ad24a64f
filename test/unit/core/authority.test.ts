import assert from 'node:assert/strict';
import { AuthorityIndex, readAuthority } from '../../../src/core/authority';
import { addressOf, isAddress, isLink } from '../../../src/core/links';
import { readCorpusYaml } from '../../../src/core/labels';

const read = (source: string, path: string) => {
  const { entries, problems } = readAuthority(source, path);
  return {
    entries: entries.map(({ id, name, description, start16, end16 }) => [
      id,
      name,
      description,
      source.slice(start16, end16),
    ]),
    problems: problems.map(({ code, start16 }) => [code, source.slice(0, start16).split('\n').length]),
  };
};

describe('an authority file', () => {
  it('is a map by id, of maps or of names', () => {
    const source =
      'version: 1\nentries:\n  wikidata:Q148: {name: China, description: A state, born: 1949}\n' +
      '  "https://example.org/x": Somebody\n  viaf:1:\n  viaf:2: [a]\n';
    assert.deepEqual(read(source, 'authority.yaml'), {
      entries: [
        ['wikidata:Q148', 'China', 'A state', 'wikidata:Q148'],
        ['https://example.org/x', 'Somebody', undefined, '"https://example.org/x"'],
        ['viaf:1', undefined, undefined, 'viaf:1'],
        ['viaf:2', undefined, undefined, 'viaf:2'],
      ],
      problems: [['wrong-type', 6]],
    });
  });

  it('tells what is wrong', () => {
    assert.deepEqual(read('entries: [', 'a.yml').problems[0]?.[0], 'yaml-syntax');
    assert.deepEqual(read('version: 1\nentries: 5\n', 'a.yaml').problems, [['wrong-type', 2]]);
    assert.deepEqual(read('version: 1\n', 'a.yaml').problems, [['wrong-type', 1]]);
    assert.deepEqual(read('', 'a.yaml'), { entries: [], problems: [] });
    assert.deepEqual(read('entries:\n  a: x\n  a: y\n', 'a.yaml').problems, [['key-duplicate', 3]]);
  });

  it('is a table, with its columns named or not', () => {
    assert.deepEqual(read('wikidata:Q148,China,"A state, big"\r\n\r\nviaf:1\r\n', 'a.csv').entries, [
      ['wikidata:Q148', 'China', 'A state, big', 'wikidata:Q148'],
      ['viaf:1', undefined, undefined, 'viaf:1'],
    ]);
    assert.deepEqual(read('Name\tID\nChina\twikidata:Q148\n', 'a.tsv').entries, [
      ['wikidata:Q148', 'China', undefined, 'wikidata:Q148'],
    ]);
  });

  it('is found by the id, and by the address that it means', () => {
    const { entries } = readAuthority('wikidata:Q148,China\nown:7,Zora\n', 'a.csv');
    const index = new AuthorityIndex(entries, new Map([['own', 'https://example.org/']]));
    for (const link of ['wikidata:Q148', 'wd:Q148', 'https://www.wikidata.org/wiki/Q148'])
      assert.equal(index.find(link)?.name, 'China', link);
    assert.equal(index.find('https://example.org/7')?.name, 'Zora');
    assert.equal(index.find('wikidata:Q1'), undefined);
  });
});

describe('the address of a link', () => {
  it('is of the web only', () => {
    for (const address of ['https://example.org/a?b=c#d', 'HTTP://example.org'])
      assert.ok(isAddress(address));
    for (const other of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://',
      'https:///x',
      'https://a b',
      'https://a\u0000',
      'command:x',
      'vscode://x',
    ]) {
      assert.ok(!isAddress(other), other);
      assert.equal(addressOf(other), undefined, other);
    }
  });

  it('is what a prefix stands for, the corpus’s before the known ones', () => {
    assert.equal(addressOf('wikidata:Q148'), 'https://www.wikidata.org/wiki/Q148');
    assert.equal(addressOf('wikidata:Q148', new Map([['wikidata', 'http://a.org/']])), 'http://a.org/Q148');
    assert.equal(addressOf('unknown:1'), undefined);
    assert.equal(addressOf('wikidata:Q1 48'), undefined);
  });
});

describe('what a person may set as a link', () => {
  it('is an address, or an id with a prefix, be that known or not', () => {
    for (const link of ['https://a.org/x?y#z', 'wikidata:Q148', 'own:a-1', 'urn:isbn:1', '人:一'])
      assert.ok(isLink(link), link);
  });

  it('is no text with white space, nothing without a prefix, and half an address neither', () => {
    for (const text of [
      '',
      'foo bar baz',
      'Q148',
      'wikidata:',
      ':Q148',
      'wikidata:Q1 48',
      'https://',
      'https:/a',
    ])
      assert.ok(!isLink(text), text);
  });
});

describe('links in corpus.yaml', () => {
  it('are read, and what leaves the corpus or the web is a problem', () => {
    const { labelSet, problems } = readCorpusYaml(
      'authority: data/people.csv\nprefixes:\n  own: "https://example.org/"\n  bad: "javascript:x"\n',
    );
    assert.equal(labelSet?.authority, 'data/people.csv');
    assert.deepEqual([...(labelSet?.prefixes ?? [])], [['own', 'https://example.org/']]);
    assert.deepEqual(problems.map(({ code }) => code), ['prefix-malformed']); // prettier-ignore
    for (const path of ['../a.yaml', '/a.yaml', 'a/../../b.csv', 'C:/a.yaml', '..\\\\a.yaml', 'a.txt', '']) {
      const reading = readCorpusYaml(`authority: "${path}"\n`);
      assert.deepEqual(reading.problems.map(({ code }) => code), ['authority-malformed'], path); // prettier-ignore
      assert.equal(reading.labelSet?.authority, undefined);
    }
  });
});
