import * as vscode from 'vscode';
import type { Edit } from '../../core/model/edit';
import { excerptOf, type Excerpt } from '../../core/placed';
import type { RuleFinding } from '../../core/rules';
import { RULE_IDS, type RuleId } from '../../core/rules/rule';
import type { TextIndex, TextReplacement } from '../../core/text';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { RuleChecker } from '../../workspace/asking/rules';
import type { CorpusStore } from '../../workspace/store';
import { chooseHits } from '../shared/choose-hits';
import { applyChanges, showHit, type Hit } from '../shared/hits';
import { say } from '../shared/messages';
import { forEachWithProgress } from '../shared/progress';
import { resolveArticle, type EntityArgument } from '../shared/targets';
import { choiceTitle, fixTitle, ruleTitle } from '../../wording/rules';
import { choiceOf, pickStrategy, type CrossingStrategy } from './crossing-strategy';
import { addStrayLabels, deleteOrphans, strayLabels } from './fix-files';
import { applyHeaderChanges, headerChanges } from './header-changes';

/** How many places, or kinds of them, are listed: no person looks through more. */
const MOST_LISTED = 1000;
/** Rules whose findings are mended in other files than articles and their sidecars. */
const OF_FILES: ReadonlySet<RuleId> = new Set(['unknown-label', 'orphan-sidecar']);

interface Argument extends EntityArgument {
  readonly rule?: RuleId;
  /** What becomes of crossing spans; asked for where it is missing. */
  readonly strategy?: CrossingStrategy;
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
  await store.catalog.ready;
  const article = await resolveArticle(store, argument);
  const corpus = article && store.catalog.corpusAt(article.uri);
  const corpora = corpus ? [corpus] : store.catalog.corpora;
  const entries = store.catalog.all.filter((entry) => corpora.includes(entry.corpus));
  let crossings = 0;
  const certain: Mend = (entry, index, finding) => {
    if (finding.rule === 'crossing') crossings++;
    return certainChange(entry, index, finding);
  };
  const asked = argument?.rule;
  const isOfFiles = asked !== undefined && OF_FILES.has(asked);
  let found = await findMendable(isOfFiles ? [] : entries, checker, asked, certain);
  if (!found) return;
  const labels = strayLabels(store, corpora);
  const orphans = (await Promise.all(corpora.map((one) => checker.findOrphans(one)))).flat();
  const counts = new Map<RuleId, number>([...found].map(([rule, { count }]) => [rule, count]));
  counts.set('unknown-label', labels.length).set('orphan-sidecar', orphans.length);
  counts.set('crossing', crossings);
  const rule = asked ?? (await pickRule(counts));
  if (rule === undefined) return;
  const title = ruleTitle(vscode.l10n.t, rule);
  if (!counts.get(rule)) return say(t('Nothing to fix: {0}', title));
  const hasPreview = argument?.preview !== false;
  if (rule === 'unknown-label') return addStrayLabels(store, title, labels, hasPreview);
  if (rule === 'orphan-sidecar') return deleteOrphans(store, title, orphans, hasPreview);
  if (rule === 'crossing') {
    const strategy = argument?.strategy ?? (await pickStrategy(title));
    found = strategy && (await findMendable(entries, checker, rule, crossingChange(strategy)));
  }
  const fixes = found?.get(rule);
  if (!fixes) return;
  const chosen = !hasPreview
    ? changesOf([...fixes.groups.values()])
    : fixes.count <= MOST_LISTED
      ? await choosePlaces(store, entries, title, fixes)
      : await chooseGroups(title, fixes);
  if (!chosen || chosen.count === 0) return;
  const step =
    chosen.count === 1 ? t('Fix 1 place: {0}', title) : t('Fix {0} places: {1}', chosen.count, title);
  if (chosen.texts.size > 0) await applyHeaderChanges(store, step, chosen.texts);
  else await applyChanges(store, step, chosen.edits);
}

/** What mends one finding: edits of entities, or a change of the text. */
interface Change {
  readonly edits: readonly Edit[];
  readonly text?: TextReplacement;
}

/** What one rule would mend. */
interface Fixes {
  /** The first places, with what stands around them. */
  readonly hits: Map<Hit, Change>;
  /** All of them by what is done, the edits by article. */
  readonly groups: Map<string, Group>;
  count: number;
}

interface Group {
  readonly changes: Map<ArticleEntry, Change[]>;
  readonly example: Excerpt;
  count: number;
}

