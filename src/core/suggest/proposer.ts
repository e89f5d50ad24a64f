import type { Reason } from '../learn/reasons';
import type { Entity } from '../model/entity';
import type { Span, TextIndex } from '../text';
import type { Range16 } from '../words';
import type { Refusable } from './refusals';

/** A place without an entity that may be one. */
export interface Proposal extends Span, Range16, Refusable {
  readonly link: string | undefined;
  /** How probable it is that it is one, from 0 to 1; where nothing is said, somebody has said that it is. */
  readonly score?: number;
  /**
   * How well its form has held as this label where people decided, from 0 to 1. With 0 it is not suggested at all, be it
   * known or not; rules do not ask. Where nothing is said, nobody has decided otherwise.
   */
  readonly trust?: number;
  /** Whether such scores were mostly right; of what has a score. */
  readonly isSure?: boolean;
  /** What spoke most for it; of what has a score. */
  readonly reasons?: readonly Reason[];
  /** Who proposes it; an entity that it becomes says so. */
  readonly source: 'gazetteer' | 'corpus' | 'learned';
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

/** What may still be made of proposals that overlap one another. */
interface Cluster {
  readonly all: Proposal[];
  end: number;
}

/**
 * Several proposers as one, in text order: of proposals that overlap, the surest is made, or that of the proposer that
 * comes first. What is not trusted is not made.
 */
export class JointProposer implements TextProposer {
  constructor(private readonly proposers: readonly TextProposer[]) {}

  learn(entities: readonly Entity[]): void {
    for (const proposer of this.proposers) proposer.learn(entities);
  }

  *look(...text: Parameters<TextProposer['look']>): Generator<Proposal | undefined, void> {
    let cluster: Cluster | undefined;
    for (const proposal of merged(this.proposers.map((one) => one.look(...text)))) {
      if (!proposal || proposal.trust === 0) {
        yield undefined;
        continue;
      }
      if (cluster && proposal.start >= cluster.end) {
        yield* surest(cluster);
        cluster = undefined;
      }
      cluster ??= { all: [], end: 0 };
      cluster.all.push(proposal);
      cluster.end = Math.max(cluster.end, proposal.end);
    }
    if (cluster) yield* surest(cluster);
  }
}

/** What several propose, in text order; of those that begin together, the proposer that comes first. */
function* merged(all: readonly Iterable<Proposal | undefined>[]): Generator<Proposal | undefined> {
  const sources = all.map((proposals) => proposals[Symbol.iterator]());
  const heads: (Proposal | undefined)[] = [];
  for (const [i, source] of sources.entries()) heads[i] = yield* nextOf(source);
  for (;;) {
    let first = -1;
    for (const [i, head] of heads.entries())
      if (head && (first < 0 || head.start < heads[first]!.start)) first = i;
    if (first < 0) return;
    yield heads[first];
    heads[first] = yield* nextOf(sources[first]!);
  }
}

/** The next proposal; whoever asks may rest at each place that is none. */
function* nextOf(
  source: Iterator<Proposal | undefined>,
): Generator<undefined, Proposal | undefined, undefined> {
  for (let next = source.next(); !next.done; next = source.next()) {
    if (next.value) return next.value;
    yield undefined;
  }
  return undefined;
}

/** Of proposals that overlap, those that stay, in text order. */
function surest({ all, end }: Cluster): Proposal[] {
  if (all.length === 1) return all;
  const from = all[0]!.start;
  const taken = new Uint8Array(end - from);
  // The order of proposers stays where they are as sure.
  const kept = [...all]
    .sort((a, b) => sureness(b) - sureness(a))
    .filter(({ start, end }) => {
      if (taken.subarray(start - from, end - from).includes(1)) return false;
      taken.fill(1, start - from, end - from);
      return true;
    });
  return kept.sort((a, b) => a.start - b.start);
}

function sureness({ score, trust }: Proposal): number {
  return score ?? trust ?? 1;
}
