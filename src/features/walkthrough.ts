import * as vscode from 'vscode';
import type { CorpusStore } from '../workspace/store';

/** Where it is kept, for all windows, that the first steps were shown. */
const SHOWN = 'walkthrough.shown';
/** The editor's own setting for those who want no walkthrough to open by itself. */
const SETTING = 'workbench.welcomePage.walkthroughs.openOnInstall';

/** Shows the first steps once in a person's life: where a folder of articles is first seen. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const open = async (toSide = false) => {
    await context.globalState.update(SHOWN, true);
    const id = `${context.extension.id}#firstTag`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, toSide);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('corpusAnnotator.openWalkthrough', () => open()),
  );
  /** Beside an article that is open, which gets the focus back: who tags reads what the next key does. */
  const openBeside = async (article: vscode.TextEditor | undefined) => {
    await open(article !== undefined);
    if (article) await vscode.window.showTextDocument(article.document, article.viewColumn);
  };
  const isShown = () => context.globalState.get(SHOWN, false);
  const isTest = context.extensionMode === vscode.ExtensionMode.Test;
  if (isTest || isShown() || !vscode.workspace.getConfiguration().get(SETTING, true)) return;
  const look = () => {
    if (store.articles.length === 0) return;
    subscription.dispose();
    if (isShown()) return;
    void openBeside(vscode.window.activeTextEditor);
  };
  const subscription = store.onDidChangeCorpora(look);
  context.subscriptions.push(subscription);
  void store.ready.then(look);
}
