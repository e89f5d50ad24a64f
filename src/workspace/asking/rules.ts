import type * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import type { Mention } from '../../core/mention';
import type { RuleId } from '../../core/rules/rule';
import {
  checkInCorpus,
  settingsOfLayer,
  severityOf,
  type CheckedArticle,
  type CorpusFacts,
  type RuleFinding,
} from '../../core/rules';
import { TextIndex } from '../../core/text';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { readText } from '../files/source';
import { otherSidecars } from '../corpus/other-sidecars';
import type { CorpusStore } from '../store';

/** Looks for what makes corpora inconsistent; asks the index for what concerns more than one article. */
export class RuleChecker implements vscode.Disposable {
  /** By corpus; counted again once the list of articles changed. */
  private readonly expectsDate = new Map<Corpus, boolean>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly store: CorpusStore) {
    this.subscription = store.catalog.onDidChangeCorpora(() => this.expectsDate.clear());
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /**
   * What is found in an article that is open, or was just read.
   * @param without rules that are not asked
   * @param known what is known of the corpus: in the layer that the window works in, unless that of another is given
   */
  async check(
    { corpus, path }: ArticleEntry,
    article: CheckedArticle,
    without: readonly RuleId[] = [],
    known?: CorpusFacts,
  ): Promise<RuleFinding[]> {
    const facts = known ?? (await this.factsOf(corpus));
    const off = Object.fromEntries(without.map((rule) => [rule, 'off' as const]));
    const settings = { ...facts.settings, ...off };
    return checkInCorpus(path, article, { ...facts, settings });
  }

  /**
   * Reads an article that may not be open; `undefined` where it cannot be read or used.
   * @param layer without, that which the window works in
   * @returns with the source of its sidecar
   */
  async read(
    entry: ArticleEntry,
    layer = entry.layer,
  ): Promise<(CheckedArticle & { source: string }) | undefined> {
    const live = this.store.live.of(entry, layer);
    const source = live?.sync.file.source ?? '';
    if (live) return live.refusal ? undefined : { index: live.index, source, ...live.annotations };
    const { index, isUtf8, file, entities } = await entry.read({ isWhole: true, layer });
    if (!isUtf8 || file.refusal) return undefined;
    return { index, source: file.source ?? '', status: file.sidecar?.status ?? 'open', entities };
  }

  /**
   * Reads the text of an article that is not open, and takes its entities from the index, where that says all
   * that rules ask: enough to find, not to mend, as these entities have no ids. Else as {@link read}.
   */
  async readIndexed(entry: ArticleEntry): Promise<CheckedArticle | undefined> {
    const mentions = [...this.store.catalog.index.of(entry)];
    const { inTrouble, status } = entry.summary;
    if (this.store.live.of(entry) || inTrouble || mentions.some(({ isSpecial }) => isSpecial))
      return this.read(entry);
    const text = await readText(entry.uri);
    if (text === undefined) return this.read(entry);
    const index = new TextIndex(text);
    const isThere = ({ start, end, text: mention, broken }: Mention) =>
      broken || index.slice({ start, end }) === mention;
    if (!mentions.every(isThere)) return this.read(entry);
    const withoutIds: readonly Omit<Entity, 'id'>[] = mentions;
    return { index, status, entities: withoutIds as readonly Entity[] };
  }

  /** Sidecars of a corpus whose article is not there; none where that is no finding. */
  async findOrphans(corpus: Corpus): Promise<vscode.Uri[]> {
    if (severityOf('orphan-sidecar', corpus.labelSet.rules ?? {}) === 'off') return [];
    const others = await otherSidecars(this.store, corpus);
    return others.filter(({ isLayer }) => !isLayer).map(({ uri }) => uri);
  }

  private async factsOf(corpus: Corpus): Promise<CorpusFacts> {
    return {
      // What people said, not what is guessed from it.
      proposer: await this.store.lists.of(corpus),
      hasLabel: (name: string) => corpus.allows(name),
      labelsOf: (text: string) => this.store.catalog.index.labelsOf(text, corpus),
      expectsDate: this.hasDates(corpus),
      settings: corpus.labelSet.rules ?? {},
    };
  }

  /** What is known of a corpus in a layer of an annotator, which is not held against those of others. */
  async factsOfLayer(corpus: Corpus, layer: string): Promise<CorpusFacts> {
    const index = await this.store.catalog.indexOf(layer);
    return {
      proposer: await this.store.lists.ofLayer(corpus, index),
      hasLabel: (name: string) => corpus.allows(name),
      labelsOf: (text: string) => index.labelsOf(text, corpus),
      expectsDate: this.hasDates(corpus),
      settings: settingsOfLayer(corpus.labelSet.rules ?? {}),
    };
  }

  private hasDates(corpus: Corpus): boolean {
    let known = this.expectsDate.get(corpus);
    if (known === undefined) {
      let [dated, all] = [0, 0];
      for (const { corpus: own, summary } of this.store.catalog.all) {
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
