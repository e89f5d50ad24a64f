import * as vscode from 'vscode';

const LOCK = 'workbench.action.files.setActiveEditorReadonlyInSession';
const UNLOCK = 'workbench.action.files.resetActiveEditorReadonlyInSession';

/** Articles whose text is locked: read-only in the editor, by uri. */
const locked = new Set<string>();

export function isLocked(uri: vscode.Uri): boolean {
  return locked.has(uri.toString());
}

/** Locks the text of a document, or unlocks it. Nothing is done where it is not the active editor's: the window can no other. */
export async function setLocked({ uri }: vscode.TextDocument, isToLock: boolean): Promise<void> {
  if (!isActive(uri)) return;
  const key = uri.toString();
  if (isToLock) locked.add(key);
  else locked.delete(key);
  await vscode.commands.executeCommand(isToLock ? LOCK : UNLOCK);
  if (isActive(uri) || !isToLock) return;
  // Another editor came in between, and was perhaps what the window did it to.
  locked.delete(key);
  const other = vscode.window.activeTextEditor;
  if (other && !isLocked(other.document.uri)) await vscode.commands.executeCommand(UNLOCK);
}

/**
 * Saves a document; one that is locked is unlocked for that, for which it is shown: the editor saves nothing that is
 * read-only. @returns whether it is saved
 */
export async function save(document: vscode.TextDocument): Promise<boolean> {
  if ((await document.save()) || !document.isDirty) return true;
  if (!isLocked(document.uri)) return false;
  await vscode.window.showTextDocument(document);
  await setLocked(document, false);
  return document.save();
}

function isActive(uri: vscode.Uri): boolean {
  return vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
}
