import * as vscode from 'vscode';
import { removing, changing, type Edit } from '../../core/model/edit';
import type { Entity } from '../../core/model/entity';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { countArticles, countEntities } from '../shared/counts';
import { ask, offer, offerArticles, say } from '../shared/messages';
import type { Acted, Press } from '../shared/presses';
import { entityAt, editorOf, selectionsIn, shortText, showEntity } from '../shared/targets';
import { withReviewed } from './change';
import type { Mode } from './mode';
import { neighbour } from './navigate';

/** The walk through all unreviewed entities of the corpus: each is shown, then accepted, relabelled, deleted or skipped. */
export class Review {
  /** Where the walk is; what the keys act on. */
  private at: { article: LiveArticle; id: string } | undefined;

  constructor(
    private readonly store: CorpusStore,
    private readonly mode: Mode,
  ) {}

  /** Goes to the next unreviewed entity, in this article after the cursor or in the articles after it; begins at the cursor. */
  next(press: Press): Promise<void> {
    return this.step(press);
  }

  private async step(press: Press): Promise<void> {
    await this.store.catalog.ready;
    await this.store.catalog.summarized;
    const found = await this.findNext(press);
    if (!found) {
      await this.leave();
      return this.sayEnd();
    }
    const { article, entity } = found;
    this.at = { article, id: entity.id };
    await showEntity(article, entity);
    await this.mode.enter('review');
    const left = this.store.catalog.all.reduce((sum, entry) => sum + entry.summary.unreviewed, 0);
    // Which entity it is says the item beside.
    ask(vscode.l10n.t('{0} left · enter accepts, a label’s key relabels, delete deletes', left));
  }

  private sayEnd(): void {
    const { t } = vscode.l10n;
    const articles = this.store.catalog.all;
    const toPlace = articles.reduce((sum, { summary }) => sum + summary.toPlace, 0);
    // What has no certain place cannot be reviewed before it is placed.
    if (toPlace > 0) {
      const message = t('Nothing else is to review; {0} to place.', countEntities(toPlace));
      return offer(message, t('Place Next Entity'), 'placeNext');
    }
    const message = t('All entities of the corpus are reviewed.');
    const left = articles.filter(({ summary }) => summary.status !== 'done').length;
    if (left === 0) return say(message);
    offerArticles(`${message} ${t('Not done yet: {0}.', countArticles(left))}`);
  }

  /** Back to what single keys did before: the text stays locked. */
  async leave(): Promise<void> {
    if (this.mode.current !== 'review') return;
    this.at = undefined;
    await this.mode.enter('tagging');
    say(vscode.l10n.t('Review left'));
  }

  accept(press: Press): Promise<Acted | void> {
    return this.decide(press, (entity) => ({
      title: vscode.l10n.t('Accept {0} “{1}”', entity.label, shortText(entity.text)),
      edit: changing(entity, withReviewed(entity, true)),
    }));
  }

  delete(press: Press): Promise<Acted | void> {
    return this.decide(press, (entity) => ({
      title: vscode.l10n.t('Delete {0} “{1}”', entity.label, shortText(entity.text)),
      edit: removing(entity),
    }));
  }

  /** Gives the entity another label; who relabels has looked, so it is reviewed too. */
  relabel(label: string, press: Press): Promise<Acted | void> {
    return this.decide(press, (entity) => ({
      title: vscode.l10n.t('Relabel “{0}” to {1} and accept it', shortText(entity.text), label),
      edit: changing(entity, { ...withReviewed(entity, true), label }),
    }));
  }

  private async decide(
    press: Press,
    make: (entity: Entity) => { title: string; edit: Edit },
  ): Promise<Acted | void> {
    const article = this.store.live.active ?? this.at?.article;
    const entity = article && this.current(article, press);
    if (!article || !entity) return this.step(press);
    const { title, edit } = make(entity);
    const rest = article.apply(title, [edit]);
    // Whoever waits for it hears of it, also where the next step fails first.
    rest.catch(() => undefined);
    await this.step(press);
    return { rest };
  }

  /** The entity of the walk, or the one that the person has moved the cursor to since. */
  private current(article: LiveArticle, press: Press): Entity | undefined {
    const [selection] = selectionsIn(editorOf(article), press);
    const under = selection && entityAt(article, selection);
    const walked =
      this.at?.article === article ? article.entities.find(({ id }) => id === this.at?.id) : undefined;
    const isUnder = under && walked && under.start === walked.start && under.end === walked.end;
    return isUnder ? walked : (under ?? walked);
  }

  private async findNext(press: Press): Promise<{ article: LiveArticle; entity: Entity } | undefined> {
    const active = this.store.live.active;
    const [selection] = selectionsIn(active && editorOf(active), press);
    const isBegun = this.mode.current === 'review';
    const under = active && selection && !isBegun ? entityAt(active, selection) : undefined;
    if (active && under && isOpen(under)) return { article: active, entity: under };
    const here = active?.entities.filter(isOpen) ?? [];
    const after = active && here.length > 0 ? neighbour(active, here, 'next', press) : undefined;
    if (active && after && this.isAhead(active, after, selection)) return { article: active, entity: after };
    for (const entry of this.articlesAfter(active)) {
      const article = await this.store.live.open(await vscode.workspace.openTextDocument(entry.uri));
      const entity = article?.refusal ? undefined : article?.entities.find(isOpen);
      if (article && entity) return { article, entity };
    }
    return active && after ? { article: active, entity: after } : undefined;
  }

  private isAhead(article: LiveArticle, entity: Entity, selection: vscode.Selection | undefined): boolean {
    if (!selection || this.at === undefined) return true;
    return article.index.toUtf16(entity.start) >= article.document.offsetAt(selection.start);
  }

  /** The other articles with something to review, from an article on and round to it. */
  private articlesAfter(article: LiveArticle | undefined): ArticleEntry[] {
    const entries = this.store.catalog.all;
    const at = entries.findIndex((entry) => entry.key === article?.uri.toString());
    return [...entries.slice(at + 1), ...entries.slice(0, Math.max(at, 0))].filter(
      (entry) => entry.summary.unreviewed > 0,
    );
  }
}

function isOpen(entity: Entity): boolean {
  return !entity.reviewed && !entity.broken;
}
