import * as vscode from 'vscode';
import type { Edit } from '../../core/edit';
import { excerptOf, type Excerpt } from '../../core/placed';
import { RULES, type RuleFinding } from '../../core/rules';
import type { RuleId } from '../../core/rules/rule';
import type { TextIndex } from '../../core/text';
import type { ArticleEntry } from '../../workspace/catalog';
import type { RuleChecker } from '../../workspace/rules';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyChanges, showHit, type Hit } from '../shared/hits';
import { say } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import { resolveArticle, type EntityArgument } from '../shared/targets';
import { fixTitle, ruleTitle } from '../../wording/rules';

/** How many places, or kinds of them, are listed: no person looks through more. */
const MOST_LISTED = 1000;

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
  const fixes = found.get(rule);
  const title = ruleTitle(vscode.l10n.t, rule);
  if (!fixes) return say(t('Nothing to fix: {0}', title));
  const chosen =
    argument?.preview === false
      ? changesOf([...fixes.groups.values()])
      : fixes.count <= MOST_LISTED
        ? await choosePlaces(store, entries, title, fixes)
        : await chooseGroups(title, fixes);
  if (!chosen || chosen.count === 0) return;
  await applyChanges(store, t('Fix {0}: {1}', chosen.count, title), chosen.edits);
}

/** What one rule would mend. */
interface Fixes {
  /** The first places, with what stands around them. */
  readonly hits: Map<Hit, readonly Edit[]>;
  /** All of them by what is done, the edits by article. */
  readonly groups: Map<string, Group>;
  count: number;
}

interface Group {
  readonly edits: Map<ArticleEntry, Edit[]>;
  readonly example: Excerpt;
  count: number;
}

type Mendable = Map<RuleId, Fixes>;

/** What can be mended, by rule; `undefined` where the person stopped it. */
async function findMendable(
  entries: readonly ArticleEntry[],
  checker: RuleChecker,
  only: RuleId | undefined,
): Promise<Mendable | undefined> {
  const all: Mendable = new Map();
  const title = vscode.l10n.t('Checking the corpus');
  const isWhole = await forEachWithProgress(title, entries, async (entry) => {
    const article = await checker.read(entry);
    if (!article) return;
    for (const finding of await checker.check(entry, article)) {
      const { rule, fix } = finding;
      if (!fix || (only !== undefined && rule !== only)) continue;
      const fixes = all.get(rule) ?? { hits: new Map(), groups: new Map(), count: 0 };
      all.set(rule, fixes);
      add(fixes, entry, article.index, finding, fix());
    }
  });
  return isWhole ? all : undefined;
}

function add(
  fixes: Fixes,
  entry: ArticleEntry,
  index: TextIndex,
  finding: RuleFinding,
  edits: readonly Edit[],
): void {
  const span = { start: index.toCodePoint(finding.start16), end: index.toCodePoint(finding.end16) };
  const detail = fixTitle(vscode.l10n.t, finding);
  fixes.count++;
  let group = fixes.groups.get(detail);
  if (!group)
    fixes.groups.set(detail, (group = { edits: new Map(), example: excerptOf(index, span), count: 0 }));
  group.count++;
  const own = group.edits.get(entry);
  if (own) own.push(...edits);
  else group.edits.set(entry, [...edits]);
  if (fixes.hits.size >= MOST_LISTED) return;
  const hit = { entry, ...span, text: index.slice(span), excerpt: excerptOf(index, span), detail };
  fixes.hits.set(hit, edits);
}

async function pickRule(found: Mendable): Promise<RuleId | undefined> {
  const { t } = vscode.l10n;
  const items = RULES.flatMap(({ id }) => {
    const count = found.get(id)?.count ?? 0;
    return count > 0
      ? [{ label: ruleTitle(vscode.l10n.t, id), description: count.toLocaleString(), id }]
      : [];
  });
  if (items.length === 0) {
    say(t('Nothing to fix in the corpus.'));
    return undefined;
  }
  const placeHolder = t('What to fix in the whole corpus; each place is shown before');
  return (await vscode.window.showQuickPick(items, { title: t('Fix All in Corpus'), placeHolder }))?.id;
}

/** Each place, in the order of the articles. @returns the changes of those that stayed chosen */
async function choosePlaces(
  store: CorpusStore,
  entries: readonly ArticleEntry[],
  title: string,
  { hits: found }: Fixes,
): Promise<Changes | undefined> {
  const order = new Map(entries.map((entry, i) => [entry, i]));
  const hits = [...found.keys()].sort(
    (a, b) => order.get(a.entry)! - order.get(b.entry)! || a.start - b.start,
  );
  const placeholder = (count: number) =>
    vscode.l10n.t('{0} to fix. Space leaves one as it is, Enter fixes the others', count);
  const show = (hit: Hit) => void showHit(store, hit);
  const chosen = await chooseHits({ title, placeholder, hits, show });
  if (!chosen) return undefined;
  const edits = new Map<ArticleEntry, Edit[]>();
  for (const hit of chosen) edits.set(hit.entry, [...(edits.get(hit.entry) ?? []), ...found.get(hit)!]);
  return { edits, count: chosen.length };
}

interface GroupItem extends vscode.QuickPickItem {
  readonly group: Group;
}

/** Where there are too many places for a list: what is done, the commonest first. */
async function chooseGroups(title: string, { groups, count }: Fixes): Promise<Changes | undefined> {
  const { t } = vscode.l10n;
  const sorted = [...groups].sort(([, a], [, b]) => b.count - a.count);
  const items = sorted.slice(0, MOST_LISTED).map(([label, group]): GroupItem => {
    const { before, mention, after } = group.example;
    const articles = group.edits.size;
    const description =
      articles === 1 ? t('{0} places', group.count) : t('{0} places in {1} articles', group.count, articles);
    return { label, description, detail: `${before}⟦${mention}⟧${after}`, group, picked: true };
  });
  const listed = items.reduce((sum, { group }) => sum + group.count, 0);
  const placeHolder =
    listed === count
      ? t('{0} places, by what is done. Space leaves one kind as it is', count)
      : t('The commonest {0} of {1} places, by what is done; run it again for the others', listed, count);
  const options = {
    title,
    placeHolder,
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  } as const;
  const chosen = await vscode.window.showQuickPick(items, options);
  return chosen && changesOf(chosen.map(({ group }) => group));
}

interface Changes {
  readonly edits: Map<ArticleEntry, Edit[]>;
  readonly count: number;
}

function changesOf(groups: readonly Group[]): Changes {
  const edits = new Map<ArticleEntry, Edit[]>();
  for (const group of groups) {
    for (const [entry, own] of group.edits) {
      const there = edits.get(entry);
      if (there) there.push(...own);
      else edits.set(entry, [...own]);
    }
  }
  return { edits, count: groups.reduce((sum, { count }) => sum + count, 0) };
}
