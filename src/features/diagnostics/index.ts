import * as vscode from 'vscode';
import { ruleOf, weighProblems } from '../../core/rules';
import { findProblems, type ArticleProblems } from '../../workspace/corpus/article-problems';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { FileProblem } from '../../workspace/files/file-problem';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { toDiagnostic } from '../shared/diagnostic';
import { Board } from './board';

/** How long changes of an open article are gathered, in ms. */
const ARTICLE_PAUSE = 250;
/** How long changes of the label set are gathered before the articles that they concern are read again. */
const LABELS_PAUSE = 600;

/** The problems of articles, sidecars and label sets in the Problems panel, whether open in an editor or not. */
export function register(context: vscode.ExtensionContext, store: CorpusStore): void {
  const board = new Board();
  const pauses = new Pauses();

  const showEntry = (entry: ArticleEntry) => show(entry, entry.problems);
  const showLive = (article: LiveArticle) => {
    const entry = store.catalog.entry(article.uri);
    if (entry) show(entry, findProblems(article.reading(entry.corpus)));
  };
  const show = (entry: ArticleEntry, { article, sidecar }: ArticleProblems) => {
    const { key, corpus, layers } = entry;
    const isInOrder = [article, sidecar, ...layers.values()].every(({ length }) => length === 0);
    // Most have nothing wrong in them, and there may be thousands to show at once.
    if (isInOrder && !board.has(key)) return;
    const weighed = (problems: readonly FileProblem[]) =>
      weighProblems(problems, corpus.labelSet.rules ?? {}).map(toDiagnostic);
    board.set(key, [
      [entry.uri, weighed(article)],
      [entry.sidecarUri, weighed(sidecar)],
      ...Array.from(layers, ([layer, found]) => [entry.sidecarOf(layer), weighed(found)] as const),
    ]);
  };
  const showLabelSet = (corpus: Corpus) =>
    board.set(corpus.yamlUri.toString(), [[corpus.yamlUri, corpus.problems.map(toDiagnostic)]]);
  const showSoon = (article: LiveArticle) =>
    pauses.start(article.uri.toString(), ARTICLE_PAUSE, () => {
      if (store.live.at(article.uri) === article) showLive(article);
    });

  const showAll = () => {
    const labelSets = new Set(store.catalog.corpora.map((corpus) => corpus.yamlUri.toString()));
    const isGone = (owner: string) =>
      !labelSets.has(owner) && !store.catalog.entry(vscode.Uri.parse(owner, true));
    for (const owner of [...board.owners].filter(isGone)) board.set(owner, []);
    store.catalog.corpora.forEach(showLabelSet);
  };

  const showEntries = (entries: readonly ArticleEntry[]) => {
    for (const entry of entries) {
      const live = store.live.of(entry);
      if (live) showSoon(live);
      else if (store.catalog.isKnown(entry)) showEntry(entry);
    }
  };

  const followLabels = async (corpus: Corpus) => {
    const entries = store.catalog.all.filter((entry) => entry.corpus === corpus);
    const closed = entries.filter((entry) => !store.live.of(entry));
    closed.filter(isWeighed).forEach(showEntry);
    await store.catalog.refresh(closed.filter(isMislabelled));
    // Of layers, nobody knows what labels they have.
    await store.catalog.refreshLayers(entries.filter(({ layers }) => layers.size > 0));
  };

  context.subscriptions.push(
    board,
    pauses,
    store.catalog.onDidChangeCorpora(showAll),
    store.catalog.onDidChangeSummaries(showEntries),
    store.catalog.onDidChangeLayers(showEntries),
    store.live.onDidChangeEntities(showSoon),
    store.catalog.onDidChangeLabels((corpus) => {
      showLabelSet(corpus);
      store.live.all.forEach(showSoon);
      pauses.start(corpus.yamlUri.toString(), LABELS_PAUSE, () => void followLabels(corpus));
    }),
  );
}

/** Whether something is wrong with an article of which the corpus says how much it matters. */
function isWeighed({ problems: { article, sidecar } }: ArticleEntry): boolean {
  return [article, sidecar].some((problems) => problems.some(({ code }) => ruleOf(code) !== undefined));
}

/** Whether the labels that an article is said to have and the label set lacks are not those that it lacks now. */
function isMislabelled({ summary, problems, corpus }: ArticleEntry): boolean {
  const told = new Set(
    problems.sidecar.flatMap(({ code, values }) => (code === 'label-unknown' ? [values.label] : [])),
  );
  const missing = [...summary.labels.keys()].filter((label) => !corpus.allows(label));
  return missing.length !== told.size || missing.some((label) => !told.has(label));
}

/** Runs the last of what is asked for under a key, once nothing more was asked for a while. */
class Pauses implements vscode.Disposable {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  start(key: string, pause: number, task: () => void): void {
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        task();
      }, pause),
    );
  }

  dispose(): void {
    this.timers.forEach(clearTimeout);
  }
}
