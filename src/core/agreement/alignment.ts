/**
 * The best alignment of the units of any number of annotators, as Y. Mathet, A. Widlöcher, J.-P. Métivier, The unified
 * and holistic method gamma (γ) for inter-annotator agreement measure and alignment, Computational Linguistics 41
 * (2015), 437–479, define it in section 4.
 */

/** A unit of an annotator. Positions are code points. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** How much positions and labels count in a dissimilarity: α and β. */
export interface Weights {
  readonly position: number;
  readonly label: number;
}

export interface Alignment {
  /** The sum of the disorders of all unitary alignments. */
  readonly cost: number;
  /** Whether no other alignment costs less. */
  readonly isBest: boolean;
}

/** How many ways to go on are kept where there are more: then what is found may not be the best. */
const MOST_STATES = 5000;

/**
 * How different two units are: by how far their edges are from each other, squared, and whether their labels differ
 * (the positional "sporadic" and the categorical dissimilarity, combined; Δ∅ is 1).
 */
export function dissimilarity(one: Unit, other: Unit, { position, label }: Weights): number {
  const apart = Math.abs(one.start - other.start) + Math.abs(one.end - other.end);
  const lengths = one.end - one.start + other.end - other.start;
  return position * (apart / lengths) ** 2 + (one.label === other.label ? 0 : label);
}

interface Numbered extends Unit {
  readonly annotator: number;
}

/** Units of different annotators that stand for each other, the first of them in front. */
interface Group {
  /** The numbers of the others. */
  readonly others: readonly number[];
  readonly cost: number;
}

/**
 * Aligns the units of annotators, each unit in one unitary alignment.
 *
 * The disorder of a unitary alignment is the mean over all pairs of annotators of the dissimilarity of their units, 1
 * where one or both have none. So an alignment that costs no less than its parts does is never needed, which leaves
 * units that are near each other. Units are gone through from left to right: the first that is not aligned yet goes with
 * some of those behind it, in each way that may be of use; of ways that leave the same units, the cheapest is kept.
 */
export function align(annotators: readonly (readonly Unit[])[], weights: Weights): Alignment {
  const units: Numbered[] = annotators
    .flatMap((own, annotator) => own.map((unit) => ({ ...unit, annotator })))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const groups = groupsOf(units, annotators.length, weights);
  let isBest = true;
  let states = new Map<string, State>([['', { taken: [], cost: 0 }]]);
  for (let first = 0; first < units.length; first++) {
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
    }
    states = next;
    if (states.size <= MOST_STATES) continue;
    isBest = false;
    states = new Map([...states].sort((a, b) => a[1].cost - b[1].cost).slice(0, MOST_STATES));
  }
  return { cost: states.get('')?.cost ?? 0, isBest };
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

/** By unit: all groups that it is the first of, but those that no best alignment needs. */
function groupsOf(units: readonly Numbered[], annotators: number, weights: Weights): Group[][] {
  const pairs = (annotators * (annotators - 1)) / 2;
  // A unit whose dissimilarities to the others of a group come to so much is as well alone.
  const limit = (size: number) => pairs + size - 1;
  const furthest = Math.sqrt(limit(annotators) / weights.position);
  const isNear = (one: Unit, other: Unit) => dissimilarity(one, other, weights) < limit(annotators);
  const longest = units.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  return units.map((unit, first) => {
    const near: number[] = [];
    const reach = unit.start + furthest * (unit.end - unit.start + longest);
    for (let at = first + 1; at < units.length && units[at]!.start <= reach; at++)
      if (units[at]!.annotator !== unit.annotator && isNear(unit, units[at]!)) near.push(at);
    const groups: Group[] = [];
    const grow = (members: readonly number[], from: number) => {
      for (let n = from; n < near.length; n++) {
        const other = near[n]!;
        const candidate = units[other]!;
        const fits = members.every(
          (member) => units[member]!.annotator !== candidate.annotator && isNear(units[member]!, candidate),
        );
        if (!fits) continue;
        const all = [...members, other];
        const far = all.map((one) =>
          all.reduce(
            (sum, each) => (each === one ? sum : sum + dissimilarity(units[one]!, units[each]!, weights)),
            0,
          ),
        );
        if (far.every((sum) => sum < limit(all.length))) {
          const among = far.reduce((sum, one) => sum + one, 0) / 2;
          const size = all.length;
          groups.push({ others: all.slice(1), cost: (among + pairs - (size * (size - 1)) / 2) / pairs });
        }
        if (all.length < annotators) grow(all, n + 1);
      }
    };
    grow([first], 0);
    return groups;
  });
}
