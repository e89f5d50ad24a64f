import * as vscode from 'vscode';
import { disk } from '#disk';
import { surroundingsOf, type Entity } from '../core/entity';
import { GAZETTEER, GAZETTEER_FORM, matchesCase } from '../core/suggest/gazetteer';
import { addItems, readListing, removeItems, type Item, type ItemForm } from '../core/suggest/listing';
import { FormMatcher } from '../core/suggest/matcher';
import { REFUSED, REFUSED_FORM, Refusals, type Refusable } from '../core/suggest/refusals';
import { decodeUtf8, quickHash, type Span, type TextIndex } from '../core/text';
import type { ArticleEntry } from './catalog';
import type { Corpus } from './corpus';
import { placeProblems, type FileProblem } from './file-problem';
import { Refusal } from './refusal';
import { dirtyDocument, readSource, unreadProblem } from './source';
import type { CorpusStore } from './store';

/** A place without an entity whose text is known. */
export interface Suggestion extends Span, Refusable {
  readonly link: string | undefined;
  /** Where its text is known from. */
  readonly from: 'gazetteer' | 'corpus';
}

/** How many forms of the corpus are taken over before something else may run. */
const FORMS_AT_ONCE = 5000;
/** A single letter, or what has none, is not suggested by the corpus itself. */
const WORTH_KNOWING = /\p{L}.*\S/u;

/** What a form is suggested as. */
type Meaning = Pick<Suggestion, 'label' | 'link' | 'from'>;

/** What is known of one corpus. */
class KnownForms {
  readonly matcher = new FormMatcher();
  /** By the number of a form. */
  readonly gazetteer = new Map<number, Item>();
  /** By the number of a form, until something else is reviewed: each costs one pass over the index. */
  readonly meanings = new Map<number, Meaning | undefined>();
  refused: readonly Item[] = [];
  refusals = new Refusals([]);
}

/**
 * Proposes entities where the text has names that the corpus's gazetteer lists, or that were tagged and
 * reviewed elsewhere in it. Nothing here writes an entity.
 */
