import * as vscode from 'vscode';
import type { Item } from '../../core/suggest/item';
import { formOf } from '../../core/suggest/matcher';
import { scopeOf } from '../../core/suggest/refusals';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { MOST_ROWS } from '../shared/hit-rows';
import { say } from '../shared/messages';
import { editorOf, resolveArticle, shortText, type EntityArgument } from '../shared/targets';

export interface AgainArgument extends Pick<EntityArgument, 'article'> {
  /** Without it, what was refused last is taken back unasked. */
  readonly preview?: boolean;
}

interface RefusedItem extends vscode.QuickPickItem {
  readonly item?: Item;
}

/** Refuses suggestions, and takes refusals back: those of this window the last first, others from a list. */
export class Refuser {
  /** What was refused in this window, the last at the end. */
  private readonly batches: { readonly corpus: Corpus; readonly items: readonly Item[] }[] = [];

  constructor(private readonly store: CorpusStore) {}

  /**
   * Never suggests items again. Undo in the article takes it back.
   * @param title of the step @param done what is said then
   */
  async refuse(article: LiveArticle, items: readonly Item[], title: string, done: string): Promise<void> {
    const corpus = this.store.catalog.corpusAt(article.uri)!;
    const change = await this.store.lists.refusing(corpus, items);
    await this.store.bulk.apply(title, new Map([[this.store.catalog.entry(article.uri)!, []]]), {}, [change]);
    this.batches.push({ corpus, items });
    say(vscode.l10n.t('{0} (refused.yaml) · alt+shift+x takes it back', done));
    await this.store.suggestions.update(article);
  }

  /** Lists what was refused, what was refused last chosen, and suggests what is chosen again. */
  async suggestAgain(argument: AgainArgument | undefined): Promise<void> {
    const { t } = vscode.l10n;
    const article = await resolveArticle(this.store, argument);
    const corpus = (article && this.store.catalog.corpusAt(article.uri)) ?? this.store.catalog.corpora[0];
    const all = corpus ? await this.store.lists.refused(corpus) : [];
    if (!corpus || all.length === 0) return say(t('Nothing is refused in this corpus.'));
    const last = this.last(corpus, all);
    const chosen =
      argument?.preview === false
        ? last
        : await choose(all, last, article, article && this.store.catalog.entry(article.uri)?.path);
    if (!chosen || chosen.length === 0) return;
    await this.store.lists.suggestAgain(corpus, chosen);
    say(
      chosen.length === 1
        ? t('Suggested again: “{0}”', shortText(chosen[0]!.text!, 40))
        : t('Suggested again: {0} refusals', chosen.length),
    );
    if (article) await this.store.suggestions.update(article);
  }

  /** Those of the newest refusals in this window that are still there. */
  private last(corpus: Corpus, all: readonly Item[]): readonly Item[] {
    const byKey = new Map(all.map((item) => [keyOf(item), item]));
    for (const batch of this.batches.toReversed()) {
      const there = batch.items.map((item) => byKey.get(keyOf(item))).filter((item) => item !== undefined);
      if (batch.corpus === corpus && there.length > 0) return there;
    }
    return [];
  }
}

function keyOf({ text, label, article, before, after }: Item): string {
  return JSON.stringify([text, label, article, before, after]);
}

async function choose(
  all: readonly Item[],
  last: readonly Item[],
  article: LiveArticle | undefined,
  path: string | undefined,
): Promise<readonly Item[] | undefined> {
  const { t } = vscode.l10n;
  const isLast = new Set(last);
  const groups = {
    last: { name: t('Refused last'), items: [] as Item[] },
    here: { name: t('At the cursor'), items: [] as Item[] },
    article: { name: t('In this article'), items: [] as Item[] },
    everywhere: { name: t('Everywhere in the corpus'), items: [] as Item[] },
    elsewhere: { name: t('In other articles'), items: [] as Item[] },
  };
  const isHere = article && isAtCursor(article);
  for (const item of all) {
    const mayBeHere = item.article === undefined || item.article === path;
    if (isLast.has(item)) groups.last.items.push(item);
    else if (mayBeHere && isHere?.(item)) groups.here.items.push(item);
    else if (item.article === undefined) groups.everywhere.items.push(item);
    else groups[mayBeHere ? 'article' : 'elsewhere'].items.push(item);
  }
  const rows = Object.values(groups)
    .filter(({ items }) => items.length > 0)
    .flatMap(({ name, items }): RefusedItem[] => [
      { label: name, kind: vscode.QuickPickItemKind.Separator },
      ...items.map((item) => rowOf(item, isLast.has(item))),
    ]);
  const chosen = await vscode.window.showQuickPick(rows.slice(0, MOST_ROWS), {
    title: t('Suggest Again'),
    placeHolder:
      all.length > MOST_ROWS
        ? t('{0} refusals; refused.yaml has those that are not listed here', all.length)
        : t('Choose with Space; Enter suggests these again'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen?.flatMap(({ item }) => (item ? [item] : []));
}

function rowOf(item: Item, picked: boolean): RefusedItem {
  const { text = '', label = '', article, before = '', after = '' } = item;
  const mention = shortText(text, 60);
  const name = scopeOf(item) === 'place' ? `${before}⟦${mention}⟧${after}`.replace(/\s+/g, ' ') : mention;
  return { label: name, description: article === undefined ? label : `${label} · ${article}`, picked, item };
}

/** Tells of a refusal whether the text around the cursor is what it is about. */
function isAtCursor(article: LiveArticle): ((item: Item) => boolean) | undefined {
  const editor = editorOf(article);
  if (!editor) return undefined;
  const at16 = article.document.offsetAt(editor.selection.active);
  const { raw } = article.index;
  return ({ text = '', before = '', after = '' }) => {
    const from16 = Math.max(0, at16 - text.length - before.length);
    const near = formOf(raw.slice(from16, at16 + text.length + after.length));
    return near.toLowerCase().includes(formOf(before + text + after).toLowerCase());
  };
}
