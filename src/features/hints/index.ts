import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import type { Hints } from '../shared/hints';
import { registerPress, type Press } from '../shared/presses';
import { resolveArticle } from '../shared/targets';
import { askForHint } from './ask-hint';
import { JumpHints } from './jump-hints';
import { NameFinder } from './name-finder';

interface HintArgument {
  /** The letters of a hint, for a macro; asked for where they are missing. */
  readonly letters?: string;
}

/** Ways to what is to be tagged next: letters on the words in view, the next name that is not tagged, a whole name. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): Hints {
  const names = new NameFinder(store);
  const hints = new JumpHints(names);
  context.subscriptions.push(hints);

  /** Runs what needs an editor, and its article read. */
  const command = <T>(name: string, run: (editor: vscode.TextEditor, argument: T | undefined) => unknown) => {
    context.subscriptions.push(
      registerCommand(name, async (argument?: T) => {
        const editor = vscode.window.activeTextEditor;
        await resolveArticle(store, undefined);
        if (editor) await run(editor, argument);
      }),
    );
  };
  /** Presses the letters of an argument. @returns whether they are to be asked for */
  const lacksLetters = ({ letters }: HintArgument = {}) => {
    for (const letter of letters ?? '') hints.press(letter);
    return letters === undefined && hints.isActive;
  };
  command<HintArgument>('hints', async (editor, argument) => {
    hints.start(editor, false);
    if (lacksLetters(argument)) await askForHint(hints);
  });
  command<HintArgument>('hintsExtend', async (editor, argument) => {
    hints.extend(editor);
    if (lacksLetters(argument)) await askForHint(hints);
  });
  command<HintArgument>('hintsSticky', async (editor, argument) => {
    const article = store.live.at(editor.document.uri);
    hints.start(editor, true);
    if (!lacksLetters(argument)) return;
    while (hints.isActive && (await askForHint(hints))) {
      const before = article?.entities;
      await vscode.commands.executeCommand('corpusAnnotator.tagSelection');
      if (article?.entities === before) hints.cancel();
      else hints.resume();
    }
  });
  /** Ends what letters have begun. */
  const move = (name: string, run: (at: Press) => boolean) =>
    registerPress(name, async (_, at) => {
      if (hints.isActive) hints.press('');
      await resolveArticle(store, undefined, at);
      run(at);
    });
  context.subscriptions.push(
    move('nextCandidate', (at) => names.goToName(at, 'next')),
    move('previousCandidate', (at) => names.goToName(at, 'previous')),
    move('widenToName', (at) => names.widenToName(at)),
  );
  return hints;
}
