/**
 * The best alignment of the units of any number of annotators, as Y. Mathet, A. Widlöcher, J.-P. Métivier, The unified
 * and holistic method gamma (γ) for inter-annotator agreement measure and alignment, Computational Linguistics 41
 * (2015), 437–479, define it in section 4.
 */

import { goodCost } from './near-alignment';
import { nearUnits, type NearUnits, type Unit, type Weights } from './near-units';

export interface Alignment {
  /** The sum of the disorders of all unitary alignments. */
  readonly cost: number;
  /** Whether it is certain that no other alignment costs less. */
  readonly isBest: boolean;
}

/** How many groups of units are looked at, and ways to go on, until it is too much: then the best is not looked for. */
const MOST_GROUPS = 100_000;
const MOST_WAYS = 500_000;

/**
 * Aligns the units of annotators, each unit in one unitary alignment.
 *
 * The disorder of a unitary alignment is the mean over all pairs of annotators of the dissimilarity of their units, 1
 * where one or both have none. So an alignment that costs no less than its parts do is never needed, which leaves units
 * that are near each other. They are gone through from left to right: the first that is not aligned yet goes with some
 * of those behind it, in each way that may be of use; of ways that leave the same units, the cheapest is kept. Where too
 * many lie about one place, an alignment is found that no single step makes better (see `near-alignment.ts`).
 */
export function align(annotators: readonly (readonly Unit[])[], weights: Weights): Alignment {
  const near = nearUnits(annotators, weights);
  const groups = groupsOf(near);
  const cost = groups && bestCost(near.units.length, groups);
  return cost === undefined ? { cost: goodCost(near), isBest: false } : { cost, isBest: true };
}

/** The cost of the best alignment; `undefined` where there are too many. */
function bestCost(units: number, groups: readonly (readonly Group[])[]): number | undefined {
  let ways = 0;
  let states = new Map<string, State>([['', { taken: [], cost: 0 }]]);
  for (let first = 0; first < units; first++) {
    const next = new Map<string, State>();
    const put = (state: State) => {
      const key = state.taken.length === 0 ? '' : state.taken.join();
      const there = next.get(key);
      if (!there || there.cost > state.cost) next.set(key, state);
    };
    for (const { taken, cost } of states.values()) {
      if (taken[0] === first) {
        put({ taken: taken.slice(1), cost });
        continue;
      }
      put({ taken, cost: cost + 1 });
      for (const group of groups[first]!)
        if (group.others.every((other) => !taken.includes(other)))
          put({ taken: merged(taken, group.others), cost: cost + group.cost });
      ways += groups[first]!.length;
      if (ways > MOST_WAYS) return undefined;
    }
    states = next;
  }
  return states.get('')!.cost;
}

interface State {
  /** The units behind the one that is looked at which are aligned already, in order. */
  readonly taken: readonly number[];
  readonly cost: number;
}

function merged(taken: readonly number[], others: readonly number[]): readonly number[] {
  if (taken.length === 0) return others;
  return [...taken, ...others].sort((a, b) => a - b);
}

/** Units of different annotators that stand for each other, the first of them in front. */
interface Group {
  /** The numbers of the others. */
  readonly others: readonly number[];
  readonly cost: number;
}

/** By unit: all groups that it is the first of, but those that no best alignment needs; `undefined` where there are too many. */
function groupsOf({ units, near, apart, limit, pairs, annotators }: NearUnits): Group[][] | undefined {
  let looked = 0;
  const all: Group[][] = [];
  for (let first = 0; first < units.length; first++) {
    const groups: Group[] = [];
    const later = near[first]!.filter((other) => other > first);
    const grow = (members: readonly number[], from: number) => {
      for (let n = from; n < later.length && looked <= MOST_GROUPS; n++) {
        const other = later[n]!;
        looked++;
        if (!members.every((member) => apart(member, other) < limit(annotators))) continue;
        const grown = [...members, other];
        const far = grown.map((one) =>
          grown.reduce((sum, each) => sum + (each === one ? 0 : apart(one, each)), 0),
        );
        if (far.every((sum) => sum < limit(grown.length))) {
          const among = far.reduce((sum, one) => sum + one, 0) / 2;
          const size = grown.length;
          groups.push({ others: grown.slice(1), cost: (among + pairs - (size * (size - 1)) / 2) / pairs });
        }
        if (grown.length < annotators) grow(grown, n + 1);
      }
    };
    grow([first], 0);
    if (looked > MOST_GROUPS) return undefined;
    all.push(groups);
  }
  return all;
}
