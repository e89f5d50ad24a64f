import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('setting up git merging @web', () => {
  it('is there in the host that can run git, and only there', async () => {
    await vscode.extensions.getExtension('corpus-annotator.corpus-annotator')?.activate();
    const { scheme } = vscode.workspace.workspaceFolders![0]!.uri;
    const isOnDisk = scheme === 'file' || scheme === 'vscode-remote';
    const commands = await vscode.commands.getCommands(true);
    assert.equal(commands.includes('corpusAnnotator.setUpGitMerge'), isOnDisk);
  });
});
