import type * as vscode from 'vscode';
import type { Side } from '../../core/words';

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
  /** Shows the letters again if they are sticky; call it after each tag. */
  resume(): void;
  /** Ends it, with what is sticky. @returns whether there was something to end */
  cancel(): boolean;
}

/** Selecting what may be tagged next, by keys. Nothing here waits: the selection is the editor's at once. */
export interface Moving {
  readonly hints: Hints;
  /**
   * Selects the next name that is not tagged, or the one before, round the ends of the article; tells where there is
   * none. @returns whether there was one
   */
  goToName(editor: vscode.TextEditor, direction: 'next' | 'previous'): boolean;
  /**
   * Widens each selection to the name that it is in, and one that has all of it to the next at its end; with a side,
   * to the next edge of a name there. @returns whether one was widened
   */
  widenToName(editor: vscode.TextEditor, side?: Side): boolean;
}
