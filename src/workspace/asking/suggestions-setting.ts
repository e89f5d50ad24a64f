import * as vscode from 'vscode';

/** What is suggested in untagged text; each has what the one before has. */
export type Suggestions = 'off' | 'knownForms' | 'learned';

/** What the setting says for an article or a corpus. It was a switch once. */
export function suggestionsOf(uri: vscode.Uri): Suggestions {
  const value = vscode.workspace.getConfiguration('corpusAnnotator', uri).get<unknown>('suggestions');
  if (value === false || value === 'off') return 'off';
  return value === 'knownForms' ? value : 'learned';
}
