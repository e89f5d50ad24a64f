import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const run = (name: string, argument?: unknown) =>
  vscode.commands.executeCommand(`corpusAnnotator.${name}`, argument);

const sidecar = (article: string, ...entities: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${entities.map((entity) => `  - {${entity}}\n`).join('')}`;

describe('links', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    scratch = await Scratch.make({
      'a.txt': 'Zora met Tor. Zora left.\n',
      'a.ann.yaml': sidecar(
        'a.txt',
        'id: aaaaaa, label: PER, start: 0, end: 4, text: Zora',
        'id: bbbbbb, label: PER, start: 9, end: 12, text: Tor, link: "wikidata:Q1"',
        'id: cccccc, label: GPE, start: 14, end: 18, text: Zora',
      ),
      'b.txt': 'Zora and the tall one; another Zora.\n',
      'b.ann.yaml': sidecar(
        'b.txt',
        'id: dddddd, label: PER, start: 0, end: 4, text: Zora',
        'id: eeeeee, label: PER, start: 9, end: 21, text: the tall one, link: "wikidata:Q1"',
        'id: ffffff, label: PER, start: 31, end: 35, text: Zora, link: "wikidata:Q9"',
      ),
    });
    await scratch.article('b.txt');
    const document = await vscode.workspace.openTextDocument(await scratch.article('a.txt'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(0, 0, 0, 4) });
    await scratch.api.getEntities(document.uri);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await scratch.remove();
  });

  const links = async (name: string) =>
    [...(await scratch.read(name)).matchAll(/id: (\w)[^\n]*?(?:link: ([^,}]*))?[,}]?\n/g)].map(
      ([line, id]) => `${id} ${/link: "?([^",}]*)/.exec(line)?.[1] ?? '-'}`,
    );

  it('are set and removed on the entity at the cursor only, each as one step', async () => {
    await run('editLink', { link: 'https://example.org/zora?x=1#y' });
    assert.deepEqual(await links('a.ann.yaml'), ['a https://example.org/zora?x=1#y', 'b wikidata:Q1', 'c -']);
    await run('editLink', { link: '' });
    assert.deepEqual(await links('a.ann.yaml'), ['a -', 'b wikidata:Q1', 'c -']);
    await run('undo');
    await run('undo');
    assert.deepEqual(await links('a.ann.yaml'), ['a -', 'b wikidata:Q1', 'c -']);
  });

  it('are set on all mentions with the same text and label that have none, open or not, as one step @web', async () => {
    await run('changeLinkInCorpus', { link: 'wikidata:Q7', preview: false });
    assert.deepEqual(await links('a.ann.yaml'), ['a wikidata:Q7', 'b wikidata:Q1', 'c -']);
    assert.deepEqual(await links('b.ann.yaml'), ['d wikidata:Q7', 'e wikidata:Q1', 'f wikidata:Q9']);
    await run('undoBulk');
    assert.deepEqual(await links('a.ann.yaml'), ['a -', 'b wikidata:Q1', 'c -']);
    assert.deepEqual(await links('b.ann.yaml'), ['d -', 'e wikidata:Q1', 'f wikidata:Q9']);
  });

  it('are changed on all mentions that have the same one, whatever their words', async () => {
    const article = scratch.uri('a.txt').toString();
    await run('changeLinkInCorpus', { article, id: 'bbbbbb', link: 'wikidata:Q2', preview: false });
    assert.deepEqual(await links('a.ann.yaml'), ['a -', 'b wikidata:Q2', 'c -']);
    assert.deepEqual(await links('b.ann.yaml'), ['d -', 'e wikidata:Q2', 'f wikidata:Q9']);
  });

  it('are no text that is no address, has no prefix, and is not in the authority file', async () => {
    const before = ['a -', 'b wikidata:Q1', 'c -'];
    await run('editLink', { link: 'foo bar baz' });
    await run('changeLinkInCorpus', { link: 'tor', preview: false });
    assert.deepEqual(await links('a.ann.yaml'), before);
    await scratch.write('authority.yaml', 'version: 1\nentries:\n  tor: {name: Tor}\n');
    await until(async () => {
      await run('editLink', { link: 'tor' });
      return (await links('a.ann.yaml'))[0] === 'a tor';
    }, 'the authority file');
  });
});
