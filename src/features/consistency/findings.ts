import * as vscode from 'vscode';
import { severityOf, type CheckedArticle, type RuleFinding } from '../../core/rules';
import type { RuleId } from '../../core/rules/rule';
import { LineIndex } from '../../core/lines';
import { currentStamps, forEachLimited, type ArticleEntry } from '../../workspace/corpus/article-entry';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { Corpus } from '../../workspace/corpus/corpus';
import { RuleChecker } from '../../workspace/asking/rules';
import type { CorpusStore } from '../../workspace/store';
import { SEVERITIES, SOURCE } from '../shared/diagnostic';
import { areSame } from '../shared/same-diagnostics';
import { findingMessage } from '../../wording/rules';

/** How many findings of articles that are not open are shown: no person reads more, and each costs memory. */
export const MOST_SHOWN = 5000;
/** How long changes of an open article are gathered, in ms. */
const PAUSE = 300;
/** How long what is found is gathered before it is shown, in ms. */
const SHOW_PAUSE = 150;
/** How many articles are looked at again at once. */
const BACKGROUND_READS = 8;

/** What was found in an article that is not open, until something changes that. */
interface Kept {
  /** The columns of the index that it was found with: others, once the article or its sidecar was read again. */
  readonly rows: Uint32Array;
  readonly count: number;
  /** Texts that stand untagged in it. */
  readonly untagged: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * What the rules find, in the Problems panel: in open articles as they change, and, once a person asked
 * for it, in all others, which are looked at again when they change, or what is said of their words elsewhere.
 */
export class Findings implements vscode.Disposable {
  readonly checker: RuleChecker;
  private readonly collection = vscode.languages.createDiagnosticCollection('corpusAnnotator.rules');
  /** Articles that were asked for and whose findings are shown, with how many that are, open or not. */
  private readonly checked = new Map<ArticleEntry, number>();
  /** The sum of those. */
  private total = 0;
  private readonly kept = new Map<ArticleEntry, Kept>();
  /** What is to be shown soon, by uri: each time is a message to the window. */
  private readonly unshown = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
  private showing: ReturnType<typeof setTimeout> | undefined;
  private readonly behind = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.checker = new RuleChecker(store);
    this.subscriptions = vscode.Disposable.from(
      this.checker,
      this.collection,
      store.live.onDidChangeEntities(({ uri }) => this.follow([uri])),
      store.catalog.onDidChangeLabels((corpus) => this.followCorpus(corpus)),
      // A list changed, or what is reviewed.
      store.lists.onDidForget((corpus) => this.followCorpus(corpus)),
      store.lists.onDidChange(() => this.followOpen()),
      // What is tagged in one article may be inconsistent with what another has.
      store.catalog.onDidChangeIndex((entries) => {
        this.follow(entries.filter((entry) => this.checked.has(entry)).map(({ uri }) => uri));
        this.followOpen();
      }),
      store.live.onDidClose((uri) => this.follow([uri])),
      store.catalog.onDidChangeCorpora(() => this.forgetGone()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.showing);
    this.subscriptions.dispose();
  }

  /**
   * Before articles are looked at: what was found in them is not taken for right where it may not be. Those whose
   * files changed without the watcher having told so (yet) are read again.
   */
  async begin(): Promise<void> {
    const closed = [...this.kept.keys()].filter(({ stamp }) => stamp !== undefined);
    const stamps = await currentStamps(closed);
    await this.store.catalog.refresh(closed.filter(({ stamp }, i) => stamp !== stamps[i]));
    this.follow(this.takeChanged());
  }

  /**
   * Looks at an article, unless nothing changed since that was done last, and, as long as that is not too much
   * ({@link MOST_SHOWN}), shows what is found and follows its changes.
   * @returns how much was found
   */
  async check(entry: ArticleEntry): Promise<number> {
    const isOpen = this.store.live.of(entry) !== undefined;
    const known = this.kept.get(entry);
    const rows = this.store.catalog.index.rows(entry);
    const isToShow = this.checked.has(entry) || this.total < MOST_SHOWN;
    if (!isOpen && known?.rows === rows && (!isToShow || known.count === this.checked.get(entry)))
      return known.count;
    const article = await this.checker.readIndexed(entry);
    const found = article ? await this.find(entry, article) : [];
    if (!isOpen) this.kept.set(entry, { rows, count: found.length, untagged: untaggedIn(found) });
    if (isToShow) {
      this.total += found.length - (this.checked.get(entry) ?? 0);
      this.checked.set(entry, found.length);
      this.show(entry, article, found);
    }
    return found.length;
  }

  /** Shows sidecars without an article. @returns how many there are */
  async checkSidecars(): Promise<number> {
    let count = 0;
    for (const corpus of this.store.catalog.corpora) {
      const severity = severityOf('orphan-sidecar', corpus.labelSet.rules ?? {});
      if (severity === 'off') continue;
      const orphans = await this.checker.findOrphans(corpus);
      const start = new vscode.Range(0, 0, 0, 0);
      for (const uri of orphans)
        this.collection.set(uri, [toDiagnostic({ rule: 'orphan-sidecar', severity }, start)]);
      count += orphans.length;
    }
    return count;
  }

  /** Takes what was found out of the panel, for files that are gone. */
  forget(uri: vscode.Uri): void {
    this.unshown.delete(uri.toString());
    this.collection.delete(uri);
  }

