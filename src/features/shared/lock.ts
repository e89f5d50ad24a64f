import * as vscode from 'vscode';

const LOCK = 'workbench.action.files.setActiveEditorReadonlyInSession';
const UNLOCK = 'workbench.action.files.resetActiveEditorReadonlyInSession';

/** Articles whose text is locked: read-only in the editor, by uri. */
const locked = new Set<string>();

export function isLocked(uri: vscode.Uri): boolean {
  return locked.has(uri.toString());
}

/** When the window was asked to lock last: until it has, another editor may come and be locked in its place. */
let asked = { key: '', at: 0 };
/** How long that may take, in ms. */
const SLOWEST_LOCK = 5000;

/** Locks the text of a document, or unlocks it. Nothing is done where it is not the active editor's: the window can no other. */
export async function setLocked({ uri }: vscode.TextDocument, isToLock: boolean): Promise<void> {
  if (!isActive(uri)) return;
  if (isToLock) {
    asked = { key: uri.toString(), at: Date.now() };
    locked.add(asked.key);
  } else locked.delete(uri.toString());
  await vscode.commands.executeCommand(isToLock ? LOCK : UNLOCK);
}

/** Makes sure that another editor than that of an article is as it would be without our locks. */
export async function leaveOther(editor: vscode.TextEditor | undefined): Promise<void> {
  if (!editor || locked.size === 0) return;
  // A window that showed a locked text in this place offers no quick fixes in the next one, until it hears of a change
  // of who offers them.
  vscode.languages
    .registerCodeActionsProvider({ scheme: 'none' }, { provideCodeActions: () => [] })
    .dispose();
  // It may have come when an article was just to be locked, and be locked in its place.
  if (Date.now() - asked.at > SLOWEST_LOCK) return;
  // The article itself may not be locked then.
  locked.delete(asked.key);
  await vscode.commands.executeCommand(UNLOCK);
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
