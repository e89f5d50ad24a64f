/**
 * What is counted in articles, so that every figure is a function of sums: those of the corpus, of one article, or of
 * articles that were drawn by chance. A count has a name; an article has few of those that the corpus has.
 */
export class Tally {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly articles: SparseCounts[] = [];

  /** The names of all counts, by their numbers. */
  get all(): readonly string[] {
    return this.names;
  }

  /** What was counted, article by article. */
  get counted(): readonly SparseCounts[] {
    return this.articles;
  }

  /** The number of a count; it gets one where it has none. */
  number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(name, number);
      this.names.push(name);
    }
    return number;
  }

  add(article: SparseCounts): void {
    this.articles.push(article);
  }

  /** Takes over articles that were counted elsewhere. @param numbers what their numbers are here */
  addTranslated({ numbers, values }: SparseCounts, here: readonly number[]): void {
    this.articles.push({ numbers: numbers.map((number) => here[number]!), values });
  }

  /** The sums over all articles, by the numbers of the counts. */
  sum(): Float64Array {
    const sums = new Float64Array(this.names.length);
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

  constructor(private readonly tally: Tally) {}

  add(name: string, count = 1): void {
    const number = this.tally.number(name);
    this.counts.set(number, (this.counts.get(number) ?? 0) + count);
  }

  finish(): SparseCounts {
    return {
      numbers: Int32Array.from(this.counts.keys()),
      values: Float64Array.from(this.counts.values()),
    };
  }
}

/** The name of a count: what it counts, then what tells it apart. */
export function nameOf(...parts: readonly (string | number)[]): string {
  return parts.join(SEPARATOR);
}

/** The parts of a name. */
export function partsOf(name: string): string[] {
  return name.split(SEPARATOR);
}

/** No label and no name of an annotator has it. */
const SEPARATOR = '\u001f';

/** A figure that is a function of sums; `undefined` where it is not defined. */
export type Figure = (sums: Float64Array) => number | undefined;

/** Finds counts by the parts of their names. */
export class CountIndex {
  private readonly below = new Map<string, CountIndex>();
  private own: number | undefined;

  /** @param names by their numbers, as a tally has them */
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
  reader(...parts: readonly (string | number)[]): (sums: Float64Array) => number {
    const number = this.at(parts)?.own;
    return number === undefined ? () => 0 : (sums) => sums[number]!;
  }

  /** The next parts of all names that begin so. */
  next(...parts: readonly (string | number)[]): string[] {
    return [...(this.at(parts)?.below.keys() ?? [])];
  }

  private at(parts: readonly (string | number)[]): CountIndex | undefined {
    return parts.reduce<CountIndex | undefined>((at, part) => at?.below.get(String(part)), this);
  }
}
