import type { Entity } from '../model/entity';
import type { Span, TextIndex } from '../text';
import type { Range16 } from '../words';
import type { Refusable } from './refusals';

/** A place without an entity that may be one. */
export interface Proposal extends Span, Range16, Refusable {
  readonly link: string | undefined;
  /** How probable it is that it is one, from 0 to 1; where nothing is said, somebody has said that it is. */
  readonly score?: number;
  /** Where its label is known from. */
  readonly source: 'gazetteer' | 'corpus';
  /** The labels with which the form is reviewed in the corpus, the commonest first; none where it is listed only. */
  readonly reviewedAs: readonly string[];
}

/** Proposes entities in the texts of one corpus. */
export interface TextProposer {
  /** Takes over entities that were just tagged; those that were given before cost nothing. */
  learn(entities: readonly Entity[]): void;
  /**
   * What may be an entity, does not overlap one, and was not refused, in text order: place by place, so that one can
   * rest meanwhile; `undefined` is a place that is none.
   * @param path the article's in its corpus
   */
  look(path: string, index: TextIndex, entities: readonly Entity[]): Iterable<Proposal | undefined>;
}

/** All that is proposed in a text, in text order. Costs as much as the text is long. */
export function proposalsIn(proposer: TextProposer, ...text: Parameters<TextProposer['look']>): Proposal[] {
  return Array.from(proposer.look(...text)).filter((proposal) => proposal !== undefined);
}

/** Several proposers as one, see {@link JointProposer}. One alone is what it is, and need not be weighed. */
export function jointly(proposers: readonly TextProposer[]): TextProposer {
  const [one, ...others] = proposers;
  return one && others.length === 0 ? one : new JointProposer(proposers);
}

/** Of proposals that overlap, the surest is made, or that of the proposer that comes first. */
export class JointProposer implements TextProposer {
  constructor(private readonly proposers: readonly TextProposer[]) {}

  learn(entities: readonly Entity[]): void {
    for (const proposer of this.proposers) proposer.learn(entities);
  }

  *look(...text: Parameters<TextProposer['look']>): Generator<Proposal | undefined> {
    const all: Proposal[] = [];
    for (const proposer of this.proposers)
      for (const proposal of proposer.look(...text)) {
        if (proposal) all.push(proposal);
        yield undefined;
      }
    // The order of proposers stays where they are as sure.
    all.sort((a, b) => (b.score ?? 1) - (a.score ?? 1));
    const [, index] = text;
    const taken = new Uint8Array(index.length);
    const kept = all.filter(({ start, end }) => {
      if (taken.subarray(start, end).includes(1)) return false;
      taken.fill(1, start, end);
      return true;
    });
    yield* kept.sort((a, b) => a.start - b.start);
  }
}
