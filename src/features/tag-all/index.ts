import { adding, removing, changing } from '../../core/model/edit';
import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { FormOptions } from '../../core/occurrences';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { registerCommand } from '../shared/command';
import { applyToHits, newEntity, showHit, warnUnread, type Hit } from '../shared/hits';
import { pickLabel } from '../shared/label-picker';
import { say, sayNothingHere } from '../shared/messages';
import { isReviewedOnTagging } from '../shared/reviewed-on-tagging';
import { pressNow } from '../shared/presses';
import {
  entityAt,
  resolveArticle,
  resolveTargets,
  shortText,
  spansOf,
  type EntityArgument,
} from '../shared/targets';
import { offerWhenNothingIsLeft } from './nothing-left';
import { findTagged, findUntagged } from './search';

type Scope = 'article' | 'corpus';

interface Argument extends EntityArgument, Partial<FormOptions> {
  readonly label?: string;
  /** Whether to ask which of the hits; as without an argument. */
  readonly preview?: boolean;
}

/** Tags, untags and relabels all mentions of a text at once, in an article or the whole corpus. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  context.subscriptions.push(
    registerCommand('tagAllInArticle', (argument?: Argument) => tagAll(store, 'article', argument)),
    registerCommand('tagAllInCorpus', (argument?: Argument) => tagAll(store, 'corpus', argument)),
    registerCommand('untagAllInArticle', (argument?: Argument) =>
      changeAll(store, 'article', 'untag', argument),
    ),
    registerCommand('untagAllInCorpus', (argument?: Argument) =>
      changeAll(store, 'corpus', 'untag', argument),
    ),
    registerCommand('relabelAllInArticle', (argument?: Argument) =>
      changeAll(store, 'article', 'relabel', argument),
    ),
    registerCommand('relabelAllInCorpus', (argument?: Argument) =>
      changeAll(store, 'corpus', 'relabel', argument),
    ),
  );
}

/** What is to be looked for, and as what it is tagged. */
interface Forms {
  readonly article: LiveArticle;
  readonly corpus: Corpus;
  readonly texts: readonly string[];
  /** Of the entity that the forms are taken from. */
  readonly like?: Pick<Entity, 'label' | 'link'> | undefined;
}

/** The texts of the entities at the cursors, else what is selected, else the word at the cursor. */
async function formsOf(store: CorpusStore, argument: Argument | undefined): Promise<Forms | undefined> {
  const at = pressNow();
  const article = await resolveArticle(store, argument, at);
  const corpus = article && store.catalog.corpusAt(article.uri);
  if (!corpus) return undefined;
  const texts = (found: readonly { text: string }[]) => [...new Set(found.map(({ text }) => text))];
  if (argument?.id !== undefined || argument?.ids !== undefined) {
    const entities = (await resolveTargets(store, argument))?.entities ?? [];
    return { article, corpus, texts: texts(entities), like: entities[0] };
  }
  const entities = at.selections.flatMap((selection) => {
    const entity = entityAt(article, selection);
    const spans = spansOf(article, [selection]);
    const isIt = entity && (selection.isEmpty || spans.some((span) => isSame(span, entity)));
    return isIt ? [entity] : [];
  });
  if (entities.length > 0) return { article, corpus, texts: texts(entities), like: entities[0] };
  const spans = spansOf(article, at.selections).map((span) => ({ text: article.index.slice(span) }));
  return { article, corpus, texts: texts(spans) };
}

function isSame(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start === b.start && a.end === b.end;
}

