import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { registerCommand } from '../shared/command';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { toDiagnostic } from '../shared/diagnostic';
import { isUnsure } from '../shared/suggestion-source';
import { inTurn, registerPress, type Acted, type Press } from '../shared/presses';
import { SuggestionActions } from './actions';
import * as act from './act';
import { Refuser, type AgainArgument } from './refuser';
import { hoverOf } from './hover';
import { importGazetteer, type ImportArgument } from './import';
import { Offers } from './offers';
import { SuggestionPainter } from './painter';
import { pressedAt, type Place } from './place';

/** Accepts the suggestion at a press, or goes to the next one. */
type AcceptSuggestion = (at: Press) => Promise<Acted | void>;

/**
 * Suggestions in untagged text: from the gazetteer, and from what was tagged and reviewed elsewhere in the corpus.
 * @param goToName goes to the next name that is not tagged, suggested or not
 * @returns what the key of tagging does, which goes on there
 */
export function register(
  context: vscode.ExtensionContext,
  store: CorpusStore,
  goToName: (at: Press) => void,
): AcceptSuggestion {
  const { lists, suggestions: shown } = store;
  const atPlace = (name: string, run: (place: Place) => Promise<Acted | void> | Acted) =>
    registerPress<Place>(name, (argument, at) => run(pressedAt(argument, at)));
  const problems = vscode.languages.createDiagnosticCollection('corpusAnnotator.lists');
  const refuser = new Refuser(store);
  const site = { store, refuser };
  context.subscriptions.push(
    problems,
    lists.onDidRead(({ uri, problems: found }) => problems.set(uri, found.map(toDiagnostic))),
    new SuggestionPainter(store, shown),
    vscode.languages.registerHoverProvider(ARTICLE_LANGUAGE, {
      provideHover: (document, position) => hoverOf(shown, document, position),
    }),
    vscode.languages.registerCodeActionsProvider(ARTICLE_LANGUAGE, new SuggestionActions(shown), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    new Offers(store),
    atPlace('acceptSuggestion', (place) => act.accept(site, place)),
    atPlace('refuseSuggestion', (place) => act.refuse(site, place)),
    registerPress('nextSuggestion', (_, at) => act.goToNext(site, at)),
    atPlace('acceptAllOfForm', (place) => ({ rest: act.acceptForm(site, place) })),
    atPlace('refuseAllOfForm', (place) => act.refuseForm(site, place)),
    atPlace('acceptAllInArticle', async (place) => act.accept(site, await act.everywhere(site, place))),
    atPlace('acceptAllSure', async (place) =>
      act.accept(site, await act.everywhere(site, place, (one) => !isUnsure(one))),
    ),
    atPlace('refuseAllInArticle', async (place) => act.refuse(site, await act.everywhere(site, place))),
    registerCommand('suggestAgain', (argument?: AgainArgument) =>
      inTurn(() => refuser.suggestAgain(argument)),
    ),
    registerCommand('importGazetteer', (argument?: ImportArgument) =>
      importGazetteer(store, lists, argument),
    ),
  );
  return (at) =>
    act.accept(site, pressedAt({}, at), (_, article, behind) => {
      const end = article.document.positionAt(article.index.toUtf16(behind));
      goToName({ editor: at.editor, selections: [new vscode.Selection(end, end)] });
      return Promise.resolve({ rest: shown.update(article) });
    });
}
