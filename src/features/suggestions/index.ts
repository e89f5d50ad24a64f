import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { toDiagnostic } from '../shared/diagnostic';
import { attempt } from '../shared/messages';
import * as act from './act';
import { hoverOf } from './hover';
import { importGazetteer, type ImportArgument } from './import';
import { SuggestionPainter } from './painter';
import { ShownSuggestions } from './shown';

/** Suggestions in untagged text: from the gazetteer, and from what was reviewed elsewhere in the corpus. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const { suggester } = store;
  const shown = new ShownSuggestions(store, suggester);
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
  const site = { store, suggester, shown };
  context.subscriptions.push(
    problems,
    suggester.onDidRead(({ uri, problems: found }) => problems.set(uri, found.map(toDiagnostic))),
    shown,
    new SuggestionPainter(store, shown),
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover: (document, position) => hoverOf(shown, document, position),
    }),
    command('acceptSuggestion', (argument?: act.Place) => inTurn(() => act.acceptOne(site, argument))),
    command('refuseSuggestion', (argument?: act.Place) => inTurn(() => act.refuseOne(site, argument))),
    command('nextSuggestion', () => inTurn(() => act.goToNext(site))),
    command('acceptAllOfForm', (argument?: act.Place) => act.acceptForm(site, argument)),
    command('refuseAllOfForm', (argument?: act.Place) => act.refuseForm(site, argument)),
    command('acceptAllInArticle', (argument?: act.Place) => act.acceptArticle(site, argument)),
    command('refuseAllInArticle', (argument?: act.Place) => act.refuseArticle(site, argument)),
    command('importGazetteer', (argument?: ImportArgument) => importGazetteer(store, suggester, argument)),
  );
}