async function tagAll(store: CorpusStore, scope: Scope, argument: Argument | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const forms = await formsOf(store, argument);
  if (!forms) return sayNothingHere(false);
  const { article, corpus, texts, like } = forms;
  if (texts.length === 0)
    return say(t('There is nothing to tag here: select text, or put the cursor on a word.'));
  const quoted = quote(texts);
  const label =
    argument?.label ?? like?.label ?? (await pickLabel(corpus, { title: t('Tag All {0}', quoted) }));
  if (label === undefined) return;
  const entries = articlesOf(store, article, scope);
  const { wholeWords = true, matchCase = true } = argument ?? {};
  let options: FormOptions = { wholeWords, matchCase };
  const search = async (wanted: Partial<FormOptions>) => {
    const all = { ...options, ...wanted };
    const found = await findUntagged(store, entries, texts, all, t('Looking for {0}', quoted));
    if (found) options = all;
    return found;
  };
  let hits = await search(options);
  if (hits?.length === 0 && argument?.preview !== false) {
    const hasEntity = like !== undefined;
    if (!(await offerWhenNothingIsLeft({ quoted, texts, scope, options, hasEntity }))) return;
    hits = await search({ wholeWords: false, matchCase: false });
  }
  if (!hits) return;
  if (hits.length === 0) return say(t('All {0} are tagged.', quoted));
  const title =
    scope === 'article' ? t('Tag All {0} in Article', quoted) : t('Tag All {0} in Corpus', quoted);
  const placeholder = (count: number) =>
    count === 0
      ? t('Nothing here can be tagged: see the problems of the article')
      : count === 1
        ? t('1 mention that is not tagged. Enter tags it as {0}', label)
        : t(
            '{0} mentions that are not tagged. Space takes one out, Enter tags the others as {1}',
            count,
            label,
          );
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen =
    argument?.preview === false
      ? hits
      : await chooseHits({ title, placeholder, hits, search, options, show });
  if (!chosen || chosen.length === 0) return;
  const isReviewed = isReviewedOnTagging(store, article.uri);
  await applyToHits(store, t('Tag {0} as {1}', mentions(chosen.length, quoted), label), chosen, (hit) => [
    adding(newEntity(hit, { label, link: like?.link }, isReviewed)),
  ]);
}

async function changeAll(
  store: CorpusStore,
  scope: Scope,
  change: 'untag' | 'relabel',
  argument: Argument | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  const forms = await formsOf(store, argument);
  const from = forms?.like?.label;
  if (!forms || from === undefined) return sayNothingHere(forms !== undefined);
  const { article, corpus, texts } = forms;
  const quoted = quote(texts);
  const title = titleOf(scope, change, quoted, from);
  const to = change === 'untag' ? undefined : (argument?.label ?? (await pickLabel(corpus, { title })));
  if (change === 'relabel' && (to === undefined || to === from)) return;
  const entries = articlesOf(store, article, scope);
  const search = ({ matchCase = true }: Partial<FormOptions>) =>
    findTagged(store, entries, texts, from, matchCase, t('Looking for {0}', quoted));
  const options = { matchCase: argument?.matchCase ?? true };
  const hits = await search(options);
  if (!hits) return;
  warnUnread(store, entries);
  const placeholder = (count: number) => {
    if (count === 1)
      return to === undefined ? t('1 entity. Enter deletes it') : t('1 entity. Enter relabels it to {0}', to);
    return to === undefined
      ? t('{0} entities. Space keeps one, Enter deletes the others', count)
      : t('{0} entities. Space keeps one as it is, Enter relabels the others to {1}', count, to);
  };
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen =
    argument?.preview === false
      ? hits
      : await chooseHits({ title, placeholder, hits, search, options, show });
  if (!chosen || chosen.length === 0) return;
  const done =
    to === undefined
      ? t('Untag {0}', mentions(chosen.length, quoted))
      : t('Relabel {0} to {1}', mentions(chosen.length, quoted), to);
  await applyToHits(store, done, chosen, ({ entity }) => [
    to === undefined ? removing(entity!) : changing(entity!, { ...entity!, label: to }),
  ]);
}

function titleOf(scope: Scope, change: 'untag' | 'relabel', quoted: string, from: string): string {
  const { t } = vscode.l10n;
  const titles = {
    untag: {
      article: t('Untag All {0} ({1}) in Article', quoted, from),
      corpus: t('Untag All {0} ({1}) in Corpus', quoted, from),
    },
    relabel: {
      article: t('Relabel All {0} ({1}) in Article', quoted, from),
      corpus: t('Relabel All {0} ({1}) in Corpus', quoted, from),
    },
  };
  return titles[change][scope];
}

function articlesOf(store: CorpusStore, article: LiveArticle, scope: Scope): ArticleEntry[] {
  const own = store.catalog.entry(article.uri);
  if (scope === 'article') return own ? [own] : [];
  const corpus = store.catalog.corpusAt(article.uri);
  return store.catalog.all.filter((entry) => entry.corpus === corpus);
}

/** `“Rome”`, or `“Rome” and 2 more`. */
function quote(texts: readonly string[]): string {
  const first = `“${shortText(texts[0] ?? '', 40)}”`;
  return texts.length > 1 ? vscode.l10n.t('{0} and {1} more', first, texts.length - 1) : first;
}

function mentions(count: number, quoted: string): string {
  return count === 1 ? quoted : vscode.l10n.t('{0} mentions of {1}', count, quoted);
}
