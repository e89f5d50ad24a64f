import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation @web', () => {
  it('activates in this host', async () => {
    const extension = vscode.extensions.getExtension('corpus-annotator.corpus-annotator');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opens a corpus that a test may change', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a folder is open');
    const file = vscode.Uri.joinPath(folder.uri, 'written-by-a-test.txt');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('é𝒞'));
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), 'é𝒞');
    await vscode.workspace.fs.delete(file);
    await assert.rejects(async () => vscode.workspace.fs.stat(file));
  });
});
