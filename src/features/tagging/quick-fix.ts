import * as vscode from 'vscode';
import { plainText } from '../../wording/plain-text';
import { say } from '../shared/messages';
import type { Press } from '../shared/presses';

/** The editor offers no quick fixes where a text is read-only, so those of a locked article are listed here. */
export async function quickFix({ editor, selections: [selection] }: Press): Promise<void> {
  if (!editor || !selection) return;
  const { document } = editor;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    selection,
    vscode.CodeActionKind.QuickFix.value,
  );
  const enabled = actions.filter(({ disabled }) => !disabled);
  if (enabled.length === 0) return say(vscode.l10n.t('There is nothing to fix here.'));
  const items = enabled.map((action) => ({ label: plainText(action.title), action }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Quick Fix') });
  if (!chosen) return;
  const { edit, command } = chosen.action;
  if (edit) await vscode.workspace.applyEdit(edit);
  if (command)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
