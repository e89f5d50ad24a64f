import * as vscode from 'vscode';

/** The text of articles can be edited in the tests of this `describe`, and is locked again after each. */
export function editText(): void {
  const toggle = (to: string) => () =>
    vscode.commands.executeCommand('corpusAnnotator.toggleEditing', { to });
  beforeEach(toggle('editing'));
  afterEach(toggle('tagging'));
}
