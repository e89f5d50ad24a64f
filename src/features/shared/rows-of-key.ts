import * as vscode from 'vscode';

/**
 * The rows of a tree that a key is about: the focused one, and with it the selected ones if it is among them.
 * The editor tells extensions of the selection only, so the focused row is found by selecting it or not.
 */
export async function rowsOfKey<T>(view: vscode.TreeView<T>): Promise<readonly T[]> {
  const before = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const after = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const added = after.filter((row) => !before.includes(row));
  return added.length > 0 ? added : before;
}
