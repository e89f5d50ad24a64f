import * as vscode from 'vscode';
import { adding, type Edit } from '../../core/model/edit';
import { contextOf, newEntityId, type Entity } from '../../core/model/entity';
import type { Label } from '../../core/labels';
import type { Span } from '../../core/text';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { say, sayDone } from '../shared/messages';
import { pressNow, type Acted, type Press } from '../shared/presses';
import { explainWaiting, isReviewedOnTagging } from '../shared/reviewed-on-tagging';
import { resolveArticle, shortText, spansOf } from '../shared/targets';
import { pickLabel } from '../shared/label-picker';
import { relabelTo } from './change';

interface Place {
  readonly article: LiveArticle;
  readonly corpus: Corpus;
  readonly selections: readonly vscode.Selection[];
}

/** Makes entities of what is selected. */
export class Tagger {
  private lastLabel: string | undefined;

  /** @param kept what is remembered of the workspace */
  constructor(
    private readonly store: CorpusStore,
    private readonly kept: vscode.Memento,
  ) {}

  /** Tags every selection of the active editor. @param label asked for where it is missing */
  async tagSelection(label?: string, at: Press = pressNow()): Promise<Acted | void> {
    const place = await this.place(at);
    return place && this.tagAt(place, label);
  }

  /**
   * What the key of a label does. An entity that is exactly there gets the label in place of its own: a slip that is
   * put right is commoner than a second label, which {@link tagSelection} adds.
   */
  async tagByKey(label: string, at: Press): Promise<Acted | void> {
    const place = await this.place(at);
    if (!place) return;
    const { article } = place;
    const slips = spansOf(article, place.selections).map((span) => otherAt(article, span, label));
    if (article.refusal || slips.length === 0 || !slips.every((slip) => slip !== undefined))
      return this.tagAt(place, label);
    this.lastLabel = label;
    const acted = relabelTo({ article, entities: slips, editor: at.editor }, label);
    const [first] = slips as [Entity];
    if (slips.length === 1)
      say(
        vscode.l10n.t(
          '“{0}” is {1} now, not {2} · alt+l gives it a second label',
          ...[shortText(first.text, 40), label, first.label],
        ),
      );
    return acted;
  }

  private tagAt({ article, corpus, selections }: Place, label?: string): Acted | void {
    const spans = spansOf(article, selections);
    if (spans.length === 0)
      return say(vscode.l10n.t('There is nothing to tag here: select text, or put the cursor on a word.'));
    if (article.refusal) throw article.refusal;
    if (label !== undefined) return this.tag(article, spans, label);
    const picked = pickLabel(corpus, {
      title: vscode.l10n.t('Tag “{0}”', shortText(article.index.slice(spans[0]!), 40)),
      first: this.lastLabel,
    });
    const rest = picked.then((chosen) =>
      chosen === undefined ? undefined : this.tag(article, spans, chosen)?.rest,
    );
    return { rest };
  }

  repeat(at: Press): Promise<Acted | void> {
    return this.tagSelection(this.lastLabel, at);
  }

  /** @param number 1 is the first label of the set */
  tagByNumber(number: number, at: Press): Promise<Acted | void> {
    return this.tagBy(
      (labels) => labels[number - 1],
      vscode.l10n.t('The label set has no label number {0}.', number),
      at,
    );
  }

  private async tagBy(
    find: (labels: readonly Label[]) => Label | undefined,
    otherwise: string,
    at: Press,
  ): Promise<Acted | void> {
    const place = await this.place(at);
    if (!place) return;
    const label = find(place.corpus.labelSet.labels);
    return label ? this.tagAt(place, label.name) : say(otherwise);
  }

  private async place(at: Press): Promise<Place | undefined> {
    const article = await resolveArticle(this.store, undefined, at);
    // Not by its entry: an article that has just vanished is open, and has a clearer message coming.
    const corpus = article && this.store.catalog.corpusAt(article.uri);
    if (corpus) return { article, corpus, selections: at.selections };
    say(vscode.l10n.t('Open an article of the corpus to tag in it.'));
    return undefined;
  }

  private tag(article: LiveArticle, spans: readonly Span[], label: string): Acted | void {
    this.lastLabel = label;
    const reviewed = isReviewedOnTagging(this.store, article.uri);
    const ids = new Set(article.entities.map((entity) => entity.id));
    const added = spans
      .filter((span) => !article.entities.some((entity) => isSame(entity, span) && entity.label === label))
      .map((span) => {
        const id = newEntityId((candidate) => ids.has(candidate));
        ids.add(id);
        return newEntity(article, span, label, id, reviewed);
      });
    const first = shortText(article.index.slice(spans[0]!));
    if (added.length === 0) return say(vscode.l10n.t('“{0}” is tagged {1} already', first, label));
    const title =
      added.length === 1
        ? vscode.l10n.t('Tag “{0}” as {1}', shortText(added[0]!.text), label)
        : vscode.l10n.t('Tag {0} mentions as {1}', added.length, label);
    const saved = article.apply(
      title,
      added.map((entity): Edit => adding(entity)),
    );
    sayDone(title);
    if (!reviewed) explainWaiting(this.store, article.uri, this.kept);
    return { rest: saved };
  }
}

/** The one entity of exactly a span, if it has another label. */
function otherAt(article: LiveArticle, span: Span, label: string): Entity | undefined {
  const [entity, ...others] = article.entities.filter((one) => !one.broken && isSame(one, span));
  return entity && others.length === 0 && entity.label !== label ? entity : undefined;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function newEntity(article: LiveArticle, span: Span, label: string, id: string, reviewed: boolean): Entity {
  const { index } = article;
  return {
    id,
    label,
    ...span,
    text: index.slice(span),
    ...(reviewed && { reviewed }),
    ...contextOf(index.text, span, (part) => index.slice(part)),
  };
}
