import * as vscode from 'vscode';
import type { CorpusStore } from '../workspace/store';
import { registerCommand } from './shared/command';

/** Where it is kept, for all windows, that the first steps were shown. */
const SHOWN = 'walkthrough.shown';
/** The editor's own setting for those who want no walkthrough to open by itself. */
const SETTING = 'workbench.welcomePage.walkthroughs.openOnInstall';

/** What ticks the steps; commands do not, since each is run once for nothing as a window opens. */
type Deed =
  | 'corpusAnnotator.did.open'
  | 'corpusAnnotator.did.tag'
  | 'corpusAnnotator.did.tagAll'
  | 'corpusAnnotator.did.finish';

/**
 * Tells the window what a person has done, once the steps are shown: the editor takes a context only once, and forgets
 * those that came before it knew the steps.
 */
class Deeds implements vscode.Disposable {
  private readonly done = new Set<Deed>();
  private areShown = false;
  private readonly subscription: vscode.Disposable;

  constructor(store: CorpusStore) {
    this.subscription = vscode.Disposable.from(
      store.live.onDidChangeActive((article) => article && this.add('corpusAnnotator.did.open')),
      store.onDidChangeMode(() => store.mode === 'review' && this.add('corpusAnnotator.did.finish')),
      store.live.onDidChangeEntities(({ history: { undoStep: step }, annotations }) => {
        if (annotations.status === 'done') this.add('corpusAnnotator.did.finish');
        if (step?.kind !== 'edits' || !step.edits.some(({ kind }) => kind === 'add')) return;
        this.add(step.bulk === undefined ? 'corpusAnnotator.did.tag' : 'corpusAnnotator.did.tagAll');
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** The steps are shown. */
  tell(): void {
    this.areShown = true;
    for (const deed of this.done) void vscode.commands.executeCommand('setContext', deed, true);
  }

  private add(deed: Deed): void {
    if (this.done.has(deed)) return;
    this.done.add(deed);
    if (this.areShown) this.tell();
  }
}

/** Shows the first steps once in a person's life: where a folder of articles is first seen. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const deeds = new Deeds(store);
  context.subscriptions.push(deeds);
  const open = async (toSide = false) => {
    await context.globalState.update(SHOWN, true);
    const id = `${context.extension.id}#firstTag`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, toSide);
    deeds.tell();
  };
  context.subscriptions.push(registerCommand('openWalkthrough', () => open()));
  /** Beside an article that is open, which gets the focus back: who tags reads what the next key does. */
  const openBeside = async (article: vscode.TextEditor | undefined) => {
    await open(article !== undefined);
    if (article) await vscode.window.showTextDocument(article.document, article.viewColumn);
  };
  const isShown = () => context.globalState.get(SHOWN, false);
  const isTest = context.extensionMode === vscode.ExtensionMode.Test;
  if (isTest || isShown() || !vscode.workspace.getConfiguration().get(SETTING, true)) return;
  const look = () => {
    if (store.catalog.all.length === 0) return;
    subscription.dispose();
    if (isShown()) return;
    void openBeside(vscode.window.activeTextEditor);
  };
  const subscription = store.catalog.onDidChangeCorpora(look);
  context.subscriptions.push(subscription);
  void store.catalog.ready.then(look);
}
