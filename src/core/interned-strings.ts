/** Strings and their numbers, from 0 in the order in which they came. None is forgotten. */
export class InternedStrings {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  constructor(first: readonly string[] = []) {
    first.forEach((name) => this.number(name));
  }

  get size(): number {
    return this.names.length;
  }

  get all(): readonly string[] {
    return this.names;
  }

  name(number: number): string {
    return this.names[number]!;
  }

  /** @returns -1 where there is none */
  find(name: string): number {
    return this.numbers.get(name) ?? -1;
  }

  /** What number here a name has that has a number in another table; asked for one by one, so that none waits. */
  translator(names: readonly string[]): (number: number) => number | undefined {
    const known = new Int32Array(names.length).fill(-1);
    return (number) => {
      const name = names[number];
      if (name === undefined) return undefined;
      if (known[number] === -1) known[number] = this.number(name);
      return known[number];
    };
  }

  number(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      const own = apart(name);
      this.numbers.set(own, (number = this.names.length));
      this.names.push(own);
    }
    return number;
  }
}

/** From so many units on, V8 does not copy a piece of a text, but refers to all of it. */
const LONG = 13;

/** A text that does not keep the file in memory which it was a piece of. */
export function apart(text: string): string {
  return text.length < LONG ? text : ` ${text}`.slice(1);
}
