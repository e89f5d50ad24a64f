import * as vscode from 'vscode';
import type { Hints } from '../shared/hints';

/** Takes the letters of a hint in an input, which has the keyboard meanwhile. @returns whether a word was selected */
export function askForHint(hints: Hints): Promise<boolean> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Jump to a word');
  input.placeholder = vscode.l10n.t('Type the letters at a word');
  return new Promise((resolve) => {
    let isSelected = false;
    input.onDidChangeValue((value) => {
      input.value = '';
      for (const letter of value.toLowerCase().match(/[a-z]/g) ?? [])
        if (hints.isActive) isSelected = hints.press(letter) && !hints.isActive;
      if (!hints.isActive) input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      if (!isSelected) hints.cancel();
      resolve(isSelected);
    });
    input.show();
  });
}
