import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import { contextOf, newEntityId, type Entity } from '../../core/entity';
import type { Label } from '../../core/labels';
import type { Span } from '../../core/text';
import type { Corpus } from '../../workspace/corpus';
import type { LiveArticle } from '../../workspace/live-article';
import type { CorpusStore } from '../../workspace/store';
import { say } from '../shared/messages';
import { isReviewedOnTagging } from '../shared/reviewed-on-tagging';
import { resolveArticle, shortText, spansOf } from '../shared/targets';
import { pickLabel } from '../shared/label-picker';

interface Place {
  readonly article: LiveArticle;
  readonly corpus: Corpus;
  readonly selections: readonly vscode.Selection[];
}

/** Makes entities of what is selected. */
export class Tagger {
  private lastLabel: string | undefined;

  constructor(private readonly store: CorpusStore) {}

  /** Tags every selection of the active editor. @param label asked for where it is missing */
  async tagSelection(label?: string): Promise<void> {
    const place = await this.place();
    if (place) await this.tagAt(place, label);
  }

  private async tagAt({ article, corpus, selections }: Place, label?: string): Promise<void> {
    const spans = spansOf(article, selections);
    if (spans.length === 0)
      return say(vscode.l10n.t('There is nothing to tag here: select text, or put the cursor on a word.'));
    if (article.refusal) throw article.refusal;
    const chosen =
      label ??
      (await pickLabel(corpus, {
        title: vscode.l10n.t('Tag “{0}”', shortText(article.index.slice(spans[0]!), 40)),
        first: this.lastLabel,
      }));
    if (chosen !== undefined) await this.tag(article, spans, chosen);
  }

  async repeat(): Promise<void> {
    await this.tagSelection(this.lastLabel);
  }

  /** @param number 1 is the first label of the set */
  async tagByNumber(number: number): Promise<void> {
    await this.tagBy(
      (labels) => labels[number - 1],
      vscode.l10n.t('The label set has no label number {0}.', number),
    );
  }

  async tagByKey(key: string): Promise<void> {
    await this.tagBy(
      (labels) => labels.find((label) => label.key === key),
      vscode.l10n.t('No label has the key “{0}”. Keys are set in corpus.yaml.', key),
    );
  }

  private async tagBy(
    find: (labels: readonly Label[]) => Label | undefined,
    otherwise: string,
  ): Promise<void> {
    const place = await this.place();
    if (!place) return;
    const label = find(place.corpus.labelSet.labels);
    if (!label) return say(otherwise);
    await this.tagAt(place, label.name);
  }

  /** Where a command is to tag. Reads the selections at once: who types fast has moved on after the first wait. */
  private async place(): Promise<Place | undefined> {
    const selections = vscode.window.activeTextEditor?.selections;
    const article = await resolveArticle(this.store, undefined);
    // Not by its entry: an article that has just vanished is open, and has a clearer message coming.
    const corpus = article && this.store.corpusAt(article.uri);
    if (selections && corpus) return { article, corpus, selections };
    say(vscode.l10n.t('Open an article of the corpus to tag in it.'));
    return undefined;
  }

  private async tag(article: LiveArticle, spans: readonly Span[], label: string): Promise<void> {
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
      added.map((entity): Edit => ({ kind: 'add', entity })),
    );
    say(
      added.length === 1
        ? vscode.l10n.t('Tagged “{0}” as {1}', shortText(added[0]!.text), label)
        : vscode.l10n.t('Tagged {0} mentions as {1}', added.length, label),
    );
    await saved;
  }
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
