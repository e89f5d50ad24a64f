import * as vscode from 'vscode';
import { labelForKeys } from '../../core/label-keys';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';
import type { Hints } from '../shared/hints';
import type { Acted, Press } from '../shared/presses';
import { resolveArticle } from '../shared/targets';

type Act = (at: Press) => Promise<Acted | void> | Acted | void;

/** What single keys mean: letters of a hint while hints are shown, else keys of labels, else what they are kept for. */
export class Keys {
  /** The first of two keys of a label. */
  private begun = '';

  /**
   * @param kept what keys do that no label has
   * @param label gives a label to what is at a press
   */
  constructor(
    private readonly store: CorpusStore,
    private readonly hints: Hints,
    private readonly kept: Readonly<Record<string, Act>>,
    private readonly label: (name: string, at: Press) => Promise<Acted | void>,
  ) {}

  async press(key: string, at: Press): Promise<Acted | void> {
    if (this.hints.isActive && this.hints.press(key)) return;
    const article = await resolveArticle(this.store, undefined, at);
    const labels = (article && this.store.catalog.corpusAt(article.uri)?.labelSet.labels) ?? [];
    const keys = this.begun + key;
    const found = labelForKeys(labels, keys);
    this.begun = found === 'prefix' ? keys : '';
    if (found === 'prefix') return say(vscode.l10n.t('{0} … the label’s second key', keys));
    if (found) {
      const acted = await this.label(found.name, at);
      this.hints.resume();
      return acted;
    }
    if (keys === key && this.kept[key]) return this.kept[key](at);
    say(vscode.l10n.t('No label has the key “{0}”. Keys are set in corpus.yaml.', keys));
  }

  /** Another key came: no label has begun. Letters of hints are put away, but kept where they come again. */
  leave(): void {
    this.begun = '';
    if (this.hints.isActive) this.hints.press('');
  }

  /** @returns whether there was something to give up: letters, or the first key of a label */
  escape(): boolean {
    const hadBegun = this.begun !== '';
    this.begun = '';
    return this.hints.cancel() || hadBegun;
  }
}
