/** A span of tokens with a label: what a chain is taught. */
export interface LabelledSpan {
  readonly first: number;
  /** The last token of it. */
  readonly last: number;
  readonly label: string;
}

/**
 * Groups labels so that none nests in, or crosses, another of its group, by greedy colouring: labels come in the order
 * in which they were first seen, and each goes into the first group that takes it.
 * @param conflicts labels that stand in each other somewhere, by label
 */
export function groupLabels(
  labels: Iterable<string>,
  conflicts: ReadonlyMap<string, ReadonlySet<string>>,
): string[][] {
  const groups: string[][] = [];
  for (const label of labels) {
    const against = conflicts.get(label);
    const group = groups.find((others) => !others.some((other) => against?.has(other)));
    if (group) group.push(label);
    else groups.push([label]);
  }
  return groups;
}

/** Adds to `conflicts` which labels share tokens in an article. @returns whether there are new ones */
export function addConflicts(conflicts: Map<string, Set<string>>, spans: readonly LabelledSpan[]): boolean {
  let isNew = false;
  const add = (a: string, b: string) => {
    let of = conflicts.get(a);
    if (!of) conflicts.set(a, (of = new Set()));
    if (!of.has(b)) isNew = !!of.add(b);
  };
  const sorted = [...spans].sort((a, b) => a.first - b.first || b.last - a.last);
  for (const [i, one] of sorted.entries())
    for (let k = i + 1; k < sorted.length && sorted[k]!.first <= one.last; k++) {
      const other = sorted[k]!;
      // One in another of its own label cannot be told apart in any group.
      if (other.label === one.label) continue;
      add(one.label, other.label);
      add(other.label, one.label);
    }
  return isNew;
}
