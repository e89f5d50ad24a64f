import * as vscode from 'vscode';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';
import { resolveArticle } from '../shared/targets';

type ModeName = 'tagging' | 'review';

/**
 * Tagging mode and review mode: single keys act on entities, so the articles that are shown meanwhile
 * are read-only. The context key `corpusAnnotator.mode` holds the name, and is empty outside of a mode.
 */
export class Mode implements vscode.Disposable {
  /** Articles that a mode has made read-only, by uri. */
  private readonly locked = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.subscription = store.onDidChangeActive(() => void this.lockActive());
  }

  get current(): ModeName | undefined {
    return this.store.mode;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async toggleTagging(): Promise<void> {
    if (this.current) return this.leave();
    if (!(await resolveArticle(this.store, undefined)))
      return say(vscode.l10n.t('Open an article of the corpus to tag in it.'));
    await this.enter('tagging');
    say(vscode.l10n.t('Tagging mode: a label’s key tags, enter marks as reviewed, escape leaves'));
  }

  async enter(name: ModeName): Promise<void> {
    if (this.current === name) return;
    await this.set(name);
  }

  async leave(): Promise<void> {
    if (!this.current) return;
    const left = this.current;
    await this.set(undefined);
    say(left === 'review' ? vscode.l10n.t('Review left') : vscode.l10n.t('Tagging mode left'));
  }

  private async set(name: ModeName | undefined): Promise<void> {
    this.store.setMode(name);
    // The lock is asked for first, so that keys that come before the mode is on do not change the text.
    const locked = this.lockActive();
    await vscode.commands.executeCommand('setContext', 'corpusAnnotator.mode', name ?? '');
    await locked;
  }

  /** Makes the active article read-only in a mode, and writable again when it is shown outside of one. */
  private async lockActive(): Promise<void> {
    const key = this.store.active?.uri.toString();
    if (key === undefined || vscode.window.activeTextEditor?.document.uri.toString() !== key) return;
    if (this.current && !this.locked.has(key)) {
      this.locked.add(key);
      await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    } else if (!this.current && this.locked.delete(key)) {
      await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
    }
  }
}
