import * as vscode from 'vscode';
import type { Entity } from '../../core/model/entity';
import { JointProposer, proposalsIn, type Proposal, type TextProposer } from '../../core/suggest/proposer';
import type { TextIndex } from '../../core/text';
import type { ArticleEntry } from '../corpus/article-entry';
import type { Corpus } from '../corpus/corpus';
import { Pace } from '../files/pace';

/** That other things are proposed in a corpus than before. */
export interface ProposerChange {
  readonly corpus: Corpus;
  /** The only article whose entities are others, where it is that. */
  readonly by?: ArticleEntry | undefined;
  /** The only article in which it is other things, where it is that. */
  readonly only?: ArticleEntry;
}

/** Proposes entities in the articles of corpora. Nothing that it does writes one. */
export interface Proposer extends vscode.Disposable {
  readonly onDidChange: vscode.Event<ProposerChange>;
  /** What proposes in a corpus's texts, once it is known. */
  of(corpus: Corpus): Promise<TextProposer>;
  /** The same at once; `undefined` while it is not known. */
  ofNow(corpus: Corpus): TextProposer | undefined;
  /** Finds out what is to be proposed in an article that no editor shows, where that is not known at once. */
  prepare?(entry: ArticleEntry, index: TextIndex): Promise<void>;
}

/** All that propose, as one: what asks for proposals need not know who makes them. */
export class Proposers implements Proposer {
  private readonly changed = new vscode.EventEmitter<ProposerChange>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly all: readonly Proposer[]) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      ...all.map((one) => one.onDidChange((change) => this.changed.fire(change))),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  async of(corpus: Corpus): Promise<TextProposer> {
    return new JointProposer(await Promise.all(this.all.map((one) => one.of(corpus))));
  }

  ofNow(corpus: Corpus): TextProposer | undefined {
    const all = this.all.map((one) => one.ofNow(corpus));
    return all.every((one) => one !== undefined) ? new JointProposer(all) : undefined;
  }

  async prepare(entry: ArticleEntry, index: TextIndex): Promise<void> {
    for (const one of this.all) await one.prepare?.(entry, index);
  }

  /** What is proposed in an article, in text order. Costs as much as its text is long. */
  async propose(
    { corpus, path }: ArticleEntry,
    index: TextIndex,
    entities: readonly Entity[],
  ): Promise<Proposal[]> {
    const proposer = await this.of(corpus);
    // What was just tagged is known at once, before the index tells of it.
    proposer.learn(entities);
    const proposals: Proposal[] = [];
    const pace = new Pace();
    for (const proposal of proposer.look(path, index, entities)) {
      if (pace.isDue) await pace.rest();
      if (proposal) proposals.push(proposal);
    }
    return proposals;
  }

  /** As {@link propose}, at once; `undefined` while not all is known that proposes in the corpus. */
  proposeNow(
    { corpus, path }: ArticleEntry,
    index: TextIndex,
    entities: readonly Entity[],
  ): Proposal[] | undefined {
    const proposer = this.ofNow(corpus);
    proposer?.learn(entities);
    return proposer && proposalsIn(proposer, path, index, entities);
  }
}
