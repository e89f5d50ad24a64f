import * as vscode from 'vscode';
import { adding, type Edit } from '../../core/model/edit';
import { contextOf, newEntityId, type Entity } from '../../core/model/entity';
import { excerptOf } from '../../core/placed';
import { patternOf } from '../../core/occurrences';
import { formOf } from '../../core/suggest/matcher';
import { refusalOf } from '../../core/suggest/refusals';
import { TextIndex } from '../../core/text';
import type { LiveArticle } from '../../workspace/open/live-article';
import { readText } from '../../workspace/files/source';
import type { Proposal } from '../../core/suggest/proposer';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyToHits, collectHits, showHit, type Hit } from '../shared/hits';
import { say, sayDone, sayNothingHere } from '../shared/messages';
import type { Acted, Press } from '../shared/presses';
import { entityAt, resolveArticle, selectSpan, shortText, showSpan } from '../shared/targets';
import { acceptKey, atCursor, findMeant, isAtCursor, type Place } from './place';
import type { Refuser } from './refuser';

/** What the commands work with. */
export interface Site {
  readonly store: CorpusStore;
  readonly refuser: Refuser;
}

/** Goes on to what comes behind a place of an article, in code points. */
export type GoOn = (site: Site, article: LiveArticle, behind: number) => Promise<Acted | void>;

/**
 * Accepts what is meant, as one step; from the cursor, the walk goes on.
 * @param onward to the next suggestion, if nothing else is said
 */
export async function accept(site: Site, place: Place, onward: GoOn = goOn): Promise<Acted | void> {
  const found = await findMeant(site.store, place);
  const [first, ...others] = found?.meant ?? [];
  if (!found || !first) return goOnInstead(site, found?.article, place);
  const { article, meant } = found;
  const label = place.label ?? first.label;
  const title =
    others.length > 0
      ? vscode.l10n.t('Accept {0} suggestions', meant.length)
      : vscode.l10n.t('Accept {0} {1}', label, quote(first));
  const saved = article.apply(
    title,
    meant.map((suggestion) => addition(article.index, suggestion, place.label)),
  );
  sayDone(title);
  const acted = isAtCursor(place)
    ? await onward(site, article, first.end)
    : { rest: site.store.suggestions.update(article) };
  return { rest: Promise.all([saved, acted?.rest]) };
}

/** Refuses what is meant, at its place only; from the cursor, the walk goes on. */
export async function refuse(site: Site, place: Place): Promise<Acted | void> {
  const { t } = vscode.l10n;
  const found = await findMeant(site.store, place);
  const [first, ...others] = found?.meant ?? [];
  if (!found || !first) return goOnInstead(site, found?.article, place);
  const { article, meant } = found;
  const what =
    others.length > 0
      ? t('Refused {0} suggestions', meant.length)
      : t('{0} is not suggested here any more', quote(first));
  const title = others.length > 0 ? t('Refuse {0} suggestions', meant.length) : t('Refuse {0}', quote(first));
  await site.refuser.refuse(article, meant.map(refusalOf), title, what);
  return isAtCursor(place) ? goOn(site, article, first.end) : undefined;
}

/** Goes to the next suggestion in the article behind the cursor, or round to the first. */
export async function goToNext(site: Site, at: Press): Promise<Acted | void> {
  const article = await resolveArticle(site.store, undefined, at);
  const [selection] = at.selections;
  if (!article || !selection) return sayNothing(article !== undefined);
  return goOn(site, article, article.index.toCodePoint(article.document.offsetAt(selection.end)));
}

/** Where nothing is at the cursor: what is elsewhere is shown first, and not accepted unseen. */
async function goOnInstead(
  site: Site,
  article: LiveArticle | undefined,
  place: Place,
): Promise<Acted | void> {
  if (article && isAtCursor(place) && site.store.suggestions.of(article).length > 0)
    return goOn(site, article, atCursor(article, place));
  sayNothing(article !== undefined);
}

