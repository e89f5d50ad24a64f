import * as vscode from 'vscode';
import type { CorpusStore } from '../workspace/store';
import { showWarning } from './shared/messages';

/** Tells of tags that were kept aside when the editor ended, and cannot be read. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(store.live.keepers.drafts.onDidSetAside((uri) => void tell(uri)));
}

async function tell(uri: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open the File');
  const chosen = await showWarning(
    vscode.l10n.t(
      'Tags that were kept aside when the editor ended cannot be read. They are kept in {0}; all else works on.',
      uri.fsPath,
    ),
    open,
  );
  if (chosen === open) await vscode.window.showTextDocument(uri);
}
