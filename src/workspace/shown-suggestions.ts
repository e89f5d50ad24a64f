import * as vscode from 'vscode';
import type { LiveArticle } from './live-article';
import type { Suggester, Suggestion } from './suggestions';
import type { CorpusStore } from './store';

/** How long changes of an article are gathered, in ms. */
const PAUSE = 150;

interface State {
  readonly text: string;
  readonly suggestions: readonly Suggestion[];
}

/** What is suggested in the articles that editors show, made anew some time after they changed. */
export class ShownSuggestions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<LiveArticle>();
  readonly onDidChange = this.changed.event;
  private readonly states = new WeakMap<LiveArticle, State>();
  private readonly timers = new Map<LiveArticle, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly store: CorpusStore,
    readonly suggester: Suggester,
  ) {
    this.subscriptions = [
      this.changed,
      suggester,
      store.onDidChangeEntities((article) => this.updateSoon(article)),
      suggester.onDidChange((corpus) => {
        for (const article of store.loadedArticles)
          if (store.corpusAt(article.uri) === corpus) this.updateSoon(article);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const article of store.loadedArticles) if (!this.states.has(article)) this.updateSoon(article);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('corpusAnnotator.suggestions'))
          store.loadedArticles.forEach((article) => this.updateSoon(article));
      }),
    ];
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  article(document: vscode.TextDocument): LiveArticle | undefined {
    return this.store.loadedArticle(document.uri);
  }

  /** Those of the text as it is; none while they are looked for. */
  of(article: LiveArticle): readonly Suggestion[] {
    return this.known(article) ?? [];
  }

  /** Those of the text as it is; `undefined` while they are looked for. */
  known(article: LiveArticle): readonly Suggestion[] | undefined {
    const state = this.states.get(article);
    return state?.text === article.index.raw ? state.suggestions : undefined;
  }

  /** Looks now. */
  async update(article: LiveArticle): Promise<readonly Suggestion[]> {
    clearTimeout(this.timers.get(article));
    this.timers.delete(article);
    const entry = this.store.entry(article.uri);
    const { index, entities } = article;
    const isOn = vscode.workspace
      .getConfiguration('corpusAnnotator', article.uri)
      .get<boolean>('suggestions', true);
    const suggestions =
      entry && isOn && !article.refusal ? await this.suggester.suggest(entry, index, entities) : [];
    if (article.index !== index || article.entities !== entities) return this.update(article);
    this.states.set(article, { text: index.raw, suggestions });
    this.changed.fire(article);
    return suggestions;
  }

  private updateSoon(article: LiveArticle): void {
    if (!vscode.window.visibleTextEditors.some(({ document }) => document === article.document)) {
      this.states.delete(article);
      return;
    }
    clearTimeout(this.timers.get(article));
    this.timers.set(
      article,
      setTimeout(() => void this.update(article), PAUSE),
    );
  }
}
