/** A choice of a command, given as `--name` or, where it takes a value, `--name value`. */
export interface Option {
  readonly name: string;
  /** What stands for its value in the help, as `FILE`; a flag has none. */
  readonly value?: string;
  /** For the help: one sentence, without a full stop. */
  readonly description: string;
}

/** What was chosen, by the name of the option. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** A command with all that its help says: one file each, in `commands/`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands behind the name. */
  readonly usage: string;
  /** What it does, in sentences. */
  readonly description: string;
  /** What a person would type, and what that does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly options: readonly Option[];
  /** Whether all behind its first word is words, also what begins with a hyphen: names that a program gives it. */
  readonly endsWithWords?: boolean;
  /** What the exit codes 0 and 1 mean. */
  readonly exitCodes: string;
  /**
   * @param words what stands behind the command, without options
   * @returns the exit code
   * @throws UsageError, and any Error with a message for people
   */
  run(words: readonly string[], values: Values): number | Promise<number>;
}

/** What was asked for cannot be meant: exit code 2. */
export class UsageError extends Error {}

/** The value of an option; `undefined` where it was not given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The value of an option that takes one of some words. @throws UsageError */
export function oneOf<T extends string>(values: Values, name: string, words: readonly T[]): T | undefined {
  const value = textOf(values, name);
  if (value === undefined || words.some((word) => word === value)) return value as T | undefined;
  throw new UsageError(`--${name} takes ${words.join(', ')}, not ${value}.${hint(value, words)}`);
}

/** A word that may be meant, as a sentence behind another; nothing where none is near. */
export function hint(word: string, known: readonly string[], mark = ''): string {
  const near = known
    .map((one) => ({ one, distance: one.startsWith(word) ? 1 : distanceOf(word, one) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const isNear = near && near.distance <= Math.floor((near.one.length + 2) / 3);
  return isNear ? ` Did you mean ${mark}${near.one}?` : '';
}

/** How many letters are to be added, left out or replaced (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
