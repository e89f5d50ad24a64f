import * as vscode from 'vscode';
import { setLocked } from '../shared/lock';

/** What one key puts into a text, with the sign that the editor closes it with. */
const LONGEST_KEY = 2;
/** The editor undoes in a few steps what a hand can type while a window answers. */
const MOST_STEPS = 20;

/**
 * Takes back what keys have put into an article between the moment at which it was shown and that at which the
 * window has locked it, and presses the keys of labels among them once it has.
 */
export class EarlyKeys {
  private keys: string[] = [];
  /** Whether keys are being taken back: the text is not locked then. */
  areTakenBack = false;

  /** @param settle is called at the end: locks the article if its text is as it was again */
  constructor(
    private readonly settle: (document: vscode.TextDocument, isAsItWas: boolean) => Promise<void>,
  ) {}

  /**
   * @param text of the document when it was shown
   * @returns whether the change is what a key has put in; then it is taken back
   */
  take({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent, text: string): boolean {
    if (contentChanges.length === 0 || reason !== undefined) return this.areTakenBack;
    if (contentChanges.some((change) => change.text.length > LONGEST_KEY)) return false;
    this.keys.push(contentChanges[0]!.text);
    if (!this.areTakenBack) void this.takeBack(document, text);
    return true;
  }

  private async takeBack(document: vscode.TextDocument, text: string): Promise<void> {
    this.areTakenBack = true;
    // Undo is about the active editor.
    const isActive = () => vscode.window.activeTextEditor?.document === document;
    try {
      // The lock, which comes late, keeps from undoing, too.
      await setLocked(document, false);
      for (let step = 0; step < MOST_STEPS && isActive() && document.getText() !== text; step++)
        await vscode.commands.executeCommand('undo');
    } finally {
      this.areTakenBack = false;
    }
    const keys = this.keys.splice(0);
    const isAsItWas = document.getText() === text;
    await this.settle(document, isAsItWas);
    for (const key of isAsItWas ? keys : [])
      if (/^[\p{L}\p{N}]$/u.test(key))
        await vscode.commands.executeCommand('corpusAnnotator.tagByKey', { key });
  }
}
