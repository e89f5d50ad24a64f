import * as vscode from 'vscode';
import type { HintedWord } from '../../core/hints';

interface Hint extends HintedWord {
  /** Those that are still to be typed. */
  readonly letters: string;
}

/** The editor takes what follows the decoration of a text as CSS, too: a box over the word, which moves no letter. */
const OVER_THE_WORD = [
  'none; position: absolute; z-index: 1; pointer-events: none; line-height: 1.15; padding: 0 2px; border-radius: 3px',
  'font-size: 0.85em; text-transform: uppercase; transform: translate(-3px, -35%)',
].join('; ');

/** Draws letters over the beginnings of words: of names in the colours of the theme turned round, of others plain. */
export class HintPainter implements vscode.Disposable {
  private types: Record<'name' | 'word', vscode.TextEditorDecorationType> | undefined;

  dispose(): void {
    for (const type of Object.values(this.types ?? {})) type.dispose();
  }

  paint(editor: vscode.TextEditor, hints: readonly Hint[]): void {
    this.types ??= {
      name: hintType('editor.background', 'editor.foreground', 'bold'),
      word: hintType('editor.foreground', 'editor.background', 'normal'),
    };
    const optionsOf = (isName: boolean) =>
      hints
        .filter((hint) => hint.isName === isName)
        .map(({ start16, letters }): vscode.DecorationOptions => {
          const start = editor.document.positionAt(start16);
          return {
            range: new vscode.Range(start, start.translate(0, 1)),
            renderOptions: { before: { contentText: letters } },
          };
        });
    editor.setDecorations(this.types.name, optionsOf(true));
    editor.setDecorations(this.types.word, optionsOf(false));
  }

  clear(editor: vscode.TextEditor): void {
    for (const type of Object.values(this.types ?? {})) editor.setDecorations(type, []);
  }
}

function hintType(
  color: string,
  backgroundColor: string,
  fontWeight: string,
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    before: {
      color: new vscode.ThemeColor(color),
      backgroundColor: new vscode.ThemeColor(backgroundColor),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('editor.foreground'),
      fontWeight,
      textDecoration: OVER_THE_WORD,
    },
  });
}
