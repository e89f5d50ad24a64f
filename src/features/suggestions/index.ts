import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { toDiagnostic } from '../shared/diagnostic';
import { attempt } from '../shared/messages';
import * as act from './act';
import { Refuser, type AgainArgument } from './refuser';
import { hoverOf } from './hover';
import { importGazetteer, type ImportArgument } from './import';
import { SuggestionPainter } from './painter';

/** Suggestions in untagged text: from the gazetteer, and from what was reviewed elsewhere in the corpus. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const { suggester, suggestions: shown } = store;
  const command = <T>(name: string, run: (argument: T | undefined) => Promise<unknown>) =>
    vscode.commands.registerCommand(`corpusAnnotator.${name}`, (argument?: T) =>
      attempt(() => run(argument)),
    );
  const problems = vscode.languages.createDiagnosticCollection('corpusAnnotator.lists');
  let turn: Promise<unknown> = Promise.resolve();
  /** Keys may come faster than suggestions are looked for: each acts on what the one before has led to. */
  const inTurn = (action: () => Promise<void>) => {
    const done = turn.then(action);
    turn = done.catch(() => undefined);
    return done;
  };
  const refuser = new Refuser(store);
  const site = { store, refuser };
  context.subscriptions.push(
    problems,
    suggester.onDidRead(({ uri, problems: found }) => problems.set(uri, found.map(toDiagnostic))),
    new SuggestionPainter(store, shown),
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover: (document, position) => hoverOf(shown, document, position),
    }),
    command('acceptSuggestion', (argument?: act.Place) => inTurn(() => act.accept(site, argument))),
    command('refuseSuggestion', (argument?: act.Place) => inTurn(() => act.refuse(site, argument))),
    command('nextSuggestion', () => inTurn(() => act.goToNext(site))),
    command('acceptAllOfForm', (argument?: act.Place) => act.acceptForm(site, argument)),
    command('refuseAllOfForm', (argument?: act.Place) => act.refuseForm(site, argument)),
    command('acceptAllInArticle', async (argument?: act.Place) =>
      act.accept(site, await act.everywhere(site, argument)),
    ),
    command('refuseAllInArticle', async (argument?: act.Place) =>
      act.refuse(site, await act.everywhere(site, argument)),
    ),
    command('suggestAgain', (argument?: AgainArgument) => inTurn(() => refuser.suggestAgain(argument))),
    command('importGazetteer', (argument?: ImportArgument) => importGazetteer(store, suggester, argument)),
  );
}
