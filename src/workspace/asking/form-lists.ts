import * as vscode from 'vscode';
import { disk } from '#disk';
import type { MentionIndex } from '../../core/mentions';
import { spliceBetween } from '../../core/splice';
import { GAZETTEER, GAZETTEER_FORM } from '../../core/suggest/gazetteer';
import { KnownForms } from '../../core/suggest/known-forms';
import type { Item, ItemForm } from '../../core/suggest/item';
import { addItems, readListing, removeItems } from '../../core/suggest/listing';
import { REFUSED, REFUSED_FORM } from '../../core/suggest/refusals';
import { baseName } from '../../core/sidecar/name';
import { decodeUtf8, quickHash } from '../../core/text';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { placeProblems, type FileProblem } from '../files/file-problem';
import { Pace } from '../files/pace';
import { Refusal } from '../files/refusal';
import { readToChange, sourceChange, type SourceChange } from '../files/source-change';
import { dirtyDocument, readSource, unreadProblem } from '../files/source';
import type { Catalog } from '../corpus/catalog';
import type { Proposer, ProposerChange } from './proposers';

/** Whether a file is a list of forms, or of what is not to be suggested. */
export function isListName(path: string): boolean {
  return [GAZETTEER, REFUSED].includes(baseName(path));
}

/**
 * Proposes entities where the text has names that the corpus's gazetteer lists, or that a person tagged or reviewed in
 * it, and that are not refused. Reads and writes those lists.
 */
