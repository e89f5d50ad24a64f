/** The names of counts, with a number each. */
export class CountNames {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly groups = new Map<string, Map<string | number, number>>();

  /** By their numbers. */
  get all(): readonly string[] {
    return this.names;
  }

  /** The number of a name; it gets one where it has none. */
  number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(name, number);
      this.names.push(name);
    }
    return number;
  }

  /** The numbers of names that begin so, as far as they were asked for, by their last parts. */
  group(beginning: string): Map<string | number, number> {
    let group = this.groups.get(beginning);
    if (!group) this.groups.set(beginning, (group = new Map<string | number, number>()));
    return group;
  }
}

/**
 * What is counted in articles, so that every figure is a function of sums: those of the corpus, of one article, or of
 * articles that were drawn by chance. An article has few of the counts that the corpus has.
 */
export class Tally {
  readonly names = new CountNames();
  private readonly articles: SparseCounts[] = [];

  /** What was counted, article by article. */
  get counted(): readonly SparseCounts[] {
    return this.articles;
  }

  add(article: SparseCounts): void {
    this.articles.push(article);
  }

  /** The sums over all articles, by the numbers of the counts. */
  sum(): Float64Array {
    const sums = new Float64Array(this.names.all.length);
    for (const article of this.articles) addTo(sums, article);
    return sums;
  }
}

/** The counts of one article, without those that are 0. */
export interface SparseCounts {
  readonly numbers: Int32Array;
  readonly values: Float64Array;
}

export function addTo(sums: Float64Array, { numbers, values }: SparseCounts): void {
  for (let i = 0; i < numbers.length; i++) sums[numbers[i]!]! += values[i]!;
}

/** Counts one article. */
export class Counter {
  private readonly counts = new Map<number, number>();

  constructor(private readonly names: CountNames) {}

  /** Adds to a count by the parts of its name. */
  add(parts: readonly Part[], count = 1): void {
    this.addTo(this.names.number(nameOf(...parts)), count);
  }

  /** What adds to counts whose names differ in the last part only, for those that are many. */
  of(...parts: readonly Part[]): (last: Part, count?: number) => void {
    const numbers = this.names.group(nameOf(...parts));
    return (last, count = 1) => {
      let number = numbers.get(last);
      if (number === undefined) numbers.set(last, (number = this.names.number(nameOf(...parts, last))));
      this.addTo(number, count);
    };
  }

  finish(): SparseCounts {
    return {
      numbers: Int32Array.from(this.counts.keys()),
      values: Float64Array.from(this.counts.values()),
    };
  }

  private addTo(number: number, count: number): void {
    this.counts.set(number, (this.counts.get(number) ?? 0) + count);
  }
}

type Part = string | number;

/** The name of a count: what it counts, then what tells it apart; labels may be written in any way. */
function nameOf(...parts: readonly Part[]): string {
  return JSON.stringify(parts.map(String));
}

/** The parts of a name. */
function partsOf(name: string): string[] {
  return JSON.parse(name) as string[];
}

/** A figure that is a function of sums; `undefined` where it is not defined. */
export type Figure = (sums: Float64Array) => number | undefined;

/** Finds counts by the parts of their names. */
export class CountIndex {
  private readonly below = new Map<string, CountIndex>();
  private own: number | undefined;

  /** @param names by their numbers */
  static of(names: readonly string[]): CountIndex {
    const root = new CountIndex();
    names.forEach((name, number) => {
      let at = root;
      for (const part of partsOf(name)) {
        let next = at.below.get(part);
        if (!next) at.below.set(part, (next = new CountIndex()));
        at = next;
      }
      at.own = number;
    });
    return root;
  }

  /** What reads a count from sums. */
  reader(...parts: readonly Part[]): (sums: Float64Array) => number {
    const number = this.number(...parts);
    return number < 0 ? () => 0 : (sums) => sums[number]!;
  }

  /** The number of a count; -1 where there is none. */
  number(...parts: readonly Part[]): number {
    return this.at(parts)?.own ?? -1;
  }

  /** The next parts of all names that begin so. */
  next(...parts: readonly Part[]): string[] {
    return [...(this.at(parts)?.below.keys() ?? [])];
  }

  private at(parts: readonly Part[]): CountIndex | undefined {
    return parts.reduce<CountIndex | undefined>((at, part) => at?.below.get(String(part)), this);
  }
}