type Mendable = Map<RuleId, Fixes>;

/** What mends a finding, and what that is called; `undefined` where it is left. */
type Mend = (
  entry: ArticleEntry,
  index: TextIndex,
  finding: RuleFinding,
) => { readonly detail: string; readonly change: Change } | undefined;

/** What needs nobody's choice. */
const certainChange: Mend = ({ path }, { raw }, finding) => {
  // Where there are two ways to mend a header, a person must say which.
  const [header, ...others] = headerChanges(path, raw, finding);
  if (header && others.length === 0)
    return { detail: header.title, change: { edits: [], text: header.edit } };
  const edits = finding.fix?.();
  return edits && { detail: fixTitle(vscode.l10n.t, finding), change: { edits } };
};

function crossingChange(strategy: CrossingStrategy): Mend {
  const taken = new Map<ArticleEntry, Set<string>>();
  return (entry, _index, finding) => {
    const own = taken.get(entry) ?? new Set();
    taken.set(entry, own);
    const choice = choiceOf(finding, strategy, own);
    return choice && { detail: choiceTitle(vscode.l10n.t, choice), change: { edits: choice.edits } };
  };
}

/** What can be mended, by rule; `undefined` where the person stopped it. */
async function findMendable(
  entries: readonly ArticleEntry[],
  checker: RuleChecker,
  only: RuleId | undefined,
  mend: Mend,
): Promise<Mendable | undefined> {
  const all: Mendable = new Map();
  const title = vscode.l10n.t('Checking the corpus');
  const isWhole = await forEachWithProgress(title, entries, async (entry) => {
    const article = await checker.read(entry);
    if (!article) return;
    for (const finding of await checker.check(entry, article)) {
      const { rule } = finding;
      const mended = only === undefined || rule === only ? mend(entry, article.index, finding) : undefined;
      if (!mended) continue;
      const fixes = all.get(rule) ?? { hits: new Map(), groups: new Map(), count: 0 };
      all.set(rule, fixes);
      add(fixes, entry, article.index, finding, mended.detail, mended.change);
    }
  });
  return isWhole ? all : undefined;
}

function add(
  fixes: Fixes,
  entry: ArticleEntry,
  index: TextIndex,
  finding: RuleFinding,
  detail: string,
  change: Change,
): void {
  const span = { start: index.toCodePoint(finding.start16), end: index.toCodePoint(finding.end16) };
  fixes.count++;
  let group = fixes.groups.get(detail);
  if (!group)
    fixes.groups.set(detail, (group = { changes: new Map(), example: excerptOf(index, span), count: 0 }));
  group.count++;
  group.changes.set(entry, [...(group.changes.get(entry) ?? []), change]);
  if (fixes.hits.size >= MOST_LISTED) return;
  const hit = { entry, ...span, text: index.slice(span), excerpt: excerptOf(index, span), detail };
  fixes.hits.set(hit, change);
}

async function pickRule(counts: ReadonlyMap<RuleId, number>): Promise<RuleId | undefined> {
  const { t } = vscode.l10n;
  const items = RULE_IDS.flatMap((id) => {
    const count = counts.get(id) ?? 0;
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
  return (
    chosen &&
    gather(
      chosen.map((hit) => [hit.entry, found.get(hit)!]),
      chosen.length,
    )
  );
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
    const articles = group.changes.size;
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
  readonly edits: ReadonlyMap<ArticleEntry, readonly Edit[]>;
  readonly texts: ReadonlyMap<ArticleEntry, readonly TextReplacement[]>;
  readonly count: number;
}

function changesOf(groups: readonly Group[]): Changes {
  const changes = groups.flatMap((group) =>
    [...group.changes].flatMap(([entry, own]) => own.map((change) => [entry, change] as const)),
  );
  return gather(
    changes,
    groups.reduce((sum, { count }) => sum + count, 0),
  );
}

function gather(changes: readonly (readonly [ArticleEntry, Change])[], count: number): Changes {
  const edits = new Map<ArticleEntry, Edit[]>();
  const texts = new Map<ArticleEntry, TextReplacement[]>();
  const listOf = <T>(map: Map<ArticleEntry, T[]>, entry: ArticleEntry): T[] => {
    const known = map.get(entry) ?? [];
    map.set(entry, known);
    return known;
  };
  for (const [entry, change] of changes) {
    if (change.text) listOf(texts, entry).push(change.text);
    else listOf(edits, entry).push(...change.edits);
  }
  return { edits, texts, count };
}