  private followOpen(): void {
    this.follow(this.store.live.all.map(({ uri }) => uri));
  }

  /** After what is known of a corpus as a whole changed. */
  private followCorpus(corpus: Corpus): void {
    for (const entry of this.kept.keys()) if (entry.corpus === corpus) this.kept.delete(entry);
    const checked = [...this.checked.keys()].filter((entry) => entry.corpus === corpus);
    this.follow(checked.map(({ uri }) => uri));
    this.followOpen();
  }

  private follow(uris: readonly vscode.Uri[]): void {
    if (uris.length === 0) return;
    for (const uri of uris) this.behind.add(uri.toString());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.catchUp(), PAUSE);
  }

  /**
   * Forgets what was found in articles of whose words something else is said now. Where a form is reviewed that
   * was not, any may hold it: that is looked for when the corpus is checked next.
   * @returns those whose findings are shown
   */
  private takeChanged(): vscode.Uri[] {
    const { keys, texts, groups } = this.store.catalog.index.takeChanged();
    const found: vscode.Uri[] = [];
    if (texts.size === 0) return found;
    for (const [entry, { untagged }] of this.kept) {
      const isConcerned = keys.has(entry) || [...untagged].some((text) => texts.has(text));
      if (isConcerned && this.checked.has(entry)) found.push(entry.uri);
      if (isConcerned || groups.has(entry.corpus)) this.kept.delete(entry);
    }
    return found;
  }

  private async catchUp(): Promise<void> {
    // Where nothing was found there is nothing to forget, and changes need not be followed.
    const again = this.kept.size > 0 ? this.takeChanged() : [];
    const uris = [...this.behind, ...again.map((uri) => uri.toString())];
    this.behind.clear();
    await forEachLimited([...new Set(uris)], BACKGROUND_READS, async (key) => {
      const uri = vscode.Uri.parse(key, true);
      const entry = this.store.catalog.entry(uri);
      if (entry && this.checked.has(entry)) await this.check(entry);
      else if (entry && this.store.live.at(uri)) {
        const article = await this.checker.read(entry);
        this.show(entry, article, article ? await this.find(entry, article) : []);
      } else this.forget(uri);
    });
  }

  /**
   * Malformed headers are among the problems of every article already, checked or not. What is left untagged is
   * drawn as a suggestion, and is no problem unless `corpus.yaml` says how much of one.
   */
  private find(entry: ArticleEntry, article: CheckedArticle): Promise<RuleFinding[]> {
    return this.checker.check(entry, article, ['header-malformed', ...suggestedIn(entry.corpus)]);
  }

  private show(
    entry: ArticleEntry,
    article: CheckedArticle | undefined,
    found: readonly RuleFinding[],
  ): void {
    const lines = article && found.length > 0 ? new LineIndex(article.index.raw) : undefined;
    const diagnostics = found.map((finding) => {
      const [start, end] = [lines!.at(finding.start16), lines!.at(finding.end16)];
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return toDiagnostic(finding, range);
    });
    this.unshown.set(entry.key, [entry.uri, diagnostics]);
    this.showing ??= setTimeout(() => this.showAll(), SHOW_PAUSE);
  }

  /** What was found so far is in the panel. */
  showAll(): void {
    clearTimeout(this.showing);
    this.showing = undefined;
    const all = [...this.unshown.values()];
    this.unshown.clear();
    this.collection.set(all.filter(([uri, found]) => !areSame(this.collection.get(uri), found)));
  }

  private forgetGone(): void {
    const isGone = (entry: ArticleEntry) => this.store.catalog.entry(entry.uri) !== entry;
    for (const entry of this.kept.keys()) if (isGone(entry)) this.kept.delete(entry);
    for (const [entry, count] of this.checked) {
      if (!isGone(entry)) continue;
      this.checked.delete(entry);
      this.total -= count;
      if (!this.store.catalog.entry(entry.uri)) this.forget(entry.uri);
    }
    this.followOpen();
  }
}

/** What is found in a live article now. */
export async function findingsIn(
  store: CorpusStore,
  checker: RuleChecker,
  article: LiveArticle,
): Promise<RuleFinding[]> {
  const entry = store.catalog.entry(article.uri);
  if (!entry || article.refusal) return [];
  return checker.check(entry, { index: article.index, ...article.annotations });
}

/** What is left untagged, unless `corpus.yaml` says how much of a problem that is. */
export function suggestedIn({ labelSet }: Corpus): readonly RuleId[] {
  return labelSet.rules?.['untagged-mention'] === undefined ? ['untagged-mention'] : [];
}

function untaggedIn(found: readonly RuleFinding[]): ReadonlySet<string> {
  const texts = found.flatMap(({ rule, values }) => (rule === 'untagged-mention' ? [values!.text!] : []));
  return texts.length === 0 ? NONE : new Set(texts);
}

/** A finding as the Problems panel shows it. @param where in the article it is, for one that stands elsewhere */
export function toDiagnostic(
  finding: Pick<RuleFinding, 'rule' | 'severity' | 'values'>,
  range: vscode.Range,
  where = '',
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    range,
    where + findingMessage(vscode.l10n.t, finding),
    SEVERITIES[finding.severity],
  );
  diagnostic.code = finding.rule;
  diagnostic.source = SOURCE;
  return diagnostic;
}
