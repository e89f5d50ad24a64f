import * as vscode from 'vscode';
import { AuthorityIndex, readAuthority, type AuthorityEntry } from '../../core/authority';
import { LineIndex } from '../../core/lines';
import { DEFAULT_AUTHORITY } from '../../core/links';
import type { Corpus } from '../corpus/corpus';
import { placeProblems, type FileProblem } from '../files/file-problem';
import { readSource, unreadProblem } from '../files/source';
import type { CorpusStore } from '../store';

/** How long changes of a file are gathered before it is read again, in ms. */
const PAUSE = 300;

/** An authority file as it was read last; without entries where there is none. */
export interface Authority {
  readonly uri: vscode.Uri;
  readonly index: AuthorityIndex;
  readonly rangeOf: (entry: AuthorityEntry) => vscode.Range;
}

/** The authority files of corpora: what is known of the things that entities link to. Read when first asked for. */
export class Authorities implements vscode.Disposable {
  private readonly read = new vscode.EventEmitter<{ uri: vscode.Uri; problems: readonly FileProblem[] }>();
  /** A file was read; with what is wrong in it. */
  readonly onDidRead = this.read.event;
  private readonly known = new Map<Corpus, Promise<Authority>>();
  private readonly pauses = new Map<Corpus, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly store: CorpusStore) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{yaml,yml,csv,tsv}');
    const follow = (uri: vscode.Uri) => {
      const corpus = this.corpusOf(uri);
      if (corpus) this.forget(corpus);
    };
    this.subscriptions = [
      this.read,
      watcher,
      watcher.onDidCreate(follow),
      watcher.onDidChange(follow),
      watcher.onDidDelete(follow),
      vscode.workspace.onDidChangeTextDocument(({ document }) => follow(document.uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        const corpus = this.corpusOf(uri);
        if (corpus) void this.of(corpus);
      }),
      store.catalog.onDidChangeLabels((corpus) => this.forget(corpus)),
    ];
  }

  dispose(): void {
    this.pauses.forEach(clearTimeout);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** The corpus whose authority file is at a place. */
  corpusOf(uri: vscode.Uri): Corpus | undefined {
    const key = uri.toString();
    return this.store.catalog.corpora.find((corpus) => uriOf(corpus).toString() === key);
  }

  of(corpus: Corpus): Promise<Authority> {
    let known = this.known.get(corpus);
    if (!known) this.known.set(corpus, (known = this.load(corpus)));
    return known;
  }

  private async load(corpus: Corpus): Promise<Authority> {
    const uri = uriOf(corpus);
    const source = (await readSource(uri)) ?? '';
    const unread = unreadProblem(source);
    const { entries, problems } = unread
      ? { entries: [], problems: [unread] }
      : readAuthority(source, uri.path);
    this.read.fire({ uri, problems: placeProblems(source, problems) });
    const lines = new LineIndex(source);
    const placeOf = (offset16: number) => {
      const { line, character } = lines.at(offset16);
      return new vscode.Position(line, character);
    };
    const index = new AuthorityIndex(entries, corpus.labelSet.prefixes);
    return {
      uri,
      index,
      rangeOf: ({ start16, end16 }) => new vscode.Range(placeOf(start16), placeOf(end16)),
    };
  }

  /** A file that was asked for is read again once it rests, so that its problems are those that it has. */
  private forget(corpus: Corpus): void {
    if (!this.known.delete(corpus)) return;
    clearTimeout(this.pauses.get(corpus));
    this.pauses.set(
      corpus,
      setTimeout(() => void this.of(corpus), PAUSE),
    );
  }
}

function uriOf({ root, labelSet }: Corpus): vscode.Uri {
  return vscode.Uri.joinPath(root, labelSet.authority ?? DEFAULT_AUTHORITY);
}
