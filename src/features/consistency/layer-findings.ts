import * as vscode from 'vscode';
import { LineIndex } from '../../core/lines';
import { placeInSidecar, type CorpusFacts, type InSidecar, type RuleFinding } from '../../core/rules';
import type { RuleId } from '../../core/rules/rule';
import { SidecarPlaces } from '../../core/sidecar/locate';
import type { RuleChecker } from '../../workspace/asking/rules';
import type { ArticleEntry } from '../../workspace/corpus/article-entry';
import type { Corpus } from '../../workspace/corpus/corpus';
import type { LiveArticle } from '../../workspace/open/live-article';
import type { CorpusStore } from '../../workspace/store';
import { areSame } from '../shared/same-diagnostics';
import { MOST_SHOWN, suggestedIn, toDiagnostic } from './findings';

/** How long changes of sidecars are gathered, in ms. */
const PAUSE = 300;
const NONE: ReadonlyMap<string, number> = new Map();

/** A finding in the layer of an annotator, with its place in the sidecar. */
interface LayerFinding {
  readonly finding: RuleFinding;
  readonly place: InSidecar;
}

/**
 * What the rules find in the layers of annotators, in the Problems panel at their sidecars, once a person asked for
 * it: each layer is held against itself. Looked at again when sidecars, texts, lists or the label set change.
 */
export class LayerFindings implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('corpusAnnotator.layers');
  /** Of the articles that were asked for: how much is shown of each layer. */
  private readonly checked = new Map<ArticleEntry, ReadonlyMap<string, number>>();
  private total = 0;
  /** What is known of a layer of a corpus, until something changes. */
  private readonly facts = new Map<Corpus, Map<string, Promise<CorpusFacts>>>();
  private readonly behind = new Set<ArticleEntry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly store: CorpusStore,
    private readonly checker: RuleChecker,
  ) {
    const { catalog, lists } = store;
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      catalog.onDidChangeLayers((entries) => this.follow(entries)),
      // The text of one may be another.
      catalog.onDidChangeSummaries((entries) => this.follow(entries)),
      catalog.onDidChangeLabels((corpus) => this.followCorpus(corpus)),
      lists.onDidForget((corpus) => this.followCorpus(corpus)),
      catalog.onDidChangeCorpora(() => this.forgetGone()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  /** Before articles are looked at: from here on, changes of what is said of their words are known. */
  async begin(): Promise<void> {
    this.facts.clear();
    const layers = new Set(this.store.catalog.all.flatMap((entry) => [...entry.layers.keys()]));
    for (const layer of layers) (await this.store.catalog.indexOf(layer)).takeChanged();
  }

  /** Looks at the layers of an article, shows what is found, and follows their changes. @returns how much there is */
  async check(entry: ArticleEntry): Promise<number> {
    const known = this.checked.get(entry) ?? NONE;
    // So it is in nearly all corpora.
    if (entry.layers.size + known.size === 0) {
      this.checked.set(entry, NONE);
      return 0;
    }
    const shown = new Map(known);
    this.checked.set(entry, shown);
    let count = 0;
    for (const layer of new Set([...entry.layers.keys(), ...shown.keys()])) {
      const found = entry.layers.has(layer) ? await this.findIn(entry, layer) : undefined;
      count += found?.findings.length ?? 0;
      const before = shown.get(layer) ?? 0;
      const isToShow = shown.has(layer) || this.total < MOST_SHOWN;
      const diagnostics = found && isToShow ? found.findings.map((one) => toShow(one, found)) : [];
      this.total += diagnostics.length - before;
      if (found) shown.set(layer, diagnostics.length);
      else shown.delete(layer);
      const uri = entry.sidecarOf(layer);
      if (!areSame(this.collection.get(uri), diagnostics)) this.collection.set(uri, diagnostics);
    }
    return count;
  }

  /** What is found in an open article of a layer now. */
  async of({ uri, layer }: LiveArticle): Promise<readonly RuleFinding[]> {
    const entry = this.store.catalog.entry(uri);
    const found = entry && (await this.findIn(entry, layer, []));
    return found?.findings.map(({ finding }) => finding) ?? [];
  }

  /**
   * What is found in a layer now, with the lines that it is told by.
   * @param without the rules whose findings are among the problems of every sidecar, checked or not
   */
  async findIn(
    entry: ArticleEntry,
    layer: string,
    without: readonly RuleId[] = ['unknown-label'],
  ): Promise<
    { findings: readonly LayerFinding[]; lines: LineIndex; text: LineIndex; name: string } | undefined
  > {
    const article = await this.checker.read(entry, layer);
    if (!article) return undefined;
    const { source, index } = article;
    const facts = await this.factsOf(entry.corpus, layer);
    const found = await this.checker.check(entry, article, [...without, ...suggestedIn(entry.corpus)], facts);
    const places = new SidecarPlaces(source);
    const findings = found.map((finding) => ({ finding, place: placeInSidecar(finding, source, places) }));
    return { findings, lines: new LineIndex(source), text: new LineIndex(index.raw), name: entry.path };
  }

  private factsOf(corpus: Corpus, layer: string): Promise<CorpusFacts> {
    const ofCorpus = this.facts.get(corpus) ?? new Map<string, Promise<CorpusFacts>>();
    this.facts.set(corpus, ofCorpus);
    const facts = ofCorpus.get(layer) ?? this.checker.factsOfLayer(corpus, layer);
    ofCorpus.set(layer, facts);
    return facts;
  }

  private followCorpus(corpus: Corpus): void {
    this.follow([...this.checked.keys()].filter((entry) => entry.corpus === corpus));
  }

  private follow(entries: readonly ArticleEntry[]): void {
    this.facts.clear();
    for (const entry of entries) if (this.checked.has(entry)) this.behind.add(entry);
    if (this.behind.size === 0) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.catchUp(), PAUSE);
  }

  private async catchUp(): Promise<void> {
    const entries = new Set(this.behind);
    this.behind.clear();
    // Those that are gone, too.
    const layersOf = (entry: ArticleEntry) => [
      ...entry.layers.keys(),
      ...(this.checked.get(entry)?.keys() ?? []),
    ];
    const layers = new Set([...entries].flatMap(layersOf));
    for (const layer of layers) {
      // What is tagged in one article may be inconsistent with what another has.
      const { keys } = (await this.store.catalog.indexOf(layer)).takeChanged();
      for (const entry of keys) if (this.checked.has(entry)) entries.add(entry);
    }
    for (const entry of entries) if (this.checked.has(entry)) await this.check(entry);
  }

  private forgetGone(): void {
    for (const [entry, shown] of this.checked) {
      if (this.store.catalog.isKnown(entry)) continue;
      this.checked.delete(entry);
      for (const [layer, count] of shown) {
        this.total -= count;
        this.collection.delete(entry.sidecarOf(layer));
      }
    }
  }
}

type Found = NonNullable<Awaited<ReturnType<LayerFindings['findIn']>>>;

/** The range of a finding in its sidecar. */
export function rangeIn({ start16, end16 }: InSidecar, { lines }: Pick<Found, 'lines'>): vscode.Range {
  const [start, end] = [lines.at(start16), lines.at(end16)];
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function toShow({ finding, place }: LayerFinding, found: Found): vscode.Diagnostic {
  const { line, character } = found.text.at(finding.start16);
  const where = place.isOfText ? `${found.name}:${line + 1}:${character + 1}: ` : '';
  return toDiagnostic(finding, rangeIn(place, found), where);
}
