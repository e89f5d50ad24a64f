import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import { contextOf, newEntityId } from '../../core/entity';
import { excerptOf } from '../../core/placed';
import { formOf } from '../../core/suggest/matcher';
import { refusalOf } from '../../core/suggest/refusals';
import { TextIndex } from '../../core/text';
import type { LiveArticle } from '../../workspace/live-article';
import { readText } from '../../workspace/locations';
import type { Suggester, Suggestion } from '../../workspace/suggestions';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyToHits, collectHits, showHit, type Hit } from '../shared/hits';
import { say } from '../shared/messages';
import { editorOf, resolveArticle, shortText, showSpan, type EntityArgument } from '../shared/targets';
import type { ShownSuggestions } from './shown';

/** What the commands work with. */
export interface Site {
  readonly store: CorpusStore;
  readonly suggester: Suggester;
  readonly shown: ShownSuggestions;
}

/** The suggestion that begins at a place, in code points; without one, the suggestion at the cursor. */
export interface Place extends Pick<EntityArgument, 'article'> {
  readonly start?: number;
  /** Whether to ask which; as without an argument. */
  readonly preview?: boolean;
}

/** The suggestion at a position, its end included. */
export function suggestionAt(
  shown: ShownSuggestions,
  document: vscode.TextDocument,
  position: vscode.Position,
): { article: LiveArticle; suggestion: Suggestion } | undefined {
  const article = shown.article(document);
  if (!article) return undefined;
  const at = article.index.toCodePoint(document.offsetAt(position));
  const suggestion = shown.of(article).find(({ start, end }) => start <= at && at <= end);
  return suggestion && { article, suggestion };
}

export async function acceptOne(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  if (!found?.suggestion) return sayNothing();
  const { article, suggestion } = found;
  const { label } = suggestion;
  const title = vscode.l10n.t('Accept {0} {1}', label, quote(suggestion));
  const saved = article.apply(title, [addition(article.index, suggestion)]);
  say(title);
  if (place?.start === undefined) await goOn(site, article, suggestion.end);
  await saved;
}

export async function refuseOne(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  if (!found?.suggestion) return sayNothing();
  const { article, suggestion } = found;
  const corpus = site.store.corpusAt(article.uri)!;
  await site.suggester.refuse(corpus, [refusalOf(suggestion)]);
  say(vscode.l10n.t('{0} is not suggested here any more (refused.yaml)', quote(suggestion)));
  if (place?.start === undefined) await goOn(site, article, suggestion.end);
}

/** Goes to the next suggestion in the article behind the cursor, or round to the first. */
export async function goToNext(site: Site): Promise<void> {
  const article = await resolveArticle(site.store, undefined);
  const editor = article && editorOf(article);
  if (!article || !editor) return sayNothing();
  await goOn(site, article, article.index.toCodePoint(editor.document.offsetAt(editor.selection.end)));
}

async function goOn({ shown }: Site, article: LiveArticle, behind: number): Promise<void> {
  const all = await shown.update(article);
  const next = all.find(({ start }) => start >= behind) ?? all[0];
  if (!next) return say(vscode.l10n.t('Nothing more is suggested in this article.'));
  await showSpan(article, next);
  say(
    vscode.l10n.t(
      '{0} as {1}? alt+y accepts, alt+x refuses · {2} suggested',
      quote(next),
      next.label,
      all.length,
    ),
  );
}

/** Accepts all suggestions of one text in the whole corpus, as one step. */
export async function acceptForm(site: Site, place: Place | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const { store, suggester } = site;
  const found = await resolve(site, place);
  if (!found?.suggestion) return sayNothing();
  const { suggestion, article } = found;
  const corpus = store.corpusAt(article.uri);
  const quoted = quote(suggestion);
  const suggestions = new Map<Hit, Edit>();
  const hits = await collectHits(
    store.articles.filter((entry) => entry.corpus === corpus),
    t('Looking for {0}', quoted),
    async (entry) => {
      const live = store.loadedArticle(entry.uri);
      const raw = live ? live.index.raw : await readText(entry.uri);
      if (live?.refusal || !raw?.includes(suggestion.text)) return [];
      const index = live?.index ?? new TextIndex(raw);
      const entities = live?.entities ?? (await entry.read()).entities;
      const all = await suggester.suggest(entry, index, entities);
      return all
        .filter(({ text, label }) => text === suggestion.text && label === suggestion.label)
        .map((one) => {
          const { start, end, text } = one;
          const hit: Hit = { entry, start, end, text, excerpt: excerptOf(index, one) };
          suggestions.set(hit, addition(index, one));
          return hit;
        });
    },
  );
  if (!hits) return;
  const title = t('Accept All {0} as {1}', quoted, suggestion.label);
  const placeholder = (count: number) =>
    t('{0} suggestions. Space leaves one out, Enter accepts the others', count);
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen = place?.preview === false ? hits : await chooseHits({ title, placeholder, hits, show });
  if (!chosen || chosen.length === 0) return;
  await applyToHits(store, t('Accept {0} suggestions of {1}', chosen.length, quoted), chosen, (hit) => [
    suggestions.get(hit)!,
  ]);
}

/** Never suggests a text with its label again in the corpus. */
export async function refuseForm(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  if (!found?.suggestion) return sayNothing();
  const { article, suggestion } = found;
  const { text, label } = suggestion;
  await site.suggester.refuse(site.store.corpusAt(article.uri)!, [{ text: formOf(text), label }]);
  say(vscode.l10n.t('{0} is not suggested as {1} any more (refused.yaml)', quote(suggestion), label));
  await site.shown.update(article);
}

export async function acceptArticle(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  if (!found || found.all.length === 0) return sayNothing();
  const { article, all } = found;
  const title = vscode.l10n.t('Accept {0} suggestions', all.length);
  const saved = article.apply(
    title,
    all.map((suggestion) => addition(article.index, suggestion)),
  );
  say(title);
  await saved;
}

export async function refuseArticle(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  if (!found || found.all.length === 0) return sayNothing();
  const { article, all } = found;
  await site.suggester.refuse(site.store.corpusAt(article.uri)!, all.map(refusalOf));
  say(vscode.l10n.t('Refused {0} suggestions (refused.yaml)', all.length));
  await site.shown.update(article);
}

/** The article that is meant, what is suggested in it now, and the suggestion that is meant. */
async function resolve(
  { store, shown }: Site,
  place: Place | undefined,
): Promise<
  { article: LiveArticle; all: readonly Suggestion[]; suggestion: Suggestion | undefined } | undefined
> {
  const cursor = vscode.window.activeTextEditor?.selection.active;
  const article = await resolveArticle(store, place);
  if (!article) return undefined;
  const all = await shown.update(article);
  const at = place?.start ?? (cursor && article.index.toCodePoint(article.document.offsetAt(cursor)));
  const isMeant = ({ start, end }: Suggestion) =>
    place?.start !== undefined ? start === place.start : at !== undefined && start <= at && at <= end;
  return { article, all, suggestion: all.find(isMeant) };
}

/** Who accepts has looked, so the entity is reviewed. */
function addition(index: TextIndex, { start, end, text, label, link, from }: Suggestion): Edit {
  const context = contextOf(index.text, { start, end }, (part) => index.slice(part));
  return {
    kind: 'add',
    entity: {
      ...{ id: newEntityId(), label, start, end, text, reviewed: true, suggestedBy: from },
      ...(link !== undefined && { link }),
      ...context,
    },
  };
}

function sayNothing(): void {
  say(vscode.l10n.t('Nothing is suggested here.'));
}

function quote({ text }: Suggestion): string {
  return `“${shortText(text, 40)}”`;
}
