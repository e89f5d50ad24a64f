import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import { excerptOf } from '../../core/placed';
import { RULES } from '../../core/rules';
import type { RuleId } from '../../core/rules/rule';
import type { ArticleEntry } from '../../workspace/catalog';
import type { RuleChecker } from '../../workspace/rules';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyToHits, showHit, type Hit } from '../shared/hits';
import { say } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import { resolveArticle, type EntityArgument } from '../shared/targets';
import { fixTitle, ruleTitle } from './messages';

interface Argument extends EntityArgument {
  readonly rule?: RuleId;
  readonly preview?: boolean;
}

/**
 * Mends everything that a rule finds in a corpus and that nobody must be asked about, after a preview, as one
 * step. The corpus is that of the article; without one, all of them.
 */
export async function fixAll(
  store: CorpusStore,
  checker: RuleChecker,
  argument: Argument | undefined,
): Promise<void> {
  const { t } = vscode.l10n;
  await store.ready;
  const article = await resolveArticle(store, argument);
  const corpus = article && store.corpusAt(article.uri);
  const entries = store.articles.filter((entry) => !corpus || entry.corpus === corpus);
  const found = await findMendable(entries, checker, argument?.rule);
  if (!found) return;
  const rule = argument?.rule ?? (await pickRule(found));
  if (rule === undefined) return;
  const fixes = found.get(rule) ?? new Map<Hit, readonly Edit[]>();
  const title = ruleTitle(rule);
  if (fixes.size === 0) return say(t('Nothing to fix: {0}', title));
  const hits = [...fixes.keys()];
  const placeholder = (count: number) =>
    t('{0} to fix. Space leaves one as it is, Enter fixes the others', count);
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen = argument?.preview === false ? hits : await chooseHits({ title, placeholder, hits, show });
  if (!chosen || chosen.length === 0) return;
  await applyToHits(store, t('Fix {0}: {1}', chosen.length, title), chosen, (hit) => fixes.get(hit) ?? []);
}

type Mendable = Map<RuleId, Map<Hit, readonly Edit[]>>;

/** What can be mended, by rule, article and place; `undefined` where the person stopped it. */
async function findMendable(
  entries: readonly ArticleEntry[],
  checker: RuleChecker,
  only: RuleId | undefined,
): Promise<Mendable | undefined> {
  const byEntry = new Map<ArticleEntry, { rule: RuleId; hit: Hit; edits: readonly Edit[] }[]>();
  const title = vscode.l10n.t('Checking the corpus');
  const isWhole = await forEachWithProgress(title, entries, async (entry) => {
    const article = await checker.read(entry);
    if (!article) return;
    const { index } = article;
    const found = checker.check(entry, article).flatMap((finding) => {
      const { rule, edits, start16, end16 } = finding;
      if (!edits || (only !== undefined && rule !== only)) return [];
      const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
      const hit: Hit = {
        entry,
        ...span,
        text: index.slice(span),
        excerpt: excerptOf(index, span),
        detail: fixTitle(finding),
      };
      return [{ rule, hit, edits }];
    });
    byEntry.set(entry, found);
  });
  if (!isWhole) return undefined;
  const all: Mendable = new Map();
  for (const entry of entries) {
    for (const { rule, hit, edits } of byEntry.get(entry) ?? []) {
      const fixes = all.get(rule) ?? new Map<Hit, readonly Edit[]>();
      all.set(rule, fixes.set(hit, edits));
    }
  }
  return all;
}

async function pickRule(found: Mendable): Promise<RuleId | undefined> {
  const { t } = vscode.l10n;
  const items = RULES.flatMap(({ id }) => {
    const count = found.get(id)?.size ?? 0;
    return count > 0 ? [{ label: ruleTitle(id), description: String(count), id }] : [];
  });
  if (items.length === 0) {
    say(t('Nothing to fix in the corpus.'));
    return undefined;
  }
  const placeHolder = t('What to fix in the whole corpus; each place is shown before');
  return (await vscode.window.showQuickPick(items, { title: t('Fix All in Corpus'), placeHolder }))?.id;
}
