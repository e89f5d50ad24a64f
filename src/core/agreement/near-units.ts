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

/**
 * How different two units are: by how far their edges are from each other, squared, and whether their labels differ
 * (the positional "sporadic" and the categorical dissimilarity, combined; Δ∅ is 1).
 */
export function dissimilarity(one: Unit, other: Unit, { position, label }: Weights): number {
  const apart = Math.abs(one.start - other.start) + Math.abs(one.end - other.end);
  const lengths = one.end - one.start + other.end - other.start;
  return position * (apart / lengths) ** 2 + (one.label === other.label ? 0 : label);
}

/** The units of all annotators, by where they begin, and which are near each other. */
export interface NearUnits {
  readonly units: readonly Unit[];
  /** How many annotators there are, and pairs of them. */
  readonly annotators: number;
  readonly pairs: number;
  /** By unit: the numbers of those of others that may stand for it, in order. */
  readonly near: readonly (readonly number[])[];
  /** How different two units are; of one annotator, as different as can be. */
  readonly apart: (one: number, other: number) => number;
  /** A unit whose dissimilarities to the others of a group of this size come to so much is as well alone. */
  readonly limit: (size: number) => number;
}

export function nearUnits(own: readonly (readonly Unit[])[], weights: Weights): NearUnits {
  const annotators = own.length;
  const pairs = (annotators * (annotators - 1)) / 2;
  const units = own
    .flatMap((each, annotator) => each.map((unit) => ({ unit, annotator })))
    .sort((a, b) => a.unit.start - b.unit.start || a.unit.end - b.unit.end);
  const limit = (size: number) => pairs + size - 1;
  const apart = (one: number, other: number) => {
    const [a, b] = [units[one]!, units[other]!];
    return a.annotator === b.annotator ? Infinity : dissimilarity(a.unit, b.unit, weights);
  };
  const longest = units.reduce((most, { unit }) => Math.max(most, unit.end - unit.start), 0);
  const furthest = Math.sqrt(limit(annotators) / weights.position);
  const near: number[][] = units.map(() => []);
  units.forEach(({ unit: { start, end } }, one) => {
    const reach = start + furthest * (end - start + longest);
    for (let other = one + 1; other < units.length && units[other]!.unit.start <= reach; other++)
      if (apart(one, other) < limit(annotators)) {
        near[one]!.push(other);
        near[other]!.push(one);
      }
  });
  return { units: units.map(({ unit }) => unit), annotators, pairs, near, apart, limit };
}