export class FormLists implements Proposer {
  private readonly changed = new vscode.EventEmitter<ProposerChange>();
  /** What is known of a corpus changed. */
  readonly onDidChange = this.changed.event;
  private readonly forgotten = new vscode.EventEmitter<Corpus>();
  /** A list of a corpus changed, so that anything may be known, or refused, that was not. */
  readonly onDidForget = this.forgotten.event;
  private readonly known = new Map<Corpus, Promise<KnownForms>>();
  /** Those of {@link known} that are there. */
  private readonly loaded = new Map<Corpus, KnownForms>();
  private readonly read = new vscode.EventEmitter<{ uri: vscode.Uri; problems: readonly FileProblem[] }>();
  /** A list of a corpus was read; with what is wrong in it. */
  readonly onDidRead = this.read.event;
  private readonly subscriptions: vscode.Disposable[];
  /** What was known by an article when it was looked at last. */
  private readonly knownBy = new WeakMap<ArticleEntry, number>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly catalog: Catalog) {
    this.subscriptions = [
      this.changed,
      this.forgotten,
      this.read,
      catalog.onDidChangeIndex((entries) => void this.learn(entries)),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** What makes it known that things are not to be suggested. @throws Refusal */
  async refusing(corpus: Corpus, items: readonly Item[]): Promise<SourceChange> {
    const uri = vscode.Uri.joinPath(corpus.root, REFUSED);
    const source = await readToChange(uri);
    const changed = addItems(source, REFUSED_FORM, items);
    if (changed === undefined) throw new Refusal('list-invalid', uri);
    return sourceChange(uri, source, [spliceBetween(source ?? '', changed)]);
  }

  /** A list changed, or came, or went. */
  followList(uri: vscode.Uri): void {
    const corpus = this.catalog.corpusAt(uri);
    if (corpus) this.forget(corpus);
  }

  /** What is not to be suggested, in the order of the file. */
  async refused(corpus: Corpus): Promise<readonly Item[]> {
    return (await this.of(corpus)).refused;
  }

  /** Forgets refusals; what else the file says stays. @throws Refusal */
  suggestAgain(corpus: Corpus, items: readonly Item[]): Promise<void> {
    return this.change(corpus, REFUSED, (source = '') => removeItems(source, REFUSED_FORM, items));
  }

  /** Adds forms to the gazetteer. @throws Refusal */
  addForms(corpus: Corpus, items: readonly Item[]): Promise<void> {
    return this.change(corpus, GAZETTEER, (source) => addItems(source, GAZETTEER_FORM, items));
  }

  ofNow(corpus: Corpus): KnownForms | undefined {
    return this.loaded.get(corpus);
  }

  /** What is known in a corpus; another once its lists changed, else kept up with what is tagged. */
  of(corpus: Corpus): Promise<KnownForms> {
    const known = this.known.get(corpus);
    if (known) return known;
    const loading = this.load(corpus);
    this.known.set(corpus, loading);
    void loading.then((forms) => {
      if (this.known.get(corpus) === loading) this.loaded.set(corpus, forms);
    });
    return loading;
  }

  private async load(corpus: Corpus): Promise<KnownForms> {
    return this.formsIn(
      corpus,
      () => this.catalog.index,
      async () => {
        await this.catalog.ready;
        await this.catalog.count();
      },
    );
  }

  /** What is known in a layer of an annotator, and by the lists: as it is now. @param index of that layer */
  ofLayer(corpus: Corpus, index: MentionIndex<ArticleEntry>): Promise<KnownForms> {
    return this.formsIn(corpus, () => index);
  }

  /** @param whenCounted is waited for once the lists are read */
  private async formsIn(
    corpus: Corpus,
    indexNow: () => MentionIndex<ArticleEntry>,
    whenCounted?: () => Promise<void>,
  ): Promise<KnownForms> {
    const [listed, refused] = await Promise.all([
      this.readList(corpus, GAZETTEER, GAZETTEER_FORM),
      this.readList(corpus, REFUSED, REFUSED_FORM),
    ]);
    const labelsOf = (text: string) => indexNow().labelsOf(text, corpus);
    const known = new KnownForms(labelsOf, listed, refused);
    await whenCounted?.();
    const pace = new Pace();
    for (const { text, known: count } of indexNow().forms(corpus)) {
      if (pace.isDue) await pace.rest();
      if (count > 0) known.add(text);
    }
    return known;
  }

  private async readList(corpus: Corpus, name: string, form: ItemForm): Promise<readonly Item[]> {
    const uri = vscode.Uri.joinPath(corpus.root, name);
    const source = (await readSource(uri)) ?? '';
    const unread = unreadProblem(source);
    const { items, problems } = unread ? { items: [], problems: [unread] } : readListing(source, form);
    this.read.fire({ uri, problems: placeProblems(source, problems) });
    return items;
  }

  /** Takes over what was tagged and reviewed since. */
  private async learn(entries: readonly ArticleEntry[]): Promise<void> {
    const changed = new Map<Corpus, ArticleEntry[]>();
    const pace = new Pace();
    for (const entry of entries) {
      if (pace.isDue) await pace.rest();
      const known = await this.known.get(entry.corpus);
      if (!known) continue;
      const mentions = [...this.catalog.index.of(entry)].filter(({ isKnown }) => isKnown);
      const said = mentions.map(({ text, label, link, reviewed }) => [text, label, link, reviewed]);
      const key = quickHash(JSON.stringify(said));
      // Where text was typed and spans only moved, nothing else is known.
      if (this.knownBy.get(entry) === key) continue;
      this.knownBy.set(entry, key);
      for (const { text } of mentions) known.add(text);
      changed.set(entry.corpus, [...(changed.get(entry.corpus) ?? []), entry]);
    }
    for (const [corpus, by] of changed)
      this.changed.fire({ corpus, by: by.length === 1 ? by[0] : undefined });
  }

  private forget(corpus: Corpus): void {
    this.known.delete(corpus);
    this.loaded.delete(corpus);
    this.forgotten.fire(corpus);
    this.changed.fire({ corpus });
  }

  /** Writes a list anew. @param make `undefined` where the file is not as the program writes it */
  private change(
    corpus: Corpus,
    name: string,
    make: (source: string | undefined) => string | undefined,
  ): Promise<void> {
    const done = this.queue.then(async () => {
      const uri = vscode.Uri.joinPath(corpus.root, name);
      if (dirtyDocument(uri)) throw new Refusal('file-unsaved', uri);
      const bytes = await disk.read(uri);
      const changed = make(bytes && (decodeUtf8(bytes) ?? '\0'));
      if (changed === undefined) throw new Refusal('list-invalid', uri);
      try {
        await disk.write(uri, new TextEncoder().encode(changed));
      } catch (error) {
        const { code, detail } = Refusal.fromWriteError(error, uri);
        throw new Refusal('list-not-written', uri, detail || code);
      }
      this.forget(corpus);
    });
    this.queue = done.catch(() => undefined);
    return done;
  }
}
