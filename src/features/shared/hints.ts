import type * as vscode from 'vscode';
import type { Press } from './presses';

/** Letters on the words in view, of which those of a word select it. Nothing here waits. */
export interface Hints {
  /** Whether letters are shown, so that a letter is for {@link press}. */
  readonly isActive: boolean;
  /**
   * Shows letters on the words in view; tells why where there are none.
   * @param sticky whether they are shown again, by {@link resume}, after each word that was selected and tagged
   */
  start(editor: vscode.TextEditor, sticky: boolean): void;
  /** Shows letters, of which those of a word widen the selection to it; what is sticky stays so. */
  extend(editor: vscode.TextEditor): void;
  /**
   * Takes a key while letters are shown. The letters of a word select it, or the whole name that begins there, and are
   * put away. A letter that no hint goes on with is told; `backspace` takes back a letter.
   * @returns false for any other key: the letters are put away, and the key means what it means without them
   */
  press(key: string): boolean;
  /** Selects the next name that is not tagged, and says what it is. */
  goToName(at: Press): void;
  /** Shows the letters again if they are sticky; call it after each tag. */
  resume(): void;
  /** Ends it, with what is sticky. @returns whether there was something to end */
  cancel(): boolean;
}
