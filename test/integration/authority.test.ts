import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const sidecar = (article: string, ...entities: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${entities.map((entity) => `  - {${entity}}\n`).join('')}`;

const AUTHORITY = 'version: 1\nentries:\n  wikidata:Q1: {name: Zora *Vale*, description: A pilot}\n';

describe('the authority file', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    scratch = await Scratch.make({
      'authority.yaml': AUTHORITY,
      'a.txt': '😀 Zora met Tor in Oslo.\n',
      'a.ann.yaml': sidecar(
        'a.txt',
        'id: aaaaaa, label: PER, start: 2, end: 6, text: Zora, link: "https://www.wikidata.org/wiki/Q1"',
        'id: bbbbbb, label: PER, start: 11, end: 14, text: Tor, link: "wikidata:Q2"',
        'id: cccccc, label: GPE, start: 18, end: 22, text: Oslo',
      ),
      'b.txt': 'Zo.\n',
      'b.ann.yaml': sidecar(
        'b.txt',
        'id: dddddd, label: PER, start: 0, end: 2, text: Zo, link: "wikidata:Q1"',
      ),
    });
    await scratch.article('b.txt');
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    await vscode.window.showTextDocument(document);
    await until(async () => (await scratch.api.findEntities({ text: 'Zo' })).length === 1, 'the index');
  });

  afterEach(() => scratch.remove());

  const definitions = async (character: number) =>
    (
      await vscode.commands.executeCommand<(vscode.LocationLink | vscode.Location)[]>(
        'vscode.executeDefinitionProvider',
        scratch.uri('a.txt'),
        new vscode.Position(0, character),
      )
    ).map((found) => {
      const [uri, range] =
        'targetUri' in found ? [found.targetUri, found.targetRange] : [found.uri, found.range];
      return `${uri.path.split('/').at(-1)} ${range.start.line}:${range.start.character}-${range.end.character}`;
    });

  it('is where an entity is defined, else its line in the sidecar is', async () => {
    assert.deepEqual(await definitions(4), ['authority.yaml 2:2-13']);
    assert.deepEqual(await definitions(12), ['a.ann.yaml 4:4-80']);
    assert.deepEqual(await definitions(20), ['a.ann.yaml 5:4-60']);
    assert.deepEqual(await definitions(8), []);
  });

  it('is another where corpus.yaml names one, and never outside of the corpus @web', async () => {
    await scratch.write('people/names.csv', 'id,name\nown:2,Tor Vale\n');
    await scratch.write(
      'corpus.yaml',
      'version: 1\nauthority: people/names.csv\nprefixes: {wikidata: "https://example.org/", own: "https://example.org/Q"}\n',
    );
    await until(async () => (await definitions(12))[0] === 'names.csv 1:0-5', 'the entry of Tor');
    await scratch.write('corpus.yaml', 'version: 1\nauthority: ../authority.yaml\n');
    await scratch.untilCodes('corpus.yaml', 'authority-malformed');
    await until(async () => (await definitions(4))[0] === 'authority.yaml 2:2-13', 'the entry of Zora');
  });

  it('tells in the hover who it is, as plain text', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      scratch.uri('a.txt'),
      new vscode.Position(0, 4),
    );
    const parts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    const said = parts.find(({ value }) => value.includes('book'))!;
    assert.match(said.value, /Zora(?: |&nbsp;)\\\*Vale\\\*/);
    assert.ok(!said.isTrusted);
    assert.ok(parts.some(({ value }) => value.includes('command:corpusAnnotator.openLink?')));
  });

  it('leads from an entry to its mentions, however they write the link', async () => {
    const uri = scratch.uri('authority.yaml');
    await vscode.workspace.openTextDocument(uri);
    const references = async (line: number, character: number) =>
      (
        await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeReferenceProvider',
          uri,
          new vscode.Position(line, character),
        )
      )
        .map((found) => `${found.uri.path.slice(-5)} ${found.range.start.character}`)
        .sort();
    assert.deepEqual(await references(2, 5), ['a.txt 3', 'b.txt 0']);
    assert.deepEqual(await references(1, 2), []);
  });

  it('has its problems shown', async () => {
    assert.deepEqual(await definitions(4), ['authority.yaml 2:2-13']);
    await scratch.write('authority.yaml', 'version: 1\nentries: 5\n');
    await scratch.untilCodes('authority.yaml', 'wrong-type');
    await scratch.write('authority.yaml', AUTHORITY);
    await scratch.untilCodes('authority.yaml');
  });
});
