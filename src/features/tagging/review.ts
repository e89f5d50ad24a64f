import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import type { Entity } from '../../core/entity';
import type { ArticleEntry } from '../../workspace/catalog';
import type { LiveArticle } from '../../workspace/live-article';
import type { CorpusStore } from '../../workspace/store';
import { ask, say } from '../shared/messages';
import { entityAt, editorOf, shortText, showEntity } from '../shared/targets';
import { withReviewed } from './change';
import type { Mode } from './mode';
import { describe, neighbour } from './navigate';

/** The walk through all unreviewed entities of the corpus: each is shown, then accepted, relabelled, deleted or skipped. */
export class Review {
  /** Where the walk is; what the keys act on. */
  private at: { article: LiveArticle; id: string } | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: CorpusStore,
    private readonly mode: Mode,
  ) {}

  /** Goes to the next unreviewed entity, in this article after the cursor or in the articles after it. */
  next(): Promise<void> {
    return this.inTurn(() => this.step());
  }

  /** Keys may come faster than articles open: each acts on what the one before has shown. */
  private inTurn(action: () => Promise<void>): Promise<void> {
    this.turn = this.turn.catch(() => undefined).then(action);
    return this.turn;
  }

  leave(): Promise<void> {
    return this.inTurn(() => this.mode.leave());
  }

  private async step(): Promise<void> {
    await this.store.ready;
    await this.store.summarized;
    const found = await this.findNext();
    if (!found) {
      this.at = undefined;
      if (this.mode.current === 'review') await this.mode.leave();
      return say(vscode.l10n.t('All entities of the corpus are reviewed.'));
    }
    const { article, entity } = found;
    this.at = { article, id: entity.id };
    await showEntity(article, entity);
    await this.mode.enter('review');
    const left = this.store.articles.reduce((sum, entry) => sum + entry.summary.unreviewed, 0);
    ask(
      vscode.l10n.t(
        '{0} · {1} left · enter accepts, a label’s key relabels, delete deletes',
        describe(entity),
        left,
      ),
    );
  }

  async accept(): Promise<void> {
    await this.decide((entity) => ({
      title: vscode.l10n.t('Accept {0} “{1}”', entity.label, shortText(entity.text)),
      edit: { kind: 'change', before: entity, after: withReviewed(entity, true) },
    }));
  }

  async delete(): Promise<void> {
    await this.decide((entity) => ({
      title: vscode.l10n.t('Delete {0} “{1}”', entity.label, shortText(entity.text)),
      edit: { kind: 'remove', entity },
    }));
  }

  /** Gives the entity the label that has a key; who relabels has looked, so it is reviewed too. */
  async relabelByKey(key: string): Promise<void> {
    const corpus = this.at && this.store.entry(this.at.article.uri)?.corpus;
    const label = corpus?.labelSet.labels.find((candidate) => candidate.key === key);
    if (!label) return say(vscode.l10n.t('No label has the key “{0}”. Keys are set in corpus.yaml.', key));
    await this.decide((entity) => ({
      title: vscode.l10n.t('Relabel “{0}” to {1} and accept it', shortText(entity.text), label.name),
      edit: { kind: 'change', before: entity, after: { ...withReviewed(entity, true), label: label.name } },
    }));
  }

  private decide(make: (entity: Entity) => { title: string; edit: Edit }): Promise<void> {
    return this.inTurn(async () => {
      const article = this.store.active ?? this.at?.article;
      const entity = article && this.current(article);
      if (!article || !entity) return this.step();
      const { title, edit } = make(entity);
      const saved = article.apply(title, [edit]);
      await this.step();
      await saved;
    });
  }

  /** The entity of the walk, or the one that the person has moved the cursor to since. */
  private current(article: LiveArticle): Entity | undefined {
    const selection = editorOf(article)?.selection;
    const under = selection && entityAt(article, selection);
    const walked =
      this.at?.article === article ? article.entities.find(({ id }) => id === this.at?.id) : undefined;
    const isUnder = under && walked && under.start === walked.start && under.end === walked.end;
    return isUnder ? walked : (under ?? walked);
  }

  private async findNext(): Promise<{ article: LiveArticle; entity: Entity } | undefined> {
    const active = this.store.active;
    const here = active?.entities.filter(isOpen) ?? [];
    const after = active && here.length > 0 ? neighbour(active, here, 'next') : undefined;
    if (active && after && this.isAhead(active, after)) return { article: active, entity: after };
    for (const entry of this.articlesAfter(active)) {
      const article = await this.store.open(await vscode.workspace.openTextDocument(entry.uri));
      const entity = article?.refusal ? undefined : article?.entities.find(isOpen);
      if (article && entity) return { article, entity };
    }
    return active && after ? { article: active, entity: after } : undefined;
  }

  private isAhead(article: LiveArticle, entity: Entity): boolean {
    const selection = editorOf(article)?.selection;
    if (!selection || this.at === undefined) return true;
    return article.index.toUtf16(entity.start) >= article.document.offsetAt(selection.start);
  }

  /** The other articles with something to review, from an article on and round to it. */
  private articlesAfter(article: LiveArticle | undefined): ArticleEntry[] {
    const entries = this.store.articles;
    const at = entries.findIndex((entry) => entry.key === article?.uri.toString());
    return [...entries.slice(at + 1), ...entries.slice(0, Math.max(at, 0))].filter(
      (entry) => entry.summary.unreviewed > 0,
    );
  }
}

function isOpen(entity: Entity): boolean {
  return !entity.reviewed && !entity.broken;
}
