import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { ARTICLE_LANGUAGE } from '../shared/language-id';
import { isLocked, leaveOther, setLocked } from '../shared/lock';
import { say } from '../shared/messages';

type ModeName = CorpusStore['mode'];

/**
 * What single keys do in articles: they tag, or they review, and the text is locked; or they edit the text. The
 * context key `corpusAnnotator.mode` holds the name, and is not set until that is first changed: label keys are live
 * as soon as an article is shown. Keys that lock or unlock do so in the window itself, before the next key comes.
 */
export class Mode implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    const followUnsaved = ({ document }: { document: vscode.TextDocument }) => {
      if (document === store.active?.document && document.isDirty === isLocked(document.uri))
        void this.lockActive();
    };
    this.subscription = vscode.Disposable.from(
      store.onDidChangeActive(() => void this.lockActive()),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId !== ARTICLE_LANGUAGE) void leaveOther(editor);
      }),
      vscode.workspace.onDidChangeTextDocument(followUnsaved),
      vscode.workspace.onDidSaveTextDocument((document) => followUnsaved({ document })),
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
    const { active } = this.store;
    if (!active?.document.isDirty) return say(vscode.l10n.t('The text is locked: a label’s key tags'));
    // The key has locked it already.
    await setLocked(active.document, false);
    say(vscode.l10n.t('A label’s key tags. The text has unsaved changes, and is locked once it is saved.'));
  }

  async enter(name: ModeName): Promise<void> {
    if (this.current !== name) this.store.setMode(name);
    // The lock is asked for first, so that keys that come before the mode is on do not change the text.
    const locked = this.lockActive();
    await vscode.commands.executeCommand('setContext', 'corpusAnnotator.mode', name);
    await locked;
  }

  /**
   * Makes the active article read-only, or, where the text is to be edited, writable again. The editor saves nothing
   * that is read-only, so unsaved changes come first.
   */
  private async lockActive(): Promise<void> {
    const document = this.store.active?.document;
    if (!document) return;
    const isToLock = this.current !== 'editing' && !document.isDirty;
    if (isToLock !== isLocked(document.uri)) await setLocked(document, isToLock);
  }
}
