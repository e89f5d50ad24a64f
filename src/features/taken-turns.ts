import * as vscode from 'vscode';
import { disk } from '#disk';
import { showWarning } from './shared/messages';

/** Tells why a write took two seconds: another machine or container had left a lock. Each file once a window. */
export function register(context: vscode.ExtensionContext): void {
  const told = new Set<string>();
  context.subscriptions.push(
    disk.onDidTakeTurn((uri) => {
      if (told.has(uri.path)) return;
      told.add(uri.path);
      void showWarning(
        vscode.l10n.t(
          '{0} was locked by a program of another computer or container that no longer answered. The lock was taken away after two seconds.',
          vscode.workspace.asRelativePath(uri),
        ),
      );
    }),
  );
}
