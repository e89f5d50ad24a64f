import * as vscode from 'vscode';
import type { RuleFinding } from '../../core/rules';
import { LineIndex } from '../../core/lines';
import type { ArticleEntry } from '../../workspace/catalog';
import type { LiveArticle } from '../../workspace/live-article';
import { RuleChecker, type CheckedArticle } from '../../workspace/rules';
import type { CorpusStore } from '../../workspace/store';
import { SEVERITIES, SOURCE } from '../shared/diagnostic';
import { areSame } from '../shared/same-diagnostics';
import { findingMessage } from './messages';

/** How many findings of articles that are not open are shown: no person reads more, and each costs memory. */
export const MOST_SHOWN = 5000;
/** How long changes of an open article are gathered, in ms. */
const PAUSE = 300;

/**
 * What the rules find, in the Problems panel: in open articles as they change, and, once a person asked
 * for it, in all others, which are looked at again when they change.
 */
export class Findings implements vscode.Disposable {
  readonly checker: RuleChecker;
  private readonly collection = vscode.languages.createDiagnosticCollection('corpusAnnotator.rules');
  /** Articles that are not open, and were asked for. */
  private readonly checked = new Set<ArticleEntry>();
  /** How much was found in those since {@link begin}. */
  private total = 0;
  private readonly behind = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.checker = new RuleChecker(store);
    this.subscriptions = vscode.Disposable.from(
      this.checker,
      this.collection,
      store.onDidChangeEntities(({ uri }) => this.follow([uri])),
      store.onDidChangeLabels(() => this.followOpen()),
      // What is tagged in one article may be inconsistent with what another has.
      store.onDidChangeIndex((entries) => {
        this.follow(entries.filter((entry) => this.checked.has(entry)).map(({ uri }) => uri));
        this.followOpen();
      }),
      store.onDidClose((uri) => this.follow([uri])),
      store.onDidChangeCorpora(() => this.forgetGone()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  /** Before all articles are looked at: what was found in those that are not open is shown no more. */
  begin(): void {
    for (const { uri } of this.checked) if (!this.store.loadedArticle(uri)) this.collection.delete(uri);
    this.checked.clear();
    this.total = 0;
  }

  /**
   * Looks at an article now, and, as long as that is not too much ({@link MOST_SHOWN}), shows what is found
   * and follows its changes.
   * @returns how much was found
   */
  async check(entry: ArticleEntry): Promise<number> {
    const article = await this.checker.read(entry);
    if (this.total >= MOST_SHOWN) return article ? shownOf(this.checker, entry, article).length : 0;
    this.checked.add(entry);
    const count = this.show(entry, article);
    this.total += count;
    return count;
  }

  /** Shows sidecars without an article. @returns how many there are */
  async checkSidecars(): Promise<number> {
    const orphans = (await Promise.all(this.store.corpora.map((corpus) => this.orphansOf(corpus)))).flat();
    for (const { uri, severity } of orphans) {
      const start = new vscode.Range(0, 0, 0, 0);
      this.collection.set(uri, [toDiagnostic({ rule: 'orphan-sidecar', severity }, start)]);
    }
    return orphans.length;
  }

  /** Takes what was found out of the panel, for files that are gone. */
  forget(uri: vscode.Uri): void {
    this.collection.delete(uri);
  }

  private async orphansOf(corpus: CorpusStore['corpora'][number]) {
    const severity = corpus.labelSet.rules?.['orphan-sidecar'] ?? 'warning';
    if (severity === 'off') return [];
    return (await this.checker.findOrphans(corpus)).map((uri) => ({ uri, severity }));
  }

  private followOpen(): void {
    this.follow(this.store.loadedArticles.map(({ uri }) => uri));
  }

  private follow(uris: readonly vscode.Uri[]): void {
    if (uris.length === 0) return;
    for (const uri of uris) this.behind.add(uri.toString());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.catchUp(), PAUSE);
  }

  private async catchUp(): Promise<void> {
    const uris = [...this.behind].map((uri) => vscode.Uri.parse(uri, true));
    this.behind.clear();
    for (const uri of uris) {
      const entry = this.store.entry(uri);
      if (!entry) this.collection.delete(uri);
      else if (this.store.loadedArticle(uri) || this.checked.has(entry))
        this.show(entry, await this.checker.read(entry));
      else this.collection.delete(uri);
    }
  }

  private show(entry: ArticleEntry, article: CheckedArticle | undefined): number {
    const found = article ? shownOf(this.checker, entry, article) : [];
    const lines = article && found.length > 0 ? new LineIndex(article.index.raw) : undefined;
    const diagnostics = found.map((finding) => {
      const [start, end] = [lines!.at(finding.start16), lines!.at(finding.end16)];
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return toDiagnostic(finding, range);
    });
    if (!areSame(this.collection.get(entry.uri), diagnostics)) this.collection.set(entry.uri, diagnostics);
    return diagnostics.length;
  }

  private forgetGone(): void {
    for (const entry of this.checked) {
      if (this.store.entry(entry.uri) === entry) continue;
      this.checked.delete(entry);
      if (!this.store.entry(entry.uri)) this.collection.delete(entry.uri);
    }
    this.followOpen();
  }
}

/** What is found in a live article now. */
export function findingsIn(store: CorpusStore, checker: RuleChecker, article: LiveArticle): RuleFinding[] {
  const entry = store.entry(article.uri);
  if (!entry || article.refusal) return [];
  return shownOf(checker, entry, { index: article.index, ...article.annotations });
}

/** Malformed headers are among the problems of every article already, checked or not. */
function shownOf(checker: RuleChecker, entry: ArticleEntry, article: CheckedArticle): RuleFinding[] {
  return checker.check(entry, article).filter(({ rule }) => rule !== 'header-malformed');
}

function toDiagnostic(
  finding: Pick<RuleFinding, 'rule' | 'severity' | 'values'>,
  range: vscode.Range,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, findingMessage(finding), SEVERITIES[finding.severity]);
  diagnostic.code = finding.rule;
  diagnostic.source = SOURCE;
  return diagnostic;
}
