import * as vscode from 'vscode';
import type { Catalog } from '../corpus/catalog';
import type { ArticleEntry } from '../corpus/article-entry';
import type { LiveArticle } from '../open/live-article';
import type { LiveArticles } from '../open/live-articles';
import type { Proposal } from '../../core/suggest/proposer';
import type { Proposers } from './proposers';
import { suggestionsOf } from './suggestions-setting';

/** How long changes of an article are gathered, in ms. */
const PAUSE = 150;

interface State extends Pick<LiveArticle, 'index' | 'entities'> {
  readonly suggestions: readonly Proposal[];
}

/** What is suggested in the articles that editors show, made anew some time after they changed. */
export class ShownSuggestions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LiveArticle>();
  readonly onDidChange = this.changed.event;
  private readonly states = new WeakMap<LiveArticle, State>();
  private readonly timers = new Map<LiveArticle, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly catalog: Catalog,
    private readonly live: LiveArticles,
    private readonly proposers: Proposers,
  ) {
    this.subscriptions = [
      this.changed,
      live.onDidChangeEntities((article) => this.updateSoon(article)),
      proposers.onDidChange(({ corpus, by, only }) => {
        // An article knows its own entities before anybody tells of them.
        for (const article of live.all) {
          const entry = catalog.entry(article.uri);
          if (entry?.corpus === corpus && entry !== by && (only ?? entry) === entry) this.updateSoon(article);
        }
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const article of live.all) if (!this.states.has(article)) this.updateSoon(article);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('corpusAnnotator.suggestions'))
          live.all.forEach((article) => this.updateSoon(article));
      }),
    ];
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  article(document: vscode.TextDocument): LiveArticle | undefined {
    return this.live.at(document.uri);
  }

  /** Those of the text as it is; none while they are looked for. */
  of(article: LiveArticle): readonly Proposal[] {
    return this.known(article) ?? [];
  }

  /** Those of the text as it is; `undefined` while they are looked for. */
  known(article: LiveArticle): readonly Proposal[] | undefined {
    const state = this.states.get(article);
    return state?.index.raw === article.index.raw ? state.suggestions : undefined;
  }

  /**
   * Those of the article as it is at this very moment, for keys that follow one another faster than it is looked at;
   * `undefined` while the forms of its corpus are not known.
   */
  now(article: LiveArticle): readonly Proposal[] | undefined {
    const { index, entities } = article;
    const state = this.states.get(article);
    const isCurrent = state?.index === index && state.entities === entities && !this.timers.has(article);
    if (isCurrent) return state.suggestions;
    const entry = this.entryToLookAt(article);
    const suggestions = entry ? this.proposers.proposeNow(entry, index, entities) : [];
    return suggestions && this.take(article, { index, entities, suggestions });
  }

  /** Looks now. */
  async update(article: LiveArticle): Promise<readonly Proposal[]> {
    this.stopWaiting(article);
    const entry = this.entryToLookAt(article);
    const { index, entities } = article;
    const suggestions = entry ? await this.proposers.propose(entry, index, entities) : [];
    if (article.index !== index || article.entities !== entities) return this.update(article);
    return this.take(article, { index, entities, suggestions });
  }

  private take(article: LiveArticle, state: State): readonly Proposal[] {
    this.stopWaiting(article);
    this.states.set(article, state);
    this.changed.fire(article);
    return state.suggestions;
  }

  private stopWaiting(article: LiveArticle): void {
    clearTimeout(this.timers.get(article));
    this.timers.delete(article);
  }

  /** `undefined` where nothing is to be suggested. */
  private entryToLookAt(article: LiveArticle): ArticleEntry | undefined {
    const isOn = suggestionsOf(article.uri) !== 'off';
    return isOn && !article.refusal ? this.catalog.entry(article.uri) : undefined;
  }

  private updateSoon(article: LiveArticle): void {
    if (!vscode.window.visibleTextEditors.some(({ document }) => document === article.document)) {
      this.states.delete(article);
      return;
    }
    this.stopWaiting(article);
    this.timers.set(
      article,
      setTimeout(() => void this.update(article), PAUSE),
    );
  }
}
