import * as vscode from 'vscode';
import type { HintedWord } from '../../core/hints';

interface Hint extends HintedWord {
  /** Those that are still to be typed. */
  readonly letters: string;
}

/**
 * The editor takes what follows the decoration of a text as CSS, too: a box over the word, which moves no letter. Its
 * edge tells where it begins: two words without a space between them would else have letters that look like those of one.
 */
const OVER_THE_WORD =
  'none; border-left: 1px solid; position: absolute; z-index: 1; pointer-events: none; line-height: 1.1; padding: 0 2px; border-radius: 3px; ' +
  'text-transform: uppercase; font-size: 0.8em; transform: translate(-3px, -45%)';
/** So much of a word is looked at for its end, in UTF-16 units. */
const LONGEST_WORD = 40;

/** In a line with such a letter, the editor draws each part by itself, so that boxes would part its words. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const IN_ONE_ORDER = 'none; unicode-bidi: normal !important';

/** Draws letters over the beginnings of words: of names in the colours of the text turned round, of others plain. */
export class HintPainter implements vscode.Disposable {
  private types: Record<'name' | 'word' | 'line', vscode.TextEditorDecorationType> | undefined;

  dispose(): void {
    for (const type of Object.values(this.types ?? {})) type.dispose();
  }

  paint(editor: vscode.TextEditor, hints: readonly Hint[]): void {
    this.types ??= {
      name: hintType({
        color: 'editor.background',
        backgroundColor: 'editor.foreground',
        fontWeight: 'bold',
      }),
      word: hintType({
        color: 'textLink.foreground',
        backgroundColor: 'editor.background',
        fontWeight: 'normal',
      }),
      line: vscode.window.createTextEditorDecorationType({ textDecoration: IN_ONE_ORDER }),
    };
    const optionsOf = (isName: boolean) =>
      hints
        .filter((hint) => hint.isName === isName)
        .map(({ start16, letters }): vscode.DecorationOptions => ({
          range: wordFrom(editor.document, start16),
          renderOptions: { before: { contentText: letters } },
        }));
    const lines = new Set(hints.map(({ start16 }) => editor.document.positionAt(start16).line));
    const mixed = [...lines]
      .map((line) => editor.document.lineAt(line))
      .filter(({ text }) => RIGHT_TO_LEFT.test(text));
    editor.setDecorations(
      this.types.line,
      mixed.map(({ range }) => range),
    );
    editor.setDecorations(this.types.name, optionsOf(true));
    editor.setDecorations(this.types.word, optionsOf(false));
  }

  clear(editor: vscode.TextEditor): void {
    for (const type of Object.values(this.types ?? {})) editor.setDecorations(type, []);
  }
}

/** To the end of the word: the editor draws what has a box before it by itself, and letters within a word may join. */
function wordFrom(document: vscode.TextDocument, start16: number): vscode.Range {
  const start = document.positionAt(start16);
  const seen = document.getText(new vscode.Range(start, start.translate(0, LONGEST_WORD)));
  return new vscode.Range(start, start.translate(0, /^\S+/.exec(seen)?.[0].length ?? 0));
}

function hintType({
  color,
  backgroundColor,
  fontWeight,
}: Record<'color' | 'backgroundColor' | 'fontWeight', string>): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    before: {
      color: new vscode.ThemeColor(color),
      backgroundColor: new vscode.ThemeColor(backgroundColor),
      fontWeight,
      textDecoration: OVER_THE_WORD,
    },
  });
}
