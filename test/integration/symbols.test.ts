import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Scratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';

const sidecar = (article: string, ...lines: string[]) =>
  `version: 1\narticle: ${article}\nentities:\n${lines.map((line) => `  - {${line}}\n`).join('')}`;

describe('the editor’s own gestures on entities', () => {
  let scratch: Scratch;
  let document: vscode.TextDocument;

  before(async () => {
    scratch = await Scratch.make({
      'a.txt': '😀 Zora of New York met Tor.\n\nZora left New York.\n',
      'a.ann.yaml': sidecar(
        'a.txt',
        'id: aaaaa2, label: ORG, start: 2, end: 18, text: Zora of New York',
        'id: aaaaa3, label: PER, start: 2, end: 6, text: Zora, link: "wikidata:Q1"',
        'id: aaaaa4, label: GPE, start: 10, end: 18, text: New York',
        'id: aaaaa5, label: PER, start: 29, end: 33, text: Zora',
        'id: aaaaa6, label: GPE, start: 39, end: 47, text: New York',
        'id: aaaaa7, label: GPE, start: 90, end: 97, text: nowhere',
      ),
      'b.txt': 'A line 😀.\r\nIn New York she was called Zo.\r\n',
      'b.ann.yaml': sidecar(
        'b.txt',
        'id: bbbbb2, label: GPE, start: 13, end: 21, text: New York',
        'id: bbbbb3, label: PER, start: 37, end: 39, text: Zo, link: "wikidata:Q1"',
      ),
    });
    const uri = await scratch.article('a.txt');
    await scratch.article('b.txt');
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await until(async () => (await scratch.api.findEntities({ text: 'Zo' })).length === 1, 'the index');
  });

  after(() => scratch.remove());

  const position = (text: string, from = 0) => document.positionAt(document.getText().indexOf(text, from));
  const shown = ({ uri, range }: vscode.Location) =>
    `${uri.path.slice(-5)} ${range.start.line}:${range.start.character}-${range.end.character}`;

  it('outline: what lies within another entity is below it', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const tree = (all: readonly vscode.DocumentSymbol[]): unknown[] =>
      all.map(({ name, detail, children }) => [`${name} ${detail}`, ...tree(children)]);
    assert.deepEqual(tree(symbols), [
      ['Zora of New York ORG', ['Zora PER'], ['New York GPE']],
      ['Zora PER'],
      ['New York GPE'],
    ]);
  });

  it('highlights: the same text with the same label, and nothing for a plain word', async () => {
    const highlights = async (at: vscode.Position) =>
      (
        await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
          'vscode.executeDocumentHighlights',
          document.uri,
          at,
        )
      ).map(({ range }) => document.getText(range));
    assert.deepEqual(await highlights(position('New York', 30)), ['New York', 'New York']);
    assert.deepEqual(await highlights(position('left')), ['']);
  });

  it('references: by link where there is one, else by text and label, in the whole corpus @web', async () => {
    const references = async (at: vscode.Position) =>
      (
        await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeReferenceProvider',
          document.uri,
          at,
        )
      )
        .map(shown)
        .sort();
    assert.deepEqual(await references(position('New York', 30)), [
      'a.txt 0:11-19',
      'a.txt 2:10-18',
      'b.txt 1:3-11',
    ]);
    assert.deepEqual(await references(position('Zora')), ['a.txt 0:3-7', 'b.txt 1:27-29']);
    assert.deepEqual(await references(position('met')), []);
  });

  it('symbols of the workspace: by a part of a name, with the place in the article', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'zo',
    );
    const own = symbols.filter(({ location }) => location.uri.path.startsWith(scratch.folder.path));
    assert.deepEqual(own.map(({ name, containerName }) => `${name} ${containerName}`).sort(), [
      'Zo PER',
      'Zora PER (1 of 2)',
      'Zora PER (2 of 2)',
      'Zora of New York ORG',
    ]);
  });
});