export class Suggester implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Corpus>();
  /** What is known of a corpus changed. */
  readonly onDidChange = this.changed.event;
  private readonly known = new Map<Corpus, Promise<KnownForms>>();
  private readonly read = new vscode.EventEmitter<{ uri: vscode.Uri; problems: readonly FileProblem[] }>();
  /** A list of a corpus was read; with what is wrong in it. */
  readonly onDidRead = this.read.event;
  private readonly subscriptions: vscode.Disposable[];
  /** What was reviewed in an article when it was looked at last. */
  private readonly reviewedIn = new WeakMap<ArticleEntry, number>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: CorpusStore) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${GAZETTEER},${REFUSED}}`);
    const follow = (uri: vscode.Uri) => {
      const corpus = store.corpusAt(uri);
      if (corpus) this.forget(corpus);
    };
    this.subscriptions = [
      this.changed,
      this.read,
      watcher,
      watcher.onDidCreate(follow),
      watcher.onDidChange(follow),
      watcher.onDidDelete(follow),
      store.onDidChangeIndex((entries) => void this.learn(entries)),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** What is suggested in an article, in text order. Costs as much as its text is long. */
  async suggest(entry: ArticleEntry, index: TextIndex, entities: readonly Entity[]): Promise<Suggestion[]> {
    const { corpus, path: article } = entry;
    const known = await this.of(corpus);
    const { matcher, refusals, meanings } = known;
    const taken = entities.filter(({ broken }) => !broken).sort((a, b) => a.start - b.start);
    let behind = 0;
    let end = 0;
    return matcher.find(index.raw).flatMap(({ form, start16, end16 }): Suggestion[] => {
      const span = { start: index.toCodePoint(start16), end: index.toCodePoint(end16) };
      // Entities begin in order, so what reaches farthest among those passed is all that can overlap.
      while (behind < taken.length && taken[behind]!.start < span.end)
        end = Math.max(end, taken[behind++]!.end);
      if (end > span.start) return [];
      if (!meanings.has(form)) meanings.set(form, this.meaningOf(corpus, known, form));
      const meaning = meanings.get(form);
      if (!meaning) return [];
      const around = surroundingsOf(span, (part) => index.slice(part));
      const text = index.slice(span);
      const suggestion = { ...span, ...meaning, text, form: matcher.form(form), article, ...around };
      return refusals.has(suggestion) ? [] : [suggestion];
    });
  }

  /** Remembers that things are not to be suggested. @throws Refusal */
  refuse(corpus: Corpus, items: readonly Item[]): Promise<void> {
    return this.change(corpus, REFUSED, (source) => addItems(source, REFUSED_FORM, items));
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

  private meaningOf(corpus: Corpus, { gazetteer, matcher }: KnownForms, form: number): Meaning | undefined {
    const text = matcher.form(form);
    // What a list says counts before what was tagged, be it in this case or in any.
    const listed = gazetteer.get(form) ?? gazetteer.get(matcher.inAnyCase(text) ?? form);
    if (listed) return { label: listed.label!, link: listed.link, from: 'gazetteer' };
    const counts = new Map<string, number>();
    const links = new Map<string, Set<string | undefined>>();
    if (![...this.store.index.labelsOf(text).values()].some(({ reviewed }) => reviewed > 0)) return undefined;
    for (const { key, mention } of this.store.index.find({ text })) {
      const { label, link, reviewed, broken } = mention;
      if (key.corpus !== corpus || !reviewed || broken) continue;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      links.set(label, (links.get(label) ?? new Set()).add(link));
    }
    const [label] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
    if (label === undefined) return undefined;
    const [link, ...others] = links.get(label)!;
    return { label, link: others.length === 0 ? link : undefined, from: 'corpus' };
  }

  private of(corpus: Corpus): Promise<KnownForms> {
    let known = this.known.get(corpus);
    if (!known) this.known.set(corpus, (known = this.load(corpus)));
    return known;
  }

  private async load(corpus: Corpus): Promise<KnownForms> {
    const known = new KnownForms();
    const [forms, refused] = await Promise.all([
      this.readList(corpus, GAZETTEER, GAZETTEER_FORM),
      this.readList(corpus, REFUSED, REFUSED_FORM),
    ]);
    for (const item of forms) {
      const number = known.matcher.add(item.text!, matchesCase(item));
      if (number !== undefined) known.gazetteer.set(number, item);
    }
    known.refused = refused;
    known.refusals = new Refusals(refused);
    await this.store.ready;
    let left = FORMS_AT_ONCE;
    for (const { text, reviewed } of [...this.store.index.forms()]) {
      if (reviewed > 0 && WORTH_KNOWING.test(text)) known.matcher.add(text);
      if (--left > 0) continue;
      left = FORMS_AT_ONCE;
      await new Promise((resolve) => setTimeout(resolve));
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

  /** Takes over what was reviewed since. */
  private async learn(entries: readonly ArticleEntry[]): Promise<void> {
    const corpora = new Set<Corpus>();
    for (const entry of entries) {
      const known = await this.known.get(entry.corpus);
      if (!known) continue;
      const reviewed = [...this.store.index.of(entry)].filter(
        (mention) => mention.reviewed && !mention.broken,
      );
      const key = quickHash(JSON.stringify(reviewed.map(({ text, label, link }) => [text, label, link])));
      // Where text was typed and spans only moved, nothing else is known.
      if (this.reviewedIn.get(entry) === key) continue;
      this.reviewedIn.set(entry, key);
      known.meanings.clear();
      for (const { text } of reviewed) if (WORTH_KNOWING.test(text)) known.matcher.add(text);
      corpora.add(entry.corpus);
    }
    for (const corpus of corpora) this.changed.fire(corpus);
  }

  private forget(corpus: Corpus): void {
    this.known.delete(corpus);
    this.changed.fire(corpus);
  }

  /** Writes a list anew. @param make `undefined` where the file is not as the program writes it */
  private change(
    corpus: Corpus,
    name: string,
    make: (source: string | undefined) => string | undefined,
  ): Promise<void> {
    const done = this.queue.then(async () => {
      const uri = vscode.Uri.joinPath(corpus.root, name);
      if (dirtyDocument(uri)) throw new Refusal('list-unsaved', uri);
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
