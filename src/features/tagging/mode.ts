import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { isLocked, leaveOther, save, setLocked } from '../shared/lock';
import { say } from '../shared/messages';
import { EarlyKeys } from './early-keys';

type ModeName = CorpusStore['mode'];

/**
 * What single keys do in articles: they tag, or they review, and the text is locked; or they edit the text. The
 * context key `corpusAnnotator.mode` holds the name, and is not set until that is first changed: label keys are live
 * as soon as an article is shown. Keys that lock or unlock do so in the window itself, before the next key comes.
 */
export class Mode implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  /** The texts of articles that were just shown: the window may not have locked them yet. */
  private readonly shown = new Map<vscode.TextDocument, string>();
  private readonly early = new EarlyKeys((document, isAsItWas) => this.settle(document, isAsItWas));

  constructor(private readonly store: CorpusStore) {
    const followUnsaved = (document: vscode.TextDocument) => {
      const isWrong = document.isDirty === isLocked(document.uri);
      if (document === this.active && isWrong && !this.early.areTakenBack) void this.lockActive();
    };
    this.subscription = vscode.Disposable.from(
      store.catalog.onDidChangeCorpora(() => void this.lockActive()),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // Before its sidecar is read: who types fast is quicker than that.
        if (this.active) void this.lockActive();
        else void leaveOther(editor);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        const text = this.current === 'editing' ? undefined : this.shown.get(event.document);
        if (text === undefined || !this.early.take(event, text)) followUnsaved(event.document);
      }),
      vscode.workspace.onDidSaveTextDocument(followUnsaved),
      vscode.workspace.onDidCloseTextDocument((document) => this.shown.delete(document)),
    );
    const isForEditing =
      vscode.workspace.getConfiguration('corpusAnnotator').get<string>('openArticlesFor') === 'editing';
    void this.enter(isForEditing ? 'editing' : 'tagging');
  }

  get current(): ModeName {
    return this.store.mode;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** @param to what the key says, which the window has done already */
  async toggleEditing(
    to = this.current === 'editing' ? ('tagging' as const) : ('editing' as const),
  ): Promise<void> {
    await this.enter(to);
    if (to === 'editing') return say(vscode.l10n.t('The text can be edited: alt+a locks it again'));
    const { active } = this;
    if (!active?.isDirty) return say(vscode.l10n.t('The text is locked: a label’s key tags'));
    // The key has locked it already.
    await setLocked(active, false);
    say(vscode.l10n.t('A label’s key tags. The text has unsaved changes, and is locked once it is saved.'));
  }

  async enter(name: ModeName): Promise<void> {
    if (this.current !== name) this.store.setMode(name);
    // The lock is asked for first, so that keys that come before the mode is on do not change the text.
    const locked = this.lockActive();
    await vscode.commands.executeCommand('setContext', 'corpusAnnotator.mode', name);
    await locked;
  }

  /** The document of the active editor, if it is an article. */
  private get active(): vscode.TextDocument | undefined {
    const document = vscode.window.activeTextEditor?.document;
    return document && this.store.catalog.entry(document.uri) && document;
  }

  /**
   * Makes the active article read-only, or, where the text is to be edited, writable again. The editor saves nothing
   * that is read-only, so unsaved changes come first.
   */
  private async lockActive(): Promise<void> {
    const document = this.active;
    if (!document) return;
    const isToLock = this.current !== 'editing' && !document.isDirty;
    if (isToLock === isLocked(document.uri)) return;
    if (isToLock) this.shown.set(document, document.getText());
    await setLocked(document, isToLock);
    if (!this.early.areTakenBack) this.shown.delete(document);
  }

  /** After what was typed into an article was taken back, or could not be: then it stays, and is the person's. */
  private async settle(document: vscode.TextDocument, isAsItWas: boolean): Promise<void> {
    this.shown.delete(document);
    if (!isAsItWas) return;
    // It may have been saved by itself meanwhile.
    if (document.isDirty) await save(document);
    await this.lockActive();
  }
}
