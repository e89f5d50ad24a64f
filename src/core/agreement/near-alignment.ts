import type { NearUnits } from './near-units';

/** How often all units are gone through, at most: mostly, nothing changes after three times. */
const MOST_ROUNDS = 20;

/**
 * The cost of an alignment that no single step makes better: units go together in pairs, the nearest first; then each
 * unit goes where that saves most, alone, to another group, or in exchange for the unit that its annotator has there.
 */
export function goodCost(near: NearUnits): number {
  const groups = joined(near);
  for (let round = 0; round < MOST_ROUNDS && improve(near, groups); round++);
  const all = new Set(groups);
  let cost = 0;
  for (const group of all) cost += costOf(near, group);
  return cost;
}

/** The units of a group, by their numbers. */
type Group = Set<number>;

function costOf({ apart, pairs }: NearUnits, group: Group): number {
  const members = [...group];
  let sum = pairs - (members.length * (members.length - 1)) / 2;
  members.forEach((one, i) => {
    for (let j = i + 1; j < members.length; j++) sum += apart(one, members[j]!);
  });
  return sum / pairs;
}

/** What a group saves by a unit: the more, the nearer its members are to that. */
function savedBy({ apart, pairs }: NearUnits, group: Group, unit: number, without = -1): number {
  let [sum, count] = [0, 0];
  for (const member of group) {
    if (member === unit || member === without) continue;
    sum += 1 - apart(member, unit);
    count++;
  }
  return count === 0 ? 0 : 1 + sum / pairs;
}

/** By unit: its group. */
function joined(near: NearUnits): Group[] {
  const groups = near.units.map((_, unit): Group => new Set([unit]));
  const edges = near.near
    .flatMap((others, one) => others.filter((other) => other > one).map((other) => [one, other] as const))
    .map(([one, other]) => ({ one, other, apart: near.apart(one, other) }));
  for (const { one, other } of edges.sort(
    (a, b) => a.apart - b.apart || a.one - b.one || a.other - b.other,
  )) {
    const [a, b] = [groups[one]!, groups[other]!];
    if (a === b) continue;
    let across = 0;
    for (const member of a) for (const their of b) across += near.apart(member, their) - 1;
    if (across >= near.pairs) continue;
    for (const member of b) {
      a.add(member);
      groups[member] = a;
    }
  }
  return groups;
}

/** Lets each unit go where it saves most. @returns whether any went */
function improve(near: NearUnits, groups: Group[]): boolean {
  let isBetter = false;
  near.units.forEach((_, unit) => {
    const own = groups[unit]!;
    const saved = savedBy(near, own, unit);
    let best: { readonly gain: number; readonly to?: Group; readonly instead?: number } = { gain: -saved };
    for (const to of new Set(near.near[unit]!.map((other) => groups[other]!))) {
      if (to === own) continue;
      const [instead, another] = [...to].filter((member) => near.apart(member, unit) === Infinity);
      if (another !== undefined) continue;
      const gain =
        instead === undefined
          ? savedBy(near, to, unit) - saved
          : savedBy(near, to, unit, instead) +
            savedBy(near, own, instead, unit) -
            saved -
            savedBy(near, to, instead);
      if (gain > best.gain) best = { gain, to, ...(instead !== undefined && { instead }) };
    }
    if (best.gain < STEP) return;
    isBetter = true;
    own.delete(unit);
    const to = best.to ?? new Set();
    to.add(unit);
    groups[unit] = to;
    if (best.instead === undefined) return;
    to.delete(best.instead);
    own.add(best.instead);
    groups[best.instead] = own;
  });
  return isBetter;
}

/** What is less is rounding. */
const STEP = 1e-9;