async function goOn({ store }: Site, article: LiveArticle, behind: number): Promise<Acted | void> {
  const all = store.suggestions.now(article) ?? (await store.suggestions.update(article));
  const next = all.find(({ start }) => start >= behind) ?? all[0];
  if (!next) return say(vscode.l10n.t('Nothing more is suggested in this article.'));
  const editor = vscode.window.activeTextEditor;
  const isShown = editor?.document === article.document;
  const rest = isShown ? selectSpan(editor, article, next) : showSpan(article, next);
  say(
    vscode.l10n.t(
      '{0} as {1}? {2} accepts, alt+x refuses · {3} suggested',
      ...[quote(next), next.label, acceptKey(store), all.length],
    ),
  );
  return { rest };
}

/** Accepts all suggestions of one form in the whole corpus, as one step: of a suggestion, or of an entity at the cursor. */
export async function acceptForm(site: Site, place: Place): Promise<void> {
  const { t } = vscode.l10n;
  const { store } = site;
  const found = await findMeant(store, place);
  const suggestion = found?.meant[0] ?? (found && entityAtCursor(found.article, place));
  if (!found || !suggestion) return sayNothing(found !== undefined);
  const corpus = store.catalog.corpusAt(found.article.uri);
  const { label } = suggestion;
  const form = 'form' in suggestion ? suggestion.form : formOf(suggestion.text);
  const quoted = quote(suggestion);
  // Looking for suggestions costs more than looking whether there can be one.
  const mayHold = patternOf([form], { wholeWords: true, matchCase: false })!;
  const suggestions = new Map<Hit, Edit>();
  const hits = await collectHits(
    store.catalog.all.filter((entry) => entry.corpus === corpus),
    t('Looking for {0}', quoted),
    async (entry) => {
      const live = store.live.of(entry);
      const raw = live ? live.index.raw : await readText(entry.uri);
      if (live?.refusal || raw === undefined || raw.search(mayHold) < 0) return [];
      const index = live?.index ?? new TextIndex(raw);
      const entities = live?.entities ?? (await entry.read()).entities;
      await store.proposers.prepare(entry, index);
      const all = await store.proposers.propose(entry, index, entities);
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
  if (hits.length === 0) return say(t('No other {0} is suggested in the corpus.', quoted));
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
export async function refuseForm(site: Site, place: Place): Promise<void> {
  const found = await findMeant(site.store, place);
  const [suggestion] = found?.meant ?? [];
  if (!found || !suggestion) return sayNothing(found !== undefined);
  const { form, label } = suggestion;
  const quoted = quote(suggestion);
  const what = vscode.l10n.t('{0} is not suggested as {1} any more', quoted, label);
  const title = vscode.l10n.t('Refuse {0} as {1}', quoted, label);
  await site.refuser.refuse(found.article, [{ text: form, label }], title, what);
}

/** The places of all that is suggested in an article. @param isMeant of which suggestions, where not of all */
export async function everywhere(
  { store }: Site,
  place: Place,
  isMeant: (suggestion: Proposal) => boolean = () => true,
): Promise<Place> {
  const found = await findMeant(store, place);
  return { ...place, starts: found?.all.filter(isMeant).map(({ start }) => start) ?? [] };
}

function entityAtCursor(article: LiveArticle, place: Place): Entity | undefined {
  const selection = isAtCursor(place) ? place.selection : undefined;
  return selection && entityAt(article, selection);
}

/** Who accepts has looked, so the entity is reviewed. @param other the label that it is to have in place of its own */
function addition(
  index: TextIndex,
  { start, end, text, label, link, source, score }: Proposal,
  other = label,
): Edit {
  const context = contextOf(index.text, { start, end }, (part) => index.slice(part));
  return adding({
    ...{ id: newEntityId(), label: other, start, end, text, reviewed: true, suggestedBy: source },
    ...(score !== undefined && other === label && { score: Math.round(score * 1000) / 1000 }),
    ...(link !== undefined && other === label && { link }),
    ...context,
  });
}

function sayNothing(hasArticle: boolean): void {
  sayNothingHere(hasArticle, vscode.l10n.t('Nothing is suggested here.'));
}

function quote({ text }: { readonly text: string }): string {
  return `“${shortText(text, 40)}”`;
}
