import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';

/** Takes back the newest change of annotations in the active article. */
export async function undo(store: CorpusStore): Promise<void> {
  const done = store.active?.undo();
  if (!done) return say(vscode.l10n.t('There is no tagging to undo in this article.'));
  say(vscode.l10n.t('Undone: {0}', done.title));
  await done.saved;
}

export async function redo(store: CorpusStore): Promise<void> {
  const done = store.active?.redo();
  if (!done) return say(vscode.l10n.t('There is no tagging to redo in this article.'));
  say(vscode.l10n.t('Done again: {0}', done.title));
  await done.saved;
}

/**
 * What the editor's undo key does in an article: takes back whatever was last, text or tags. It decides
 * here, not by a context key, which would come too late for a person who types fast.
 */
export async function undoAny(store: CorpusStore): Promise<void> {
  if (store.active?.history.undoStep?.kind === 'edits') await undo(store);
  else await vscode.commands.executeCommand('undo');
}

export async function redoAny(store: CorpusStore): Promise<void> {
  if (store.active?.history.redoStep?.kind === 'edits') await redo(store);
  else await vscode.commands.executeCommand('redo');
}
