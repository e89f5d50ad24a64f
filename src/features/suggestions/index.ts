import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { toDiagnostic } from '../shared/diagnostic';
import { attempt } from '../shared/messages';
import { registerPress, type Acted, type Press } from '../shared/presses';
import { SuggestionActions } from './actions';
import * as act from './act';
import { Refuser, type AgainArgument } from './refuser';
import { hoverOf } from './hover';
import { importGazetteer, type ImportArgument } from './import';
import { Offers } from './offers';
import { SuggestionPainter } from './painter';
import { pressedAt, type Place } from './place';

/** Suggestions in untagged text: from the gazetteer, and from what was tagged and reviewed elsewhere in the corpus. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): (at: Press) => Acted {
  const { suggester, suggestions: shown } = store;
  const command = <T>(name: string, run: (argument: T | undefined) => Promise<unknown>) =>
    vscode.commands.registerCommand(`corpusAnnotator.${name}`, (argument?: T) =>
      attempt(() => run(argument)),
    );
  const atPlace = (name: string, run: (place: Place) => Promise<unknown>) =>
    registerPress<Place>(name, (argument, at) => ({ rest: run(pressedAt(argument, at)) }));
  const problems = vscode.languages.createDiagnosticCollection('corpusAnnotator.lists');
  let turn: Promise<unknown> | undefined;
  /** Files must be read to refuse: keys that come meanwhile wait, each to act on what the one before has led to. */
  const inTurn = (action: () => Promise<void>) => {
    const done = turn ? turn.then(action) : action();
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (turn === settled) turn = undefined;
      });
    turn = settled;
    return done;
  };
  /** Without a wait, where none waits. */
  const atOnce = (action: () => Promise<void>) => (turn ? inTurn(action) : action());
  const refuser = new Refuser(store);
  const site = { store, refuser };
  context.subscriptions.push(
    problems,
    suggester.onDidRead(({ uri, problems: found }) => problems.set(uri, found.map(toDiagnostic))),
    new SuggestionPainter(store, shown),
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover: (document, position) => hoverOf(shown, document, position),
    }),
    vscode.languages.registerCodeActionsProvider(ARTICLE_LANGUAGE, new SuggestionActions(shown), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    new Offers(store),
    atPlace('acceptSuggestion', (place) => atOnce(() => act.accept(site, place))),
    atPlace('refuseSuggestion', (place) => inTurn(() => act.refuse(site, place))),
    registerPress('nextSuggestion', () => ({ rest: atOnce(() => act.goToNext(site)) })),
    atPlace('acceptAllOfForm', (place) => act.acceptForm(site, place)),
    atPlace('refuseAllOfForm', (place) => act.refuseForm(site, place)),
    atPlace('acceptAllInArticle', async (place) => act.accept(site, await act.everywhere(site, place))),
    atPlace('refuseAllInArticle', async (place) => act.refuse(site, await act.everywhere(site, place))),
    command('suggestAgain', (argument?: AgainArgument) => inTurn(() => refuser.suggestAgain(argument))),
    command('importGazetteer', (argument?: ImportArgument) => importGazetteer(store, suggester, argument)),
  );
  return (at) => ({ rest: atOnce(() => act.accept(site, pressedAt({}, at))) });
}
