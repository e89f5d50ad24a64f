import * as vscode from 'vscode';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { ArticleState } from '../../workspace/corpus/summary';
import type { CorpusStore } from '../../workspace/store';
import { stateName } from '../shared/article-state';
import { STATES } from './order';

import { TextSearch } from './text-search';

/** Which articles are shown: those with one of the states, one of the labels, and the text. Empty asks nothing. */
export interface FilterSpec {
  readonly states: readonly ArticleState[];
  readonly labels: readonly string[];
  /** In the article's path or in its text; upper and lower case are the same. */
  readonly text: string;
}

export const NO_FILTER: FilterSpec = { states: [], labels: [], text: '' };

const STATE_KEY = 'articles.filter';
const CONTEXT_KEY = 'corpusAnnotator.articles.isFiltered';

/** The filter of the Articles view, kept with the workspace. */
export class ArticleFilter implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  spec: FilterSpec = NO_FILTER;
  private search: TextSearch;

  /** When the filter of the last session is in force again. */
  readonly restored: Promise<void>;

  constructor(
    private readonly store: CorpusStore,
    private readonly memento: vscode.Memento,
  ) {
    this.search = new TextSearch(store, '');
    const spec = toFilterSpec(memento.get(STATE_KEY)) ?? NO_FILTER;
    this.restored = isEmpty(spec) ? Promise.resolve() : store.catalog.ready.then(() => this.set(spec));
  }

  dispose(): void {
    this.search.dispose();
    this.changed.dispose();
  }

  get isOn(): boolean {
    return !isEmpty(this.spec);
  }

  matches(entry: ArticleEntry): boolean {
    const { states, labels } = this.spec;
    return (
      (states.length === 0 || states.includes(entry.state)) &&
      (labels.length === 0 || labels.some((label) => entry.summary.labels.has(label))) &&
      this.search.matches(entry)
    );
  }

  /** Puts a filter in force once the texts have been searched; a search that is cancelled leaves the old one. */
  async set(spec: FilterSpec): Promise<void> {
    const search = new TextSearch(this.store, spec.text);
    if (!(await search.run())) return search.dispose();
    this.search.dispose();
    this.search = search;
    this.spec = spec;
    this.store.articleFilter = this.isOn ? (entry) => this.matches(entry) : undefined;
    await this.memento.update(STATE_KEY, this.isOn ? spec : undefined);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, this.isOn);
    this.changed.fire();
  }

  /** Looks into texts that are new or may have changed. */
  follow(changed: readonly ArticleEntry[]): Promise<void> {
    return this.search.follow(changed);
  }

  /** The filter in words. */
  describe(): string {
    const { states, labels, text } = this.spec;
    return [
      ...(states.length > 0 ? [states.map(stateName).join(', ')] : []),
      ...(labels.length > 0 ? [labels.join(', ')] : []),
      ...(text === '' ? [] : [`“${text}”`]),
    ].join(' · ');
  }
}

function isEmpty({ states, labels, text }: FilterSpec): boolean {
  return states.length === 0 && labels.length === 0 && text === '';
}

/** A filter from what a command was given or what was kept; `undefined` where it is something else. */
export function toFilterSpec(value: unknown): FilterSpec | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { states, labels, text } = value as Partial<Record<keyof FilterSpec, unknown>>;
  const isGiven = [states, labels, text].some((part) => part !== undefined);
  if (!isGiven && Object.keys(value).length > 0) return undefined;
  const strings = (list: unknown) =>
    Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
  return {
    states: STATES.filter((state) => strings(states).includes(state)),
    labels: strings(labels),
    text: typeof text === 'string' ? text.trim() : '',
  };
}
