import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import { contextOf, newEntityId } from '../../core/entity';
import { excerptOf } from '../../core/placed';
import { patternOf } from '../../core/occurrences';
import { refusalOf } from '../../core/suggest/refusals';
import { TextIndex } from '../../core/text';
import type { LiveArticle } from '../../workspace/live-article';
import { readText } from '../../workspace/locations';
import type { ShownSuggestions } from '../../workspace/shown-suggestions';
import type { Suggestion } from '../../workspace/suggestions';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyToHits, collectHits, showHit, type Hit } from '../shared/hits';
import { say, sayNothingHere } from '../shared/messages';
import { editorOf, resolveArticle, shortText, showSpan, type EntityArgument } from '../shared/targets';
import type { Refuser } from './refuser';

/** What the commands work with. */
export interface Site {
  readonly store: CorpusStore;
  readonly refuser: Refuser;
}

/** The suggestion that begins at a place, in code points; without one, the suggestion at the cursor. */
export interface Place extends Pick<EntityArgument, 'article'> {
  readonly start?: number;
  /** Several of the article, in place of `start`. */
  readonly starts?: readonly number[];
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

/** Accepts what is meant, as one step; from the cursor, the walk goes on. */
export async function accept(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  const [first, ...others] = found?.meant ?? [];
  if (!found || !first) return sayNothing(found !== undefined);
  const { article, meant } = found;
  const title =
    others.length > 0
      ? vscode.l10n.t('Accept {0} suggestions', meant.length)
      : vscode.l10n.t('Accept {0} {1}', first.label, quote(first));
  const saved = article.apply(
    title,
    meant.map((suggestion) => addition(article.index, suggestion)),
  );
  say(title);
  if (isAtCursor(place)) await goOn(site, article, first.end);
  else await site.store.suggestions.update(article);
  await saved;
}

/** Refuses what is meant, at its place only; from the cursor, the walk goes on. */
export async function refuse(site: Site, place: Place | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const found = await resolve(site, place);
  const [first, ...others] = found?.meant ?? [];
  if (!found || !first) return sayNothing(found !== undefined);
  const { article, meant } = found;
  const what =
    others.length > 0
      ? t('Refused {0} suggestions', meant.length)
      : t('{0} is not suggested here any more', quote(first));
  const title = others.length > 0 ? t('Refuse {0} suggestions', meant.length) : t('Refuse {0}', quote(first));
  await site.refuser.refuse(article, meant.map(refusalOf), title, what);
  if (isAtCursor(place)) await goOn(site, article, first.end);
}

/** Goes to the next suggestion in the article behind the cursor, or round to the first. */
export async function goToNext(site: Site): Promise<void> {
  const article = await resolveArticle(site.store, undefined);
  const editor = article && editorOf(article);
  if (!article || !editor) return sayNothing(article !== undefined);
  await goOn(site, article, article.index.toCodePoint(editor.document.offsetAt(editor.selection.end)));
}

async function goOn({ store }: Site, article: LiveArticle, behind: number): Promise<void> {
  const all = await store.suggestions.update(article);
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

/** Accepts all suggestions of one form in the whole corpus, as one step. */
export async function acceptForm(site: Site, place: Place | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const { store } = site;
  const found = await resolve(site, place);
  const [suggestion] = found?.meant ?? [];
  if (!found || !suggestion) return sayNothing(found !== undefined);
  const corpus = store.corpusAt(found.article.uri);
  const { form, label } = suggestion;
  const quoted = quote(suggestion);
  // Looking for suggestions costs more than looking whether there can be one.
  const mayHold = patternOf([form], { wholeWords: true, matchCase: false })!;
  const suggestions = new Map<Hit, Edit>();
  const hits = await collectHits(
    store.articles.filter((entry) => entry.corpus === corpus),
    t('Looking for {0}', quoted),
    async (entry) => {
      const live = store.liveOf(entry);
      const raw = live ? live.index.raw : await readText(entry.uri);
      if (live?.refusal || raw === undefined || raw.search(mayHold) < 0) return [];
      const index = live?.index ?? new TextIndex(raw);
      const entities = live?.entities ?? (await entry.read()).entities;
      const all = await store.suggestions.suggester.suggest(entry, index, entities);
      return all
        .filter((one) => one.form === form && one.label === label)
        .map((one) => {
          const { start, end, text } = one;
          const hit: Hit = { entry, start, end, text, excerpt: excerptOf(index, one) };
          suggestions.set(hit, addition(index, one));
          return hit;
        });
    },
  );
  if (!hits) return;
  const title = t('Accept All {0} as {1}', quoted, label);
  const placeholder = (count: number) =>
    t('{0} suggestions. Space leaves one out, Enter accepts the others', count);
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen = place?.preview === false ? hits : await chooseHits({ title, placeholder, hits, show });
  if (!chosen || chosen.length === 0) return;
  await applyToHits(store, t('Accept {0} suggestions of {1}', chosen.length, quoted), chosen, (hit) => [
    suggestions.get(hit)!,
  ]);
}

/** Never suggests a form with its label again in the corpus. */
export async function refuseForm(site: Site, place: Place | undefined): Promise<void> {
  const found = await resolve(site, place);
  const [suggestion] = found?.meant ?? [];
  if (!found || !suggestion) return sayNothing(found !== undefined);
  const { form, label } = suggestion;
  const quoted = quote(suggestion);
  const what = vscode.l10n.t('{0} is not suggested as {1} any more', quoted, label);
  const title = vscode.l10n.t('Refuse {0} as {1}', quoted, label);
  await site.refuser.refuse(found.article, [{ text: form, label }], title, what);
}

/** The places of all that is suggested in an article. */
export async function everywhere(site: Site, place: Place | undefined): Promise<Place | undefined> {
  const found = await resolve(site, place);
  return found && { article: found.article.uri, starts: found.all.map(({ start }) => start) };
}

/** The article that is meant, what is suggested in it now, and which of that is meant. */
async function resolve(
  { store }: Site,
  place: Place | undefined,
): Promise<{ article: LiveArticle; all: readonly Suggestion[]; meant: readonly Suggestion[] } | undefined> {
  const cursor = vscode.window.activeTextEditor?.selection.active;
  const article = await resolveArticle(store, place);
  if (!article) return undefined;
  const all = await store.suggestions.update(article);
  if (!isAtCursor(place)) {
    const starts = new Set(place?.starts ?? [place?.start]);
    return { article, all, meant: all.filter(({ start }) => starts.has(start)) };
  }
  const at = cursor && article.index.toCodePoint(article.document.offsetAt(cursor));
  const meant = all.find(({ start, end }) => at !== undefined && start <= at && at <= end);
  return { article, all, meant: meant ? [meant] : [] };
}

function isAtCursor(place: Place | undefined): boolean {
  return place?.start === undefined && place?.starts === undefined;
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

function sayNothing(hasArticle: boolean): void {
  sayNothingHere(hasArticle, vscode.l10n.t('Nothing is suggested here.'));
}

function quote({ text }: Suggestion): string {
  return `“${shortText(text, 40)}”`;
}
