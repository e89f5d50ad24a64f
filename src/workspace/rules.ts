import * as vscode from 'vscode';
import type { Annotations } from '../core/edit';
import { parseHeader } from '../core/header';
import { checkRules, type RuleFinding } from '../core/rules';
import { isSidecarName } from '../core/sidecar/name';
import type { TextIndex } from '../core/text';
import { listFiles, type ArticleEntry } from './catalog';
import type { Corpus } from './corpus';
import type { CorpusStore } from './store';

/** An article as rules look at it. */
export interface CheckedArticle extends Annotations {
  readonly index: TextIndex;
}

/** Looks for what makes corpora inconsistent; asks the index for what concerns more than one article. */
export class RuleChecker implements vscode.Disposable {
  /** By corpus; counted again once the list of articles changed. */
  private readonly expectsDate = new Map<Corpus, boolean>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.subscription = store.onDidChangeCorpora(() => this.expectsDate.clear());
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** What is found in an article that is open, or was just read. */
  check(entry: ArticleEntry, { index, status, entities }: CheckedArticle): RuleFinding[] {
    const { corpus, path } = entry;
    const context = {
      path,
      index,
      status,
      header: parseHeader(index.raw),
      entities: entities.filter(({ broken, conflict }) => !broken && conflict === undefined),
      hasLabel: (name: string) => corpus.allows(name),
      labelsOf: (text: string) => this.store.index.labelsOf(text),
      expectsDate: this.hasDates(corpus),
    };
    return checkRules(context, corpus.labelSet.rules ?? {});
  }

  /** Reads an article that may not be open; `undefined` where it cannot be read or used. */
  async read(entry: ArticleEntry): Promise<CheckedArticle | undefined> {
    const live = this.store.loadedArticle(entry.uri);
    if (live) return live.refusal ? undefined : { index: live.index, ...live.annotations };
    const { index, isUtf8, file, entities } = await entry.read();
    if (!isUtf8 || file.refusal) return undefined;
    return { index, status: file.sidecar?.status ?? 'open', entities };
  }

  /** Sidecars whose article is not there, by corpus. */
  async findOrphans(corpus: Corpus): Promise<vscode.Uri[]> {
    const paths = await listFiles(corpus.root);
    return paths
      .filter(isSidecarName)
      .map((path) => vscode.Uri.joinPath(corpus.root, path))
      .filter((uri) => this.store.corpusAt(uri) === corpus && this.store.entriesOf(uri).length === 0);
  }

  private hasDates(corpus: Corpus): boolean {
    let known = this.expectsDate.get(corpus);
    if (known === undefined) {
      let [dated, all] = [0, 0];
      for (const { corpus: own, summary } of this.store.articles) {
        if (own !== corpus) continue;
        all++;
        if (summary.date !== undefined) dated++;
      }
      known = dated * 2 > all;
      // Before the first is read, nothing is known.
      if (dated > 0) this.expectsDate.set(corpus, known);
    }
    return known;
  }
}
