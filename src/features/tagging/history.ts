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

/** What the editor's undo key does in an article: takes back whatever was last, text or tags. */
export async function undoAny(store: CorpusStore): Promise<void> {
  if (store.active?.history.undoStep?.kind === 'edits') await undo(store);
  else await vscode.commands.executeCommand('undo');
}

export async function redoAny(store: CorpusStore): Promise<void> {
  if (store.active?.history.redoStep?.kind === 'edits') await redo(store);
  else await vscode.commands.executeCommand('redo');
}

/** Takes the editor's undo and redo keys only while the active article has tagging to undo or redo. */
export function watchHistory(store: CorpusStore): vscode.Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand('setContext', `corpusAnnotator.${key}`, value);
  };
  const update = () => {
    set('canUndo', store.active?.history.has('undo') ?? false);
    set('canRedo', store.active?.history.has('redo') ?? false);
  };
  return vscode.Disposable.from(
    store.onDidChangeActive(update),
    store.onDidChangeEntities((article) => {
      if (article === store.active) update();
    }),
  );
}
