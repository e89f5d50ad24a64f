import { addedBy } from '../../core/model/edit';
import * as vscode from 'vscode';
import { formOf } from '../../core/suggest/matcher';
import type { EditStep, Step } from '../../core/model/history';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { sayMoreOfDone } from '../shared/messages';
import { acceptKey } from './place';

/** Says, once a form was tagged by hand, that it stands elsewhere in the article, too, and which keys take it there. */
export class Offers implements vscode.Disposable {
  /** The newest step of each article as it was last looked at. */
  private readonly seen = new WeakMap<LiveArticle, Step | undefined>();
  /** Steps that tagged something, until what is suggested then is known. */
  private readonly tagged = new WeakMap<LiveArticle, EditStep>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.subscription = vscode.Disposable.from(
      store.live.onDidChangeEntities((article) => this.follow(article)),
      store.suggestions.onDidChange((article) => this.offer(article)),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private follow(article: LiveArticle): void {
    const { undoStep: step } = article.history;
    // One that is new here was just opened: what was done last was not done now.
    const isNew = this.seen.has(article) && this.seen.get(article) !== step;
    this.seen.set(article, step);
    if (!isNew) return;
    if (step?.kind === 'edits' && step.bulk === undefined) this.tagged.set(article, step);
    else this.tagged.delete(article);
  }

  private offer(article: LiveArticle): void {
    const step = this.tagged.get(article);
    this.tagged.delete(article);
    if (!step || article !== this.store.live.active || article.history.undoStep !== step) return;
    const added = addedBy(step.edits);
    const [entity] = added;
    const isByHand = added.every(({ suggestedBy, text, label }) => {
      return suggestedBy === undefined && text === entity?.text && label === entity.label;
    });
    if (!entity || !isByHand || added.length < step.edits.length) return;
    const { label, text } = entity;
    const form = formOf(text);
    const more = this.store.suggestions
      .of(article)
      .filter((one) => one.form === form && one.label === label).length;
    if (more > 0)
      sayMoreOfDone(
        step.title,
        vscode.l10n.t(
          '{0} more here: {1} one by one, alt+m all, alt+shift+m in the corpus',
          ...[more, acceptKey(this.store)],
        ),
      );
  }
}
