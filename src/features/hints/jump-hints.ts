import * as vscode from 'vscode';
import { assignHints, HINT_LETTERS, hintedWords, type HintedWord } from '../../core/hints';
import { wordAt, type Range16 } from '../../core/words';
import { toRange16 } from '../../workspace/files/positions';
import { say } from '../shared/messages';
import type { Hints } from '../shared/hints';
import { pressNow, type Press } from '../shared/presses';
import { HintPainter } from './hint-painter';
import { select, type NameFinder } from './name-finder';

/** So much of a line that the editor does not wrap is looked at, in UTF-16 units: no screen shows more. */
const LONGEST_VIEW = 20_000;

interface Session {
  readonly editor: vscode.TextEditor;
  readonly sticky: boolean;
  /** The words that have hints, by these. */
  words: ReadonlyMap<string, HintedWord>;
  /** The hints by where their words begin. */
  hints: ReadonlyMap<number, string>;
  /** The most words that were in view. */
  most: number;
  /** The letters that were typed of a hint. */
  typed: string;
  isShown: boolean;
  /** Whether the letters of a word select up to it. */
  isExtending: boolean;
}

/** @see Hints */
export class JumpHints implements Hints, vscode.Disposable {
  private session: Session | undefined;
  private readonly painter = new HintPainter();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly names: NameFinder) {
    this.subscription = vscode.Disposable.from(
      this.painter,
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.session && editor !== this.session.editor) this.cancel();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.session?.editor.document) this.cancel();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.isActive && textEditor === this.session?.editor) this.show(this.session);
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  get isActive(): boolean {
    return this.session?.isShown ?? false;
  }

  goToName(at: Press): void {
    this.names.goToName(at, 'next');
  }

  start(editor: vscode.TextEditor, sticky: boolean): void {
    this.cancel();
    if (!this.names.articleIn(editor)) return;
    this.session = begin(editor, sticky);
    this.show(this.session);
    if (this.isActive) say(vscode.l10n.t('The letters at a word select it; escape puts them away'));
  }

  extend(editor: vscode.TextEditor): void {
    if (this.session?.editor !== editor) this.cancel();
    if (!this.names.articleIn(editor)) return;
    this.session ??= begin(editor, false);
    this.session.isExtending = true;
    this.show(this.session);
    if (this.isActive) say(vscode.l10n.t('The letters at a word widen the selection to it'));
  }

  press(key: string): boolean {
    const { session } = this;
    if (!session?.isShown) return false;
    const isBack = key === 'backspace';
    if (!isBack && !(key.length === 1 && HINT_LETTERS.includes(key))) {
      this.putAway(session);
      return false;
    }
    const typed = isBack ? session.typed.slice(0, -1) : session.typed + key;
    const word = session.words.get(typed);
    if (word) {
      const { editor, isExtending } = session;
      this.putAway(session);
      const whole = wholeWord(editor, word);
      select(
        editor,
        isExtending
          ? hull(toRange16(editor.document, pressNow().selections[0] ?? editor.selection), whole)
          : whole,
      );
    } else if (isBack || [...session.words.keys()].some((hint) => hint.startsWith(typed)))
      this.paint(session, typed);
    else say(vscode.l10n.t('No word has letters that begin with “{0}”.', typed));
    return true;
  }

  resume(): void {
    if (this.session?.sticky) this.show(this.session);
  }

  cancel(): boolean {
    const { session } = this;
    if (!session) return false;
    this.session = undefined;
    this.hide(session);
    return true;
  }

  private show(session: Session): void {
    const { editor } = session;
    const words = this.wordsInView(editor);
    if (words.length === 0) {
      this.cancel();
      return say(vscode.l10n.t('There is no word in view to jump to.'));
    }
    session.most = Math.max(session.most, words.length);
    session.hints = assignHints(
      words.map(({ start16 }) => start16),
      session.hints,
      session.most,
    );
    session.words = new Map(
      words.flatMap((word) => {
        const hint = session.hints.get(word.start16);
        return hint === undefined ? [] : [[hint, word]];
      }),
    );
    session.isShown = true;
    void vscode.commands.executeCommand('setContext', 'corpusAnnotator.hints', true);
    this.paint(session, '');
  }

  private wordsInView(editor: vscode.TextEditor): HintedWord[] {
    const article = this.names.articleIn(editor);
    if (!article) return [];
    const names = this.names.untagged(article);
    return editor.visibleRanges.flatMap((visible) => {
      const { start16, end16 } = toRange16(editor.document, visible);
      const view = { start16, end16: Math.min(end16, start16 + LONGEST_VIEW) };
      return hintedWords(article.index.raw, view, names, this.names.runsOf(article));
    });
  }

  private paint(session: Session, typed: string): void {
    session.typed = typed;
    const left = [...session.words].filter(([hint]) => hint.startsWith(typed));
    this.painter.paint(
      session.editor,
      left.map(([hint, word]) => ({ ...word, letters: hint.slice(typed.length) })),
    );
  }

  private putAway(session: Session): void {
    if (session.sticky) this.hide(session);
    else this.cancel();
  }

  private hide(session: Session): void {
    session.isShown = false;
    session.isExtending = false;
    session.typed = '';
    this.painter.clear(session.editor);
    void vscode.commands.executeCommand('setContext', 'corpusAnnotator.hints', false);
  }
}

function begin(editor: vscode.TextEditor, sticky: boolean): Session {
  const none = { words: new Map(), hints: new Map(), most: 0, typed: '' };
  return { editor, sticky, ...none, isShown: false, isExtending: false };
}

/** What a hint stands for, with the end of its last word, which may be out of view. */
function wholeWord({ document }: vscode.TextEditor, { start16, end16, isName }: HintedWord): Range16 {
  const word = isName ? undefined : wordAt(document.getText(), start16);
  return { start16, end16: Math.max(end16, word?.end16 ?? 0) };
}

/** From the beginning of the first of two ranges to the end of the last. */
function hull(a: Range16, b: Range16): Range16 {
  return { start16: Math.min(a.start16, b.start16), end16: Math.max(a.end16, b.end16) };
}
